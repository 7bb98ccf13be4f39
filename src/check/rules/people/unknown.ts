import { observe } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { defineRule } from "../../rule.ts";
import { mentionsOf } from "./mentions.ts";

export const peopleUnknown = defineRule({
  id: "people/unknown",
  severity: "error",
  summary: "Everyone named in a file stands in hire.yaml.",
  why: "A promise, a score or a signature of someone nobody knows binds nobody.",
  wrong: "team: { hiring_manager: dnaa, recruiter: riku }",
  right: "team: { hiring_manager: dana, recruiter: riku }",
  needs: ["hire.yaml"],
  check: (role, { workspace }) => {
    if (workspace.hire === undefined) return [];
    const known = new Set(workspace.hire.data.people.map(({ id }) => id));
    return mentionsOf(role).flatMap(({ doc, path, person }) =>
      known.has(person)
        ? []
        : [observe(doc.at(...path), `'${person}' is nobody in hire.yaml`, suggest(person, known) ?? "add them to people in hire.yaml")],
    );
  },
});
