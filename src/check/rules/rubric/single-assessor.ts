import { observe } from "../../../core/finding.ts";
import { stagesOf } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const rubricSingleAssessor = defineRule({
  id: "rubric/single-assessor",
  severity: "off",
  summary: "Every criterion is seen by at least two interviewers.",
  why: "One rater's mood cannot be told from the candidate.",
  wrong: "stages: [{ id: design, name: Design, interviewers: [ana], assesses: [failure-design] }]",
  right: "stages: [{ id: design, name: Design, interviewers: [ana, bo], assesses: [failure-design] }]",
  practice: true,
  needs: ["rubric.yaml", "intake.yaml"],
  check: ({ rubric, intake }) => {
    if (rubric === undefined) return [];
    const stages = stagesOf(rubric.data, intake?.data.team.panel);
    return rubric.data.criteria.flatMap(({ id }) => {
      const raters = new Set(stages.filter(({ assesses }) => assesses.includes(id)).flatMap(({ interviewers }) => interviewers ?? []));
      return raters.size === 1
        ? [
            observe(
              rubric.at("criteria", id),
              `only ${[...raters].join("")} sees '${id}'`,
              "add a second interviewer to a stage that assesses it",
            ),
          ]
        : [];
    });
  },
});
