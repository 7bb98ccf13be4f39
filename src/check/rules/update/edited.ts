import { pairsOf } from "../../../core/base.ts";
import { updateName } from "../../../core/change/explain.ts";
import { digest } from "../../../core/digest.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import type { Update } from "../../../core/model.ts";
import { defineRule } from "../../rule.ts";

export const updateEdited = defineRule({
  id: "update/edited",
  severity: "error",
  guard: true,
  summary: "What was said stays said: an update that others have read only gains answers.",
  why: "A reason, or what happens to scores, rewritten afterwards would rewrite what others agreed to.",
  wrong: "scores: void, where the base says scores: keep",
  right: "a new update that says what holds now (hire change, or hire explain)",
  limits: "Needs a base. Answers may be added, none taken out or rewritten; comments and layout are free.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap(({ before, after }): readonly Observation[] => {
      if (after === undefined || after.unreadable.some((path) => path.includes("/updates/"))) return [];
      return (before?.updates ?? []).flatMap((old) => {
        const now = after.updates.find((update) => updateName(update) === updateName(old));
        const place = now ?? after.intake;
        const hint = "put it back as it was, and say what holds now in a new update";
        if (now === undefined)
          return [observe(place?.at("team") ?? startOf("hire.yaml"), `the update '${updateName(old)}' was deleted`, hint)];
        const field = changedField(old.data, now.data);
        return field === undefined ? [] : [observe(now.at(field), `${field} was rewritten after it was read`, hint)];
      });
    }),
});

/** The first field that says something else; of answers, where one is gone or rewritten. */
function changedField(before: Update, after: Update): string | undefined {
  const given = new Set((after.answers ?? []).map((answer) => digest(answer)));
  // That an objection was taken out is a finding of its own.
  if ((before.answers ?? []).some((answer) => answer.answer !== "objects" && !given.has(digest(answer)))) return "answers";
  const fields = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof Update)[]);
  fields.delete("answers");
  return [...fields].find((field) => digest(before[field] ?? null) !== digest(after[field] ?? null));
}
