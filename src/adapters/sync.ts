import { closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { visible } from "../core/escape.ts";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { MergeFile, Upstream } from "../ports.ts";
import { type Ask, gitOf, moveHead, ownPrefix, replaceIndex, type Site, stampOf } from "./commit.ts";
import { removeEmpty } from "./files.ts";
import { runGit } from "./objects.ts";

/** An entry of a tree that is no folder. */
interface Entry {
  readonly mode: string;
  readonly id: string;
}

/** A path between two trees; a side without it is undefined. */
interface Change {
  readonly path: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/** The commits that only this clone has, brought onto another commit. */
export interface Replayed {
  readonly head: string;
  /** Conflicts that nobody chose in: the commits stand where they stood. */
  readonly isOpen: boolean;
}

/** The paths between two commits that differ. */
export async function changesBetween(site: Site, from: string, to: string): Promise<readonly Change[]> {
  const options = ["-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"];
  const raw = await gitOf(site)(["diff-tree", ...options, from, to], { trim: false });
  const entry = (mode: string, id: string): Entry | undefined => (/^0+$/u.test(id) ? undefined : { mode, id });
  return [...raw.matchAll(/:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\0([^\0]+)\0/gu)].map(
    ([, oldMode = "", newMode = "", oldId = "", newId = "", path = ""]) => ({
      path,
      before: entry(oldMode, oldId),
      after: entry(newMode, newId),
    }),
  );
}

/**
 * Brings the commits of `head` that `onto` has not, one by one, onto `onto`: what one side changed is taken, what both
 * changed is asked of `merge`. Where one of them joins branches they are brought over as one. Commits that change nothing
 * any more are left out. Nothing but objects is written.
 */
export async function replay(site: Site, base: string, head: string, onto: string, merge: MergeFile): Promise<Replayed> {
  const git = gitOf(site);
  const list = (more: readonly string[]): Promise<string> => git(["rev-list", "--reverse", "--topo-order", ...more, head, `^${onto}`]);
  const joins = (await list(["--merges"])) !== "";
  const commits = joins ? [head] : (await list([])).split("\n").filter((id) => id !== "");
  let at = onto;
  for (const commit of commits) {
    const parent = joins ? base : await git(["rev-parse", "--verify", "--quiet", `${commit}^`]);
    const next = await bringOver(site, git, { commit, parent, onto: at, merge, joins });
    if (next === undefined) return { head: at, isOpen: true };
    at = next;
  }
  return { head: at, isOpen: false };
}

interface Step {
  readonly commit: string;
  readonly parent: string;
  readonly onto: string;
  readonly merge: MergeFile;
  readonly joins: boolean;
}

async function bringOver(site: Site, git: Ask, { commit, parent, onto, merge, joins }: Step): Promise<string | undefined> {
  const theirs = new Map((await changesBetween(site, parent, onto)).map((change) => [change.path, change.after]));
  const entries: { readonly path: string; readonly entry: Entry | undefined }[] = [];
  let isOpen = false;
  for (const { path, before, after } of await changesBetween(site, parent, commit)) {
    const there = theirs.has(path) ? theirs.get(path) : before;
    if (isSame(there, after)) continue;
    if (isSame(there, before)) {
      entries.push({ path, entry: after });
      continue;
    }
    const texts = await Promise.all([before, after, there].map((entry) => textOf(git, path, entry)));
    const [base = null, mine = null, other = null] = texts;
    const merged = await merge({ path, base, ours: mine, theirs: other });
    if (merged === undefined) isOpen = true;
    else entries.push({ path, entry: merged === null ? undefined : await writeBlob(git, merged, after ?? there) });
  }
  if (isOpen) return undefined;
  const index = join(site.gitFolder, `${ownPrefix}${process.pid}`);
  try {
    await git(["read-tree", onto], { index });
    const lines = entries.map(({ path, entry }) => `${entry?.mode ?? "0"} ${entry?.id ?? "0".repeat(onto.length)}\t${path}\0`);
    if (lines.length > 0) await git(["update-index", "-z", "--index-info"], { index, input: lines.join("") });
    const tree = await git(["write-tree", "--missing-ok"], { index });
    if (tree === (await git(["rev-parse", "--verify", `${onto}^{tree}`])) && !joins) return onto;
    return await recommit(site, git, commit, tree, joins ? [onto, commit] : [onto]);
  } finally {
    rmSync(index, { force: true });
  }
}

function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}

/** Largest file that is brought together, in bytes. */
const mostBytes = 1 << 20;

async function textOf(git: Ask, path: string, entry: Entry | undefined): Promise<string | null> {
  if (entry === undefined) return null;
  const refuse = (what: string): Refusal =>
    new Refusal(`${visible(path)} changed on both sides, and is ${what}`, { hint: "bring it together with git: git pull --rebase" });
  if (!entry.mode.startsWith("100")) throw refuse("no regular file");
  if (Number(await git(["cat-file", "-s", entry.id])) > mostBytes) throw refuse("too large");
  const text = await git(["cat-file", "blob", entry.id], { trim: false });
  if (/[\0\ufffd]/u.test(text)) throw refuse("no text");
  return text;
}

async function writeBlob(git: Ask, text: string, like: Entry | undefined): Promise<Entry> {
  return { mode: like?.mode ?? "100644", id: await git(["hash-object", "-w", "--stdin", "--no-filters"], { input: text }) };
}

/** A commit's words and author on another tree, signed where git is set to sign. */
async function recommit(site: Site, git: Ask, commit: string, tree: string, parents: readonly string[]): Promise<string> {
  const raw = await git(["cat-file", "commit", commit], { trim: false });
  const [head = ""] = raw.split("\n\n", 1);
  const [, name = "", email = "", at = ""] = /^author (.*?) ?<(.*?)> (\d+ [+-]\d{4})$/mu.exec(head) ?? [];
  const signs = await git(["config", "--type=bool", "--get", "commit.gpgSign"]).catch(() => "");
  const env = { ...site.env, GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `@${at}` };
  const words = parents.length > 1 ? `Bring together what both sides did\n` : raw.slice(head.length + 2);
  const args = ["commit-tree", ...(signs === "true" ? ["-S"] : []), ...parents.flatMap((parent) => ["-p", parent]), "-F", "-", tree];
  site.step("write the commit");
  return gitOf({ ...site, env })(args, { input: words });
}

/** Refuses where something in the work tree that is nobody else's stands in the way between two commits. */
export async function requireLandable(site: Site, from: string, to: string): Promise<void> {
  const git = gitOf(site);
  const changes = await changesBetween(site, from, to);
  if (changes.length === 0) return;
  const paths = changes.map(({ path }) => path);
  const leftOut = new Set(
    (await git(["ls-files", "-t", "-z", "--", ...paths])).split("\0").flatMap((entry) => (entry.startsWith("S ") ? [entry.slice(2)] : [])),
  );
  const staged = await git([
    "diff-index",
    "--cached",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    from,
    "--",
    ...paths,
  ]);
  const stagedIds = new Map(
    [...staged.matchAll(/:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\0([^\0]+)\0/gu)].map(([, id = "", path = ""]) => [path, id]),
  );
  const regular = paths.filter(
    (path) => lstatSync(join(site.top, path), { throwIfNoEntry: false })?.isFile() === true && !path.includes("\n"),
  );
  const hashed = regular.length === 0 ? "" : await git(["hash-object", "--stdin-paths"], { input: `${regular.join("\n")}\n` });
  const onDisk = new Map(hashed.split("\n").map((id, index) => [regular[index] ?? "", id]));
  const inTheWay = changes.filter(({ path, before, after }) => {
    const own = stagedIds.get(path);
    const isStaged = own !== undefined && own !== (after?.id ?? "0".repeat(own.length));
    if (leftOut.has(path) || [before, after].some((entry) => entry !== undefined && !entry.mode.startsWith("100"))) return isStaged;
    if (after !== undefined && isBehindLink(site.top, path, changes)) return true;
    const there = existsSync(join(site.top, path)) ? (onDisk.get(path) ?? "something else") : undefined;
    return isStaged || (there !== before?.id && there !== after?.id);
  });
  if (inTheWay.length > 0)
    throw new Refusal(
      `${inTheWay.map(({ path }) => visible(path)).join(", ")}: changed here and not committed, and changed by others too`,
      {
        hint: "commit it (git commit), or put it aside (git stash), then hire sync again: nothing was touched",
      },
    );
}

/** Whether a path leads through a symbolic link that does not go away: what is written there would land elsewhere. */
function isBehindLink(top: string, path: string, changes: readonly Change[]): boolean {
  const parts = path.split("/").slice(0, -1);
  return parts.some((_, index) => {
    const folder = parts.slice(0, index + 1).join("/");
    const isGoing = changes.some((change) => change.path === folder && change.after === undefined);
    return !isGoing && lstatSync(join(top, folder), { throwIfNoEntry: false })?.isSymbolicLink() === true;
  });
}

/**
 * Moves work tree, index and branch from one commit to another, in this order and each file whole: what is killed in
 * between is finished by doing it again. What was changed or staged elsewhere stays. Call `requireLandable` first.
 */
export async function land(site: Site, from: string, to: string): Promise<void> {
  const git = gitOf(site);
  const index = join(site.gitFolder, "index");
  const next = join(site.gitFolder, `${ownPrefix}${process.pid}`);
  const aside = join(site.gitFolder, `${ownPrefix}${process.pid}-files`);
  for (;;) {
    const before = stampOf(index);
    try {
      if (existsSync(index)) copyFileSync(index, next);
      await git(["read-tree", "-m", "-i", from, to], { index: next });
      const changes = (await changesBetween(site, from, to)).filter(({ before: old, after }) => !isModule(old) && !isModule(after));
      const left = (await git(["ls-files", "-t", "-z"], { index: next })).split("\0").filter((entry) => entry.startsWith("S "));
      const leftOut = new Set(left.map((entry) => entry.slice(2)));
      const seen = changes.filter(({ path }) => !leftOut.has(path));
      const written = seen.flatMap(({ path, after }) => (after === undefined ? [] : [path]));
      if (written.length > 0)
        await git(["checkout-index", "-f", "-q", "-z", "--stdin", `--prefix=${aside}/`], { index: next, input: written.join("\0") });
      for (const { path, after } of seen) {
        if (after !== undefined) continue;
        site.step("remove a file");
        rmSync(join(site.top, path), { force: true });
        removeEmpty(join(site.top, dirname(path)), site.top);
      }
      for (const path of written) putInPlace(site, join(aside, path), path);
      if (await replaceIndex(site, index, next, before)) break;
    } finally {
      rmSync(aside, { recursive: true, force: true });
      rmSync(next, { force: true });
    }
  }
  if (!(await moveHead(site, git, to, from, "sync")))
    throw new Refusal("someone else committed here meanwhile", { exitCode: exitCode.unknown, hint: "hire sync again" });
}

function isModule(entry: Entry | undefined): boolean {
  return entry?.mode === "160000";
}

function putInPlace({ top, step }: Site, made: string, path: string): void {
  const target = join(top, path);
  mkdirSync(dirname(target), { recursive: true });
  if (lstatSync(made).isFile()) {
    const file = openSync(made, "r+");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
  step("put a file in place");
  try {
    renameSync(made, target);
  } catch (error) {
    // Where the git directory lies on another disk, the file is brought beside its place first.
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const beside = `${target}.${process.pid}.tmp`;
    copyFileSync(made, beside);
    renameSync(beside, target);
  }
}

/** Brings the shared branch's commits here; its commit, or undefined where there is no such branch yet. */
export async function fetchFrom(site: Site, { remote, branch }: Upstream): Promise<string | undefined> {
  try {
    await runGit(site.top, site.env, ["fetch", "--quiet", "--", remote, `refs/heads/${branch}`], { online: true });
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : "";
    if (/couldn't find remote ref/iu.test(said)) return undefined;
    throw new Refusal(`${visible(remote)} could not be reached: ${visible(said)}`, {
      exitCode: exitCode.unknown,
      hint: "nothing was changed; what is saved here stays saved",
      cause: error,
    });
  }
  const [, id] = /^([0-9a-f]{40,64})\t/u.exec(readFileSync(join(site.gitFolder, "FETCH_HEAD"), "utf8")) ?? [];
  return id;
}

/** Shares a commit as the branch's newest, never by force. False where others were faster. */
export async function pushTo(site: Site, { remote, branch }: Upstream, commit: string): Promise<boolean> {
  try {
    await runGit(site.top, site.env, ["push", "--porcelain", "--", remote, `${commit}:refs/heads/${branch}`], { online: true });
    return true;
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : "";
    if (
      /fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value|failed to lock|reference already exists/u.test(
        said,
      )
    )
      return false;
    throw new Refusal(`${visible(remote)} did not take it: ${visible(said)}`, {
      exitCode: exitCode.unknown,
      hint: /protected|declined/u.test(said)
        ? `the branch is guarded: share it as another, git push ${visible(remote)} HEAD:refs/heads/NAME, and open a pull request`
        : "nothing is lost: hire sync again",
      cause: error,
    });
  }
}

/** Where the current branch is shared: as its configuration says, else the only remote (or origin) under the same name. */
export async function upstreamOf(site: Site, branch: string): Promise<Upstream> {
  const listed = await gitOf(site)(["config", "-z", "--get-regexp", "^(branch[.].*[.](remote|merge)|remote[.].*[.]url)$"]).catch(() => "");
  const settings = new Map(
    listed.split("\0").map((entry) => [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1)] as const),
  );
  const remotes = [...settings.keys()].flatMap((key) => /^remote\.(.*)\.url$/u.exec(key)?.[1] ?? []);
  const [only, ...others] = remotes;
  const remote = settings.get(`branch.${branch}.remote`) ?? (others.length === 0 ? only : remotes.find((name) => name === "origin"));
  if (remote === undefined)
    throw new Refusal(
      only === undefined ? "there is nowhere to share with yet" : `which of ${remotes.map(visible).join(", ")} to share with?`,
      {
        hint: only === undefined ? "git remote add origin URL" : `git branch --set-upstream-to=REMOTE/${branch}`,
      },
    );
  return { remote, branch: (settings.get(`branch.${branch}.merge`) ?? branch).replace(/^refs\/heads\//u, "") };
}
