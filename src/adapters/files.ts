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
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Files } from "../ports.ts";
import { readAhead } from "./read-ahead.ts";
import { changedSince, entriesIn, isRealFolder, snapshotAgain, snapshotOf } from "./snapshot.ts";
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
    snapshot: (root, names, wanted) => guarded(root, () => snapshotOf(root, names, wanted)),
    snapshots: (root, folders, known) => {
      const read = (folder: string): Snapshot => {
        const before = known?.get(folder);
        return (before === undefined ? undefined : snapshotAgain(root, before)) ?? snapshotOf(root, [folder]);
      };
      return readAhead(folders, (folder) => guarded(root, () => read(folder)), { root, packageRoot });
    },
    changedSince: (root, listing) => guarded(root, () => changedSince(root, listing)),
    read: (path) => {
      const bytes = readRegular(path);
      return bytes === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    },
    readBytes: readRegular,
    exists: existsSync,
    folders: (path) =>
      guarded(path, () => (isRealFolder(path) ? entriesIn(path).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])) : [])),
    names: (path) => (existsSync(path) ? guarded(path, () => readdirSync(path)) : []),
    isEmptyFolder: (path) => !existsSync(path) || readdirSync(path).length === 0,
    write: (root, path, content, options) => guarded(path, () => writeWhole(root, path, content, options ?? {}, step)),
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

function readRegular(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  return guarded(path, () => {
    if (!statSync(path).isFile()) throw new Refusal(`${path} is no regular file`);
    return readFileSync(path);
  });
}

/** Whole or not at all, as the port says. */
export function writeWhole(
  root: string,
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
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
      const chunks = typeof content === "string" ? [Buffer.from(content, "utf8")] : content instanceof Uint8Array ? [content] : content;
      step("write it");
      for (const bytes of chunks) for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      step("make it last");
      if (!fleeting) fsyncSync(file);
      if (fstatSync(file).size !== chunks.reduce((sum, { length }) => sum + length, 0))
        throw Object.assign(new Error("short write"), { code: "ENOSPC" });
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
