import { groupBy } from "../group.ts";
import { type Rated, tie } from "./order.ts";
import { draws } from "./random.ts";

/** How sure an order is: would it stand under other weights, or with other interviewers? */

/** Who takes which place how often. */
export interface RankShares {
  /** By candidate, the share of cases (0 to 1) in which they take the first place, the second, …; level ones share places. */
  readonly shares: ReadonlyMap<string, readonly number[]>;
  /** Largest standard error of a share; 0 where every case was looked at. */
  readonly error: number;
  /** Cases looked at; null where all of them were, as lengths of a line. */
  readonly cases: number | null;
}

/** Draws where there are too many cases to look at each. */
const sampled = 10_000;
const mostCases = 10_000;

/**
 * Rank acceptability: the share of all weightings of `criteria` (Dirichlet(1): every one alike likely) under which each
 * candidate takes each place. Exact for up to two criteria, else by seeded draws, with the error of the largest. What a
 * candidate was not rated on is left out of their total. Null with fewer than two candidates. Lahdelma & Salminen 2001 (SMAA-2).
 */
export function acceptability(candidates: readonly [Rated, Rated, ...Rated[]], criteria: readonly string[]): RankShares;
export function acceptability(candidates: readonly Rated[], criteria: readonly string[]): RankShares | null;
export function acceptability(candidates: readonly Rated[], criteria: readonly string[]): RankShares | null {
  if (candidates.length < 2 || criteria.length === 0) return null;
  const tally = new Tally(candidates.map(({ candidate }) => candidate));
  const totals = (weights: readonly number[]): readonly (number | null)[] =>
    candidates.map(({ ratings }) => weightedTotal(criteria.map((id, index) => [ratings.get(id), weights[index] ?? 0])));
  if (criteria.length > 2) {
    const random = draws();
    for (let draw = 0; draw < sampled; draw += 1) tally.add(totals(random.weights(criteria.length)), 1 / sampled);
    return { ...tally.result(sampled), cases: sampled };
  }
  // Along the line of weightings the order changes only where two are level: each total is straight.
  const ends = [0, 1].map((first) => totals([first, 1 - first]));
  const at = (share: number): readonly (number | null)[] =>
    candidates.map((_, index) => {
      const [low = null, high = null] = ends.map((values) => values[index] ?? null);
      return low === null || high === null ? (low ?? high) : low + share * (high - low);
    });
  const level = candidates.flatMap((_, a) =>
    candidates.slice(a + 1).flatMap((__, offset) => {
      const b = a + 1 + offset;
      const [low = 0, high = 0] = [0, 1].map((share) => (at(share)[a] ?? 0) - (at(share)[b] ?? 0));
      const point = low / (low - high);
      return point > 0 && point < 1 ? [point] : [];
    }),
  );
  const points = [0, ...level.toSorted((a, b) => a - b), 1];
  for (const [index, from] of points.slice(0, -1).entries()) {
    const to = points[index + 1] ?? 1;
    if (to > from) tally.add(at((from + to) / 2), to - from);
  }
  return { ...tally.result(0), cases: null };
}

/** A rating that counts: of whom, on what, by whom, where. */
export interface CountedRating {
  readonly candidate: string;
  readonly criterion: string;
  readonly stage: string;
  readonly rater: string;
  readonly rating: number;
}

/**
 * The same under other interviewers: in each stage, as many as there were are drawn anew from those who rated there, and
 * may be drawn twice. Candidates whom the same people met in a stage meet the same drawn ones. Every case with its
 * probability while there are at most 10,000 (three interviewers: 10 of them), else as many seeded ones. `shares` by
 * criterion. Null with fewer than two candidates, or where no stage had two interviewers: nothing could come out otherwise.
 */
