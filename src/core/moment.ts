/** Times are RFC 3339 strings, dates YYYY-MM-DD strings; only the clock port knows now. */

/** Days since 1970-01-01 of a proleptic Gregorian date (Hinnant, "days_from_civil"). */
export function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date some days later (Hinnant, "civil_from_days"). */
export function addDays(date: string, days: number): string {
  const z = dayNumber(date) + days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The date some calendar months later; the last day of a month that has no such day. */
function addMonths(date: string, count: number): string {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
  const index = year * 12 + month - 1 + count;
  const first = `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
  const next = addDays(`${addDays(first, 31).slice(0, 8)}01`, -1);
  return addDays(first, Math.min(day, Number(next.slice(8))) - 1);
}

/** The date a period later: "6 months", "2 weeks", "1 year", "90 days". */
export function addPeriod(date: string, period: string): string {
  const [, count = "0", unit = "day"] = /^(\d+) (day|week|month|year)s?$/u.exec(period) ?? [];
  const number = Number(count);
  if (unit === "month" || unit === "year") return addMonths(date, unit === "year" ? number * 12 : number);
  return addDays(date, unit === "week" ? number * 7 : number);
}

export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Milliseconds since the epoch of an RFC 3339 time; NaN where it is none. */
export function instant(time: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/u.exec(time);
  if (match === null) return Number.NaN;
  const [, date = "", hours = "", minutes = "", seconds = "", fraction = "0", zone = "Z"] = match;
  const sign = zone.startsWith("-") ? -1 : 1;
  const offset = /^[Zz]$/u.test(zone) ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return ((dayNumber(date) * 24 + Number(hours)) * 60 + Number(minutes) - offset) * 60_000 + (Number(seconds) + Number(fraction)) * 1000;
}

/** Earlier first; equal moments in different offsets are equal. */
export function byTime(a: string, b: string): number {
  // Of one form and one offset, as most are, times read in their order.
  if (a.length === 25 && b.length === 25 && a.slice(19) === b.slice(19)) return a < b ? -1 : a > b ? 1 : 0;
  return instant(a) - instant(b);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "3 Nov" in the year of `today`, else "3 Nov 2025". */
export function shortDate(date: string, today = date): string {
  const [year = "", month = "1", day = "1"] = date.slice(0, 10).split("-");
  const text = `${Number(day)} ${months[Number(month) - 1] ?? month}`;
  return today.startsWith(year) ? text : `${text} ${year}`;
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && addDays(text, 0) === text;
}
