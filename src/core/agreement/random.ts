import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { sumOf } from "./table.ts";

/** One sequence for everyone: two people who ask the same of the same files are told the same figures. */
const seed = 20_261_102;

export interface Draws {
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  /** Weights that sum to 1, all such vectors alike likely: Dirichlet(1), by normed exponentials. */
  weights(length: number): readonly number[];
}

/** Seeded draws, the same in every run. */
export function draws(): Draws {
  const generator = xoroshiro128plus(seed);
  return {
    below: (limit) => uniformInt(generator, 0, limit - 1),
    weights(length) {
      const parts = Array.from({ length }, () => -Math.log(1 - uniformFloat64(generator)));
      const sum = sumOf(parts);
      return parts.map((part) => part / sum);
    },
  };
}
