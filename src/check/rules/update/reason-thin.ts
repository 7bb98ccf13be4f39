import { isReason, leastReason } from "../../../core/change/explain.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

export const updateReasonThin = defineRule({
  id: "update/reason-thin",
  severity: "error",
  summary: "An explanation gives a reason that the other side can weigh.",
  why: "'As discussed' explains nothing to whoever was not there, and it does not count.",
  wrong: "reason: as discussed",
  right: "reason: Bo leaves the rotation in January, so the new hire is alone on call from week six.",
  limits: `It counts letters (${leastReason} at least) and knows placeholders; whether a reason is a good one, people say (hire answer).`,
  needs: [],
  check: ({ updates }) =>
    updates.flatMap((update) =>
      (update.data.explains ?? []).length === 0 || isReason(update.data.reason ?? "")
        ? []
        : [
            observe(
              update.at(update.data.reason === undefined ? "explains" : "reason"),
              update.data.reason === undefined
                ? "explains changes and gives no reason"
                : "a reason that says nothing: it explains nothing either",
              `a sentence of at least ${leastReason} characters: what happened, and what follows from it`,
            ),
          ],
    ),
});
