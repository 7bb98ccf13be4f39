import { type Change, isGrave, labelOf, needsReason } from "../core/change/change.ts";
import { count, list, percent } from "../core/change/words.ts";
import { countReasons, type Distance, type DriftEvent } from "../core/drift.ts";
import { visibleLine } from "../core/escape.ts";
import { shortDate } from "../core/moment.ts";
import { changeJson } from "./change-json.ts";
import { explainCommand, explanationParts, gravityOf } from "./diff-text.ts";
import { md, mdTable } from "./markdown.ts";
import { columns, padEnd, spread, type Style, wrap } from "./style.ts";

export interface DriftReport {
  readonly role: string;
  readonly title: string;
  /** What it is counted from: the commit, and who had agreed then; of a commit that was named, nobody. */
  readonly since: { readonly commit: string; readonly at: string | null; readonly people: readonly string[]; readonly partial: boolean };
  readonly events: readonly DriftEvent[];
  /** How far it is today. */
  readonly distance: Distance;
  readonly now: string;
}

/** Commits past this are counted, unless all are asked for. */
const most = 30;

const bars = "▁▂▃▄▅▆▇█";

/** Distances of weights over time as a line of bars; the highest bar is `top` or more, sampled to at most `width`. */
export function sparkline(values: readonly number[], width: number, top = 0.2): string {
  const step = Math.max(1, values.length / Math.max(1, width));
  const highest = Math.max(top, ...values);
  return Array.from({ length: Math.min(values.length, Math.floor(values.length / step)) }, (_, index) => {
    const value = values[Math.min(values.length - 1, Math.ceil((index + 1) * step) - 1)] ?? 0;
    return bars[Math.min(bars.length - 1, Math.round((value / highest) * (bars.length - 1)))] ?? "";
  }).join("");
}

/** How far criteria are from the agreement, in a sentence. */
export function distanceSentence({ weights, required, redefined }: Distance): string {
  const facts = [
    ...(weights === null ? [] : [weights < 1e-9 ? "weights as agreed" : `${percent(weights)} of the weight lies elsewhere`]),
    ...(required > 0 ? [`the required criteria differ by ${percent(required)}`] : []),
    ...(redefined > 0 ? [`${count(redefined, "criterion says", "criteria say")} something else`] : []),
  ];
  return facts.join("; ");
}

function sinceWords({ since, now }: DriftReport): string {
  const { commit, at, people, partial } = since;
  if (at === null) return `since ${commit.slice(0, 7)}`;
  const date = shortDate(at, now);
  return partial ? `since ${date}, where the history was cut off` : `since ${date}, agreed by ${list(people)}`;
}

export function driftText(report: DriftReport, full: boolean, style: Style): string {
  const { title, events, distance, now } = report;
  const lines = [...spread(style.bold(title), sinceWords(report), style.width)];
  if (events.length === 0) return `${lines.join("\n")}\nNothing has changed since.\n`;
  const line = sparkline(
    events.map((event) => event.distance.weights ?? 0),
    Math.min(40, style.width - 20),
  );
  lines.push(...wrap(`${line}  ${distanceSentence(distance)}`, style.width, 2), "");
  const shown = full ? events : events.slice(-most);
  if (shown.length < events.length) lines.push(`${count(events.length - shown.length, "commit")} before these: --full shows them`, "");
  const authors = Math.min(16, Math.max(...shown.map(({ author }) => columns(author))));
  for (const event of shown) lines.push(...eventLines(event, authors, now, style));
  lines.push("", ...wrap(totals(events), style.width));
  return `${lines.join("\n")}\n`;
}

