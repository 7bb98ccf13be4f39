import { observe } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { stagesOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationUnknownStage = defineRule({
  id: "evaluation/unknown-stage",
  severity: "error",
  summary: "Scorecards belong to a stage of the rubric.",
  why: "Otherwise nobody can tell what was to be assessed.",
  wrong: "evaluations/desing--ana.yaml",
  right: "evaluations/design--ana.yaml",
  needs: ["rubric.yaml"],
  check: ({ rubric, candidates }) => {
    if (rubric === undefined) return [];
    const stages = new Set(stagesOf(rubric.data).map(({ id }) => id));
    return candidates.flatMap(({ evaluations }) =>
      evaluations.flatMap((evaluation) =>
        stages.has(evaluation.data.stage)
          ? []
          : [
              observe(
                evaluation.at("stage"),
                `'${evaluation.data.stage}' is no stage of the rubric`,
                suggest(evaluation.data.stage, stages),
              ),
            ],
      ),
    );
  },
});
