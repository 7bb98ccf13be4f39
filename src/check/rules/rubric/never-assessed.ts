import { observe } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { defineRule } from "../../rule.ts";

export const rubricNeverAssessed = defineRule({
  id: "rubric/never-assessed",
  severity: "error",
  summary: "Every criterion is assessed in a stage, and stages assess criteria that exist.",
  why: "A criterion that no interview looks at is missing for every candidate.",
  wrong: "stages: [{ id: design, name: Design, assesses: [failure-design] }]   # and a criterion 'mentoring'",
  right: "stages: [{ id: design, name: Design, assesses: [failure-design, mentoring] }]",
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    if (rubric?.data.stages === undefined) return [];
    const { criteria, stages } = rubric.data;
    const known = new Set(criteria.map(({ id }) => id));
    const assessed = new Set(stages.flatMap(({ assesses }) => assesses));
    return [
      ...criteria
        .filter(({ id }) => !assessed.has(id))
        .map(({ id }) => observe(rubric.at("criteria", id), `no stage assesses '${id}'`, "add it to the assesses of a stage")),
      ...stages.flatMap((stage) =>
        stage.assesses
          .filter((id) => !known.has(id))
          .map((id) => observe(rubric.at("stages", stage.id, "assesses", id), `'${id}' is no criterion`, suggest(id, known))),
      ),
    ];
  },
});
