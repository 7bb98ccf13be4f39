import { quantileSorted, sampleVariance } from "simple-statistics";
import { draws } from "./random.ts";
import { meanOf, pairsIn, type Table, unitsOf, valuesOf } from "./table.ts";

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
  const { known, units } = coincidencesOf(table);
  const values = unitsOf(table).filter((ratings) => ratings.length > 1);
  return { alpha: alphaFrom(known, units, level), units: units.length, values: values.flat().length };
}

/** By unit that two raters or more rated, how often each value (row) meets each other one (column), out of m − 1. */
function coincidencesOf(table: Table): { readonly known: readonly number[]; readonly units: readonly (readonly number[])[] } {
  const rated = unitsOf(table).filter((ratings) => ratings.length > 1);
  const known = [...new Set(rated.flat())].toSorted((a, b) => a - b);
  const units = rated.map((ratings) => {
    const cells = Array.from({ length: known.length ** 2 }, () => 0);
    for (const [a, left] of ratings.entries())
      for (const [b, right] of ratings.entries()) {
        const cell = known.indexOf(left) * known.length + known.indexOf(right);
        if (a !== b) cells[cell] = (cells[cell] ?? 0) + 1 / (ratings.length - 1);
      }
    return cells;
  });
  return { known, units };
}

/** α of the sum of these units' coincidences. */
function alphaFrom(known: readonly number[], units: readonly (readonly number[])[], level: Level): number | null {
  const q = known.length;
  const cells = new Float64Array(q * q);
  for (const unit of units) for (let cell = 0; cell < cells.length; cell += 1) cells[cell] = (cells[cell] ?? 0) + (unit[cell] ?? 0);
  const counts = known.map((_, a) => cells.subarray(a * q, (a + 1) * q).reduce((sum, count) => sum + count, 0));
  let observed = 0;
  let expected = 0;
  for (let a = 0; a < q; a += 1) {
    // Values between a and b, both counted: what an order has instead of a distance.
    let between = counts[a] ?? 0;
    for (let b = a + 1; b < q; b += 1) {
      between += counts[b] ?? 0;
      const difference = differenceOf(level, known[a] ?? 0, known[b] ?? 0, between - ((counts[a] ?? 0) + (counts[b] ?? 0)) / 2);
      observed += 2 * (cells[a * q + b] ?? 0) * difference;
      expected += 2 * (counts[a] ?? 0) * (counts[b] ?? 0) * difference;
    }
  }
  const values = counts.reduce((sum, count) => sum + count, 0);
  return expected > 0 ? 1 - ((values - 1) * observed) / expected : null;
}

/** δ² of two different values; `ranks` apart in the order of all values given. */
function differenceOf(level: Level, a: number, b: number, ranks: number): number {
  if (level === "nominal") return 1;
  if (level === "ordinal") return ranks ** 2;
  return level === "interval" ? (a - b) ** 2 : ((a - b) / (a + b)) ** 2;
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
  /** Pairs of ratings of one unit; the share of them at most one step of the scale apart, and the same; null without pairs. */
  readonly pairs: number;
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
  const { known, units: cells } = coincidencesOf(table);
  const random = draws();
  const sampled = Array.from({ length: resamples }, () =>
    alphaFrom(
      known,
      cells.map(() => cells[random.below(cells.length)] ?? []),
      level,
    ),
  )
    // A resample in which all are alike says nothing either way.
    .flatMap((sample) => sample ?? [])
    .toSorted((a, b) => a - b);
  return { alpha, interval: { low: quantileSorted(sampled, 0.05), high: quantileSorted(sampled, 0.95) }, refused, ...raw };
}

/** Pairs of ratings of the same unit, the share of them at most one step of the scale apart, and of equal ones; null without pairs. */
export function rawAgreement(table: Table, scale: readonly number[] = valuesOf(table)): Pick<Reliability, "pairs" | "withinOne" | "same"> {
  const pairs = pairsIn(table);
  const step = (value: number): number => scale.indexOf(value);
  return {
    pairs: pairs.length,
    withinOne: meanOf(pairs.map(([a, b]) => (Math.abs(step(a) - step(b)) <= 1 ? 1 : 0))),
    same: meanOf(pairs.map(([a, b]) => (a === b ? 1 : 0))),
  };
}

/** r_wg = 1 − s²/((A² − 1)/12) of one unit's ratings on a scale of A steps, numbered 1 to A: 1 (all alike) down to below 0. Null with fewer than two. James, Demaree & Wolf 1984. */
export function withinGroup(ratings: readonly number[], steps: number): number | null {
  if (ratings.length < 2 || steps < 2) return null;
  return 1 - sampleVariance(ratings) / ((steps ** 2 - 1) / 12);
}
