import { digest } from "../../../core/digest.ts";
import { observe, startOf } from "../../../core/finding.ts";
import { holdersOf } from "../../../core/seal.ts";
import { defineRule } from "../../rule.ts";

export const sealHolders = defineRule({
  id: "seal/holders",
  severity: "warning",
  guard: true,
  summary: "Who can open what is sealed changes in plain sight.",
  why: "Whoever puts their own key there reads what others hand in, before they hand in their own.",
  wrong: "seal: [..., { person: dana, key: age1… }], new since the base",
  right: "the same, looked at and merged by someone else",
  limits: "Needs a base. It says so once, in the change that does it; whether it was agreed, people know.",
  checkBase: (base, { workspace: { hire } }) => {
    const before = holdersOf(base.workspace.hire?.data);
    const now = holdersOf(hire?.data);
    if (before.length === 0 || digest(before) === digest(now)) return [];
    const keyOf = ({ person, key }: (typeof now)[number]): string => `${person} ${key}`;
    const [was, is] = [before, now].map((holders) => new Set(holders.map(keyOf)));
    const added = now.filter((holder) => was?.has(keyOf(holder)) !== true).map(({ person }) => person);
    const gone = before.filter((holder) => is?.has(keyOf(holder)) !== true).map(({ person }) => person);
    const words = [
      ...(now.length === 0 ? ["nothing is sealed any more"] : []),
      ...(added.length === 0 ? [] : [`a new key of ${added.join(", ")} opens what is sealed from now on`]),
      ...(now.length === 0 || gone.length === 0 ? [] : [`a key of ${gone.join(", ")} no longer does`]),
    ];
    return words.length === 0
      ? []
      : [observe(hire?.data.seal === undefined ? startOf("hire.yaml") : hire.at("seal"), words.join("; "), "make sure both sides know")];
  },
});
