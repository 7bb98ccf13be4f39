import { count } from "../core/change/words.ts";
import { visible, visibleLine } from "../core/escape.ts";
import { countBySeverity, type Finding, mayBeHidden } from "../core/finding.ts";
import { withoutPersonalData } from "../core/personal-data.ts";
import { protectedMatter } from "../core/protected.ts";
import { checkSummary } from "./check-markdown.ts";
import type { FindingsReport } from "./findings.ts";
import { labelled, type Style } from "./style.ts";

export interface CheckReport extends FindingsReport {
  readonly milliseconds: number;
  /** A file's text, where lines of it may be shown. */
  readonly textOf: (file: string) => string | undefined;
  /** Rules whose findings are pointed at, never quoted. */
  readonly discreet: ReadonlySet<string>;
  /** Whether names of candidates are known here, and were looked for. */
  readonly namesKnown?: boolean;
  /** What was checked against what, where there is a base. */
  readonly range?: string | undefined;
}

export function checkText(report: CheckReport, style: Style): string {
  const { findings, skipped, suppressed, milliseconds, textOf, discreet, range } = report;
  const sources = new Map(
    [...new Set(findings.filter(({ rule }) => !discreet.has(rule)).map(({ file }) => file))].map((file) => [
      file,
      textOf(file)?.split("\n"),
    ]),
  );
  const lines = [
    ...(range === undefined ? [] : [visible(range), ""]),
    ...findings.flatMap((finding) => [
      ...findingLines(finding, discreet.has(finding.rule) ? undefined : sources.get(finding.file), style),
      "",
    ]),
  ];
  for (const { file, checks } of skipped) lines.push(`${count(checks, "check")} skipped: ${visibleLine(file)} cannot be read`);
  if (suppressed.length > 0) lines.push(`${count(suppressed.length, "finding")} silenced by a comment, with a reason`);
  const fixes = findings.filter(({ fix }) => fix !== undefined).length;
  if (fixes > 0) lines.push(`${count(fixes, "finding")} can be put right by hire check --fix (--fix-dry-run shows how)`);
  if (skipped.length + suppressed.length + fixes > 0) lines.push("");
  const { error, warning, info } = countBySeverity(findings);
  // Of personal data, names alone have no form: where none is known, nobody should believe they were looked for.
  const summary = `${checkSummary(report)}${report.namesKnown === true ? "" : " · names not checked here"} · ${milliseconds} ms`;
  lines.push(
    error + warning + info === 0 ? style.green(`✔ ${summary}`) : error > 0 ? style.red(`✖ ${summary}`) : style.yellow(`! ${summary}`),
  );
  return `${lines.join("\n")}\n`;
}

function findingLines(finding: Finding, source: readonly string[] | undefined, style: Style): readonly string[] {
  const place = `${visibleLine(finding.file)}:${finding.line}:${finding.column}`;
  const colour = finding.severity === "error" ? style.red : finding.severity === "warning" ? style.yellow : style.cyan;
  const head = `${place}  ${colour(finding.severity)}  ${finding.rule}`;
  const message = labelled("  ", finding.message, style.width);
  return [head, ...message, ...frame(finding, source, style)];
}

/** The lines around a finding, with the place marked; long lines are cut around it. Personal data is never quoted. */
function frame(finding: Finding, source: readonly string[] | undefined, style: Style): readonly string[] {
  const hint = finding.hint === undefined ? [] : labelled("  → ", finding.hint, style.width);
  const line = source?.[finding.line - 1];
  if (source === undefined || line === undefined || line.trim() === "") return hint;
  // Its place is enough.
  if (mayBeHidden(finding.file)) return hint;
  const gutter = String(finding.line).length;
  const room = Math.max(20, style.width - gutter - 5);
  const from = Math.max(0, Math.min(finding.column - 1 - Math.floor(room / 2), line.length - room));
  // Cut before anything is looked for: a line may be a quarter of a million characters long.
  const shown = (content: string): string => {
    const start = Math.max(0, from - margin);
    const around = content
      .slice(start, from + room + margin)
      .replaceAll("\t", " ")
      .replace(/\r$/u, "");
    // Pointed at, not quoted: whoever reads along should not read that.
    if (protectedMatter(content) !== undefined) return "(not quoted)";
    return visible(withoutPersonalData(around)).slice(from - start, from - start + room);
  };
  const before = source[finding.line - 2];
  const width =
    finding.endLine === finding.line
      ? Math.max(1, finding.endColumn - finding.column)
      : Math.max(1, line.trimEnd().length - finding.column + 1);
  const marks =
    " ".repeat(Math.max(0, finding.column - 1 - from)) + "^".repeat(Math.max(1, Math.min(width, room - (finding.column - 1 - from))));
  return [
    ...(before === undefined || before.trim() === ""
      ? []
      : [style.dim(`  ${String(finding.line - 1).padStart(gutter)} | ${shown(before)}`)]),
    `> ${String(finding.line).padStart(gutter)} | ${shown(line)}`,
    `  ${" ".repeat(gutter)} | ${style.red(marks)}`,
    ...hint,
  ];
}

/** Characters beyond what is shown in which an address may begin or end. */
const margin = 80;
