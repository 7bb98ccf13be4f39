import { spawn } from "node:child_process";
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { visible } from "../core/escape.ts";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { CommitRequest } from "../ports.ts";
import { holderLine, isGone, linked } from "./lock.ts";
import { isSame, listedEntries, type RawEntry, runGit } from "./objects.ts";
import type { Step } from "./steps.ts";

/** A work tree to commit in. */
export interface Site {
  readonly top: string;
  /** Where this work tree's HEAD and index lie. */
  readonly gitFolder: string;
  /** Where all work trees' hooks lie. */
  readonly common: string;
  /** git's own variables cleaned out. */
  readonly env: Readonly<Record<string, string>>;
  readonly step: Step;
  /** HEAD's commit; undefined before the first. */
  readonly head: () => Promise<string | undefined>;
  /** Has something done once this process no longer is the one writer. */
  readonly afterwards: (action: () => Promise<void>) => void;
}

/** How often a commit is made anew where HEAD or the index moved meanwhile. */
const attempts = 20;

/**
 * Commits exactly some paths as they are on disk. The commit is made beside the index and HEAD, which see it whole or
 * not at all: first the index hears of the paths, then the branch moves from where it was found. The other way round, a
 * process killed in between would leave an index that takes the commit back. Hooks run as with `git commit`; one that
 * brings in other paths ends it. Gives the commit's id, or HEAD's where it holds the paths as they are.
 */
export async function commitPaths(site: Site, request: CommitRequest): Promise<string> {
  let begun: Begun | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const { isLanded, ...made } = await tryCommit(site, request, begun);
    if (isLanded) return made.commit;
    begun ??= made;
    if (attempt === attempts)
      throw new Refusal("someone else keeps committing here", { exitCode: exitCode.unknown, hint: "the files are written: try again" });
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 10 + Math.random() * 50));

/** A commit as it was first made, and HEAD's then. Made anew, it brings what it brought, whatever stands on disk by now. */
interface Begun {
  readonly commit: string;
  readonly head: string | undefined;
}

/** Not landed where HEAD or the index moved meanwhile. */
async function tryCommit(
  site: Site,
  { paths, message }: CommitRequest,
  begun: Begun | undefined,
): Promise<Begun & { readonly isLanded: boolean }> {
  const git = gitOf(site);
  const index = join(site.gitFolder, "index");
  const next = join(site.gitFolder, `${ownPrefix}${process.pid}`);
  const alone = `${next}-alone`;
  try {
    const [head, { hooks, signs }] = await Promise.all([site.head(), settingsOf(site)]);
    const before = stampOf(index);
    if (existsSync(index)) copyFileSync(index, next);
    const others = await stagedBeside(git, head, paths);
    const again = begun === undefined ? undefined : await whatItBrought(git, next, { paths, head, begun });
    const add = (file: string): Promise<string> =>
      again === undefined
        ? git(["update-index", "--add", "--remove", "-z", "--stdin"], { index: file, input: paths.join("\0") })
        : git(["update-index", "-z", "--index-info"], { index: file, input: again });
    site.step("write the objects");
    await add(next);
    // What others staged stays out of the commit, and in the index.
    const own = others ? alone : next;
    if (others) {
      await git(head === undefined ? ["read-tree", "--empty"] : ["read-tree", head], { index: alone });
      await add(alone);
    }
    // What it said of these files, and made of them, holds for the commit made anew.
    if (hooks.has("pre-commit") && begun === undefined) {
      await runHook(site, hooks, "pre-commit", [], own);
      if (others) await copyEntries(git, paths, alone, next);
    }
    const tree = await git(["write-tree", "--missing-ok"], { index: own });
    const differing = await pathsBetween(git, head, tree);
    const strange = differing.filter((path) => !paths.includes(path));
    if (strange.length > 0)
      throw new Refusal(`a hook added ${strange.map(visible).join(", ")} to the commit`, {
        hint: "the files are written; commit them together by hand, or let the hook only check",
      });
    let commit = differing.length === 0 ? head : undefined;
    if (commit === undefined) {
      const text = await messageFor(site, hooks, message, own);
      site.step("write the commit");
      commit = await git(["commit-tree", ...(signs ? ["-S"] : []), ...(head === undefined ? [] : ["-p", head]), "-F", "-", tree], {
        input: text,
      });
    }
    if (!(await replaceIndex(site, index, next, before))) return { commit, head, isLanded: false };
    if (commit !== head) {
      const moved = await moveHead(
        site,
        git,
        commit,
        head,
        `commit${head === undefined ? " (initial)" : ""}: ${message.split("\n", 1)[0] ?? ""}`,
      );
      if (!moved) return { commit, head, isLanded: false };
      // It may run hire itself, which has to wait for us.
      site.afterwards(() => runHook(site, hooks, "post-commit", [], index).catch(() => undefined));
    }
    return { commit, head, isLanded: true };
  } finally {
    for (const file of [next, alone]) rmSync(file, { force: true });
  }
}

