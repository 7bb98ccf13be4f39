import type { Role, Workspace } from "./document.ts";
import { addDays, dayNumber } from "./moment.ts";
import type { Calendar } from "./model.ts";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const usualWorkdays: readonly string[] = weekdays.slice(0, 5);
const usualUpdate = "3 business days";

/** Hours of a working day, where a promise counts in hours. */
const hoursADay = 8;

/** The date by which a candidate is to hear of what happens at `now` (RFC 3339), as promised; public holidays count as workdays. */
export function candidateUpdateDue(role: Role, { hire }: Workspace, now: string): string {
  const promise = role.intake?.data.expectations?.["candidate-update"] ?? hire?.data.expectations?.["candidate-update"] ?? usualUpdate;
  return promisedDate(promise, now.slice(0, 10), hire?.data.calendar);
}

/** "2 business days" from a date; business days are the calendar's workdays. Hours that do not end a day end on its date. */
export function promisedDate(promise: string, from: string, calendar?: Pick<Calendar, "workdays">): string {
  const [, amount = "0", unit = "day"] = /^(\d+) (business hour|business day|hour|day|week)s?$/u.exec(promise) ?? [];
  const count = Number(amount);
  if (unit === "hour") return addDays(from, Math.floor(count / 24));
  if (unit === "day") return addDays(from, count);
  if (unit === "week") return addDays(from, 7 * count);
  return addWorkdays(from, unit === "business hour" ? Math.floor(count / hoursADay) : count, calendar?.workdays ?? usualWorkdays);
}

function addWorkdays(from: string, count: number, workdays: readonly string[]): string {
  if (workdays.length === 0) return addDays(from, count);
  let date = from;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    // 1 January 1970 was a Thursday.
    if (workdays.includes(weekdays[(dayNumber(date) + 3) % 7] ?? "")) left -= 1;
  }
  return date;
}
