import { pairsOf } from "../../../core/base.ts";
import { personOf, sides, sideWords } from "../../../core/sign-off.ts";
import { observe } from "../../../core/finding.ts";
import { eventsOf } from "../../../core/events.ts";
import { handedIn, isSample } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const agreementMissing = defineRule({
  id: "agreement/missing",
  severity: "error",
  guard: true,
  summary: "Both sides have agreed before interviews begin, and what they signed stays.",
  why: "Success and scoring agreed afterwards are agreed with someone's face in mind; and without an agreement no change would need a reason.",
  wrong: "an interview, and no agreements/riku.yaml",
  right: "agreements/dana.yaml and agreements/riku.yaml, then the interview",
  limits: "That an agreement was deleted can be seen only with a base.",
  needs: ["intake.yaml", "agreements/", "events.yaml"],
  check: (role, { workspace, base }) => {
    const { intake, agreements, candidates } = role;
    if (intake === undefined) return [];
    const before = base === undefined ? undefined : pairsOf(base.workspace, workspace).find(({ after }) => after === role)?.before;
    const began = candidates.some(
      (candidate) =>
        !isSample(candidate) && (handedIn(candidate).length > 0 || eventsOf(candidate).some(({ what }) => what === "interviewed")),
    );
    return sides
      .filter((side) => !agreements.some(({ data }) => data.as === side))
      .flatMap((side) => {
        const deleted = before?.agreements.some(({ data }) => data.as === side) === true;
        if (!began && !deleted) return [];
        return [
          observe(
            intake.at("team", side === "hiring-manager" ? "hiring_manager" : "recruiter"),
            deleted
              ? `the ${sideWords[side]} had agreed, and the agreement has been deleted`
              : `interviews began and the ${sideWords[side]} has not agreed`,
            deleted
              ? "put the file back; whoever agrees to something else signs again: hire agree"
              : `hire agree --as ${personOf(intake.data, side)}`,
          ),
        ];
      });
  },
});
