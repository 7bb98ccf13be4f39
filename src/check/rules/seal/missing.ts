import { pairsOf } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import { holdersOf } from "../../../core/seal.ts";
import { isOpened, type Slot, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

export const sealMissing = defineRule({
  id: "seal/missing",
  severity: "warning",
  guard: true,
  summary: "Where hire.yaml sets seal, scorecards and weights are handed in sealed.",
  why: "One open scorecard is enough to lead everyone who comes after it.",
  wrong: "evaluations/design--ana.yaml, new since the base and never sealed",
  right: "evaluations/design--ana.sealed.yaml, which hire score writes",
  limits:
    "Needs a base whose hire.yaml sets seal. What was handed in and opened in one commit, as a squash makes it, cannot be told from what never was sealed.",
  checkBase: (base, { workspace }) =>
    holdersOf(base.workspace.hire?.data).length === 0
      ? []
      : pairsOf(base.workspace, workspace).flatMap((pair) =>
          slotsOf(pair, base).flatMap((slot) => {
            const { openNow, wasOpen } = slot;
            return openNow === undefined || wasOpen || wasSealed(slot)
              ? []
              : [
                  observe(
                    openNow.at("interviewer" in openNow.data ? "interviewer" : "person"),
                    "was handed in open, where others are sealed",
                    "hire score and hire weigh seal what they write; a hire that does not is too old",
                  ),
                ];
          }),
        ),
});

/** Whether any version of it was sealed before it was open. */
export function wasSealed({ sealed, open, openNow }: Slot): boolean {
  const opened = [...open.map(({ doc }) => doc), openNow];
  return sealed.some(({ doc }) => doc !== undefined && opened.some((one) => isOpened(doc, one)));
}
