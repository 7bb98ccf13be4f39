import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  copyFileSync,
  readlinkSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import { blobId, checksum } from "../core/digest.ts";
import { visible } from "../core/escape.ts";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { MergeFile, Upstream } from "../ports.ts";
import { type Ask, gitOf, indexInfo, moveHead, ownPrefix, type PathEntry, replaceIndex, settingsOf, type Site, stampOf } from "./commit.ts";
import { removeEmpty, writeWhole } from "./files.ts";
import { isSame, type RawChange, rawChanges, type RawEntry, rawOptions, runGit } from "./objects.ts";

/** The commits that only this clone has, brought onto another commit. */
export interface Replayed {
  readonly head: string;
  /** Conflicts that nobody chose in: the commits stand where they stood. */
  readonly isOpen: boolean;
}

/** The paths between two commits that differ. */
async function changesBetween(site: Site, from: string, to: string): Promise<readonly RawChange[]> {
  const printed = await gitOf(site)(["diff-tree", "-r", ...rawOptions, from, to], { trim: false });
  if (printed.includes("\ufffd"))
    throw new Refusal("a file that is to be brought over has a name that is no UTF-8", {
      hint: "git pull --rebase, then git push: git can",
    });
  return rawChanges(printed);
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
  if (joins && (await git(["merge-base", "--all", head, onto])).includes("\n"))
    throw new Refusal("both sides merged each other: there is more than one version that both came from", {
      hint: "git pull brings these together (with hire init --merge-driver hiring files by their meaning), then hire sync",
    });
  const commits = joins ? [head] : (await list([])).split("\n").filter((id) => id !== "");
  const { signs } = await settingsOf(site);
  let at = onto;
  for (const commit of commits) {
    const parent = joins ? base : await git(["rev-parse", "--verify", "--quiet", `${commit}^`]);
    const next = await bringOver(site, git, { commit, parent, onto: at, merge, joins, signs });
    if (next === undefined) return { head: at, isOpen: true };
    at = next;
  }
  return { head: at, isOpen: false };
}

/** A commit, and where it goes. */
interface Move {
  readonly commit: string;
  readonly parent: string;
  readonly onto: string;
  readonly merge: MergeFile;
  readonly joins: boolean;
  /** Whether git is set to sign. */
  readonly signs: boolean;
}

async function bringOver(site: Site, git: Ask, { commit, parent, onto, merge, joins, signs }: Move): Promise<string | undefined> {
  const theirs = new Map((await changesBetween(site, parent, onto)).map((change) => [change.path, change.after]));
  const added = [...theirs].flatMap(([path, after]) => (after === undefined ? [] : [path]));
  const entries: PathEntry[] = [];
  let isOpen = false;
  for (const { path, before, after } of await changesBetween(site, parent, commit)) {
    const there = theirs.has(path) ? theirs.get(path) : before;
    if (isSame(there, after)) continue;
    const clash = after === undefined ? undefined : added.find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
    if (clash !== undefined)
      throw new Refusal(`${inLine(path)} and ${inLine(clash)}: one side has a file where the other has a folder`, {
        hint: "rename one of the two (git mv), commit it, then hire sync again",
      });
    if (isSame(there, before)) {
      entries.push({ path, entry: after });
      continue;
    }
    const texts = await Promise.all([before, after, there].map((entry) => textOf(git, path, entry)));
    const [base = null, mine = null, other = null] = texts;
    const merged = await merge({ path, base, ours: mine, theirs: other });
    if (merged === undefined) isOpen = true;
    else entries.push({ path, entry: merged === null ? undefined : await writeBlob(git, merged, modeOf(before, after, there)) });
  }
  if (isOpen) return undefined;
  const index = join(site.gitFolder, `${ownPrefix}${process.pid}`);
  try {
    await git(["read-tree", onto], { index });
    if (entries.length > 0) await git(["update-index", "-z", "--index-info"], { index, input: indexInfo(entries, onto.length) });
    const tree = await git(["write-tree", "--missing-ok"], { index });
    if (tree === (await git(["rev-parse", "--verify", `${onto}^{tree}`])) && !joins) return onto;
    return await recommit(site, commit, { tree, parents: joins ? [onto, commit] : [onto], signs });
  } finally {
    rmSync(index, { force: true });
  }
}

/** Largest file that is brought together, in bytes. */
const mostBytes = 1 << 20;

