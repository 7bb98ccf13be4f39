import type { CandidateFolder, Role } from "./document.ts";
import { eventsOf } from "./events.ts";
import type { CandidateEvent } from "./model.ts";
import { byTime } from "./moment.ts";
import { handedIn, isInPlay } from "./rubric.ts";

/** Where one candidate stands. */
export interface PipelineEntry {
  readonly candidate: string;
  readonly calibration: boolean;
  readonly state: "new" | CandidateEvent["what"] | "offered" | "rejected" | "held";
  /** When that happened; null where nothing has. */
  readonly since: string | null;
  /** Whether the candidate has heard from us since the last thing they would want to know. */
  readonly told: boolean;
  readonly scorecards: number;
  /** Whether a decision is the last thing that happened. */
  readonly decided: boolean;
}

/** What answers a presented profile: a word, or that the candidate was met. */
export const answersProfile: ReadonlySet<string> = new Set(["profile-accepted", "profile-declined", "scheduled", "interviewed"]);

/** Whether a profile waits for a yes or no; whoever was scored already got it. */
export function isUnanswered(candidate: CandidateFolder): boolean {
  const events = eventsOf(candidate);
  const presented = events.findLastIndex(({ what }) => what === "presented");
  return presented !== -1 && handedIn(candidate).length === 0 && !events.slice(presented).some(({ what }) => answersProfile.has(what));
}

/** The word on a presented profile: the last one stands, and whoever was scored had a yes; undefined where there is none yet. */
export function profileAnswer(candidate: CandidateFolder): "accepted" | "declined" | undefined {
  const answer = eventsOf(candidate).findLast(({ what }) => answersProfile.has(what))?.what;
  if (answer === undefined) return handedIn(candidate).length > 0 ? "accepted" : undefined;
  return answer === "profile-declined" ? "declined" : "accepted";
}

/** Notes that change nothing about where a candidate stands. */
const asides: ReadonlySet<string> = new Set(["told", "concern"]);
/** What a candidate waits to hear about. */
const worthTelling: ReadonlySet<string> = new Set(["profile-declined", "interviewed", "on-hold"]);

/** Whether an event is something the candidate would want to hear about. */
export function isNews(what: CandidateEvent["what"]): boolean {
  return worthTelling.has(what);
}

/** Whether a search closed without a word on this candidate: still in it, and not hired. */
export function isLeftOpen({ outcome }: Role, candidate: CandidateFolder): boolean {
  return outcome !== undefined && isInPlay(candidate) && !(outcome.data.hires ?? []).includes(candidate.id);
}

/** Where each candidate of a role stands, samples included. */
export function pipelineOf(role: Role): readonly PipelineEntry[] {
  return role.candidates.map((candidate) => {
    const events = eventsOf(candidate);
    const last = events.findLast(({ what }) => !asides.has(what));
    const decision = candidate.decision?.data;
    const decided =
      decision === undefined ? undefined : ({ offer: "offered", reject: "rejected", hold: "held" } as const)[decision.decision];
    const afterDecision = decision === undefined || (last !== undefined && byTime(last.at, decision.decided_at) > 0);
    const news = [
      ...events.filter(({ what }) => worthTelling.has(what)).map(({ at }) => at),
      ...(decision === undefined || decision.decision === "hold" ? [] : [decision.decided_at]),
    ]
      .toSorted(byTime)
      .at(-1);
    const told = events.findLast(({ what }) => what === "told" || what === "offer")?.at;
    // That it is over they are to hear on the day it ended, or later.
    const unaware = isLeftOpen(role, candidate) && (told ?? "") < (role.outcome?.data.closed_on ?? "");
    return {
      candidate: candidate.id,
      calibration: candidate.candidate?.data.calibration === true,
      state: afterDecision ? (last?.what ?? decided ?? "new") : (decided ?? "new"),
      since: afterDecision ? (last?.at ?? decision?.decided_at ?? null) : (decision?.decided_at ?? null),
      // Whoever said yes knows how it ended.
      told:
        (role.outcome?.data.hires ?? []).includes(candidate.id) ||
        (!unaware && (news === undefined || (told !== undefined && byTime(told, news) >= 0))),
      scorecards: handedIn(candidate).length,
      decided: decision !== undefined && !afterDecision,
    };
  });
}
