import { personOf, type Side, sides, standingOf } from "./sign-off.ts";
import { acceptedIn, reviewedOutcome, reviewsDue, unheardIn } from "./closing.ts";
import { needsReason, type RoleChanges } from "./change/change.ts";
import { isOver, oneLine, type Role, roleTitle } from "./document.ts";
import type { FormerVersions } from "./former.ts";
import { groupBy } from "./group.ts";
import { type Impact, impactOf } from "./impact.ts";
import { byTime, dayNumber, daysBetween, shortDate } from "./moment.ts";
import { type Debrief, debriefOf } from "./debrief.ts";
import { type InterviewerAgreement, interviewersOf } from "./interviewers.ts";
import { certaintyOf, type OrderCertainty } from "./order-certainty.ts";
import { eventsOf } from "./events.ts";
import { isUnanswered, pipelineOf } from "./pipeline.ts";
import { apartFrom, type Difference, isMeanOpen, type Shared, weighable, weighingFor } from "./priorities.ts";
import type { Market } from "./model.ts";
import { rankCandidates, type Ranking } from "./rank.ts";
import { scorecardsToOpen, weightsToOpen } from "./seal.ts";
import { evaluationsOut, handedIn, isInPlay, isSample, maySeeRatings } from "./rubric.ts";
import { type StaleRating, staleRatings } from "./stale.ts";
import { askedOf, type Objection, openObjections, waitingFor } from "./updates.ts";

export interface SideStanding {
  readonly side: Side;
  readonly person: string;
  /** When they last agreed; null where they have not. */
  readonly agreedAt: string | null;
  readonly stale: boolean;
}

export interface Action {
  readonly text: string;
  /** The command that does it, where there is one. */
  readonly command?: string;
}

export interface OpenAssumption {
  readonly id: string;
  readonly statement: string;
  readonly owner: string;
  readonly due: string;
  /** Days past its date; 0 where it is not due yet. */
  readonly overdue: number;
}

/**
 * How alike both sides began: three figures side by side, never folded into one, which would become a target. Each is
 * null where it cannot be computed.
 */
export interface Beginning {
  /** P = 2C − 1 of their weights, 0 (unrelated) to 1 (alike). */
  readonly weights: number | null;
  /** M: of the must-haves that either named, how many both did, and their share. */
  readonly mustHaves: (Shared & { readonly share: number }) | null;
  /** R: of their ratings of the same sample on the same criterion, how many are at most one step apart, and their share. */
  readonly calibration: { readonly pairs: number; readonly within: number; readonly share: number } | null;
}

/** How one search stands: both sides on one page. */
export interface Alignment {
  readonly role: string;
  readonly title: string;
  readonly status: string;
  /** Whole days since the search was opened; null where that is not written down. */
  readonly openDays: number | null;
  readonly sides: readonly SideStanding[];
  /** What changed since the older of both agreements; null where there is none, or its words are not in this history. */
  readonly since: RoleChanges | null;
  /** Whom these changes touch, and behind their reasons what they do, in their order; null with them. */
  readonly impact: Impact | null;
  /** What was objected to and is not settled. */
  readonly objections: readonly Objection[];
  /** Items that differ from what was agreed, where the words agreed to are not in this history. */
  readonly differing: readonly string[];
  /** Where both sides are 10 points apart or more, largest first. */
  readonly apart: readonly Difference[];
  /** Whether both sides' points are withheld from the viewer, who has not weighed. */
  readonly pointsWithheld: boolean;
  /** Whose weights are still due. */
  readonly stillToWeigh: readonly string[];
  readonly beginning: Beginning;
  /** Samples as scored so far, each as far as the viewer may see it. */
  readonly calibration: readonly Debrief[];
  readonly assumptions: readonly OpenAssumption[];
  readonly candidates: { readonly all: number; readonly met: number; readonly waiting: number; readonly untold: number };
  readonly ranking: Ranking | null;
  readonly staleRatings: number;
  /** How sure the order is; null with fewer than two in it, or where statistics were not asked for. */
  readonly certainty: OrderCertainty | null;
  /** How far interviewers agree; null without a rubric, or where statistics were not asked for. */
  readonly interviewers: InterviewerAgreement | null;
  readonly next: readonly { readonly person: string; readonly actions: readonly Action[] }[];
}

