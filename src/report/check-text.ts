import type { CheckResult } from "../check/run.ts";
import { count } from "../core/change/words.ts";
import { visible } from "../core/escape.ts";
import type { Finding } from "../core/finding.ts";
import { labelled, type Style } from "./style.ts";

export interface CheckReport extends CheckResult {
  readonly files: number;
  readonly rules: number;
  readonly milliseconds: number;
  readonly texts: ReadonlyMap<string, string>;
}

export function checkText({ findings, skipped, files, rules, milliseconds, texts }: CheckReport, style: Style): string {
  const sources = new Map([...new Set(findings.map(({ file }) => file))].map((file) => [file, texts.get(file)?.split("\n")]));
  const lines = findings.flatMap((finding) => [...findingLines(finding, sources.get(finding.file), style), ""]);
  for (const { file, checks } of skipped) lines.push(`${count(checks, "check")} skipped: ${visible(file)} is unreadable`);
  if (skipped.length > 0) lines.push("");
  const of = (severity: Finding["severity"]): number => findings.filter((finding) => finding.severity === severity).length;
  const found = [
    ...(of("error") > 0 ? [count(of("error"), "error")] : []),
    ...(of("warning") > 0 ? [count(of("warning"), "warning")] : []),
    ...(of("info") > 0 ? [`${of("info")} to know`] : []),
  ];
  const where = `in ${count(files, "file")} · ${milliseconds} ms`;
  lines.push(
    found.length === 0
      ? style.green(`✔ nothing to say: ${count(rules, "rule")} ${where}`)
      : of("error") > 0
        ? style.red(`✖ ${found.join(", ")} ${where}`)
        : style.yellow(`! ${found.join(", ")} ${where}`),
  );
  return `${lines.join("\n")}\n`;
}

function findingLines(finding: Finding, source: readonly string[] | undefined, style: Style): readonly string[] {
  const place = `${visible(finding.file).replaceAll("\n", "\\n")}:${finding.line}:${finding.column}`;
  const colour = finding.severity === "error" ? style.red : finding.severity === "warning" ? style.yellow : style.cyan;
  const head = `${place}  ${colour(finding.severity)}  ${finding.rule}`;
  const message = labelled("  ", finding.message, style.width);
  return [head, ...message, ...frame(finding, source, style)];
}

/** The lines around a finding, with the place marked; long lines are cut around it. Addresses are never quoted. */
function frame(finding: Finding, source: readonly string[] | undefined, style: Style): readonly string[] {
  const hint = finding.hint === undefined ? [] : labelled("  → ", finding.hint, style.width);
  const line = source?.[finding.line - 1];
  if (source === undefined || line === undefined || line.trim() === "") return hint;
  // A scorecard may be hidden from whoever reads this: its place is enough.
  if (finding.file.includes("/evaluations/")) return hint;
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
    return visible(hideAddresses(around)).slice(from - start, from - start + room);
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

function hideAddresses(text: string): string {
  return text.replaceAll(/[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/gu, (address) => "•".repeat(address.length));
}
