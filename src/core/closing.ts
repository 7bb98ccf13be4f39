import type { Stretch } from "./business-time.ts";
import { type CandidateFolder, oneLine, type Role, roleTitle } from "./document.ts";
import { countReasons, type DriftEvent } from "./drift.ts";
import { eventsOf, hasAccepted } from "./events.ts";
import { mapTexts } from "./free-text.ts";
import { freeId } from "./id.ts";
import type { FunnelStep, Intake, Review, SearchFigures, SearchOutcome } from "./model.ts";
import { addDays, byTime, daysBetween, instant, isDate } from "./moment.ts";
import { Nameless } from "./nameless.ts";
import { pipelineOf } from "./pipeline.ts";
import { type Promised, recordOf } from "./promises.ts";
import { isSample, stagesFor } from "./rubric.ts";

/** The end of a search: who has not heard, what it took, what is to be looked back at, and what the next one takes from it. */

export interface Unheard {
  readonly candidate: string;
  /** What happened to them last; "new" where nothing did. */
  readonly state: string;
  /** When; null where nothing did. */
  readonly since: string | null;
}

/** Candidates who have not heard from us how it ends for them, those who wait longest first. */
export function unheardIn(role: Role): readonly Unheard[] {
  return pipelineOf(role)
    .filter(({ told, calibration }) => !told && !calibration)
    .map(({ candidate, state, since }) => ({ candidate, state, since }))
    .toSorted((a, b) => byTime(a.since ?? endOfTime, b.since ?? endOfTime));
}

const endOfTime = "9999-12-31T00:00:00Z";

/** Who accepted an offer, and has not taken that back. */
export function acceptedIn(role: Role): readonly string[] {
  return role.candidates.filter(hasAccepted).map(({ id }) => id);
}

const presented = "presented";
const offer = "offer";

/**
 * How candidates came through: presented, each stage of the rubric, the offer. A candidate reached a step by an event or a
 * scorecard of it, and went on from it by reaching a later one; a profile that was accepted went on, too. Samples are left out.
 */
export function funnelOf(role: Role, hires: readonly string[]): readonly FunnelStep[] {
  const candidates = role.candidates.filter((candidate) => !isSample(candidate));
  const stages = stagesFor(role, undefined).map(({ id }) => id);
  const steps = [presented, ...stages, offer];
  const reached = candidates.map((candidate) => {
    const own = stepsReached(candidate, stages);
    const hired = hires.includes(candidate.id);
    return {
      own: hired ? new Set([...own, offer]) : own,
      hired,
      accepted: eventsOf(candidate).some(({ what }) => what === "profile-accepted"),
    };
  });
  return steps.map((stage, index) => {
    const here = reached.filter(({ own }) => own.has(stage));
    const later = steps.slice(index + 1);
    return {
      stage,
      reached: here.length,
      went_on: here.filter(({ own, hired, accepted }) => hired || later.some((step) => own.has(step)) || (stage === presented && accepted))
        .length,
    };
  });
}

function stepsReached(candidate: CandidateFolder, stages: readonly string[]): ReadonlySet<string> {
  const [only, ...others] = stages;
  const steps = new Set<string>();
  for (const { what, stage = others.length === 0 ? only : undefined } of eventsOf(candidate)) {
    if (what === "presented") steps.add(presented);
    if (what === "interviewed" && stage !== undefined) steps.add(stage);
    if (what.startsWith("offer")) steps.add(offer);
  }
  for (const { data } of candidate.evaluations) steps.add(data.stage);
  if (candidate.decision?.data.decision === "offer") steps.add(offer);
  return steps;
}

