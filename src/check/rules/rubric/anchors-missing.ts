import { list } from "../../../core/change/words.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const rubricAnchorsMissing = defineRule({
  id: "rubric/anchors-missing",
  severity: "warning",
  summary: "The ends and the middle of the scale mean something for every criterion.",
  why: "Where nobody wrote down what a 3 looks like, each interviewer has their own.",
  wrong: "scale: [{ value: 1, label: Low }, { value: 2, label: Mid }, { value: 3, label: High }]   # and no anchors",
  right: "anchors: [{ value: 1, means: Cannot say what breaks }, { value: 2, means: … }, { value: 3, means: … }]",
  practice: true,
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    if (rubric === undefined) return [];
    const { scale, criteria } = rubric.data;
    const values = [scale[0], scale[Math.floor((scale.length - 1) / 2)], scale.at(-1)].flatMap((step) =>
      step === undefined ? [] : [step],
    );
    const missing = criteria.map(({ id, anchors }) => ({
      id,
      open: values
        .filter(({ value, means }) => means === undefined && !(anchors ?? []).some((anchor) => anchor.value === value))
        .map(({ value }) => value),
    }));
    const hint = "add anchors, or meanings to the scale";
    const [first] = missing;
    // Where the scale says nothing and no criterion does, that is one thing.
    if (
      first !== undefined &&
      first.open.length > 0 &&
      missing.length > 1 &&
      missing.every(({ open }) => list(open.map(String)) === list(first.open.map(String)))
    )
      return [
        observe(
          rubric.at("scale"),
          `nothing says what ${list(first.open.map(String))} ${first.open.length === 1 ? "looks" : "look"} like, for any criterion`,
          hint,
        ),
      ];
    return missing.flatMap(({ id, open }) =>
      open.length === 0
        ? []
        : [
            observe(
              rubric.at("criteria", id),
              `nothing says what ${list(open.map(String))} ${open.length === 1 ? "looks" : "look"} like for '${id}'`,
              hint,
            ),
          ],
    );
  },
});
