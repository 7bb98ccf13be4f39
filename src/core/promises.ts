import { max, median } from "simple-statistics";
import { businessBetween, type BusinessCalendar, closeOf, dueAt, type Stretch, timeAt } from "./business-time.ts";
import { type CandidateFolder, isOver, oneLine, type Role, roleTitle } from "./document.ts";
import { groupBy } from "./group.ts";
import type { CandidateEvent, Expectations } from "./model.ts";
import { byTime, instant } from "./moment.ts";
import { eventsOf } from "./events.ts";
import { answersProfile, isLeftOpen, isNews, profileAnswer } from "./pipeline.ts";
import { evaluationsOut, handedIn, isInPlay, isSample, leaves, stagesFor } from "./rubric.ts";
import { answerOf, askedOf } from "./updates.ts";

/** Promised response times: who owes whom what by when, counted in the business time of whoever owes it. */

/** What hire.yaml promises, and a look back at the brief, which is due on a day of its own. */
export type PromiseKind = keyof Expectations | "review";
export type PromisingSide = "hiring manager" | "recruiter" | "interviewers";

export interface Promised {
  readonly role: string;
  readonly title: string;
  readonly kind: PromiseKind;
  readonly owner: string;
  readonly side: PromisingSide;
  readonly candidate: string | null;
  /** What is owed, as an order: "answer the profile". */
  readonly what: string;
  /** The command that does it. */
  readonly command: string;
  /** As promised: "2 business days". */
  readonly promise: string;
  /** RFC 3339, in the owner's time zone; `done` is null of what was not done. */
  readonly since: string;
  readonly due: string;
  readonly done: string | null;
  /** When it fell away, overdue and not done: the candidate left, or the search ended; null where it did not. */
  readonly lapsed: string | null;
  /** Business time from `since` until it was done, in milliseconds; null while it is open. */
  readonly took: number | null;
  /** Business time from `since` until now, or until it fell away; null of what was done. */
  readonly waited: number | null;
  /** Time past `due`, in milliseconds: until it was done, or until now. 0 where it was kept or is not due yet. */
  readonly late: number;
  /** Whether that is counted in business time or by the clock: as it was promised; past a named day by the clock. */
  readonly lateBy: "business" | "clock";
}

/** Whether it is still owed: neither done nor fallen away. */
export function isOpen({ done, lapsed }: Pick<Promised, "done" | "lapsed">): boolean {
  return done === null && lapsed === null;
}

export interface PromiseBasis {
  /** RFC 3339. */
  readonly now: string;
  readonly expectations: Expectations;
  readonly calendarOf: (person: string) => BusinessCalendar;
  /** When the whole search was on hold. */
  readonly holds: readonly Stretch[];
}

interface Owed {
  readonly kind: PromiseKind;
  readonly owner: string;
  readonly candidate?: CandidateFolder;
  readonly what: string;
  readonly command: string;
  readonly since: string;
  readonly done: string | undefined;
  /** When it fell away, where it did. */
  readonly until?: string | undefined;
  /** A day named by hand (YYYY-MM-DD), which goes before the promise. */
  readonly by?: string;
}

/**
 * Every promise of a role, kept, broken or open, by its due time. What nobody promised is none; what fell away before it
 * was due (a candidate withdrew, the search ended) is left out, except that candidates are to hear from us all the same.
 */
