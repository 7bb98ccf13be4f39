import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

const most = 4;

export const rubricOverloadedStage = defineRule({
  id: "rubric/overloaded-stage",
  severity: "warning",
  summary: "No stage asks an interviewer to rate more than four criteria.",
  why: "Past that, one impression colours them all.",
  wrong: "assesses: [a, b, c, d, e]",
  right: "assesses: [a, b, c]",
  practice: true,
  needs: ["rubric.yaml"],
  check: ({ rubric }) =>
    (rubric?.data.stages ?? []).flatMap(({ id, assesses }) =>
      rubric !== undefined && assesses.length > most
        ? [
            observe(
              rubric.at("stages", id, "assesses"),
              `${assesses.length} criteria in one stage, more than ${most}`,
              "share them out over two stages",
            ),
          ]
        : [],
    ),
});
