import { observe, type Observation } from "../../../core/finding.ts";
import type { Evaluation } from "../../../core/model.ts";
import { defineRule } from "../../rule.ts";

const shortest = 10;

export const evaluationEvidenceMissing = defineRule({
  id: "evaluation/evidence-missing",
  severity: "error",
  summary: "Every rating says what it rests on, in words of its own.",
  why: "A number without evidence is an impression, and cannot be weighed against another.",
  wrong: "- { criterion: design, as_of: …, rating: 4 }",
  right: "- { criterion: design, as_of: …, rating: 4, evidence: Named the split-brain before I asked }",
  needs: [],
  check: ({ candidates }) =>
    candidates.flatMap(({ evaluations }) =>
      evaluations.flatMap((evaluation) => {
        const told = new Map<string, number>();
        const begun = beginnings(evaluation.data);
        return evaluation.data.ratings.flatMap(({ rating, evidence }, index): readonly Observation[] => {
          if (rating === null) return [];
          const text = (evidence ?? "").trim();
          if (text === "")
            return [observe(evaluation.at("ratings", index), "a rating without evidence", "evidence: what was said or done")];
          // Most pairs differ in their first letter already.
          const words = begun.get(initial(text)) === 1 ? text : text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ");
          const twin = told.get(words);
          told.set(words, index);
          if (twin !== undefined)
            return [
              observe(
                evaluation.at("ratings", index, "evidence"),
                `the same evidence as for '${evaluation.data.ratings[twin]?.criterion ?? ""}', word for word`,
                "say what it shows for this criterion",
                "warning",
              ),
            ];
          return text.length < shortest
            ? [observe(evaluation.at("ratings", index, "evidence"), "evidence of a word or two", "what was said or done?", "warning")]
            : [];
        });
      }),
    ),
});

/** How many texts of a scorecard begin with each letter. */
function beginnings({ ratings }: Evaluation): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const { evidence } of ratings) {
    const letter = initial(evidence ?? "");
    begun.set(letter, (begun.get(letter) ?? 0) + 1);
  }
  return begun;
}

/** The first letter or digit, small; quotes and dashes before it say nothing. */
function initial(text: string): string {
  const first = text.charAt(0);
  return /^[A-Za-z]/u.test(first) ? first.toLowerCase() : (/[\p{L}\p{N}]/u.exec(text)?.[0].toLowerCase() ?? "");
}
