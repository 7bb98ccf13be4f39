import { type Base, isBy, pairsOf, type RangeCommit, type RolePair } from "../../../core/base.ts";
import type { Doc, Workspace } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { giverOf, isSealedTo, type Sealed, writersOf } from "../../../core/seal.ts";
import { isOpened, saidBy, type Slot, slotsOf } from "../../../core/sealed-past.ts";
import { sealedPath } from "../../../core/sealed-path.ts";
import { defineRule } from "../../rule.ts";

export const sealOpened = defineRule({
  id: "seal/opened",
  severity: "error",
  guard: true,
  summary: "What is sealed is changed by whoever gave it only, and opened exactly as it was handed in.",
  why: "Whoever opens it alone sees what it says first, and could make it say something else, or leave it out.",
  wrong: "design--ana.yaml, opened by riku, with another rating than ana sealed",
  right: "what hire unseal writes: the text whose digest stands in design--ana.sealed.yaml",
  limits:
    "Needs a base. Where one commit both opens a file and changes it, as a squash may, it cannot tell the two apart and says so. Of people without an address in hire.yaml nobody can tell what they changed: it warns. Candidates who are erased altogether are left alone; what someone gave who is no longer active may be given up, with a warning.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      slotsOf(pair, base).flatMap((slot) =>
        slot.isErased || pair.after?.unreadable.some((path) => path === slot.path || path === sealedPath(slot.path)) === true
          ? []
          : (judge(slot, pair, base, workspace) ?? []),
      ),
    ),
});

/** What was handed in last, by all that commits can tell. */
interface Given {
  readonly doc: Doc<Sealed>;
  /** Whether it took the place of another one, and nobody knows whose commit that was. */
  readonly isDoubtful: boolean;
}

function judge(slot: Slot, pair: RolePair, base: Base, workspace: Workspace): Observation | undefined {
  const given = lastGiven(slot, base, workspace);
  if (given === undefined) return undefined;
  const { doc: last, isDoubtful } = given;
  const giver = giverOf(last.data);
  const { sealedNow: now, openNow } = slot;
  // What is not committed may be its giver's doing.
  const severity = base.committed ? undefined : "warning";
  if (now !== undefined) {
    if (saidBy(now) !== saidBy(last))
      return observe(now.at("digest"), `what ${giver} sealed was replaced by someone else`, `put back what ${giver} handed in`, severity);
    if (now.data.sealed !== last.data.sealed && isSealedTo(now.data, last.data.to))
      return observe(
        now.at("sealed"),
        `what ${giver} sealed was encrypted anew by someone else`,
        `put back what ${giver} handed in`,
        "warning",
      );
    return isDoubtful
      ? observe(
          now.at("digest"),
          `no address of ${giver} is known, so nobody can tell who changed this`,
          `give ${giver} an email in hire.yaml`,
          "warning",
        )
      : undefined;
  }
  if (openNow !== undefined)
    return wasOpenedAsGiven(slot, last, base, workspace)
      ? undefined
      : observe(
          startOf(openNow.path),
          `is not what ${giver} handed in sealed`,
          "git restore both files, then hire unseal opens it as it is",
        );
  const isGone = workspace.hire?.data.people.find(({ id }) => id === giver)?.active === false;
  return observe(
    startOf(pair.after?.intake?.path ?? "hire.yaml"),
    `${sealedPath(slot.path)} ${isGone ? `was given up unopened; ${giver} is no longer here` : "was taken away by someone else, unopened"}`,
    isGone ? "make sure both sides know" : `put it back, or let ${giver} take it away`,
    isGone ? "warning" : severity,
  );
}

function lastGiven({ sealed, sealedNow }: Slot, base: Base, workspace: Workspace): Given | undefined {
  let last: Given | undefined;
  for (const { doc, commit } of sealed) {
    const by = last === undefined || commit === undefined ? true : standing(last.doc, commit, base, workspace);
    if (by === false) continue;
    // Taken away by whoever gave it, nothing is to be held to.
    last = doc === undefined ? undefined : { doc, isDoubtful: by === undefined };
  }
  // New in the head, and in no commit.
  return last ?? (sealed.length > 0 || sealedNow === undefined ? undefined : { doc: sealedNow, isDoubtful: false });
}

/** Whether a commit is by someone who may change it; undefined where no address is known. */
function standing({ data }: Doc<Sealed>, commit: RangeCommit, base: Base, workspace: Workspace): boolean | undefined {
  const all = new Set(writersOf(data).map((person) => isBy(commit, person, base, workspace)));
  return all.has(true) ? true : all.has(undefined) ? undefined : false;
}

/** Whether what came open is what was sealed last, or was handed in open by whoever may. */
function wasOpenedAsGiven({ open, openNow, wasOpen }: Slot, last: Doc<Sealed>, base: Base, workspace: Workspace): boolean {
  const fresh = open.filter(({ doc, commit }) => doc !== undefined && commit !== undefined);
  const isGiven = ({ commit }: (typeof fresh)[number]): boolean =>
    commit !== undefined && standing(last, commit, base, workspace) !== false;
  const all = [...fresh, { doc: openNow, commit: undefined }];
  if (wasOpen) return all.some((one) => isOpened(last, one.doc) || isGiven(one));
  const [first] = all;
  return first !== undefined && (isOpened(last, first.doc) || isGiven(first));
}
