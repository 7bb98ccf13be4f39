import { isBy, pairsOf } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import { observe } from "../../../core/finding.ts";
import { isOpened, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

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
