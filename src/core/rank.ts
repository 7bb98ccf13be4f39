import type { CountedRating } from "./agreement/certainty.ts";
import { tie } from "./agreement/order.ts";
import type { CandidateFolder, Doc, Role } from "./document.ts";
import { list } from "./change/words.ts";
import { compareText } from "./finding.ts";
import { groupBy } from "./group.ts";
import type { Criterion, Evaluation, Rubric } from "./model.ts";
import { hasAccepted } from "./events.ts";
import { handedIn, isInPlay, isSample, maySeeRatings, owersOf, ratingsOf } from "./rubric.ts";
import { type StaleRating, stillCounts } from "./stale.ts";

export interface CriterionMean {
  readonly criterion: string;
  /** Mean over raters, on the scale; null where nobody rated it. */
  readonly mean: number | null;
  readonly raters: number;
}

export interface RankedCandidate {
  readonly candidate: string;
  /** Where they stand: only those in play, or on hold, can still be chosen. */
  readonly standing: "in play" | "on hold" | "offered" | "accepted" | "declined" | "out";
  /** 1-based; equal totals share a place. Null where nothing was rated. */
  readonly place: number | null;
  readonly tied: boolean;
  /** Weighted mean on the scale, over what was rated; null where nothing was. */
  readonly total: number | null;
  /** Share of the weight that was rated, 0 to 1. */
  readonly rated: number;
  readonly raters: number;
  readonly evaluations: number;
  readonly criteria: readonly CriterionMean[];
  /** Required criteria below their bar. */
  readonly below: readonly { readonly criterion: string; readonly mean: number; readonly bar: number }[];
  /** Required criteria that nobody rated: neither passed nor failed. */
  readonly undecided: readonly string[];
  /** Whether the total reaches the decision bar; null without a total. */
  readonly reachesBar: boolean | null;
  /** Ratings given when their criterion meant something else, of which nobody said what happens to them: they count. */
  readonly stale: number;
  /** Ratings that count no longer, and those that count again once they are given again, as the explanation of a change decided. */
  readonly setAside: number;
  readonly toRateAgain: number;
}

export interface Ranking {
  readonly role: string;
  readonly bar: number;
  readonly evaluationsNeeded: number;
  readonly ranked: readonly RankedCandidate[];
  /** Candidates' files that cannot be read: what is said here leaves them out. */
  readonly unreadable: readonly string[];
  /** Candidates whose ratings the viewer may not see yet. */
  readonly hidden: readonly Hidden[];
}

/** A candidate whose ratings may not be shown. */
export interface Hidden {
  readonly candidate: string;
  /** Whose scorecards are out. */
  readonly waitingFor: readonly string[];
  /** Whose are in and sealed. */
  readonly sealed: readonly string[];
}

/**
 * The candidates of a role in order. The total is the weighted mean over criteria of the mean over raters, over what
 * was rated; what nobody assessed is missing, never a number. Calibration profiles are left out, as are those who were
 * declined or withdrew before anyone rated them. A candidate whose
 * ratings `viewer` may not see yet is listed as hidden, without any figure.
 */
export function rankCandidates(role: Role, rubric: Rubric, viewer: string | undefined, stale: readonly StaleRating[] = []): Ranking {
  const unreadable = role.unreadable.filter((path) => path.includes("/candidates/"));
  const candidates = role.candidates.filter(
    (candidate) =>
      !isSample(candidate) &&
      // Nobody can say whether that is a candidate or a sample.
      !unreadable.some((path) => path.endsWith(`/candidates/${candidate.id}/candidate.yaml`)) &&
      (isInPlay(candidate) || handedIn(candidate).length > 0),
  );
  const seen = candidates.filter((candidate) => maySeeRatings(role, candidate, viewer));
  const scored = seen
    .map((candidate) => {
      const old = stale.filter((rating) => rating.candidate === candidate.id);
      return {
        ...scoreCandidate(rubric, candidate.id, candidate.evaluations, old),
        standing: standingOf(candidate),
        stale: old.filter(({ scores }) => scores === null).length,
        setAside: old.filter(({ scores }) => scores === "void").length,
        toRateAgain: old.filter(({ scores }) => scores === "rescore").length,
      };
    })
    .toSorted((a, b) => (b.total ?? -Infinity) - (a.total ?? -Infinity) || compareText(a.candidate, b.candidate));
  const near = (a: number | null, b: number | null | undefined): boolean =>
    a !== null && b !== null && b !== undefined && Math.abs(a - b) <= tie;
  let place = 0;
  const ranked = scored.map((entry, index): RankedCandidate => {
    if (!near(entry.total, scored[index - 1]?.total)) place = index + 1;
    return {
      ...entry,
      place: entry.total === null ? null : place,
      tied: near(entry.total, scored[index - 1]?.total) || near(entry.total, scored[index + 1]?.total),
    };
  });
  return {
    role: role.id,
    bar: rubric.decision.bar,
    evaluationsNeeded: rubric.decision.evaluations,
    unreadable,
    ranked,
    hidden: candidates
      .filter((candidate) => !seen.includes(candidate))
      .map((candidate) => ({
        candidate: candidate.id,
        waitingFor: owersOf(role, candidate),
        sealed: candidate.sealed.map(({ data }) => data.interviewer),
      })),
  };
}

