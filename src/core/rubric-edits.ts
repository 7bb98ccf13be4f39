import type { Rubric } from "./model.ts";
import { suggest } from "./nearest.ts";
import { Refusal } from "./refusal.ts";
import { isId } from "./id.ts";

/** A rubric with a criterion under another id; evaluations follow through `renamed_from`. Refuses ids that are taken. */
export function renameCriterion(rubric: Rubric, from: string, to: string): Rubric {
  refuseUnknown(rubric, from);
  if (!isId(to)) throw new Refusal(`'${to}' is no id`, { hint: "lower-case letters, digits and single hyphens" });
  if ([...rubric.criteria, ...(rubric.retired ?? [])].some(({ id }) => id === to))
    throw new Refusal(`'${to}' is taken: an id never means two things`);
  const swap = (id: string): string => (id === from ? to : id);
  return {
    ...rubric,
    criteria: rubric.criteria.map((criterion) =>
      criterion.id === from ? { ...criterion, id: to, renamed_from: [from, ...(criterion.renamed_from ?? [])] } : criterion,
    ),
    ...(rubric.stages === undefined ? {} : { stages: rubric.stages.map((stage) => ({ ...stage, assesses: stage.assesses.map(swap) })) }),
  };
}

/** A rubric without a criterion, which never comes back with another meaning; a stage left without any goes too. */
export function retireCriterion(rubric: Rubric, id: string, reason: string | undefined): Rubric {
  refuseUnknown(rubric, id);
  if (reason === undefined || reason.trim() === "") throw new Refusal(`why does ${id} go?`, { hint: "--reason TEXT" });
  const { stages, ...rest } = rubric;
  const left = stages
    ?.map((stage) => ({ ...stage, assesses: stage.assesses.filter((other) => other !== id) }))
    .filter(({ assesses }) => assesses.length > 0);
  return {
    ...rest,
    criteria: rubric.criteria.filter((criterion) => criterion.id !== id),
    retired: [...(rubric.retired ?? []), { id, reason }],
    ...(left === undefined || left.length === 0 ? {} : { stages: left }),
  };
}

function refuseUnknown(rubric: Rubric, id: string): void {
  if (!rubric.criteria.some((criterion) => criterion.id === id))
    throw new Refusal(`the rubric has no criterion '${id}'`, {
      hint: suggest(
        id,
        rubric.criteria.map((criterion) => criterion.id),
      ),
    });
}
