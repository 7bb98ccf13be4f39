import { observe } from "../../../core/finding.ts";
import { percent } from "../../../core/change/words.ts";
import { defineRule } from "../../rule.ts";

const most = 5;

export const intakeTooManyMustHaves = defineRule({
  id: "intake/too-many-must-haves",
  severity: "warning",
  summary: "At most five must-haves.",
  why: "Each one shrinks the pool; what is not missed in the first 90 days is a nice-to-have.",
  wrong: "six requirements with need: must-have",
  right: "five with need: must-have, one with need: nice-to-have",
  practice: true,
  needs: ["intake.yaml"],
  check: ({ intake }) => {
    const mustHaves = (intake?.data.requirements ?? []).filter(({ need }) => need === "must-have");
    const [, , , , , sixth] = mustHaves;
    if (intake === undefined || sixth === undefined) return [];
    const known = mustHaves.flatMap(({ prevalence }) => (prevalence === undefined ? [] : [prevalence]));
    // Fréchet bounds on the share of people who bring all of them.
    const least = Math.max(0, known.reduce((sum, share) => sum + share, 0) - known.length + 1);
    const pool =
      known.length < 2
        ? ""
        : `; by the prevalences given, ${percent(least)} to ${percent(Math.min(...known))} of the pool bring ${known.length} of them`;
    return [
      observe(
        intake.at("requirements", sixth.id),
        `${mustHaves.length} must-haves, more than ${most}${pool}`,
        "which of them could someone learn in the first 90 days?",
      ),
    ];
  },
});
