import { authorOf, type Base, pairsOf, type RangeCommit } from "../../../core/base.ts";
import { updateName } from "../../../core/change/explain.ts";
import { digest } from "../../../core/digest.ts";
import type { Doc, Workspace } from "../../../core/document.ts";
import { observe, type Observation, type Place } from "../../../core/finding.ts";
import type { Update } from "../../../core/model.ts";
import { defineRule } from "../../rule.ts";
import { observeSigner } from "../signed.ts";

export const updateAuthor = defineRule({
  id: "update/author",
  severity: "error",
  guard: true,
  summary: "Reasons and answers are committed by whoever gives them, as author or co-author.",
  why: "A reason in someone else's name explains nothing, and an answer in someone else's name agrees to nothing.",
  wrong: "answers: [{ by: riku, answer: agreed }], in a commit by dana",
  right: "the same, in a commit by riku (hire answer), or with Co-authored-by: riku",
  limits:
    "Needs a base. It finds mistakes and haste, not forgery: git lets anyone write any address. A warning where no address of the person is known.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap(({ before, after }) =>
      (after?.updates ?? []).flatMap((update) => {
        const old = before?.updates.find((other) => updateName(other) === updateName(update));
        const known = new Set((old?.data.answers ?? []).map((answer) => digest(answer)));
        const said = old === undefined ? judge(update, update.data.by, update.at("by"), firstOf(base, update), base, workspace) : [];
        const answered = (update.data.answers ?? []).flatMap((answer, index) =>
          known.has(digest(answer))
            ? []
            : judge(update, answer.by, update.at("answers", index, "by"), bringing(base, update, digest(answer)), base, workspace),
        );
        return [...said, ...answered];
      }),
    ),
});

function judge(
  { path }: Doc<Update>,
  person: string,
  place: Place,
  commit: RangeCommit | undefined,
  base: Base,
  workspace: Workspace,
): readonly Observation[] {
  if (commit === undefined)
    return base.committed && !base.versions.has(path) ? [observe(place, `no commit of this change says this for ${person}`)] : [];
  const words = { did: "said this", didNot: "say this", remedy: `have it committed by ${person}` };
  return observeSigner(commit, person, place, words, base, workspace);
}

/** The commit that first brought an update. */
function firstOf(base: Base, update: Doc<Update>): RangeCommit | undefined {
  return base.versions.get(update.path)?.find(({ doc }) => doc !== undefined)?.commit ?? authorOf(base, update);
}

/** The commit that first brought an answer. */
function bringing(base: Base, { path }: Doc<Update>, answer: string): RangeCommit | undefined {
  return base.versions
    .get(path)
    ?.find(({ doc }) => ((doc?.data as Update | undefined)?.answers ?? []).some((one) => digest(one) === answer))?.commit;
}
