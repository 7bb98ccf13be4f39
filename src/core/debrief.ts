import { rawAgreement, withinGroup } from "./agreement/alpha.ts";
import type { CandidateFolder, Role } from "./document.ts";
import { compareText } from "./finding.ts";
import type { Criterion, Decision, Evaluation, Rubric } from "./model.ts";
import { byTime } from "./moment.ts";
import { againstRule, countedRatings, type RankedCandidate, scoreCandidate } from "./rank.ts";
import { criterionOf, evaluationsOut, isSample, maySeeRatings } from "./rubric.ts";
import type { StaleRating } from "./stale.ts";

/** What one interviewer said on one criterion. */
export interface TalkRating {
  readonly interviewer: string;
  readonly stage: string;
  /** Null where they did not assess it, and `notAssessed` says why. */
  readonly rating: number | null;
  /** Which step of the scale that is, from 1; null for no rating, and for one that is not on it. */
  readonly step: number | null;
  /** When it was handed in. */
  readonly at: string;
  readonly evidence: string | null;
  readonly notAssessed: string | null;
  /** Whether it enters the total: it does not where the criterion was redefined, and explained so. */
  readonly counts: boolean;
}

/** One criterion as the talk goes through it. */
export interface TalkCriterion {
  readonly criterion: string;
  readonly name: string;
  readonly required: boolean;
  readonly bar: number | null;
  readonly mean: number | null;
  /** Steps of the scale between the highest and the lowest rating; null with fewer than two. */
  readonly spread: number | null;
  /** r_wg, at most 1 (all alike); null with fewer than two ratings. */
  readonly withinGroup: number | null;
  /** Highest first; those who did not assess it last. */
  readonly ratings: readonly TalkRating[];
}

export interface Scorecard {
  readonly interviewer: string;
  readonly stage: string;
  readonly recommendation: Evaluation["recommendation"] | null;
  readonly confidence: Evaluation["confidence"] | null;
  readonly keyReason: string | null;
  readonly concerns: readonly string[];
}

/** What the rubric's own rule says; it never decides. */
export interface Verdict extends Pick<RankedCandidate, "total" | "rated" | "below" | "undecided" | "reachesBar" | "evaluations"> {
  readonly bar: number;
  readonly evaluationsNeeded: number;
  /** In words, what an offer would go against; empty where the rule would say yes. */
  readonly against: readonly string[];
  /** Who decides. */
  readonly decider: string;
}

/** Everything a debrief goes through, as far as the viewer may see it. */
export interface Debrief {
  readonly role: string;
  readonly candidate: string;
  readonly sample: boolean;
  /** Scorecards and events of this candidate that cannot be read: what is said here leaves them out. */
  readonly unreadable: readonly string[];
  /** Who has not handed in, named first. */
  readonly missing: readonly { readonly stage: string; readonly interviewer: string }[];
  /** Whose scorecards are in and sealed: as long as one is, everything below is withheld. */
  readonly sealed: readonly { readonly stage: string; readonly interviewer: string }[];
  /** Whether everything below is withheld, because the viewer's own scorecard is out (or, for anyone, some scorecard), or one is sealed. */
  readonly hidden: boolean;
  readonly scorecards: readonly Scorecard[];
  /** Widest apart first. */
  readonly criteria: readonly TalkCriterion[];
  /** Criteria that nobody rated. */
  readonly notAssessed: readonly string[];
  /** Pairs of ratings on one criterion, and the share of them at most one step apart; null without pairs. */
  readonly pairs: number;
  readonly withinOne: number | null;
  /** Null for a sample, which is never decided on, and where all is hidden. */
  readonly verdict: Verdict | null;
  /** What was decided, where it was and is not hidden. */
  readonly decision: Decision | null;
}

