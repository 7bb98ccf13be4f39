import { observe } from "../../../core/finding.ts";
import { percent } from "../../../core/change/words.ts";
import { sharesOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const rubricWeightDominates = defineRule({
  id: "rubric/weight-dominates",
  severity: "off",
  summary: "No criterion holds more than half of the weight.",
  why: "Then the others decide nothing, and rating them costs time for show.",
  wrong: "weights 6, 2 and 2",
  right: "weights 4, 3 and 3",
  practice: true,
  needs: ["rubric.yaml"],
  check: ({ rubric }) =>
    rubric === undefined || rubric.data.criteria.length < 2
      ? []
      : [...sharesOf(rubric.data.criteria)].flatMap(([id, share]) =>
          share > 0.5
            ? [observe(rubric.at("criteria", id, "weight"), `'${id}' holds ${percent(share)} of the weight`, "is it really one thing?")]
            : [],
        ),
});
