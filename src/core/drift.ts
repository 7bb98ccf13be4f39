import { jaccardDistance, jensenShannon, totalVariation, type Weights } from "./agreement/weights.ts";
import { type Change, isGrave, needsReason } from "./change/change.ts";
import { compareWith } from "./change/compare.ts";
import { namesAfter } from "./change/walk.ts";
import { chainFor, explanationFrom, type Step, stepsOf } from "./change/explain.ts";
import type { Doc, Role } from "./document.ts";
import type { Criterion, Rubric, Update } from "./model.ts";
import { byTime } from "./moment.ts";
import { criterionOf } from "./rubric.ts";
import { sides } from "./sign-off.ts";

/** How far criteria are from what was first agreed. */
export interface Distance {
  /** Total variation and Jensen–Shannon divergence between the weight vectors, absent = 0; both 0 to 1; null without weights. */
  readonly weights: number | null;
  readonly divergence: number | null;
  /** Jaccard distance of the required sets, 0 to 1. */
  readonly required: number;
  /** Criteria that say something else than they did. */
  readonly redefined: number;
}

/** One commit (or, with null, the working tree) that changed criteria or brief, or was signed. */
export interface DriftEvent {
  readonly commit: string | null;
  readonly at: string;
  /** Person id where the address is known in hire.yaml, else the author's name. */
  readonly author: string;
  readonly changes: readonly Change[];
  /** Who signed, or signed again. */
  readonly signed: readonly string[];
  /** Files that could not be read as of then; what they held before is taken to stand. */
  readonly unreadable: readonly string[];
  /** The role's folder before, where this renamed it. */
  readonly renamedFrom: string | null;
  readonly distance: Distance;
  /** Whether both sides have signed again since: its changes are agreed to, with a reason or without. */
  readonly settled: boolean;
}

/** What was first agreed by both sides: terms, and the words behind them. */
export interface Baseline {
  readonly role: Role;
  readonly weights: Weights;
  readonly required: ReadonlySet<string>;
}

/** The agreement of both sides in a role's state, by the terms of the one who signed last; undefined before that. */
export function baselineOf(role: Role): Baseline | undefined {
  const signed = sides.flatMap((side) => role.agreements.find(({ data }) => data.as === side)?.data ?? []);
  const last = signed.toSorted((a, b) => byTime(a.agreed_at, b.agreed_at)).at(-1);
  return last === undefined || signed.length < sides.length ? undefined : baselineBy(role, last.terms.criteria);
}

/** Any state as the one that distances are counted from. */
export function baselineAt(role: Role): Baseline {
  return baselineBy(role, role.rubric?.data.criteria ?? []);
}

function baselineBy(role: Role, criteria: readonly Pick<Criterion, "id" | "weight" | "required">[]): Baseline {
  return {
    role,
    weights: new Map(criteria.map(({ id, weight }) => [id, weight])),
    required: new Set(criteria.filter(({ required }) => required === true).map(({ id }) => id)),
  };
}

/** How far a role's criteria are from a baseline; ids follow renames. */
export function distanceFrom(baseline: Baseline, role: Role): Distance {
  const rubric = role.rubric?.data;
  const old = baseline.role.rubric?.data;
  const criteria = rubric?.criteria ?? [];
  const names = new Map([...namesAfter(old?.criteria ?? [], criteria)].map(([then, now]) => [now, then]));
  const nameThen = ({ id }: Criterion): string => names.get(id) ?? id;
  const weights = new Map(criteria.map((criterion) => [nameThen(criterion), criterion.weight]));
  const required = new Set(criteria.filter((criterion) => criterion.required === true).map(nameThen));
  return {
    weights: totalVariation(baseline.weights, weights),
    divergence: jensenShannon(baseline.weights, weights),
    required: jaccardDistance(baseline.required, required),
    redefined: old === undefined || rubric === undefined ? 0 : redefinedCount(baseline.role, role, old, rubric),
  };
}

function redefinedCount(before: Role, after: Role, old: Rubric, now: Rubric): number {
  // Letter for letter the same, as nearly always: nothing to compare.
  const words = ({ means, signals, anchors }: Criterion): string => JSON.stringify([means, signals, anchors]);
  const scale = (rubric: Rubric): string => JSON.stringify(rubric.scale.map(({ value, means }) => [value, means]));
  const pairs = old.criteria.flatMap((criterion) => {
    const today = criterionOf(now, criterion.id);
    return today === undefined ? [] : [{ criterion, today }];
  });
  if (scale(old) === scale(now) && pairs.every(({ criterion, today }) => words(criterion) === words(today))) return 0;
  const breaking = compareWith(before, after, 1, []).changes.filter(({ gravity, facet }) => gravity === "breaking" && facet !== "presence");
  if (breaking.some(({ item }) => item.type === "scale")) return pairs.length;
  return new Set(breaking.filter(({ item }) => item.type === "criterion").map(({ item }) => item.id)).size;
}

