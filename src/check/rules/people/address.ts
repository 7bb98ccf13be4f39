import type { Base } from "../../../core/base.ts";
import type { Doc } from "../../../core/document.ts";
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
      // The way through the commits is only followed for whom there is something new.
      if (known.length === 0 || addressesOf(person).every((address) => known.includes(address))) return [];
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

/**
 * The addresses that the base knows of a person, and those that the person wrote from one of them. What a commit wrote is
 * what none of its parents had; where hire.yaml cannot be read on one side, nobody can tell what was written.
 */
function addressesOwn(person: string, known: readonly string[], { commits, versions }: Base): ReadonlySet<string> {
  const own = new Set(known);
  const written = new Map((versions.get("hire.yaml") ?? []).map(({ commit, doc }) => [commit.id, doc as Doc<Hire> | undefined]));
  /** As each commit left them; undefined where nobody can tell. */
  const stood = new Map<string, readonly string[] | undefined>();
  for (const { id, parents, authors } of commits.toReversed()) {
    const befores = parents.map((parent) => (stood.has(parent) ? stood.get(parent) : known));
    const before = befores.includes(undefined) ? undefined : [...new Set(befores.flatMap((addresses) => addresses ?? []))];
    if (!written.has(id)) {
      stood.set(id, before);
      continue;
    }
    const doc = written.get(id);
    const now = doc === undefined ? undefined : addressesIn(doc.data, person);
    stood.set(id, now);
    if (before === undefined || now === undefined) continue;
    if (authors.some((author) => own.has(author))) for (const address of now) if (!before.includes(address)) own.add(address);
    // What is taken back is nobody's.
    for (const address of before) if (!now.includes(address) && !known.includes(address)) own.delete(address);
  }
  return own;
}

function addressesIn(hire: Hire | undefined, id: string): readonly string[] {
  const person = hire?.people.find((one) => one.id === id);
  return person === undefined ? [] : addressesOf(person);
}
