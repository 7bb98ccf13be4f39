import { reviewedOutcome } from "./closing.ts";
import { oneLine, type Role, roleTitle } from "./document.ts";
import { mapTexts } from "./free-text.ts";
import { freeId } from "./id.ts";
import type { Intake, SearchFigures, SearchOutcome } from "./model.ts";
import { addDays } from "./moment.ts";
import { Nameless } from "./nameless.ts";

/** What a search left for the next one. */
export interface Lessons {
  readonly role: string;
  readonly title: string;
  readonly result: SearchOutcome["result"] | null;
  readonly closedOn: string | null;
  readonly keep: readonly string[];
  readonly change: readonly string[];
  readonly figures: SearchFigures | null;
  /** Outcomes for which someone looked back, and whether the brief was right about them. */
  readonly reviews: readonly { readonly outcome: string; readonly right: boolean; readonly note: string | null }[];
}

export function lessonsOf(role: Role): Lessons {
  const outcome = role.outcome?.data;
  return {
    role: role.id,
    title: roleTitle(role),
    result: outcome?.result ?? null,
    closedOn: outcome?.closed_on ?? null,
    keep: (outcome?.keep ?? []).map(oneLine),
    change: (outcome?.change ?? []).map(oneLine),
    figures: outcome?.figures ?? null,
    reviews: (outcome?.reviews ?? []).flatMap((review) =>
      review.brief_was_right === undefined
        ? []
        : [
            {
              outcome: reviewedOutcome(role, review),
              right: review.brief_was_right,
              note: review.note === undefined ? null : oneLine(review.note),
            },
          ],
    ),
  };
}

/** A search that ended, as its people would want it remembered. */
export interface Win {
  readonly role: string;
  readonly title: string;
  readonly result: SearchOutcome["result"];
  readonly closedOn: string;
  readonly hired: number;
  readonly people: readonly string[];
  readonly with: readonly string[];
  readonly thanks: readonly { readonly from: string; readonly to: string; readonly for: string }[];
  readonly lessons: Lessons;
}

/** A role's win; undefined where its search has no outcome. Whom it hired is counted, not named: the wall is shown around. */
export function winOf(role: Role): Win | undefined {
  const outcome = role.outcome?.data;
  if (outcome === undefined) return undefined;
  const team = role.intake?.data.team;
  const nameless = new Nameless(role.candidates.map(({ id }) => id));
  const people = team === undefined ? [] : [...new Set([team.hiring_manager, team.recruiter])];
  return {
    role: role.id,
    title: roleTitle(role),
    result: outcome.result,
    closedOn: outcome.closed_on,
    hired: outcome.result === "hired" ? Math.max(1, (outcome.hires ?? []).length) : 0,
    people,
    with: (team?.panel ?? []).filter((person) => !people.includes(person)),
    thanks: (outcome.thanks ?? []).map(({ from, to, for: what }) => ({ from, to, for: nameless.of(oneLine(what)) })),
    lessons: mapTexts(lessonsOf(role), (text) => (text === role.id ? text : nameless.of(text))),
  };
}

/** Days in which whoever owns a lesson says what it means this time. */
const daysToSettle = 7;

/**
 * A brief that starts from another search's: what is looked for and why it is worth having, without what was true of that
 * time only (why, budget approval, start, assumptions). What was to change, and where the brief was wrong, becomes an
 * assumption that someone owns.
 */
export function briefLike(role: Role, intake: Intake, today: string, raisedBy: string): Intake {
  const { compensation, ...brief } = intake;
  const { why: _why, before: _before, start_by: _start, assumptions: _old, opened: _opened, like: _like, ...kept } = brief;
  const pay =
    compensation === undefined ? undefined : Object.fromEntries(Object.entries(compensation).filter(([key]) => key !== "approved_by"));
  const { change, reviews } = lessonsOf(role);
  const open = [
    ...[...new Set(change)].map((text) => ({
      about: text,
      statement: `Last time you wanted to change this: ${text.replace(/[.!]$/u, "")}. What do you do now?`,
      owner: intake.team.recruiter,
    })),
    ...reviews
      .filter(({ right }) => !right)
      .map(({ outcome, note }) => ({
        about: outcome,
        statement: `Last time the brief was wrong about ${outcome}${note === null ? "" : ` (${note})`}. What is true now?`,
        owner: intake.team.hiring_manager,
      })),
  ];
  const ids: string[] = [];
  const assumptions = open.map(({ about, statement, owner }) => {
    const id = freeId(about, ids);
    ids.push(id);
    return { id, statement, raised_by: raisedBy, owner, due: addDays(today, daysToSettle), status: "open" as const };
  });
  return {
    ...kept,
    version: 1,
    status: "open",
    opened: today,
    like: role.id,
    // When to start was of that time.
    ...(kept.flexes === undefined ? {} : { flexes: kept.flexes.filter((flex) => flex !== "start_by") }),
    ...(pay === undefined ? {} : { compensation: pay as unknown as NonNullable<Intake["compensation"]> }),
    ...(assumptions.length === 0 ? {} : { assumptions }),
  };
}
