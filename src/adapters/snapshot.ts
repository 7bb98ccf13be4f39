import { constants, type Dirent, lstatSync, readdirSync, readFileSync, type Stats } from "node:fs";
import { type Known, type Listing, maxFileSize, pathsOf, type Snapshot, type SnapshotFile, stampLength } from "../core/snapshot.ts";

/** What was changed so shortly before it is read, in milliseconds, may change once more without its times telling. */
const racy = 2500;

/** Every number of a stamp of what is not there. */
const missing = -1;

/** Collects how entries stand as they are read. */
class Stamps {
  readonly #paths: string[] = [];
  readonly #numbers: number[] = [];
  readonly #recent = Date.now() - racy;

  add(path: string, { size, mtimeMs, ctimeMs, ino }: Stats): void {
    this.#paths.push(path);
    const isSettled = mtimeMs < this.#recent && ctimeMs < this.#recent;
    this.#numbers.push(isSettled ? size : Number.NaN, mtimeMs, ctimeMs, ino);
  }

  /** A name that is not there: it may come. */
  miss(path: string): void {
    this.#paths.push(path);
    for (let next = 0; next < stampLength; next += 1) this.#numbers.push(missing);
  }

  /** An entry that still stands as the stamp says that begins at `at`. */
  keep(path: string, stamps: Listing["stamps"], at: number): void {
    this.#paths.push(path);
    for (let next = at; next < at + stampLength; next += 1) this.#numbers.push(stamps[next] ?? Number.NaN);
  }

  listing(): Listing {
    return { paths: this.#paths.map((path) => `${path}\0`).join(""), stamps: new Float64Array(this.#numbers) };
  }
}

/** A file of the disk, read as text in one go; its bytes are made when someone asks for them. */
export class TextFile implements SnapshotFile {
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

/** Every entry under the given names below `root`, as the port says. */
export function snapshotOf(root: string, names: readonly string[], wanted: (path: string) => boolean = () => true): Snapshot {
  const files: SnapshotFile[] = [];
  const stamps = new Stamps();
  const visitFile = (path: string, absolute: string): void => {
    if (wanted(path)) files.push(fileAt(path, absolute, stamps));
  };
  const visitFolder = (path: string, absolute: string): void => {
    if (!wanted(`${path}/`)) return;
    if (path.endsWith(".yaml")) {
      files.push({ path, kind: "other", size: 0, bytes: null });
      return;
    }
    stamps.add(`${path}/`, lstatSync(absolute));
    const entries = entriesIn(absolute);
    // A folder with its own .git is another repository's; git would not record what is in it either.
    if (path.includes("/") && entries.some(({ name }) => name === ".git")) {
      files.push({ path, kind: "submodule", size: 0, bytes: null });
      return;
    }
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
    const stats = isBelowReal(root, name) ? lstatSync(absolute, { throwIfNoEntry: false }) : undefined;
    if (stats?.isDirectory() === true) visitFolder(name, absolute);
    else if (stats?.isFile() === true) visitFile(name, absolute);
    else if (!wanted(name)) continue;
    else if (stats === undefined) stamps.miss(name);
    else {
      stamps.add(name, stats);
      files.push({ path: name, kind: stats.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null });
    }
  }
  return { revision: null, files, listing: stamps.listing() };
}

/** Whether every folder on the way from `root` to a name is one, and no link to another. */
function isBelowReal(root: string, name: string): boolean {
  for (let at = name.indexOf("/"); at !== -1; at = name.indexOf("/", at + 1))
    if (!isRealFolder(`${root}/${name.slice(0, at)}`)) return false;
  return true;
}

export function isRealFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * The same of a folder in which the same names stand as when it was listed: no folder is listed again, and no file looked
 * at that has not changed. Undefined where that no longer holds.
 */
export function snapshotAgain(root: string, { listing, changed }: Known): Snapshot | undefined {
  const files: SnapshotFile[] = [];
  const stamps = new Stamps();
  try {
    for (const [index, path] of pathsOf(listing).entries()) {
      const at = index * stampLength;
      const absolute = `${root}/${path}`;
      if (changed.has(path)) files.push(fileAt(path, absolute, stamps));
      else {
        stamps.keep(path, listing.stamps, at);
        if (!path.endsWith("/")) files.push(contentOf(path, absolute, listing.stamps[at] ?? 0));
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
  return { revision: null, files, listing: stamps.listing() };
}

/** A file, or what stands in its place. How it stands is noted before it is read: what changes in between is looked at again. */
function fileAt(path: string, absolute: string, stamps: Stamps): SnapshotFile {
  const stats = lstatSync(absolute);
  if (!stats.isFile()) return { path, kind: stats.isSymbolicLink() ? "symlink" : "other", size: 0, bytes: null };
  stamps.add(path, stats);
  return contentOf(path, absolute, stats.size);
}

function contentOf(path: string, absolute: string, size: number): SnapshotFile {
  return size > maxFileSize ? { path, kind: "file", size, bytes: null } : readNoFollow(path, absolute, size);
}

export function entriesIn(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}

export function changedSince(root: string, { paths, stamps }: Listing): readonly string[] {
  const changed: string[] = [];
  // From the folder one is in, a path is short.
  const start = root === process.cwd() ? "" : `${root}/`;
  let stamp = 0;
  for (let at = 0, end = paths.indexOf("\0"); end !== -1; at = end + 1, end = paths.indexOf("\0", at)) {
    const isFolder = paths[end - 1] === "/";
    const stats = entryAt(start + paths.slice(at, isFolder ? end - 1 : end));
    const stands =
      stats === undefined
        ? stamps[stamp] === missing
        : stats.size === stamps[stamp] &&
          stats.mtimeMs === stamps[stamp + 1] &&
          stats.ctimeMs === stamps[stamp + 2] &&
          stats.ino === stamps[stamp + 3];
    if (!stands) changed.push(paths.slice(at, end));
    stamp += stampLength;
  }
  return changed;
}

/** Undefined where there is none, nor a folder in which it could be. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (["ENOTDIR", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Neither follows a link nor waits on a pipe that took the file's place since it was looked at. */
const carefully = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readNoFollow(path: string, absolute: string, size: number): SnapshotFile {
  const text = readFileSync(absolute, { encoding: "utf8", flag: carefully as unknown as string });
  // What is no UTF-8 comes as this character; so does the character itself.
  if (!text.includes("\ufffd")) return new TextFile(path, size, text);
  return { path, kind: "file", size, bytes: readFileSync(absolute, { flag: carefully as unknown as string }) };
}
