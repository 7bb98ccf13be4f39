import type { Base, RangeCommit, RolePair, Version } from "./base.ts";
import type { Doc, Role } from "./document.ts";
import { type Sealed, sealDigest } from "./seal.ts";

/** A sealed hand-in as it stood at some time, and the commit that brought it; none where it stood in the base. */
export interface SealedVersion {
  readonly doc: Doc<Sealed> | undefined;
  readonly commit: RangeCommit | undefined;
}

export function sealedIn(role: Role | undefined): readonly Doc<Sealed>[] {
  return role === undefined ? [] : [...role.sealed, ...role.candidates.flatMap(({ sealed }) => sealed)];
}

/** Every version of a sealed file from the base to the head, oldest first; undefined where a commit took it away. */
export function sealedVersions({ before }: RolePair, base: Base, path: string): readonly SealedVersion[] {
  const first = sealedIn(before).find((doc) => doc.path === path);
  const versions = (base.versions.get(path) ?? []) as readonly Version<Sealed>[];
  return [...(first === undefined ? [] : [{ doc: first, commit: undefined }]), ...versions];
}

/** Whether a text is what a sealed file held. */
export function isOpened(sealed: Doc<Sealed>, open: Doc<unknown> | undefined): boolean {
  return open?.text !== undefined && sealDigest(open.text) === sealed.data.digest;
}
