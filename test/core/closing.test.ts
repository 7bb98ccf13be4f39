import { expect, test } from "vitest";
import { reviewAfter } from "../../src/core/closing.ts";

test.each([
  ["90 days", 90],
  ["6 weeks", 42],
  ["6 months", 180],
  ["first quarter", 91],
  ["1 year", 365],
  ["three months", 90],
  ["90-day mark", 90],
  ["day 90", 90],
  ["100 business days", 140],
  ["Month 6", 180],
  ["week 12", 84],
  ["1.5 years", 548],
  ["half a year", 183],
  ["9000000000 years", 3650],
  ["Year two of the ledger", 730],
  ["summer", 180],
  [undefined, 180],
])("a look back at an outcome by '%s' is due after %i days", (by, days) => {
  expect(reviewAfter(by)).toBe(days);
});
