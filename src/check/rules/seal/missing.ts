import { type Base, pairsOf, type RolePair } from "../../../core/base.ts";
import type { Doc } from "../../../core/document.ts";
import { observe } from "../../../core/finding.ts";
import type { Evaluation, Priorities } from "../../../core/model.ts";
import { holdersOf } from "../../../core/seal.ts";
import { sealedPath } from "../../../core/sealed-path.ts";
import { isOpened, sealedVersions } from "../../../core/sealed-past.ts";
import { defineRule } from "../../rule.ts";

export const sealMissing = defineRule({
  id: "seal/missing",
  severity: "warning",
  guard: true,
  summary: "Where hire.yaml sets seal, scorecards and weights are handed in sealed.",
  why: "One open scorecard is enough to lead everyone who comes after it.",
  wrong: "evaluations/design--ana.yaml, new since the base and never sealed",
  right: "evaluations/design--ana.sealed.yaml, which hire score writes",
  limits: "Needs a base whose hire.yaml sets seal.",
  checkBase: (base, { workspace }) =>
    holdersOf(base.workspace.hire?.data).length === 0
      ? []
      : pairsOf(base.workspace, workspace).flatMap((pair) => {
          const known = new Set(openIn(pair.before).map(({ path }) => path));
          return openIn(pair.after)
            .filter((doc) => !known.has(doc.path) && !wasSealed(doc, pair, base))
            .map((doc) =>
              observe(
                doc.at("interviewer" in doc.data ? "interviewer" : "person"),
                "was handed in open, where others are sealed",
                "hire score and hire weigh seal what they write; a hire that does not is too old",
              ),
            );
        }),
});

function openIn(role: RolePair["after"]): readonly Doc<Evaluation | Priorities>[] {
  return role === undefined ? [] : [...role.priorities, ...role.candidates.flatMap(({ evaluations }) => evaluations)];
}

function wasSealed(doc: Doc<Evaluation | Priorities>, pair: RolePair, base: Base): boolean {
  const opened = [doc, ...(base.versions.get(doc.path) ?? []).flatMap((version) => version.doc ?? [])];
  const sealed = sealedVersions(pair, base, sealedPath(doc.path)).flatMap((version) => version.doc ?? []);
  return sealed.some((one) => opened.some((open) => isOpened(one, open)));
}
