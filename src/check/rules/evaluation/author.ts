import { broughtBy, isBy, pairsOf, type RangeCommit } from "../../../core/base.ts";
import type { Doc, Role } from "../../../core/document.ts";
import { observe } from "../../../core/finding.ts";
import type { Evaluation, SealedEvaluation } from "../../../core/model.ts";
import { handedIn } from "../../../core/rubric.ts";
import { saidIn } from "../../../core/scorecard.ts";
import { isOpened, saidBy, type Slot, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

export const evaluationAuthor = defineRule({
  id: "evaluation/author",
  severity: "info",
  summary: "A scorecard is committed by the interviewer, or by whoever it says typed it in.",
  why: "Whose words they are should be plain to those who read them.",
  wrong: "evaluations/design--ana.yaml, in a commit by riku",
  right: "the same with entered_by: riku",
  limits: "Needs a base; of a scorecard that was changed, evaluation/edited speaks, and of what became of a sealed one, seal/opened.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) => {
      const cardsOf = (role: Role | undefined): readonly Doc<Evaluation | SealedEvaluation>[] => role?.candidates.flatMap(handedIn) ?? [];
      const known = new Set(cardsOf(pair.before).map(({ data }) => `${data.candidate}/${data.stage}--${data.interviewer}`));
      const slots = slotsOf(pair, base);
      return cardsOf(pair.after).flatMap((evaluation) => {
        const { candidate, stage, interviewer, entered_by } = evaluation.data;
        if (known.has(`${candidate}/${stage}--${interviewer}`)) return [];
        const commit = bringerOf(evaluation, slots);
        if (commit === undefined) return [];
        const authors = [interviewer, ...(entered_by === undefined ? [] : [entered_by])].map((person) =>
          isBy(commit, person, base, workspace),
        );
        return authors.some((own) => own !== false)
          ? []
          : [
              observe(
                evaluation.at(entered_by === undefined ? "interviewer" : "entered_by"),
                `commit ${commit.id.slice(0, 7)} is by someone else`,
                "entered_by: who typed it in",
                // Nobody can look whose words these are.
                "sealed" in evaluation.data ? "warning" : undefined,
              ),
            ];
      });
    }),
});

/** The commit that handed a scorecard in; whoever opens one that was sealed is not who did. */
function bringerOf(card: Doc<Evaluation | SealedEvaluation>, slots: readonly Slot[]): RangeCommit | undefined {
  const slot = slots.find(({ openNow, sealedNow }) => openNow === card || sealedNow === card);
  if (slot === undefined) return undefined;
  const { openNow, sealedNow } = slot;
  if (sealedNow === card) return broughtBy(slot.sealed, (doc) => saidBy(doc) === saidBy(sealedNow));
  const opened = [...slot.open.map(({ doc }) => doc), openNow];
  const sealer = slot.sealed.find(({ doc }) => doc !== undefined && opened.some((own) => isOpened(doc, own)))?.commit;
  return sealer ?? broughtBy(slot.open, (doc) => saidIn(doc.data) === saidIn(card.data));
}
