import type { BusinessCalendar, Stretch } from "../core/business-time.ts";
import { calendarFaults } from "../core/calendar.ts";
import type { Role, Workspace } from "../core/document.ts";
import { visible } from "../core/escape.ts";
import { instant } from "../core/moment.ts";
import { type Promised, promisesOf } from "../core/promises.ts";
import { Refusal } from "../core/refusal.ts";
import { rolePath } from "../workspace/layout.ts";
import { type Hiring, loadReader } from "./session.ts";

const usual = { timezone: "UTC", workdays: ["mon", "tue", "wed", "thu", "fri"], hours: { from: "09:00", to: "17:00" } } as const;

/** Each person's business time: theirs where hire.yaml says so, else the organisation's. */
export async function calendarsOf({ hire }: Workspace): Promise<(person: string) => BusinessCalendar> {
  const [fault] = hire === undefined ? [] : calendarFaults(hire.data);
  if (fault !== undefined) throw new Refusal(`hire.yaml: ${visible(fault.message)}`, { hint: fault.hint });
  const own = hire?.data.calendar;
  const people = hire?.data.people ?? [];
  const places = new Set([own?.holidays, ...people.map(({ holidays }) => holidays)].flatMap((place) => place ?? []));
  const holidays = new Map<string, (date: string) => boolean>();
  if (places.size > 0) {
    const { holidaysOf } = await import("../core/holidays.ts");
    for (const place of places) holidays.set(place, holidaysOf(place));
  }
  const calendarFor = (timezone = own?.timezone ?? usual.timezone, place = own?.holidays): BusinessCalendar => ({
    timezone,
    workdays: own?.workdays ?? usual.workdays,
    ...(own?.hours ?? usual.hours),
    isHoliday: (place === undefined ? undefined : holidays.get(place)) ?? (() => false),
  });
  const known = new Map(people.map((person) => [person.id, calendarFor(person.timezone, person.holidays)]));
  return (person) => known.get(person) ?? calendarFor();
}

/** Every promise of these roles, as of `now`, in the business time of `calendarsOf`. */
export async function promisesIn(
  hiring: Hiring,
  roles: readonly Role[],
  now: string,
  calendarOf: (person: string) => BusinessCalendar,
): Promise<readonly Promised[]> {
  const holds = await holdsOf(hiring, now);
  const expectations = hiring.workspace.hire?.data.expectations ?? {};
  return roles.flatMap((role) => promisesOf(role, { now, expectations, calendarOf, holds: holds.get(role.id) ?? [] }));
}

/** When each role's search was on hold, as the history of its brief has it; until now where it still is. */
export async function holdsOf({ repository, folder, workspace }: Hiring, now: string): Promise<ReadonlyMap<string, readonly Stretch[]>> {
  const held = new Map<string, Stretch[]>();
  const begun = new Map<string, number>();
  const say = (role: string, at: number, status: string | undefined): void => {
    const from = begun.get(role);
    if (status === "on-hold") {
      if (from === undefined) begun.set(role, at);
    } else if (from !== undefined) {
      held.set(role, [...(held.get(role) ?? []), { from, to: at }]);
      begun.delete(role);
    }
  };
  const versions: { readonly role: string; readonly at: number; readonly blob: string | null }[] = [];
  const top = folder === "" ? "" : `${folder}/`;
  const roles = new Map(workspace.roles.map(({ id }) => [`${top}${rolePath(id, "intake.yaml")}`, id]));
  if (repository !== undefined && (await repository.head()) !== undefined && roles.size > 0) {
    // Names of folders are no patterns.
    await repository.walk([`${top.replaceAll(/[\\*?[\]]/gu, "\\$&")}roles/*/intake.yaml`], undefined, ({ at, files }) => {
      for (const { path, after } of files) {
        const role = roles.get(path);
        if (role !== undefined) versions.push({ role, at: instant(at), blob: after });
      }
    });
    const blobs = await repository.blobs([...new Set(versions.flatMap(({ blob }) => blob ?? []))]);
    const { loadDocument } = await loadReader();
    const statusOf = (role: string, blob: string | null): string | undefined => {
      const bytes = blob === null ? undefined : blobs.get(blob);
      return bytes === undefined ? undefined : loadDocument(rolePath(role, "intake.yaml"), "intake", bytes)?.data.status;
    };
    for (const { role, at, blob } of versions.toReversed()) say(role, at, statusOf(role, blob));
  }
  // What lies on disk and is not committed yet holds from now on.
  for (const { id, intake } of workspace.roles) {
    say(id, instant(now), intake?.data.status);
    const from = begun.get(id);
    if (from !== undefined) held.set(id, [...(held.get(id) ?? []), { from, to: Math.max(from, instant(now)) }]);
  }
  return held;
}