function standingOf(candidate: CandidateFolder): RankedCandidate["standing"] {
  const decision = candidate.decision?.data.decision;
  if (decision === "reject") return "declined";
  if (hasAccepted(candidate)) return "accepted";
  if (!isInPlay({ id: candidate.id, evaluations: [], sealed: [], ...(candidate.events === undefined ? {} : { events: candidate.events }) }))
    return "out";
  return decision === "offer" ? "offered" : decision === "hold" ? "on hold" : "in play";
}

/** What one candidate's evaluations add up to under a rubric; `old` ratings that count no longer are missing. */
export function scoreCandidate(
  rubric: Rubric,
  candidate: string,
  evaluations: readonly Doc<Evaluation>[],
  old: readonly StaleRating[],
): Omit<RankedCandidate, "place" | "tied" | "standing" | "stale" | "setAside" | "toRateAgain"> {
  const ratings = countedRatings(rubric, candidate, evaluations, old);
  const raters = new Set(ratings.map(({ rater }) => rater));
  const byCriterion = groupBy(ratings, ({ criterion }) => criterion);
  const criteria = rubric.criteria.map(({ id }): CriterionMean => {
    // Whoever met a candidate twice is one voice.
    const means = [...groupBy(byCriterion.get(id) ?? [], ({ rater }) => rater).values()].map(
      (own) => own.reduce((sum, { rating }) => sum + rating, 0) / own.length,
    );
    return {
      criterion: id,
      mean: means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length,
      raters: means.length,
    };
  });
  const total = weightedMean(rubric.criteria, criteria);
  const required = rubric.criteria.filter((criterion) => criterion.required === true);
  const meanOf = (id: string): number | null => criteria.find(({ criterion }) => criterion === id)?.mean ?? null;
  return {
    candidate,
    total: total.mean,
    rated: total.rated,
    raters: raters.size,
    evaluations: evaluations.length,
    criteria,
    below: required.flatMap(({ id, bar }) => {
      const mean = meanOf(id);
      return bar !== undefined && mean !== null && mean < bar - tie ? [{ criterion: id, mean, bar }] : [];
    }),
    undecided: required.filter(({ id }) => meanOf(id) === null).map(({ id }) => id),
    reachesBar: total.mean === null ? null : total.mean >= rubric.decision.bar - tie,
  };
}

/** Ratings that enter a candidate's total, by today's criteria; `old` ones that count no longer are left out. */
export function countedRatings(
  rubric: Rubric,
  candidate: string,
  evaluations: readonly Doc<Evaluation>[],
  old: readonly StaleRating[],
): readonly CountedRating[] {
  const aside = new Set(old.filter((rating) => !stillCounts(rating)).map(({ path, criterion }) => `${path} ${criterion}`));
  return evaluations.flatMap(({ path, data }) =>
    ratingsOf(rubric, data).flatMap(({ criterion, named, rating }) =>
      aside.size > 0 && aside.has(`${path} ${named}`)
        ? []
        : [{ candidate, criterion: criterion.id, stage: data.stage, rater: data.interviewer, rating }],
    ),
  );
}

/** In words, what an offer would go against; empty where the rubric's own rule would say yes. */
export function againstRule({
  reachesBar,
  below,
  undecided,
}: Pick<RankedCandidate, "reachesBar" | "below" | "undecided">): readonly string[] {
  return [
    ...(reachesBar === false ? ["the total is under the bar"] : []),
    ...(below.length > 0 ? [`below the bar on ${list(below.map(({ criterion }) => criterion))}`] : []),
    ...(undecided.length > 0 ? [`nobody rated ${list(undecided)}, which is required`] : []),
  ];
}

/** Σ w·mean / Σ w over the criteria with a mean, and the share of all weight that these hold (0 to 1). */
export function weightedMean(
  criteria: readonly Pick<Criterion, "id" | "weight">[],
  means: readonly CriterionMean[],
): { readonly mean: number | null; readonly rated: number } {
  const weight = new Map(criteria.map(({ id, weight: value }) => [id, value]));
  let sum = 0;
  let rated = 0;
  for (const { criterion, mean } of means) {
    if (mean === null) continue;
    sum += (weight.get(criterion) ?? 0) * mean;
    rated += weight.get(criterion) ?? 0;
  }
  const all = criteria.reduce((total, { weight: value }) => total + value, 0);
  return { mean: rated > 0 ? sum / rated : null, rated: all > 0 ? rated / all : 0 };
}
