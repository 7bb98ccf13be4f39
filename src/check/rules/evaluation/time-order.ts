import { observe } from "../../../core/finding.ts";
import { byTime } from "../../../core/moment.ts";
import { defineRule } from "../../rule.ts";

export const evaluationTimeOrder = defineRule({
  id: "evaluation/time-order",
  severity: "warning",
  summary: "First the interview, then the scorecard, then the decision.",
  why: "Another order is a slip of the clock, or a decision that waited for its reasons.",
  wrong: "submitted_at before interviewed_at",
  right: "interviewed_at, submitted_at, decided_at, in this order",
  needs: [],
  check: ({ candidates }) =>
    candidates.flatMap(({ evaluations, decision }) =>
      evaluations.flatMap((evaluation) => {
        const { interviewed_at, submitted_at } = evaluation.data;
        if (interviewed_at !== undefined && byTime(submitted_at, interviewed_at) < 0)
          return [observe(evaluation.at("submitted_at"), "handed in before the interview", "which of the two times is right?")];
        if (decision !== undefined && decision.data.decision !== "hold" && byTime(decision.data.decided_at, submitted_at) < 0)
          return [
            observe(
              evaluation.at("submitted_at"),
              "handed in after the decision",
              "a decision that does not wait for a scorecard did not use it",
            ),
          ];
        return [];
      }),
    ),
});
