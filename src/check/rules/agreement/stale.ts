import { isGrave } from "../../../core/change/change.ts";
import { sideWords, standingOf } from "../../../core/sign-off.ts";
import { defaultReweight } from "../../../core/change/compare.ts";
import { list } from "../../../core/change/words.ts";
import { observe } from "../../../core/finding.ts";
import { noVersions } from "../../../core/former.ts";
import { defineRule } from "../../rule.ts";

export const agreementStale = defineRule({
  id: "agreement/stale",
  severity: "error",
  summary: "What both sides agreed to is what stands today.",
  why: "Criteria that moved on without a signature are one side's criteria.",
  wrong: "weight: 5   # agreed: 3",
  right: "weight: 5, and hire agree once more",
  practice: true,
  needs: ["intake.yaml", "rubric.yaml", "agreements/"],
  check: (role, { workspace, former }) =>
    role.agreements.flatMap((agreement) => {
      const standing = standingOf(
        agreement,
        role,
        former.get(role.id) ?? noVersions,
        workspace.hire?.data.change?.reweight ?? defaultReweight,
      );
      if (!standing.stale) return [];
      const what =
        standing.changes === undefined
          ? `${list(standing.differing)}; the words agreed to are not in this history`
          : some([...new Set(standing.changes.changes.filter(isGrave).map(({ item, text }) => `${item.id} ${text}`))]);
      const { person, as, agreed_at } = agreement.data;
      return [
        observe(
          agreement.at("agreed_at"),
          `the ${sideWords[as]} agreed on ${agreed_at.slice(0, 10)}; since then: ${what}`,
          `hire agree ${role.id} --as ${person}`,
        ),
      ];
    }),
});

/** Three of them, and how many more. */
function some(facts: readonly string[]): string {
  return facts.length <= 3 ? list(facts) : list([...facts.slice(0, 3), `${facts.length - 3} more`]);
}
