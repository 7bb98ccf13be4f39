import { createEvents } from "ics";
import { oneLine } from "../core/document.ts";
import { visible } from "../core/escape.ts";
import { instant } from "../core/moment.ts";
import type { Promised } from "../core/promises.ts";

/** How long an entry stands in a calendar: the last stretch before it is due. */
const minutes = 30;

/** Open promises for a calendar: an entry each, which ends when the promise is due, and keeps its place when it is read again. */
export function ics(promises: readonly Promised[], now: string): string {
  if (promises.length === 0) return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:hire\r\nEND:VCALENDAR\r\n";
  const { error, value } = createEvents(
    promises.map(({ role, candidate, title, kind, owner, what, since, due, command }) => ({
      uid: `${[role, candidate ?? title, kind, owner, instant(since)].join("-").replaceAll(/[^\w.-]+/gu, "-")}@hire`,
      title: entryText(`${owner}: ${candidate ?? title}, ${what}`),
      description: entryText(`${title}. ${command}`),
      start: instant(due) - minutes * 60_000,
      end: instant(due),
      startInputType: "utc" as const,
      endInputType: "utc" as const,
      startOutputType: "utc" as const,
      endOutputType: "utc" as const,
      lastModified: instant(now),
    })),
    { productId: "hire", calName: "hire" },
  );
  if (error !== null || value === null) throw error ?? new Error("no calendar was made");
  return value;
}

function entryText(text: string): string {
  return oneLine(visible(text));
}
