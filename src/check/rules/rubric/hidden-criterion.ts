import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricHiddenCriterion = defineRule({
  id: "rubric/hidden-criterion",
  severity: "warning",
  summary: "Every criterion covers something.",
  why: "What is judged and stands in no brief was never agreed.",
  wrong: "- { id: charm, name: Charm, means: …, weight: 1 }",
  right: "- { id: calm, name: Calm under fire, means: …, weight: 1, covers: [says-unknown] }",
  practice: true,
  needs: ["rubric.yaml", "intake.yaml"],
  check: ({ rubric, intake }) => {
    // A rubric that traces nothing at all has not begun to; that is another matter than one criterion slipped in.
    if (rubric === undefined || intake === undefined || !rubric.data.criteria.some(({ covers }) => (covers ?? []).length > 0)) return [];
    return rubric.data.criteria.flatMap(({ id, covers }) =>
      (covers ?? []).length === 0
        ? [
            observe(
              rubric.at("criteria", id),
              `'${id}' covers nothing that the intake names`,
              "covers: [a requirement, way of working or outcome]",
            ),
          ]
        : [],
    );
  },
});
