import { candidateBefore, isBy, pairsOf } from "../../../core/base.ts";
import { digest } from "../../../core/digest.ts";
import { observe, startOf } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const candidateEventEdited = defineRule({
  id: "candidate/event-edited",
  severity: "warning",
  guard: true,
  summary: "What happened is added to, and corrected by whoever did it.",
  why: "Promises are kept or broken by these lines, and a profile that was declined reads as accepted without one.",
  wrong: "a line with what: profile-declined, by: dana, which the base has and a commit by riku took away",
  right: "the line as it was, and another one below it",
  limits: "Needs a base. Of people without an address it cannot tell. Of candidates who are erased altogether, candidate/erased tells.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      (pair.after?.candidates ?? []).flatMap((candidate) => {
        const before = candidateBefore(pair, candidate)?.events;
        const path = candidate.events?.path ?? before?.path ?? "";
        if (before === undefined || pair.after?.unreadable.includes(path) === true) return [];
        const here = new Set((candidate.events?.data ?? []).map((event) => digest(event)));
        const commits = base.commits.filter(({ files }) => files.some((file) => file.path === path || file.path === before.path));
        const gone = before.data.filter(
          (event) =>
            !here.has(digest(event)) && commits.length > 0 && commits.every((commit) => isBy(commit, event.by, base, workspace) === false),
        );
        return gone.map(({ what, by, at }) =>
          observe(
            startOf(candidate.events?.path ?? candidate.candidate?.path ?? "hire.yaml"),
            `'${what}' by ${by} (${at.slice(0, 10)}) was taken away or changed by someone else`,
            `put it back, or let ${by} correct it`,
          ),
        );
      }),
    ),
});