export interface AlignOptions {
  readonly reweight: number;
  readonly markets?: readonly Market[];
  /** `people_metrics` of hire.yaml. */
  readonly peopleMetrics?: string | undefined;
  /** False leaves out what resampling costs. */
  readonly statistics?: boolean;
}

/** The alignment of a role as of `now` (RFC 3339), as far as `viewer` (undefined: nobody known) may see it. */
export function align(
  role: Role,
  former: FormerVersions,
  viewer: string | undefined,
  now: string,
  { reweight, markets = [], peopleMetrics, statistics = true }: AlignOptions,
): Alignment {
  const intake = role.intake?.data;
  const standings = role.agreements.map((agreement) => standingOf(agreement, role, former, reweight));
  const oldest = standings.toSorted((a, b) => byTime(a.agreement.data.agreed_at, b.agreement.data.agreed_at))[0];
  const stale = staleRatings(role, former);
  const weighing = weighingFor(role, viewer);
  const pipeline = pipelineOf(role).filter(({ calibration }) => !calibration);
  const both = sides.map((side): SideStanding => {
    const person = intake === undefined ? "" : personOf(intake, side);
    const own = standings.find(({ agreement }) => agreement.data.as === side && agreement.data.person === person);
    return { side, person, agreedAt: own?.agreement.data.agreed_at ?? null, stale: own?.stale ?? false };
  });
  const today = now.slice(0, 10);
  const assumptions = (intake?.assumptions ?? [])
    .filter(({ status }) => status === "open" && !isOver(role))
    .map(({ id, statement, owner, due }) => ({
      id,
      statement: oneLine(statement),
      owner,
      due,
      overdue: Math.max(0, daysBetween(due, today)),
    }))
    .toSorted((a, b) => dayNumber(a.due) - dayNumber(b.due));
  const since = oldest?.changes ?? null;
  const rubric = role.rubric?.data;
  const samples =
    rubric === undefined ? [] : role.candidates.filter(isSample).map((candidate) => debriefOf(role, rubric, candidate, viewer, stale));
  const ranking = rubric === undefined ? null : rankCandidates(role, rubric, viewer, stale);
  // Those who answer for the search may read everyone's figures; everyone their own.
  const isOfSide = both.some(({ person }) => person === viewer);
  const named = (person: string): boolean => peopleMetrics === "all" || person === viewer || isOfSide;
  return {
    role: role.id,
    title: roleTitle(role),
    status: intake?.status ?? "draft",
    openDays: intake?.opened === undefined ? null : daysBetween(intake.opened, today),
    sides: both,
    since,
    impact: since === null ? null : impactOf(oldest?.before, role, since, former, markets),
    objections: openObjections(role),
    differing: oldest === undefined || oldest.changes !== undefined ? [] : oldest.differing,
    apart: weighing.differences.filter(({ apart }) => apart >= apartFrom),
    pointsWithheld: weighing.withheld,
    stillToWeigh: isOver(role) ? [] : weighing.due,
    beginning: {
      weights: weighing.first.concordance === null ? null : 2 * weighing.first.concordance - 1,
      mustHaves:
        weighing.first.shared === null || weighing.first.shared.either === 0
          ? null
          : { ...weighing.first.shared, share: weighing.first.shared.both / weighing.first.shared.either },
      calibration: calibratedTogether(samples, both),
    },
    calibration: samples,
    assumptions,
    candidates: {
      all: pipeline.length,
      met: role.candidates.filter(
        (candidate) =>
          !isSample(candidate) && (handedIn(candidate).length > 0 || eventsOf(candidate).some(({ what }) => what === "interviewed")),
      ).length,
      waiting: role.candidates.filter((candidate) => !isOver(role) && isInPlay(candidate) && isUnanswered(candidate)).length,
      untold: pipeline.filter(({ told }) => !told).length,
    },
    ranking,
    staleRatings: stale.filter(({ scores }) => scores === null).length,
    certainty: !statistics || rubric === undefined || ranking === null ? null : certaintyOf(role, rubric, ranking, stale),
    interviewers: !statistics || rubric === undefined ? null : interviewersOf(role, rubric, { viewer, stale, named }),
    next: nextActions(role, viewer, both, since, weighing.due, stale, today),
  };
}

