import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricRetiredReused = defineRule({
  id: "rubric/retired-reused",
  severity: "error",
  summary: "A retired id never comes back.",
  why: "Old scores would count for something they were never given for.",
  wrong: "criteria: [{ id: algorithms, … }]\nretired: [{ id: algorithms, reason: Did not predict anything }]",
  right: "criteria: [{ id: problem-solving, … }]\nretired: [{ id: algorithms, reason: Did not predict anything }]",
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    const retired = new Set((rubric?.data.retired ?? []).map(({ id }) => id));
    return (rubric?.data.criteria ?? []).flatMap(({ id }) =>
      rubric !== undefined && retired.has(id)
        ? [observe(rubric.at("criteria", id, "id"), `'${id}' is retired`, "give the new criterion another id")]
        : [],
    );
  },
});
