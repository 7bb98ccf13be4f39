import { isGrave, explainName, isSameItem, labelOf, needsReason, type RoleChanges, withoutPay } from "../../../core/change/change.ts";
import { sideWords, standingOf } from "../../../core/sign-off.ts";
import { defaultReweight } from "../../../core/change/compare.ts";
import { list, some } from "../../../core/change/words.ts";
import { observe } from "../../../core/finding.ts";
import { noVersions } from "../../../core/former.ts";
import { defineRule } from "../../rule.ts";

export const agreementStale = defineRule({
  id: "agreement/stale",
  severity: "error",
  guard: true,
  summary: "What both sides agreed to is what stands today.",
  why: "Criteria that moved on without a signature are one side's criteria.",
  wrong: "weight: 5   # agreed: 3",
  right: "weight: 5, and hire agree once more",
  limits:
    "A warning where each change since has its reason: explained, and not yet agreed to. An error where one has none; of a change that is being judged against a base, change/unexplained says that.",
  practice: true,
  needs: ["intake.yaml", "rubric.yaml", "agreements/"],
  check: (role, { workspace, former, base }) =>
    role.agreements.flatMap((agreement) => {
      const standing = standingOf(
        agreement,
        role,
        former.get(role.id) ?? noVersions,
        (base?.workspace.hire ?? workspace.hire)?.data.change?.reweight ?? defaultReweight,
      );
      if (!standing.stale) return [];
      const what =
        standing.changes === undefined
          ? `${list(standing.differing)}; the words agreed to are not in this history`
          : some(factsOf(standing.changes));
      // What this very change leaves without a reason is told as that.
      const told = base?.changes.find((own) => own.role === role.id)?.changes.filter((change) => needsReason(change, true)) ?? [];
      const explained =
        standing.changes !== undefined &&
        !standing.changes.changes.some((change) => needsReason(change, true) && !told.some((other) => isSameItem(change, other)));
      const unexplained = standing.changes?.changes.find((change) => needsReason(change, true));
      const open = unexplained === undefined ? undefined : explainName(unexplained);
      const { person, as, agreed_at } = agreement.data;
      const since = `the ${sideWords[as]} agreed on ${agreed_at.slice(0, 10)}; since then`;
      return [
        {
          ...observe(
            agreement.at("agreed_at"),
            `${since}: ${what}`,
            explained || open === undefined
              ? `hire agree ${role.id} --as ${person}`
              : `hire explain ${open}, then hire agree ${role.id} --as ${person}`,
            explained ? "warning" : "error",
          ),
          ...(standing.changes === undefined ? {} : { discreet: `${since}: ${some(discreetFacts(standing.changes))}` }),
        },
      ];
    }),
});

function factsOf({ changes }: RoleChanges): readonly string[] {
  return [...new Set(changes.filter(isGrave).map((change) => `${labelOf(change)} ${change.text}`))];
}

function discreetFacts(changes: RoleChanges): readonly string[] {
  return factsOf({ ...changes, changes: changes.changes.map(withoutPay) });
}
