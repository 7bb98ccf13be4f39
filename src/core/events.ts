import type { CandidateFolder } from "./document.ts";
import type { CandidateEvent } from "./model.ts";
import { byTime } from "./moment.ts";

const told = new WeakMap<readonly CandidateEvent[], readonly CandidateEvent[]>();

/** Events in time, exact duplicates (as git's union merge may leave them) dropped. Each list is put in order once: it never changes. */
export function eventsOf(candidate: CandidateFolder): readonly CandidateEvent[] {
  const events = candidate.events?.data ?? [];
  const known = told.get(events);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const inTime = events
    .filter((event) => {
      const key = JSON.stringify(Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted((a, b) => byTime(a.at, b.at));
  told.set(events, inTime);
  return inTime;
}

/** Whether a candidate said yes to an offer, and neither took that back nor withdrew since. */
export function hasAccepted(candidate: CandidateFolder): boolean {
  return eventsOf(candidate).findLast(({ what }) => what.startsWith("offer") || what === "withdrawn")?.what === "offer-accepted";
}
