import type { CandidateFolder } from "./document.ts";
import type { CandidateEvent } from "./model.ts";
import { byTime } from "./moment.ts";
import { oncePer } from "./once.ts";

/** Events in time, exact duplicates (as git's union merge may leave them) dropped. */
export function eventsOf({ events }: CandidateFolder): readonly CandidateEvent[] {
  return events === undefined ? [] : inTime(events.data);
}

/** Each list is put in order once: it never changes. */
const inTime = oncePer((events: readonly CandidateEvent[]): readonly CandidateEvent[] => {
  const seen = new Set<string>();
  return events
    .filter((event) => {
      const key = JSON.stringify(Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted((a, b) => byTime(a.at, b.at));
});

/** Whether a candidate said yes to an offer, and neither took that back nor withdrew since. */
export function hasAccepted(candidate: CandidateFolder): boolean {
  return eventsOf(candidate).findLast(({ what }) => what.startsWith("offer") || what === "withdrawn")?.what === "offer-accepted";
}
