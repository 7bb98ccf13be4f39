import { isBy, pairsOf } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import { observe } from "../../../core/finding.ts";
import type { Priorities } from "../../../core/model.ts";
import { isOpened, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

/** Whether a later round has an earlier one beside it, or is it. */
function keeps(next: Priorities, earlier: Priorities): boolean {
  const rounds = [next, ...(next.earlier ?? [])];
  return rounds.some(({ given_at, points }) => given_at === earlier.given_at && digest(points) === digest(earlier.points));
}

export const prioritiesEdited = defineRule({
  id: "priorities/edited",
  severity: "error",
  guard: true,
  summary: "Weights are changed by whoever gave them.",
  why: "Where both sides stand is the one figure that neither can be asked to improve.",
  wrong: "priorities/dana.yaml with other points, in a commit by riku",
  right: "the same in a commit by dana: hire weigh",
  limits: "Needs a base. What a squash or a force push left out, and what people without an address changed, it cannot tell.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      slotsOf(pair, base).flatMap(({ open, openNow, sealed }) => {
        if (openNow === undefined || !("person" in openNow.data)) return [];
        const { person } = openNow.data;
        let before: string | undefined;
        let opened: Priorities | undefined;
        for (const { doc, commit } of open) {
          const now = doc === undefined ? undefined : digest(doc.data);
          const isTheirs = commit === undefined || isBy(commit, person, base, workspace) !== false;
          const isOpening = sealed.some((one) => one.doc !== undefined && isOpened(one.doc, doc));
          if (before !== undefined && now !== before && !isTheirs && !isOpening && digest(openNow.data) !== before)
            return [
              observe(
                openNow.at("points"),
                `changed by someone else (commit ${commit.id.slice(0, 7)})`,
                `put them back, or let ${person} change them: hire weigh`,
              ),
            ];
          if (opened !== undefined && now !== before && !isOpening && doc !== undefined && !keeps(doc.data as Priorities, opened))
            return [
              observe(
                openNow.at("points"),
                "changed after it was opened, where everyone had seen both sides'",
                `put them back; ${person} weighs again with hire weigh, which keeps both rounds`,
              ),
            ];
          if (isOpening && doc !== undefined) opened = doc.data as Priorities;
          before = now ?? before;
        }
        return base.committed && before !== undefined && before !== digest(openNow.data)
          ? [
              observe(
                openNow.at("points"),
                "changed, and no commit says by whom",
                `put them back, or let ${person} change them: hire weigh`,
              ),
            ]
          : [];
      }),
    ),
});