export function promisesOf(role: Role, basis: PromiseBasis): readonly Promised[] {
  const team = role.intake?.data.team;
  if (team === undefined) return [];
  const expectations = { ...basis.expectations, ...role.intake?.data.expectations };
  const ended = endOf(role);
  const { timezone } = basis.calendarOf(team.recruiter);
  const day = role.outcome?.data.closed_on;
  const closed = day === undefined ? undefined : timeAt(closeOf(day, { timezone, to: "00:00" }), timezone);
  // A search carried from elsewhere left its candidates there, and what was promised on them.
  const isCarried = role.outcome !== undefined && role.candidates.length === 0;
  const owed = [
    ...role.candidates.filter((candidate) => !isSample(candidate)).flatMap((candidate) => owedOn(role, candidate, ended, closed)),
    ...(isCarried ? [] : owedAnswers(role)),
    ...owedReviews(role, closed),
  ];
  return owed
    .flatMap((one): readonly Promised[] => {
      const promise = one.kind === "review" ? "1 day" : expectations[one.kind];
      if (promise === undefined) return [];
      const calendar = basis.calendarOf(one.owner);
      const holds = merged([...basis.holds, ...(one.candidate === undefined ? [] : holdsOf(one.candidate, basis.now))]);
      const since = instant(one.since);
      const due = one.by === undefined ? dueAt(promise, since, calendar, holds) : closeOf(one.by, calendar);
      if (due === null) return [];
      const done = one.done === undefined ? undefined : instant(one.done);
      const until = one.until === undefined || done !== undefined ? undefined : instant(one.until);
      // What fell away before it was due was never broken.
      if (until !== undefined && until <= due) return [];
      const end = done ?? until ?? instant(basis.now);
      const unit = one.by === undefined && promise.includes("business") ? "business" : "clock";
      return [
        {
          role: role.id,
          title: roleTitle(role),
          kind: one.kind,
          owner: one.owner,
          side: one.owner === team.hiring_manager ? "hiring manager" : one.owner === team.recruiter ? "recruiter" : "interviewers",
          candidate: one.candidate?.id ?? null,
          what: one.what,
          command: one.command,
          promise,
          since: timeAt(since, calendar.timezone),
          due: timeAt(due, calendar.timezone),
          done: done === undefined ? null : timeAt(done, calendar.timezone),
          // How long until a look back says nothing of how quickly anybody answers.
          took: done === undefined || one.kind === "review" ? null : businessBetween(calendar, since, done, holds),
          waited: done !== undefined || one.kind === "review" ? null : businessBetween(calendar, since, end, holds),
          lapsed: until === undefined ? null : timeAt(until, calendar.timezone),
          late: lateness(unit, due, end, calendar, holds),
          lateBy: unit,
        },
      ];
    })
    .toSorted((a, b) => byTime(a.due, b.due) || byTime(a.since, b.since));
}

/** How long after it was due: in business time where that was promised, else by the clock; a named day ends for good. */
function lateness(unit: Promised["lateBy"], due: number, end: number, calendar: BusinessCalendar, holds: readonly Stretch[]): number {
  if (unit === "business") return businessBetween(calendar, due, end, holds);
  const held = holds.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, due)), 0);
  return Math.max(0, end - due - held);
}

/** Stretches that overlap, as one. */
function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || from > last.to) joined.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return joined;
}

function owedOn(role: Role, candidate: CandidateFolder, ended: string | undefined, closed: string | undefined): readonly Owed[] {
  const { hiring_manager: manager, recruiter } = role.intake?.data.team ?? { hiring_manager: "", recruiter: "" };
  const events = eventsOf(candidate);
  const after = (at: string, ...kinds: readonly string[]): string | undefined =>
    events.find((event) => kinds.includes(event.what) && byTime(event.at, at) >= 0)?.at;
  const until = leftAt(candidate, ended);
  // Presented once more before an answer is the same question.
  const presented = events.filter(
    ({ what }, index) =>
      what === "presented" &&
      !events.slice(0, index).some((other, at) => other.what === "presented" && !isAnsweredBetween(events, at, index)),
  );
  const feedback = presented.map(({ at }): Owed => ({
    kind: "profile-feedback",
    owner: manager,
    candidate,
    what: "answer the profile",
    command: `hire review ${role.id}`,
    since: at,
    done: after(at, ...answersProfile) ?? firstCard(candidate),
  }));
  const fallAway = [...feedback, ...owedScorecards(role, candidate), ...owedDebrief(role, candidate, manager)];
  return [...fallAway.map((one) => ({ ...one, until })), ...owedNews(role, candidate, recruiter, events, closed)];
}

function isAnsweredBetween(events: readonly CandidateEvent[], from: number, to: number): boolean {
  return events.slice(from, to).some(({ what }) => answersProfile.has(what));
}

/** When nothing was owed on a candidate any more: they left, were decided on, or the search ended; undefined while it runs. */
function leftAt(candidate: CandidateFolder, ended: string | undefined): string | undefined {
  const decision = candidate.decision?.data;
  const left = isInPlay(candidate) ? undefined : eventsOf(candidate).findLast(({ what }) => leaves.has(what))?.at;
  const decided = decision === undefined || decision.decision === "hold" ? undefined : decision.decided_at;
  return [left, decided, ended].filter((at) => at !== undefined).toSorted(byTime)[0];
}

/** When a search ended: as its outcome says, else with the last thing that happened; undefined while it runs. */
function endOf(role: Role): string | undefined {
  if (!isOver(role)) return undefined;
  const closed = role.outcome?.data.closed_on;
  if (closed !== undefined) return `${closed}T23:59:59Z`;
  return role.candidates
    .flatMap((candidate) => [
      ...eventsOf(candidate).map(({ at }) => at),
      ...(candidate.decision === undefined ? [] : [candidate.decision.data.decided_at]),
    ])
    .toSorted(byTime)
    .at(-1);
}

/** Whoever was scored had been said yes to, logged or not. */
function firstCard(candidate: CandidateFolder): string | undefined {
  return handedIn(candidate)
    .map(({ data }) => data.submitted_at)
    .toSorted(byTime)[0];
}

