import type { CandidateFolder } from "./document.ts";
import type { CandidateEvent } from "./model.ts";
import { byTime } from "./moment.ts";

/** Events in time, exact duplicates (as git's union merge may leave them) dropped. */
export function eventsOf(candidate: CandidateFolder): readonly CandidateEvent[] {
  const seen = new Set<string>();
  return (candidate.events?.data ?? [])
    .filter((event) => {
      const key = JSON.stringify(Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted((a, b) => byTime(a.at, b.at));
}
