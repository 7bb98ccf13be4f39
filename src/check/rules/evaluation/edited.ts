import { type Base, candidateBefore, isBy, pairsOf, type RangeCommit, type RolePair } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import type { CandidateFolder, Doc, Workspace } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import type { Evaluation } from "../../../core/model.ts";
import { isAmended, saidIn } from "../../../core/scorecard.ts";
import { type Past, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

export const evaluationEdited = defineRule({
  id: "evaluation/edited",
  severity: "error",
  guard: true,
  summary: "A scorecard is changed by whoever gave it, and once another one of the candidate is in, only by an amendment.",
  why: "Ratings that follow someone else's are no second opinion.",
  wrong: "rating: 2, where the base says rating: 4",
  right: "rating: 2, with a new entry under amendments (hire score --amend --because …)",
  limits:
    "Needs a base. Between the base and the head each commit is looked at; what a squash or a force push left out cannot be seen. Of a candidate who is erased altogether, candidate/erased tells.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      candidatesOf(pair).flatMap((candidate) => {
        const before = candidateBefore(pair, candidate);
        const names = new Set([...candidate.evaluations, ...(before?.evaluations ?? [])].map(({ path }) => nameIn(path)));
        // One that cannot be read is not one that was deleted.
        for (const path of pair.after?.unreadable ?? []) if (path.includes(`/${candidate.id}/`)) names.delete(nameIn(path));
        return [...names].flatMap((name) => judge({ name, candidate, before, pair, base, workspace }));
      }),
    ),
});

/** Candidates of the head; one whose folder has gone was erased, not edited. */
function candidatesOf({ after }: RolePair): readonly CandidateFolder[] {
  return after?.candidates ?? [];
}

interface Matter {
  /** The scorecard's file name. */
  readonly name: string;
  readonly candidate: CandidateFolder;
  readonly before: CandidateFolder | undefined;
  readonly pair: RolePair;
  readonly base: Base;
  readonly workspace: Workspace;
}

/** One version of a scorecard becoming the next; without a commit where it is not committed yet. */
interface Step {
  readonly from: Doc<Evaluation>;
  readonly to: Doc<Evaluation> | undefined;
  readonly commit: RangeCommit | undefined;
}

function judge(matter: Matter): readonly Observation[] {
  const { name, candidate, base, workspace } = matter;
  const now = candidate.evaluations.find(({ path }) => nameIn(path) === name);
  const steps = stepsOf(matter, now);
  if (now !== undefined && isHealed(steps, now, matter)) return [];
  for (const step of steps) {
    if (step.to !== undefined && saidIn(step.from.data) === saidIn(step.to.data)) continue;
    const place = now === undefined ? gone(candidate) : now.at(...changedPath(step.from.data, now.data));
    if (step.to === undefined) {
      if (now !== undefined) continue;
      const { commit } = step;
      const givers = giversOf(step.from);
      if (!anotherWasIn(matter, step)) {
        if (commit === undefined || givers.some((person) => isBy(commit, person, base, workspace) !== false)) continue;
        return [
          observe(
            place,
            `the scorecard ${name} was deleted by someone else (commit ${commit.id.slice(0, 7)})`,
            `put it back, or let ${givers.join(" or ")} take it away`,
          ),
        ];
      }
      return [
        observe(
          place,
          `the scorecard ${name} was deleted after another one of ${candidate.id} was in`,
          "put it back; hire score --amend changes it openly",
        ),
      ];
    }
    const isLate = anotherWasIn(matter, step);
    if (isLate && !isAmended(step.from.data, step.to.data))
      return [
        observe(
          place,
          "changed after another scorecard of this candidate was in, without an amendment",
          `put it back, or have ${giversOf(step.from).join(" or ")} amend it: hire score --amend --because "…"`,
        ),
      ];
    const givers = giversOf(step.from);
    const { commit } = step;
    if (commit !== undefined && givers.every((person) => isBy(commit, person, base, workspace) === false))
      return [
        observe(
          place,
          `changed by someone else (commit ${commit.id.slice(0, 7)})`,
          `let ${givers.join(" or ")} change it: hire score --amend`,
        ),
      ];
  }
  return [];
}

/** Whether whoever gave it has amended it in the end, whatever stood there in between. */
function isHealed(steps: readonly Step[], now: Doc<Evaluation>, { base, workspace }: Matter): boolean {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || !isAmended(first.from.data, now.data)) return false;
  const { commit } = last;
  return commit === undefined || giversOf(first.from).some((person) => isBy(commit, person, base, workspace) === true);
}

function giversOf({ data }: Doc<Evaluation>): readonly string[] {
  return [data.interviewer, ...(data.entered_by === undefined ? [] : [data.entered_by])];
}

/** The scorecard's way from the base to the head, whatever role and candidate were called. */
function stepsOf({ name, candidate, pair, base }: Matter, now: Doc<Evaluation> | undefined): readonly Step[] {
  const slot = slotsOf(pair, base).find(({ path }) => nameIn(path) === name && path.includes(`/candidates/${candidate.id}/`));
  const steps: Step[] = [];
  let from: Doc<Evaluation> | undefined;
  let last: Doc<Evaluation> | undefined;
  for (const { doc, commit } of (slot?.open ?? []) as readonly Past<Evaluation>[]) {
    if (from !== undefined && commit !== undefined) steps.push({ from, to: doc, commit });
    from = doc ?? from;
    last = doc;
  }
  // What is not committed, or came with a commit that could not be seen.
  if (from !== undefined && (now === undefined ? last !== undefined : saidIn(from.data) !== saidIn(now.data)))
    steps.push({ from, to: now, commit: undefined });
  return steps;
}

/** Whether someone else's scorecard of the candidate was in when a step was made. */
function anotherWasIn({ candidate, before, base }: Matter, { from, commit }: Step): boolean {
  const isOther = ({ data }: Doc<Evaluation>): boolean => data.interviewer !== from.data.interviewer;
  if (before?.evaluations.some(isOther) === true) return true;
  const when = commit === undefined ? -1 : base.commits.indexOf(commit);
  return candidate.evaluations.filter(isOther).some(({ path }) => {
    const first = base.commits.findLastIndex(({ files }) => files.some((file) => file.path === path));
    // Newest first: a commit further back came earlier. What is not committed came last.
    return first === -1 ? commit === undefined : first >= when;
  });
}

/** Where two versions first differ: at a rating, else at a field. */
function changedPath(from: Evaluation, to: Evaluation): readonly (string | number)[] {
  const rating = to.ratings.find((own) => {
    const old = from.ratings.find(({ criterion }) => criterion === own.criterion);
    return old === undefined || digest(old) !== digest(own);
  });
  if (rating !== undefined) return ["ratings", rating.criterion, "rating"];
  const key = Object.keys(to).find(
    (name) => digest(to[name as keyof Evaluation] ?? null) !== digest(from[name as keyof Evaluation] ?? null),
  );
  return [key ?? "ratings"];
}

function gone({ candidate, evaluations }: CandidateFolder): ReturnType<typeof startOf> {
  return candidate?.at("id") ?? startOf(evaluations[0]?.path ?? "hire.yaml");
}

function nameIn(path: string): string {
  return path.split("/").at(-1) ?? path;
}
