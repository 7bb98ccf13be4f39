import { observe } from "../../../core/finding.ts";
import type { Evaluation, Rubric } from "../../../core/model.ts";
import { maySeeRatings, ratingsOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationContradicts = defineRule({
  id: "evaluation/contradicts",
  severity: "warning",
  summary: "A recommendation follows from its own ratings.",
  why: "Where it does not, something decided that nobody wrote down.",
  wrong: "every rating below the bar, and recommendation: hire",
  right: "every rating below the bar, and recommendation: no-hire",
  needs: ["rubric.yaml"],
  limits: "Silent as long as someone still owes a scorecard of the candidate: it would tell them what stands in another's.",
  check: (role) => {
    const { rubric, candidates } = role;
    if (rubric === undefined) return [];
    const { bar } = rubric.data.decision;
    return candidates.flatMap((candidate) =>
      candidate.evaluations
        .filter(({ data }) => contradicts(data, rubric.data, bar))
        .filter(() => maySeeRatings(role, candidate, undefined))
        .map((evaluation) =>
          observe(
            evaluation.at("recommendation"),
            "the recommendation does not follow from the ratings",
            "which rating, or which reason, is missing?",
          ),
        ),
    );
  },
});

function contradicts(evaluation: Evaluation, rubric: Rubric, bar: number): boolean {
  const { recommendation } = evaluation;
  const ratings = ratingsOf(rubric, evaluation);
  if (recommendation === undefined || ratings.length === 0) return false;
  if (recommendation === "hire" || recommendation === "strong-hire")
    return ratings.every(({ criterion, rating }) => rating < (criterion.bar ?? bar));
  if (recommendation === "no-hire" || recommendation === "strong-no-hire")
    return ratings.every(({ criterion, rating }) => rating >= Math.max(criterion.bar ?? bar, bar));
  return false;
}
