import { observe, startOf } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const intakeMissing = defineRule({
  id: "intake/missing",
  severity: "error",
  summary: "A role that has candidates or a rubric has its brief.",
  why: "Files that came beside a renamed folder are seen by nobody: no report names a role without a brief.",
  wrong: "roles/backend/candidates/amber-otter/, while the brief lies in roles/platform/",
  right: "both in roles/platform/",
  needs: ["intake.yaml"],
  check: ({ id, intake, rubric, candidates }) => {
    const [first] = [
      ...(rubric === undefined ? [] : [rubric]),
      ...candidates.flatMap(({ candidate, events, evaluations, sealed, decision }) =>
        [candidate, events, ...evaluations, ...sealed, decision].flatMap((doc) => doc ?? []),
      ),
    ];
    return intake !== undefined || first === undefined
      ? []
      : [
          observe(
            startOf(first.path),
            `the role ${id} has no intake.yaml`,
            `move what is here to the role it belongs to, or begin one: hire intake ${id}`,
          ),
        ];
  },
});
