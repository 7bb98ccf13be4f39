import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricWeightReason = defineRule({
  id: "rubric/weight-reason",
  severity: "off",
  summary: "Where weights differ, each says why.",
  why: "A number without a reason is bargained over again at the first close call.",
  wrong: "weight: 3",
  right: "weight: 3\nweight_reason: The ledger must never lose a cent.",
  practice: true,
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    if (rubric === undefined || new Set(rubric.data.criteria.map(({ weight }) => weight)).size < 2) return [];
    return rubric.data.criteria.flatMap(({ id, weight_reason }) =>
      weight_reason === undefined
        ? [observe(rubric.at("criteria", id, "weight"), `'${id}' does not say why it weighs this`, "add weight_reason")]
        : [],
    );
  },
});