/** A scorecard is owed from the interview on, by whoever held it; where someone else logged it, by those whom the stage names. */
function owedScorecards(role: Role, candidate: CandidateFolder): readonly Owed[] {
  const stages = stagesFor(role, candidate);
  const [only, ...others] = stages;
  const owed = eventsOf(candidate)
    .filter(({ what }) => what === "interviewed")
    .flatMap(({ at, by, stage: id = others.length === 0 ? only?.id : undefined }) => {
      const stage = stages.find((known) => known.id === id);
      if (stage === undefined) return [];
      const named = stage.interviewers ?? [];
      return (named.length === 0 || named.includes(by) ? [by] : named).map((owner) => ({ stage, owner, since: at }));
    });
  return owed
    .filter(({ stage, owner }, index) => owed.findIndex((other) => other.stage === stage && other.owner === owner) === index)
    .map(({ stage, owner, since }): Owed => ({
      kind: "scorecard",
      owner,
      candidate,
      what: `hand in the scorecard (${stage.name})`,
      command: `hire score ${role.id} ${candidate.id} --stage ${stage.id}`,
      since,
      done: handedIn(candidate).find(({ data }) => data.stage === stage.id && data.interviewer === owner)?.data.submitted_at,
    }));
}

/** A debrief is owed once the last scorecard that is due has come in. */
function owedDebrief(role: Role, candidate: CandidateFolder, manager: string): readonly Owed[] {
  const needed = role.rubric?.data.decision.evaluations ?? 1;
  const cards = handedIn(candidate);
  if (cards.length < needed || evaluationsOut(role, candidate).length > 0) return [];
  const since = cards
    .map(({ data }) => data.submitted_at)
    .toSorted(byTime)
    .at(-1);
  if (since === undefined) return [];
  const talked = eventsOf(candidate).find(({ what, at }) => what === "debriefed" && byTime(at, since) >= 0)?.at;
  const decided = candidate.decision?.data.decided_at;
  const done = [talked, decided !== undefined && byTime(decided, since) >= 0 ? decided : undefined]
    .filter((at) => at !== undefined)
    .toSorted(byTime)[0];
  return [
    {
      kind: "debrief",
      owner: manager,
      candidate,
      what: "debrief and decide",
      command: `hire debrief ${role.id} ${candidate.id}`,
      since,
      done,
    },
  ];
}

/** News is owed from the first thing that happened and was not told; telling settles all of it. */
function owedNews(
  role: Role,
  candidate: CandidateFolder,
  recruiter: string,
  events: readonly CandidateEvent[],
  closed: string | undefined,
): readonly Owed[] {
  const decision = candidate.decision?.data;
  const moments = [
    ...events.flatMap(({ at, what }) =>
      isNews(what) ? [{ at, what, by: undefined }] : what === "told" || what === "offer" ? [{ at, what: "told", by: undefined }] : [],
    ),
    ...(decision === undefined || (decision.decision === "hold" && decision.tell === undefined)
      ? []
      : [{ at: decision.decided_at, what: `decided: ${decision.decision}`, by: decision.tell?.by }]),
    ...(closed === undefined || !isLeftOpen(role, candidate) ? [] : [{ at: closed, what: "the search is over", by: undefined }]),
  ].toSorted((a, b) => byTime(a.at, b.at) || Number(a.what === "told") - Number(b.what === "told"));
  const owed: Owed[] = [];
  let open: { readonly since: string; readonly what: string; readonly by: string | undefined } | undefined;
  const settle = (done: string | undefined): void => {
    if (open === undefined) return;
    owed.push({
      kind: "candidate-update",
      owner: recruiter,
      candidate,
      what: `tell the candidate (${open.what})`,
      command: `hire log ${role.id} ${candidate.id} told`,
      since: open.since,
      done,
      ...(open.by === undefined ? {} : { by: open.by }),
    });
    open = undefined;
  };
  for (const { at, what, by } of moments) {
    if (what === "told") settle(at);
    else open = open === undefined ? { since: at, what, by } : { ...open, what, by: by ?? open.by };
  }
  settle(undefined);
  return owed;
}

function owedAnswers(role: Role): readonly Owed[] {
  return role.updates.flatMap((update) =>
    (update.data.for ?? [])
      .filter((person) => person !== update.data.by)
      .flatMap((person): readonly Owed[] => {
        const signed = role.agreements.find(({ data }) => data.person === person && byTime(data.agreed_at, update.data.at) > 0)?.data
          .agreed_at;
        const done = answerOf(update.data, person)?.at ?? signed;
        if (done === undefined && isOver(role)) return [];
        return [
          {
            kind: "answer",
            owner: person,
            what: askedOf(update).text,
            command: askedOf(update).command,
            since: update.data.at,
            done,
          },
        ];
      }),
  );
}

