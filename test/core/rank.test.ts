import { expect, test } from "vitest";
import { weightedMean } from "../../src/core/rank.ts";

const criteria = [
  { id: "a", weight: 3 },
  { id: "b", weight: 1 },
];

test("the total is the weighted mean over what was rated, with the share of weight that was", () => {
  expect(
    weightedMean(criteria, [
      { criterion: "a", mean: 4, raters: 1 },
      { criterion: "b", mean: 2, raters: 1 },
    ]),
  ).toEqual({ mean: 3.5, rated: 1 });
  expect(
    weightedMean(criteria, [
      { criterion: "a", mean: null, raters: 0 },
      { criterion: "b", mean: 2, raters: 1 },
    ]),
  ).toEqual({ mean: 2, rated: 0.25 });
  expect(weightedMean(criteria, [])).toEqual({ mean: null, rated: 0 });
});
