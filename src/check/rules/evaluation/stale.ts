import { some } from "../../../core/change/words.ts";
import { observe, type Observation } from "../../../core/finding.ts";
import { noVersions } from "../../../core/former.ts";
import { groupBy } from "../../../core/group.ts";
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
  limits: "One finding a scorecard, at its first such rating: one change of a scale touches all of them.",
  practice: true,
  needs: ["rubric.yaml"],
  check: (role, { former }) => {
    const open = staleRatings(role, former.get(role.id) ?? noVersions).filter(({ scores }) => scores !== "keep" && scores !== "void");
    if (open.length === 0) return [];
    const inPlay = new Map(
      role.candidates
        .filter(isInPlay)
        .flatMap(({ evaluations }) => evaluations.map((evaluation) => [evaluation.path, evaluation] as const)),
    );
    return [...groupBy(open, ({ path, scores }) => `${path} ${scores ?? ""}`).values()].flatMap((ratings): readonly Observation[] => {
      const [first] = ratings;
      const evaluation = first === undefined ? undefined : inPlay.get(first.path);
      if (first === undefined || evaluation === undefined) return [];
      const [at = evaluation.at("ratings"), ...others] = ratings.map(({ criterion }) => evaluation.at("ratings", criterion, "as_of"));
      const what = `${some(ratings.map(({ criterion }) => `'${criterion}'`))} ${ratings.length === 1 ? "was" : "were"} redefined`;
      const seen = ratings.every(({ found }) => found) ? "" : " (as far as this history shows)";
      const observation =
        first.scores === "rescore"
          ? observe(at, `${what}, to be rated again`, 'hire score --amend --because "…"')
          : observe(
              at,
              `${what} since ${ratings.length === 1 ? "it was" : "they were"} rated${seen}`,
              "rate again (hire score --amend --because …), or say that the score stands (hire explain)",
            );
      return [{ ...observation, related: others.map((place) => ({ ...place, message: "given under the old words, too" })) }];
    });
  },
});
