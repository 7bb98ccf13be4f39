import { type CandidateFolder, type Role, roleTitle } from "../core/document.ts";
import { searchDocuments } from "../core/free-text.ts";
import { byTime } from "../core/moment.ts";
import { criterionOf } from "../core/rubric.ts";
import { md } from "./markdown.ts";

interface Held {
  readonly role: Role;
  readonly candidate: CandidateFolder;
  /** Kept on this machine alone. */
  readonly name: string | undefined;
  /** Commits of this clone that touch their files. */
  readonly commits: number;
  /** Their files. */
  readonly paths: readonly string[];
  /** The day of this account. */
  readonly on: string;
}

/** Everything that stands here about one candidate, in words they can read; every text from files inert. */
export function candidateMarkdown({ role, candidate, name, commits, paths, on }: Held): string {
  const { candidate: own, decision, evaluations } = candidate;
  const events = (candidate.events?.data ?? []).toSorted((a, b) => byTime(a.at, b.at));
  const titleOf = (id: string): string => (role.rubric === undefined ? undefined : criterionOf(role.rubric.data, id)?.name) ?? id;
  const facts = [
    ["Known here as", candidate.id],
    ["Name, kept on one machine and in no file", name],
    ["Came to us by", own?.data.source],
    ["Also kept in", own?.data.ats],
    ["Legal hold", own?.data.legal_hold],
  ].flatMap(([label, value]) => (value === undefined ? [] : [`- ${label ?? ""}: ${md(value)}`]));
  const sections = [
    `# What we hold about ${md(name ?? candidate.id)}`,
    `For ${md(roleTitle(role))}, as of ${on}.`,
    facts.join("\n"),
    "## What happened",
    events.length === 0
      ? "Nothing is noted."
      : events
          .map(({ at, what, by, stage, reason, criterion, requirement, note }) => {
            const more = [stage, reason, criterion, requirement, note].filter((part) => part !== undefined);
            return `- ${md(at)}: ${md(what)}, by ${md(by)}${more.length === 0 ? "" : `: ${md(more.join("; "))}`}`;
          })
          .join("\n"),
    "## How they were judged",
    ...(evaluations.length === 0 ? ["There is no scorecard."] : []),
  ];
  for (const { data } of evaluations) {
    sections.push(`### ${md(data.stage)}, by ${md(data.interviewer)}, ${md(data.submitted_at)}`);
    sections.push(
      data.ratings
        .map(({ criterion, rating, evidence, not_assessed: not }) =>
          [
            `- ${md(titleOf(criterion))}: ${rating ?? "not assessed"}`,
            ...[evidence, not].flatMap((text) => (text === undefined ? [] : [md(text)])),
          ].join(". "),
        )
        .join("\n"),
    );
    const words = [
      data.recommendation === undefined ? undefined : `Recommendation: ${data.recommendation}`,
      data.confidence === undefined ? undefined : `confidence: ${data.confidence}`,
      data.key_reason === undefined ? undefined : `main reason: ${data.key_reason}`,
      ...(data.concerns ?? []).map((concern) => `concern: ${concern}`),
      ...(data.amendments ?? []).map(({ at, because }) => `changed ${at}: ${because}`),
    ].filter((text) => text !== undefined);
    if (words.length > 0) sections.push(md(words.join("; ")));
  }
  sections.push("## What was decided");
  if (decision === undefined) sections.push("Nothing yet.");
  else {
    const { decision: word, by, decided_at, reasons = [], overrides, tell } = decision.data;
    sections.push(
      [
        `${md(word)}, by ${md(by)}, ${md(decided_at)}`,
        ...reasons.map(({ criterion, text }) => `- ${criterion === undefined ? "" : `${md(titleOf(criterion))}: `}${md(text)}`),
        ...(overrides === undefined ? [] : [`- against the rubric's own rule: ${md(overrides)}`]),
        ...(tell?.what === undefined ? [] : [`- to be told: ${md(tell.what)}`]),
      ].join("\n"),
    );
  }
  const named = searchDocuments(role).filter(({ text }) => text?.includes(candidate.id) === true);
  sections.push(
    "## Where it stands",
    [
      ...paths.map((path) => `- ${md(path)}`),
      ...named.map(({ path }) => `- ${md(path)} (names them)`),
      `- ${commits} ${commits === 1 ? "commit" : "commits"} of the repository's history, and every copy of it`,
    ].join("\n"),
  );
  return `${sections.join("\n\n")}\n`;
}
