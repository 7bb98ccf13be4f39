import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crossings, kendallTauB, overtaking, type Rated } from "../../src/core/agreement/order.ts";
import { concordance, jaccardDistance, jensenShannon, totalVariation } from "../../src/core/agreement/weights.ts";

const weights = (...values: readonly number[]): ReadonlyMap<string, number> =>
  new Map(values.map((value, index) => [String.fromCharCode(112 + index), value]));
const rated = (candidate: string, ...values: readonly number[]): Rated => ({ candidate, ratings: weights(...values) });
const total = ({ ratings }: Rated, shares: ReadonlyMap<string, number>): number =>
  [...shares].reduce((sum, [id, share]) => sum + share * (ratings.get(id) ?? 0), 0);

/** Worked example: criteria drifted from the first weights to the second, over four candidates. */
const before = weights(0.3, 0.25, 0.2, 0.15, 0.1);
const after = weights(0.2, 0.3, 0.15, 0.15, 0.2);
const four = [rated("A", 5, 4, 3, 4, 2), rated("B", 3, 5, 4, 3, 4), rated("C", 4, 3, 5, 2, 3), rated("D", 2, 4, 3, 5, 5)];

describe("how far two sets of weights are apart", () => {
  test("the worked example, to four digits", () => {
    expect(totalVariation(before, after)).toBeCloseTo(0.15, 4);
    expect(jensenShannon(before, after)).toBeCloseTo(0.02374, 5);
    expect(concordance(before, after)).toBeCloseTo(0.8924, 4);
  });
  test("alike whatever the scale, nothing in common at the most, no answer without weight", () => {
    for (const distance of [totalVariation, jensenShannon]) {
      expect(distance(weights(60, 40), weights(6, 4))).toBeCloseTo(0, 12);
      expect(distance(new Map([["a", 1]]), new Map([["b", 3]]))).toBeCloseTo(1, 12);
      expect(distance(new Map(), weights(1))).toBeNull();
    }
    expect(concordance(weights(2, 1), weights(4, 2))).toBeCloseTo(1, 6);
    expect(concordance(new Map([["a", 1]]), new Map([["b", 1]]))).toBeCloseTo(0.5, 12);
  });
  test("required sets", () => {
    expect(jaccardDistance(new Set("ab"), new Set("bc"))).toBeCloseTo(2 / 3, 12);
    expect(jaccardDistance(new Set(), new Set())).toBe(0);
  });
});

describe("what weights do to the order", () => {
  test("the worked example: A B C D becomes B D A C, at a quarter of the move", () => {
    const order = (shares: ReadonlyMap<string, number>): string =>
      four
        .toSorted((a, b) => total(b, shares) - total(a, shares))
        .map(({ candidate }) => candidate)
        .join("");
    expect(order(before)).toBe("ABCD");
    expect(order(after)).toBe("BDAC");
    expect(
      kendallTauB(
        four.map((entry) => total(entry, before)),
        four.map((entry) => total(entry, after)),
      ),
    ).toBeCloseTo(0, 4);
    expect(overtaking(four, before, after)?.share).toBeCloseTo(0.25, 4);
    expect(overtaking(four, before, after)?.rival).toBe("B");
  });

  test("the worked crossings: three criteria, three candidates", () => {
    const three = [rated("A", 5, 3, 4), rated("B", 4, 5, 3), rated("C", 3, 4, 5)];
    const told = crossings(three, weights(0.5, 0.3, 0.2))?.map(
      ({ criterion, from, at, rival }) => `${criterion} ${at < from ? "down" : "up"} ${at.toFixed(4)} ${rival}`,
    );
    expect(told).toEqual(["p down 0.4444 B", "q up 0.3333 B", "r down 0.1111 B", "r up 0.4667 C"]);
  });

  test("τ-b with ties, and where there is nothing to say", () => {
    expect(kendallTauB([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(kendallTauB([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(kendallTauB([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6), 12);
    expect(kendallTauB([1, 1], [1, 2])).toBeNull();
    expect(kendallTauB([1], [2])).toBeNull();
  });

  test("level leaders are not overtaken, nor is one whom nobody passes", () => {
    expect(overtaking([rated("A", 3, 3), rated("B", 3, 3)], weights(0.5, 0.5), weights(0.9, 0.1))).toBeNull();
    expect(overtaking(four, before, before)).toBeNull();
    expect(crossings([rated("A", 3, 3), rated("B", 3, 3)], weights(0.5, 0.5))).toBeNull();
  });

  test("at a crossing both are level, and just past it the rival leads; before it nobody does", () => {
    const value = fc.integer({ min: 1, max: 5 });
    const candidate = fc.tuple(value, value, value, value);
    const share = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 2, maxLength: 5 }), fc.tuple(share, share, share, share), (rows, raw) => {
        const candidates = rows.map((row, index) => rated(`c${index}`, ...row));
        const sum = raw.reduce((a, b) => a + b, 0);
        const shares = weights(...raw.map((part) => part / sum));
        const moved = (criterion: string, at: number): ReadonlyMap<string, number> => {
          const own = shares.get(criterion) ?? 0;
          return new Map([...shares].map(([id, old]) => [id, id === criterion ? at : (old * (1 - at)) / (1 - own)]));
        };
        const leaders = (of: ReadonlyMap<string, number>): readonly string[] => {
          const best = Math.max(...candidates.map((entry) => total(entry, of)));
          return candidates.filter((entry) => total(entry, of) >= best - 1e-9).map((entry) => entry.candidate);
        };
        const leader = leaders(shares)[0] ?? "";
        for (const { criterion, from, at, rival } of crossings(candidates, shares) ?? []) {
          const step = Math.sign(at - from);
          expect(leaders(moved(criterion, at))).toEqual(expect.arrayContaining([leader, rival]));
          expect(leaders(moved(criterion, at - (step * Math.abs(at - from)) / 1000))).toEqual([leader]);
          const past = at + step * Math.min(1e-6, at / 2, (1 - at) / 2);
          expect(total(candidates.find((entry) => entry.candidate === rival) ?? rated(""), moved(criterion, past))).toBeGreaterThan(
            total(candidates.find((entry) => entry.candidate === leader) ?? rated(""), moved(criterion, past)),
          );
        }
      }),
    );
  });
});
