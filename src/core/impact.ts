import { kendallTauB, overtaking, type Rated, tie } from "./agreement/order.ts";
import { type Change, isGrave, needsReason, type RoleChanges } from "./change/change.ts";
import { namesAfter } from "./change/walk.ts";
import type { CandidateFolder, Role } from "./document.ts";
import type { FormerVersions } from "./former.ts";
import { groupBy } from "./group.ts";
import { marketSays } from "./market.ts";
import type { Compensation, Criterion, Market, Requirement, Rubric } from "./model.ts";
import { byTime } from "./moment.ts";
import { eventsOf } from "./events.ts";
import { scoreCandidate } from "./rank.ts";
import { criterionOf, isInPlay, isSample, maySeeRatings, ratingsOf, sharesOf } from "./rubric.ts";
import { type StaleRating, staleRatings } from "./stale.ts";

/** What one change does to the people already judged. Pseudonymous ids only. */
export interface ChangeImpact {
  /** Scorecards there are, and how many of them rated what changed. */
  readonly scorecards: number;
  readonly rated: number;
  /** Ratings that rest on the old meaning, whatever was decided about them. */
  readonly stale: number;
  /** Who gave these ratings, to whom. */
  readonly given: readonly { readonly interviewer: string; readonly candidates: readonly string[] }[];
  /** Candidates declined or rejected for what has gone or been lowered since. */
  readonly lookAgain: readonly string[];
  /** Candidates who heard from us while the old pay, place, level or start held, and not since. */
  readonly tell: readonly string[];
  /** What the market says to new pay, with source and date. */
  readonly market: string | null;
  /** What it does to the order, by itself; null until a reason is given, and where it does not bear on totals. */
  readonly order: OrderImpact | null;
}

/** What a change of criteria does to totals and to their order. */
export interface OrderImpact {
  /** Candidates with a total on both sides, in the order before; totals on the scale. */
  readonly totals: readonly { readonly candidate: string; readonly before: number; readonly after: number }[];
  /** Candidates who are left out, as scorecards that were asked for are not in. */
  readonly hidden: number;
  /** Candidates who cross a bar: of a required criterion, or (null) of the decision. */
  readonly crossings: readonly { readonly candidate: string; readonly criterion: string | null; readonly passes: boolean }[];
  /** Ids in order, best first. */
  readonly orderBefore: readonly string[];
  readonly orderAfter: readonly string[];
  /** Pairs that changed places: the first was behind and is ahead now. */
  readonly swaps: readonly { readonly ahead: string; readonly behind: string }[];
  /** Kendall's τ-b of the totals before and after, −1 to 1; null with fewer than two, or all equal. */
  readonly tauB: number | null;
  readonly leaderChanges: boolean;
  /** λ*: the smallest share of the move at which anyone overtakes the old leader; null as there. */
  readonly overtaking: { readonly share: number; readonly rival: string } | null;
}

export interface Impact {
  /** In the order of the changes. */
  readonly changes: readonly ChangeImpact[];
  /** All changes together; null while any of them lacks its reason, or none bears on totals. */
  readonly together: OrderImpact | null;
}

/**
 * What changes do to people already judged, from the evaluations in `after`. Reason before result: what a change does
 * to totals and order is computed only once it has its reason. `former` holds earlier words of the rubric.
 */
