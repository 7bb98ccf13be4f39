import type { Hire } from "./model.ts";
import { suggest } from "./nearest.ts";
import { holidayPlaces, timezones } from "./places.js";

/** What keeps business time from being counted, and where hire.yaml says it. */
export interface CalendarFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

/** Everything in hire.yaml by which business time cannot be counted. */
export function calendarFaults({ calendar, people }: Pick<Hire, "calendar" | "people">): readonly CalendarFault[] {
  const { hours, workdays } = calendar ?? {};
  return [
    ...faultsOfPlace(["calendar"], calendar ?? {}),
    ...(hours !== undefined && hours.from >= hours.to
      ? [
          {
            path: ["calendar", "hours"],
            message: "by these hours nobody ever works",
            hint: "of one day, the earlier first: from 09:00 to 17:00",
          },
        ]
      : []),
    ...(workdays?.length === 0
      ? [{ path: ["calendar", "workdays"], message: "without a workday nobody ever works", hint: "such as [mon, tue, wed, thu, fri]" }]
      : []),
    ...people.flatMap((person, index) => faultsOfPlace(["people", index], person)),
  ];
}

function faultsOfPlace(
  path: readonly (string | number)[],
  { timezone, holidays }: { readonly timezone?: string; readonly holidays?: string },
): readonly CalendarFault[] {
  return [
    ...(timezone === undefined || isTimezone(timezone)
      ? []
      : [
          {
            path: [...path, "timezone"],
            message: `'${timezone}' is no time zone`,
            hint: suggest(timezone, timezones.split(" ")) ?? "a name such as Europe/Helsinki",
          },
        ]),
    ...(holidays === undefined || isHolidayPlace(holidays)
      ? []
      : [{ path: [...path, "holidays"], message: `nobody knows the holidays of '${holidays}'`, hint: hintOfPlace(holidays) }]),
  ];
}

/** Whether time can be told there: an IANA name in any letters, or an offset such as +02:00. */
export function isTimezone(name: string): boolean {
  // To ask Node takes longer than all the rest of a small check.
  if (holds(timezones, name) || /^[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?$/u.test(name)) return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether the holidays of a country or region ("FI", "GB-ENG") are known. */
export function isHolidayPlace(place: string): boolean {
  return holds(holidayPlaces, place.toUpperCase());
}

function hintOfPlace(place: string): string {
  const [country = ""] = place.toUpperCase().split("-");
  const regions = holidayPlaces.split(" ").filter((known) => known.startsWith(`${country}-`));
  const isRegion = place.includes("-") && isHolidayPlace(country);
  return (isRegion ? suggest(place, regions) : undefined) ?? "a country's code such as FI, or a region's such as GB-ENG";
}

function holds(list: string, word: string): boolean {
  return word !== "" && !word.includes(" ") && ` ${list} `.includes(` ${word} `);
}
