import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";
import { mentionsOf } from "./mentions.ts";

export const peopleInactive = defineRule({
  id: "people/inactive",
  severity: "warning",
  summary: "Nothing is expected of someone who has left.",
  why: "A search that waits for someone who is gone waits for ever.",
  wrong: "team: { hiring_manager: dana, recruiter: riku, panel: [ana] }   # ana: active: false",
  right: "team: { hiring_manager: dana, recruiter: riku, panel: [bo] }",
  practice: true,
  needs: [],
  check: (role, { workspace }) => {
    const gone = new Set((workspace.hire?.data.people ?? []).filter(({ active }) => active === false).map(({ id }) => id));
    return mentionsOf(role).flatMap(({ doc, path, person, current }) =>
      current && gone.has(person)
        ? [observe(doc.at(...path), `${person} is not active: has left, or was never here`, "name who does it now")]
        : [],
    );
  },
});