/** Asks git something, with another index where one is named; the answer without the white space around it, unless told not to. */
export type Ask = (
  args: readonly string[],
  options?: { readonly index?: string; readonly input?: string; readonly trim?: boolean },
) => Promise<string>;

export function gitOf({ top, env }: Pick<Site, "top" | "env">): Ask {
  return async (args, { index, input, trim = true } = {}) => {
    const own = index === undefined ? env : { ...env, GIT_INDEX_FILE: index };
    const said = (await runGit(top, own, args, input === undefined ? {} : { input })).toString("utf8");
    return trim ? said.trim() : said;
  };
}

/** A path, and what is to stand there; undefined where nothing is. */
export interface PathEntry {
  readonly path: string;
  readonly entry: RawEntry | undefined;
}

/** Entries as `git update-index -z --index-info` takes them; ids have this many digits. */
export function indexInfo(entries: readonly PathEntry[], digits: number): string {
  return entries.map(({ path, entry }) => `${entry?.mode ?? "0"} ${entry?.id ?? "0".repeat(digits)}\t${path}\0`).join("");
}

/** What a commit brought when it was first made, for `update-index`; refused where someone else staged or committed another version since. */
async function whatItBrought(
  git: Ask,
  index: string,
  { paths, head, begun }: { readonly paths: readonly string[]; readonly head: string | undefined; readonly begun: Begun },
): Promise<string> {
  const mapped = (listed: string): ReadonlyMap<string, RawEntry> => new Map(listedEntries(listed).map((entry) => [entry.path, entry]));
  const inTree = async (commit: string | undefined): Promise<ReadonlyMap<string, RawEntry>> =>
    mapped(commit === undefined ? "" : await git(["ls-tree", "-z", "--full-tree", commit, "--", ...paths], { trim: false }));
  const staged = mapped(await git(["ls-files", "--stage", "-z", "--", ...paths], { index, trim: false }));
  const [own, before, now] = [await inTree(begun.commit), await inTree(begun.head), await inTree(head)];
  const isKnown = (path: string, found: RawEntry | undefined): boolean => isSame(found, own.get(path)) || isSame(found, before.get(path));
  const meddled = paths.filter((path) => !isKnown(path, staged.get(path)) || !isKnown(path, now.get(path)));
  if (meddled.length > 0)
    throw new Refusal(`${meddled.map(visible).join(", ")} was staged or committed by someone else meanwhile`, {
      exitCode: exitCode.unknown,
      hint: "the files are written: look at git status, then the same command again",
    });
  return indexInfo(
    paths.map((path) => ({ path, entry: own.get(path) })),
    begun.commit.length,
  );
}

