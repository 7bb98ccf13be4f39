import { quantileSorted } from "simple-statistics";
import { draws } from "./random.ts";
import { meanOf, pairsIn, pickUnits, type Table, unitsOf, valuesOf } from "./table.ts";

/** Krippendorff's α: whether raters see the same in the same candidates, beyond what chance gives. */

/** What the values mean: names, an order, equal steps, or equal steps from a true zero. */
export type Level = "nominal" | "ordinal" | "interval" | "ratio";

export interface Alpha {
  /** 1 (all alike) down over 0 (as chance would have it) to below; null where all pairable values are the same, or none are. */
  readonly alpha: number | null;
  /** Units with two ratings or more, and the ratings on them. */
  readonly units: number;
  readonly values: number;
}

/**
 * Krippendorff's α = 1 − Do/De over the values of units that at least two raters rated, each pair within a unit counting
 * 1/(m − 1) of its m values. δ² is 1 for other names; (Σ_{g=c..k} n_g − (n_c + n_k)/2)² in an order; (c − k)²;
 * ((c − k)/(c + k))². Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability".
 */
export function krippendorffAlpha(table: Table, level: Level = "ordinal"): Alpha {
  const units = unitsOf(table).filter((values) => values.length > 1);
  const known = [...new Set(units.flat())].toSorted((a, b) => a - b);
  const index = new Map(known.map((value, at) => [value, at]));
  const counts = known.map((value) => units.flat().filter((other) => other === value).length);
  const difference = differenceOf(level, known, counts);
  let observed = 0;
  for (const values of units) {
    let sum = 0;
    for (const a of values) for (const b of values) sum += difference(index.get(a) ?? 0, index.get(b) ?? 0);
    observed += sum / (values.length - 1);
  }
  let expected = 0;
  for (const [a, some] of counts.entries()) for (const [b, others] of counts.entries()) expected += some * others * difference(a, b);
  const values = units.flat().length;
  return { alpha: expected > 0 ? 1 - ((values - 1) * observed) / expected : null, units: units.length, values };
}

function differenceOf(level: Level, known: readonly number[], counts: readonly number[]): (a: number, b: number) => number {
  const table = known.map((left, a) =>
    known.map((right, b) => {
      if (a === b) return 0;
      if (level === "nominal") return 1;
      if (level === "interval") return (left - right) ** 2;
      if (level === "ratio") return ((left - right) / (left + right)) ** 2;
      const between = counts.slice(Math.min(a, b), Math.max(a, b) + 1).reduce((sum, count) => sum + count, 0);
      return (between - ((counts[a] ?? 0) + (counts[b] ?? 0)) / 2) ** 2;
    }),
  );
  return (a, b) => table[a]?.[b] ?? 0;
}

/** Why there is no α. */
export type NoAlpha = "one rater" | "few units" | "all alike";

/** Fewest units for which α is told. */
export const fewestUnits = 5;
const resamples = 1000;

export interface Reliability {
  readonly alpha: number | null;
  /** Where α lies in 90 of 100 resamples of the units; null with it. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Why α is null; null where it is not. */
  readonly refused: NoAlpha | null;
  readonly raters: number;
  readonly units: number;
  /** Share of pairs of ratings of one unit that are at most one step of the scale apart, and of those that are the same; null without pairs. */
  readonly withinOne: number | null;
  readonly same: number | null;
}

/**
 * Whether raters agree on one criterion: α with its 5 to 95 % interval by a seeded bootstrap over units (1,000 resamples),
 * or why it is refused: fewer than two raters, fewer than five units that two rated, or all ratings alike (De = 0). The
 * raw agreement stands beside it either way. `scale`: the values that can be given, ascending; without it those that were.
 */
export function reliability(
  table: Table,
  { level = "ordinal", scale }: { readonly level?: Level; readonly scale?: readonly number[] } = {},
): Reliability {
  const { alpha, units } = krippendorffAlpha(table, level);
  const rated = table.filter((row) => row.some((value) => value !== null));
  const raw = { raters: rated.length, units, ...rawAgreement(table, scale) };
  const refused = rated.length < 2 ? "one rater" : units < fewestUnits ? "few units" : alpha === null ? "all alike" : null;
  if (refused !== null) return { alpha: null, interval: null, refused, ...raw };
  const pairable = unitsOf(table).flatMap((values, unit) => (values.length > 1 ? [unit] : []));
  const random = draws();
  const sampled = Array.from({ length: resamples }, () =>
    krippendorffAlpha(
      pickUnits(
        table,
        pairable.map(() => pairable[random.below(pairable.length)] ?? 0),
      ),
      level,
    ),
  )
    // A resample in which all are alike says nothing either way.
    .flatMap((sample) => sample.alpha ?? [])
    .toSorted((a, b) => a - b);
  return { alpha, interval: { low: quantileSorted(sampled, 0.05), high: quantileSorted(sampled, 0.95) }, refused, ...raw };
}

/** Share of pairs of ratings of the same unit at most one step of the scale apart, and of equal ones; null without pairs. */
export function rawAgreement(table: Table, scale: readonly number[] = valuesOf(table)): Pick<Reliability, "withinOne" | "same"> {
  const pairs = pairsIn(table);
  const step = (value: number): number => scale.indexOf(value);
  return {
    withinOne: meanOf(pairs.map(([a, b]) => (Math.abs(step(a) - step(b)) <= 1 ? 1 : 0))),
    same: meanOf(pairs.map(([a, b]) => (a === b ? 1 : 0))),
  };
}

/** r_wg = 1 − s²/((A² − 1)/12) of one unit's ratings on a scale of A steps, numbered 1 to A: 1 (all alike) down to below 0. Null with fewer than two. James, Demaree & Wolf 1984. */
export function withinGroup(ratings: readonly number[], steps: number): number | null {
  const mean = meanOf(ratings);
  if (mean === null || ratings.length < 2 || steps < 2) return null;
  const variance = ratings.reduce((sum, rating) => sum + (rating - mean) ** 2, 0) / (ratings.length - 1);
  return 1 - variance / ((steps ** 2 - 1) / 12);
}
