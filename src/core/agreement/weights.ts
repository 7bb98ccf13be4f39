/** How far two sets of weights are apart. Weights are non-negative numbers by id; absent is 0; scale plays no part. */
export type Weights = ReadonlyMap<string, number>;

/** Both sets as shares that sum to 1, over the ids of either; null where one has no positive weight. */
function pairsOf(left: Weights, right: Weights): readonly (readonly [number, number])[] | null {
  const sum = (weights: Weights): number => [...weights.values()].reduce((total, value) => total + value, 0);
  const a = sum(left);
  const b = sum(right);
  if (!(a > 0) || !(b > 0)) return null;
  return [...new Set([...left.keys(), ...right.keys()])].map((id) => [(left.get(id) ?? 0) / a, (right.get(id) ?? 0) / b]);
}

/** TV = ½ Σ|w − v| of the shares; 0 (alike) to 1 (nothing in common). Null where either has no weight. */
export function totalVariation(left: Weights, right: Weights): number | null {
  return pairsOf(left, right)?.reduce((total, [w, v]) => total + Math.abs(w - v) / 2, 0) ?? null;
}

/**
 * Jensen–Shannon divergence, log base 2: ½ Σ w log(w/m) + ½ Σ v log(v/m) with m = (w + v)/2; 0 to 1. Null where either
 * has no weight. Lin 1991, "Divergence measures based on the Shannon entropy".
 */
export function jensenShannon(left: Weights, right: Weights): number | null {
  const term = (p: number, m: number): number => (p === 0 ? 0 : p * Math.log2(p / m));
  return pairsOf(left, right)?.reduce((total, [w, v]) => total + (term(w, (w + v) / 2) + term(v, (w + v) / 2)) / 2, 0) ?? null;
}

/**
 * C = ½ + asin(cos(w, v))/π: the chance that both order a random pair of candidates alike, where their ratings are
 * independent and alike in spread; ½ (unrelated) to 1. Null where either has no weight.
 */
export function concordance(left: Weights, right: Weights): number | null {
  const pairs = pairsOf(left, right);
  if (pairs === null) return null;
  const dot = (of: (pair: readonly [number, number]) => number): number => pairs.reduce((total, pair) => total + of(pair), 0);
  const cosine = dot(([w, v]) => w * v) / Math.sqrt(dot(([w]) => w * w) * dot(([, v]) => v * v));
  return 0.5 + Math.asin(Math.min(1, cosine)) / Math.PI;
}

/** 1 − |A ∩ B| / |A ∪ B|: 0 (the same) to 1 (nothing in common); two empty sets are the same. */
export function jaccardDistance(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const union = new Set([...left, ...right]);
  return union.size === 0 ? 0 : 1 - [...left].filter((id) => right.has(id)).length / union.size;
}

/**
 * Weights from an order alone, the most important first: w_i = (1/n) Σ_{k=i..n} 1/k, which sum to 1. The centre of all
 * weightings that keep the order. Barron & Barrett 1996.
 */
export function rankOrderCentroid(length: number): readonly number[] {
  return Array.from({ length }, (_, from) => {
    let sum = 0;
    for (let k = from + 1; k <= length; k += 1) sum += 1 / k;
    return sum / length;
  });
}
