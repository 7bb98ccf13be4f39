import { authorOf, isBy, pairsOf } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";
import { evaluationsOf } from "./evaluations.ts";

export const evaluationAuthor = defineRule({
  id: "evaluation/author",
  severity: "info",
  summary: "A scorecard is committed by the interviewer, or by whoever it says typed it in.",
  why: "Whose words they are should be plain to those who read them.",
  wrong: "evaluations/design--ana.yaml, in a commit by riku",
  right: "the same with entered_by: riku",
  limits: "Needs a base; of a scorecard that was changed, evaluation/edited speaks.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap(({ before, after }) => {
      const known = new Set(evaluationsOf(before).map(({ data }) => `${data.candidate}/${data.stage}--${data.interviewer}`));
      return evaluationsOf(after).flatMap((evaluation) => {
        const { candidate, stage, interviewer, entered_by } = evaluation.data;
        const commit = known.has(`${candidate}/${stage}--${interviewer}`) ? undefined : authorOf(base, evaluation);
        if (commit === undefined) return [];
        const authors = [interviewer, ...(entered_by === undefined ? [] : [entered_by])].map((person) =>
          isBy(commit, person, base, workspace),
        );
        return authors.some((own) => own !== false)
          ? []
          : [
              observe(
                evaluation.at(entered_by === undefined ? "interviewer" : "entered_by"),
                `commit ${commit.id.slice(0, 7)} is by someone else`,
                "entered_by: who typed it in",
              ),
            ];
      });
    }),
});
