import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

const fewest = 3;
const most = 8;

export const rubricCount = defineRule({
  id: "rubric/count",
  severity: "warning",
  summary: "A rubric has three to eight criteria.",
  why: "Fewer hide what is judged; more cannot be rated with care in an interview.",
  wrong: "two criteria",
  right: "five criteria",
  practice: true,
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    const count = rubric?.data.criteria.length ?? 0;
    if (rubric === undefined || count === 0 || (count >= fewest && count <= most)) return [];
    return [
      observe(
        rubric.at("criteria"),
        `${count} ${count === 1 ? "criterion" : "criteria"}`,
        count < fewest ? "what else decides? Then it belongs here" : "which of them could be one?",
      ),
    ];
  },
});
