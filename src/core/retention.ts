import type { CandidateFolder, Role } from "./document.ts";
import { eventsOf } from "./events.ts";
import type { Retention } from "./model.ts";
import { addPeriod, byTime } from "./moment.ts";

/** How long one candidate's files are to be kept. */
export interface Keeping {
  readonly role: string;
  readonly candidate: string;
  /** What ended it for them, and on which day; null while it goes on. */
  readonly ended: { readonly how: "reject" | "hire"; readonly on: string } | null;
  /** The day from which they are to be erased; null where nothing says so, or a person has to. */
  readonly until: string | null;
  /** The first day on which they may be, and the last on which they may still be there, where limits are set. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /**
   * `due`: their time is up. `kept`: it is not. `open`: their candidacy goes on. `held`: a legal hold stands against it.
   * `person`: the floor is longer than the ceiling, so that a person decides. `unset`: no period is set for it.
   */
  readonly state: "due" | "kept" | "open" | "held" | "person" | "unset";
  readonly hold: string | null;
}

const rejecting: ReadonlySet<string> = new Set(["profile-declined", "offer-declined", "withdrawn"]);

/**
 * Until when a candidate's files are kept: the period of hire.yaml for how it ended, at least the floor and at most the
 * ceiling, counted from the decision (where there is none, from the event or the end of the search that ended it).
 * `today` is a date. Samples are nobody's data.
 */
export function keepingOf(role: Role, candidate: CandidateFolder, retention: Retention, today: string): Keeping {
  const ended = endOf(role, candidate);
  const hold = candidate.candidate?.data.legal_hold ?? null;
  const base = { role: role.id, candidate: candidate.id, ended, hold };
  const none = { until: null, notBefore: null, notAfter: null };
  if (ended === null) return { ...base, ...none, state: hold === null ? "open" : "held" };
  const after = (period: string | undefined): string | null => (period === undefined ? null : addPeriod(ended.on, period));
  const [own, notBefore, notAfter] = [after(retention[ended.how]), after(retention.floor), after(retention.ceiling)];
  if (hold !== null) return { ...base, until: null, notBefore, notAfter, state: "held" };
  // Dates of one form stand in the order of time.
  if (notBefore !== null && notAfter !== null && notBefore > notAfter)
    return { ...base, until: null, notBefore, notAfter, state: today > notAfter ? "person" : "kept" };
  const wanted = own ?? notAfter;
  if (wanted === null) return { ...base, until: null, notBefore, notAfter, state: "unset" };
  const atLeast = notBefore !== null && wanted < notBefore ? notBefore : wanted;
  const until = notAfter !== null && atLeast > notAfter ? notAfter : atLeast;
  return { ...base, until, notBefore, notAfter, state: today >= until ? "due" : "kept" };
}

/** What ended a candidacy: the decision, else the last event that did, else the end of the search. */
function endOf({ outcome }: Role, candidate: CandidateFolder): Keeping["ended"] {
  const decision = candidate.decision?.data;
  const last = eventsOf(candidate).findLast(({ what }) => rejecting.has(what) || what === "offer-accepted" || what === "resumed");
  const isHired = outcome?.data.hires?.includes(candidate.id) === true || last?.what === "offer-accepted";
  if (decision !== undefined && decision.decision !== "hold") {
    // An offer that was turned down ended on the day it was; one that stands has not ended.
    const turnedDown = last !== undefined && rejecting.has(last.what) && byTime(last.at, decision.decided_at) > 0;
    if (decision.decision === "reject") return { how: "reject", on: decision.decided_at.slice(0, 10) };
    if (isHired) return { how: "hire", on: decision.decided_at.slice(0, 10) };
    if (turnedDown) return { how: "reject", on: last.at.slice(0, 10) };
  }
  if (isHired && last !== undefined) return { how: "hire", on: last.at.slice(0, 10) };
  if (last !== undefined && rejecting.has(last.what)) return { how: "reject", on: last.at.slice(0, 10) };
  if (outcome !== undefined) return { how: isHired ? "hire" : "reject", on: outcome.data.closed_on };
  return null;
}
