import { observe } from "../../../core/finding.ts";
import { noVersions } from "../../../core/former.ts";
import { isInPlay } from "../../../core/rubric.ts";
import { staleRatings } from "../../../core/stale.ts";
import { defineRule } from "../../rule.ts";

export const evaluationStale = defineRule({
  id: "evaluation/stale",
  severity: "warning",
  summary: "Ratings of those still in play were given under the words that stand today.",
  why: "A rating given under another meaning answers another question.",
  wrong: "as_of: 3fa9c1d20b77   # the criterion was redefined since",
  right: "the criterion explained as reading the same, or rated again",
  practice: true,
  needs: ["rubric.yaml"],
  check: (role, { former }) => {
    const inPlay = new Map(
      role.candidates
        .filter(isInPlay)
        .flatMap(({ evaluations }) => evaluations.map((evaluation) => [evaluation.path, evaluation] as const)),
    );
    return staleRatings(role, former.get(role.id) ?? noVersions).flatMap(({ path, criterion, found, scores }) => {
      const evaluation = inPlay.get(path);
      if (evaluation === undefined || scores === "keep" || scores === "void") return [];
      const at = evaluation.at("ratings", criterion, "as_of");
      return [
        scores === "rescore"
          ? observe(at, `'${criterion}' was redefined, and is to be rated again`, "hire score --amend")
          : observe(
              at,
              `'${criterion}' was redefined since it was rated${found ? "" : " (as far as this history shows)"}`,
              "rate it again (hire score --amend), or say that the score stands (hire explain)",
            ),
      ];
    });
  },
});
