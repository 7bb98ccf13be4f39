import { observe } from "../../../core/finding.ts";
import { personOf, sideOf, sideWords } from "../../../core/sign-off.ts";
import { defineRule } from "../../rule.ts";

export const agreementOneSided = defineRule({
  id: "agreement/one-sided",
  severity: "error",
  guard: true,
  summary: "Each side signs for itself.",
  why: "An agreement with oneself is none.",
  wrong: "team: { hiring_manager: dana, recruiter: dana }",
  right: "team: { hiring_manager: dana, recruiter: riku }",
  needs: ["intake.yaml", "agreements/"],
  check: ({ intake, agreements }) => {
    if (intake === undefined || agreements.length === 0) return [];
    const { team } = intake.data;
    if (team.hiring_manager === team.recruiter)
      return [
        observe(intake.at("team", "recruiter"), `${team.recruiter} signs for both sides`, "name a second person: an agreement needs two"),
      ];
    return agreements.flatMap((agreement) => {
      const { person, as } = agreement.data;
      const due = personOf(intake.data, as);
      // Whoever held the side before signed for it then; what counts is that its holder has signed.
      const isFormer = sideOf(intake.data, person) === undefined && agreements.some(({ data }) => data.as === as && data.person === due);
      return due === person || isFormer
        ? []
        : [
            observe(
              agreement.at("as"),
              `${person} signed as ${sideWords[as]}, which is ${due}`,
              `hire agree --as ${due}, then delete this file`,
            ),
          ];
    });
  },
});
