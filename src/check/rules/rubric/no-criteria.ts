import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricNoCriteria = defineRule({
  id: "rubric/no-criteria",
  severity: "error",
  summary: "A rubric has criteria.",
  why: "Without any, nothing is agreed and nothing can be scored.",
  wrong: "criteria: []",
  right: "criteria:\n  - { id: design, name: Design, means: Designs for failure, weight: 1 }",
  needs: ["rubric.yaml"],
  check: ({ rubric }) =>
    rubric === undefined || rubric.data.criteria.length > 0
      ? []
      : [observe(rubric.at("criteria"), "the rubric has no criterion", "hire rubric drafts one for each must-have")],
});
