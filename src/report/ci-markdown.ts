import { needsReason } from "../core/change/change.ts";
import { count } from "../core/change/words.ts";
import { countBySeverity } from "../core/finding.ts";
import { checkMarkdown } from "./check-markdown.ts";
import { diffMarkdown } from "./diff-markdown.ts";
import type { ChangedRole } from "./diff-text.ts";
import type { FindingsReport } from "./findings.ts";

/** What a pull request's checks found, and what it changes. */
export interface CiReport {
  readonly check: FindingsReport;
  readonly range: string | undefined;
  readonly roles: readonly ChangedRole[];
}

/** A comment on GitHub takes this many characters; GitLab takes more. */
export const longestComment = 65_536;

/** The hidden line by which a comment is found again, so that each pull request has one: one a hiring root. */
export function markerOf(folder: string): string {
  return `<!-- hire:${encodeURIComponent(folder)} -->`;
}

/** One comment: the verdict, the changes, then the findings, at most `longestComment` characters with the rest counted. */
export function commentMarkdown(report: CiReport): string {
  const head = `${markerOf(report.check.folder)}\n`;
  return head + bodyMarkdown(report, longestComment - head.length);
}

/** The same for a step's summary, which takes a mebibyte. */
export function summaryMarkdown(report: CiReport): string {
  return bodyMarkdown(report, 900_000);
}

function bodyMarkdown({ check, range, roles }: CiReport, room: number): string {
  const verdict = `## hire: ${verdictOf({ check, roles })}\n\n`;
  // What lacks its reason is told with the change itself, once.
  const others = { ...check, findings: range === undefined ? check.findings : check.findings.filter(({ rule }) => rule !== unexplained) };
  const isSaid = others.findings.length === 0 && check.findings.length > 0;
  const findings = isSaid ? "" : checkMarkdown(others, Math.floor(room / 3));
  const left = room - verdict.length - findings.length - 1;
  const changes = range === undefined ? "" : `${diffMarkdown({ range, roles, full: false }, left)}\n`;
  return `${verdict}${changes}${findings}`;
}

const unexplained = "change/unexplained";

/** The verdict in a line: what stands in the way, or that nothing does. */
function verdictOf({ check, roles }: Pick<CiReport, "check" | "roles">): string {
  const { error } = countBySeverity(check.findings);
  const open = roles.reduce(
    (sum, { changes: { changes, agreed } }) => sum + changes.filter((change) => needsReason(change, agreed)).length,
    0,
  );
  const parts = [
    ...(open > 0 ? [`${count(open, "change")} without a reason`] : []),
    ...(error > open ? [count(error - open, "error")] : []),
  ];
  if (error === 0) return "✔ nothing stands in the way";
  return `✖ ${parts.length === 0 ? count(error, "error") : parts.join(", ")}`;
}
