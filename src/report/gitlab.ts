import { digest } from "../core/digest.ts";
import type { Severity } from "../core/finding.ts";
import { type FindingsReport, numbered, sentence } from "./findings.ts";
import { escapeControls } from "./json.ts";

const severities: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/** Findings as GitLab's code quality report: description, check_name, fingerprint, severity, location. */
export function gitlab({ findings }: Pick<FindingsReport, "findings">): string {
  const issues = numbered(findings).map(({ finding, key }) => ({
    description: sentence(finding),
    check_name: finding.rule,
    fingerprint: digest(key),
    severity: severities[finding.severity],
    location: { path: finding.file, lines: { begin: finding.line, end: finding.endLine } },
  }));
  return `${escapeControls(JSON.stringify(issues, null, 2))}\n`;
}