export function impactOf(
  before: Role | undefined,
  after: Role | undefined,
  { changes, agreed }: Pick<RoleChanges, "changes" | "agreed">,
  former: FormerVersions,
  markets: readonly Market[] = [],
): Impact {
  if (after === undefined) return { changes: changes.map(() => nothing), together: null };
  const old = before?.rubric === undefined ? former : { ...former, rubrics: [before.rubric, ...former.rubrics] };
  const stale = staleRatings(after, old);
  const was = before?.rubric === undefined || after.rubric === undefined ? undefined : underNewIds(before.rubric.data, after.rubric.data);
  const standing = was === undefined ? undefined : standingUnder(was, after);
  const rated = ratedIn(before, after);
  const single = changes.map((change): ChangeImpact => {
    const own = stale.filter(({ criterion }) => bearsOn(change, criterion, after.rubric?.data));
    const result = was === undefined || needsReason(change, agreed) || !isGrave(change) ? undefined : withChange(was, change, own);
    return {
      ...touched(change, rated),
      stale: own.length,
      given: [...groupBy(own, ({ interviewer }) => interviewer)].map(([interviewer, ratings]) => ({
        interviewer,
        candidates: [...new Set(ratings.map(({ candidate }) => candidate))],
      })),
      lookAgain: declinedFor(change, after),
      tell: toTell(change, after),
      market: marketFor(change, markets),
      order: result === undefined || standing === undefined ? null : orderImpact(standing, result.rubric, result.aside),
    };
  });
  const open = changes.some((change) => needsReason(change, agreed));
  const bears = single.some(({ order }) => order !== null);
  return {
    changes: single,
    together:
      open || !bears || standing === undefined || after.rubric === undefined ? null : orderImpact(standing, after.rubric.data, stale),
  };
}

const nothing: ChangeImpact = { scorecards: 0, rated: 0, stale: 0, given: [], lookAgain: [], tell: [], market: null, order: null };

/** Whether a change redefines, or is about, a criterion as an evaluation names it. */
function bearsOn({ item, gravity, facet }: Change, named: string, rubric: Rubric | undefined): boolean {
  if (gravity !== "breaking" || facet === "presence") return false;
  return item.type === "scale" || (item.type === "criterion" && rubric !== undefined && criterionOf(rubric, named)?.id === item.id);
}

/** For each scorecard, the criteria that it rated, as either rubric knows them: what was removed only the old one does. */
function ratedIn(before: Role | undefined, after: Role): readonly ReadonlySet<string>[] {
  const rubrics = [after.rubric?.data, before?.rubric?.data].flatMap((rubric) => rubric ?? []);
  return after.candidates
    .filter((candidate) => !isSample(candidate))
    .flatMap(({ evaluations }) => evaluations)
    .map(({ data }) => new Set(rubrics.flatMap((rubric) => ratingsOf(rubric, data).map(({ criterion }) => criterion.id))));
}

function touched({ item }: Change, scorecards: readonly ReadonlySet<string>[]): Pick<ChangeImpact, "scorecards" | "rated"> {
  const rated = scorecards.filter((ids) => (item.type === "scale" ? ids.size > 0 : item.type === "criterion" && ids.has(item.id)));
  return { scorecards: scorecards.length, rated: rated.length };
}

/** Whether a change takes away or lowers what a candidate may have been declined for. */
function lowers(change: Change): boolean {
  const { item, facet, from, to } = change;
  if (item.type !== "criterion" && item.type !== "requirement") return false;
  if (facet === "presence") return to === null;
  if (facet === "required") return to === false;
  if (facet === "bar") return to === null || (typeof from === "number" && typeof to === "number" && to < from);
  if (facet === "need") return to === "nice-to-have";
  return isGrave(change) && (facet === "statement" || facet === "meaning" || facet === "anchors");
}

function declinedFor(change: Change, role: Role): readonly string[] {
  const { candidates, rubric } = role;
  if (!lowers(change)) return [];
  const ids = new Set([change.item.id, change.firstId, ...renamedFrom(change.from), ...renamedFrom(change.to)]);
  const ofCriterion = change.item.type === "criterion";
  // With a criterion that goes, nothing is left to judge what only it covered.
  const covered = ofCriterion && change.facet === "presence" ? ((change.from as Criterion).covers ?? []) : [];
  const orphans = new Set(covered.filter((id) => rubric?.data.criteria.some(({ covers }) => covers?.includes(id)) !== true));
  return candidates
    .filter((candidate) => {
      const event = eventsOf(candidate).findLast(({ what }) => what === "profile-declined");
      // A decision's reasons tell what scorecards say: they are heard where anyone may read these.
      const isHeard = candidate.decision?.data.decision === "reject" && maySeeRatings(role, candidate, undefined);
      const reasons = isHeard ? (candidate.decision?.data.reasons ?? []) : [];
      const { criterion, requirement } = event ?? {};
      return ofCriterion
        ? ids.has(criterion ?? "") || orphans.has(requirement ?? "") || reasons.some((reason) => ids.has(reason.criterion ?? ""))
        : ids.has(requirement ?? "");
    })
    .map(({ id }) => id);
}

