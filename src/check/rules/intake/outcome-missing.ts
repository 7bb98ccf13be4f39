import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const intakeOutcomeMissing = defineRule({
  id: "intake/outcome-missing",
  severity: "warning",
  summary: "The brief says what must be true after a while.",
  why: "Without an outcome nobody can say which requirement is needed, or whether the hire worked out.",
  wrong: "title: Engineer",
  right: "outcomes:\n  - { id: pager, by: 90 days, result: Carries the pager alone, measure: Two rotations without escalation }",
  practice: true,
  needs: ["intake.yaml"],
  check: ({ intake }) =>
    intake === undefined || (intake.data.outcomes ?? []).length > 0
      ? []
      : [observe(intake.at("title"), "the brief names no outcome", "what must be true after 90 days and a year, and how would you know?")],
});
