import { observe } from "../../../core/finding.ts";
import { list } from "../../../core/change/words.ts";
import { digest } from "../../../core/digest.ts";
import { criterionOf, stageOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationIncomplete = defineRule({
  id: "evaluation/incomplete",
  severity: "warning",
  summary: "A scorecard rates every criterion of its stage, or says why not.",
  why: "What is left out in silence looks like nothing to report.",
  wrong: "ratings on one of two criteria",
  right: "- { criterion: mentoring, as_of: …, rating: null, not_assessed: No time left }",
  practice: true,
  needs: ["rubric.yaml"],
  check: (role) => {
    const { rubric, candidates } = role;
    if (rubric === undefined) return [];
    const today = digest(rubric.data);
    return candidates.flatMap((candidate) =>
      candidate.evaluations.flatMap((evaluation) => {
        const { ratings, stage, rubric: scored } = evaluation.data;
        const given = new Set(
          ratings
            .filter(({ rating, not_assessed }) => rating !== null || not_assessed !== undefined)
            .map(({ criterion }) => criterionOf(rubric.data, criterion)?.id),
        );
        // A criterion added after the scorecard was handed in is nobody's omission.
        const open = (stageOf(role, candidate, stage)?.assesses ?? []).filter((id) => !given.has(id) && scored === today);
        return open.length === 0
          ? []
          : [observe(evaluation.at("ratings"), `nothing on ${list(open)}`, "rate it, or rating: null with not_assessed: why")];
      }),
    );
  },
});
