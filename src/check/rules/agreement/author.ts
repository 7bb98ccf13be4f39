import { authorOf, pairsOf } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";
import { observeSigner } from "../signed.ts";

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
        const { person } = agreement.data;
        const old = before?.agreements.find(({ data }) => data.person === person);
        if (old !== undefined && digest(old.data) === digest(agreement.data)) return [];
        const commit = authorOf(base, agreement);
        const place = agreement.at("person");
        if (commit === undefined)
          return base.committed
            ? [
                observe(
                  place,
                  `no commit of this change signed for ${person}`,
                  `a merge put this here: hire agree --again, by ${person}, says what holds`,
                ),
              ]
            : [];
        const words = { did: "signed", didNot: "sign this", remedy: `hire agree --again, committed by ${person}` };
        return observeSigner(commit, person, place, words, base, workspace);
      }),
    ),
});
