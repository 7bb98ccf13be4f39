import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  type Dirent,
  type Stats,
  writeSync,
  constants,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { Refusal, exitCode } from "../core/refusal.ts";
import { type Listing, maxFileSize, type Snapshot, type SnapshotFile, stampLength } from "../core/snapshot.ts";
import type { Files } from "../ports.ts";
import { noSteps, type Step } from "./steps.ts";

/** The disk. `packageRoot` is where hire itself is installed. */
export function nodeFiles(packageRoot: string, step: Step = noSteps): Files {
  // It can be read once.
  let given: string | undefined;
  return {
    findUp(start, name) {
      for (let folder = resolve(start); ; folder = dirname(folder)) {
        if (existsSync(join(folder, name))) return folder;
        if (dirname(folder) === folder) return undefined;
      }
    },
    resolve: (base, path) => resolve(base, path),
    snapshot: (root, names, wanted = () => true) => guarded(root, () => snapshotOf(root, names, wanted)),
    changedSince: (root, listing) => guarded(root, () => changedSince(root, listing)),
    read: (path) =>
      existsSync(path) ? guarded(path, () => new TextDecoder("utf-8", { ignoreBOM: true }).decode(readRegular(path))) : undefined,
    exists: existsSync,
    folders: (path) =>
      existsSync(path) ? guarded(path, () => entriesIn(path).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))) : [],
    names: (path) => (existsSync(path) ? guarded(path, () => readdirSync(path)) : []),
    isEmptyFolder: (path) => !existsSync(path) || readdirSync(path).length === 0,
    write: (root, path, text, options) => guarded(path, () => writeWhole(root, path, text, options ?? {}, step)),
    requireReal: (root, path) => refuseLinks(root, dirname(path)),
    remove: (path, upTo) =>
      guarded(path, () => {
        step("remove a file");
        rmSync(path, { force: true });
        clearTemporaries(path);
        if (upTo !== undefined) removeEmpty(dirname(path), upTo);
      }),
    makeFolder: (path) => guarded(path, () => void mkdirSync(path, { recursive: true })),
    shipped: (path) => readFileSync(join(packageRoot, path), "utf8"),
    shippedNames: (folder) => readdirSync(join(packageRoot, folder)).toSorted(),
    stdin: () => (given ??= readFileSync(0, "utf8")),
  };
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw ioRefusal(path, error) ?? error;
  }
}

/** What a disk that will not do as asked is told as; undefined for any other error. */
export function ioRefusal(path: string, error: unknown): Refusal | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof Refusal || code === undefined || !/^E[A-Z0-9]+$/u.test(code)) return undefined;
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the disk is read-only",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of the path is no folder",
    EFBIG: "it would be too large",
    EIO: "the disk reports an error",
  };
  return new Refusal(`${path}: ${reasons[code] ?? code}`, {
    exitCode: exitCode.io,
    cause: error,
    hint: "nothing was lost: mend that, then the same command again",
  });
}

function readRegular(path: string): Uint8Array {
  if (!statSync(path).isFile()) throw new Refusal(`${path} is no regular file`);
  return readFileSync(path);
}

/** What was changed so shortly before it is read, in milliseconds, may change once more without its times telling. */
const racy = 2500;

/** Collects how entries stand as they are read. */
class Stamps {
  readonly paths: string[] = [];
  readonly #numbers: number[] = [];
  readonly #recent = Date.now() - racy;

  add(path: string, { size, mtimeMs, ctimeMs, ino }: Stats): void {
    this.paths.push(path);
    const isSettled = mtimeMs < this.#recent && ctimeMs < this.#recent;
    this.#numbers.push(isSettled ? size : Number.NaN, mtimeMs, ctimeMs, ino);
  }

