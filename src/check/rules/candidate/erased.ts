import { type Base, candidateBefore, pairsOf, type RolePair } from "../../../core/base.ts";
import { count } from "../../../core/change/words.ts";
import { type CandidateFolder, isOver, type Role, type Workspace } from "../../../core/document.ts";
import { observe, type Observation, type Severity, startOf } from "../../../core/finding.ts";
import { handedIn } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const candidateErased = defineRule({
  id: "candidate/erased",
  severity: "info",
  guard: true,
  summary: "Whoever was judged does not go without a word, and nobody goes under a legal hold.",
  why: "Erasing is a right, and the easiest way to make a judgement vanish: whoever reviews the change should know which of the two it is.",
  wrong: "roles/backend-engineer/candidates/amber-otter/, with scorecards in the base, and not here",
  right: "the folder as it was; it goes with hire forget, when its time is up or the candidate asks",
  limits:
    "Needs a base. An error where the base has a legal hold on the candidate. It says nothing of candidates whom nobody scored or decided about, nor of a running search that went as a whole: change/unexplained does.",
  checkBase: (base, { workspace }) => pairsOf(base.workspace, workspace).flatMap((pair) => observeErased(pair, base, workspace)),
});

function observeErased(pair: RolePair, base: Base, workspace: Workspace): readonly Observation[] {
  const { before, after } = pair;
  if (before === undefined) return [];
  const gone = goneFrom(before, pair, workspace);
  const held = gone.filter(({ candidate }) => candidate?.data.legal_hold !== undefined);
  const judged = gone.filter(
    (candidate) => !held.includes(candidate) && (handedIn(candidate).length > 0 || candidate.decision !== undefined),
  );
  const place = after?.intake?.at("title") ?? workspace.hire?.at("version") ?? startOf("hire.yaml");
  const say = (what: string, { id }: CandidateFolder, hint: string, severity: Severity): Observation =>
    observe(place, what + commitOf(`roles/${before.id}/candidates/${id}/`, base), hint, severity);
  const ask = "right where the candidate asked for it or the time is up (hire forget); else put it back";
  const lift = "put everything back; whoever set the hold lifts it first: legal_hold in candidate.yaml";
  const [first] = judged;
  return [
    ...held.map((candidate) => say(`${candidate.id} is under a legal hold and was erased`, candidate, lift, "error")),
    ...(after !== undefined
      ? judged.map((candidate) => say(`${candidate.id} was erased, with ${whatWent(candidate)}`, candidate, ask, "info"))
      : first !== undefined && isOver(before)
        ? [say(`the role ${before.id} went, and with it ${count(judged.length, "judged candidate")}`, first, ask, "info")]
        : []),
  ];
}

/** Candidates of the base who are neither in the head, under whatever name, nor unreadable there. */
function goneFrom(before: Role, pair: RolePair, { roles }: Workspace): readonly CandidateFolder[] {
  const { after } = pair;
  // Of a role that was copied, they stayed where they were.
  if (after?.id !== before.id && roles.some(({ id }) => id === before.id)) return [];
  const here = new Set((after?.candidates ?? []).map((candidate) => candidateBefore(pair, candidate)?.id));
  return before.candidates.filter(
    ({ id }) => !here.has(id) && after?.unreadable.some((path) => path.includes(`/candidates/${id}/`)) !== true,
  );
}

function whatWent(candidate: CandidateFolder): string {
  const cards = handedIn(candidate).length;
  return [...(cards === 0 ? [] : [count(cards, "scorecard")]), ...(candidate.decision === undefined ? [] : ["a decision"])].join(" and ");
}

function commitOf(folder: string, { commits }: Base): string {
  const commit = commits.find(({ files }) => files.some(({ path, after }) => after === null && path.startsWith(folder)));
  return commit === undefined ? "" : ` (commit ${commit.id.slice(0, 7)})`;
}
