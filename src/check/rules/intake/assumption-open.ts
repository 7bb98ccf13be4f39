import { observe } from "../../../core/finding.ts";
import { eventsOf } from "../../../core/events.ts";
import { defineRule } from "../../rule.ts";

export const intakeAssumptionOpen = defineRule({
  id: "intake/assumption-open",
  severity: "info",
  summary: "Assumptions are confirmed or refuted before candidates rest on them.",
  why: "A question nobody answered decides in silence.",
  wrong: 'assumptions:\n  - { id: remote, statement: May live elsewhere, owner: dana, due: "2026-11-06", status: open }',
  right:
    'assumptions:\n  - { id: remote, statement: May live elsewhere, owner: dana, due: "2026-11-06", status: confirmed, answer: Anywhere in Finland }',
  practice: true,
  needs: ["intake.yaml"],
  check: ({ id: role, intake, candidates }) => {
    if (intake === undefined) return [];
    const presented = candidates.some((candidate) => eventsOf(candidate).some(({ what }) => what === "presented"));
    return (intake.data.assumptions ?? []).flatMap(({ id, statement, owner, due, status }) =>
      status === "open"
        ? [
            observe(
              intake.at("assumptions", id),
              `open: ${statement} (${owner}, by ${due})${presented ? "; candidates rest on it already" : ""}`,
              `hire intake ${role} --set assumptions.${id}.status=confirmed --set assumptions.${id}.answer="…"`,
              presented ? "warning" : "info",
            ),
          ]
        : [],
    );
  },
});
