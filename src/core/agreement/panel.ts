import { fQuantile } from "./distributions.ts";
import { meanOf, sumOf, type Table } from "./table.ts";

/** How reliable the mean of a panel is. */

export interface MeanSquares {
  /** Between units (rows in the literature), between raters (columns), within units, and what is left. */
  readonly units: number;
  readonly raters: number;
  readonly within: number;
  readonly residual: number;
}

interface Forms {
  /** Each unit has raters of its own: ICC(1, ·). */
  readonly oneWay: number;
  /** The same raters everywhere, drawn from many: ICC(2, ·), absolute agreement. */
  readonly random: number;
  /** These raters and no others: ICC(3, ·), consistency. */
  readonly fixed: number;
}

export interface Icc {
  readonly raters: number;
  readonly units: number;
  readonly meanSquares: MeanSquares;
  /** Of one rater's ratings. */
  readonly single: Forms;
  /** Of the mean of all of them. */
  readonly mean: Forms;
  /** 95 % of ICC(2,1) and, by Spearman–Brown, of ICC(2,k); ends beyond 0 and 1 stand at these. McGraw & Wong 1996. */
  readonly interval: {
    readonly single: { readonly low: number; readonly high: number };
    readonly mean: { readonly low: number; readonly high: number };
  };
}

/**
 * Intraclass correlations of ratings without gaps: units that someone did not rate are left out. ICC(2,1) = (MSR −
 * MSE)/(MSR + (k − 1)MSE + k(MSC − MSE)/n), ICC(2,k) = (MSR − MSE)/(MSR + (MSC − MSE)/n). Null with fewer than two
 * raters or two complete units, and where nothing tells the units apart (no denominator above 0). Shrout & Fleiss 1979.
 */
export function icc(table: Table): Icc | null {
  const complete = (table[0] ?? []).flatMap((_, unit) => (table.every((row) => (row[unit] ?? null) !== null) ? [unit] : []));
  const rows = complete.map((unit) => table.map((row) => row[unit] ?? 0));
  const k = table.length;
  const n = rows.length;
  if (k < 2 || n < 2) return null;
  const all = meanOf(rows.flat()) ?? 0;
  const squares = (means: readonly (number | null)[]): number => sumOf(means.map((mean) => ((mean ?? 0) - all) ** 2));
  const total = squares(rows.flat());
  const between = k * squares(rows.map(meanOf));
  const byRater = n * squares(table.map((_, rater) => meanOf(rows.map((row) => row[rater] ?? 0))));
  const r = between / (n - 1);
  const c = byRater / (k - 1);
  const w = (total - between) / (n * (k - 1));
  const e = Math.max(0, (total - between - byRater) / ((n - 1) * (k - 1)));
  // Shares of the whole below this are rounding.
  const least = 1e-9 * total;
  if (Math.min(r, r + (c - e) / n, r + (k - 1) * e + (k * (c - e)) / n) <= least) return null;
  const single = {
    oneWay: (r - w) / (r + (k - 1) * w),
    random: (r - e) / (r + (k - 1) * e + (k * (c - e)) / n),
    fixed: (r - e) / (r + (k - 1) * e),
  };
  const interval = intervalOf({ r, c, e, k, n, icc: single.random });
  return {
    raters: k,
    units: n,
    meanSquares: { units: r, raters: c, within: w, residual: e },
    single,
    mean: { oneWay: (r - w) / r, random: (r - e) / (r + (c - e) / n), fixed: (r - e) / r },
    interval: { single: interval, mean: { low: spearmanBrown(interval.low, k), high: spearmanBrown(interval.high, k) } },
  };
}

interface Parts {
  readonly r: number;
  readonly c: number;
  readonly e: number;
  readonly k: number;
  readonly n: number;
  readonly icc: number;
}

function intervalOf({ r, c, e, k, n, icc: rho }: Parts): { readonly low: number; readonly high: number } {
  // Without any residual the interval closes on the value itself.
  if (e === 0 && c === 0) return { low: rho, high: rho };
  const a = (k * rho) / (n * (1 - rho));
  const b = 1 + (k * rho * (n - 1)) / (n * (1 - rho));
  const v = (a * c + b * e) ** 2 / ((a * c) ** 2 / (k - 1) + (b * e) ** 2 / ((n - 1) * (k - 1)));
  const lower = fQuantile(0.975, n - 1, v);
  const upper = fQuantile(0.975, v, n - 1);
  const rest = k * c + (k * n - k - n) * e;
  // The approximation can leave the range of a reliability; less than none says no more than none.
  const within = (value: number): number => Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0));
  return {
    low: within((n * (r - lower * e)) / (lower * rest + n * r)),
    high: within((n * (upper * r - e)) / (rest + n * upper * r)),
  };
}

/** Reliability of the mean of `raters` of whom one has the reliability `single`: kρ/(1 + (k − 1)ρ). Spearman 1910, Brown 1910. */
export function spearmanBrown(single: number, raters: number): number {
  return (raters * single) / (1 + (raters - 1) * single);
}
