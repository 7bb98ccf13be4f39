import { type Base, candidateBefore, type RangeCommit, type RolePair, type Version } from "./base.ts";
import type { Doc, Role } from "./document.ts";
import { groupBy } from "./group.ts";
import type { Evaluation, Priorities } from "./model.ts";
import { type Sealed, sealDigest } from "./seal.ts";
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

/** Everything that was handed in for a role in the base, in the head or in between; by its place in the head, as role and candidate may have been renamed. */
export function slotsOf(pair: RolePair, base: Base): readonly Slot[] {
  const known = slots.get(pair);
  if (known !== undefined) return known;
  const made = findSlots(pair, base);
  slots.set(pair, made);
  return made;
}

/** Several rules look at the same ones; a pair is of one base. */
const slots = new WeakMap<RolePair, readonly Slot[]>();

function findSlots(pair: RolePair, base: Base): readonly Slot[] {
  const { before, after } = pair;
  if (after === undefined) return [];
  const renamed = new Map(
    after.candidates.flatMap((now) => {
      const old = candidateBefore(pair, now);
      return old === undefined || old.id === now.id ? [] : [[old.id, now.id] as const];
    }),
  );
  const placeOf = (path: string): string | undefined => {
    const role = [before?.id, after.id].find((id) => id !== undefined && path.startsWith(`roles/${id}/`));
    if (role === undefined || !/\/(?:priorities|evaluations)\//u.test(path)) return undefined;
    const own = `roles/${after.id}/${path.slice(`roles/${role}/`.length)}`;
    const open = own.endsWith(sealedEnding) ? openPath(own) : own;
    return open.replace(/(?<=\/candidates\/)[^/]+/u, (id) => renamed.get(id) ?? id);
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
  return [...places].map(([path, own]): Slot => {
    // A rename takes a file away in one place and brings it in another, with one commit.
    const pastOf = <T>(isSealed: boolean): readonly Past<T>[] => {
      const all = own.filter((one) => one.from !== "head" && one.path.endsWith(sealedEnding) === isSealed);
      return all.filter(
        (one) => one.doc !== undefined || !all.some((other) => other.doc !== undefined && other.commit === one.commit),
      ) as readonly Past<T>[];
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

function handIns(role: Role | undefined): readonly Doc<Sealed | Open>[] {
  if (role === undefined) return [];
  return [...role.priorities, ...role.sealed, ...role.candidates.flatMap(({ evaluations, sealed }) => [...evaluations, ...sealed])];
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
