import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const decisionNoReasons = defineRule({
  id: "decision/no-reasons",
  severity: "error",
  summary: "A decision says what it rests on.",
  why: "Whoever was interviewed may ask why, and whoever hires next can learn from it.",
  wrong: "decision: reject",
  right: "decision: reject\nreasons: [{ criterion: failure-design, text: Could not say what the client sees }]",
  needs: [],
  check: ({ candidates }) =>
    candidates.flatMap(({ decision }) =>
      decision === undefined || (decision.data.reasons ?? []).length > 0
        ? []
        : [observe(decision.at("decision"), `'${decision.data.decision}' without a reason`, "reasons: [{ criterion: …, text: … }]")],
    ),
});
