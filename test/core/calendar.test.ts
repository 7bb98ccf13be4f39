import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { calendarFaults, isHolidayPlace, isTimezone } from "../../src/core/calendar.ts";

const told = (calendar: object, ...people: readonly object[]): readonly unknown[] =>
  calendarFaults({ calendar, people: people.map((person) => ({ id: "dana", name: "Dana", ...person })) }).map(({ path, message, hint }) => [
    path.join("."),
    message,
    hint,
  ]);

test("what keeps business time from being counted is told at its place, with the way on", () => {
  expect(told({ timezone: "Europe/Helsinki", holidays: "FI", workdays: ["sun"], hours: { from: "09:00", to: "09:01" } }, {})).toEqual([]);
  expect(
    told(
      { timezone: "Europe/Helsinky", holidays: "ATLANTIS", workdays: [], hours: { from: "22:00", to: "06:00" } },
      {},
      { timezone: "the moon", holidays: "GB-EN" },
    ),
  ).toEqual([
    ["calendar.timezone", "'Europe/Helsinky' is no time zone", "did you mean 'Europe/Helsinki'?"],
    ["calendar.holidays", "nobody knows the holidays of 'ATLANTIS'", "a country's code such as FI, or a region's such as GB-ENG"],
    ["calendar.hours", "by these hours nobody ever works", "of one day, the earlier first: from 09:00 to 17:00"],
    ["calendar.workdays", "without a workday nobody ever works", "such as [mon, tue, wed, thu, fri]"],
    ["people.1.timezone", "'the moon' is no time zone", "a name such as Europe/Helsinki"],
    ["people.1.holidays", "nobody knows the holidays of 'GB-EN'", "did you mean 'GB-ENG'?"],
  ]);
});

const zones = ["UTC", "utc", "GMT", "EST", "Europe/Helsinki", "europe/helsinki", "Europe/Kyiv", "Europe/Kiev", "Asia/Kolkata", "Etc/GMT+5"];
const others = ["+02:00", "-0330", "+14", "+24:00", "+02:00:00", "02:00", "Z", "", " ", "UTC UTC", "Europe/Helsinki Europe/Kyiv", "Europe"];

test.each(zones)("%j is a time zone", (name) => expect(isTimezone(name)).toBe(true));

test.each([...zones, ...others])("%j is a time zone where time can be told by it", (name) => {
  const tell = (): unknown => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  if (isTimezone(name)) expect(tell).not.toThrow();
  else expect(tell).toThrow(RangeError);
});

test.each([
  ["FI", true],
  ["fi", true],
  ["gb-eng", true],
  ["US-CA", true],
  ["XX", false],
  ["FI-", false],
  ["FI-NOWHERE", false],
  ["FI FI", false],
  ["Finland", false],
  ["", false],
])("the holidays of %j: %s", (place, known) => expect(isHolidayPlace(place)).toBe(known));
