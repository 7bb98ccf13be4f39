import { expect, test } from "vitest";
import { reviewAfter } from "../../src/core/closing.ts";

test.each([
  ["90 days", 90],
  ["6 weeks", 42],
  ["6 months", 180],
  ["first quarter", 91],
  ["1 year", 365],
  ["Year two of the ledger", 365],
  ["summer", 180],
  [undefined, 180],
])("a look back at an outcome by '%s' is due after %i days", (by, days) => {
  expect(reviewAfter(by)).toBe(days);
});