async function textOf(git: Ask, path: string, entry: RawEntry | undefined): Promise<string | null> {
  if (entry === undefined) return null;
  const refuse = (what: string): Refusal =>
    new Refusal(`${inLine(path)} changed on both sides, and is ${what}`, { hint: "bring it together with git: git pull --rebase" });
  if (!entry.mode.startsWith("100")) throw refuse("no regular file");
  if (Number(await git(["cat-file", "-s", entry.id])) > mostBytes) throw refuse("too large");
  const text = await git(["cat-file", "blob", entry.id], { trim: false });
  if (/[\0\ufffd]/u.test(text)) throw refuse("no text");
  return text;
}

/** Whether a file is a program: as the side has it that changed it. */
function modeOf(before: RawEntry | undefined, ours: RawEntry | undefined, theirs: RawEntry | undefined): string {
  const changed = ours?.mode === before?.mode ? (theirs ?? ours) : (ours ?? theirs);
  return changed?.mode ?? "100644";
}

async function writeBlob(git: Ask, text: string, mode: string): Promise<RawEntry> {
  return { mode, id: await git(["hash-object", "-w", "--stdin", "--no-filters"], { input: text }) };
}

/** A commit's words and author on another tree, signed where git is set to sign. */
async function recommit(
  site: Site,
  commit: string,
  { tree, parents, signs }: { readonly tree: string; readonly parents: readonly string[]; readonly signs: boolean },
): Promise<string> {
  const raw = await runGit(site.top, site.env, ["cat-file", "commit", commit]);
  const end = raw.indexOf("\n\n");
  const head = raw.subarray(0, end === -1 ? raw.length : end).toString("latin1");
  const [, name = "", email = "", at = ""] = /^author (.*?) ?<(.*?)> (\d+ [+-]\d{4})$/mu.exec(head) ?? [];
  const [, encoding] = /^encoding ([\w.:-]+)$/mu.exec(head) ?? [];
  // The bytes of the name stand as they are; git takes no commit without one.
  const author = Buffer.from(name === "" ? email || "unknown" : name, "latin1").toString(encoding === undefined ? "utf8" : "latin1");
  const env = { ...site.env, GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `@${at}` };
  const words = parents.length > 1 ? "Bring together what both sides did\n" : raw.subarray(end === -1 ? raw.length : end + 2);
  const configured = encoding === undefined || parents.length > 1 ? [] : ["-c", `i18n.commitEncoding=${encoding}`];
  const args = ["commit-tree", ...(signs ? ["-S"] : []), ...parents.flatMap((parent) => ["-p", parent]), "-F", "-", tree];
  site.step("write the commit");
  return (await runGit(site.top, env, [...configured, ...args], { input: words })).toString("utf8").trim();
}

/** How a path stands on the disk: as git would name its content; undefined where nothing is. */
async function idsOnDisk(site: Site, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const git = gitOf(site);
  const ids = new Map<string, string>();
  const regular: string[] = [];
  for (const path of paths) {
    const stats = lstatIn(site.top, path);
    if (stats === undefined) continue;
    if (stats.isSymbolicLink()) ids.set(path, blobId(Buffer.from(readlinkSync(join(site.top, path))), idLength(site)));
    else if (stats.isFile() && !path.includes("\n")) regular.push(path);
    else ids.set(path, stats.isDirectory() ? "a folder" : stats.isFile() ? await git(["hash-object", "--", path]) : "something else");
  }
  const hashed = regular.length === 0 ? "" : await git(["hash-object", "--stdin-paths"], { input: `${regular.join("\n")}\n` });
  for (const [index, id] of hashed.split("\n").entries()) if (regular[index] !== undefined) ids.set(regular[index], id);
  return ids;
}

/** Digits of an id here: SHA-1's or SHA-256's. */
function idLength({ common }: Site): number {
  return /objectformat\s*=\s*sha256/iu.test(readFileSync(join(common, "config"), "utf8")) ? 64 : 40;
}

/** Paths that this work tree leaves out (skip-worktree). */
async function leftOutOf(git: Ask, index?: string): Promise<ReadonlySet<string>> {
  const listed = await git(["ls-files", "-t", "-z"], { trim: false, ...(index === undefined ? {} : { index }) });
  return new Set(listed.split("\0").flatMap((entry) => (entry.startsWith("S ") ? [entry.slice(2)] : [])));
}

