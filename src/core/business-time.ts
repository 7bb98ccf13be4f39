import { Temporal } from "temporal-polyfill";

/** When business time runs for someone. */
export interface BusinessCalendar {
  /** IANA name. */
  readonly timezone: string;
  readonly workdays: readonly string[];
  /** "09:00", local. */
  readonly from: string;
  readonly to: string;
  /** Whether a date (YYYY-MM-DD, local) is a public holiday. */
  isHoliday(date: string): boolean;
}

/** A stretch of time, in milliseconds since the epoch; the end is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const hour = 3_600_000;

/** Days looked at before giving up on a calendar that never opens. */
const mostDays = 40_000;

/** Business hours between two moments, in milliseconds; what is `excluded` (a search on hold) does not count. 0 where `to` is not after `from`. */
export function businessBetween(calendar: BusinessCalendar, from: number, to: number, excluded: readonly Stretch[] = []): number {
  let sum = 0;
  for (const open of openFrom(calendar, from, to))
    for (const stretch of without(clip(open, from, to), excluded)) sum += stretch.to - stretch.from;
  return sum;
}

/** The moment at which `amount` milliseconds of business time have run since `from`; null where the calendar hardly ever opens. */
export function addBusiness(calendar: BusinessCalendar, from: number, amount: number, excluded: readonly Stretch[] = []): number | null {
  let left = amount;
  for (const open of openFrom(calendar, from, Number.POSITIVE_INFINITY)) {
    for (const stretch of without(clip(open, from, Number.POSITIVE_INFINITY), excluded)) {
      const length = stretch.to - stretch.from;
      if (length >= left) return stretch.from + left;
      left -= length;
    }
  }
  return null;
}

/** Hours of one business day, in milliseconds. */
export function dayLength({ from, to }: BusinessCalendar): number {
  return Temporal.PlainTime.from(from).until(Temporal.PlainTime.from(to)).total({ unit: "millisecond" });
}

/**
 * When a promise such as "2 business days" or "4 hours" is due. Business days are as long as the calendar's hours, so that
 * two of them from Tuesday 15:40 end on Thursday 15:40; what begins outside of these begins at the next opening. Other units
 * run day and night. Time on hold does not run. Null for words that are no promise, and calendars that never open.
 */
export function dueAt(promise: string, from: number, calendar: BusinessCalendar, excluded: readonly Stretch[] = []): number | null {
  const [, amount = "", unit = ""] = /^(\d+) (business hour|business day|hour|day|week)s?$/u.exec(promise) ?? [];
  if (amount === "") return null;
  if (unit === "business hour") return addBusiness(calendar, from, Number(amount) * hour, excluded);
  if (unit === "business day") return addBusiness(calendar, from, Number(amount) * dayLength(calendar), excluded);
  // Calendar days are those of the place: one of 23 hours is a day.
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(calendar.timezone);
  const length = unit === "hour" ? { hours: Number(amount) } : unit === "day" ? { days: Number(amount) } : { weeks: Number(amount) };
  let due = start.add(length).epochMilliseconds;
  for (const hold of [...excluded].toSorted((a, b) => a.from - b.from))
    if (hold.from < due && hold.to > from) due += hold.to - Math.max(hold.from, from);
  return due;
}

/** The close of business on a date (YYYY-MM-DD), a workday or not: whoever named the day meant it. */
export function closeOf(date: string, { timezone, to }: Pick<BusinessCalendar, "timezone" | "to">): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(to) }).epochMilliseconds;
}

/** RFC 3339 with the offset that holds at the place then, whole minutes. */
export function timeAt(moment: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
}

/** Days that were looked at already, by calendar and epoch day: many promises ask for the same ones. */
const looked = new WeakMap<BusinessCalendar, Map<number, Stretch | null>>();

const millisecondsADay = 86_400_000;

/** The stretches in which business is open, from the day of `from` on, ascending. */
function* openFrom(calendar: BusinessCalendar, from: number, to: number): Generator<Stretch> {
  if (!(from < to)) return;
  const known = looked.get(calendar) ?? new Map<number, Stretch | null>();
  looked.set(calendar, known);
  // No place is a day away from UTC: one day earlier is never too late to begin.
  const first = Math.floor(from / millisecondsADay) - 1;
  for (let day = first; day < first + mostDays && day * millisecondsADay < to + millisecondsADay; day += 1) {
    let open = known.get(day);
    if (open === undefined) {
      open = openOn(calendar, day);
      known.set(day, open);
    }
    if (open !== null && open.to > from) {
      if (open.from >= to) return;
      yield open;
    }
  }
}

/** When business is open on a local date, by its number of days since 1970; null where it is not. */
function openOn(calendar: BusinessCalendar, day: number): Stretch | null {
  const date = Temporal.PlainDate.from({ year: 1970, month: 1, day: 1 }).add({ days: day });
  if (!calendar.workdays.includes(weekdays[date.dayOfWeek - 1] ?? "") || calendar.isHoliday(date.toString())) return null;
  const at = (time: string): number =>
    date.toZonedDateTime({ timeZone: calendar.timezone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  const stretch = { from: at(calendar.from), to: at(calendar.to) };
  return stretch.to > stretch.from ? stretch : null;
}

function clip({ from, to }: Stretch, earliest: number, latest: number): Stretch {
  return { from: Math.max(from, earliest), to: Math.min(to, latest) };
}

/** What is left of a stretch; nothing of an empty one. */
function without(stretch: Stretch, excluded: readonly Stretch[]): readonly Stretch[] {
  if (stretch.to <= stretch.from) return [];
  const holes = excluded.filter((hole) => hole.from < stretch.to && hole.to > stretch.from);
  if (holes.length === 0) return [stretch];
  let left: readonly Stretch[] = [stretch];
  for (const hole of holes)
    left = left.flatMap(({ from, to }) =>
      [
        { from, to: Math.min(to, hole.from) },
        { from: Math.max(from, hole.to), to },
      ].filter((part) => part.to > part.from),
    );
  return left.toSorted((a, b) => a.from - b.from);
}

/** "3 hours", "2 days", "1 day 4 hours": a length of business time in days of the calendar's own hours, for people. */
export function businessWords(length: number, calendar: BusinessCalendar): string {
  return lengthWords(length, dayLength(calendar));
}

/** The same of time by the clock, in days of 24 hours. */
export function clockWords(length: number): string {
  return lengthWords(length, 24 * hour);
}

function lengthWords(length: number, whole: number): string {
  const days = Math.floor(length / whole);
  const hours = Math.round((length - days * whole) / hour);
  const rest = `${hours} ${hours === 1 ? "hour" : "hours"}`;
  if (days === 0) return hours === 0 ? "under an hour" : rest;
  const words = `${days} ${days === 1 ? "day" : "days"}`;
  return days >= 3 || hours === 0 ? words : `${words} ${rest}`;
}