  listing(): Listing {
    return { paths: this.paths, stamps: Float64Array.from(this.#numbers) };
  }
}

/** A file of the disk, read as text in one go; its bytes are made when someone asks for them. */
class TextFile implements SnapshotFile {
  readonly kind = "file";
  readonly path: string;
  readonly size: number;
  readonly text: string;

  constructor(path: string, size: number, text: string) {
    this.path = path;
    this.size = size;
    this.text = text;
  }

  get bytes(): Uint8Array {
    return Buffer.from(this.text, "utf8");
  }
}

function snapshotOf(root: string, names: readonly string[], wanted: (path: string) => boolean): Snapshot {
  const files: SnapshotFile[] = [];
  const stamps = new Stamps();
  const visitFile = (path: string, absolute: string): void => {
    if (!wanted(path)) return;
    // How it stands is noted before it is read: what changes in between is looked at again.
    const stats = lstatSync(absolute);
    if (!stats.isFile()) {
      files.push({ path, kind: stats.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null });
      return;
    }
    stamps.add(path, stats);
    files.push(stats.size > maxFileSize ? { path, kind: "file", size: stats.size, bytes: null } : readNoFollow(path, absolute, stats.size));
  };
  const visitFolder = (path: string, absolute: string): void => {
    if (path.endsWith(".yaml")) {
      files.push({ path, kind: "other", size: 0, bytes: null });
      return;
    }
    if (!wanted(`${path}/`)) return;
    const before = lstatSync(absolute);
    const entries = entriesIn(absolute);
    // A folder with its own .git is another repository's; git would not record what is in it either.
    if (path.includes("/") && entries.some(({ name }) => name === ".git")) {
      files.push({ path, kind: "submodule", size: 0, bytes: null });
      return;
    }
    stamps.add(`${path}/`, before);
    for (const entry of entries) {
      const inner = `${path}/${entry.name}`;
      // A name that is not UTF-8 cannot be asked for by text: it is named, as far as it can be, and not read.
      if (entry.name.includes("\ufffd")) files.push({ path: inner, kind: "file", size: 0, bytes: null });
      else if (entry.isDirectory()) visitFolder(inner, `${absolute}/${entry.name}`);
      else if (entry.isFile()) visitFile(inner, `${absolute}/${entry.name}`);
      else if (wanted(inner)) files.push({ path: inner, kind: entry.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null });
    }
  };
  for (const name of names) {
    const absolute = `${root}/${name}`;
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) visitFolder(name, absolute);
    else if (stats?.isFile() === true) visitFile(name, absolute);
    else if (stats !== undefined && wanted(name))
      files.push({ path: name, kind: stats.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null });
  }
  return { revision: null, files, listing: stamps.listing() };
}

function entriesIn(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}

function changedSince(root: string, { paths, stamps }: Listing): readonly string[] {
  const changed: string[] = [];
  for (const [index, path] of paths.entries()) {
    const at = index * stampLength;
    const stats = lstatSync(path.endsWith("/") ? `${root}/${path.slice(0, -1)}` : `${root}/${path}`, { throwIfNoEntry: false });
    const stands =
      stats !== undefined &&
      stats.size === stamps[at] &&
      stats.mtimeMs === stamps[at + 1] &&
      stats.ctimeMs === stamps[at + 2] &&
      stats.ino === stamps[at + 3];
    if (!stands) changed.push(path);
  }
  return changed;
}

/** Neither follows a link nor waits on a pipe that took the file's place since it was looked at. */
const carefully = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readNoFollow(path: string, absolute: string, size: number): SnapshotFile {
  const text = readFileSync(absolute, { encoding: "utf8", flag: carefully as unknown as string });
  // What is no UTF-8 comes as this character; so does the character itself.
  if (!text.includes("\ufffd")) return new TextFile(path, size, text);
  return { path, kind: "file", size, bytes: readFileSync(absolute, { flag: carefully as unknown as string }) };
}

/** Whole or not at all, as the port says. */
export function writeWhole(
  root: string,
  path: string,
  text: string,
  {
    private: isPrivate = false,
    executable = false,
    fleeting = false,
  }: { readonly private?: boolean; readonly executable?: boolean; readonly fleeting?: boolean },
  step: Step,
): void {
  const folder = dirname(path);
  refuseLinks(root, folder);
  mkdirSync(folder, { recursive: true, ...(isPrivate ? { mode: 0o700 } : {}) });
  const known = lstatSync(path, { throwIfNoEntry: false });
  if (known !== undefined && !known.isFile())
    throw new Refusal(`${path} is no regular file`, { hint: "put a regular file here, or move it away" });
  const mode = (isPrivate ? 0o600 : known === undefined ? 0o666 : known.mode & 0o7777) | (executable ? 0o111 : 0);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  clearTemporaries(path);
  step("open a file beside");
  const file = openSync(temporary, "wx", mode);
  try {
    try {
      // The mode asked for at opening is cut by the umask; the old file's own is kept whole.
      if (known !== undefined) fchmodSync(file, mode);
      const bytes = Buffer.from(text, "utf8");
      step("write it");
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      step("make it last");
      if (!fleeting) fsyncSync(file);
      if (fstatSync(file).size !== bytes.length) throw Object.assign(new Error("short write"), { code: "ENOSPC" });
    } finally {
      closeSync(file);
    }
    step("put it in place");
    renameSync(temporary, path);
    step("make its place last");
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (!fleeting) syncFolder(folder);
}

/** What a process left beside a file that was killed there: there is one writer. */
function clearTemporaries(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  if (!existsSync(folder)) return;
  for (const other of readdirSync(folder))
    if (other.startsWith(`.${name}.`) && /^\d+\.tmp$/u.test(other.slice(name.length + 2))) rmSync(join(folder, other), { force: true });
}

/** Removes a folder and those above it, as far as they are empty and below another. */
export function removeEmpty(folder: string, upTo: string): void {
  for (let at = folder; at.startsWith(`${upTo}${sep}`); at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return;
    }
  }
}

function refuseLinks(root: string, folder: string): void {
  const parts = relative(root, folder).split(sep);
  if (parts[0] === "..") throw new Refusal(`${folder} is outside of ${root}`);
  parts.reduce((path, part) => {
    const next = join(path, part);
    if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new Refusal(`${next} is a symbolic link: hire writes into real folders only`, { hint: "put the folder itself there" });
    return next;
  }, root);
}

/** Makes the rename last; some platforms cannot sync a folder, where the rename alone must do. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EISDIR", "EPERM", "EINVAL", "EACCES", "ENOTSUP"].includes(code)) throw error;
  }
}
