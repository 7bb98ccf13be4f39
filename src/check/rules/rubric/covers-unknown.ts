import { observe } from "../../../core/finding.ts";
import { nearest } from "../../../core/nearest.ts";
import { defineRule } from "../../rule.ts";

export const rubricCoversUnknown = defineRule({
  id: "rubric/covers-unknown",
  severity: "error",
  summary: "Every criterion covers a requirement, way of working or outcome that the intake names.",
  why: "A criterion that traces to nothing agreed is a criterion someone brought in alone.",
  wrong: "covers: [pagr]",
  right: "covers: [pager]",
  needs: ["rubric.yaml", "intake.yaml"],
  check: ({ rubric, intake }) => {
    if (rubric === undefined || intake === undefined) return [];
    const { requirements = [], outcomes = [], ways_of_working = [] } = intake.data;
    const known = new Set([...requirements, ...outcomes, ...ways_of_working].map(({ id }) => id));
    return rubric.data.criteria.flatMap((criterion) =>
      (criterion.covers ?? [])
        .filter((id) => !known.has(id))
        .map((id) => {
          const near = nearest(id, known);
          return observe(
            rubric.at("criteria", criterion.id, "covers", id),
            `'${id}' is no requirement, way of working or outcome of the intake`,
            near === undefined ? "add it to the intake, or take it out here" : `did you mean '${near}'?`,
          );
        }),
    );
  },
});
