import { inverse, Matrix } from "ml-matrix";
import { sumOf, type Table } from "./table.ts";

/** Who rates lower or higher than the others, where they rated the same candidates. */

export interface RaterSeverity {
  /** Index of the rater's row. */
  readonly rater: number;
  /** How far this rater's ratings lie above (lenient) or below (severe) the others', in points; they sum to 0. */
  readonly severity: number;
  /** Null where nothing is left to estimate it from. */
  readonly standardError: number | null;
  /** Units shared with another rater. */
  readonly shared: number;
}

export interface AdditiveModel {
  readonly mean: number;
  /** By unit, in the table's order, what is left of it once raters are accounted for; null where nobody rated it. */
  readonly units: readonly (number | null)[];
  readonly raters: readonly RaterSeverity[];
  /** Standard deviation of what the model leaves, in points, on `df` degrees of freedom; null without any. */
  readonly residual: number | null;
  readonly df: number;
}

export type NoSeverity =
  | { readonly refused: "one rater" }
  | { readonly refused: "few shared units"; readonly shared: number }
  /** Groups of raters (rows) that share no unit with each other. */
  | { readonly refused: "disconnected"; readonly groups: readonly (readonly number[])[] };

/** Fewest units that two or more raters rated. */
export const fewestShared = 3;

/**
 * y = μ + unit + rater + ε by least squares, units and raters each summing to 0. Refused with fewer than two raters,
 * with fewer than three units rated by two or more, or where the raters fall into groups that share no unit: nobody
 * could tell a severe group from weak candidates. Searle 1971, "Linear Models", ch. 7.
 */
export function severities(table: Table): AdditiveModel | NoSeverity {
  const rated = table.flatMap((row, rater) => (row.some((value) => value !== null) ? [rater] : []));
  if (rated.length < 2) return { refused: "one rater" };
  const length = table[0]?.length ?? 0;
  const ratersOf = (unit: number): readonly number[] => rated.filter((rater) => (table[rater]?.[unit] ?? null) !== null);
  const units = Array.from({ length }, (_, unit) => unit).filter((unit) => ratersOf(unit).length > 0);
  const shared = units.filter((unit) => ratersOf(unit).length > 1);
  if (shared.length < fewestShared) return { refused: "few shared units", shared: shared.length };
  const groups = groupsOf(rated, shared.map(ratersOf));
  if (groups.length > 1) return { refused: "disconnected", groups };

  const cells = units.flatMap((unit) => ratersOf(unit).map((rater) => ({ unit, rater, value: table[rater]?.[unit] ?? 0 })));
  const width = units.length + rated.length - 1;
  const design = Matrix.zeros(cells.length, width);
  for (const [row, { unit, rater }] of cells.entries()) {
    design.set(row, 0, 1);
    effect(design, row, 1, units.indexOf(unit), units.length);
    effect(design, row, units.length, rated.indexOf(rater), rated.length);
  }
  const y = Matrix.columnVector(cells.map(({ value }) => value));
  const covariance = inverse(design.transpose().mmul(design));
  const beta = covariance.mmul(design.transpose()).mmul(y).to1DArray();
  const rest = y.clone().sub(design.mmul(Matrix.columnVector(beta)));
  const df = cells.length - width;
  const variance = df > 0 ? sumOf(rest.to1DArray().map((value) => value ** 2)) / df : null;
  const last = (values: readonly number[]): readonly number[] => [...values, -sumOf(values)];
  const unitEffects = last(beta.slice(1, units.length));
  const raterEffects = last(beta.slice(units.length));
  return {
    mean: beta[0] ?? 0,
    units: Array.from({ length }, (_, unit) => unitEffects[units.indexOf(unit)] ?? null),
    raters: rated.map((rater, index) => ({
      rater,
      severity: raterEffects[index] ?? 0,
      standardError: variance === null ? null : Math.sqrt(variance * varianceOf(covariance, units.length, rated.length, index)),
      shared: shared.filter((unit) => ratersOf(unit).includes(rater)).length,
    })),
    residual: variance === null ? null : Math.sqrt(variance),
    df,
  };
}

/** One level of a factor whose effects sum to 0: the last is minus all the others. */
function effect(design: Matrix, row: number, from: number, level: number, levels: number): void {
  if (level < levels - 1) design.set(row, from + level, 1);
  else for (let other = 0; other < levels - 1; other += 1) design.set(row, from + other, -1);
}

function varianceOf(covariance: Matrix, from: number, levels: number, level: number): number {
  if (level < levels - 1) return covariance.get(from + level, from + level);
  const others = Array.from({ length: levels - 1 }, (_, other) => from + other);
  return sumOf(others.flatMap((a) => others.map((b) => covariance.get(a, b))));
}

/** Raters that are tied together, directly or over others, by the units they share. */
function groupsOf(raters: readonly number[], together: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let groups: readonly (readonly number[])[] = raters.map((rater) => [rater]);
  for (const some of together) {
    const touched = groups.filter((group) => group.some((rater) => some.includes(rater)));
    groups = [...groups.filter((group) => !touched.includes(group)), touched.flat()];
  }
  return groups;
}
