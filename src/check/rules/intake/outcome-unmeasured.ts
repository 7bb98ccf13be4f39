import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const intakeOutcomeUnmeasured = defineRule({
  id: "intake/outcome-unmeasured",
  severity: "warning",
  summary: "Every outcome says by when, and how one would know.",
  why: "An outcome nobody can check is a wish.",
  wrong: "outcomes:\n  - { id: pager, result: Carries the pager }",
  right: "outcomes:\n  - { id: pager, by: 90 days, result: Carries the pager, measure: Two rotations without escalation }",
  practice: true,
  needs: ["intake.yaml"],
  check: ({ intake }) =>
    (intake?.data.outcomes ?? []).flatMap(({ id, by, measure }) => {
      const missing = [...(by === undefined ? ["by when"] : []), ...(measure === undefined ? ["how one would know"] : [])];
      return intake === undefined || missing.length === 0
        ? []
        : [
            observe(
              intake.at("outcomes", id),
              `'${id}' does not say ${missing.join(" or ")}`,
              missing.length === 2 ? "add by and measure" : by === undefined ? "add by" : "add measure",
            ),
          ];
    }),
});
