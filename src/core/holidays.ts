import Holidays from "date-holidays";

/** Whether a date is a public holiday of a country or region ("FI", "GB-ENG"), as date-holidays knows them. */
export type IsHoliday = (date: string) => boolean;

/** Undefined where nobody knows the holidays of this place. */
export function holidaysOf(place: string): IsHoliday | undefined {
  const [country = "", ...region] = place.split("-");
  const known = new Holidays();
  const states = known.getStates(country.toUpperCase(), "en") as Readonly<Record<string, string>> | undefined;
  const state = region.join("-");
  if (!Object.hasOwn(known.getCountries("en"), country.toUpperCase())) return undefined;
  if (state !== "" && (states === undefined || !Object.hasOwn(states, state.toUpperCase()))) return undefined;
  const holidays = new Holidays(country.toUpperCase(), state.toUpperCase());
  const years = new Map<number, ReadonlySet<string>>();
  return (date) => {
    const year = Number(date.slice(0, 4));
    let days = years.get(year);
    if (days === undefined) {
      days = new Set(holidays.getHolidays(year).flatMap((day) => (day.type === "public" ? [day.date.slice(0, 10)] : [])));
      years.set(year, days);
    }
    return days.has(date);
  };
}
