import { list } from "../../../core/change/words.ts";
import { fatesOf, isHeld, whatWent } from "../../../core/fate.ts";
import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";
import { inCommit, placeOf } from "./gone.ts";

export const candidateLegalHold = defineRule({
  id: "candidate/legal-hold",
  severity: "error",
  guard: true,
  summary: "Of a candidate under a legal hold nothing is erased.",
  why: "Someone may have to answer for these files, and who set the hold is who lifts it.",
  wrong: "roles/backend-engineer/candidates/amber-otter/, with legal_hold in the base, and not here",
  right: "the folder as it was; what may go goes with a later change, once the hold is lifted",
  limits:
    "Needs a base. A hold that is lifted in the same change held when it began; that it is lifted is told (info). New events are no loss, nor scorecards that are amended.",
  checkBase: (base, { workspace }) =>
    fatesOf(base, workspace)
      .filter(({ before }) => isHeld(before))
      .flatMap((fate) => {
        const { before, now } = fate;
        const place = placeOf(fate, workspace);
        const went = whatWent(fate);
        if (now !== undefined && went.length === 0)
          return isHeld(now)
            ? []
            : [observe(place, `the legal hold on ${now.id} was lifted`, "right where whoever set it says so", "info")];
        const what = now === undefined ? "was erased" : `lost ${list(went)}`;
        return [
          observe(
            place,
            `${before.id} is under a legal hold and ${what}${inCommit(fate, base)}`,
            "put everything back; whoever set the hold lifts it first: legal_hold in candidate.yaml",
          ),
        ];
      }),
});
