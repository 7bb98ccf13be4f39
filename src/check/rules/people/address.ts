import { authorsOf } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import { addressesOf } from "../../../core/person.ts";
import { defineRule } from "../../rule.ts";

export const peopleAddress = defineRule({
  id: "people/address",
  severity: "error",
  guard: true,
  summary: "A person's addresses are changed by that person.",
  why: "By their addresses it is told who signed and who scored: whoever writes their own beside someone's name could sign for them.",
  wrong: "email: riku@elsewhere.example, in a commit by dana",
  right: "emails: [riku@elsewhere.example], in a commit by riku from an address that the base knows",
  limits: "Needs a base. A first address for someone who has none may be written by anyone.",
  checkBase: (base, { workspace }) => {
    const { hire } = workspace;
    if (hire === undefined) return [];
    return hire.data.people.flatMap((person) => {
      const old = base.workspace.hire?.data.people.find(({ id }) => id === person.id);
      const known = old === undefined ? [] : addressesOf(old);
      const added = addressesOf(person).filter((address) => !known.includes(address));
      if (known.length === 0 || added.length === 0 || !base.committed) return [];
      // One commit of the file by the person themselves is enough: what each commit changed in it is not looked at.
      const own = authorsOf(base, "hire.yaml").some((authors) => authors.some((author) => known.includes(author)));
      return own
        ? []
        : [
            observe(
              hire.at("people", person.id),
              `${person.id} was given another address, and not by ${person.id}`,
              `let ${person.id} commit it, from an address that hire.yaml knows`,
            ),
          ];
    });
  },
});
