import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { SimpleGit } from "simple-git";
import { visible } from "../core/escape.ts";
import { Refusal, exitCode } from "../core/refusal.ts";
import { maxFileSize } from "../core/snapshot.ts";
import type { CommitBetween, CommitRequest, Git, HistoryEntry, MergeFile, Repository, Upstream, WalkedCommit } from "../ports.ts";
import type { Site } from "./commit.ts";
import type * as objects from "./objects.ts";
import type * as sync from "./sync.ts";
import { ioRefusal } from "./files.ts";
import { noSteps, type Step } from "./steps.ts";

/** Variables of git's own that may pass: who commits and when, and where its configuration is. The rest could make it run things. */
const passedOn = new Set(
  "GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM GIT_CEILING_DIRECTORIES".split(
    " ",
  ),
);

/** Processes are started by those commands only that ask git something. */
const loadObjects = (): Promise<typeof objects> => import("./objects.ts");

const loadSync = (): Promise<typeof sync> => import("./sync.ts");

/** Up to here following each file by itself is as quick as walking through the whole history for all of them. */
const mostFollowed = 4;

/** A path as it is staged, where that is not HEAD's; an id is undefined where a removal is. */
interface Staged {
  readonly path: string;
  readonly id: string | undefined;
}

async function runGit(...args: Parameters<typeof objects.runGit>): Promise<Buffer> {
  return (await loadObjects()).runGit(...args);
}

function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || (/^GIT_/iu.test(name) && !passedOn.has(name)) ? [] : [[name, value]],
    ),
  );
}

async function simpleGitIn(folder: string, env: Record<string, string>): Promise<SimpleGit> {
  const { simpleGit } = await import("simple-git");
  // Editors, pagers and askpass programs are of no use here, and the library guards them; git asks for none of them.
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:EDITOR|VISUAL|PAGER|SSH_ASKPASS|PREFIX)$/iu.test(name)));
  return simpleGit({
    baseDir: folder,
    trimmed: false,
    allowEnvironment: [...passedOn],
    // Where git finds its configuration is the user's own choice, made in their environment.
    unsafe: { allowUnsafeConfigPaths: true },
    errors: (error, { exitCode: code, stdErr, stdOut }) =>
      error ?? (code === 0 ? undefined : Buffer.concat([...stdErr, ...stdOut, Buffer.from(`git ended with ${code}`)])),
  }).env(own);
}

export function nodeGit(env: Readonly<Record<string, string | undefined>>, step: Step = noSteps): Git {
  const clean = cleanEnvironment(env);
  return {
    async open(folder) {
      const found = findRepository(folder);
      return found === undefined
        ? undefined
        : new NodeRepository(found.top, found.common, found.gitFolder, { env: clean, transport: transportOf(env), step });
    },
    async create(folder) {
      await (await simpleGitIn(folder, clean)).raw(["init", "--initial-branch=main"]);
      const repository = await this.open(folder);
      if (repository === undefined) throw new Refusal(`${folder} did not become a git repository`);
      return repository;
    },
    async mergeLines(folder, ours, base, theirs) {
      const labels = ["ours", "base", "theirs"].flatMap((label) => ["-L", label]);
      // It ends with the number of places that do not fit.
      await runGit(folder, clean, ["merge-file", "--quiet", ...labels, "--", ours, base, theirs], { fine: 127 });
      return /^<{7} ours$/mu.test(readFileSync(resolve(folder, ours), "latin1"));
    },
    async identity(folder) {
      const { GIT_AUTHOR_NAME: givenName, GIT_AUTHOR_EMAIL: givenEmail } = clean;
      if (givenName && givenEmail) return { name: givenName, email: givenEmail };
      const answer = await runGit(folder, clean, ["config", "-z", "--get-regexp", "^user[.](name|email)$"]).catch(() => Buffer.alloc(0));
      // "user.name", a line end, the value, NUL; the last one counts.
      const configured = new Map(
        answer
          .toString("utf8")
          .split("\0")
          .map((entry) => [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1)] as const),
      );
      const name = givenName ?? configured.get("user.name");
      const email = givenEmail ?? configured.get("user.email");
      return { ...(name ? { name } : {}), ...(email ? { email } : {}) };
    },
  };
}

/**
 * The work tree around a folder, found as git finds it: the nearest `.git`, a folder or (in linked work trees and
 * submodules) a file that names one. Whether to trust it is git's to say, with the first command.
 */
