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
}

/** All hiring files as of one commit, of the index, or of the working tree. */
export interface Snapshot {
  /** Commit id, or null for the working tree and the index. */
  readonly revision: string | null;
  readonly files: readonly SnapshotFile[];
}

/** Files over 256 KiB are refused before they are read. */
export const maxFileSize = 256 * 1024;
