import type { Doc, Role, Segment } from "../../../core/document.ts";
import { observe, type Observation } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";
import { suspectWords, vagueWords } from "./vague-words.ts";

export const intakeVague = defineRule({
  id: "intake/vague",
  severity: "warning",
  summary: "Requirements, ways of working and criteria are things one can see and score.",
  why: "Words no one can score are filled in by each reader, mostly with people like themselves.",
  wrong: "statement: A rock star and good communicator",
  right: "statement: Explains an outage to customers in writing within the hour",
  practice: true,
  needs: ["intake.yaml", "rubric.yaml"],
  check: (role) => textsOf(role).flatMap(({ doc, path, text }) => vagueIn(doc, path, text)),
});

function vagueIn(doc: Doc<unknown>, path: readonly Segment[], text: string): readonly Observation[] {
  if (!suspectWords.test(text)) return [];
  for (const { pattern, instead } of vagueWords) {
    const match = pattern.exec(text);
    if (match !== null) return [observe(doc.at(...path), `no one can score '${match[0]}'`, instead)];
  }
  return [];
}

function textsOf({
  intake,
  rubric,
}: Role): readonly { readonly doc: Doc<unknown>; readonly path: readonly Segment[]; readonly text: string }[] {
  return [
    ...(intake === undefined
      ? []
      : [
          ...(intake.data.requirements ?? []).map(({ id, statement }) => ({
            doc: intake,
            path: ["requirements", id, "statement"],
            text: statement,
          })),
          ...(intake.data.ways_of_working ?? []).map(({ id, behaviour }) => ({
            doc: intake,
            path: ["ways_of_working", id, "behaviour"],
            text: behaviour,
          })),
          ...(intake.data.culture === undefined ? [] : [{ doc: intake, path: ["culture"], text: intake.data.culture }]),
        ]),
    ...(rubric === undefined
      ? []
      : rubric.data.criteria.flatMap(({ id, name, means }) => [
          { doc: rubric, path: ["criteria", id, "name"], text: name },
          { doc: rubric, path: ["criteria", id, "means"], text: means },
        ])),
  ];
}
