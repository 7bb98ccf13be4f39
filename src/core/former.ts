import { asOf } from "./digest.ts";
import type { Doc, Role } from "./document.ts";
import type { Evaluation, Intake, Rubric } from "./model.ts";
import { oncePer } from "./once.ts";

/** Earlier versions of one role's criteria and brief, newest first, as far as the history could be seen. */
export interface FormerVersions {
  readonly rubrics: readonly Doc<Rubric>[];
  readonly intakes: readonly Doc<Intake>[];
}

/** Earlier versions by role id. A role that is missing was not looked up: nothing of it asked for its history. */
export type Former = ReadonlyMap<string, FormerVersions>;

export const noVersions: FormerVersions = { rubrics: [], intakes: [] };

/** Whether a rating of this role was given under words that are not today's; several rules of one role ask. */
export const hasOldRatings: (role: Role) => boolean = oncePer(findOldRatings);

function findOldRatings(role: Role): boolean {
  const rubric = role.rubric?.data;
  if (rubric === undefined) return false;
  const now = new Map<string, string>();
  // An id of today goes before one of old.
  for (const criterion of rubric.criteria) for (const id of criterion.renamed_from ?? []) now.set(id, asOf(criterion, rubric.scale));
  for (const criterion of rubric.criteria) now.set(criterion.id, asOf(criterion, rubric.scale));
  const isOld = ({ criterion, as_of }: Evaluation["ratings"][number]): boolean => {
    const today = now.get(criterion);
    return today !== undefined && today !== as_of;
  };
  return role.candidates.some(({ evaluations }) => evaluations.some(({ data }) => data.ratings.some(isOld)));
}

/** Whether the words of every old rating are among today's and these rubrics': nothing else need be looked up. */
export function knowsOldRatings(role: Role, rubrics: readonly Doc<Rubric>[]): boolean {
  const given = new Set(
    role.candidates.flatMap(({ evaluations }) =>
      evaluations.flatMap(({ data }) => data.ratings.flatMap(({ rating, as_of }) => (rating === null ? [] : [as_of]))),
    ),
  );
  for (const doc of [role.rubric, ...rubrics]) {
    if (given.size === 0) return true;
    for (const criterion of doc?.data.criteria ?? []) given.delete(asOf(criterion, doc?.data.scale ?? []));
  }
  return given.size === 0;
}