function eventLines(event: DriftEvent, authors: number, now: string, style: Style): readonly string[] {
  const { commit, at, author, changes, signed, unreadable, renamedFrom } = event;
  const head = `${padEnd(shortDate(at, now), 6)}  ${padEnd(author, authors)}  ${commit === null ? "not committed" : commit.slice(0, 7)}`;
  const facts = [
    ...(renamedFrom === null ? [] : [`the folder was roles/${renamedFrom} before`]),
    ...(signed.length > 0 ? [`${list(signed)} signed`] : []),
    ...unreadable.map((path) => `${visibleLine(path)} could not be read; what stood before is taken to stand`),
  ];
  const indent = "        ";
  const say = (text: string, hang = 0): readonly string[] => wrap(text, style.width - indent.length, hang).map((line) => indent + line);
  const lines = [style.dim(head), ...facts.flatMap((text) => say(text))];
  for (const change of changes) {
    const colour = change.gravity === "breaking" ? style.red : change.gravity === "material" ? style.yellow : style.dim;
    const words = gravityOf(change);
    const symbol = change.gravity === "editorial" ? "~" : "!";
    lines.push(...say(`${symbol} ${labelOf(change)}  ${change.text}   ${words}`, 2).map((line) => line.replace(words, colour(words))));
    lines.push(...reasonOf(change, event.settled, now, style).flatMap((text) => say(`  ${text}`, 2)));
  }
  return lines;
}

function reasonOf(change: Change, settled: boolean, now: string, style: Style): readonly string[] {
  if (change.explanation !== undefined) return explanationParts(change.explanation, now);
  if (settled && isGrave(change)) return ["no reason given; both sides signed again since"];
  return needsReason(change, true) ? [`${style.red("NO REASON GIVEN")}   ${explainCommand(change)}`] : [];
}

function totals(events: readonly DriftEvent[]): string {
  const { changes, explained, open } = countReasons(events);
  const commits = events.filter((event) => event.changes.length > 0).length;
  const wording = events.flatMap((event) => event.changes).filter((change) => !isGrave(change)).length;
  return [
    `${count(changes, "change")} in ${count(commits, "commit")}`,
    ...(explained > 0 ? [`${explained} explained`] : []),
    ...(wording > 0 ? [`${wording} of wording`] : []),
    ...(open > 0 ? [`${open} WITHOUT A REASON`] : []),
  ].join(" · ");
}

export function driftMarkdown(report: DriftReport): string {
  const { title, events, distance, now } = report;
  const sections = [`## ${md(title)}`, md(sinceWords(report))];
  if (events.length === 0) return `${[...sections, "Nothing has changed since."].join("\n\n")}\n`;
  const rows = events.map(({ commit, at, author, changes, signed, unreadable, renamedFrom, settled, distance: then }) => [
    md(shortDate(at, now)),
    md(author),
    commit === null ? "not committed" : `\`${commit.slice(0, 7)}\``,
    [
      ...(renamedFrom === null ? [] : [`folder renamed from ${md(renamedFrom)}`]),
      ...(signed.length > 0 ? [md(`${list(signed)} signed`)] : []),
      ...unreadable.map((path) => md(`${visibleLine(path)} could not be read`)),
      ...changes.map((change) => `**${md(labelOf(change))}** ${md(change.text)}, ${gravityOf(change)}`),
    ].join("<br>"),
    changes
      .flatMap((change) =>
        change.explanation !== undefined
          ? explanationParts(change.explanation, now).map(md)
          : needsReason(change, !settled)
            ? [`**NO REASON GIVEN** \`${explainCommand(change)}\``]
            : [],
      )
      .join("<br>"),
    then.weights === null ? "" : percent(then.weights),
  ]);
  sections.push(
    md(distanceSentence(distance)),
    mdTable(["When", "Who", "Commit", "What", "Reason", "Weight elsewhere"], rows),
    `**${md(totals(events))}**`,
  );
  return `${sections.join("\n\n")}\n`;
}

export function driftJson({ role, title, since, events, distance }: DriftReport): Readonly<Record<string, unknown>> {
  const summary = countReasons(events);
  return {
    role,
    title,
    since,
    distance,
    events: events.map(({ changes, ...event }) => ({
      ...event,
      changes: changes.map((change) => changeJson(change, !event.settled)),
    })),
    summary: { changes: summary.changes, explained: summary.explained, withoutReason: summary.open },
  };
}
