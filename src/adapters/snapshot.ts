import { constants, type Dirent, lstatSync, readdirSync, readFileSync, type Stats } from "node:fs";
import { type Listing, maxFileSize, type Snapshot, type SnapshotFile, stampLength } from "../core/snapshot.ts";

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

export function entriesIn(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}

export function changedSince(root: string, { paths, stamps }: Listing): readonly string[] {
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
