import { compareWith, defaultReweight, teamOf } from "./change/compare.ts";
import type { Change } from "./change/change.ts";
import { type Scores, type Step, stepsFor, stepsOf, strictest } from "./change/explain.ts";
import { asOf } from "./digest.ts";
import type { Role } from "./document.ts";
import { type FormerVersions, hasOldRatings } from "./former.ts";
import { byTime } from "./moment.ts";
import { criterionOf } from "./rubric.ts";

/** A rating given when its criterion meant something else. */
export interface StaleRating {
  readonly candidate: string;
  readonly interviewer: string;
  readonly stage: string;
  /** Path of the evaluation, and the criterion as the file names it. */
  readonly path: string;
  readonly criterion: string;
  /** Whether the words it was given under were found; where not, it is counted as old. */
  readonly found: boolean;
  /**
   * What the explanations of the change since decided: keep, it stands; rescore, it counts as missing until its
   * interviewer rates again; void, it counts as missing. Null where nobody said: it stands, flagged.
   */
  readonly scores: Scores | null;
}

/** Whether a rating still enters totals. */
export function stillCounts({ scores }: Pick<StaleRating, "scores">): boolean {
  return scores === null || scores === "keep";
}

interface Verdict {
  readonly stale: boolean;
  readonly found: boolean;
  readonly scores: Scores | null;
}

/**
 * Ratings whose `as_of` differs from what the criterion means now and whose words compare as redefined. A mended typo
 * makes nothing stale, as far as `former` holds the old words, nor does a change of which an explanation says that it
 * reads the same; words not found count as old, and say so.
 */
export function staleRatings(role: Role, former: FormerVersions): readonly StaleRating[] {
  const rubric = role.rubric?.data;
  if (rubric === undefined || !hasOldRatings(role)) return [];
  const now = new Map(rubric.criteria.map((criterion) => [criterion.id, asOf(criterion, rubric.scale)]));
  const steps = stepsOf(role.updates, teamOf(role));
  const breaking = new Map<string, readonly Change[] | undefined>();
  const changesSince = (id: string, digest: string): readonly Change[] | undefined => {
    const key = `${id} ${digest}`;
    if (!breaking.has(key)) breaking.set(key, redefinitions(role, id, digest, former));
    return breaking.get(key);
  };
  return role.candidates.flatMap((candidate) =>
    candidate.evaluations.flatMap(({ path, data }) =>
      data.ratings.flatMap((rating) => {
        const criterion = criterionOf(rubric, rating.criterion);
        if (criterion === undefined || rating.rating === null || now.get(criterion.id) === rating.as_of) return [];
        const { stale, found, scores } = judge(changesSince(criterion.id, rating.as_of), steps, data.submitted_at);
        if (!stale) return [];
        const { interviewer, stage } = data;
        return [{ candidate: candidate.id, interviewer, stage, path, criterion: rating.criterion, found, scores }];
      }),
    ),
  );
}

/** How a criterion (its scale included) was redefined since its words had this digest; undefined where they are not found. */
function redefinitions(role: Role, id: string, digest: string, former: FormerVersions): readonly Change[] | undefined {
  const current = role.rubric === undefined ? undefined : criterionOf(role.rubric.data, id);
  const names = new Set([id, ...(current?.renamed_from ?? [])]);
  const old = former.rubrics.find(({ data }) =>
    data.criteria.some((criterion) => names.has(criterion.id) && asOf(criterion, data.scale) === digest),
  );
  if (old === undefined) return undefined;
  return compareWith({ ...role, rubric: old }, role, defaultReweight, []).changes.filter(
    ({ item, gravity, facet }) =>
      gravity === "breaking" && facet !== "presence" && (item.type === "scale" || (item.type === "criterion" && item.id === id)),
  );
}

function judge(changes: readonly Change[] | undefined, steps: readonly Step[], given: string): Verdict {
  if (changes === undefined) return { stale: true, found: false, scores: null };
  const ways = changes.map((change) =>
    stepsFor(
      change,
      steps.filter((step) => !isUndone(step, steps, given)),
    ),
  );
  const open = ways.filter((way) => way.length === 0 || !way.every(({ explained }) => explained.reads === "same"));
  const scores = strictest(open.flat().flatMap(({ update, explained }) => (explained.reads === "same" ? [] : [update.data.scores])));
  return { stale: open.length > 0, found: true, scores: scores ?? null };
}

/** Whether a step was taken back before the rating was given: it says nothing of a later step the same way. */
function isUndone({ update, explained }: Step, steps: readonly Step[], given: string): boolean {
  return steps.some(
    (other) =>
      other.explained.item === explained.item &&
      other.explained.facet === explained.facet &&
      other.explained.was !== undefined &&
      other.explained.was === explained.now &&
      byTime(other.update.data.at, update.data.at) > 0 &&
      byTime(other.update.data.at, given) <= 0,
  );
}
