import { expect, test } from "vitest";
import { promisedDate } from "../../src/core/promise.ts";

test("a promise counted in business days skips the days on which nobody works", () => {
  // 6 November 2026 is a Friday.
  expect(promisedDate("1 business day", "2026-11-06")).toBe("2026-11-09");
  expect(promisedDate("3 business days", "2026-11-05")).toBe("2026-11-10");
  expect(promisedDate("2 business days", "2026-11-07")).toBe("2026-11-10");
  expect(promisedDate("1 business day", "2026-11-06", { workdays: ["sun", "mon", "tue", "wed", "thu"] })).toBe("2026-11-08");
  expect(promisedDate("16 business hours", "2026-11-06")).toBe("2026-11-10");
});

test("other promises count every day", () => {
  expect(promisedDate("2 days", "2026-12-30")).toBe("2027-01-01");
  expect(promisedDate("1 week", "2026-11-06")).toBe("2026-11-13");
  expect(promisedDate("36 hours", "2026-11-06")).toBe("2026-11-07");
});
