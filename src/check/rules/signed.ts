import { type Base, isBy, type RangeCommit } from "../../core/base.ts";
import type { Workspace } from "../../core/document.ts";
import { observe, type Observation, type Place } from "../../core/finding.ts";

/** How it is told that words are in a person's name and not by them. */
interface Words {
  /** What the person did: signed, said this. */
  readonly did: string;
  /** What they did not. */
  readonly didNot: string;
  readonly remedy: string;
}

/** Nothing where the commit is by the person in whose name it speaks; a warning where nobody can tell. */
export function observeSigner(
  commit: RangeCommit,
  person: string,
  place: Place,
  { did, didNot, remedy }: Words,
  base: Base,
  head: Workspace,
): readonly Observation[] {
  const own = isBy(commit, person, base, head);
  if (own === true) return [];
  return own === undefined
    ? [observe(place, `no address of ${person} is known, so nobody can tell who ${did}`, `give ${person} an email in hire.yaml`, "warning")]
    : [
        observe(
          place,
          `${person} did not ${didNot}: commit ${commit.id.slice(0, 7)} is by someone else`,
          `${remedy}; if the address is theirs, it belongs into their emails in hire.yaml first`,
        ),
      ];
}
