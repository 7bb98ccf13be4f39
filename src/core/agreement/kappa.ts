import { meanOf, sumOf, type Table, unitsOf, valuesOf } from "./table.ts";

/** Agreement on categories, corrected for chance in different ways: shown side by side, never only the nicer one. */

/** How much a disagreement weighs: all alike, by steps, or by their square. */
export type Weighting = "none" | "linear" | "quadratic";

type Matrix = readonly (readonly number[])[];

function disagreements(categories: number, weighting: Weighting): Matrix {
  return Array.from({ length: categories }, (_, a) =>
    Array.from({ length: categories }, (__, b) => {
      if (weighting === "none") return a === b ? 0 : 1;
      return weighting === "linear" ? Math.abs(a - b) : (a - b) ** 2;
    }),
  );
}

/**
 * Cohen's weighted κ = 1 − Σ v·p / Σ v·p_i·p_j from a square table of shares (or counts) and the weights v of
 * disagreement (0 on the diagonal); at most 1. Null where no disagreement can be expected. Cohen 1968.
 */
export function weightedKappa(shares: Matrix, weights: Matrix): number | null {
  const all = sumOf(shares.map(sumOf));
  const rows = shares.map((row) => sumOf(row) / all);
  const columns = shares.map((_, column) => sumOf(shares.map((row) => row[column] ?? 0)) / all);
  const over = (of: (row: number, column: number) => number): number =>
    sumOf(shares.map((row, i) => sumOf(row.map((_, j) => (weights[i]?.[j] ?? 0) * of(i, j)))));
  const expected = over((i, j) => (rows[i] ?? 0) * (columns[j] ?? 0));
  return expected > 0 ? 1 - over((i, j) => (shares[i]?.[j] ?? 0) / all) / expected : null;
}

/**
 * Cohen's κ of two raters over the units both rated. `categories`: all that can be given, ascending; without it those
 * that were. Null without such units, or where both always say the same one thing.
 */
export function cohenKappa(
  left: readonly (number | null)[],
  right: readonly (number | null)[],
  weighting: Weighting = "none",
  categories: readonly number[] = valuesOf([left, right]),
): number | null {
  const counts = categories.map((a) => categories.map((b) => left.filter((value, unit) => value === a && right[unit] === b).length));
  return weightedKappa(counts, disagreements(categories.length, weighting));
}

/** Light's κ: the mean of Cohen's over all pairs of raters; null where one of them has none. Light 1971. */
export function lightKappa(table: Table, weighting: Weighting = "none"): number | null {
  const categories = valuesOf(table);
  const kappas = table.flatMap((row, index) => table.slice(index + 1).map((other) => cohenKappa(row, other, weighting, categories)));
  return kappas.some((kappa) => kappa === null) ? null : meanOf(kappas.flatMap((kappa) => kappa ?? []));
}

/**
 * Fleiss' κ of several raters of the same number for each unit (1971), and Conger's exact one, whose chance is that of
 * each two raters' own shares (1980). Units that lack a rating are left out. Null without a complete unit, with fewer
 * than two raters, or where all is one category.
 */
export function fleissKappa(table: Table): { readonly fleiss: number; readonly conger: number } | null {
  const units = unitsOf(table).filter((values) => values.length === table.length);
  if (units.length === 0 || table.length < 2) return null;
  const categories = [...new Set(units.flat())];
  const raters = table.length;
  const observed = meanOf(
    units.map((values) => {
      const counts = categories.map((category) => values.filter((value) => value === category).length);
      return sumOf(counts.map((count) => count * (count - 1))) / (raters * (raters - 1));
    }),
  );
  const shares = table.map((_, rater) =>
    categories.map((category) => units.filter((values) => values[rater] === category).length / units.length),
  );
  const pooled = categories.map((_, at) => meanOf(shares.map((own) => own[at] ?? 0)) ?? 0);
  const chance = sumOf(pooled.map((share) => share ** 2));
  const pairwise = meanOf(
    shares.flatMap((own, index) => shares.slice(index + 1).map((other) => sumOf(own.map((share, at) => share * (other[at] ?? 0))))),
  );
  if (observed === null || pairwise === null || chance >= 1) return null;
  return { fleiss: (observed - chance) / (1 - chance), conger: (observed - pairwise) / (1 - pairwise) };
}

/**
 * Gwet's AC1 (weighting none) and AC2 of two or more raters, missing ratings allowed: (pa − pe)/(1 − pe) with agreement
 * weights 1 − v/max v, pa the mean over units of two ratings or more, pe = T_w/(q(q − 1)) Σ π(1 − π), π the mean over
 * units of the shares of a category. Hardly moves with how rare a category is, where κ does. Null without a unit rated
 * twice, or with one category. Gwet 2014, "Handbook of Inter-Rater Reliability", 4th ed.
 */
export function gwetAgreement(table: Table, weighting: Weighting = "none", categories: readonly number[] = valuesOf(table)): number | null {
  const q = categories.length;
  const units = unitsOf(table).filter((values) => values.length > 0);
  const counts = units.map((values) => categories.map((category) => values.filter((value) => value === category).length));
  const most = Math.max(...disagreements(q, weighting).flat());
  if (q < 2 || most === 0) return null;
  const agreement = disagreements(q, weighting).map((row) => row.map((value) => 1 - value / most));
  const twice = counts.filter((row) => sumOf(row) > 1);
  const observed = meanOf(
    twice.map((row) => {
      const raters = sumOf(row);
      return (
        sumOf(row.map((count, a) => count * (sumOf(row.map((other, b) => (agreement[a]?.[b] ?? 0) * other)) - 1))) / (raters * (raters - 1))
      );
    }),
  );
  if (observed === null) return null;
  const shares = categories.map((_, at) => meanOf(counts.map((row) => (row[at] ?? 0) / sumOf(row))) ?? 0);
  const chance = (sumOf(agreement.map(sumOf)) / (q * (q - 1))) * sumOf(shares.map((share) => share * (1 - share)));
  return chance >= 1 ? null : (observed - chance) / (1 - chance);
}
