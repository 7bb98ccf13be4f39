import { percent } from "../core/change/words.ts";
import { oneLine, type Role, roleTitle } from "../core/document.ts";
import type { Rubric } from "../core/model.ts";
import { sharesOf } from "../core/rubric.ts";
import { columns, labelled, padEnd, padStart, type Style } from "./style.ts";

/** A rubric at a glance: what weighs how much, what is required, and what is still to be written. */
export function rubricText(role: Role, rubric: Rubric, style: Style): string {
  const shares = sharesOf(rubric.criteria);
  const widest = Math.max(...rubric.criteria.map(({ id }) => columns(id)), 0);
  const lines = rubric.criteria.flatMap(({ id, name, required, bar, anchors }) => {
    const notes = [
      required === true ? `required${bar === undefined ? "" : `, bar ${bar}`}` : "optional",
      ...(anchors === undefined ? ["no anchors yet"] : []),
    ];
    return labelled(
      `  ${padEnd(id, widest)}  ${padStart(percent(shares.get(id) ?? 0), 5)}  `,
      `${oneLine(name)} (${notes.join("; ")})`,
      style.width,
    );
  });
  const { bar, evaluations } = rubric.decision;
  return `${style.bold(`${roleTitle(role)}: rubric`)}\n${lines.join("\n")}\n  Decision: weighted mean of at least ${bar}, from ${evaluations} ${evaluations === 1 ? "evaluation" : "evaluations"}\n`;
}
