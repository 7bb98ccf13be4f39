import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const decisionTooFewEvaluations = defineRule({
  id: "decision/too-few-evaluations",
  severity: "warning",
  summary: "An offer rests on as many scorecards as the rubric asks for.",
  why: "The number was agreed before anyone had a favourite.",
  wrong: "decision: offer, one scorecard, and decision.evaluations: 2 in the rubric",
  right: "decision: offer, and two scorecards",
  limits: "Speaks of offers only: one interview can be enough to decline. Silent where overrides says why.",
  needs: ["rubric.yaml", "evaluations/"],
  check: ({ rubric, candidates }) => {
    const asked = rubric?.data.decision.evaluations ?? 0;
    return candidates.flatMap(({ decision, evaluations }) =>
      decision?.data.decision !== "offer" || decision.data.overrides !== undefined || evaluations.length >= asked
        ? []
        : [
            observe(
              decision.at("decision"),
              `an offer on ${evaluations.length} of ${asked} scorecards`,
              "have the missing ones handed in, or say under overrides why not",
            ),
          ],
    );
  },
});
