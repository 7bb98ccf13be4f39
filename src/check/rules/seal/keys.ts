import { isAgeKey } from "../../../core/age-key.ts";
import type { Doc } from "../../../core/document.ts";
import { compareText, observe, type Observation } from "../../../core/finding.ts";
import type { Hire } from "../../../core/model.ts";
import { holdersOf, isForHolders, sealedIn } from "../../../core/seal.ts";
import { suggest } from "../../../core/nearest.ts";
import { defineRule } from "../../rule.ts";

export const sealKeys = defineRule({
  id: "seal/keys",
  severity: "warning",
  summary: "What is sealed is sealed to sound keys of those who are there to open it.",
  why: "A scorecard that only a lost key opens is lost with it; one that a former colleague can open is not sealed.",
  wrong: "seal: [{ person: riku, key: age1… }, { person: eva, key: age1… }], with a scorecard sealed before eva's key was changed",
  right: "the same, after hire unseal --reseal",
  limits: "A key that nothing can be sealed to is an error. Whether someone still has their key, it cannot see.",
  needs: ["hire.yaml"],
  check: (role, { workspace }) =>
    sealedIn(role)
      .filter(({ data }) => !isForHolders(data, workspace.hire?.data))
      .map((doc) =>
        observe(
          doc.at("to"),
          "is sealed to other keys than those of hire.yaml",
          holdersOf(workspace.hire?.data).length === 0
            ? "hire unseal opens it with a key it was sealed to, once all are in"
            : "look whose keys these are now; then hire unseal --reseal",
        ),
      ),
  checkShared: ({ workspace: { hire } }) =>
    hire === undefined ? [] : (hire.data.seal ?? []).flatMap((_, index) => [...unsound(hire, index), ...unheld(hire, index)]),
});

/** A key that nothing can be sealed to. */
function unsound(hire: Doc<Hire>, index: number): readonly Observation[] {
  const holder = hire.data.seal?.[index];
  return holder === undefined || isAgeKey(holder.key)
    ? []
    : [
        observe(
          hire.at("seal", index, "key"),
          "nothing can be sealed to this key: it was mistyped, or is a plugin's",
          "age-keygen -y KEYFILE prints it",
          "error",
        ),
      ];
}

/** A key of someone who is not here. */
function unheld(hire: Doc<Hire>, index: number): readonly Observation[] {
  const { people, seal = [] } = hire.data;
  const person = seal[index]?.person ?? "";
  const known = people.find(({ id }) => id === person);
  const say = (message: string, hint: string | undefined): readonly Observation[] => [
    observe(hire.at("seal", index, "person"), message, hint),
  ];
  if (known === undefined) {
    const ids = people.map(({ id }) => id).toSorted(compareText);
    return say(`'${person}' is nobody in hire.yaml`, suggest(person, ids));
  }
  return known.active === false
    ? say(`'${person}' is no longer here, and could open what is sealed`, "put someone else's key in its place, then hire unseal --reseal")
    : [];
}