function lstatIn(top: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(top, path), { throwIfNoEntry: false });
  } catch {
    // A part of the way is no folder.
    return undefined;
  }
}

/** Refuses where something in the work tree that is nobody else's stands in the way between two commits. */
export async function requireLandable(site: Site, from: string, to: string): Promise<void> {
  await requireFree(site, from, await changesBetween(site, from, to));
}

async function requireFree(site: Site, from: string, changes: readonly RawChange[]): Promise<void> {
  if (changes.length === 0) return;
  const git = gitOf(site);
  if ((await git(["ls-files", "--unmerged", "-z"])) !== "")
    throw new Refusal("something here has a conflict that is not settled", { hint: "settle it and git add it, then hire sync again" });
  const leftOut = await leftOutOf(git);
  const staged = rawChanges(await git(["diff-index", "--cached", ...rawOptions, from], { trim: false }));
  const stagedAs = new Map(staged.map(({ path, after }) => [path, after]));
  const onDisk = await idsOnDisk(
    site,
    changes.map(({ path }) => path),
  );
  // Git leaves line ends alone that were committed so, whatever it makes of others.
  const doubtful = changes.flatMap(({ path, before, after }) => {
    const id = onDisk.get(path);
    const isFile = lstatIn(site.top, path)?.isFile() === true && !path.includes("\n");
    return isFile && id !== before?.id && id !== after?.id ? [path] : [];
  });
  const raw =
    doubtful.length === 0 ? "" : await git(["hash-object", "--no-filters", "--stdin-paths"], { input: `${doubtful.join("\n")}\n` });
  const asTheyAre = new Map(doubtful.map((path, index) => [path, raw.split("\n")[index]]));
  const going = new Set(changes.flatMap(({ path, after }) => (after === undefined ? [path] : [])));
  const inTheWay = changes.filter(({ path, before, after }) => {
    if (isBehindSomething(site.top, path, going)) return true;
    const isStaged = stagedAs.has(path) && stagedAs.get(path)?.id !== after?.id;
    if (leftOut.has(path) || isModule(before) || isModule(after)) return isStaged;
    const there = onDisk.get(path);
    // A folder that goes makes room for a file.
    if (there === "a folder" && before === undefined && [...going].some((other) => other.startsWith(`${path}/`))) return isStaged;
    const isOneOf = (id: string | undefined): boolean => id === before?.id || id === after?.id;
    return isStaged || !(isOneOf(there) || (asTheyAre.has(path) && isOneOf(asTheyAre.get(path))));
  });
  if (inTheWay.length > 0) throw inTheWayOf(inTheWay.map(({ path }) => path));
}

function inTheWayOf(paths: readonly string[]): Refusal {
  const named = paths.slice(0, 10).map(inLine).join(", ");
  const rest = paths.length > 10 ? ` and ${paths.length - 10} more` : "";
  return new Refusal(`${named}${rest}: changed here and not committed, and changed by others too`, {
    hint: "commit it (git commit), or put it aside (git stash), then hire sync again: nothing was touched",
  });
}

/** A path in a sentence: on one line. */
function inLine(path: string): string {
  return visible(path).replaceAll("\n", "\\x0a");
}

/** Whether the way to a path leads through a link or a file that does not go away: what is done there would happen elsewhere. */
function isBehindSomething(top: string, path: string, going: ReadonlySet<string>): boolean {
  const parts = path.split("/").slice(0, -1);
  return parts.some((_, index) => {
    const folder = parts.slice(0, index + 1).join("/");
    const stats = lstatIn(top, folder);
    return stats !== undefined && !stats.isDirectory() && !going.has(folder);
  });
}

/**
 * Moves work tree, index and branch from one commit to another, in this order and each file whole: what is killed in
 * between is finished by doing it again. What was changed or staged elsewhere stays, and what was changed here while it
 * was shared stops it.
 */
