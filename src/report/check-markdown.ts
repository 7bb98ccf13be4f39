import { count } from "../core/change/words.ts";
import { countBySeverity, type Finding } from "../core/finding.ts";
import { byGravity, type FindingsReport, sentence } from "./findings.ts";
import { md, mdTable } from "./markdown.ts";

/** Findings as a table, gravest first, inert whatever the files say; past `room` characters they are counted. */
export function checkMarkdown(report: FindingsReport, room = 60_000): string {
  const { findings, skipped, suppressed } = report;
  const rows: (readonly string[])[] = [];
  let length = 0;
  for (const finding of byGravity(findings)) {
    const row = [finding.severity, placeOf(finding), `\`${finding.rule}\``, md(sentence(finding))];
    length += row.join(" | ").length + 6;
    if (length > room) break;
    rows.push(row);
  }
  const left = findings.length - rows.length;
  return [
    `**${checkSummary(report)}**`,
    ...(rows.length === 0 ? [] : ["", mdTable(["", "where", "rule", "what"], rows)]),
    ...(left === 0 ? [] : ["", `and ${count(left, "more finding")}: \`hire check\` shows them all.`]),
    ...skipped.map(({ file, checks }) => `\n${count(checks, "check")} skipped: ${md(file)} cannot be read.`),
    ...(suppressed.length === 0 ? [] : [`\n${count(suppressed.length, "finding")} silenced by a comment, with a reason.`]),
    "",
  ].join("\n");
}

/** "2 errors, 1 warning in 42 files", or that nothing was found. */
export function checkSummary({ findings, files, rules }: Pick<FindingsReport, "findings" | "files" | "rules">): string {
  const { error, warning, info } = countBySeverity(findings);
  const found = [
    ...(error > 0 ? [count(error, "error")] : []),
    ...(warning > 0 ? [count(warning, "warning")] : []),
    ...(info > 0 ? [`${info} to know`] : []),
  ];
  return found.length === 0
    ? `nothing to say: ${count(rules, "rule")} on ${count(files, "file")}`
    : `${found.join(", ")} in ${count(files, "file")}`;
}

/** A place as code, with nothing in it that could end the code or the cell. */
function placeOf({ file, line }: Finding): string {
  return `\`${file.replaceAll(/[^\w./ -]/gu, "\u00b7")}:${line}\``;
}
