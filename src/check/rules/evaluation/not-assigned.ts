import { observe } from "../../../core/finding.ts";
import { handedIn, stageOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationNotAssigned = defineRule({
  id: "evaluation/not-assigned",
  severity: "off",
  summary: "Scorecards come from those who were asked for them.",
  why: "An unplanned voice may be welcome, but it should be known to be one.",
  wrong: "evaluations/design--cy.yaml   # interviewers: [ana, bo]",
  right: "evaluations/design--ana.yaml",
  needs: ["rubric.yaml", "intake.yaml"],
  check: (role) =>
    role.candidates.flatMap((candidate) =>
      handedIn(candidate).flatMap((evaluation) => {
        const asked = stageOf(role, candidate, evaluation.data.stage)?.interviewers;
        const { interviewer } = evaluation.data;
        return asked === undefined || asked.includes(interviewer)
          ? []
          : [observe(evaluation.at("interviewer"), `${interviewer} was not asked to score this stage`, `asked: ${asked.join(", ")}`)];
      }),
    ),
});
