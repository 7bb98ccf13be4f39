import { authorsOf } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import type { Person } from "../../../core/model.ts";
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
      if (old === undefined || addresses(old).length === 0 || addresses(old).join(" ") === addresses(person).join(" ")) return [];
      const added = addresses(person).filter((address) => !addresses(old).includes(address));
      // One commit of the file by the person themselves is enough: what each commit changed in it is not looked at.
      const own = authorsOf(base, "hire.yaml").some((authors) => authors.some((author) => addresses(old).includes(author)));
      return added.length === 0 || own || !base.committed
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

function addresses({ email, emails }: Person): readonly string[] {
  return [email, ...(emails ?? [])].flatMap((address) => (address === undefined ? [] : [address.toLowerCase()])).toSorted();
}
