/** One entry under the hiring root, as git or the disk has it. */
export interface SnapshotFile {
  /** Relative to the hiring root, with forward slashes. */
  readonly path: string;
  /** Only regular files are ever read. */
  readonly kind: "file" | "symlink" | "submodule" | "other";
  /** Bytes; of a file too large to be read (see `maxFileSize`) as well. */
  readonly size: number;
  /** Object id, where it comes from git. */
  readonly id?: string;
  /** Null where the content was not read: no regular file, or too large. */
  readonly bytes: Uint8Array | null;
  /** The content as text, where it was read as such: sound UTF-8, whose bytes need not be looked at. */
  readonly text?: string;
}

/** All hiring files as of one commit, of the index, or of the working tree. */
export interface Snapshot {
  /** Commit id, or null for the working tree and the index. */
  readonly revision: string | null;
  readonly files: readonly SnapshotFile[];
  /** Of the working tree: what tells later whether it still stands so. */
  readonly listing?: Listing;
}

/** Numbers that a stamp has of each entry: size, last change of content, last change of anything, number on the disk. */
export const stampLength = 4;

/**
 * How the folders and files under a hiring root stood when they were read: a folder's path ends with a slash. What
 * changes in a file or a folder's names changes its numbers. What changed a moment before has no numbers yet (NaN),
 * as it may change again within the same tick of the disk's clock.
 */
export interface Listing {
  /** Each with a NUL behind it: one text, as thousands of paths that stand as they did are only passed over. */
  readonly paths: string;
  /** `stampLength` numbers for each path. */
  readonly stamps: Float64Array;
}

export function pathsOf({ paths }: Listing): readonly string[] {
  return paths.split("\0").slice(0, -1);
}

/** What is known of a folder in which the same names stand as when it was listed. */
export interface Known {
  readonly listing: Listing;
  /** Paths of its files that have changed since. */
  readonly changed: ReadonlySet<string>;
}

/** Files over 256 KiB are refused before they are read. */
export const maxFileSize = 256 * 1024;