/** Both sides' ratings of the same sample on the same criterion, and how many are at most one step apart; null without any. */
function calibratedTogether(samples: readonly Debrief[], both: readonly SideStanding[]): Beginning["calibration"] {
  const people = new Set(both.map(({ person }) => person));
  const spreads = samples.flatMap(({ criteria }) =>
    criteria.flatMap(({ ratings }) => {
      const voices = new Map(
        ratings.flatMap(({ interviewer, step }): [string, number][] =>
          step === null || !people.has(interviewer) ? [] : [[interviewer, step]],
        ),
      );
      const steps = [...voices.values()];
      return steps.length < 2 ? [] : [Math.max(...steps) - Math.min(...steps)];
    }),
  );
  const within = spreads.filter((spread) => spread <= 1).length;
  return spreads.length === 0 ? null : { pairs: spreads.length, within, share: within / spreads.length };
}

/** What each person can do now, most pressing first. */
function nextActions(
  role: Role,
  viewer: string | undefined,
  both: readonly SideStanding[],
  since: RoleChanges | null,
  toWeigh: readonly string[],
  stale: readonly StaleRating[],
  today: string,
): Alignment["next"] {
  const intake = role.intake?.data;
  if (intake === undefined) return [];
  const actions = new Map<string, Action[]>();
  const add = (person: string, text: string, command?: string): void => {
    actions.set(person, [...(actions.get(person) ?? []), { text, ...(command === undefined ? {} : { command }) }]);
  };
  const { hiring_manager: manager, recruiter, decider = manager } = intake.team;
  const inOrder = (): Alignment["next"] => {
    const order = [manager, recruiter, ...(intake.team.panel ?? [])];
    const rank = (person: string): number => (order.includes(person) ? order.indexOf(person) : order.length);
    return [...actions].toSorted(([a], [b]) => rank(a) - rank(b)).map(([person, list]) => ({ person, actions: list }));
  };
  if (isOver(role)) {
    for (const { candidate, state, since } of unheardIn(role))
      add(
        recruiter,
        `tell ${candidate} how it ended: ${state}${since === null ? "" : ` ${ago(Math.max(0, daysBetween(since, today)))}`}`,
        `hire log ${role.id} ${candidate} told`,
      );
    if (role.outcome === undefined) add(recruiter, "close the search: thanks, lessons, figures", `hire close ${role.id}`);
    for (const review of reviewsDue(role, today))
      add(manager, `look back: was the brief right about ${reviewedOutcome(role, review)}?`, `hire close ${role.id}`);
    return inOrder();
  }
  const accepted = acceptedIn(role);
  if (accepted.length >= (intake.openings ?? 1))
    add(recruiter, `close the search: ${accepted.join(", ")} accepted`, `hire close ${role.id}`);
  const weights = weightsToOpen(role);
  if (weights.sealed.length > 0 && weights.waitingFor.length === 0)
    add(recruiter, "open the sealed weights, or have it done: all that are due are in", `hire unseal ${role.id}`);
  for (const entry of pipelineOf(role)) {
    const candidate = role.candidates.find(({ id }) => id === entry.candidate);
    if (candidate === undefined) continue;
    const cards = scorecardsToOpen(role, candidate);
    if (cards.sealed.length > 0 && cards.waitingFor.length === 0 && (entry.calibration || isInPlay(candidate)))
      add(recruiter, `open the sealed scorecards of ${entry.candidate}, or have it done`, `hire unseal ${role.id} ${entry.candidate}`);
    if (entry.calibration) {
      for (const { interviewer } of evaluationsOut(role, candidate))
        add(interviewer, `score the sample profile ${entry.candidate}, alone`, `hire score ${role.id} ${entry.candidate}`);
      continue;
    }
    const waited = entry.since === null ? 0 : Math.max(0, daysBetween(entry.since, today));
    const concern = eventsOf(candidate).findLast(({ what }) => what === "concern")?.note;
    if (isUnanswered(candidate))
      add(
        manager,
        `answer ${entry.candidate}: presented ${ago(waited)}${concern === undefined ? "" : `; ${oneLine(concern)}`}`,
        `hire review ${role.id}`,
      );
    const reached = new Set(
      eventsOf(candidate)
        .filter(({ what }) => what === "interviewed")
        .map(({ stage }) => stage),
    );
    for (const { stage, interviewer } of evaluationsOut(role, candidate)) {
      if (reached.has(stage) || (reached.has(undefined) && role.rubric?.data.stages === undefined))
        add(interviewer, `scorecard for ${entry.candidate}, ${stage}`, `hire score ${role.id} ${entry.candidate}`);
    }
    const enough = handedIn(candidate).length >= (role.rubric?.data.decision.evaluations ?? 1);
    const offered = eventsOf(candidate).some(({ what }) => what === "offer");
    const again = stale.some(({ candidate: id, scores }) => id === candidate.id && scores === "rescore");
    if (
      !again &&
      isInPlay(candidate) &&
      enough &&
      !offered &&
      evaluationsOut(role, candidate).length === 0 &&
      candidate.decision === undefined &&
      candidate.sealed.length === 0
    ) {
      add(decider, `debrief and decide on ${entry.candidate}: every scorecard is in`, `hire debrief ${role.id} ${entry.candidate}`);
    }
    // What was to be said of a decision says nothing of what came after it.
    const tell = entry.decided ? candidate.decision?.data.tell : undefined;
    if (!entry.told)
      add(
        recruiter,
        `tell ${entry.candidate}${tell === undefined ? "" : ` by ${shortDate(tell.by, today)}`}: ${entry.state} ${ago(waited)}${tell?.what === undefined || !maySeeRatings(role, candidate, viewer) ? "" : `, "${oneLine(tell.what)}"`}`,
        `hire log ${role.id} ${entry.candidate} told`,
      );
  }
  for (const [interviewer, ratings] of groupBy(
    stale.filter(
      ({ scores, candidate }) => scores === "rescore" && role.candidates.some((known) => known.id === candidate && isInPlay(known)),
    ),
    (rating) => rating.interviewer,
  )) {
    for (const [candidate, own] of groupBy(ratings, (rating) => rating.candidate)) {
      const again = own.map(({ criterion }) => `--rate ${criterion}=…`).join(" ");
      add(
        interviewer,
        `rate ${candidate} again on ${own.map(({ criterion }) => criterion).join(", ")}: what it means was changed`,
        `hire score ${role.id} ${candidate} --stage ${own[0]?.stage ?? ""} --amend ${again}`,
      );
    }
  }
  const open = (since?.changes ?? []).filter((change) => needsReason(change, since?.agreed ?? false));
  const names = [...new Set(open.map(({ item, facet }) => (item.type === "intake" ? facet : item.id)))];
  if (names.length > 0) add(manager, `give the reason for ${names.join(", ")}`, `hire explain ${names.join(" ")}`);
  const unanswered = new Set<string>();
  for (const update of role.updates) {
    for (const person of waitingFor(role, update)) {
      unanswered.add(person);
      const { text, command } = askedOf(update);
      add(person, text, command);
    }
  }
  for (const { to, by, because, summary } of openObjections(role))
    add(to, `${by} objects${because === null ? "" : ` ("${because}")`}: talk, then change it or sign again: ${summary}`);
  // What nobody has found out yet is nobody's surprise, as long as someone is told.
  for (const { statement, owner, due, status } of intake.assumptions ?? []) {
    if (status !== "open") continue;
    const late = daysBetween(due, today);
    add(owner, `find out: ${oneLine(statement)} ${late > 0 ? `(${days(late)} late)` : `(by ${shortDate(due, today)})`}`);
  }
  // A rubric that came from an earlier search is no reason to skip the talk about what matters now.
  const isBorrowed = intake.like !== undefined && toWeigh.length > 0 && role.agreements.length === 0;
  if (weighable(intake).length === 0) add(manager, "say what they must have", `hire intake ${role.id}`);
  else if (role.rubric === undefined || isBorrowed) {
    for (const person of toWeigh) add(person, "weigh what matters", `hire weigh ${role.id} --as ${person}`);
    if (toWeigh.length === 0) add(manager, "draft the rubric", `hire rubric ${role.id}`);
  } else {
    if (isMeanOpen(role))
      add(manager, "take the mean of what you both gave as weights, or agree on others", `hire rubric ${role.id} --weighed`);
    for (const { person, agreedAt, stale } of both) {
      if (agreedAt === null) add(person, "agree on intake and rubric", `hire agree ${role.id} --as ${person}`);
      else if (stale && open.length === 0 && !unanswered.has(person))
        add(person, "agree once more: the criteria moved on", `hire agree ${role.id} --as ${person}`);
    }
  }
  return inOrder();
}

export function days(amount: number): string {
  return `${amount} ${amount === 1 ? "day" : "days"}`;
}

export function ago(amount: number): string {
  return amount === 0 ? "today" : `${days(amount)} ago`;
}
