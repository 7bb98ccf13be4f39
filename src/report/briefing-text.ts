import type { Briefing } from "../core/briefing.ts";
import { shortDate } from "../core/moment.ts";
import { md } from "./markdown.ts";
import { type Style, wrap } from "./style.ts";

/** Everyone's briefing, one after the other, ready to be sent. */
export function briefingText(briefings: readonly Briefing[], since: string, now: string, style: Style): string {
  const lines: string[] = [];
  for (const briefing of briefings) {
    lines.push(style.bold(heading(briefing, since, now)));
    for (const { title, entries } of partsOf(briefing, now))
      lines.push(title, ...entries.flatMap((entry) => wrap(`  - ${entry}`, style.width, 4)));
    if (partsOf(briefing, now).length === 0) lines.push("Nothing new, and nothing to do.");
    lines.push("");
  }
  return `${lines.join("\n").replace(/\n+$/u, "")}\n`;
}

/** The same as Markdown; every text from files inert. */
export function briefingMarkdown(briefings: readonly Briefing[], since: string, now: string): string {
  return `${briefings
    .map((briefing) =>
      [
        `### ${md(heading(briefing, since, now))}`,
        ...partsOf(briefing, now).map(({ title, entries }) => `${title}\n\n${entries.map((entry) => `- ${md(entry)}`).join("\n")}`),
        ...(partsOf(briefing, now).length === 0 ? ["Nothing new, and nothing to do."] : []),
      ].join("\n\n"),
    )
    .join("\n\n")}\n`;
}

function heading({ person, title }: Briefing, since: string, now: string): string {
  return `For ${person}: ${title}, since ${shortDate(since, now)}`;
}

function partsOf(
  { yours, news, candidates }: Briefing,
  now: string,
): readonly { readonly title: string; readonly entries: readonly string[] }[] {
  return [
    { title: "Yours:", entries: yours.map(({ text, command }) => (command === undefined ? text : `${text} (${command})`)) },
    {
      title: "New:",
      entries: news.map(
        ({ at, by, summary, reason }) => `${shortDate(at, now)}, ${by}: ${summary}${reason === null ? "" : `. Why: ${reason}`}`,
      ),
    },
    { title: "Candidates:", entries: candidates.map(({ at, text }) => `${shortDate(at, now)}, ${text}`) },
  ].filter(({ entries }) => entries.length > 0);
}
