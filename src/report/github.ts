import { count } from "../core/change/words.ts";
import { visibleLine } from "../core/escape.ts";
import type { Finding, Severity } from "../core/finding.ts";
import { byGravity, type FindingsReport, sentence } from "./findings.ts";

/** GitHub shows ten annotations of each level a step, and drops the rest without a word. */
export const mostAnnotations = 10;

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Findings as workflow commands; what GitHub would drop is counted. */
export function githubCommands({ findings }: Pick<FindingsReport, "findings">): string {
  const shown: Finding[] = [];
  const rest = new Map<Severity, number>();
  for (const finding of byGravity(findings)) {
    if (shown.filter(({ severity }) => severity === finding.severity).length < mostAnnotations) shown.push(finding);
    else rest.set(finding.severity, (rest.get(finding.severity) ?? 0) + 1);
  }
  const more = [...rest].map(([severity, amount]) => (severity === "info" ? `${amount} more to know` : count(amount, `more ${severity}`)));
  return [...shown.map(command), ...(more.length === 0 ? [] : [`hire: ${more.join(", ")} in the summary`])]
    .map((line) => `${line}\n`)
    .join("");
}

function command(finding: Finding): string {
  const { severity, file, line, column, endLine, endColumn, rule } = finding;
  const properties = {
    file: visibleLine(file),
    line,
    endLine,
    // Columns count only within one line.
    ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${levels[severity]} ${list.join(",")}::${escapeData(sentence(finding))}`;
}

/** As the runner reads a command's message (actions/toolkit, command.ts). */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
