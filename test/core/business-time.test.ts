import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addBusiness,
  businessBetween,
  businessWords,
  type BusinessCalendar,
  closeOf,
  dayLength,
  dueAt,
  timeAt,
} from "../../src/core/business-time.ts";
import { holidaysOf } from "../../src/core/holidays.ts";
import { instant } from "../../src/core/moment.ts";

const hour = 3_600_000;
const helsinki: BusinessCalendar = {
  timezone: "Europe/Helsinki",
  workdays: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  isHoliday: holidaysOf("FI") ?? (() => false),
};
const newYork: BusinessCalendar = { ...helsinki, timezone: "America/New_York", isHoliday: holidaysOf("US") ?? (() => false) };

const due = (promise: string, from: string, calendar = helsinki): string =>
  timeAt(dueAt(promise, instant(from), calendar) ?? 0, calendar.timezone);

describe("when a promise is due", () => {
  test("days are the calendar's hours: the same time of day, two workdays on", () => {
    expect(due("2 business days", "2026-11-03T15:40:00+02:00")).toBe("2026-11-05T15:40:00+02:00");
    expect(due("4 business hours", "2026-11-03T15:40:00+02:00")).toBe("2026-11-04T11:40:00+02:00");
  });
  test("what begins outside of the hours begins at the next opening", () => {
    // Friday evening, and Saturday: Monday is the first day.
    for (const from of ["2026-11-06T18:00:00+02:00", "2026-11-07T11:00:00+02:00"])
      expect(due("1 business day", from)).toBe("2026-11-09T17:00:00+02:00");
    expect(due("1 business day", "2026-11-09T07:30:00+02:00")).toBe("2026-11-09T17:00:00+02:00");
  });
  test("public holidays at the edge of a weekend", () => {
    // 1 and 6 January 2027 are a Friday and a Wednesday, both holidays in Finland; in New York only the first is one.
    expect(due("2 business days", "2026-12-31T12:00:00+02:00")).toBe("2027-01-05T12:00:00+02:00");
    expect(due("3 business days", "2026-12-31T12:00:00+02:00")).toBe("2027-01-07T12:00:00+02:00");
    expect(due("3 business days", "2026-12-31T12:00:00-05:00", newYork)).toBe("2027-01-06T12:00:00-05:00");
    // Good Friday and Easter Monday, 26 and 29 March 2027.
    expect(due("1 business day", "2027-03-25T16:00:00+02:00")).toBe("2027-03-30T16:00:00+03:00");
  });
  test("the clock goes forward and back: a workday is a workday", () => {
    // 25 October 2026: back an hour in the night to Sunday; 28 March 2027: forward.
    expect(due("1 business day", "2026-10-23T12:00:00+03:00")).toBe("2026-10-26T12:00:00+02:00");
    expect(due("2 days", "2026-10-24T12:00:00+03:00")).toBe("2026-10-26T12:00:00+02:00");
    expect(due("48 hours", "2026-10-24T12:00:00+03:00")).toBe("2026-10-26T11:00:00+02:00");
    expect(due("1 week", "2027-03-25T12:00:00+02:00")).toBe("2027-04-01T12:00:00+03:00");
  });
  test("hours that span the night of the change are as long as they are", () => {
    // Easter Sunday it is, too.
    const night = { ...helsinki, workdays: ["sun"], from: "01:00", to: "05:00", isHoliday: () => false };
    // 28 March 2027, 03:00 becomes 04:00: three hours from 01:00 to 05:00.
    expect(businessBetween(night, instant("2027-03-28T00:00:00+02:00"), instant("2027-03-28T12:00:00+03:00"))).toBe(3 * hour);
    expect(businessBetween(night, instant("2026-10-25T00:00:00+03:00"), instant("2026-10-25T12:00:00+02:00"))).toBe(5 * hour);
  });
  test("time on hold does not run", () => {
    const hold = { from: instant("2026-11-17T12:00:00+02:00"), to: instant("2026-11-24T12:00:00+02:00") };
    const at = (promise: string): string =>
      timeAt(dueAt(promise, instant("2026-11-13T15:00:00+02:00"), helsinki, [hold]) ?? 0, "Europe/Helsinki");
    // Friday 2 h, Monday 8 h, Tuesday 3 h until noon; a week on hold; Tuesday 3 h from noon.
    expect(at("2 business days")).toBe("2026-11-24T15:00:00+02:00");
    expect(at("5 days")).toBe("2026-11-25T15:00:00+02:00");
  });
  test("a day named by hand ends with its hours, a Sunday too", () => {
    expect(timeAt(closeOf("2026-11-08", helsinki), "Europe/Helsinki")).toBe("2026-11-08T17:00:00+02:00");
  });
  test("what is no promise, and a calendar that never opens, is no time", () => {
    expect(dueAt("soon", 0, helsinki)).toBeNull();
    expect(dueAt("1 business day", 0, { ...helsinki, workdays: [] })).toBeNull();
  });
});

describe("laws, across time zones, holidays and changes of the clock", () => {
  const moment = fc
    .integer({ min: instant("2026-09-01T00:00:00Z") / 60_000, max: instant("2027-05-01T00:00:00Z") / 60_000 })
    .map((minutes) => minutes * 60_000);
  const calendar = fc.constantFrom(
    helsinki,
    newYork,
    { ...newYork, timezone: "Australia/Lord_Howe" },
    { ...helsinki, from: "00:00", to: "23:59" },
  );
  const hold = fc.tuple(moment, fc.integer({ min: 1, max: 20 * 24 })).map(([from, hours]) => ({ from, to: from + hours * hour }));
  const holds = fc.array(hold, { maxLength: 3 });

  test("as much business time runs until it is due as was promised", () => {
    fc.assert(
      fc.property(calendar, moment, fc.integer({ min: 1, max: 100 }), holds, (own, from, hours, excluded) => {
        const end = addBusiness(own, from, hours * hour, excluded) ?? 0;
        expect(businessBetween(own, from, end, excluded)).toBe(hours * hour);
      }),
    );
  });
  test("stretches add up, never run backwards, and a hold never makes anything due earlier", () => {
    fc.assert(
      fc.property(calendar, fc.tuple(moment, moment, moment), holds, (own, moments, excluded) => {
        const [a = 0, b = 0, c = 0] = moments.toSorted((x, y) => x - y);
        expect(businessBetween(own, a, c, excluded)).toBe(businessBetween(own, a, b, excluded) + businessBetween(own, b, c, excluded));
        expect(businessBetween(own, c, a, excluded)).toBe(0);
        for (const promise of ["2 business days", "36 hours", "3 days", "1 week"])
          expect(dueAt(promise, a, own, excluded) ?? 0).toBeGreaterThanOrEqual(dueAt(promise, a, own) ?? 0);
      }),
    );
  });
});

test("lengths in words, in days of the calendar's own hours", () => {
  expect([20 * 60_000, 3 * hour, 8 * hour, 12 * hour, 16 * hour, 30 * hour].map((length) => businessWords(length, helsinki))).toEqual([
    "under an hour",
    "3 hours",
    "1 day",
    "1 day 4 hours",
    "2 days",
    "3 days",
  ]);
  expect(dayLength(helsinki)).toBe(8 * hour);
});

test("holidays of countries and regions", () => {
  expect(holidaysOf("GB-ENG")("2026-12-28")).toBe(true);
  expect(holidaysOf("fi")("2026-12-25")).toBe(true);
  expect([holidaysOf("GB-SCT")("2026-11-30"), holidaysOf("gb-eng")("2026-11-30")]).toEqual([true, false]);
});
