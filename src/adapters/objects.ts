import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { maxFileSize, type Snapshot, type SnapshotFile } from "../core/snapshot.ts";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { WalkedCommit } from "../ports.ts";

/** Before every git command that only reads: nothing of the repository's configuration may run or rewrite what is read. */
const hardened = [
  "--no-pager",
  "--no-replace-objects",
  "-c",
  "log.showSignature=false",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.quotePath=false",
  // It need not be a file, and a pipe would be waited for.
  "-c",
  "log.mailmap=false",
];

/** Git's words are read: they are to be the ones we know, whatever the user's language. */
const plainWords = { LC_ALL: "C.UTF-8", LANGUAGE: "" };

/** Reading fetches nothing: what a partial clone lacks is missing, and no transport of its configuration runs. */
const offline = { GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };

/** Runs git and gives its output, all at once or `each` chunk as it comes; rejects with git's own words. Only `online` may it ask others; `fine` is the highest code it may end with. */
export function runGit(
  folder: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  options: {
    readonly paths?: "literal" | "glob";
    readonly each?: (chunk: Buffer) => void;
    readonly input?: string | Buffer;
    readonly online?: boolean;
    readonly fine?: number;
  } = {},
): Promise<Buffer> {
  const { paths = "literal", each, input, online = false, fine = 0 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...hardened, `--${paths}-pathspecs`, ...args], {
      cwd: folder,
      env: { ...env, ...plainWords, ...(online ? {} : offline) },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", each ?? ((chunk: Buffer) => out.push(chunk)));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (error) => reject(new Refusal("git could not be started", { hint: "install git and try again", cause: error })));
    child.on("close", (code) => {
      if (code !== null && code <= fine) resolve(Buffer.concat(out));
      else {
        // What a push was told stands in its answer.
        const said = Buffer.concat(online ? [...out, ...err] : err)
          .toString("utf8")
          .trim();
        reject(untrusted(said, folder) ?? new Error(said || `git ${args[0] ?? ""} ended with ${code}`));
      }
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Git reads no repository of someone else's, unless it is told to; and a partial clone's lacks what nobody fetched. */
function untrusted(said: string, top: string): Refusal | undefined {
  if (/lazy fetching disabled|promisor remote/u.test(said)) return unreadable("what is asked for", "this partial clone lacks it");
  return /dubious ownership/u.test(said)
    ? new Refusal("git does not trust this folder: it belongs to someone else", {
        hint: `if you do: git config --global --add safe.directory ${top}`,
      })
    : undefined;
}

interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Null where it is larger than was asked for. */
  readonly bytes: Buffer | null;
}

interface Request {
  readonly limit: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** How long the process waits for another question before it is let go, in milliseconds. */
const patience = 50;

/** Objects by name or id, all through one `git cat-file --batch` process, started when first asked. */
export class ObjectReader {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcessWithoutNullStreams | undefined;
  #queue: Request[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** The object whose content is being read; what is over the limit is dropped as it comes. */
  #open: { readonly id: string; readonly type: string; readonly size: number; left: number; readonly keep: boolean } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  /** The object a name means, or undefined where there is none. Content over `limit` bytes is not kept. */
  read(name: string, limit = Number.POSITIVE_INFINITY): Promise<GitObject | undefined> {
    const answer = new Promise<GitObject | undefined>((resolve, reject) => {
      // A line is a question: one more line end would ask two.
      if (name.includes("\n")) throw new Refusal("git cannot be asked for a name of several lines", { hint: "rename the folder" });
      const child = this.start();
      clearTimeout(this.#timer);
      this.#queue.push({ limit, resolve, reject });
      child.ref();
      child.stdin.write(`${name}\n`);
    });
    // Of several questions that fail together, one is waited for.
    answer.catch(() => undefined);
    return answer;
  }

  /** Starts the process, if it does not run. */
  start(): ChildProcessWithoutNullStreams {
    this.#child ??= this.#spawn();
    return this.#child;
  }

  #spawn(): ChildProcessWithoutNullStreams {
    const child = spawn("git", [...hardened, "cat-file", "--batch"], {
      cwd: this.#folder,
      env: { ...this.#env, ...offline },
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.stdin.on("error", () => undefined);
    child.on("error", (error) =>
      this.#fail(child, new Refusal("git could not be started", { hint: "install git and try again", cause: error })),
    );
    child.on("close", () => this.#fail(child, untrusted(said, this.#folder) ?? new Error(said.trim() || "git cat-file ended")));
    this.#chunks = [];
    this.#buffered = 0;
    // Started before anything is asked, it must not keep a process alive that ends without asking.
    letGo(child);
    return child;
  }

  /** A process that was let go ends in its own time, and no question of its successor's with it. */
  #fail(child: ChildProcessWithoutNullStreams, error: Error): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const waiting = this.#queue;
    this.#queue = [];
    for (const { reject } of waiting) reject(error);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#step());
  }

  /** Takes one header or one content from what has come; false where more has to come first. */
  #step(): boolean {
    const [request] = this.#queue;
    if (request === undefined) return false;
    if (this.#open === undefined) {
      const all = this.#joined();
      const end = all.indexOf(10);
      if (end === -1) return false;
      this.#rest(all.subarray(end + 1));
      // Anything else echoes what was asked for, which may hold any words, and says that it is missing or ambiguous.
      const header = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/u.exec(all.toString("utf8", 0, end));
      if (header === null) {
        this.#answer(undefined);
        return true;
      }
      const [, id = "", type = "", length = ""] = header;
      const size = Number(length);
      this.#open = { id, type, size, left: size + 1, keep: size <= request.limit };
    }
    const { id, type, size, keep } = this.#open;
    if (!keep) {
      const all = this.#joined();
      const dropped = Math.min(all.length, this.#open.left);
      this.#open.left -= dropped;
      this.#rest(all.subarray(dropped));
      if (this.#open.left > 0) return false;
      this.#answer({ id, type, size, bytes: null });
      return true;
    }
    if (this.#buffered < size + 1) return false;
    const all = this.#joined();
    this.#rest(all.subarray(size + 1));
    this.#answer({ id, type, size, bytes: all.subarray(0, size) });
    return true;
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #rest(rest: Buffer): void {
    this.#chunks = [rest];
    this.#buffered = rest.length;
  }

  #answer(object: GitObject | undefined): void {
    this.#open = undefined;
    this.#queue.shift()?.resolve(object);
    if (this.#queue.length > 0) return;
    // Nothing is asked for: the process may end with us, or soon.
    const child = this.#child;
    if (child !== undefined) letGo(child);
    this.#timer = setTimeout(() => {
      if (this.#child === child) this.#child = undefined;
      child?.stdin.end();
    }, patience);
    this.#timer.unref();
  }
}

/** Lets the process end, whether this child has or not. */
function letGo(child: ChildProcessWithoutNullStreams): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as { unref?: () => void }).unref?.();
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

const kinds: Readonly<Record<string, SnapshotFile["kind"]>> = {
  "120000": "symlink",
  "160000": "submodule",
  "100644": "file",
  "100755": "file",
  "100664": "file",
};

/** Entries under `names` in a folder of a commit, as far as wanted; folders that are not wanted are not looked into. */
export async function readTree(
  objects: ObjectReader,
  commit: string,
  folder: string,
  names: readonly string[],
  wanted: (path: string) => boolean,
): Promise<Snapshot> {
  const files: Promise<SnapshotFile>[] = [];
  // Asked for as they are found: git answers while it is asked for more.
  await listTree(objects, commit, folder, names, wanted, (entry) => files.push(readFile(objects, `commit ${commit.slice(0, 12)}`, entry)));
  return { revision: commit, files: await Promise.all(files) };
}

/** The same entries, not read. */
export async function listTree(
  objects: ObjectReader,
  commit: string,
  folder: string,
  names: readonly string[],
  wanted: (path: string) => boolean,
  each: (entry: Entry) => void,
): Promise<void> {
  const root = await objects.read(folder === "" ? `${commit}^{tree}` : `${commit}:${folder}`);
  // A folder that the commit does not have holds no hiring files.
  if (root === undefined && folder !== "") return;
  if (root?.bytes === undefined || root.bytes === null || root.type !== "tree")
    throw unreadable(`commit ${commit.slice(0, 12)}`, "its tree is missing");
  const visit = async (path: string, id: string): Promise<void> => {
    const tree = await objects.read(id);
    if (tree?.bytes === undefined || tree.bytes === null)
      throw unreadable(`commit ${commit.slice(0, 12)}`, `the folder ${path} is missing`);
    await visitAll(entriesOf(tree.bytes, id.length / 2, `${path}/`));
  };
  const visitAll = async (entries: readonly Entry[]): Promise<void> => {
    const folders: Promise<void>[] = [];
    for (const entry of entries) {
      if (entry.mode === "40000") {
        if (wanted(`${entry.path}/`)) folders.push(visit(entry.path, entry.id));
      } else if (wanted(entry.path)) each(entry);
    }
    await Promise.all(folders);
  };
  await visitAll(entriesOf(root.bytes, root.id.length / 2, "").filter(({ path }) => names.includes(path)));
}

/** The contents of entries that are known already, such as those of the index. */
export async function readEntries(objects: ObjectReader, what: string, entries: readonly Entry[]): Promise<Snapshot> {
  return { revision: null, files: await Promise.all(entries.map((entry) => readFile(objects, what, entry))) };
}

async function readFile(objects: ObjectReader, of: string, { path, mode, id }: Entry): Promise<SnapshotFile> {
  const kind = kinds[mode] ?? "other";
  if (kind !== "file") return { path, kind, size: 0, bytes: null };
  const blob = await objects.read(id, maxFileSize);
  if (blob === undefined) throw unreadable(of, `${path} is missing`);
  return { path, kind, size: blob.size, id, bytes: blob.bytes };
}

/** Entries of a tree object: mode, name, NUL and the id's own bytes, again and again. */
function entriesOf(bytes: Buffer, idLength: number, prefix: string): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString("latin1", at, space),
      path: prefix + bytes.toString("utf8", space + 1, end),
      id: bytes.toString("hex", end + 1, end + 1 + idLength),
    });
    at = end + 1 + idLength;
  }
  return entries;
}

/** How git is asked for changed entries as they are: `rawChanges` and `LogReader` read it. */
export const rawOptions = ["--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"] as const;

/** An entry of a tree or an index that is no folder. */
export interface RawEntry {
  readonly mode: string;
  readonly id: string;
}

/** A path that differs; a side without it is undefined. */
export interface RawChange {
  readonly path: string;
  readonly before: RawEntry | undefined;
  readonly after: RawEntry | undefined;
}

/**
 * The contents (object ids) that a raw log, NULs between its words, tells of each path, newest first. What was renamed to a
 * path is that path's own from there on back.
 */
export function blobsOf(log: string, paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map(paths.map((path) => [path, new Set<string>()]));
  const called = new Map(paths.map((path) => [path, new Set([path])]));
  const words = log.split("\0").values();
  for (const word of words) {
    const [, before, after, status] = /:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/u.exec(word) ?? [];
    if (before === undefined || after === undefined) continue;
    const from = words.next().value ?? "";
    const to = status === "R" || status === "C" ? (words.next().value ?? "") : from;
    for (const path of called.get(to) ?? []) {
      for (const id of [after, before]) if (!/^0+$/u.test(id)) found.get(path)?.add(id);
      if (from !== to) called.set(from, new Set([...(called.get(from) ?? []), path]));
    }
  }
  return found;
}

/** The entries that `git diff-tree` or `git diff-index` prints with `rawOptions`. */
export function rawChanges(printed: string): readonly RawChange[] {
  const entry = (mode: string, id: string): RawEntry | undefined => (/^0+$/u.test(id) ? undefined : { mode, id });
  return [...printed.matchAll(/:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\0([^\0]+)\0/gu)].map(
    ([, oldMode = "", newMode = "", oldId = "", newId = "", path = ""]) => ({
      path,
      before: entry(oldMode, oldId),
      after: entry(newMode, newId),
    }),
  );
}

/** The entries that `git ls-files --stage -z` and `git ls-tree -z` print; a tree's are of no stage. */
export function listedEntries(printed: string): readonly (RawEntry & { readonly path: string; readonly stage: string })[] {
  return [...printed.matchAll(/(\d{6}) (?:[a-z]+ )?([0-9a-f]+)(?: (\d))?\t([^\0]+)/gu)].map(
    ([, mode = "", id = "", stage = "", path = ""]) => ({ mode, id, stage, path }),
  );
}

export function isSame(a: RawEntry | undefined, b: RawEntry | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}

/** A commit with the words of its message that are asked for. */
export interface ReadCommit extends WalkedCommit {
  readonly message: string;
  readonly coAuthors: readonly string[];
}

/** Reads what `git log --raw -z` prints in `logFormat`, as it comes. */
export class LogReader {
  readonly #each: (commit: ReadCommit) => void;
  /** What came last and is not whole yet. */
  #rest = "";
  #tokens: string[] = [];
  #open: { readonly commit: Omit<ReadCommit, "files">; readonly files: WalkedCommit["files"][number][] } | undefined;

  constructor(each: (commit: ReadCommit) => void) {
    this.#each = each;
  }

  take(text: string): void {
    const tokens = (this.#rest + text).split("\0");
    this.#rest = tokens.pop() ?? "";
    this.#tokens = this.#tokens.length === 0 ? tokens : [...this.#tokens, ...tokens];
    let index = 0;
    for (let next = this.#step(index); next > index; next = this.#step(index)) index = next;
    this.#tokens = this.#tokens.slice(index);
  }

  end(): void {
    this.#finish();
  }

  /** Where the tokens of the commit or entry at `index` end; `index` itself where they have not all come. */
  #step(index: number): number {
    const token = this.#tokens[index];
    if (token === undefined) return index;
    const header = token.startsWith("\u0001");
    if (this.#tokens.length < index + (header ? 7 : 2)) return token === "" ? index + 1 : index;
    if (header) {
      this.#finish();
      const [parents = "", name = "", email = "", written = "", message = "", together = ""] = this.#tokens.slice(index + 1, index + 7);
      // Git prints what it was asked with where a date makes no sense.
      const at = /^\d{4}-\d{2}-\d{2}T/u.test(written) ? written : "1970-01-01T00:00:00Z";
      const commit = {
        id: token.slice(1),
        parents: parents.split(" ").filter((parent) => parent !== ""),
        author: { name, email },
        at,
        message,
        coAuthors: [...together.matchAll(/<([^<>\s]+)>/gu)].map(([, address = ""]) => address),
      };
      this.#open = { commit, files: [] };
      return index + 7;
    }
    // One id for each parent, then the file's own.
    const [, ids = ""] = /^\n?:+(?:\d{6} )+((?:[0-9a-f]{40,64} )+)[A-Z]/u.exec(token) ?? [];
    const [before = "", after = ""] = [ids.split(" ")[0], ids.trimEnd().split(" ").at(-1)];
    if (after === "") return index + 1;
    const id = (text: string): string | null => (/^0+$/u.test(text) ? null : text);
    this.#open?.files.push({ path: this.#tokens[index + 1] ?? "", before: id(before), after: id(after) });
    return index + 2;
  }

  #finish(): void {
    if (this.#open !== undefined) this.#each({ ...this.#open.commit, files: this.#open.files });
    this.#open = undefined;
  }
}

/** Position counts: names may hold anything but NUL. */
export const logFormat = "--format=%x01%H%x00%P%x00%an%x00%ae%x00%aI%x00%x00";
/** The same with message and co-authors: what only a short range is asked for. */
export const wordyFormat = "--format=%x01%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x00%(trailers:key=Co-authored-by,valueonly,separator=%x20)";

export function unreadable(what: string, why: string): Refusal {
  return new Refusal(`${what} cannot be read: ${why}`, {
    exitCode: exitCode.unknown,
    hint: "fetch what is missing (git fetch --unshallow, or git fetch --refetch for a partial clone), then try again",
  });
}
