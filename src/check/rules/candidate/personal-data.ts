import type { Base } from "../../../core/base.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { candidateDocuments, textsIn } from "../../../core/free-text.ts";
import { personalDataIn, suspectData } from "../../../core/personal-data.ts";
import { defineRule } from "../../rule.ts";

export const candidatePersonalData = defineRule({
  id: "candidate/personal-data",
  severity: "error",
  summary: "Candidates' files, their names and the commits that carry them hold no address, phone number or link to a person.",
  why: "What git keeps is copied to every clone and is hard to take back. Who a candidate is belongs where it can be erased.",
  wrong: "note: Call her on +358 40 123 4567",
  right: "note: Call her before Friday",
  limits:
    "It knows e-mail addresses, phone numbers and links to profiles by their form. Names have no form: names are not checked here. Commit subjects are looked at with a base. What is found is pointed at, never quoted.",
  discreet: true,
  needs: [],
  check: (role) =>
    role.candidates.flatMap((candidate) =>
      candidateDocuments(candidate)
        .flatMap((doc) => textsIn(doc, suspectData))
        .flatMap(({ doc, path, text }): readonly Observation[] => {
          const [found] = personalDataIn(text);
          return found === undefined
            ? []
            : [
                observe(
                  doc.at(...path),
                  `holds ${found.kind}`,
                  "take it out, here and in the history (git rebase), and keep it where candidates' data can be erased",
                ),
              ];
        }),
    ),
  checkBase: (base) => base.commits.flatMap(inSubject),
});

function inSubject({ id, subject, files }: Base["commits"][number]): readonly Observation[] {
  const [found] = files.some(({ path }) => /^roles\/[^/]+\/candidates\//u.test(path)) ? personalDataIn(subject) : [];
  return found === undefined
    ? []
    : [
        observe(
          startOf("hire.yaml"),
          `the subject of commit ${id.slice(0, 7)} holds ${found.kind}`,
          "reword it before it is pushed: git rebase --interactive",
        ),
      ];
}
