import type { RoleChanges } from "./change/change.ts";
import { pairRoles } from "./change/compare.ts";
import { digest } from "./digest.ts";
import type { CandidateFolder, Doc, Kinds, Role, Workspace } from "./document.ts";
import type { Person } from "./model.ts";
import { oncePer } from "./once.ts";
import { addressesOf } from "./person.ts";
import { handedIn } from "./rubric.ts";

/** A commit between the base and the head. */
export interface RangeCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Addresses of its author and of those its message names as co-authors, in lower case. */
  readonly authors: readonly string[];
  readonly subject: string;
  /** Its whole message, the subject included. */
  readonly message: string;
  /** Files it changed, relative to the hiring root, with the object id each has after it; null where it deleted one. */
  readonly files: readonly { readonly path: string; readonly after: string | null }[];
}

/** A file as one commit left it; undefined where the commit deleted it or left it unreadable. */
export interface Version<T> {
  readonly commit: RangeCommit;
  readonly doc: Doc<T> | undefined;
}

/** Kinds of files whose way through the commits is looked at: what people sign with their name, and who is who. */
export type Traced = "hire" | "evaluation" | "agreement" | "update" | "priorities" | "sealed-evaluation" | "sealed-priorities";

/** Where a change started, and how it came to the head: what is judged by more than what stands there now. */
export interface Base {
  readonly workspace: Workspace;
  /** What changed in criteria since; roles whose files cannot be read are left out. */
  readonly changes: readonly RoleChanges[];
  /** Newest first. What is not committed has none. */
  readonly commits: readonly RangeCommit[];
  /** Whether the head is a commit: then whatever differs came with some commit. */
  readonly committed: boolean;
  /** The ways of traced files, as far as commits touched them, oldest first. */
  readonly versions: ReadonlyMap<string, readonly Version<Kinds[Traced]>[]>;
}

/** A role in the head with what it was in the base, whatever its folder was called. */
export interface RolePair {
  readonly before: Role | undefined;
  readonly after: Role | undefined;
}

const pairs = new WeakMap<Workspace, WeakMap<Workspace, readonly RolePair[]>>();

export function pairsOf(before: Workspace, after: Workspace): readonly RolePair[] {
  const known = pairs.get(before)?.get(after);
  if (known !== undefined) return known;
  const made = pairRoles(before.roles, after.roles).map(([old, now]) => ({ before: old, after: now }));
  const own = pairs.get(before) ?? new WeakMap<Workspace, readonly RolePair[]>();
  own.set(after, made);
  pairs.set(before, own);
  return made;
}

/**
 * The commit that made a document what it is in the head: of those that touched it the last one before which it said
 * something else. A comment added later, or a mode, makes nobody its author.
 */
export function authorOf(base: Base, doc: Doc<object>): RangeCommit | undefined {
  const now = digest(doc.data);
  return broughtBy(base.versions.get(doc.path) ?? [], ({ data }) => digest(data) === now);
}

/** The same of any versions of a file, oldest first, by what they say. */
export function broughtBy<T>(
  versions: readonly { readonly commit: RangeCommit | undefined; readonly doc: Doc<T> | undefined }[],
  says: (doc: Doc<T>) => boolean,
): RangeCommit | undefined {
  const other = versions.findLastIndex(({ doc }) => doc === undefined || !says(doc));
  return versions[other + 1]?.commit;
}

/** Whether one commit of a range came before another, and not beside it. */
export function isBefore({ commits }: Pick<Base, "commits">, early: RangeCommit, late: RangeCommit): boolean {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const seen = new Set<string>();
  const next = [...late.parents];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (id === early.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    next.push(...(byId.get(id)?.parents ?? []));
  }
  return false;
}

/**
 * Whether a commit is by a person. By the addresses the base knows them by, where it knows them: a change cannot make
 * its author someone else. Undefined where no address is known.
 */
export function isBy(commit: RangeCommit, person: string, base: Base, head: Workspace): boolean | undefined {
  const known = personIn(base.workspace, person) ?? personIn(head, person);
  const addresses = known === undefined ? [] : addressesOf(known);
  return addresses.length === 0 ? undefined : commit.authors.some((author) => addresses.includes(author));
}

function personIn({ hire }: Workspace, id: string): Person | undefined {
  return hire?.data.people.find((person) => person.id === id);
}

/**
 * A candidate's folder as the base has it: by its name, else the one that has gone of which most is here now: a scorecard by
 * stage, interviewer and time or by its evidence, or something that happened at the same moment.
 */
export function candidateBefore({ before, after }: RolePair, now: CandidateFolder): CandidateFolder | undefined {
  const same = before?.candidates.find(({ id }) => id === now.id);
  if (same !== undefined) return same;
  const here = new Set(after?.candidates.map(({ id }) => id));
  const gone = (before?.candidates ?? []).filter(({ id }) => !here.has(id));
  const traces = new Set(gone.length === 0 ? [] : tracesOf(now));
  const [most] = gone
    .map((old) => ({ old, shared: tracesOf(old).filter((trace) => traces.has(trace)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared);
  return most?.old;
}

/** What of a candidate hardly another one would have, too: each who came is held against each who went. */
export const tracesOf: (candidate: CandidateFolder) => readonly string[] = oncePer(findTraces);

function findTraces(candidate: CandidateFolder): readonly string[] {
  return [
    ...handedIn(candidate).map(({ data }) => `${data.stage} ${data.interviewer} ${data.submitted_at}`),
    ...candidate.sealed.map(({ data }) => data.digest),
    ...candidate.evaluations.flatMap(({ data }) =>
      data.ratings.flatMap(({ evidence = "" }) => (evidence.trim().length < 20 ? [] : [`${data.interviewer} ${evidence.trim()}`])),
    ),
    ...(candidate.events?.data ?? []).map(({ at, what, by, stage = "" }) => `${at} ${what} ${by} ${stage}`),
  ];
}
