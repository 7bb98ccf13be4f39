import { briefOf, dueText, openAssumptions } from "../core/brief.ts";
import { oneLine } from "../core/document.ts";
import type { Intake } from "../core/model.ts";
import { labelled, type Style } from "./style.ts";

/** The brief to read aloud, and what is still open. */
export function briefText(intake: Intake, today: string, style: Style): string {
  const lines = [style.bold(oneLine(intake.title))];
  for (const { heading, lines: sentences } of briefOf(intake, today)) {
    lines.push(style.cyan(heading));
    for (const sentence of sentences) lines.push(...labelled("  ", oneLine(sentence), style.width));
  }
  const open = openAssumptions(intake);
  if (open.length > 0) {
    lines.push(style.yellow(`Still open (${open.length})`));
    for (const assumption of open)
      lines.push(...labelled("  ? ", `${oneLine(assumption.statement)} ${dueText(assumption, today)}`, style.width));
  }
  return `${lines.join("\n")}\n`;
}
