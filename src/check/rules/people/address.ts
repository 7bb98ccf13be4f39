import type { Base, Version } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import type { Hire } from "../../../core/model.ts";
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
  limits: "Needs a base, and looks at each commit since. A first address for someone who has none may be written by anyone.",
  checkBase: (base, { workspace }) => {
    const { hire } = workspace;
    if (hire === undefined || !base.committed) return [];
    return hire.data.people.flatMap((person) => {
      const known = addressesIn(base.workspace.hire?.data, person.id);
      if (known.length === 0) return [];
      const own = addressesOwn(person.id, known, base);
      return addressesOf(person).every((address) => own.has(address))
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

/** The addresses that the base knows of a person, and those that the person wrote, commit by commit, from one of them. */
function addressesOwn(person: string, known: readonly string[], { versions }: Base): ReadonlySet<string> {
  const own = new Set(known);
  let before = known;
  for (const { commit, doc } of (versions.get("hire.yaml") ?? []) as readonly Version<Hire>[]) {
    // Of a version that cannot be read, the next one tells.
    if (doc === undefined) continue;
    const now = addressesIn(doc.data, person);
    const added = now.filter((address) => !before.includes(address));
    if (commit.authors.some((author) => own.has(author))) for (const address of added) own.add(address);
    before = now;
  }
  return own;
}

function addressesIn(hire: Hire | undefined, id: string): readonly string[] {
  const person = hire?.people.find((one) => one.id === id);
  return person === undefined ? [] : addressesOf(person);
}
