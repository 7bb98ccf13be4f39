import { observe, type Observation } from "../../../core/finding.ts";
import { candidateDocuments, type FreeText, searchDocuments, textsIn } from "../../../core/free-text.ts";
import { defineRule } from "../../rule.ts";
import { protectedMatter } from "../../../core/protected.ts";
import { suspectWords } from "../../../core/protected-words.ts";

export const textProtected = defineRule({
  id: "text/protected",
  severity: "error",
  summary: "No text names, or stands in for, what the law protects.",
  why: "Written down beside a decision it is what the decision will be held to rest on; and whatever was meant can be said lawfully.",
  wrong: "statement: A digital native for our young team",
  right: "statement: Has run a social channel of our size",
  limits:
    "English words only, and few of them: those that hardly ever mean anything else in a hiring file. It does not read between the lines, and knows no photo, name or school. 'Senior', the age of a codebase, a young company, a native app and an accent colour pass. The words found are pointed at, never quoted.",
  discreet: true,
  needs: [],
  check: (role) =>
    [...searchDocuments(role), ...role.candidates.flatMap(candidateDocuments)]
      .flatMap((doc) => textsIn(doc, suspectWords))
      .flatMap(protectedIn),
});

function protectedIn({ doc, path, text }: FreeText): readonly Observation[] {
  const words = protectedMatter(text);
  return words === undefined ? [] : [observe(doc.at(...path), `names or stands in for a protected matter: ${words.matter}`, words.instead)];
}
