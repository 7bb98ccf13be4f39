import type { CandidateFolder } from "../../../core/document.ts";
import { observe, type Observation } from "../../../core/finding.ts";
import type { CandidateEvent } from "../../../core/model.ts";
import { byTime } from "../../../core/moment.ts";
import { defineRule } from "../../rule.ts";

type What = CandidateEvent["what"];

/** What cannot come before something else has: an answer before its question. */
const after: Partial<Record<What, readonly What[]>> = {
  "profile-accepted": ["presented"],
  "profile-declined": ["presented"],
  debriefed: ["interviewed"],
  "offer-accepted": ["offer"],
  "offer-declined": ["offer"],
  resumed: ["on-hold"],
};

/** What does not happen with someone who withdrew, unless they came back. */
const ongoing: ReadonlySet<What> = new Set(["scheduled", "interviewed", "debriefed", "offer"]);
const back: ReadonlySet<What> = new Set(["resumed", "presented", "profile-accepted"]);

export const candidateEventOrder = defineRule({
  id: "candidate/event-order",
  severity: "error",
  summary: "Events come in an order in which they can have happened.",
  why: "Response times and funnels are counted from them; an impossible order is a wrong time or a wrong candidate.",
  wrong:
    '- { at: "2026-11-05T09:00:00+02:00", what: offer-accepted, by: riku }\n- { at: "2026-11-06T09:00:00+02:00", what: offer, by: riku }',
  right:
    '- { at: "2026-11-05T09:00:00+02:00", what: offer, by: riku }\n- { at: "2026-11-06T09:00:00+02:00", what: offer-accepted, by: riku }',
  limits:
    "The order of the lines is free: times count. An event that was never logged is no finding; one logged as later than its answer is.",
  needs: ["events.yaml"],
  check: (role) => role.candidates.flatMap(inOrder),
});

function inOrder({ events, decision }: CandidateFolder): readonly Observation[] {
  if (events === undefined) return [];
  const { data } = events;
  // An order needs two that are held to one.
  if (!data.some(({ what }) => what === "withdrawn" || after[what] !== undefined)) return [];
  return data.flatMap((event, index): readonly Observation[] => {
    const earlier = data.filter((other) => byTime(other.at, event.at) <= 0 && other !== event);
    const needed = after[event.what];
    const offered =
      event.what.startsWith("offer-") && decision?.data.decision === "offer" && byTime(decision.data.decided_at, event.at) <= 0;
    if (needed !== undefined && !offered && !earlier.some(({ what }) => needed.includes(what))) {
      // Without its question at all, it may not have been logged.
      const later = data.some(({ what }) => needed.includes(what));
      return later
        ? [observe(events.at(index, "at"), `${event.what} before ${needed.join(" or ")}`, "which of the two times is wrong?")]
        : [];
    }
    const gone = earlier
      .filter(({ what }) => what === "withdrawn")
      .toSorted((a, b) => byTime(a.at, b.at))
      .at(-1);
    const returned = gone !== undefined && earlier.some(({ what, at }) => back.has(what) && byTime(at, gone.at) >= 0);
    return gone !== undefined && !returned && ongoing.has(event.what) && byTime(event.at, gone.at) > 0
      ? [observe(events.at(index, "at"), `${event.what} after the candidate withdrew`, "log resumed first, if they came back")]
      : [];
  });
}
