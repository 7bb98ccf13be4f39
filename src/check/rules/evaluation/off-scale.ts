import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const evaluationOffScale = defineRule({
  id: "evaluation/off-scale",
  severity: "error",
  summary: "Ratings are values of the scale.",
  why: "A 4.5 on a scale of five steps means something else to everyone.",
  wrong: "rating: 6",
  right: "rating: 5",
  needs: ["rubric.yaml"],
  check: ({ rubric, candidates }) => {
    if (rubric === undefined) return [];
    const values = rubric.data.scale.map(({ value }) => value);
    return candidates.flatMap(({ evaluations }) =>
      evaluations.flatMap((evaluation) =>
        evaluation.data.ratings.flatMap(({ rating }, index) =>
          rating === null || values.includes(rating)
            ? []
            : [observe(evaluation.at("ratings", index, "rating"), "this rating is not on the scale", `the scale is ${values.join(", ")}`)],
        ),
      ),
    );
  },
});
