import { observe } from "../../../core/finding.ts";
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
      (maySeeRatings(role, candidate, undefined) ? candidate.evaluations : []).flatMap((evaluation) => {
        const { recommendation } = evaluation.data;
        const ratings = ratingsOf(rubric.data, evaluation.data);
        if (recommendation === undefined || ratings.length === 0) return [];
        const below = ratings.every(({ criterion, rating }) => rating < (criterion.bar ?? bar));
        const above = ratings.every(({ criterion, rating }) => rating >= Math.max(criterion.bar ?? bar, bar));
        const yes = recommendation === "hire" || recommendation === "strong-hire";
        const no = recommendation === "no-hire" || recommendation === "strong-no-hire";
        if (yes && below)
          return [
            observe(
              evaluation.at("recommendation"),
              "the recommendation does not follow from the ratings",
              "which rating, or which reason, is missing?",
            ),
          ];
        if (no && above)
          return [
            observe(
              evaluation.at("recommendation"),
              "the recommendation does not follow from the ratings",
              "which rating, or which reason, is missing?",
            ),
          ];
        return [];
      }),
    );
  },
});
