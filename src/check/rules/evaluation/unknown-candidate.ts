import { observe } from "../../../core/finding.ts";
import { handedIn } from "../../../core/rubric.ts";
import { candidateFile } from "./candidate-file.ts";
import { defineRule } from "../../rule.ts";

export const evaluationUnknownCandidate = defineRule({
  id: "evaluation/unknown-candidate",
  severity: "error",
  summary: "Scorecards, events and decisions belong to a candidate who was added.",
  why: "A score without a candidate is a slip of the folder's name, or a person nobody told us of.",
  wrong: "candidates/amber-oter/evaluations/…, without candidate.yaml",
  right: "candidates/amber-otter/candidate.yaml beside evaluations/",
  needs: [],
  check: (role) =>
    role.candidates.flatMap((folder) => {
      const { id, candidate } = folder;
      const [first] = [...handedIn(folder), ...[folder.events, folder.decision].flatMap((doc) => doc ?? [])];
      if (candidate !== undefined || first === undefined || role.unreadable.includes(candidateFile(role.id, id))) return [];
      return [observe(first.at("candidate"), `there is no candidate.yaml for '${id}'`, `hire candidate add ${role.id} --id ${id}`)];
    }),
});