function findRepository(folder: string): { readonly top: string; readonly gitFolder: string; readonly common: string } | undefined {
  for (let top = realpathSync(folder); ; top = dirname(top)) {
    const entry = join(top, ".git");
    const stats = statSync(entry, { throwIfNoEntry: false });
    if (stats !== undefined) {
      const named = stats.isFile() ? /^gitdir: (.*?)\r?\n?$/u.exec(readFileSync(entry, "utf8"))?.[1] : entry;
      const gitFolder = named === undefined ? undefined : resolve(top, named);
      if (gitFolder === undefined || !existsSync(join(gitFolder, "HEAD")))
        throw new Refusal(`${entry} leads to no git repository`, { hint: "git status says more" });
      const common = join(gitFolder, "commondir");
      return { top, gitFolder, common: existsSync(common) ? resolve(gitFolder, readFileSync(common, "utf8").trim()) : gitFolder };
    }
    if (dirname(top) === top) return undefined;
  }
}

/** How git reaches others: passed on to it where it does, and nowhere else. */
function transportOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && /^GIT_(?:SSH|ASKPASS|TERMINAL_PROMPT|PROXY|HTTP|SSL|CURL)/u.test(name) ? [[name, value]] : [],
    ),
  );
}

interface Surroundings {
  readonly env: Record<string, string>;
  readonly transport: Readonly<Record<string, string>>;
  readonly step: Step;
}

/** The disk's error that git ran into, by its words. */
function toldByGit(error: unknown): unknown {
  const said = error instanceof Error ? error.message : "";
  const codes: Readonly<Record<string, string>> = {
    "No space left on device": "ENOSPC",
    "Out of diskspace": "ENOSPC",
    "Disk quota exceeded": "EDQUOT",
    "Permission denied": "EACCES",
    "insufficient permission": "EACCES",
    "Read-only file system": "EROFS",
    "Input/output error": "EIO",
    "File too large": "EFBIG",
  };
  const found = Object.entries(codes).find(([words]) => said.includes(words));
  return found === undefined ? error : Object.assign(new Error(said), { code: found[1] });
}

class NodeRepository implements Repository {
  readonly top: string;
  readonly ownFolder: string;
  readonly #gitFolder: string;
  readonly #common: string;
  readonly #env: Record<string, string>;
  #objects: Promise<objects.ObjectReader> | undefined;
  /** How the user's git reaches others, as their environment has it. */
  readonly #transport: Readonly<Record<string, string>>;
  readonly #step: Step;
  /** Set while this process is the clone's only writer. */
  #holds = false;
  #afterwards: (() => Promise<void>)[] = [];

  constructor(top: string, common: string, gitFolder: string, { env, transport, step }: Surroundings) {
    this.top = top;
    this.ownFolder = join(common, "hire");
    this.#gitFolder = gitFolder;
    this.#common = common;
    this.#env = env;
    this.#transport = transport;
    this.#step = step;
  }

