import type { Known, Listing, Snapshot } from "./core/snapshot.ts";

/** Only the clock knows now. */
export interface Clock {
  /** RFC 3339 with the local offset, whole seconds. */
  now(): string;
  /** Milliseconds since this process began, whatever becomes of the time of day. */
  elapsed(): number;
}

export interface Files {
  /** The nearest folder at or above `start` that holds `name`; absolute, or undefined. */
  findUp(start: string, name: string): string | undefined;
  /** Absolute path of `path` seen from `base`. */
  resolve(base: string, path: string): string;
  /** Every entry under the given names below `root`, as far as wanted; links and devices are named, never opened. */
  snapshot(root: string, names: readonly string[], wanted?: (path: string) => boolean): Snapshot;
  /**
   * A snapshot of each folder below `root`, in turn; where there is a lot to read, later ones are read meanwhile. Of a
   * folder that is known, all is read, and only what has changed is looked at once more.
   */
  snapshots(root: string, folders: readonly string[], known?: ReadonlyMap<string, Known>): AsyncIterable<Snapshot>;
  /** The paths of a listing that no longer stand as they did. */
  changedSince(root: string, listing: Listing): readonly string[];
  /** Text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** Its bytes, likewise. */
  readBytes(path: string): Uint8Array | undefined;
  exists(path: string): boolean;
  isEmptyFolder(path: string): boolean;
  /** Names of the real folders in a folder; none where there is no such folder. */
  folders(path: string): readonly string[];
  /** Names of what lies in a folder; none where there is no such folder. */
  names(path: string): readonly string[];
  /** Whole or not at all: temporary file, fsync (unless it is fleeting: what can be made again), rename. Makes the folders it needs; refuses a symlinked parent below `root`. */
  write(
    root: string,
    path: string,
    content: string | Uint8Array | readonly Uint8Array[],
    options?: { readonly private?: boolean; readonly executable?: boolean; readonly fleeting?: boolean },
  ): void;
  /** Refuses where a folder on the way from `root` to a file is a symbolic link. */
  requireReal(root: string, path: string): void;
  /** Removes a file and, with `upTo`, the folders above it, as far as they are empty and below that one. */
  remove(path: string, upTo?: string): void;
  makeFolder(path: string): void;
  /** Text of a file that ships with hire, such as a template. */
  shipped(path: string): string;
  shippedNames(folder: string): readonly string[];
  /** All of standard input. */
  stdin(): string;
}

export interface CommitRequest {
  /** Relative to the work tree's top. */
  readonly paths: readonly string[];
  readonly message: string;
}

export interface HistoryEntry {
  readonly blob: string;
  readonly bytes: Uint8Array;
}

/** A commit of the first-parent history, and the files it changed. */
export interface WalkedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  /** RFC 3339, as the author's clock had it. */
  readonly at: string;
  /** Object ids; null where there was or is no file. Paths relative to the top. */
  readonly files: readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[];
}

/** A commit between two others. */
export interface CommitBetween {
  readonly id: string;
  readonly parents: readonly string[];
  /** Addresses of its author and co-authors, in lower case. */
  readonly authors: readonly string[];
  readonly subject: string;
  /** Its whole message, the subject included. */
  readonly message: string;
  readonly files: WalkedCommit["files"];
  /** Whether its parents were not fetched, so that nobody can tell which files it changed. */
  readonly cut: boolean;
}

/** Where a branch is shared. */
export interface Upstream {
  readonly remote: string;
  /** Its name there. */
  readonly branch: string;
}

/** Brings together a file that both sides changed (null: has not); undefined where a conflict stays open. */
export type MergeFile = (file: {
  /** Relative to the top. */
  readonly path: string;
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
}) => Promise<string | null | undefined>;