/** A candidate's scorecards side by side, as far as `viewer` (undefined: nobody known) may see them. */
export function debriefOf(
  role: Role,
  rubric: Rubric,
  candidate: CandidateFolder,
  viewer: string | undefined,
  stale: readonly StaleRating[] = [],
): Debrief {
  const sample = isSample(candidate);
  const head = {
    role: role.id,
    candidate: candidate.id,
    sample,
    unreadable: unreadableOf(role, candidate),
    sealed: candidate.sealed.map(({ data: { stage, interviewer } }) => ({ stage, interviewer })),
    missing: evaluationsOut(role, candidate).filter(
      ({ stage, interviewer }) =>
        !unreadableOf(role, candidate).some((path) => path.endsWith(`/evaluations/${stage}--${interviewer}.yaml`)),
    ),
  };
  if (!maySeeRatings(role, candidate, viewer))
    return {
      ...head,
      hidden: true,
      scorecards: [],
      criteria: [],
      notAssessed: [],
      pairs: 0,
      withinOne: null,
      verdict: null,
      decision: null,
    };
  const { evaluations } = candidate;
  const old = stale.filter((rating) => rating.candidate === candidate.id);
  const counted = new Set(
    countedRatings(rubric, candidate.id, evaluations, old).map(({ stage, rater, criterion }) => [stage, rater, criterion].join("\0")),
  );
  const score = scoreCandidate(rubric, candidate.id, evaluations, old);
  const criteria = rubric.criteria.map((criterion) =>
    talkOf(criterion, rubric, candidate, counted, score.criteria.find((own) => own.criterion === criterion.id)?.mean ?? null),
  );
  const scale = rubric.scale.map((_, index) => index + 1);
  const found = criteria.map(({ ratings }) =>
    rawAgreement(
      voicesOf(ratings).map((step) => [step]),
      scale,
    ),
  );
  const pairs = found.reduce((sum, entry) => sum + entry.pairs, 0);
  return {
    ...head,
    hidden: false,
    scorecards: evaluations.map(({ data }) => ({
      interviewer: data.interviewer,
      stage: data.stage,
      recommendation: data.recommendation ?? null,
      confidence: data.confidence ?? null,
      keyReason: data.key_reason ?? null,
      concerns: data.concerns ?? [],
    })),
    criteria: criteria
      .filter(({ ratings }) => ratings.length > 0)
      .toSorted((a, b) => (b.spread ?? -1) - (a.spread ?? -1) || Number(b.required) - Number(a.required)),
    notAssessed: criteria.filter(({ mean }) => mean === null).map(({ criterion }) => criterion),
    pairs,
    withinOne: pairs === 0 ? null : found.reduce((sum, entry) => sum + entry.pairs * (entry.withinOne ?? 0), 0) / pairs,
    decision: candidate.decision?.data ?? null,
    verdict: sample
      ? null
      : {
          total: score.total,
          rated: score.rated,
          below: score.below,
          undecided: score.undecided,
          reachesBar: score.reachesBar,
          evaluations: score.evaluations,
          bar: rubric.decision.bar,
          evaluationsNeeded: rubric.decision.evaluations,
          against: againstRule(score),
          decider: deciderOf(role) ?? "",
        },
  };
}

/** Files of a candidate that cannot be read. */
export function unreadableOf({ unreadable }: Role, { id }: CandidateFolder): readonly string[] {
  return unreadable.filter((path) => path.includes(`/candidates/${id}/`));
}

/** Who decides on a role's candidates; undefined without an intake. */
export function deciderOf({ intake }: Role): string | undefined {
  return intake?.data.team.decider ?? intake?.data.team.hiring_manager;
}

/** The steps that people gave, one voice each: of someone who met the candidate twice, the later one. */
function voicesOf(ratings: readonly TalkRating[]): readonly number[] {
  const voices = new Map<string, { readonly step: number; readonly at: string }>();
  for (const { interviewer, step, counts, at } of ratings) {
    const known = voices.get(interviewer);
    if (step !== null && counts && (known === undefined || byTime(at, known.at) > 0)) voices.set(interviewer, { step, at });
  }
  return [...voices.values()].map(({ step }) => step);
}

function talkOf(
  criterion: Criterion,
  rubric: Rubric,
  { evaluations }: CandidateFolder,
  counted: ReadonlySet<string>,
  mean: number | null,
): TalkCriterion {
  const ratings = evaluations
    .flatMap(({ data }) =>
      data.ratings
        .filter((rating) => criterionOf(rubric, rating.criterion)?.id === criterion.id)
        .map(({ rating, evidence, not_assessed }): TalkRating => ({
          interviewer: data.interviewer,
          stage: data.stage,
          rating,
          step: stepOf(rating, rubric),
          at: data.submitted_at,
          evidence: evidence ?? null,
          notAssessed: not_assessed ?? null,
          counts: counted.has([data.stage, data.interviewer, criterion.id].join("\0")),
        })),
    )
    .toSorted((a, b) => (b.rating ?? -Infinity) - (a.rating ?? -Infinity) || compareText(a.interviewer, b.interviewer));
  const steps = voicesOf(ratings);
  return {
    criterion: criterion.id,
    name: criterion.name,
    required: criterion.required ?? false,
    bar: criterion.bar ?? null,
    mean,
    spread: steps.length < 2 ? null : Math.max(...steps) - Math.min(...steps),
    withinGroup: withinGroup(steps, rubric.scale.length),
    ratings,
  };
}

/** Which step of the scale a rating is, from 1; null for none, and for one that is not on it. */
function stepOf(rating: number | null, { scale }: Rubric): number | null {
  const index = scale.findIndex(({ value }) => value === rating);
  return index === -1 ? null : index + 1;
}
