import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricRenameClash = defineRule({
  id: "rubric/rename-clash",
  severity: "error",
  summary: "An id is claimed once: no two criteria come from one old id, none that still stands, and ids are not given twice.",
  why: "Old scores would count for two things, or for the wrong one.",
  wrong: "criteria: [{ id: resilience, … }, { id: failure-design, renamed_from: [resilience], … }]",
  right: "criteria: [{ id: failure-design, renamed_from: [resilience], … }]",
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    if (rubric === undefined) return [];
    const { criteria } = rubric.data;
    const current = new Set(criteria.map(({ id }) => id));
    const claimed = new Set<string>();
    const given = new Set<string>();
    return criteria.flatMap(({ id, renamed_from }, index) => {
      const twice = given.has(id)
        ? [observe(rubric.at("criteria", index, "id"), `the id '${id}' is given twice`, "an id names one criterion")]
        : [];
      given.add(id);
      return [
        ...twice,
        ...(renamed_from ?? []).flatMap((old) => {
          const problem = current.has(old)
            ? `'${old}' still stands as a criterion of its own`
            : claimed.has(old)
              ? `'${old}' is claimed by another criterion too`
              : undefined;
          claimed.add(old);
          return problem === undefined
            ? []
            : [observe(rubric.at("criteria", index, "renamed_from", old), problem, "an old id belongs to one criterion")];
        }),
      ];
    });
  },
});
