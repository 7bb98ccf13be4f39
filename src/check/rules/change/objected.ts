import { pairsOf } from "../../../core/base.ts";
import { updateName } from "../../../core/change/explain.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { answerOf, openObjections } from "../../../core/updates.ts";
import { defineRule } from "../../rule.ts";

export const changeObjected = defineRule({
  id: "change/objected",
  severity: "warning",
  guard: true,
  summary: "An objection is settled before its change goes through, and only whoever made it takes it back.",
  why: "Explained is not agreed: a change that someone asked objects to is one side's change.",
  wrong: "answers: [{ by: riku, answer: objects, because: … }]",
  right: "riku agrees after a talk (hire answer), or both sides sign again (hire agree)",
  limits: "Needs a base. An error where the objection itself was taken out of the file.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap(({ before, after }): readonly Observation[] => {
      if (after === undefined || after.unreadable.some((path) => path.includes("/updates/"))) return [];
      const open = openObjections(after).flatMap(({ update, by }) => {
        const doc = after.updates.find((one) => updateName(one) === update);
        const index = doc?.data.answers?.findLastIndex((answer) => answer.by === by) ?? -1;
        return doc === undefined
          ? []
          : [
              observe(
                doc.at("answers", index, "answer"),
                `${by} objects`,
                `talk; then hire answer ${update} agree --as ${by}, or both sign again`,
              ),
            ];
      });
      const lost = (before?.updates ?? []).flatMap((old) =>
        (old.data.answers ?? []).flatMap(({ by, answer, at }) => {
          if (answer !== "objects" || answerOf(old.data, by)?.at !== at) return [];
          const doc = after.updates.find((one) => updateName(one) === updateName(old));
          const kept = doc?.data.answers?.some((own) => own.by === by && own.at === at && own.answer === "objects") === true;
          return kept
            ? []
            : [
                observe(
                  doc?.at("answers") ?? after.intake?.at("team") ?? startOf("hire.yaml"),
                  `${by}'s objection to '${updateName(old)}' was taken out`,
                  "put it back: whoever objects takes it back by answering again (hire answer)",
                  "error",
                ),
              ];
        }),
      );
      return [...open, ...lost];
    }),
});
