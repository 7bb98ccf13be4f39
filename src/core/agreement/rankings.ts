import { sampleRankCorrelation } from "simple-statistics";
import { chiSquareAbove } from "./distributions.ts";
import { tie } from "./order.ts";
import { draws } from "./random.ts";
import { meanOf, sumOf } from "./table.ts";

/** How alike several people order the same things. */

/** Spearman's ρ of two scorings of the same units, ties by their mean rank; −1 to 1. Null with fewer than two units, or where either has all equal. */
export function spearmanRho(left: readonly number[], right: readonly number[]): number | null {
  if (left.length < 2 || new Set(left).size < 2 || new Set(right).size < 2) return null;
  return sampleRankCorrelation([...midRanks(left)], [...midRanks(right)]);
}

/** Ranks from 1, the smallest first; equal values share the mean of the ranks they take up. */
export function midRanks(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => {
    const first = sorted.findIndex((other) => Math.abs(other - value) <= tie);
    const last = sorted.findLastIndex((other) => Math.abs(other - value) <= tie);
    return (first + last) / 2 + 1;
  });
}

export interface Concordance {
  /** W with the correction for ties, 0 (no common order) to 1 (one order); and without it. */
  readonly w: number;
  readonly uncorrected: number;
  /** m(n − 1)W, on n − 1 degrees of freedom. */
  readonly chiSquare: number;
  /** Chance of a W at least as large among people who order at random. */
  readonly p: number;
  /** How p was found: over all orders, over drawn ones, or by χ² (from 8 units on). */
  readonly by: "all orders" | "drawn orders" | "chi-square";
}

/** Most units for which χ² is too rough, and p is found by permuting. */
const mostPermuted = 7;
const mostOrders = 5000;

/**
 * Kendall's W = 12S/(m²(n³ − n) − mΣ(t³ − t)) of m people's scorings of the same n units, S the squared deviations of
 * the units' rank sums, t the sizes of ties; 0 to 1. Null with fewer than two people or two units, or where nobody
 * orders anything. Kendall & Babington Smith 1939; Siegel & Castellan 1988 for ties. p by permutation up to 7 units.
 */
export function kendallW(scorings: readonly (readonly number[])[]): Concordance | null {
  const ranks = scorings.map(midRanks);
  const m = ranks.length;
  const n = ranks[0]?.length ?? 0;
  // By ranks: what differs by rounding alone is level there.
  const ties = sumOf(
    ranks.flatMap((row) => [...new Set(row)].map((rank) => row.filter((other) => other === rank).length).map((t) => t ** 3 - t)),
  );
  const most = m ** 2 * (n ** 3 - n);
  if (m < 2 || n < 2 || most - m * ties <= 0) return null;
  const squares = deviations(ranks);
  const w = (12 * squares) / (most - m * ties);
  const chiSquare = m * (n - 1) * w;
  const found = { w, uncorrected: (12 * squares) / most, chiSquare };
  if (n > mostPermuted) return { ...found, p: chiSquareAbove(chiSquare, n - 1), by: "chi-square" };
  return { ...found, ...permuted(ranks, squares) };
}

function deviations(ranks: readonly (readonly number[])[]): number {
  const sums = (ranks[0] ?? []).map((_, unit) => sumOf(ranks.map((row) => row[unit] ?? 0)));
  const mean = meanOf(sums) ?? 0;
  return sumOf(sums.map((sum) => (sum - mean) ** 2));
}

/** How often others' orders, drawn or all of them, are at least as alike; the first person's may stay as it is. */
function permuted(ranks: readonly (readonly number[])[], squares: number): Pick<Concordance, "p" | "by"> {
  const [first = [], ...others] = ranks;
  const orders = permutations(first.length);
  const reaches = (rows: readonly (readonly number[])[]): boolean => deviations([first, ...rows]) >= squares - tie;
  const apply = (row: readonly number[], order: readonly number[]): readonly number[] => order.map((unit) => row[unit] ?? 0);
  const count = orders.length ** others.length;
  if (count <= mostOrders) {
    let rows: readonly (readonly (readonly number[])[])[] = [[]];
    for (const row of others) rows = rows.flatMap((before) => orders.map((order) => [...before, apply(row, order)]));
    return { p: rows.filter(reaches).length / count, by: "all orders" };
  }
  const random = draws();
  let reached = 0;
  for (let draw = 0; draw < mostOrders; draw += 1)
    if (reaches(others.map((row) => apply(row, orders[random.below(orders.length)] ?? [])))) reached += 1;
  // The order that was seen is one of those that could be drawn.
  return { p: (reached + 1) / (mostOrders + 1), by: "drawn orders" };
}

function permutations(length: number): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]];
  for (let next = 0; next < length; next += 1)
    orders = orders.flatMap((order) => Array.from({ length: next + 1 }, (_, at) => order.toSpliced(at, 0, next)));
  return orders;
}