/** Whether anything but these paths is staged. */
async function stagedBeside(git: Ask, head: string | undefined, paths: readonly string[]): Promise<boolean> {
  const listed = await git(
    head === undefined
      ? ["ls-files", "-z"]
      : ["diff-index", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", head],
  );
  return listed.split("\0").some((path) => path !== "" && !paths.includes(path));
}

async function pathsBetween(git: Ask, head: string | undefined, tree: string): Promise<readonly string[]> {
  const listed = await git(
    head === undefined
      ? ["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree]
      : ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", head, tree],
  );
  return listed.split("\0").filter((path) => path !== "");
}

/** What a hook made of some paths in one index, in another. */
async function copyEntries(git: Ask, paths: readonly string[], from: string, to: string): Promise<void> {
  const entries = await git(["ls-files", "--stage", "-z", "--", ...paths], { index: from });
  await git(["update-index", "-z", "--index-info"], { index: to, input: entries });
}

/** How a file stands, to see whether it was replaced; undefined where there is none. */
export function stampOf(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

export const ownPrefix = "hire-index-";

/** Takes away what hires that were killed left behind, for the one that writes now: their own indexes, and the lock of the index that names one. */
export function clearLeftOvers(gitFolder: string): void {
  for (const name of readdirSync(gitFolder))
    if (name.startsWith(ownPrefix)) rmSync(join(gitFolder, name), { recursive: true, force: true });
  const lock = join(gitFolder, "index.lock");
  if (existsSync(lock) && lstatSync(lock).size < 1000 && isGone(readFileSync(lock, "utf8"))) rmSync(lock, { force: true });
}

/** How long a lock of git's must stay as it is to be taken for one that was left, in milliseconds. */
const stillness = 1000;

/**
 * Takes away the locks of HEAD, of its branch and of what is known of others' that a hire left with the git it ran, which
 * was killed with it: empty or with one id, they stay as they are.
 */
export async function clearRefLocks({ gitFolder, common }: Pick<Site, "gitFolder" | "common">, branch: string | undefined): Promise<void> {
  const heads = branch === undefined ? [] : [join(common, `refs/heads/${branch}.lock`)];
  const left = [join(gitFolder, "HEAD.lock"), ...heads, ...locksBelow(join(common, "refs/remotes"))].flatMap((path) => {
    const stamp = stampOf(path);
    return stamp !== undefined && isOfMovedRef(path) ? [{ path, stamp }] : [];
  });
  if (left.length === 0) return;
  await new Promise((done) => setTimeout(done, stillness));
  for (const { path, stamp } of left) if (stampOf(path) === stamp) rmSync(path, { force: true });
}

/** No ref is named so (git-check-ref-format). */
function locksBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return locksBelow(path);
    return entry.isFile() && entry.name.endsWith(".lock") ? [path] : [];
  });
}

function isOfMovedRef(path: string): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size <= 65 && /^(?:[0-9a-f]{40,64}\n?)?$/u.test(readFileSync(path, "utf8"));
  } catch {
    // Whoever held it has left it by now.
    return false;
  }
}

/** How long git's own locks are waited for, in milliseconds. */
const gitPatience = 5000;