export async function land(site: Site, from: string, to: string): Promise<void> {
  const git = gitOf(site);
  const index = join(site.gitFolder, "index");
  const next = join(site.gitFolder, `${ownPrefix}${process.pid}`);
  const aside = join(site.gitFolder, `${ownPrefix}${process.pid}-files`);
  for (;;) {
    const before = stampOf(index);
    try {
      const all = await changesBetween(site, from, to);
      const stamps = new Map(all.map(({ path }) => [path, stampIn(site.top, path)]));
      await requireFree(site, from, all);
      if (existsSync(index)) copyFileSync(index, next);
      await git(["read-tree", "-m", "-i", from, to], { index: next });
      const changes = all.filter(({ before: old, after }) => !isModule(old) && !isModule(after));
      const leftOut = await leftOutOf(git, next);
      const seen = changes.filter(({ path }) => !leftOut.has(path));
      const written = seen.flatMap(({ path, after }) => (after === undefined ? [] : [path]));
      if (written.length > 0)
        await git(["checkout-index", "-f", "-q", "-z", "--stdin", `--prefix=${aside}/`], { index: next, input: written.join("\0") });
      const stillStands = (path: string): void => {
        if (stampIn(site.top, path) !== stamps.get(path)) throw inTheWayOf([path]);
      };
      for (const { path, after } of seen) {
        if (after !== undefined) continue;
        stillStands(path);
        site.step("remove a file");
        rmSync(join(site.top, path), { force: true });
        removeEmpty(join(site.top, dirname(path)), site.top);
      }
      for (const path of written) {
        stillStands(path);
        putInPlace(site, join(aside, path), path);
      }
      if (await replaceIndex(site, index, next, before)) break;
    } finally {
      rmSync(aside, { recursive: true, force: true });
      rmSync(next, { force: true });
    }
  }
  if (!(await moveHead(site, git, to, from, "sync")))
    throw new Refusal("someone else committed here meanwhile", { exitCode: exitCode.unknown, hint: "hire sync again" });
}

