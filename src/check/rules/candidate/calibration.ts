import { candidateBefore, pairsOf } from "../../../core/base.ts";
import { observe } from "../../../core/finding.ts";
import { handedIn } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const candidateCalibration = defineRule({
  id: "candidate/calibration",
  severity: "error",
  guard: true,
  summary: "Whoever was a candidate when they were rated stays one; a sample profile stays a sample.",
  why: "A sample is never ranked: calling a candidate one would take them out of the order without a decision.",
  wrong: "calibration: true, on a candidate with scorecards in the base",
  right: "decision: reject, with reasons tied to criteria",
  limits: "Needs a base.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      (pair.after?.candidates ?? []).flatMap((candidate) => {
        const before = candidateBefore(pair, candidate);
        if (before === undefined || handedIn(before).length === 0 || candidate.candidate === undefined) return [];
        const [was, is] = [before, candidate].map((folder) => folder.candidate?.data.calibration === true);
        return was === is
          ? []
          : [
              observe(
                candidate.candidate.at("calibration"),
                is === true ? "a rated candidate was made a sample profile" : "a sample profile was made a candidate",
                "put it back: a candidate leaves the order by a decision",
              ),
            ];
      }),
    ),
});
