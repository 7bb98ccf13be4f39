import { pairsOf, type RolePair } from "../../../core/base.ts";
import { list } from "../../../core/change/words.ts";
import { observe } from "../../../core/finding.ts";
import { handInsOf } from "../../../core/priorities.ts";
import { waitedFor } from "../../../core/seal.ts";
import { isOpened, type Slot, slotsOf } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";
import { wasSealed } from "./missing.ts";

export const sealEarly = defineRule({
  id: "seal/early",
  severity: "warning",
  guard: true,
  summary: "What is sealed is opened once all that are due are in.",
  why: "Whoever hands in after it was opened may have read it first.",
  wrong: "design--ana.yaml, opened while bo's scorecard of the same stage is out",
  right: "both opened together, or without bo because bo has left, which the reviewer knows",
  limits: "Needs a base. Of scorecards it looks at the same stage: a later one may be a reason to wait as well.",
  checkBase: (base, { workspace }) =>
    pairsOf(base.workspace, workspace).flatMap((pair) =>
      slotsOf(pair, base).flatMap((slot) => {
        const out = slot.openNow === undefined || !isNew(slot) ? [] : outFor(slot, pair);
        return slot.openNow === undefined || out.length === 0
          ? []
          : [
              observe(
                slot.openNow.at("interviewer" in slot.openNow.data ? "interviewer" : "person"),
                `opened before ${list(out)} handed in`,
                "say why, where it was meant; theirs may have been led by it",
              ),
            ];
      }),
    ),
});

/** Whether it was opened since the base. */
function isNew(slot: Slot): boolean {
  const before = slot.open.find(({ commit }) => commit === undefined)?.doc;
  return wasSealed(slot) && !slot.sealed.some(({ doc }) => doc !== undefined && isOpened(doc, before));
}

function outFor({ openNow, sealed }: Slot, { after }: RolePair): readonly string[] {
  const team = after?.intake?.data.team;
  if (after === undefined || openNow === undefined || team === undefined) return [];
  if ("interviewer" in openNow.data) {
    const { candidate: id, stage } = openNow.data;
    const candidate = after.candidates.find((own) => own.id === id);
    return candidate === undefined ? [] : waitedFor(after, candidate, stage);
  }
  const round = Math.max(
    0,
    ...sealed.flatMap(({ doc }) => (doc !== undefined && "round" in doc.data && isOpened(doc, openNow) ? [doc.data.round] : [])),
  );
  return [...new Set([team.hiring_manager, team.recruiter])].filter((person) => handInsOf(after, person) < round);
}
