import { type Base, candidateBefore, type RangeCommit, type RolePair, type Version } from "./base.ts";
import type { Doc, Role } from "./document.ts";
import { groupBy } from "./group.ts";
import type { Evaluation, Priorities } from "./model.ts";
import { oncePer } from "./once.ts";
import { type Sealed, sealDigest, sealedIn } from "./seal.ts";
import { openPath, sealedEnding } from "./sealed-path.ts";

/** Weights or a scorecard, as they are open. */
export type Open = Evaluation | Priorities;

/** A version of a file, and the commit that brought it; none where it stood in the base. */
export interface Past<T> {
  readonly doc: Doc<T> | undefined;
  readonly commit: RangeCommit | undefined;
}

/** One person's hand-in, sealed and open, from the base to the head. */
export interface Slot {
  /** Where it stands open, in the head. */
  readonly path: string;
  /** In the base, then as commits left it, oldest first. */
  readonly sealed: readonly Past<Sealed>[];
  readonly open: readonly Past<Open>[];
  /** In the head. */
  readonly sealedNow: Doc<Sealed> | undefined;
  readonly openNow: Doc<Open> | undefined;
  readonly wasOpen: boolean;
  /** Whether the candidate was erased altogether. */
  readonly isErased: boolean;
}

/** Everything that was handed in for a role in the base, in the head or in between; by its place in the head, as role and candidate may have been renamed. A pair is of one base. */
export const slotsOf: (pair: RolePair, base: Base) => readonly Slot[] = oncePer(findSlots);

function findSlots(pair: RolePair, base: Base): readonly Slot[] {
  const { before, after } = pair;
  if (after === undefined) return [];
  const renamed = new Map(
    after.candidates.flatMap((now) => {
      const old = candidateBefore(pair, now);
      return old === undefined || old.id === now.id ? [] : [[old.id, now.id] as const];
    }),
  );
  const moved = movesOf(base);
  const roles = new Set([before?.id, after.id].flatMap((id) => (id === undefined ? [] : [`roles/${id}`])));
  const placeOf = (path: string): string | undefined => {
    const [, folder = "", inside] = /^(roles\/[^/]+)\/(.*)$/u.exec(path) ?? [];
    if (inside === undefined || !/(?:^|\/)(?:priorities|evaluations)\//u.test(path)) return undefined;
    if (!roles.has(folder) && !roles.has(lastOf(folder, moved))) return undefined;
    const open = inside.endsWith(sealedEnding) ? openPath(inside) : inside;
    const [, candidate] = /^candidates\/([^/]+)\//u.exec(open) ?? [];
    if (candidate === undefined) return `roles/${after.id}/${open}`;
    const id = lastOf(`${folder}/candidates/${candidate}`, moved).split("/").at(-1) ?? candidate;
    return `roles/${after.id}/candidates/${renamed.get(id) ?? renamed.get(candidate) ?? id}/${open.split("/").slice(2).join("/")}`;
  };
  type Found = Past<Sealed | Open> & { readonly path: string; readonly from: "base" | "range" | "head" };
  const found: readonly Found[] = [
    ...handIns(before).map((doc): Found => ({ path: doc.path, doc, commit: undefined, from: "base" })),
    ...[...base.versions].flatMap(([path, versions]) =>
      (versions as readonly Version<Sealed | Open>[]).map(({ doc, commit }): Found => ({ path, doc, commit, from: "range" })),
    ),
    ...handIns(after).map((doc): Found => ({ path: doc.path, doc, commit: undefined, from: "head" })),
  ];
  const places = groupBy(
    found.flatMap((one) => {
      const place = placeOf(one.path);
      return place === undefined ? [] : [{ ...one, place }];
    }),
    ({ place }) => place,
  );
  const here = new Set(after.candidates.map(({ id }) => id));
  // Newest first; what stood in the base is older than all.
  const order = new Map(base.commits.map((commit, index) => [commit, index]));
  const ageOf = ({ commit }: Pick<Found, "commit">): number => (commit === undefined ? base.commits.length : (order.get(commit) ?? 0));
  return [...places].map(([path, own]): Slot => {
    // A rename takes a file away in one place and brings it in another, with one commit.
    const pastOf = <T>(isSealed: boolean): readonly Past<T>[] => {
      const all = own.filter((one) => one.from !== "head" && one.path.endsWith(sealedEnding) === isSealed);
      return all
        .filter((one) => one.doc !== undefined || !all.some((other) => other.doc !== undefined && other.commit === one.commit))
        .toSorted((a, b) => ageOf(b) - ageOf(a)) as readonly Past<T>[];
    };
    const headOf = <T>(isSealed: boolean): Doc<T> | undefined =>
      own.find((one) => one.from === "head" && one.path.endsWith(sealedEnding) === isSealed)?.doc as Doc<T> | undefined;
    const candidate = /\/candidates\/([^/]+)\//u.exec(path)?.[1];
    return {
      path,
      sealed: pastOf<Sealed>(true),
      open: pastOf<Open>(false),
      sealedNow: headOf<Sealed>(true),
      openNow: headOf<Open>(false),
      wasOpen: own.some((one) => one.from === "base" && !one.path.endsWith(sealedEnding)),
      isErased: candidate !== undefined && !here.has(candidate),
    };
  });
}

/** Folders of roles and candidates that a commit of the range renamed, and what it called them. */
const movesOf: (base: Base) => ReadonlyMap<string, string> = oncePer(findMoves);

function findMoves({ commits, versions, workspace }: Base): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const stood = new Map(workspace.roles.flatMap(handIns).map((doc) => [doc.path, doc]));
  for (const { files } of commits) {
    const taken = new Set<string>();
    const [gone = [], come = []] = [true, false].map((isGone) =>
      files.flatMap(({ path, after }) =>
        (after === null) === isGone && /^roles\/[^/]+\/(?:intake|candidates\/[^/]+\/candidate)\.yaml$/u.test(path)
          ? [path.slice(0, path.lastIndexOf("/"))]
          : [],
      ),
    );
    if (gone.length === 0 || come.length === 0) continue;
    const inside = namesWithin(files);
    const namesIn = (folder: string): string => (inside.get(folder) ?? []).join("\n");
    const byNames = groupBy(come, (folder) => `${isCandidate(folder)} ${namesIn(folder)}`);
    // Another candidate may have files of the same names, but none of them handed in at the same moment.
    const isMoved = (old: string, next: string): boolean => {
      const times = (inside.get(old) ?? []).flatMap((path) => {
        const [was, is] = [
          timeOf(versions.get(old + path)?.findLast(({ doc }) => doc !== undefined)?.doc ?? stood.get(old + path)),
          timeOf(versions.get(next + path)?.[0]?.doc),
        ];
        return was === undefined ? [] : [was === is];
      });
      return times.length === 0 || times.includes(true);
    };
    for (const old of gone) {
      const fitting = (byNames.get(`${isCandidate(old)} ${namesIn(old)}`) ?? []).filter((one) => !taken.has(one) && isMoved(old, one));
      // Where a role is renamed, its candidates are called what they were.
      const next = fitting.find((one) => nameOf(one) === nameOf(old)) ?? fitting[0];
      if (next === undefined || moves.has(old)) continue;
      taken.add(next);
      moves.set(old, next);
    }
  }
  return moves;
}

