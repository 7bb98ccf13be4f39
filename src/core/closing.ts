import type { Stretch } from "./business-time.ts";
import { type CandidateFolder, oneLine, type Role } from "./document.ts";
import { countReasons, type DriftEvent } from "./drift.ts";
import { eventsOf, hasAccepted } from "./events.ts";
import { startOf } from "./finding.ts";
import type { FunnelStep, Intake, Review, SearchFigures, SearchOutcome } from "./model.ts";
import { addDays, byTime, daysBetween, instant, isDate } from "./moment.ts";
import { pipelineOf, profileAnswer } from "./pipeline.ts";
import { type Promised, recordOf } from "./promises.ts";
import { handedIn, isSample, stagesFor } from "./rubric.ts";

/** The end of a search: who has not heard, what it took, what is to be looked back at. */

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

/** A role as it stands once its search is over, as this outcome has it. */
export function endedRole(role: Role, data: SearchOutcome): Role {
  const { intake } = role;
  const status = data.result === "hired" ? ("filled" as const) : ("cancelled" as const);
  return {
    ...role,
    ...(intake === undefined ? {} : { intake: { ...intake, data: { ...intake.data, status } } }),
    outcome: { path: "", data, at: () => startOf("") },
  };
}

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
      accepted: profileAnswer(candidate) === "accepted",
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
  for (const { data } of handedIn(candidate)) steps.add(data.stage);
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
