import type { Action } from "./align.ts";
import { oneLine, type Role, roleTitle } from "./document.ts";
import type { CandidateEvent } from "./model.ts";
import { byTime } from "./moment.ts";
import { eventsOf } from "./events.ts";
import { isSample } from "./rubric.ts";

/** What one person should know of a role: what happened, what others said, what is theirs to do. */
export interface Briefing {
  readonly role: string;
  readonly title: string;
  readonly person: string;
  /** News by others, newest first. */
  readonly news: readonly { readonly at: string; readonly by: string; readonly summary: string; readonly reason: string | null }[];
  /** What happened to candidates, newest first; nothing of what scorecards say. */
  readonly candidates: readonly { readonly at: string; readonly text: string }[];
  readonly yours: readonly Action[];
}

const told: Partial<Record<CandidateEvent["what"], string>> = {
  presented: "presented",
  "profile-accepted": "to be met",
  "profile-declined": "declined as a profile",
  interviewed: "interviewed",
  debriefed: "debriefed",
  concern: "concern",
  offer: "has an offer",
  "offer-accepted": "accepted the offer",
  "offer-declined": "declined the offer",
  withdrawn: "withdrew",
  "on-hold": "on hold",
  resumed: "back in the search",
};

/** A briefing for everyone on a role's team, of what happened from `since` (RFC 3339) on; `next` as the report has it. */
export function briefingsOf(
  role: Role,
  since: string,
  next: readonly { readonly person: string; readonly actions: readonly Action[] }[],
): readonly Briefing[] {
  const team = role.intake?.data.team;
  if (team === undefined) return [];
  const recent = (at: string): boolean => byTime(at, since) >= 0;
  const newestFirst = <T extends { readonly at: string }>(a: T, b: T): number => byTime(b.at, a.at);
  const candidates = role.candidates
    .filter((candidate) => !isSample(candidate))
    .flatMap((candidate) => [
      ...eventsOf(candidate).flatMap(({ at, what, note, reason }) => {
        const words = told[what];
        const why = note ?? (what === "interviewed" ? undefined : reason);
        return words === undefined || !recent(at)
          ? []
          : [{ at, text: `${candidate.id}: ${words}${why === undefined ? "" : ` (${oneLine(why)})`}` }];
      }),
      // Why it was decided may tell what scorecards say; that is for the debrief.
      ...(candidate.decision === undefined || !recent(candidate.decision.data.decided_at)
        ? []
        : [
            {
              at: candidate.decision.data.decided_at,
              text: `${candidate.id}: decided, ${candidate.decision.data.decision}, by ${candidate.decision.data.by}`,
            },
          ]),
    ])
    .toSorted(newestFirst);
  const outcome = role.outcome?.data;
  const ended =
    outcome === undefined
      ? []
      : [
          {
            at: `${outcome.closed_on}T23:59:59Z`,
            by: outcome.closed_by ?? team.recruiter,
            summary: `the search ended: ${outcome.result}`,
            reason:
              [
                ...(outcome.thanks ?? []).map(({ from, to, for: what }) => `${from} to ${to}: ${oneLine(what)}`),
                ...(outcome.keep ?? []).map((text) => `keep: ${oneLine(text)}`),
                ...(outcome.change ?? []).map((text) => `change: ${oneLine(text)}`),
              ].join("; ") || null,
          },
        ];
  const news = [
    ...ended,
    ...role.updates.map(({ data }) => ({
      at: data.at,
      by: data.by,
      summary: oneLine(data.summary),
      reason: data.reason === undefined ? null : oneLine(data.reason),
    })),
  ]
    .filter(({ at }) => recent(at))
    .toSorted(newestFirst);
  const people = [...new Set([team.hiring_manager, team.recruiter, ...(team.panel ?? []), ...(team.informed ?? [])])];
  return people.map((person) => ({
    role: role.id,
    title: roleTitle(role),
    person,
    news: news.filter(({ by }) => by !== person),
    candidates,
    yours: next.find((entry) => entry.person === person)?.actions ?? [],
  }));
}