const isCandidate = (folder: string): boolean => folder.includes("/candidates/");

/** What a commit touched in each folder of a role and of a candidate, by what stands behind the folder's path, in order. */
function namesWithin(files: RangeCommit["files"]): ReadonlyMap<string, readonly string[]> {
  const inside = new Map<string, string[]>();
  for (const { path } of files) {
    for (const folder of new Set(/^((roles\/[^/]+)(?:\/candidates\/[^/]+)?)\//u.exec(path)?.slice(1))) {
      const names = inside.get(folder) ?? [];
      names.push(path.slice(folder.length));
      inside.set(folder, names);
    }
  }
  return new Map([...inside].map(([folder, names]) => [folder, names.toSorted()]));
}

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf("/") + 1);

function timeOf(doc: Doc<object> | undefined): string | undefined {
  const { submitted_at, given_at } = (doc?.data ?? {}) as { readonly submitted_at?: string; readonly given_at?: string };
  return submitted_at ?? given_at;
}

/** What a folder was called last. */
function lastOf(folder: string, moves: ReadonlyMap<string, string>): string {
  const seen = new Set([folder]);
  let last = folder;
  for (let next = moves.get(last); next !== undefined && !seen.has(next); next = moves.get(last)) {
    seen.add(next);
    last = next;
  }
  return last;
}

function handIns(role: Role | undefined): readonly Doc<Sealed | Open>[] {
  if (role === undefined) return [];
  return [...role.priorities, ...role.candidates.flatMap(({ evaluations }) => evaluations), ...sealedIn(role)];
}

/** Whether a text is what a sealed file held. */
export function isOpened(sealed: Doc<Sealed>, open: Doc<unknown> | undefined): boolean {
  return open?.text !== undefined && sealDigest(open.text) === sealed.data.digest;
}

/** What a sealed file says: to whom it is sealed, and how, says nothing. */
export function saidBy({ data }: Doc<Sealed>): string {
  const { to: _, sealed: __, ...said } = data;
  return JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
