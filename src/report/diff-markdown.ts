import { type Change, labelOf, needsReason } from "../core/change/change.ts";
import { count } from "../core/change/words.ts";
import {
  agreedLine,
  type ChangedRole,
  type DiffReport,
  explainCommand,
  explanationParts,
  gravityOf,
  hintSentences,
  isToldTogether,
  orderOf,
  shiftedText,
  summaryLine,
} from "./diff-text.ts";
import { orderSentences, touchedSentences } from "./impact-text.ts";
import { md } from "./markdown.ts";

/** A pull request's comment takes 65,536 characters; what is past this is counted, with the command that shows it. */
const longest = 60_000;
/** Room for the line that counts what was cut. */
const cutNote = 80;

/** The changes as Markdown fit for a pull request's comment: what needs a reason first, wording folded away, every text inert. */
export function diffMarkdown({ range, roles, full }: DiffReport, room = longest): string {
  if (roles.length === 0) return `${md(range)}\n\nNo change in what was agreed to be looked for.\n`;
  const sections = [
    `**${md(summaryLine(roles.map(({ changes }) => changes)))}**`,
    md(range),
    ...roles.flatMap((role) => roleSections(role, full)),
  ];
  let text = "";
  for (const [index, section] of sections.entries()) {
    if (text.length + section.length > room - cutNote)
      return `${text}\nand ${count(sections.length - index, "more part")}: \`hire diff\` shows them all.\n`;
    text += `${index === 0 ? "" : "\n"}${section}\n`;
  }
  return text;
}

function roleSections(role: ChangedRole, full: boolean): readonly string[] {
  const { changes, title, renamedFrom, agreed, shifted } = role.changes;
  const ordered = [
    ...changes.filter((change) => needsReason(change, agreed)),
    ...changes.filter((change) => !needsReason(change, agreed) && gravityOf(change) !== "WORDING"),
  ];
  const wording = changes.filter((change) => gravityOf(change) === "WORDING");
  const together = role.impact?.together ?? null;
  return [
    `### ${md(title)}`,
    md(agreedLine(role.agreements)) + (renamedFrom === undefined ? "" : `, the folder was \`roles/${renamedFrom}\` before`),
    ...ordered.map((change) => changeSection(change, role, full)),
    ...(shifted === undefined ? [] : [md(shiftedText(shifted))]),
    ...(together !== null && isToldTogether(role.impact) ? [`All together: ${md(orderSentences(together).join(". "))}.`] : []),
    ...(wording.length > 0
      ? [
          `<details><summary>${count(wording.length, "change")} of wording</summary>\n\n${wording.map((change) => `- **${md(labelOf(change))}** ${md(change.text)}`).join("\n")}\n\n</details>`,
        ]
      : []),
  ];
}

function changeSection(change: Change, role: ChangedRole, full: boolean): string {
  const own = role.impact?.of.get(change);
  const order = own?.order ?? null;
  const place = (change.after ?? change.before)?.();
  const lines = [
    `- **${md(labelOf(change))}** ${md(change.text)} — ${gravityOf(change)}`,
    ...hintSentences(change, role.changes).map(md),
    ...(own === undefined ? [] : touchedSentences(own, change.explanation?.scores).map(md)),
    ...(change.explanation !== undefined
      ? explanationParts(change.explanation).map(md)
      : needsReason(change, role.changes.agreed)
        ? [`**NO REASON GIVEN** \`${explainCommand(change)}\``]
        : []),
    ...(order === null || isToldTogether(role.impact) ? [] : orderOf(order, role.changes).map(md)),
    ...(full && place !== undefined ? [md(`${place.file}:${place.line}, ${change.fingerprint}`)] : []),
  ];
  return lines.join("<br>\n  ");
}