export function raterResamples(ratings: readonly CountedRating[], shares: ReadonlyMap<string, number>): RankShares | null {
  const panels = new Map<string, readonly string[]>();
  const candidates = [...groupBy(ratings, ({ candidate }) => candidate)].map(([candidate, own]) => {
    const cells = [...groupBy(own, ({ stage }) => stage)].flatMap(([stage, given]) => {
      const raters = [...new Set(given.map(({ rater }) => rater))].toSorted();
      const key = [stage, ...raters].join("\0");
      panels.set(key, raters);
      return given.map((rating) => ({ ...rating, key, rater: raters.indexOf(rating.rater), person: rating.rater }));
    });
    return { candidate, criteria: [...shares].map(([criterion, share]) => ({ share, cells: oneVoiceEach(cells, criterion) })) };
  });
  if (candidates.length < 2 || [...panels.values()].every((raters) => raters.length < 2)) return null;
  const tally = new Tally(candidates.map(({ candidate }) => candidate));
  const totals = (drawn: ReadonlyMap<string, readonly number[]>): readonly (number | null)[] =>
    candidates.map(({ criteria }) =>
      weightedTotal(
        criteria.map(({ share, cells }) => {
          let sum = 0;
          let times = 0;
          for (const { key, rater, rating, weight } of cells) {
            const drawnTimes = (drawn.get(key)?.[rater] ?? 0) * weight;
            sum += drawnTimes * rating;
            times += drawnTimes;
          }
          return [times === 0 ? undefined : sum / times, share];
        }),
      ),
    );
  const all = [...panels.values()].reduce((product, raters) => product * multisetCount(raters.length), 1);
  if (all <= mostCases) {
    const choices = [...panels].map(([key, raters]) => ({ key, cases: multisets(raters.length) }));
    const visit = (from: number, drawn: ReadonlyMap<string, readonly number[]>, chance: number): void => {
      const choice = choices[from];
      if (choice === undefined) tally.add(totals(drawn), chance);
      else for (const { times, chance: own } of choice.cases) visit(from + 1, new Map([...drawn, [choice.key, times]]), chance * own);
    };
    visit(0, new Map(), 1);
    return { ...tally.result(0), cases: all };
  }
  const random = draws();
  for (let draw = 0; draw < sampled; draw += 1) {
    const drawn = new Map<string, readonly number[]>();
    for (const [key, raters] of panels) {
      const times = raters.map(() => 0);
      for (const _ of raters) {
        const rater = random.below(raters.length);
        times[rater] = (times[rater] ?? 0) + 1;
      }
      drawn.set(key, times);
    }
    tally.add(totals(drawn), 1 / sampled);
  }
  return { ...tally.result(sampled), cases: sampled };
}

/** Ratings of one criterion, each weighing so that a person who met the candidate in several stages is one voice. */
function oneVoiceEach<T extends { readonly criterion: string; readonly person: string }>(
  cells: readonly T[],
  criterion: string,
): readonly (T & { readonly weight: number })[] {
  const own = cells.filter((cell) => cell.criterion === criterion);
  return own.map((cell) => ({ ...cell, weight: 1 / own.filter(({ person }) => person === cell.person).length }));
}

/** How many ways there are to draw `length` of as many: C(2n − 1, n). */
function multisetCount(length: number): number {
  let count = 1;
  for (let k = 1; k <= length; k += 1) count = (count * (length - 1 + k)) / k;
  return Math.round(count);
}

/** Ways to draw `length` of as many, with their chances: k!/Πm! of k^k. */
function multisets(length: number): readonly { readonly times: readonly number[]; readonly chance: number }[] {
  const found: number[][] = [];
  const extend = (times: readonly number[], left: number): void => {
    if (times.length === length - 1) found.push([...times, left]);
    else for (let next = left; next >= 0; next -= 1) extend([...times, next], left - next);
  };
  extend([], length);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return found.map((times) => ({
    times,
    chance: factorial(length) / times.reduce((product, count) => product * factorial(count), 1) / length ** length,
  }));
}

/** Σ w·r / Σ w over what was rated; null where nothing was. */
function weightedTotal(parts: readonly (readonly [number | undefined, number])[]): number | null {
  let sum = 0;
  let weight = 0;
  for (const [rating, share] of parts) {
    if (rating === undefined) continue;
    sum += share * rating;
    weight += share;
  }
  return weight > 0 ? sum / weight : null;
}

/** Adds up who took which place. */
class Tally {
  readonly #candidates: readonly string[];
  readonly #shares: readonly number[][];

  constructor(candidates: readonly string[]) {
    this.#candidates = candidates;
    this.#shares = candidates.map(() => candidates.map(() => 0));
  }

  /** One case; who has no total comes last. */
  add(totals: readonly (number | null)[], chance: number): void {
    // Those without a total are level with each other, behind all the rest.
    const values = totals.map((total) => total ?? -Infinity);
    const best = values.map((_, index) => index).toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
    const at = (place: number): number => values[best[place] ?? 0] ?? 0;
    // Best first, so that where those ahead end, and where those level do, only moves on.
    let before = 0;
    let end = 0;
    for (const index of best) {
      const value = values[index] ?? 0;
      while (before < best.length && at(before) > value + tie) before += 1;
      while (end < best.length && at(end) >= value - tie) end += 1;
      const own = this.#shares[index] ?? [];
      for (let place = before; place < end; place += 1) own[place] = (own[place] ?? 0) + chance / (end - before);
    }
  }

  result(cases: number): Pick<RankShares, "shares" | "error"> {
    const variance = this.#shares.flat().reduce((most, share) => Math.max(most, share * (1 - share)), 0);
    return {
      shares: new Map(this.#candidates.map((candidate, index) => [candidate, this.#shares[index] ?? []])),
      error: cases === 0 ? 0 : Math.sqrt(variance / cases),
    };
  }
}
