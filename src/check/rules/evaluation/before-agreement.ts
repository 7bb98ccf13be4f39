import { sides } from "../../../core/sign-off.ts";
import { observe } from "../../../core/finding.ts";
import type { Agreement } from "../../../core/model.ts";
import { byTime } from "../../../core/moment.ts";
import { handedIn, isSample } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const evaluationBeforeAgreement = defineRule({
  id: "evaluation/before-agreement",
  severity: "error",
  summary: "Nobody is interviewed before both sides have first agreed.",
  why: "Otherwise the first candidate writes the criteria.",
  wrong: 'interviewed_at: "2026-11-01T10:00:00+02:00"   # agreed on 3 November',
  right: 'interviewed_at: "2026-11-10T10:00:00+02:00"',
  needs: ["agreements/"],
  check: ({ agreements, candidates }) => {
    const first = sides.map(
      (side) =>
        agreements
          .filter(({ data }) => data.as === side)
          .map(({ data }) => firstSigned(data))
          .toSorted(byTime)[0],
    );
    if (first.some((at) => at === undefined)) return [];
    const both =
      first
        .flatMap((at) => at ?? [])
        .toSorted(byTime)
        .at(-1) ?? "";
    return candidates
      .filter((candidate) => !isSample(candidate))
      .flatMap((candidate) =>
        handedIn(candidate).flatMap((evaluation) => {
          const { submitted_at } = evaluation.data;
          // A sealed one says when they met once it is open.
          const interviewed_at = "interviewed_at" in evaluation.data ? evaluation.data.interviewed_at : undefined;
          const at = interviewed_at ?? submitted_at;
          return byTime(at, both) < 0
            ? [
                observe(
                  evaluation.at(interviewed_at === undefined ? "submitted_at" : "interviewed_at"),
                  `interviewed before both sides agreed (${both.slice(0, 16).replace("T", " ")})`,
                  "say so in the debrief; rate again if what was agreed differs",
                ),
              ]
            : [];
        }),
      );
  },
});

function firstSigned(agreement: Agreement): string {
  return [agreement.agreed_at, ...(agreement.earlier ?? []).map(({ agreed_at }) => agreed_at)].toSorted(byTime)[0] ?? agreement.agreed_at;
}
