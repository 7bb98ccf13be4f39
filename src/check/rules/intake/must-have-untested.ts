import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const intakeMustHaveUntested = defineRule({
  id: "intake/must-have-untested",
  severity: "error",
  summary: "Every must-have is covered by a criterion.",
  why: "What must be there and nobody looks for is decided by impression.",
  wrong: "requirements: [{ id: sql, need: must-have, … }]   # no criterion covers sql",
  right: "criteria: [{ id: data, covers: [sql], … }]",
  practice: true,
  needs: ["intake.yaml", "rubric.yaml"],
  check: ({ intake, rubric }) => {
    if (intake === undefined || rubric === undefined) return [];
    const covered = new Set(rubric.data.criteria.flatMap(({ covers }) => covers ?? []));
    return (intake.data.requirements ?? []).flatMap(({ id, need }) =>
      need === "must-have" && !covered.has(id)
        ? [
            observe(
              intake.at("requirements", id),
              `no criterion covers the must-have '${id}'`,
              `add ${id} to the covers of a criterion, or make it a nice-to-have`,
            ),
          ]
        : [],
    );
  },
});