function stampIn(top: string, path: string): string | undefined {
  const stats = lstatIn(top, path);
  return stats === undefined || stats.isDirectory() ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

function isModule(entry: RawEntry | undefined): boolean {
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
export async function fetchFrom(site: Site, upstream: Upstream): Promise<string | undefined> {
  const { remote, branch } = upstream;
  const git = gitOf(site);
  const tracking = `refs/remotes/${remote}/${branch}`;
  const tracked = await git(["rev-parse", "--verify", "--quiet", `${tracking}^{commit}`]).catch(() => undefined);
  const known = lastShared(site, upstream) ?? tracked;
  const where = `${visible(remote)}/${visible(branch)}`;
  try {
    // Nothing moves before it was looked at: asked again, the answer is to be the same.
    await runGit(site.top, site.env, ["fetch", "--quiet", "--refmap=", "--", remote, `refs/heads/${branch}`], { online: true });
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : "";
    if (/couldn't find remote ref/iu.test(said)) {
      if (known === undefined) return undefined;
      throw new Refusal(`${where} was there, and has gone`, {
        hint: `where that is meant, share it anew: git push ${visible(remote)} HEAD:refs/heads/${visible(branch)}`,
      });
    }
    throw new Refusal(`${visible(remote)} could not be reached: ${visible(said)}`, {
      exitCode: exitCode.unknown,
      hint: "nothing was changed; what is saved here stays saved",
      cause: error,
    });
  }
  const [, id] = /^([0-9a-f]{40,64})\t/u.exec(readFileSync(join(site.gitFolder, "FETCH_HEAD"), "utf8")) ?? [];
  if (id === undefined) return undefined;
  const isStillOurs = known !== undefined && known !== id && (await isAncestor(git, known, "HEAD"));
  if (isStillOurs && !(await isAncestor(git, known, id)))
    // What was taken out there stands in what was taken from there before: sharing that would bring it back.
    throw new Refusal(`the history of ${where} was rewritten: what was taken out of it would come back with yours`, {
      hint: `what only you have, onto what is there now: git rebase --onto ${id.slice(0, 12)} ${known.slice(0, 12)}; then hire sync`,
    });
  if (tracked !== undefined && tracked !== id) await git(["update-ref", tracking, id]);
  return id;
}

/** The commit that both sides last had, as far as hire brought them together; no reference, which would keep what is erased. */
function lastShared(site: Site, upstream: Upstream): string | undefined {
  const path = sharedFile(site, upstream);
  const text = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  return /^[0-9a-f]{40,64}$/u.test(text) ? text : undefined;
}

export function noteShared(site: Site, upstream: Upstream, commit: string): void {
  writeWhole(site.common, sharedFile(site, upstream), `${commit}\n`, { private: true, fleeting: true }, site.step);
}

function sharedFile({ common }: Site, { remote, branch }: Upstream): string {
  return join(common, "hire", `shared-${checksum(`${remote}\0${branch}`).slice(0, 16)}`);
}

/** What git and the server's git say of a push that others were faster than. */
const raced =
  /\[rejected\] \((?:fetch first|non-fast-forward|stale info)\)|\[remote rejected\] \((?:cannot lock ref|failed to update ref|incorrect old value|failed to lock|reference already exists)/u;

/** Shares a commit as the branch's newest, never by force. False where others were faster. */
export async function pushTo(site: Site, { remote, branch }: Upstream, commit: string): Promise<boolean> {
  try {
    await runGit(
      site.top,
      site.env,
      ["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--", remote, `${commit}:refs/heads/${branch}`],
      { online: true },
    );
    return true;
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : "";
    if (raced.test(said)) return false;
    throw new Refusal(`${visible(remote)} did not take it: ${visible(said)}`, {
      exitCode: exitCode.unknown,
      hint: /protected|declined/u.test(said)
        ? `the branch is guarded: share it as another, git push ${visible(remote)} HEAD:refs/heads/NAME, and open a pull request`
        : "nothing is lost: hire sync again",
      cause: error,
    });
  }
}

async function isAncestor(git: Ask, old: string, young: string): Promise<boolean> {
  return git(["merge-base", "--is-ancestor", old, young]).then(
    () => true,
    () => false,
  );
}

/** Owner and name of the repository an address leads to, whatever the way there. */
function repositoryIn(url: string): string {
  return url
    .replace(/\/*$/u, "")
    .replace(/\.git$/u, "")
    .split(/[/:\\]/u)
    .slice(-2)
    .join("/");
}

/** Where the current branch is shared: as its configuration says, else the only remote (or origin) under the same name. */
export async function upstreamOf(site: Site, branch: string): Promise<Upstream> {
  const listed = await gitOf(site)([
    "config",
    "-z",
    "--get-regexp",
    "^(branch[.].*[.](remote|merge|pushremote)|remote[.](.*[.](push)?url|pushdefault))$",
  ]).catch(() => "");
  const settings = new Map(
    listed.split("\0").map((entry) => [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1)] as const),
  );
  const remotes = [...settings.keys()].flatMap((key) => /^remote\.(.*)\.url$/u.exec(key)?.[1] ?? []);
  const [only, ...others] = remotes;
  const remote = settings.get(`branch.${branch}.remote`) ?? (others.length === 0 ? only : remotes.find((name) => name === "origin"));
  const own = settings.get(`branch.${branch}.pushremote`) ?? settings.get("remote.pushdefault");
  if (remote === ".")
    throw new Refusal(`${visible(branch)} follows a branch of this very clone: sharing it would reach nobody`, {
      hint: `git branch --set-upstream-to=REMOTE/${visible(branch)}`,
    });
  if (remote !== undefined && own !== undefined && own !== remote)
    throw new Refusal(`${visible(branch)} is taken from ${visible(remote)} and pushed to ${visible(own)}`, {
      hint: "hire sync shares where it takes from: git pull --rebase and git push do otherwise",
    });
  const [from, to] = [settings.get(`remote.${remote ?? ""}.url`), settings.get(`remote.${remote ?? ""}.pushurl`)];
  if (from !== undefined && to !== undefined && repositoryIn(from) !== repositoryIn(to))
    throw new Refusal(`${visible(remote ?? "")} is fetched from one repository and pushed to another (pushurl)`, {
      hint: "hire sync shares where it takes from: git pull --rebase and git push do otherwise",
    });
  if (remote === undefined)
    throw new Refusal(
      only === undefined ? "there is nowhere to share with yet" : `which of ${remotes.map(visible).join(", ")} to share with?`,
      {
        hint: only === undefined ? "git remote add origin URL" : `git branch --set-upstream-to=REMOTE/${branch}`,
      },
    );
  const there = (settings.get(`branch.${branch}.merge`) ?? branch).replace(/^refs\/heads\//u, "");
  if (there !== branch)
    throw new Refusal(`${visible(branch)} follows ${visible(remote)}/${visible(there)}: its commits would go there`, {
      hint: `to share it under its own name: git branch --unset-upstream; to bring it there: git switch ${visible(there)} and git merge ${visible(branch)}`,
    });
  return { remote, branch };
}
