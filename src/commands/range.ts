import type { Context } from "../context.ts";
import { visible } from "../core/escape.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Repository } from "../ports.ts";

/** What is compared with what. */
export interface Range {
  /** Commit ids; no head is the working tree, `index` what is staged. */
  readonly base: string;
  readonly head?: string;
  /** In words: "main 4f1c2e9 (merge base) → working tree". */
  readonly label: string;
}

const short = (id: string): string => id.slice(0, 7);

function named(word: string, id: string): string {
  return /^[0-9a-f]{7,40}$/u.test(word) ? short(id) : `${visible(word)} ${short(id)}`;
}

export interface RangeWords {
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly staged: boolean;
  /** A revision, or `auto`. */
  readonly base: string | undefined;
}

/** What to compare, as git's own diff reads it: nothing, A, A B, A..B or A...B; `--staged`; `--base auto`. */
export async function resolveRange(repository: Repository, context: Context, words: RangeWords): Promise<Range> {
  const { first, second, staged, base: wanted } = words;
  const dots = first === undefined ? null : /^(.*?)(\.{2,3})(.*)$/u.exec(first);
  if (staged && (second !== undefined || dots !== null))
    throw new Refusal("--staged compares what is staged with one commit", { hint: "hire diff --staged, or hire diff --staged A" });
  if (wanted !== undefined && first !== undefined)
    throw new Refusal("--base and a revision", { hint: "hire diff --base auto, or name the revisions" });
  const head = staged ? { head: "index", name: "index" } : { name: "working tree" };
  const ending = staged ? { head: "index" } : {};
  if (wanted === "auto") {
    const { id, why } = await autoBase(repository, context);
    return { base: id, ...ending, label: `${short(id)} (${why}) → ${head.name}` };
  }
  if (first !== undefined && dots !== null) {
    if (second !== undefined) throw new Refusal("a range and a second revision", { hint: "hire diff A..B, or hire diff A B" });
    const [, a = "", operator = "", b = ""] = dots;
    const from = await repository.resolve(a === "" ? "HEAD" : a);
    const to = await repository.resolve(b === "" ? "HEAD" : b);
    const base = operator === "..." ? await repository.mergeBase(from, to) : from;
    const left = operator === "..." ? `${named(a === "" ? "HEAD" : a, base)} (merge base)` : named(a === "" ? "HEAD" : a, base);
    return { base, head: to, label: `${left} → ${named(b === "" ? "HEAD" : b, to)}` };
  }
  const name = wanted ?? first;
  const base = await repository.resolve(name ?? "HEAD").catch(async (error: unknown) => {
    if (name !== undefined || (await repository.head()) !== undefined) throw error;
    throw new Refusal("there is no commit to compare with yet", { hint: "commit once, then change something" });
  });
  const left = name === undefined ? named((await repository.branch()) ?? "HEAD", base) : named(name, base);
  if (second === undefined) return { base, ...ending, label: `${left} → ${head.name}` };
  const to = await repository.resolve(second);
  return { base, head: to, label: `${left} → ${named(second, to)}` };
}

/**
 * The base of a check: what the working tree, the index or HEAD (by `head`) is judged against. A revision counts from
 * where the two went apart, as a pull request's does: what others did there since is not our change.
 */
export async function resolveBase(
  repository: Repository,
  context: Context,
  word: string,
  head: "index" | "HEAD" | undefined,
): Promise<Range> {
  const current = await repository.resolve("HEAD");
  const ending = head === undefined ? {} : { head: head === "HEAD" ? current : head };
  const name = head === "HEAD" ? named("HEAD", current) : head === undefined ? "working tree" : "index";
  if (word === "auto") {
    const { id, why } = await autoBase(repository, context);
    return { base: id, ...ending, label: `${short(id)} (${why}) → ${name}` };
  }
  const tip = await repository.resolve(word);
  const base = await repository.mergeBase(tip, current);
  return { base, ...ending, label: `${named(word, base)}${base === tip ? "" : " (merge base)"} → ${name}` };
}

interface Base {
  readonly id: string;
  readonly why: string;
}

const nobody = /^0*$/u;

/**
 * The base that a pull request is reviewed against: what the CI says where one runs, else the merge base with the
 * default branch, or with the upstream where this is the default branch. Never HEAD itself for want of a better one:
 * where nothing can be told, it is a refusal (3).
 */
export async function autoBase(repository: Repository, context: Context): Promise<Base> {
  const { env } = context;
  const head = await repository.resolve("HEAD");
  const given =
    env["GITHUB_ACTIONS"] === "true"
      ? await gitHubBase(repository, context, head)
      : env["GITLAB_CI"] === "true"
        ? await gitLabBase(repository, env, head)
        : undefined;
  if (given !== undefined) return given;
  const base = await localBase(repository, head);
  // What stood before the push has gone: compared with itself, the branch would never have changed.
  const replaced = pushedFrom(context);
  if (base.id === head && replaced !== undefined && !nobody.test(replaced))
    throw cannotTell(
      `what stood here before the push, ${short(replaced)}, was not fetched`,
      `git fetch origin ${replaced}; or name the base: --base REF`,
    );
  return base;
}

/** What stood before the push that a CI runs for, by its id. */
export function pushedFrom({ env, files }: Pick<Context, "env" | "files">): string | undefined {
  if (env["GITHUB_ACTIONS"] === "true" && env["GITHUB_EVENT_NAME"] === "push") return gitHubEvent(env["GITHUB_EVENT_PATH"], files).before;
  return env["GITLAB_CI"] === "true" && env["CI_PIPELINE_SOURCE"] === "push" ? env["CI_COMMIT_BEFORE_SHA"] : undefined;
}