function renamedFrom(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? ((value as Partial<Criterion & Requirement>).renamed_from ?? []) : [];
}

const promised: ReadonlySet<string> = new Set(["compensation", "location", "level", "start_by"]);
/** Events by which a candidate has heard from us. */
const heard: ReadonlySet<string> = new Set(["told", "offer", "scheduled", "interviewed"]);

function toTell(change: Change, { candidates }: Role): readonly string[] {
  const { item, facet, from, explanation } = change;
  if (item.type !== "intake" || !promised.has(facet) || from === null || !isGrave(change)) return [];
  return candidates.filter((candidate) => isInPlay(candidate) && heardBefore(candidate, explanation?.at)).map(({ id }) => id);
}

/** Whether a candidate heard from us before a moment and was not told anything since; without a moment, whether at all. */
function heardBefore(candidate: CandidateFolder, moment: string | undefined): boolean {
  const events = eventsOf(candidate).filter(({ what }) => heard.has(what));
  if (moment === undefined) return events.length > 0;
  const told = events.some(({ what, at }) => (what === "told" || what === "offer") && byTime(at, moment) > 0);
  return !told && events.some(({ at }) => byTime(at, moment) <= 0);
}

function marketFor({ item, facet, to }: Change, markets: readonly Market[]): string | null {
  if (item.type !== "intake" || facet !== "compensation" || to === null) return null;
  const pay = to as Compensation;
  const market = markets.find(({ id }) => id === pay.market);
  return (market === undefined ? undefined : marketSays(pay, market)) ?? null;
}

/** A rubric with the ids that its criteria bear in a later one. */
function underNewIds(rubric: Rubric, later: Rubric): Rubric {
  const names = namesAfter(rubric.criteria, later.criteria);
  return {
    ...rubric,
    criteria: rubric.criteria.map((criterion) => {
      const now = names.get(criterion.id);
      return now === undefined || now === criterion.id
        ? criterion
        : { ...criterion, id: now, renamed_from: [criterion.id, ...(criterion.renamed_from ?? []).filter((id) => id !== now)] };
    }),
  };
}

/** A rubric with one change of it made, and the ratings that change sets aside; undefined where it does not bear on totals. */
function withChange(
  rubric: Rubric,
  { item, facet, from, to }: Change,
  stale: readonly StaleRating[],
): { readonly rubric: Rubric; readonly aside: readonly StaleRating[] } | undefined {
  const set = (key: keyof Criterion): Rubric => ({
    ...rubric,
    criteria: rubric.criteria.map((criterion) => {
      if (criterion.id !== item.id) return criterion;
      const { [key]: _, ...rest } = criterion;
      return (to === null ? rest : { ...rest, [key]: to }) as Criterion;
    }),
  });
  if (item.type === "decision" && facet === "bar")
    return { rubric: { ...rubric, decision: { ...rubric.decision, bar: to as number } }, aside: [] };
  if (item.type === "scale" && facet === "meanings") return { rubric, aside: stale };
  if (item.type !== "criterion") return undefined;
  if (facet === "weight" || facet === "required" || facet === "bar") return { rubric: set(facet), aside: [] };
  if (facet === "meaning" || facet === "anchors") return { rubric, aside: stale };
  if (facet !== "presence") return undefined;
  const criteria =
    to === null
      ? rubric.criteria.filter(({ id }) => id !== item.id)
      : from === null
        ? [...rubric.criteria, to as Criterion]
        : rubric.criteria;
  return criteria.length === 0 ? undefined : { rubric: { ...rubric, criteria }, aside: [] };
}

/** Where the candidates of a role stood under a rubric, as far as anyone may see their ratings. */
interface Standing {
  readonly rubric: Rubric;
  readonly candidates: readonly { readonly folder: CandidateFolder; readonly score: Scored }[];
  readonly hidden: number;
}

