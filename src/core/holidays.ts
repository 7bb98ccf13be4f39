import Holidays from "date-holidays";

/** Whether a date is a public holiday of a country or region ("FI", "GB-ENG"), as date-holidays knows them. */
export type IsHoliday = (date: string) => boolean;

/** Of a place that `isHolidayPlace` knows. */
export function holidaysOf(place: string): IsHoliday {
  const [country = "", ...region] = place.toUpperCase().split("-");
  const holidays = new Holidays(country, region.join("-"));
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
