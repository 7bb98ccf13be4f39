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
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  constants,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { Refusal, exitCode } from "../core/refusal.ts";
import { maxFileSize, type Snapshot, type SnapshotFile } from "../core/snapshot.ts";
import type { Files } from "../ports.ts";

/** The disk. `packageRoot` is where hire itself is installed. */
export function nodeFiles(packageRoot: string): Files {
  return {
    findUp(start, name) {
      for (let folder = resolve(start); ; folder = dirname(folder)) {
        if (existsSync(join(folder, name))) return folder;
        if (dirname(folder) === folder) return undefined;
      }
    },
    resolve: (base, path) => resolve(base, path),
    snapshot: (root, names, wanted = () => true) => guarded(root, () => snapshotOf(root, names, wanted)),
    read: (path) =>
      existsSync(path) ? guarded(path, () => new TextDecoder("utf-8", { ignoreBOM: true }).decode(readRegular(path))) : undefined,
    exists: existsSync,
    isEmptyFolder: (path) => !existsSync(path) || readdirSync(path).length === 0,
    write: (root, path, text, options) => guarded(path, () => writeWhole(root, path, text, options ?? {})),
    remove: (path) => guarded(path, () => rmSync(path, { force: true })),
    makeFolder: (path) => guarded(path, () => void mkdirSync(path, { recursive: true })),
    shipped: (path) => readFileSync(join(packageRoot, path), "utf8"),
    shippedNames: (folder) => readdirSync(join(packageRoot, folder)).toSorted(),
    stdin: () => readFileSync(0, "utf8"),
  };
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof Refusal || code === undefined) throw error;
    const reasons: Readonly<Record<string, string>> = {
      ENOSPC: "the disk is full",
      EDQUOT: "the disk quota is used up",
      EACCES: "permission denied",
      EPERM: "permission denied",
      EROFS: "the disk is read-only",
      EISDIR: "it is a folder",
      ENOTDIR: "a part of the path is no folder",
      EFBIG: "it would be too large",
    };
    throw new Refusal(`${path}: ${reasons[code] ?? code}`, {
      exitCode: exitCode.io,
      cause: error,
      hint: "nothing was lost: what stood there before still does",
    });
  }
}

function readRegular(path: string): Uint8Array {
  if (!statSync(path).isFile()) throw new Refusal(`${path} is no regular file`);
  return readFileSync(path);
}

function snapshotOf(root: string, names: readonly string[], wanted: (path: string) => boolean): Snapshot {
  const files: SnapshotFile[] = [];
  const visit = (path: string): void => {
    // Not join: it costs more than the look at the file.
    const absolute = `${root}/${path}`;
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      if (wanted(`${path}/`)) visitFolder(path, absolute);
    } else if (!wanted(path)) return;
    else if (stats.isFile())
      files.push({ path, kind: "file", size: stats.size, bytes: stats.size > maxFileSize ? null : readNoFollow(absolute, stats.size) });
    else files.push({ path, kind: stats.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null });
  };
  const visitFolder = (path: string, absolute: string): void => {
    // A folder with its own .git is another repository's; git would not record what is in it either.
    if (path.includes("/") && existsSync(`${absolute}/.git`)) files.push({ path, kind: "submodule", size: 0, bytes: null });
    else if (path.endsWith(".yaml")) files.push({ path, kind: "other", size: 0, bytes: null });
    else {
      for (const name of readdirSync(absolute, { encoding: "buffer" })) {
        const text = name.toString("utf8");
        // A name that is not UTF-8 cannot be asked for by text: it is named, as far as it can be, and not read.
        if (Buffer.from(text, "utf8").equals(name)) visit(`${path}/${text}`);
        else files.push({ path: `${path}/${text}`, kind: "file", size: 0, bytes: null });
      }
    }
  };
  for (const name of names) visit(name);
  return { revision: null, files };
}

/** Reads without following a link or waiting on a pipe that took the file's place since it was looked at. */
function readNoFollow(path: string, size: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(Math.min(size, maxFileSize));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function writeWhole(
  root: string,
  path: string,
  text: string,
  { private: isPrivate = false, executable = false }: { readonly private?: boolean; readonly executable?: boolean },
): void {
  const folder = dirname(path);
  refuseLinks(root, folder);
  mkdirSync(folder, { recursive: true, ...(isPrivate ? { mode: 0o700 } : {}) });
  const known = lstatSync(path, { throwIfNoEntry: false });
  if (known !== undefined && !known.isFile())
    throw new Refusal(`${path} is no regular file`, { hint: "put a regular file here, or move it away" });
  const mode = (known === undefined ? (isPrivate ? 0o600 : 0o666) : known.mode & 0o7777) | (executable ? 0o111 : 0);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  rmSync(temporary, { force: true });
  const file = openSync(temporary, "wx", mode);
  try {
    try {
      // The mode asked for at opening is cut by the umask; the old file's own is kept whole.
      if (known !== undefined) fchmodSync(file, mode);
      const bytes = Buffer.from(text, "utf8");
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      fsyncSync(file);
      if (fstatSync(file).size !== bytes.length) throw Object.assign(new Error("short write"), { code: "ENOSPC" });
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
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
