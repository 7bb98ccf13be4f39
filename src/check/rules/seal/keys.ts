import { isAgeKey } from "../../../core/age-key.ts";
import { compareText, observe } from "../../../core/finding.ts";
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
  checkShared: ({ workspace: { hire } }) => {
    const people = new Map(hire?.data.people.map((person) => [person.id, person]));
    return (hire?.data.seal ?? []).flatMap(({ person, key }, index) => {
      if (hire === undefined) return [];
      const mistyped = isAgeKey(key)
        ? []
        : [
            observe(
              hire.at("seal", index, "key"),
              "nothing can be sealed to this key: it was mistyped, or is a plugin's",
              "age-keygen -y KEYFILE prints it",
              "error",
            ),
          ];
      const known = people.get(person);
      return known !== undefined && known.active !== false
        ? mistyped
        : [
            ...mistyped,
            observe(
              hire.at("seal", index, "person"),
              known === undefined ? `'${person}' is nobody in hire.yaml` : `'${person}' is no longer here, and could open what is sealed`,
              known === undefined
                ? suggest(person, [...people.keys()].toSorted(compareText))
                : "put someone else's key in its place, then hire unseal --reseal",
            ),
          ];
    });
  },
});