/** What hire asks of one git work tree. Revisions that people write are resolved once; only ids go further. */
export interface Repository {
  readonly top: string;
  /** Where hire keeps what is its own: drafts. */
  readonly ownFolder: string;
  /** Where git looks for hooks, and whether that is the repository's own place for them. */
  hooks(): Promise<{ readonly folder: string; readonly own: boolean }>;
  /** Where a file of git's own lies, such as info/attributes. */
  ownFile(name: string): Promise<string>;
  /** Sets something in the configuration of this clone. */
  configure(key: string, value: string): Promise<void>;
  /** Starts what reading commits needs, so that git gets ready while files are read. */
  prepare(): Promise<void>;
  /** Commit id of a revision; refuses (2) what names no commit, and (3) what is not here. */
  resolve(revision: string): Promise<string>;
  /** Commit id of HEAD, or undefined before the first commit. */
  head(): Promise<string | undefined>;
  /** The current branch's name, or undefined where HEAD is detached. */
  branch(): Promise<string | undefined>;
  /** The best common ancestor; refuses (3) where none is to be seen. */
  mergeBase(a: string, b: string): Promise<string>;
  /** Ids of a commit's parents, whether they are here or not. */
  parentsOf(commit: string): Promise<readonly string[]>;
  /** What a name that may not be there stands for, as a commit id. */
  lookUp(revision: string): Promise<string | undefined>;
  /** The commit that the current branch's upstream stands at. */
  upstream(): Promise<string | undefined>;
  /** The name a symbolic reference leads to, such as "origin/main" for refs/remotes/origin/HEAD. */
  symbolic(name: string): Promise<string | undefined>;
  /** Whether the history was cut off when it was fetched. */
  readonly shallow: boolean;
  /** Entries under `names` in `folder` (relative to the top, "" for the top) of a commit, as far as wanted. */
  readTree(commit: string, folder: string, names: readonly string[], wanted: (path: string) => boolean): Promise<Snapshot>;
  /** Object ids of the entries under `names`, by path: no content is read. */
  listTree(commit: string, folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Folders of a commit that hold a file of this name, relative to the top. */
  foldersWith(commit: string, name: string): Promise<readonly string[]>;
  /** The same entries as they are staged. Refuses in the middle of a conflict. `indexFile` is another index than the usual one. */
  readIndex(folder: string, names: readonly string[], wanted: (path: string) => boolean, indexFile?: string): Promise<Snapshot>;
  /** Earlier contents of each path, newest first, renames of the folders it lies in followed. */
  histories(paths: readonly string[]): Promise<ReadonlyMap<string, readonly HistoryEntry[]>>;
  /**
   * The first-parent history of HEAD, newest first, as far as it touches what the patterns name (with `**` and `*`,
   * relative to the top), or all of it behind the commit `after`. Merges count as what they brought. Each commit is told
   * as it comes, so that its files can be read while git walks on.
   */
  walk(patterns: readonly string[], after: string | undefined, each: (commit: WalkedCommit) => void): Promise<void>;
  /** The commits that `head` has and `base` (undefined: nobody) has not, newest first; merges as far as they differ from all they merged. */
  between(base: string | undefined, head: string): Promise<readonly CommitBetween[]>;
  /** How many commits of any branch or tag here touch a path. */
  commitsTouching(path: string): Promise<number>;
  /** Contents of files by their object ids. */
  blobs(ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Refuses where a commit of these paths would have to be refused: asked before anything is written. `texts` is what is
   * about to be written, where that is known: staged just so, it is no other hand's.
   */
  requireCommittable(paths: readonly string[], texts?: ReadonlyMap<string, string | null>): Promise<void>;
  /** Runs an action as the only hire that writes in this clone; refuses (3) where another one goes on for long. */
  exclusively<T>(action: () => Promise<T>): Promise<T>;
  /**
   * Commits exactly these paths as they are on disk, what is gone as gone; everything else staged or changed stays as it
   * is. Hooks run as with `git commit`. Gives HEAD where it holds them so already.
   */
  commit(request: CommitRequest): Promise<string>;
  /** Where the current branch is shared; refuses where that is nowhere, and in the middle of a merge. */
  shared(): Promise<Upstream>;
  /** Brings the shared branch's commits here, by the user's own transport: its commit, or undefined where it has none yet. */
  fetch(upstream: Upstream): Promise<string | undefined>;
  /** Shares a commit as the branch's newest, never by force; false where others were faster. */
  push(upstream: Upstream, commit: string): Promise<boolean>;
  /** Keeps which commit both sides have now: a history that was rewritten since is known by it. */
  noteShared(upstream: Upstream, commit: string): Promise<void>;
  /** The commits of `head` that no branch of a remote has, as far as it was looked at, newest first. */
  unshared(remote: string, head: string): Promise<readonly CommitBetween[]>;
  /** Brings the commits of `head` that `onto` has not onto it, as objects only. */
  replay(base: string, head: string, onto: string, merge: MergeFile): Promise<{ readonly head: string; readonly isOpen: boolean }>;
  /** Refuses where what is changed or staged here, and not committed, stands in the way between two commits. */
  requireLandable(from: string, to: string): Promise<void>;
  /** Moves work tree, index and branch between two commits, each file whole; what else is changed or staged stays. */
  land(from: string, to: string): Promise<void>;
}

export interface Identity {
  readonly name?: string;
  readonly email?: string;
}

export interface Git {
  /** The work tree that holds a folder, or undefined outside of any. */
  open(folder: string): Promise<Repository | undefined>;
  /** A new repository. */
  create(folder: string): Promise<Repository>;
  /** Brings three files together line by line in the first, as git does, with marks around what does not fit; gives whether there are any. */
  mergeLines(folder: string, ours: string, base: string, theirs: string): Promise<boolean>;
  /** Who git says is acting in a folder, inside of a work tree or not. */
  identity(folder: string): Promise<Identity>;
}

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** Questions to a person at a terminal. Interrupting one throws `Interrupted`. */
export interface Prompts {
  /** Whether there is someone to ask. */
  readonly interactive: boolean;
  /** `initial` is taken by Enter and replaced by typing; with `editable` it stands on the line to be changed. */
  text(
    message: string,
    options?: { readonly initial?: string; readonly editable?: boolean; readonly check?: (text: string) => string | undefined },
  ): Promise<string>;
  choose<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T>;
  confirm(message: string, initial: boolean): Promise<boolean>;
  /** Opens a file in the person's editor and waits. */
  edit(path: string): Promise<void>;
}

/** Ctrl-C in a conversation: nothing is lost, the command ends with 130. */
export class Interrupted extends Error {
  constructor(message = "interrupted: nothing that was saved is lost") {
    super(message);
    this.name = "Interrupted";
  }
}

export interface Output {
  /** The answer: stdout. */
  out(text: string): void;
  /** Everything else: stderr. */
  err(text: string): void;
  /** Columns that text may take. */
  readonly width: number;
  /** Whether stdout may carry colour, before `--color` is heard. */
  readonly colour: boolean;
  /** Whether a person reads stdout. */
  readonly terminal: boolean;
}

/** Chance for names and file endings; never for secrets. */
export interface Random {
  /** A whole number from 0 to `limit` - 1 that nobody can guess; `limit` is small, a thousand at most. */
  below(limit: number): number;
}