  #reader(): Promise<objects.ObjectReader> {
    this.#objects ??= loadObjects().then(({ ObjectReader }) => new ObjectReader(this.top, this.#env));
    return this.#objects;
  }

  async #ask(...args: readonly string[]): Promise<string> {
    return (await runGit(this.top, this.#env, args)).toString("utf8").trim();
  }

  async hooks(): Promise<{ readonly folder: string; readonly own: boolean }> {
    const folder = resolve(this.top, await this.#ask("rev-parse", "--git-path", "hooks"));
    return { folder, own: folder === join(this.#common, "hooks") };
  }

  async ownFile(name: string): Promise<string> {
    return resolve(this.top, await this.#ask("rev-parse", "--git-path", name));
  }

  async configure(key: string, value: string): Promise<void> {
    await this.#ask("config", "--local", key, value);
  }

  async prepare(): Promise<void> {
    (await this.#reader()).start();
  }

  async resolve(revision: string): Promise<string> {
    if (revision.startsWith("-") || revision === "" || /[\0\n]/u.test(revision)) throw new Refusal(`'${visible(revision)}' is no revision`);
    const commit = await (await this.#reader()).read(`${revision}^{commit}`).catch((error: unknown) => {
      if (error instanceof Refusal || !(error instanceof Error)) throw error;
      // Some names git does not answer "missing" to, but dies of: @{upstream} where there is none.
      return undefined;
    });
    if (commit !== undefined) return commit.id;
    throw new Refusal(`'${visible(revision)}' names no commit here`, { exitCode: exitCode.unknown, hint: this.#fetching(revision) });
  }

  /** The command that would bring a revision here. */
  #fetching(revision: string): string {
    const [, remote, branch] = /^([\w.-]+)\/([\w./-]+)$/u.exec(revision) ?? [];
    if (/^[0-9a-f]{40}$/u.test(revision))
      return `git fetch origin ${revision}${this.shallow ? ", or all of it: git fetch --unshallow" : ""}`;
    if (this.shallow) return "this clone is shallow: git fetch --unshallow";
    if (remote !== undefined && branch !== undefined && existsSync(join(this.#common, "refs/remotes", remote)))
      return `git fetch ${remote} ${branch}`;
    return "see git log --oneline --all, or fetch it first: git fetch origin";
  }

  get shallow(): boolean {
    return existsSync(join(this.#common, "shallow"));
  }

  async lookUp(revision: string): Promise<string | undefined> {
    return (await (await this.#reader()).read(`${revision}^{commit}`))?.id;
  }

  async upstream(): Promise<string | undefined> {
    return this.#ask("rev-parse", "--verify", "--quiet", "@{upstream}^{commit}").catch(() => undefined);
  }

  async symbolic(name: string): Promise<string | undefined> {
    return this.#ask("symbolic-ref", "--quiet", "--short", name).then(visible, () => undefined);
  }

  async parentsOf(commit: string): Promise<readonly string[]> {
    const object = await (await this.#reader()).read(`${commit}^{commit}`);
    const { unreadable } = await loadObjects();
    if (object?.bytes === undefined || object.bytes === null) throw unreadable(`commit ${commit.slice(0, 12)}`, "it is missing");
    const head = object.bytes.toString("latin1").split("\n\n", 1)[0] ?? "";
    return [...head.matchAll(/^parent ([0-9a-f]+)$/gmu)].map(([, parent = ""]) => parent);
  }

  async head(): Promise<string | undefined> {
    return (await (await this.#reader()).read("HEAD^{commit}"))?.id;
  }

  async branch(): Promise<string | undefined> {
    const head = readFileSync(join(this.#gitFolder, "HEAD"), "utf8");
    const name = /^ref: refs\/heads\/(.*?)\r?\n?$/u.exec(head)?.[1];
    // Repositories that keep their refs in tables leave a stand-in here.
    if (name === ".invalid") return this.#ask("symbolic-ref", "--short", "HEAD").catch(() => undefined);
    return name;
  }

  async mergeBase(a: string, b: string): Promise<string> {
    return this.#ask("merge-base", a, b).catch((error: unknown) => {
      throw new Refusal(`${a.slice(0, 12)} and ${b.slice(0, 12)} have no common commit here`, {
        exitCode: exitCode.unknown,
        hint: this.shallow
          ? "this clone is shallow: git fetch --unshallow"
          : "their histories are unrelated: compare the two themselves, hire diff A B",
        cause: error,
      });
    });
  }

  async readTree(
    commit: string,
    folder: string,
    names: readonly string[],
    wanted: (path: string) => boolean,
  ): ReturnType<Repository["readTree"]> {
    const { readTree } = await loadObjects();
    return readTree(await this.#reader(), commit, folder, names, wanted);
  }

  async foldersWith(commit: string, name: string): Promise<readonly string[]> {
    const listed = await runGit(this.top, this.#env, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
    return listed
      .toString("utf8")
      .split("\0")
      .flatMap((path) => (path === name ? [""] : path.endsWith(`/${name}`) ? [path.slice(0, -name.length - 1)] : []));
  }

  async listTree(commit: string, folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { listTree } = await loadObjects();
    const ids = new Map<string, string>();
    await listTree(
      await this.#reader(),
      commit,
      folder,
      names,
      () => true,
      ({ path, id }) => ids.set(path, id),
    );
    return ids;
  }

  async readIndex(
    folder: string,
    names: readonly string[],
    wanted: (path: string) => boolean,
    indexFile?: string,
  ): ReturnType<Repository["readIndex"]> {
    const prefix = folder === "" ? "" : `${folder}/`;
    const env = indexFile === undefined ? this.#env : { ...this.#env, GIT_INDEX_FILE: indexFile };
    const listed = await runGit(this.top, env, ["ls-files", "--stage", "-z", "--", ...names.map((name) => prefix + name)]);
    const { listedEntries, readEntries } = await loadObjects();
    const entries = listedEntries(listed.toString("utf8"))
      .filter(({ path }) => path.startsWith(prefix))
      .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
    const conflict = entries.find(({ stage }) => stage !== "0");
    if (conflict !== undefined)
      throw new Refusal(`${visible(conflict.path)} has a conflict that is not settled`, {
        hint: "settle it and git add it, then try again",
      });
    return readEntries(
      await this.#reader(),
      "what is staged",
      entries.filter(({ path }) => wanted(path)),
    );
  }

  async histories(paths: readonly string[]): Promise<ReadonlyMap<string, readonly HistoryEntry[]>> {
    if (paths.length === 0 || (await this.head()) === undefined) return new Map();
    const { blobsOf, rawOptions } = await loadObjects();
    const ask = async (options: readonly string[], patterns: readonly string[], kind: "literal" | "glob"): Promise<string> => {
      const args = ["log", ...rawOptions, ...options, "--format=", "--", ...patterns];
      return (await runGit(this.top, this.#env, args, { paths: kind })).toString("utf8");
    };
    // A few files git follows one by one; of many it tells all that bear their names, in one walk, whatever side of a merge was kept.
    const names = [...new Set(paths.map((path) => `**/${basename(path)}`))];
    const blobs =
      paths.length <= mostFollowed
        ? (await Promise.all(paths.map(async (path) => [...blobsOf(await ask(["--follow"], [path], "literal"), [path])]))).flat()
        : [...blobsOf(await ask(["--find-renames", "--full-history"], names, "glob"), paths)];
    return new Map(
      await Promise.all(
        blobs.map(async ([path, ids]) => {
          const contents = await this.blobs([...ids], `the history of ${visible(path)}`);
          return [path, [...contents].map(([blob, bytes]): HistoryEntry => ({ blob, bytes }))] as const;
        }),
      ),
    );
  }

  async commitsTouching(path: string): Promise<number> {
    return Number(await this.#ask("rev-list", "--all", "--count", "--", path));
  }

  async walk(patterns: readonly string[], after: string | undefined, each: (commit: WalkedCommit) => void): Promise<void> {
    const { LogReader, logFormat } = await loadObjects();
    const range = ["HEAD", ...(after === undefined ? ["--", ...patterns] : [`^${after}`, "--"])];
    await this.#readLog(new LogReader(each), ["--first-parent", "--diff-merges=first-parent", logFormat], range);
  }

  async between(base: string | undefined, head: string): Promise<readonly CommitBetween[]> {
    return this.#commitsIn([head, ...(base === undefined ? [] : [`^${base}`]), "--"]);
  }

  async #commitsIn(range: readonly string[]): Promise<readonly CommitBetween[]> {
    const { LogReader, wordyFormat } = await loadObjects();
    const commits: CommitBetween[] = [];
    const boundary = new Set(this.shallow ? readFileSync(join(this.#common, "shallow"), "utf8").split("\n") : []);
    const log = new LogReader(({ id, parents, author, coAuthors, message, files }) => {
      // A commit whose parents are missing would seem to have brought every file there is.
      const cut = boundary.has(id);
      const authors = [author.email ?? "", ...coAuthors].map((address) => address.toLowerCase());
      // What git calls the subject: the first paragraph, on one line.
      const subject = (message.trim().split(/\n\s*\n/u, 1)[0] ?? "").replaceAll(/\s*\n\s*/gu, " ");
      commits.push({ id, parents, authors, subject, message, files: cut ? [] : files, cut });
    });
    await this.#readLog(log, ["--topo-order", "-c", wordyFormat], range);
    return commits;
  }

  /** Hands a reader the log of a range, with the files of each commit as objects. */
  async #readLog(log: objects.LogReader, options: readonly string[], range: readonly string[]): Promise<void> {
    const { rawOptions } = await loadObjects();
    const decoder = new TextDecoder();
    await runGit(this.top, this.#env, ["log", ...options, ...rawOptions, ...range], {
      paths: "glob",
      each: (chunk) => log.take(decoder.decode(chunk, { stream: true })),
    });
    log.end();
  }

  async blobs(ids: readonly string[], of = "the history"): Promise<ReadonlyMap<string, Uint8Array>> {
    const objects = await this.#reader();
    const { unreadable } = await loadObjects();
    const read = await Promise.all(
      ids.map(async (id) => {
        const object = await objects.read(id, maxFileSize);
        if (object === undefined) throw unreadable(of, `object ${id.slice(0, 12)} is missing`);
        return [id, object.bytes ?? Buffer.alloc(0)] as const;
      }),
    );
    return new Map(read);
  }

  async requireCommittable(paths: readonly string[], texts?: ReadonlyMap<string, string | null>): Promise<void> {
    this.#refuseInTheMiddle();
    const head = await this.head();
    if (head !== undefined && (await this.branch()) === undefined) {
      throw new Refusal("HEAD is detached: a commit here would belong to no branch", { hint: "git switch <branch>, or say --no-commit" });
    }
    const [staged, left] = await Promise.all([this.#staged(paths, head), this.#leftOut(paths), this.#requireOwnTree()]);
    if (left.length > 0) {
      throw new Refusal(`${left.map(visible).join(", ")} is left out of this work tree (skip-worktree or assume-unchanged)`, {
        hint: "git sparse-checkout add, or git update-index --no-skip-worktree --no-assume-unchanged <path>",
      });
    }
    // What stands staged exactly as it is to be written is nobody else's.
    const theirs: Staged[] = [];
    for (const one of staged) if (!(await this.#isStagedAs(one, texts?.get(one.path)))) theirs.push(one);
    if (theirs.length > 0) {
      throw new Refusal(`${theirs.map(({ path }) => visible(path)).join(", ")} is staged already, by someone else's hand`, {
        hint: "commit or unstage it first (git restore --staged <path>), or say --no-commit",
      });
    }
  }

  async exclusively<T>(action: () => Promise<T>): Promise<T> {
    const [{ withLock }, { clearLeftOvers, clearRefLocks }] = [await import("./lock.ts"), await import("./commit.ts")];
    const result = await withLock(this.ownFolder, this.#step, async ({ tookOver }) => {
      clearLeftOvers(this.#gitFolder);
      // Whatever this one does: the next one could not tell any more whose they are.
      if (tookOver) await clearRefLocks(this.#site(), await this.branch());
      this.#holds = true;
      try {
        return await action();
      } finally {
        this.#holds = false;
      }
    }).catch((error: unknown) => {
      throw ioRefusal(this.ownFolder, error) ?? error;
    });
    for (const action of this.#afterwards.splice(0)) await action();
    return result;
  }

  async commit(request: CommitRequest): Promise<string> {
    if (!this.#holds) return this.exclusively(() => this.commit(request));
    const { commitPaths } = await import("./commit.ts");
    return commitPaths(this.#site(), request).catch((error: unknown) => {
      if (error instanceof Refusal && error.exitCode !== exitCode.refused) throw error;
      const broken = this.#brokenDisk(error);
      if (broken !== undefined) throw broken;
      const said = error instanceof Error ? visible(error.message.trim()) : "";
      throw new Refusal(`git would not commit: ${said}`, {
        hint: /tell me who you are|empty ident/iu.test(said)
          ? `the files are written; say who you are, then the same command again:\ngit config user.name "Your Name" && git config user.email you@example.org`
          : ((error instanceof Refusal ? error.hint : undefined) ??
            "the files are written: mend what git says, and the same command again commits them"),
        cause: error,
      });
    });
  }

  /** What the disk would not do, as it or git says. */
  #brokenDisk(error: unknown): Refusal | undefined {
    return ioRefusal(this.#gitFolder, error) ?? ioRefusal(this.#gitFolder, toldByGit(error));
  }

  #site(more: Readonly<Record<string, string>> = {}): Site {
    const env = { ...this.#env, ...more };
    return {
      top: this.top,
      gitFolder: this.#gitFolder,
      common: this.#common,
      env,
      step: this.#step,
      head: () => this.head(),
      afterwards: (action) => void this.#afterwards.push(action),
    };
  }

  /** What git says it cannot do is a refusal in its words, and what the disk cannot, one in the disk's. */
  async #inGit<T>(action: Promise<T>): Promise<T> {
    return action.catch((error: unknown) => {
      if (error instanceof Refusal) throw error;
      const broken = this.#brokenDisk(error);
      if (broken !== undefined) throw broken;
      const said = error instanceof Error ? visible(error.message.trim()) : "";
      throw new Refusal(`git would not: ${said}`, {
        exitCode: exitCode.unknown,
        hint: "nothing is lost: git status says how things stand",
        cause: error,
      });
    });
  }

  async shared(): Promise<Upstream> {
    this.#refuseInTheMiddle();
    const branch = await this.branch();
    if (branch === undefined)
      throw new Refusal("HEAD is detached: it belongs to no branch that could be shared", { hint: "git switch <branch>" });
    return (await loadSync()).upstreamOf(this.#site(), branch);
  }

  async fetch(upstream: Upstream): Promise<string | undefined> {
    return this.#inGit((await loadSync()).fetchFrom(this.#site(this.#transport), upstream));
  }

  async push(upstream: Upstream, commit: string): Promise<boolean> {
    return this.#inGit((await loadSync()).pushTo(this.#site(this.#transport), upstream, commit));
  }

  async noteShared(upstream: Upstream, commit: string): Promise<void> {
    (await loadSync()).noteShared(this.#site(), upstream, commit);
  }

  async unshared(remote: string, head: string): Promise<readonly CommitBetween[]> {
    return this.#commitsIn([head, "--not", `--remotes=${remote}`, "--"]);
  }

  async replay(base: string, head: string, onto: string, merge: MergeFile): ReturnType<Repository["replay"]> {
    return this.#inGit((await loadSync()).replay(this.#site(), base, head, onto, merge));
  }

  async requireLandable(from: string, to: string): Promise<void> {
    await this.#requireOwnTree();
    return this.#inGit((await loadSync()).requireLandable(this.#site(), from, to));
  }

  async land(from: string, to: string): Promise<void> {
    return this.#inGit((await loadSync()).land(this.#site(), from, to));
  }

  #refuseInTheMiddle(): void {
    const states: Readonly<Record<string, string>> = {
      MERGE_HEAD: "merge",
      "rebase-merge": "rebase",
      "rebase-apply": "rebase",
      CHERRY_PICK_HEAD: "cherry-pick",
      REVERT_HEAD: "revert",
      BISECT_LOG: "bisect",
    };
    const found = Object.entries(states).find(([name]) => existsSync(join(this.#gitFolder, name)));
    if (found !== undefined)
      throw new Refusal(`a ${found[1]} is in progress`, { hint: `finish it (git status says how), or say --no-commit` });
  }

  /** Whether a path is staged just as a text that is to be written (null: it goes), as it is or as git's filters leave it. */
  async #isStagedAs({ path, id }: Staged, text: string | null | undefined): Promise<boolean> {
    if (text === undefined) return false;
    if (text === null || id === undefined) return text === null && id === undefined;
    const { blobId } = await import("../core/digest.ts");
    if (blobId(new TextEncoder().encode(text), id.length) === id) return true;
    const filtered = await runGit(this.top, this.#env, ["hash-object", `--path=${path}`, "--stdin"], { input: text });
    return filtered.toString("utf8").trim() === id;
  }

  /** Refuses where git takes another folder for the work tree: what is committed there is not what stands here. */
  async #requireOwnTree(): Promise<void> {
    const top = await this.#ask("rev-parse", "--show-toplevel");
    if (realpathSync(top) !== realpathSync(this.top))
      throw new Refusal(`git's work tree is ${visible(top)}, not ${visible(this.top)}`, {
        hint: "core.worktree says so: take it out (git config --unset core.worktree), or say --no-commit",
      });
  }

  /** What is staged of these paths and is not HEAD's; an id is undefined where a removal is. */
  async #staged(paths: readonly string[], head: string | undefined): Promise<readonly Staged[]> {
    const { listedEntries, rawChanges, rawOptions } = await loadObjects();
    if (head === undefined)
      return listedEntries((await runGit(this.top, this.#env, ["ls-files", "--stage", "-z", "--", ...paths])).toString("utf8"));
    const answer = await runGit(this.top, this.#env, ["diff-index", "--cached", ...rawOptions, head, "--", ...paths]);
    return rawChanges(answer.toString("utf8")).map(({ path, after }) => ({ path, id: after?.id }));
  }

  /** Those of these paths that this work tree leaves out, or of which git was told not to look. */
  async #leftOut(paths: readonly string[]): Promise<readonly string[]> {
    const listed = await runGit(this.top, this.#env, ["ls-files", "-v", "-z", "--", ...paths]);
    return listed
      .toString("utf8")
      .split("\0")
      .flatMap((entry) => (/^[Sa-z] /u.test(entry) ? [entry.slice(2)] : []));
  }
}
