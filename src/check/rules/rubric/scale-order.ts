import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

const nothing = /\b(?:no|without|lack of|insufficient)\s+(?:evidence|signal)\b/iu;
const against = /\bevidence against\b|\bcounter[\s-]?evidence\b|\bred flags?\b/iu;

export const rubricScaleOrder = defineRule({
  id: "rubric/scale-order",
  severity: "error",
  summary: "The scale ascends, and has no step for what nobody saw above one for evidence against.",
  why: "A total is a mean of these numbers: in another order it means nothing, and what nobody saw is missing, never a number.",
  wrong: "scale: [{ value: 2, label: Low }, { value: 1, label: High }]",
  right: "scale: [{ value: 1, label: Low }, { value: 2, label: High }]",
  needs: ["rubric.yaml"],
  check: ({ rubric }) => {
    if (rubric === undefined) return [];
    const { scale } = rubric.data;
    const fall = scale.findIndex(({ value }, index) => index > 0 && value <= (scale[index - 1]?.value ?? -Infinity));
    if (fall !== -1)
      return [
        observe(
          rubric.at("scale", fall, "value"),
          `${scale[fall]?.value ?? ""} does not ascend`,
          "sort the scale from worst to best, each value once",
        ),
      ];
    const none = scale.find(({ label, means }) => nothing.test(`${label}. ${means ?? ""}`));
    const adverse = scale.find(({ label, means }) => against.test(`${label}. ${means ?? ""}`));
    if (none === undefined || adverse === undefined || none.value <= adverse.value) return [];
    return [
      observe(
        rubric.at("scale", none.value),
        `'${none.label}' (no evidence) counts for more than '${adverse.label}' (evidence against)`,
        "no evidence is no rating: leave it out of the scale, and rate null with not_assessed",
      ),
    ];
  },
});
