import { digest } from "../../../core/digest.ts";
import { observe } from "../../../core/finding.ts";
import { noVersions } from "../../../core/former.ts";
import { againstRule, scoreCandidate } from "../../../core/rank.ts";
import { maySeeRatings } from "../../../core/rubric.ts";
import { staleRatings } from "../../../core/stale.ts";
import { defineRule } from "../../rule.ts";

export const decisionAgainstRule = defineRule({
  id: "decision/against-rule",
  severity: "error",
  summary: "An offer against the rubric's own rule says why.",
  why: "People may decide otherwise than the rubric; what nobody may do is leave out that they did.",
  wrong: "decision: offer, where a required criterion is below its bar",
  right: "decision: offer\noverrides: The pager starts in six months, and Bo covers it until then.",
  limits:
    "Speaks of offers only: with one opening, whoever passes the bar may still be declined. Looked at as long as the rubric is the one the scorecards were given against.",
  needs: ["rubric.yaml", "evaluations/"],
  check: (role, { former }) => {
    const { rubric, candidates } = role;
    if (rubric === undefined) return [];
    const today = digest(rubric.data);
    const stale = staleRatings(role, former.get(role.id) ?? noVersions);
    return candidates.flatMap((candidate) => {
      const { id, decision, evaluations } = candidate;
      if (decision === undefined || decision.data.decision !== "offer" || decision.data.overrides !== undefined) return [];
      if (evaluations.length === 0 || evaluations.some(({ data }) => data.rubric !== today)) return [];
      const against = againstRule(
        scoreCandidate(
          rubric.data,
          id,
          evaluations,
          stale.filter((rating) => rating.candidate === id),
        ),
      );
      return against.length === 0
        ? []
        : [
            observe(
              decision.at("decision"),
              // What scorecards say is nobody's to read here before all are in.
              `an offer against the rubric's rule${maySeeRatings(role, candidate, undefined) ? `: ${against.join("; ")}` : ""}`,
              "overrides: the reason, in a sentence",
            ),
          ];
    });
  },
});