/** Puts a new index in place, locked as git locks it. False where it is no longer the one that was read. */
export async function replaceIndex(site: Site, index: string, next: string, before: string | undefined): Promise<boolean> {
  const lock = `${index}.lock`;
  const own = `${next}-lock`;
  // A lock that names its holder can be told from one that git holds, should this process end here.
  writeFileSync(own, holderLine());
  try {
    for (let waited = 0; ; waited += 50) {
      site.step("lock the index");
      if (linked(own, lock)) break;
      if (waited >= gitPatience) throw lockedByGit(lock);
      await new Promise((done) => setTimeout(done, 50));
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    if (stampOf(index) !== before) return false;
    site.step("replace the index");
    renameSync(next, index);
    return true;
  } finally {
    site.step("unlock the index");
    rmSync(lock, { force: true });
  }
}

function lockedByGit(lock: string): Refusal {
  return new Refusal(`git is at work here: ${lock} is held`, {
    exitCode: exitCode.unknown,
    hint: "the files are written: try again when it is done; if no git runs there any more, remove that file",
  });
}

/** Moves the branch, from where it was found and from nowhere else. False where it had moved. */
export async function moveHead(site: Site, git: Ask, commit: string, head: string | undefined, note: string): Promise<boolean> {
  for (let waited = 0; ; waited += 100) {
    try {
      site.step("move the branch");
      await git(["update-ref", "-m", note, "HEAD", commit, head ?? "0".repeat(commit.length)]);
      return true;
    } catch (error) {
      const said = error instanceof Error ? error.message : "";
      if (/but expected|reference already exists/u.test(said)) return false;
      const [, lock] = /Unable to create '(.*?\.lock)': File exists/u.exec(said) ?? [];
      if (lock === undefined) throw error;
      if (waited >= gitPatience) throw lockedByGit(lock);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

type Hooks = ReadonlyMap<string, string>;

/** The hooks that would run on a commit, as git looks for them (executable files of these names), and whether it is signed. */
export async function settingsOf({ top, common, env }: Site): Promise<{ readonly hooks: Hooks; readonly signs: boolean }> {
  const listed = (await runGit(top, env, ["config", "-z", "--get-regexp", "^(core[.]hookspath|commit[.]gpgsign)$"], { fine: 1 })).toString(
    "utf8",
  );
  const settings = new Map(
    listed.split("\0").map((entry) => {
      const [key = "", ...value] = entry.split("\n");
      // A key without a value is set.
      return [key, value.length === 0 ? "true" : value.join("\n")] as const;
    }),
  );
  const path = settings.get("core.hookspath");
  // Git knows whose home a "~" is.
  const named = path !== undefined && /^[~%]/u.test(path) ? await gitOf({ top, env })(["rev-parse", "--git-path", "hooks"]) : path;
  const folder = resolve(top, named ?? join(common, "hooks"));
  const hooks = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"].flatMap((name) => {
    const path = join(folder, name);
    return isExecutable(path) ? [[name, path] as const] : [];
  });
  return { hooks: new Map(hooks), signs: /^(?:true|yes|on|[1-9]\d*)$/iu.test(settings.get("commit.gpgsign") ?? "false") };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return lstatSync(path).isDirectory() === false;
  } catch {
    return false;
  }
}

/** Runs a hook where git would, with the index it may look at; refused where it says no. */
async function runHook({ top, env }: Site, hooks: Hooks, name: string, args: readonly string[], index: string): Promise<void> {
  const path = hooks.get(name);
  if (path === undefined) return;
  const said: Buffer[] = [];
  const code = await new Promise<number | null>((done, fail) => {
    // Windows starts no script by its first line: there, as in git, a shell does.
    const [command, ...rest] = process.platform === "win32" ? ["sh", path, ...args] : [path, ...args];
    const child = spawn(command, rest, {
      cwd: top,
      env: { ...env, GIT_INDEX_FILE: index, GIT_EDITOR: ":", GIT_PREFIX: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("error", fail);
    child.on("close", done);
  });
  if (code !== 0)
    throw new Refusal(`the ${name} hook said no: ${visible(Buffer.concat(said).toString("utf8").trim()) || `it ended with ${code}`}`);
}

/** The message, as the hooks for it leave it. */
async function messageFor(site: Site, hooks: Hooks, message: string, index: string): Promise<string> {
  if (!hooks.has("prepare-commit-msg") && !hooks.has("commit-msg")) return `${message}\n`;
  const file = join(site.gitFolder, "COMMIT_EDITMSG");
  writeFileSync(file, `${message}\n`);
  await runHook(site, hooks, "prepare-commit-msg", [file, "message"], index);
  await runHook(site, hooks, "commit-msg", [file], index);
  const text = readFileSync(file, "utf8").trim();
  if (text === "") throw new Refusal("a hook left the commit without a message");
  return `${text}\n`;
}
