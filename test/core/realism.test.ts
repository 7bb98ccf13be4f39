import { describe, expect, test } from "vitest";
import { funnelNeeds, payPercentile, poolOf } from "../../src/core/realism.ts";

const pay = { p10: 52_000, p25: 61_000, p50: 72_000, p75: 84_000, p90: 97_000 };

describe("where pay lies", () => {
  test("at a percentile that is known, and between two by their logarithms", () => {
    for (const [value, share] of [
      [52_000, 0.1],
      [72_000, 0.5],
      [97_000, 0.9],
      // z = .6745 + .6071 · ln(90/84)/ln(97/84) = .9656
      [90_000, 0.8329],
    ] as const)
      expect(payPercentile(value, pay)).toBeCloseTo(share, 4);
  });
  test("nobody knows below the lowest and above the highest, or with one figure alone", () => {
    expect(payPercentile(51_999, pay)).toBeNull();
    expect(payPercentile(97_001, pay)).toBeNull();
    expect(payPercentile(72_000, { p50: 72_000 })).toBeNull();
    expect(payPercentile(72_000, {})).toBeNull();
  });
});

test("who has all must-haves: bounds, and the product beside them", () => {
  expect(poolOf([0.5, 0.7])).toEqual({ least: expect.closeTo(0.2, 12), most: 0.5, independent: 0.35 });
  expect(poolOf([0.2, 0.3, 0.4])).toEqual({ least: 0, most: 0.2, independent: expect.closeTo(0.024, 12) });
  expect(poolOf([])).toBeNull();
});

test("a funnel: candidates on average and for a confidence, and weeks", () => {
  const funnel = [0.35, 0.4, 0.7].map((pass, index) => ({ stage: `s${index}`, pass }));
  const needs = funnelNeeds(funnel, 0.8, { qualified_per_week: 1.5, weeks_to_first_offer: 4 });
  expect(needs?.pass).toBeCloseTo(0.098, 12);
  expect(needs?.candidates).toBeCloseTo(10.2041, 4);
  // ln .2 / ln .902, and 4 + 1.6094 / (1.5 · .098)
  expect(needs?.candidatesFor).toBeCloseTo(15.6044, 3);
  expect(needs?.weeksFor).toBeCloseTo(14.9486, 3);
  expect(funnelNeeds(funnel, 0.8, {})?.weeksFor).toBeNull();
  expect(funnelNeeds([{ stage: "s", pass: 0 }], 0.8, {})).toBeNull();
  expect(funnelNeeds([{ stage: "s", pass: 1 }], 0.8, {})).toBeNull();
  expect(funnelNeeds([], 0.8, {})).toBeNull();
});
