import { type Base, isBy, pairsOf, type RangeCommit, type RolePair } from "../../../core/base.ts";
import type { Doc, Workspace } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { giverOf, type Sealed, writersOf } from "../../../core/seal.ts";
import { openPath, sealedEnding } from "../../../core/sealed-path.ts";
import { isOpened, sealedIn, sealedVersions } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

export const sealOpened = defineRule({
  id: "seal/opened",
  severity: "error",
  guard: true,
  summary: "What is sealed is changed by whoever gave it only, and opened exactly as it was handed in.",
  why: "Whoever opens it alone sees what it says first, and could make it say something else.",
  wrong: "design--ana.yaml, opened by riku, with another rating than ana sealed",
  right: "what hire unseal writes: the text whose digest stands in design--ana.sealed.yaml",
  limits:
    "Needs a base. Where one commit both opens a file and changes it, as a squash may, it cannot tell the two apart and says so. Candidates who are erased altogether are left alone.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) => {
      const known = [...sealedIn(pair.before), ...sealedIn(pair.after)].map(({ path }) => path);
      const paths = new Set([...known, ...base.versions.keys()].filter((path) => isOf(pair, path)));
      return [...paths].toSorted().flatMap((path) => judge(path, pair, base, workspace));
    }),
});

/** A role's sealed files by its name in the head: under another one, they were moved with it. */
function isOf({ after }: RolePair, path: string): boolean {
  return after !== undefined && path.startsWith(`roles/${after.id}/`) && path.endsWith(sealedEnding);
}

function judge(path: string, pair: RolePair, base: Base, workspace: Workspace): readonly Observation[] {
  const { after } = pair;
  if (after === undefined || isErased(path, pair) || after.unreadable.includes(path)) return [];
  const now = sealedIn(after).find((doc) => doc.path === path);
  const versions = sealedVersions(pair, base, path);
  // What is not committed, or came with a commit that could not be seen, is a step of its own.
  const last = versions.at(-1)?.doc;
  const steps = last?.data.digest === now?.data.digest ? versions : [...versions, { doc: now, commit: undefined }];
  let before: Doc<Sealed> | undefined;
  for (const [index, { doc, commit }] of steps.entries()) {
    if (before !== undefined && index > 0) {
      const wrong = doc === undefined ? takenAway(before, commit, pair, base, workspace) : changed(before, doc, commit, base, workspace);
      if (wrong !== undefined) return [wrong];
    }
    before = doc;
  }
  return [];
}

/** Whether the candidate it belongs to is gone. */
function isErased(path: string, { after }: RolePair): boolean {
  const candidate = /\/candidates\/([^/]+)\//u.exec(path)?.[1];
  return candidate !== undefined && after?.candidates.some(({ id }) => id === candidate) !== true;
}

function changed(
  before: Doc<Sealed>,
  after: Doc<Sealed>,
  commit: RangeCommit | undefined,
  base: Base,
  workspace: Workspace,
): Observation | undefined {
  // To other keys, the text is the same. What is not committed may be by anyone.
  if (before.data.digest === after.data.digest || commit === undefined || isByWriter(before, commit, base, workspace)) return undefined;
  return observe(
    after.at("digest"),
    `what ${giverOf(before.data)} sealed was replaced by someone else (commit ${commit.id.slice(0, 7)})`,
    `put back what ${giverOf(before.data)} handed in`,
  );
}

function takenAway(
  before: Doc<Sealed>,
  commit: RangeCommit | undefined,
  pair: RolePair,
  base: Base,
  workspace: Workspace,
): Observation | undefined {
  const path = openPath(before.path);
  const now = [...(pair.after?.priorities ?? []), ...(pair.after?.candidates.flatMap(({ evaluations }) => evaluations) ?? [])].find(
    (doc) => doc.path === path,
  );
  const then = commit === undefined ? now : base.versions.get(path)?.find((version) => version.commit === commit)?.doc;
  if (isOpened(before, then)) return undefined;
  if (commit === undefined ? then === undefined : isByWriter(before, commit, base, workspace)) return undefined;
  const giver = giverOf(before.data);
  return then === undefined
    ? observe(
        startOf(now?.path ?? "hire.yaml"),
        `${before.path} was taken away by someone else, unopened`,
        `put it back, or let ${giver} take it away`,
      )
    : observe(
        startOf(now?.path ?? path),
        `is not what ${giver} handed in sealed`,
        "git restore both files, then hire unseal opens it as it is",
      );
}

/** Whether a change is by whoever gave it, or typed it in. */
function isByWriter({ data }: Doc<Sealed>, commit: RangeCommit, base: Base, workspace: Workspace): boolean {
  return writersOf(data).some((person) => isBy(commit, person, base, workspace) !== false);
}