export interface FiguresBasis {
  readonly result: SearchOutcome["result"];
  /** YYYY-MM-DD. */
  readonly closedOn: string;
  readonly hires: readonly string[];
  /** When the whole search was on hold; undefined where its history is not here. */
  readonly holds: readonly Stretch[] | undefined;
  readonly promises: readonly Promised[];
  /** Since the first agreement; undefined where there is none, or its history is not here. */
  readonly drift: readonly DriftEvent[] | undefined;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The search in figures. Time to fill is from opening to the last hire's acceptance, without what it was on hold. */
export function figuresOf(role: Role, { result, closedOn, hires, holds, promises, drift }: FiguresBasis): SearchFigures {
  const opened = role.intake?.data.opened;
  const end = (result === "hired" ? lastAcceptance(role, hires) : undefined) ?? closedOn;
  const [from, to] = [instant(`${opened ?? end}T00:00:00Z`), instant(`${end}T00:00:00Z`) + day];
  const onHold = Math.round(
    (holds ?? []).reduce((sum, held) => sum + Math.max(0, Math.min(held.to, to) - Math.max(held.from, from)), 0) / day,
  );
  const reasons = drift === undefined ? undefined : countReasons(drift);
  return {
    ...(opened === undefined || holds === undefined ? {} : { days: Math.max(0, daysBetween(opened, end) - onHold), on_hold: onHold }),
    ...(reasons === undefined ? {} : { changes: { made: reasons.changes, explained: reasons.explained } }),
    promises: recordOf(promises).map(({ side, kept, all, median }) => ({
      side,
      kept,
      all,
      ...(median === null ? {} : { median_hours: Math.round((median / hour) * 10) / 10 }),
    })),
    funnel: funnelOf(role, hires),
  };
}

function lastAcceptance(role: Role, hires: readonly string[]): string | undefined {
  return role.candidates
    .filter(({ id }) => hires.includes(id))
    .flatMap((candidate) => eventsOf(candidate).findLast(({ what }) => what === "offer-accepted")?.at ?? [])
    .toSorted(byTime)
    .at(-1)
    ?.slice(0, 10);
}

const lengths: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };
const numberWords = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** Where an outcome says nothing that can be counted. */
const usualReview = 180;
const mostReview = 3650;

/**
 * Days that an outcome's `by` gives: "90 days", "90-day mark", "day 90", "three months", "half a year", "100 business days";
 * 180 where it names no length, ten years at the most.
 */
export function reviewAfter(by = ""): number {
  const text = by.toLowerCase();
  if (/\bhalf (?:a|the) year\b/u.test(text)) return Math.round((lengths["year"] ?? 0) / 2);
  const amounts = String.raw`(\d+(?:\.\d+)?|${numberWords.slice(1).join("|")})`;
  const before = new RegExp(String.raw`\b${amounts}[\s-]*(business[\s-]+)?(day|week|month|quarter|year)s?\b`, "u").exec(text);
  const behind = /\b(day|week|month|quarter|year)\s+(\d+|one|two|three|four|five|six)\b/u.exec(text);
  const alone = /\b(day|week|month|quarter|year)s?\b/u.exec(text);
  const [amount, unit, business] =
    before !== null
      ? [before[1], before[3], before[2]]
      : behind !== null
        ? [behind[2], behind[1]]
        : [alone === null ? undefined : "1", alone?.[1]];
  const length = lengths[unit ?? ""];
  if (amount === undefined || length === undefined) return usualReview;
  const word = numberWords.indexOf(amount);
  const days = (word > 0 ? word : Number(amount)) * length * (business === undefined ? 1 : 7 / 5);
  return Math.min(mostReview, Math.max(1, Math.round(days)));
}

/** A look back at each outcome of the brief, once it had its time since `start` (YYYY-MM-DD), or on the day that it names. */
export function reviewsOf(intake: Intake, start: string): readonly Review[] {
  return (intake.outcomes ?? []).map(({ id, by }) => {
    const day = /\b\d{4}-\d{2}-\d{2}\b/u.exec(by ?? "")?.[0];
    return { outcome: id, due: day !== undefined && isDate(day) && day > start ? day : addDays(start, reviewAfter(by)) };
  });
}

/** Looks back that wait for their answer, as of `today`. */
export function reviewsDue({ outcome }: Role, today: string): readonly Review[] {
  return (outcome?.data.reviews ?? []).filter(({ due, brief_was_right: right }) => right === undefined && due <= today);
}

/** "pager: Carries the payments pager alone", of a review. */
export function reviewedOutcome({ intake }: Role, { outcome }: Review): string {
  const known = intake?.data.outcomes?.find(({ id }) => id === outcome);
  return known === undefined ? outcome : `${outcome}: ${oneLine(known.result)}`;
}

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
      statement: `Last time you wanted to change this: ${text.replace(/[.!]$/u, "")}. What do you do now?`,
      owner: intake.team.recruiter,
    })),
    ...reviews
      .filter(({ right }) => !right)
      .map(({ outcome, note }) => ({
        statement: `Last time the brief was wrong about ${outcome}${note === null ? "" : ` (${note})`}. What is true now?`,
        owner: intake.team.hiring_manager,
      })),
  ];
  const ids: string[] = [];
  const assumptions = open.map(({ statement, owner }) => {
    const id = freeId(statement.replace(/^Last time (?:was to change: |the brief was wrong about )/u, ""), ids);
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
