import { type Base, isBefore, isBy, pairsOf, type RangeCommit, type RolePair } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import type { Doc, Workspace } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { giverOf, holdersOf, isSealedTo, type Sealed, writersOf } from "../../../core/seal.ts";
import { isOpened, type Open, type Past, saidBy, type Slot, slotsOf } from "../../../core/sealed-past.ts";
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
    "Needs a base. Where one commit both opens a file and changes it, as a squash may, it cannot tell the two apart and says so. Of people without an address in hire.yaml nobody can tell what they changed: it warns. Of candidates who are erased altogether, candidate/erased tells; what someone gave who is no longer active may be given up, with a warning.",
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
  /** What brought it; none where it stood in the base, or is not committed. */
  readonly commit: RangeCommit | undefined;
  /** What was handed in at the same time on another branch: a merge by whoever gave both chooses. */
  readonly beside: readonly Doc<Sealed>[];
  /** Whether it took the place of another one, and nobody knows whose commit that was. */
  readonly isDoubtful: boolean;
}

function judge(slot: Slot, pair: RolePair, base: Base, workspace: Workspace): Observation | undefined {
  const wrongly = openedOtherwise(slot, base, workspace);
  if (wrongly !== undefined)
    return observe(
      startOf(slot.openNow?.path ?? pair.after?.intake?.path ?? "hire.yaml"),
      `is not what ${giverOf(wrongly.data)} handed in sealed`,
      "git restore both files, then hire unseal opens it as it is",
    );
  const given = lastGiven(slot, base, workspace);
  if (given === undefined) return undefined;
  const { doc: last, isDoubtful } = chosen(slot, given, base, workspace);
  const giver = giverOf(last.data);
  const { sealedNow: now } = slot;
  // What differs from what was committed may be its giver's doing.
  const committed = slot.sealed.at(-1)?.doc;
  const isCommitted =
    base.committed || (now === undefined ? committed === undefined : committed !== undefined && saidBy(committed) === saidBy(now));
  const severity = isCommitted ? undefined : "warning";
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
  const opened = openedAfter(slot, given.commit, base);
  if (opened !== undefined)
    return isOpened(last, opened.doc) || mayBeOpen(last, opened, slot, base, workspace)
      ? undefined
      : observe(
          startOf(slot.openNow?.path ?? slot.path),
          `is not what ${giver} handed in sealed`,
          "git restore both files, then hire unseal opens it as it is",
        );
  // Nobody is sent away by the change that drops what they said.
  const isGone = (base.workspace.hire ?? workspace.hire)?.data.people.find(({ id }) => id === giver)?.active === false;
  return observe(
    startOf(pair.after?.intake?.path ?? "hire.yaml"),
    `${sealedPath(slot.path)} ${isGone ? `was given up unopened; ${giver} is no longer here` : "was taken away by someone else, unopened"}`,
    isGone ? "make sure both sides know" : `put it back, or let ${giver} take it away`,
    isGone ? "warning" : severity,
  );
}

/** What was handed in last, or what stood beside it where its giver brought the two together. */
function chosen({ sealedNow, open, openNow }: Slot, given: Given, base: Base, workspace: Workspace): Given {
  const merges = base.commits.filter(({ parents }) => parents.length > 1);
  const isByGiver = merges.some((commit) => standing(given.doc, commit, base, workspace) === true);
  const other = given.beside.find(
    (doc) =>
      (sealedNow !== undefined && saidBy(sealedNow) === saidBy(doc)) ||
      [...open.map((one) => one.doc), openNow].some((one) => isOpened(doc, one)),
  );
  return other === undefined || !isByGiver ? given : { ...given, doc: other };
}

/** What a commit took away sealed and left open as something else. */
function openedOtherwise(slot: Slot, base: Base, workspace: Workspace): Doc<Sealed> | undefined {
  let before: Doc<Sealed> | undefined;
  for (const { doc, commit } of slot.sealed) {
    if (doc === undefined && before !== undefined && commit !== undefined) {
      const then = slot.open.find((one) => one.commit === commit);
      if (then?.doc !== undefined && !isOpened(before, then.doc) && !mayBeOpen(before, then, slot, base, workspace)) return before;
    }
    before = doc;
  }
  return undefined;
}

/**
 * Whether whoever gave it may have put an open version in its place: where nothing is sealed any more, and where a
 * scorecard was open before, which evaluation/edited looks after. Else whoever opens it and gave it, too, could still
 * change their mind.
 */
function mayBeOpen(sealed: Doc<Sealed>, { commit }: Past<Open>, { open }: Slot, base: Base, workspace: Workspace): boolean {
  if (commit === undefined || standing(sealed, commit, base, workspace) === false) return false;
  const wasBefore = open.findIndex((one) => one.doc !== undefined) < open.findIndex((one) => one.commit === commit);
  return holdersOf(workspace.hire?.data).length === 0 || ("interviewer" in sealed.data && wasBefore);
}

/** The first open version that came with what was sealed last, or after it; the head's where no commit brought one. */
function openedAfter({ open, openNow, wasOpen }: Slot, since: RangeCommit | undefined, { commits }: Base): Past<Open> | undefined {
  // Newest first.
  const at = since === undefined ? commits.length : commits.indexOf(since);
  const first = open.find(({ doc, commit }) => doc !== undefined && commit !== undefined && commits.indexOf(commit) <= at);
  if (first !== undefined) return first;
  const isOld = wasOpen || open.some(({ doc }) => doc !== undefined);
  const last = open.at(-1)?.doc;
  return openNow === undefined || (isOld && last !== undefined && digest(last.data) === digest(openNow.data))
    ? undefined
    : { doc: openNow, commit: undefined };
}

function lastGiven({ sealed, sealedNow }: Slot, base: Base, workspace: Workspace): Given | undefined {
  let last: Given | undefined;
  for (const { doc, commit } of sealed) {
    const by = last === undefined || commit === undefined ? true : standing(last.doc, commit, base, workspace);
    if (by === false) continue;
    // Taken away by whoever gave it, nothing is to be held to.
    const isBeside = last?.commit !== undefined && commit !== undefined && !isBefore(base, last.commit, commit);
    const beside: readonly Doc<Sealed>[] = last === undefined || !isBeside ? [] : [...last.beside, last.doc];
    last = doc === undefined ? undefined : { doc, commit, beside, isDoubtful: by === undefined };
  }
  // New in the head, and in no commit.
  return (
    last ??
    (sealed.length > 0 || sealedNow === undefined ? undefined : { doc: sealedNow, commit: undefined, beside: [], isDoubtful: false })
  );
}

/** Whether a commit is by someone who may change it; undefined where no address is known. */
function standing({ data }: Doc<Sealed>, commit: RangeCommit, base: Base, workspace: Workspace): boolean | undefined {
  const all = new Set(writersOf(data).map((person) => isBy(commit, person, base, workspace)));
  return all.has(true) ? true : all.has(undefined) ? undefined : false;
}
