import { authorOf, isBy, isNew, pairsOf } from "../../../core/base.ts";
import type { Agreement } from "../../../core/model.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const agreementAuthor = defineRule({
  id: "agreement/author",
  severity: "error",
  guard: true,
  summary: "An agreement is committed by whoever signs it, as author or co-author.",
  why: "A signature in someone else's name binds nobody.",
  wrong: "agreements/dana.yaml, in a commit by riku",
  right: "agreements/dana.yaml, in a commit by dana, or with Co-authored-by: dana",
  limits:
    "Needs a base. Addresses are those that hire.yaml gives a person there (email, emails): git lets anyone write any address, so this finds mistakes and haste, not forgery. A warning where no address of the person is known.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap(({ before, after }) =>
      (after?.agreements ?? []).flatMap((agreement) => {
        if (!isNew(agreement, before?.agreements ?? [], (a, b) => (a.data as Agreement).person === (b.data as Agreement).person)) return [];
        const commit = authorOf(base, agreement);
        const { person } = agreement.data;
        if (commit === undefined)
          return base.committed
            ? [
                observe(
                  agreement.at("person"),
                  `no commit of this change signed for ${person}`,
                  `a merge put this here: hire agree --again, by ${person}, says what holds`,
                ),
              ]
            : [];
        const own = isBy(commit, person, base, workspace);
        if (own === true) return [];
        const at = agreement.at("person");
        return [
          own === undefined
            ? observe(
                at,
                `no address of ${person} is known, so nobody can tell who signed`,
                `give ${person} an email in hire.yaml`,
                "warning",
              )
            : observe(
                at,
                `${person} did not sign this: commit ${commit.id.slice(0, 7)} is by someone else`,
                `hire agree --again, committed by ${person}; if the address is theirs, it belongs into their emails in hire.yaml first`,
              ),
        ];
      }),
    ),
});
