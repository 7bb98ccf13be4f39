import type { Doc } from "../../../core/document.ts";
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
  check: ({ candidates }) => candidates.flatMap(({ evaluations }) => evaluations.flatMap(inScorecard)),
});

function inScorecard(evaluation: Doc<Evaluation>): readonly Observation[] {
  const { ratings } = evaluation.data;
  const texts = ratings.map(({ rating, evidence }) => (rating === null ? undefined : (evidence ?? "").trim()));
  const twins = twinsOf(texts);
  return texts.flatMap((text, index): readonly Observation[] => {
    if (text === undefined) return [];
    if (text === "") return [observe(evaluation.at("ratings", index), "a rating without evidence", "evidence: what was said or done")];
    const twin = twins[index] ?? index;
    const say = (message: string, hint: string): readonly Observation[] => [
      observe(evaluation.at("ratings", index, "evidence"), message, hint, "warning"),
    ];
    if (twin < index)
      return say(`the same evidence as for '${ratings[twin]?.criterion ?? ""}', word for word`, "say what it shows for this criterion");
    return text.length < shortest ? say("evidence of a word or two", "what was said or done?") : [];
  });
}

/** For each text the index of the first that says the same, word for word; an empty one is like no other. */
function twinsOf(texts: readonly (string | undefined)[]): readonly number[] {
  // The few of a usual scorecard are told apart by how they begin, long before their words are.
  if (texts.length <= few)
    return texts.map((text = "") => texts.findIndex((other) => other !== undefined && other !== "" && isSame(other, text)));
  const first = new Map<string, number>();
  return texts.map((text = "", index) => {
    if (text === "") return index;
    const words = wordsOf(text);
    const twin = first.get(words) ?? index;
    first.set(words, twin);
    return twin;
  });
}

const few = 20;

/** Whether two texts say the same, word for word. */
function isSame(a: string, b: string): boolean {
  return a === b || (!beginsOtherwise(a, b) && wordsOf(a) === wordsOf(b));
}

/** Whether two texts part at a letter, early on, as most do. */
function beginsOtherwise(a: string, b: string): boolean {
  for (let at = 0; at < farEnough; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === right) continue;
    const [small, other] = [smallLetter(left), smallLetter(right)];
    if (small === undefined || other === undefined) return false;
    if (small !== other) return true;
  }
  return false;
}

const farEnough = 60;

/** A letter of ASCII as its small one; anything else is undefined. */
function smallLetter(code: number): number | undefined {
  const small = code | 32;
  return small >= 97 && small <= 122 ? small : undefined;
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
