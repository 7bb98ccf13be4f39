import type { RoleChanges } from "./change/change.ts";
import { pairRoles } from "./change/compare.ts";
import { digest } from "./digest.ts";
import type { CandidateFolder, Doc, Role, Workspace } from "./document.ts";
import type { Evaluation, Person } from "./model.ts";

/** A commit between the base and the head. */
export interface RangeCommit {
  readonly id: string;
  /** Addresses of its author and of those its message names as co-authors, in lower case. */
  readonly authors: readonly string[];
  readonly subject: string;
  /** Files it changed, relative to the hiring root, with the object id each has after it; null where it deleted one. */
  readonly files: readonly { readonly path: string; readonly after: string | null }[];
}

/** A scorecard as one commit left it; undefined where the commit deleted it or left it unreadable. */
export interface EvaluationVersion {
  readonly commit: RangeCommit;
  readonly doc: Doc<Evaluation> | undefined;
}

/** Where a change started, and how it came to the head: what is judged by more than what stands there now. */
export interface Base {
  readonly workspace: Workspace;
  /** What changed in criteria since; roles whose files cannot be read are left out. */
  readonly changes: readonly RoleChanges[];
  /** Newest first. What is not committed has none. */
  readonly commits: readonly RangeCommit[];
  /** The way of each scorecard that the commits touched, oldest first. */
  readonly evaluations: ReadonlyMap<string, readonly EvaluationVersion[]>;
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

/** A document of the head that the base has not, or has in other words. */
export function isNew(doc: Doc<object>, before: readonly Doc<object>[], same: (a: Doc<object>, b: Doc<object>) => boolean): boolean {
  const old = before.find((other) => same(doc, other));
  return old === undefined || digest(old.data) !== digest(doc.data);
}

/** The newest commit of the range that touched a file. */
export function lastTouch(base: Base, path: string): RangeCommit | undefined {
  return base.commits.find(({ files }) => files.some((file) => file.path === path));
}

/**
 * Whether a commit is by a person. By the addresses the base knows them by, where it knows them: a change cannot make
 * its author someone else. Undefined where no address is known.
 */
export function isBy(commit: RangeCommit, person: string, base: Base, head: Workspace): boolean | undefined {
  const addresses = addressesOf(personIn(base.workspace, person) ?? personIn(head, person));
  return addresses.length === 0 ? undefined : commit.authors.some((author) => addresses.includes(author));
}

function personIn({ hire }: Workspace, id: string): Person | undefined {
  return hire?.data.people.find((person) => person.id === id);
}

function addressesOf(person: Person | undefined): readonly string[] {
  return [person?.email, ...(person?.emails ?? [])].flatMap((email) => (email === undefined ? [] : [email.toLowerCase()]));
}

/** A candidate's folder as the base has it. */
export function candidateBefore({ before }: RolePair, id: string): CandidateFolder | undefined {
  return before?.candidates.find((candidate) => candidate.id === id);
}
