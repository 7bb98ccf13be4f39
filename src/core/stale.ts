import { compareRoles, defaultReweight } from "./change/compare.ts";
import { asOf } from "./digest.ts";
import type { Role } from "./document.ts";
import { type FormerVersions, hasOldRatings } from "./former.ts";
import { criterionOf } from "./rubric.ts";

/** A rating given when its criterion meant something else. */
export interface StaleRating {
  readonly candidate: string;
  readonly interviewer: string;
  /** Path of the evaluation, and the criterion as the file names it. */
  readonly path: string;
  readonly criterion: string;
  /** Whether the words it was given under were found; where not, it is counted as old. */
  readonly found: boolean;
}

/**
 * Ratings whose `as_of` differs from what the criterion means now and whose words compare as redefined. A mended typo
 * makes nothing stale, as far as `former` holds the old words; words not found count as old, and say so.
 */
export function staleRatings(role: Role, former: FormerVersions): readonly StaleRating[] {
  const rubric = role.rubric?.data;
  if (rubric === undefined || !hasOldRatings(role)) return [];
  const now = new Map(rubric.criteria.map((criterion) => [criterion.id, asOf(criterion, rubric.scale)]));
  const verdicts = new Map<string, { readonly stale: boolean; readonly found: boolean }>();
  const verdictOn = (id: string, digest: string): { readonly stale: boolean; readonly found: boolean } => {
    const key = `${id} ${digest}`;
    const verdict = verdicts.get(key) ?? judge(role, id, digest, former);
    verdicts.set(key, verdict);
    return verdict;
  };
  return role.candidates.flatMap((candidate) =>
    candidate.evaluations.flatMap(({ path, data }) =>
      data.ratings.flatMap((rating) => {
        const criterion = criterionOf(rubric, rating.criterion);
        if (criterion === undefined || rating.rating === null || now.get(criterion.id) === rating.as_of) return [];
        const { stale, found } = verdictOn(criterion.id, rating.as_of);
        return stale ? [{ candidate: candidate.id, interviewer: data.interviewer, path, criterion: rating.criterion, found }] : [];
      }),
    ),
  );
}

function judge(role: Role, id: string, digest: string, former: FormerVersions): { readonly stale: boolean; readonly found: boolean } {
  const current = role.rubric === undefined ? undefined : criterionOf(role.rubric.data, id);
  const names = new Set([id, ...(current?.renamed_from ?? [])]);
  const old = former.rubrics.find(({ data }) =>
    data.criteria.some((criterion) => names.has(criterion.id) && asOf(criterion, data.scale) === digest),
  );
  if (old === undefined) return { stale: true, found: false };
  const { changes } = compareRoles({ ...role, rubric: old }, role, defaultReweight);
  const stale = changes.some(
    ({ item, gravity, facet }) =>
      gravity === "breaking" && facet !== "presence" && (item.type === "scale" || (item.type === "criterion" && item.id === id)),
  );
  return { stale, found: true };
}
