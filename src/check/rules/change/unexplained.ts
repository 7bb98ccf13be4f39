import { pairsOf } from "../../../core/base.ts";
import { type Change, explainName, gravityWords, labelOf, needsReason, withoutPay } from "../../../core/change/change.ts";
import { isAgreed } from "../../../core/change/compare.ts";
import { isOver, type Workspace } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const changeUnexplained = defineRule({
  id: "change/unexplained",
  severity: "error",
  guard: true,
  summary: "Once both sides have agreed, no change that may alter who is hired goes without its reason.",
  why: "Criteria that shift in silence make every score before them a score for something else, and the other side the last to know.",
  wrong: "weight: 5, where the base says weight: 3, and no update that explains it",
  right: "weight: 5, and updates/….yaml that explains it (hire change, or hire explain)",
  limits:
    "Needs a base. Nothing needs a reason before both sides have first agreed, nor does taking a search out that was filled or cancelled. Changes of rules and limits in hire.yaml count as changes.",
  checkBase: (base, { workspace }) =>
    isTakenAway(base.workspace, workspace)
      ? [
          observe(
            startOf("hire.yaml"),
            "hire.yaml was deleted, and with it everything that was agreed",
            "put it back; a search ends with status: filled or cancelled in its intake",
          ),
        ]
      : base.changes.flatMap(({ role, changes, agreed }) => {
          const pair = pairsOf(base.workspace, workspace).find(({ before, after }) => (after ?? before)?.id === role);
          if (pair?.before !== undefined && pair.after === undefined && isOver(pair.before)) return [];
          return changes.filter((change) => needsReason(change, agreed)).map((change) => observeChange(change, workspace));
        }),
});

/** Whether the hiring root has gone while a search that both sides agreed on still runs. */
function isTakenAway(before: Workspace, after: Workspace): boolean {
  if (before.hire === undefined || after.hire !== undefined || after.unreadable.includes("hire.yaml")) return false;
  return before.roles.some((role) => isAgreed(role) && !isOver(role));
}

function observeChange(change: Change, workspace: Workspace): Observation {
  const { file, gravity } = change;
  // What went with its whole file is shown at the nearest file that is still there.
  const place = change.after?.() ?? survivor(change, workspace);
  // What both sides know of the role itself is news for the other one, not only a matter of scoring.
  const silent = file === "intake.yaml" ? "and nobody was told" : "without a reason";
  const words = ({ text }: Change): string => `${labelOf(change)}: ${text}, ${silent} (${gravityWords[gravity].toLowerCase()})`;
  const discreet = words(withoutPay(change));
  return {
    ...observe(place, words(change), `hire explain ${explainName(change)}`),
    ...(discreet === words(change) ? {} : { discreet }),
  };
}

function survivor({ role, file }: Change, { roles, hire }: Workspace): ReturnType<typeof startOf> {
  const own = roles.find(({ id }) => id === role);
  const other = file === "rubric.yaml" ? own?.intake : own?.rubric;
  return other?.at(file === "rubric.yaml" ? "title" : "criteria") ?? hire?.at("version") ?? startOf("hire.yaml");
}
