import { expect, test } from "vitest";
import { addDays, byTime, dayNumber, daysBetween, instant, isDate, shortDate } from "../../src/core/moment.ts";

test("days are counted over months and leap years", () => {
  expect(dayNumber("1970-01-01")).toBe(0);
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(addDays("2026-12-30", 3)).toBe("2027-01-02");
  expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
});

test("times compare as moments, whatever their offset", () => {
  expect(byTime("2026-11-03T10:00:00+02:00", "2026-11-03T08:00:00Z")).toBe(0);
  expect(byTime("2026-11-03T10:00:00+02:00", "2026-11-03T10:00:00+01:00")).toBeLessThan(0);
  expect(instant("1970-01-01T00:00:01.5Z")).toBe(1500);
  expect(instant("yesterday")).toBeNaN();
});

test("dates are real days", () => {
  expect(isDate("2026-02-28")).toBe(true);
  expect(isDate("2026-02-30")).toBe(false);
  expect(shortDate("2026-11-03", "2026-12-01")).toBe("3 Nov");
  expect(shortDate("2025-11-03", "2026-12-01")).toBe("3 Nov 2025");
});