interface GitHubEvent {
  readonly before?: string;
  readonly pull_request?: {
    readonly number?: number;
    readonly base?: { readonly sha?: string; readonly ref?: string };
    readonly head?: { readonly sha?: string };
  };
  readonly merge_group?: { readonly base_sha?: string };
}

async function gitHubBase(repository: Repository, { env, files }: Context, head: string): Promise<Base | undefined> {
  const event = gitHubEvent(env["GITHUB_EVENT_PATH"], files);
  const base = event.pull_request?.base;
  switch (env["GITHUB_EVENT_NAME"]) {
    case "pull_request_target":
      if (!(await holds(repository, head, event.pull_request?.head?.sha)))
        throw cannotTell(
          "this is the base itself: pull_request_target checks it out, not what is proposed",
          "run on pull_request, which checks out the merge",
        );
      break;
    case "pull_request":
      if (/^refs\/pull\/\d+\/merge$/u.test(env["GITHUB_REF"] ?? "")) {
        const merge = await firstParent(repository, head, event.pull_request?.head?.sha);
        if (merge !== undefined) return { id: merge, why: "the pull request's base" };
      }
      break;
    case "merge_group":
      if (event.merge_group?.base_sha !== undefined)
        return { id: await repository.resolve(event.merge_group.base_sha), why: "the merge queue's base" };
      break;
    case "push":
      return pushedBase(repository, event.before);
    default:
      return undefined;
  }
  const target = base?.sha ?? (env["GITHUB_BASE_REF"] ? `refs/remotes/origin/${env["GITHUB_BASE_REF"]}` : undefined);
  if (target === undefined) return undefined;
  return { id: await repository.mergeBase(await repository.resolve(target), head), why: "merge base with the pull request's base" };
}

/** What GitHub says set its workflow off. */
export function gitHubEvent(path: string | undefined, files: Context["files"]): GitHubEvent {
  const text = path === undefined ? undefined : files.read(path);
  try {
    // Ids are text; what is not is not there.
    const isId = /^(?:sha|base_sha|before|ref)$/u;
    const event = JSON.parse(text ?? "{}", (key, value: unknown) =>
      isId.test(key) && typeof value !== "string" ? undefined : value,
    ) as GitHubEvent | null;
    return event ?? {};
  } catch {
    return {};
  }
}

/** Whether a commit has what is proposed in its history. */
async function holds(repository: Repository, head: string, proposed: string | undefined): Promise<boolean> {
  if (proposed === undefined || (await repository.lookUp(proposed)) === undefined) return false;
  return (await repository.mergeBase(proposed, head).catch(() => undefined)) === proposed;
}

async function gitLabBase(repository: Repository, env: Context["env"], head: string): Promise<Base | undefined> {
  const merged = ["merged_result", "merge_train"].includes(env["CI_MERGE_REQUEST_EVENT_TYPE"] ?? "");
  if (merged) {
    const merge = await firstParent(repository, head);
    if (merge !== undefined) return { id: merge, why: "the merge request's target" };
  }
  const base = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"];
  if (base) return { id: await repository.resolve(base), why: "the merge request's base" };
  return pushedBase(repository, env["CI_COMMIT_BEFORE_SHA"]);
}

/** What stood before a push; undefined for a new branch, and where a force push left it unreachable. */
async function pushedBase(repository: Repository, before: string | undefined): Promise<Base | undefined> {
  if (before === undefined || nobody.test(before)) return undefined;
  const id = await repository.lookUp(before);
  return id === undefined ? undefined : { id, why: "before the push" };
}

/** What a merge of `proposed` (where that is known) was made onto; undefined where the commit is no such merge. */
async function firstParent(repository: Repository, commit: string, proposed?: string): Promise<string | undefined> {
  const [parent, other] = await repository.parentsOf(commit);
  // The proposed branch may end in a merge of its own: that one's first parent is no base.
  if (parent === undefined || other === undefined || (proposed !== undefined && other !== proposed)) return undefined;
  if ((await repository.lookUp(parent)) !== undefined) return parent;
  throw cannotTell(
    `the base of this merge, ${short(parent)}, was not fetched`,
    "fetch more of the history: fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab), or git fetch --deepen=1",
  );
}

async function localBase(repository: Repository, head: string): Promise<Base> {
  const branch = await repository.branch();
  for (const name of await defaultBranches(repository)) {
    // By their full names: a tag of the same name would come first.
    const tip = await repository.lookUp(name.includes("/") ? `refs/remotes/${name}` : `refs/heads/${name}`);
    if (tip === undefined || name === branch || name.endsWith(`/${branch ?? ""}`)) continue;
    // Without a branch, at the tip of the default one: what was changed there, nobody can tell.
    if (branch === undefined && tip === head) break;
    return { id: await repository.mergeBase(tip, head), why: `merge base with ${name}` };
  }
  const upstream =
    (await repository.upstream()) ?? (branch === undefined ? undefined : await repository.lookUp(`refs/remotes/origin/${branch}`));
  if (upstream !== undefined) return { id: await repository.mergeBase(upstream, head), why: "merge base with the upstream" };
  throw cannotTell(
    "there is no branch to compare with: no CI, no default branch beside this one, no upstream",
    "name the base: hire diff --base REF",
  );
}

/** Names that the default branch may have here, likeliest first. */
async function defaultBranches(repository: Repository): Promise<readonly string[]> {
  const remote = await repository.symbolic("refs/remotes/origin/HEAD");
  return [...(remote === undefined ? [] : [remote]), "origin/main", "origin/master", "main", "master"];
}

function cannotTell(message: string, hint: string): Refusal {
  return new Refusal(message, { exitCode: exitCode.unknown, hint });
}