function standingUnder(rubric: Rubric, role: Role): Standing {
  const judged = role.candidates.filter((candidate) => !isSample(candidate) && candidate.evaluations.length > 0);
  const seen = judged.filter((candidate) => maySeeRatings(role, candidate, undefined));
  return {
    rubric,
    candidates: seen.map((folder) => ({ folder, score: scoreCandidate(rubric, folder.id, folder.evaluations, []) })),
    hidden: judged.length - seen.length,
  };
}

/** What moving to another rubric does to the order of those who stood under the old one. */
function orderImpact({ rubric: was, candidates, hidden }: Standing, now: Rubric, stale: readonly StaleRating[]): OrderImpact | null {
  const both = candidates
    .map(({ folder: { id, evaluations }, score }) => ({
      before: score,
      after: scoreCandidate(
        now,
        id,
        evaluations,
        stale.filter(({ candidate }) => candidate === id),
      ),
    }))
    .filter(({ before, after }) => before.total !== null && after.total !== null);
  if (both.length === 0) return null;
  const totals = both
    .map(({ before, after }) => ({ candidate: before.candidate, before: before.total ?? 0, after: after.total ?? 0 }))
    .toSorted((a, b) => b.before - a.before || (a.candidate < b.candidate ? -1 : 1));
  const orderAfter = totals.toSorted((a, b) => b.after - a.after);
  const swaps = totals.flatMap((a, index) =>
    totals
      .slice(index + 1)
      .filter((b) => a.before - b.before > tie && b.after - a.after > tie)
      .map((b) => ({ ahead: b.candidate, behind: a.candidate })),
  );
  const leaders = (of: (entry: (typeof totals)[number]) => number): string => {
    const best = Math.max(...totals.map(of));
    return totals
      .filter((entry) => of(entry) >= best - tie)
      .map(({ candidate }) => candidate)
      .toSorted()
      .join(" ");
  };
  return {
    totals,
    hidden,
    crossings: both.flatMap(({ before, after }) => barCrossings(before, after)),
    orderBefore: totals.map(({ candidate }) => candidate),
    orderAfter: orderAfter.map(({ candidate }) => candidate),
    swaps,
    tauB: kendallTauB(
      totals.map(({ before }) => before),
      totals.map(({ after }) => after),
    ),
    leaderChanges: leaders(({ before }) => before) !== leaders(({ after }) => after),
    overtaking: overtakingOf(both, was, now),
  };
}

type Scored = ReturnType<typeof scoreCandidate>;

function barCrossings(before: Scored, after: Scored): OrderImpact["crossings"] {
  const { candidate } = before;
  const old = new Set(before.below.map(({ criterion }) => criterion));
  const now = new Set(after.below.map(({ criterion }) => criterion));
  return [
    ...(before.reachesBar !== after.reachesBar ? [{ candidate, criterion: null, passes: after.reachesBar === true }] : []),
    ...[...now].filter((id) => !old.has(id)).map((criterion) => ({ candidate, criterion, passes: false })),
    ...[...old].filter((id) => !now.has(id)).map((criterion) => ({ candidate, criterion, passes: true })),
  ];
}

function overtakingOf(
  both: readonly { readonly before: Scored; readonly after: Scored }[],
  was: Rubric,
  now: Rubric,
): OrderImpact["overtaking"] {
  const ids = (rubric: Rubric): string =>
    rubric.criteria
      .map(({ id }) => id)
      .toSorted()
      .join(" ");
  const complete = both.every(({ before, after }) => [...before.criteria, ...after.criteria].every(({ mean }) => mean !== null));
  if (ids(was) !== ids(now) || !complete) return null;
  const rated = both.map(({ before }): Rated => ({
    candidate: before.candidate,
    ratings: new Map(before.criteria.map(({ criterion, mean }) => [criterion, mean ?? 0])),
  }));
  return overtaking(rated, sharesOf(was.criteria), sharesOf(now.criteria));
}
