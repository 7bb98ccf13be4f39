/** What weights do to the order of candidates. Ratings are complete: a candidate lacks none. */

/** Values that differ by less are equal. */
export const tie = 1e-9;

/**
 * Kendall's τ-b of two scorings of the same units: (P − Q)/√((P + Q + T)(P + Q + U)) with ties only in the one (T) or
 * only in the other (U); −1 to 1. Null with fewer than two units, or where either has all equal. Kendall 1945.
 */
export function kendallTauB(left: readonly number[], right: readonly number[]): number | null {
  let agree = 0;
  let contradict = 0;
  let tiedLeft = 0;
  let tiedRight = 0;
  const sign = (difference: number): number => (Math.abs(difference) <= tie ? 0 : Math.sign(difference));
  for (let i = 0; i < left.length; i += 1) {
    for (let j = i + 1; j < left.length; j += 1) {
      const a = sign((left[i] ?? 0) - (left[j] ?? 0));
      const b = sign((right[i] ?? 0) - (right[j] ?? 0));
      if (a === 0 && b === 0) continue;
      if (a === 0) tiedLeft += 1;
      else if (b === 0) tiedRight += 1;
      else if (a === b) agree += 1;
      else contradict += 1;
    }
  }
  const product = (agree + contradict + tiedLeft) * (agree + contradict + tiedRight);
  return product === 0 ? null : (agree - contradict) / Math.sqrt(product);
}

/** A candidate's mean rating by criterion. */
export interface Rated {
  readonly candidate: string;
  readonly ratings: ReadonlyMap<string, number>;
}

/** Σ share · rating. Shares sum to 1. */
function totalOf({ ratings }: Rated, shares: ReadonlyMap<string, number>): number {
  return [...shares].reduce((total, [id, share]) => total + share * (ratings.get(id) ?? 0), 0);
}

/** Best first; equal totals keep the order they came in. */
function ranked(candidates: readonly Rated[], shares: ReadonlyMap<string, number>): readonly (Rated & { readonly total: number })[] {
  return candidates.map((candidate) => ({ ...candidate, total: totalOf(candidate, shares) })).toSorted((a, b) => b.total - a.total);
}

/**
 * λ*: the smallest share (0 to 1) of the move from `before` to `after` at which anyone overtakes the old leader: the
 * least of Δold/(Δold − Δnew) over the rivals who are ahead in the end (Δnew < 0), Δ the leader's total less the
 * rival's. Null where nobody overtakes, or where two lead to begin with. Shares sum to 1.
 */
export function overtaking(
  candidates: readonly Rated[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): { readonly share: number; readonly rival: string } | null {
  const [leader, ...rivals] = ranked(candidates, before);
  const second = rivals[0];
  if (leader === undefined || second === undefined || leader.total - second.total <= tie) return null;
  const end = totalOf(leader, after);
  return (
    rivals
      .flatMap((rival) => {
        const old = leader.total - rival.total;
        const now = end - totalOf(rival, after);
        return now < -tie ? [{ share: old / (old - now), rival: rival.candidate }] : [];
      })
      .toSorted((a, b) => a.share - b.share)[0] ?? null
  );
}

/** A weight at which the leader changes. */
export interface Crossing {
  readonly criterion: string;
  readonly from: number;
  /** The share (0 to 1) at which the rival draws level; past it, the rival leads. */
  readonly at: number;
  readonly rival: string;
}

/**
 * How far each criterion's share must move, up or down, before another candidate leads; the other shares keep their
 * proportions. With D the lead without the criterion and d the lead on it alone, the level point is D/(D − d). Nearest
 * first each way; none where no share from 0 to 1 does it. Null where two lead to begin with.
 */
export function crossings(candidates: readonly Rated[], shares: ReadonlyMap<string, number>): readonly Crossing[] | null {
  const [leader, ...rivals] = ranked(candidates, shares);
  const second = rivals[0];
  if (leader === undefined || second === undefined || leader.total - second.total <= tie) return null;
  return [...shares].flatMap(([criterion, from]) => {
    if (from >= 1 - tie) return [];
    const without = ({ ratings, total }: Rated & { readonly total: number }): number =>
      (total - from * (ratings.get(criterion) ?? 0)) / (1 - from);
    const points = rivals.flatMap((rival): readonly Crossing[] => {
      const rest = without(leader) - without(rival);
      const alone = (leader.ratings.get(criterion) ?? 0) - (rival.ratings.get(criterion) ?? 0);
      const at = rest / (rest - alone);
      // Level at a share of exactly 0 or 1 is no lead to lose: past it there is no share.
      return Number.isFinite(at) && at > tie && at < 1 - tie ? [{ criterion, from, at, rival: rival.candidate }] : [];
    });
    const down = points.filter(({ at }) => at < from).toSorted((a, b) => b.at - a.at)[0];
    const up = points.filter(({ at }) => at > from).toSorted((a, b) => a.at - b.at)[0];
    return [...(down === undefined ? [] : [down]), ...(up === undefined ? [] : [up])];
  });
}
