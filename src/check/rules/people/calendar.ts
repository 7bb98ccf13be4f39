import { calendarFaults } from "../../../core/calendar.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const peopleCalendar = defineRule({
  id: "people/calendar",
  severity: "error",
  summary: "Business time can be counted for everyone, by the calendar and the place that hire.yaml gives them.",
  why: "One time zone that is none, and hire due tells nobody any more what they promised.",
  wrong: "calendar: { timezone: Europe/Helsinky, holidays: SF }",
  right: "calendar: { timezone: Europe/Helsinki, holidays: FI }",
  limits: "Whether someone lives by this calendar, people know.",
  checkShared: ({ workspace: { hire } }) =>
    hire === undefined ? [] : calendarFaults(hire.data).map(({ path, message, hint }) => observe(hire.at(...path), message, hint)),
});