/** What one commit did to a role; undefined where it did nothing that counts. Reasons are attached later. */
export function driftEvent(
  before: Role,
  after: Role,
  baseline: Baseline,
  reweight: number,
  about: Pick<DriftEvent, "commit" | "at" | "author" | "signed" | "unreadable" | "renamedFrom">,
): DriftEvent | undefined {
  // Where a commit left rubric and brief alone, they are the same documents.
  const same = before.rubric === after.rubric && before.intake === after.intake;
  const found = same ? [] : compareWith(before, after, reweight, []).changes;
  if (found.length === 0 && about.signed.length === 0 && about.unreadable.length === 0 && about.renamedFrom === null) return undefined;
  // Places are of one snapshot and mean nothing in a timeline.
  const changes = found.map(({ before: _before, after: _after, ...change }) => change);
  return { ...about, changes, distance: distanceFrom(baseline, after), settled: false };
}

/** An update, and at which event it first stood there. */
export interface EnteredUpdate {
  readonly update: Doc<Update>;
  readonly entered: number;
}

/**
 * The events with their reasons. An update explains what came with it or before it, never a move made later; each of
 * its steps explains one change, first what came with it, then what came earlier.
 */
export function explainEvents(
  events: readonly DriftEvent[],
  updates: readonly EnteredUpdate[],
  team: ReadonlySet<string>,
): readonly DriftEvent[] {
  if (updates.length === 0) return events;
  const steps = updates.flatMap(({ update, entered }) => stepsOf([update], team).map((step) => ({ step, entered })));
  const byKey = new Map<string, { readonly step: Step; readonly entered: number }[]>();
  for (const entry of steps) {
    const { change, item, facet } = entry.step.explained;
    for (const key of [change, `${item ?? ""} ${facet ?? ""}`]) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [entry]);
      else list.push(entry);
    }
  }
  const used = new Set<Step>();
  const reasons = new Map<Change, NonNullable<Change["explanation"]>>();
  const settle = (isTurn: (entered: number, index: number) => boolean): void => {
    for (const [index, { changes }] of events.entries()) {
      for (const change of changes) {
        if (reasons.has(change)) continue;
        const keys = [
          change.fingerprint,
          ...new Set([change.item.id, change.firstId].map((id) => `${change.item.type}/${id} ${change.facet}`)),
        ];
        const free = keys
          .flatMap((key) => byKey.get(key) ?? [])
          .filter(
            ({ step, entered }, at, all) =>
              isTurn(entered, index) && !used.has(step) && all.findIndex((other) => other.step === step) === at,
          )
          .toSorted((a, b) => b.entered - a.entered)
          .map(({ step }) => step);
        const chain = chainFor(change, free);
        const explanation = chain === undefined ? undefined : explanationFrom(change, chain);
        if (chain === undefined || explanation === undefined) continue;
        for (const step of chain) used.add(step);
        reasons.set(change, explanation);
      }
    }
  };
  settle((entered, index) => entered === index);
  settle((entered, index) => entered > index);
  return events.map((event) => ({
    ...event,
    changes: event.changes.map((change) => {
      const explanation = reasons.get(change);
      return explanation === undefined ? change : { ...change, explanation };
    }),
  }));
}

/** The events with what both `sides` (person ids) agreed to since, by signing again. */
export function settleEvents(events: readonly DriftEvent[], sides: readonly string[]): readonly DriftEvent[] {
  const last = Math.min(
    ...(sides.length === 0 ? [-1] : []),
    ...sides.map((person) => events.findLastIndex(({ signed }) => signed.includes(person))),
  );
  return events.map((event, index) => ({ ...event, settled: index <= last }));
}

/** How many changes of a timeline there are, how many of them have their reason, and how many want one; wording needs none. */
export function countReasons(events: readonly DriftEvent[]): {
  readonly changes: number;
  readonly explained: number;
  readonly open: number;
} {
  const grave = events.flatMap(({ changes }) => changes).filter(isGrave);
  const open = events.flatMap(({ changes, settled }) => changes.filter((change) => needsReason(change, !settled)));
  return { changes: grave.length, explained: grave.filter(({ explanation }) => explanation !== undefined).length, open: open.length };
}
