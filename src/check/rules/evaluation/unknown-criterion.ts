import { observe } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { criterionOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationUnknownCriterion = defineRule({
  id: "evaluation/unknown-criterion",
  severity: "error",
  summary: "Ratings are given on criteria of the rubric, today's or retired ones.",
  why: "A rating on anything else counts nowhere.",
  wrong: "- { criterion: failure-desing, as_of: …, rating: 4 }",
  right: "- { criterion: failure-design, as_of: …, rating: 4 }",
  needs: ["rubric.yaml"],
  check: ({ rubric, candidates }) => {
    if (rubric === undefined) return [];
    const retired = new Set((rubric.data.retired ?? []).map(({ id }) => id));
    return candidates.flatMap(({ evaluations }) =>
      evaluations.flatMap((evaluation) =>
        evaluation.data.ratings.flatMap(({ criterion }, index) =>
          criterionOf(rubric.data, criterion) !== undefined || retired.has(criterion)
            ? []
            : [
                observe(
                  evaluation.at("ratings", index, "criterion"),
                  `'${criterion}' is no criterion of the rubric`,
                  suggest(
                    criterion,
                    rubric.data.criteria.map(({ id }) => id),
                  ) ?? `if it was taken out: retired: [{ id: ${criterion}, reason: … }]`,
                ),
              ],
        ),
      ),
    );
  },
});
