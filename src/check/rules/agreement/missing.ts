import { personOf, sides, sideWords } from "../../../core/sign-off.ts";
import { observe } from "../../../core/finding.ts";
import { eventsOf } from "../../../core/pipeline.ts";
import { defineRule } from "../../rule.ts";

export const agreementMissing = defineRule({
  id: "agreement/missing",
  severity: "error",
  summary: "Both sides have agreed before interviews begin.",
  why: "Success and scoring agreed afterwards are agreed with someone's face in mind.",
  wrong: "an interview, and no agreements/riku.yaml",
  right: "agreements/dana.yaml and agreements/riku.yaml, then the interview",
  needs: ["intake.yaml", "agreements/", "events.yaml"],
  check: ({ intake, agreements, candidates }) => {
    if (intake === undefined) return [];
    const began = candidates.some(
      (candidate) =>
        candidate.candidate?.data.calibration !== true &&
        (candidate.evaluations.length > 0 || eventsOf(candidate).some(({ what }) => what === "interviewed")),
    );
    if (!began) return [];
    return sides
      .filter((side) => !agreements.some(({ data }) => data.as === side))
      .map((side) =>
        observe(
          intake.at("team", side === "hiring-manager" ? "hiring_manager" : "recruiter"),
          `interviews began and the ${sideWords[side]} has not agreed`,
          `hire agree --as ${personOf(intake.data, side)}`,
        ),
      );
  },
});
