import { observe } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { handedIn, stageOf, stagesFor } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationUnknownStage = defineRule({
  id: "evaluation/unknown-stage",
  severity: "error",
  summary: "Scorecards belong to a stage of the rubric.",
  why: "Otherwise nobody can tell what was to be assessed.",
  wrong: "evaluations/desing--ana.yaml",
  right: "evaluations/design--ana.yaml",
  needs: ["rubric.yaml"],
  check: (role) => {
    if (role.rubric === undefined) return [];
    return role.candidates.flatMap((candidate) =>
      handedIn(candidate).flatMap((evaluation) =>
        stageOf(role, candidate, evaluation.data.stage) !== undefined
          ? []
          : [
              observe(
                evaluation.at("stage"),
                `'${evaluation.data.stage}' is no stage of the rubric`,
                suggest(
                  evaluation.data.stage,
                  stagesFor(role, candidate).map(({ id }) => id),
                ),
              ),
            ],
      ),
    );
  },
});
