import type { Base } from "../../../core/base.ts";
import { count } from "../../../core/change/words.ts";
import type { CandidateFolder, Workspace } from "../../../core/document.ts";
import { type Fate, fatesOf, isHeld } from "../../../core/fate.ts";
import { observe, type Observation } from "../../../core/finding.ts";
import { groupBy } from "../../../core/group.ts";
import { handedIn } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";
import { inCommit, placeOf } from "./gone.ts";

const hint = "right where the candidate asked for it or the time is up (hire forget); else put it back";

export const candidateErased = defineRule({
  id: "candidate/erased",
  severity: "info",
  guard: true,
  summary: "Whoever was judged does not go without a word.",
  why: "Erasing is a right, and the easiest way to make a judgement vanish: whoever reviews the change should know which of the two it is.",
  wrong: "roles/backend-engineer/candidates/amber-otter/, with scorecards in the base, and not here",
  right: "the folder as it was; it goes with hire forget, when its time is up or the candidate asks",
  limits: "Needs a base. Of candidates whom nobody scored or decided about it says nothing; of a role that went, how many went with it.",
  checkBase: (base, { workspace }) => {
    // What is held has a rule of its own.
    const judged = fatesOf(base, workspace).filter(({ before }) => !isHeld(before) && isJudged(before));
    return [...groupBy(judged, ({ pair }) => pair)].flatMap(([pair, fates]) => {
      const gone = fates.filter(({ now }) => now === undefined);
      const [first] = gone;
      if (pair.after === undefined) return first === undefined ? [] : [observeRole(first, gone.length, base, workspace)];
      return fates.flatMap((fate) => observeCandidate(fate, base, workspace));
    });
  },
});

function isJudged(candidate: CandidateFolder): boolean {
  return handedIn(candidate).length > 0 || candidate.decision !== undefined;
}

function observeRole(fate: Fate, amount: number, base: Base, workspace: Workspace): Observation {
  const role = fate.pair.before?.id ?? "";
  const what = `the role ${role} went, and with it ${count(amount, "judged candidate")}`;
  return observe(placeOf(fate, workspace), what + inCommit(fate, base), hint);
}

function observeCandidate(fate: Fate, base: Base, workspace: Workspace): readonly Observation[] {
  const { before, now } = fate;
  const say = (what: string, remedy: string): readonly Observation[] => [
    observe(placeOf(fate, workspace), what + inCommit(fate, base), remedy),
  ];
  if (now !== undefined)
    return before.decision !== undefined && now.decision === undefined
      ? say(`the decision about ${now.id} was taken away`, "put it back, or decide anew: hire decide")
      : [];
  const cards = handedIn(before).length;
  const what = [...(cards === 0 ? [] : [count(cards, "scorecard")]), ...(before.decision === undefined ? [] : ["a decision"])];
  return say(`${before.id} was erased, with ${what.join(" and ")}`, hint);
}