/** After a hire, a look back at each outcome of the brief. */
function owedReviews(role: Role, closed: string | undefined): readonly Owed[] {
  const manager = role.intake?.data.team.hiring_manager;
  if (manager === undefined || closed === undefined) return [];
  return (role.outcome?.data.reviews ?? []).map(({ outcome, due, brief_was_right: right, reviewed_on: on }): Owed => ({
    kind: "review",
    owner: manager,
    what: `look back: was the brief right about ${outcome}?`,
    command: `hire close ${role.id}`,
    since: closed,
    done: right === undefined ? undefined : `${on ?? due}T12:00:00Z`,
    by: due,
  }));
}

/** When a candidate was on hold, as logged; until now where they still are. */
function holdsOf(candidate: CandidateFolder, now: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from: number | undefined;
  for (const { at, what } of eventsOf(candidate)) {
    if (what === "on-hold") from ??= instant(at);
    else if (what === "resumed" && from !== undefined) {
      stretches.push({ from, to: instant(at) });
      from = undefined;
    }
  }
  return from === undefined ? stretches : [...stretches, { from, to: Math.max(from, instant(now)) }];
}

/** How one side kept what it promised. */
export interface SideRecord {
  readonly side: PromisingSide;
  readonly kept: number;
  /** Kept and broken; what is open and not late yet is neither. */
  readonly all: number;
  /** Business time in milliseconds, of what was done; null of nothing. */
  readonly median: number | null;
  readonly slowest: number | null;
}

/** How one person kept what they promised. */
export interface PersonRecord extends Omit<SideRecord, "side"> {
  readonly person: string;
}

/** By side, over what was done or is late. */
export function recordOf(promises: readonly Promised[]): readonly SideRecord[] {
  return (["hiring manager", "recruiter", "interviewers"] as const).flatMap((side) => {
    const own = keptOf(promises.filter((promised) => promised.side === side));
    return own === null ? [] : [{ side, ...own }];
  });
}

/** By person, of those whose figures may be shown. */
export function recordByPerson(promises: readonly Promised[], isShown: (person: string) => boolean): readonly PersonRecord[] {
  return [...groupBy(promises, ({ owner }) => owner)].flatMap(([person, theirs]) => {
    const own = isShown(person) ? keptOf(theirs) : null;
    return own === null ? [] : [{ person, ...own }];
  });
}

function keptOf(promises: readonly Promised[]): Omit<SideRecord, "side"> | null {
  const own = promises.filter(({ done, late }) => done !== null || late > 0);
  if (own.length === 0) return null;
  const times = own.flatMap(({ took }) => took ?? []);
  return {
    kept: own.filter(({ late }) => late === 0).length,
    all: own.length,
    median: times.length === 0 ? null : median(times),
    slowest: times.length === 0 ? null : max(times),
  };
}

/** The open promise that a command of someone's list keeps; a promise's command may name a stage that the list leaves to be asked. */
export function promisedFor(promises: readonly Promised[], owner: string, command: string | undefined): Promised | undefined {
  if (command === undefined) return undefined;
  return promises.find((promised) => isOpen(promised) && promised.owner === owner && `${promised.command} `.startsWith(`${command} `));
}

/** What became of presented profiles, and what the declined ones rested on. */
export interface Acceptance {
  readonly presented: number;
  readonly accepted: number;
  readonly declined: number;
  /** Neither, and not in the search any more. */
  readonly left: number;
  /** By requirement or criterion; `stated` false where that stands in no brief and no rubric. */
  readonly reasons: readonly { readonly on: string; readonly stated: boolean; readonly count: number }[];
}

export function acceptanceOf(roles: readonly Role[]): Acceptance {
  const reasons = new Map<string, { on: string; stated: boolean; count: number }>();
  let [presented, accepted, declined, left] = [0, 0, 0, 0];
  for (const role of roles)
    for (const candidate of role.candidates) {
      const events = eventsOf(candidate);
      if (isSample(candidate) || !events.some(({ what }) => what === "presented")) continue;
      presented += 1;
      const answer = profileAnswer(candidate);
      if (answer === "accepted") accepted += 1;
      else if (answer === undefined && !isInPlay(candidate)) left += 1;
      if (answer !== "declined") continue;
      declined += 1;
      const declining = events.findLast(({ what }) => what === "profile-declined");
      const id = declining?.requirement ?? declining?.criterion ?? "other";
      const stated = id !== "other";
      const on = stated ? id : oneLine(declining?.reason ?? "no reason");
      const known = reasons.get(`${stated} ${on}`) ?? { on, stated, count: 0 };
      reasons.set(`${stated} ${on}`, { ...known, count: known.count + 1 });
    }
  return { presented, accepted, declined, left, reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count) };
}
