import { expect, test } from "vitest";
import { totalVariation } from "../../src/core/priorities.ts";

test("half the sum of differences of the normalised weights; absent is 0", () => {
  expect(
    totalVariation(
      new Map([
        ["a", 60],
        ["b", 40],
      ]),
      new Map([
        ["a", 6],
        ["b", 4],
      ]),
    ),
  ).toBeCloseTo(0, 12);
  expect(totalVariation(new Map([["a", 100]]), new Map([["b", 100]]))).toBe(1);
  expect(
    totalVariation(
      new Map(Object.entries({ a: 0.3, b: 0.25, c: 0.2, d: 0.15, e: 0.1 })),
      new Map(Object.entries({ a: 0.2, b: 0.3, c: 0.15, d: 0.15, e: 0.2 })),
    ),
  ).toBeCloseTo(0.15, 12);
});
