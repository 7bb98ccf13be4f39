import { count, list } from "../core/change/words.ts";
import type { Lessons, Win } from "../core/lessons.ts";
import type { FunnelStep, SearchFigures, SearchOutcome } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { md } from "./markdown.ts";
import { type Style, wrap } from "./style.ts";

/** "12 presented, 8 went on; design 8, 3 went on; offer 1, 1 went on" as counts: a search is too small for shares. */
export function funnelSentence(funnel: readonly FunnelStep[]): string {
  const own = funnel.filter(({ reached }) => reached > 0);
  if (own.length === 0) return "Nobody was presented.";
  return `${own
    .map(({ stage, reached, went_on: on }) =>
      stage === "presented"
        ? `${reached} presented, ${on} went on`
        : stage === "offer"
          ? `${count(reached, "offer")}, ${on} accepted`
          : `${reached} in ${stage}`,
    )
    .join("; ")}.`;
}

/** The search in figures, in sentences. */
export function figuresSentences(
  { days, on_hold: onHold = 0, changes, promises = [], funnel }: SearchFigures,
  result: SearchOutcome["result"],
): readonly string[] {
  return [
    ...(days === undefined
      ? []
      : [
          `${result === "hired" ? "Filled in" : "Open for"} ${count(days, "day")}${onHold > 0 ? `, ${count(onHold, "day")} on hold left out` : ""}.`,
        ]),
    funnelSentence(funnel),
    ...(promises.length === 0
      ? []
      : [
          `Promises kept: ${promises.map(({ side, kept, all, median_hours: hours }) => `${side} ${kept} of ${all}${hours === undefined ? "" : ` (median ${hours < 0.5 ? "under an hour" : count(hours, "business hour")})`}`).join(" · ")}.`,
        ]),
    ...(changes === undefined || changes.made === 0
      ? []
      : [`${changes.explained} of ${count(changes.made, "change")} of the criteria explained.`]),
  ];
}

/** What an earlier search left for this one, in sentences. */
export function lessonsSentences({ title, result, closedOn, keep, change, figures, reviews }: Lessons, today: string): readonly string[] {
  const wrong = reviews.filter(({ right }) => !right);
  return [
    `${title}${result === null ? ", not closed yet" : `, ${result}${closedOn === null ? "" : ` ${shortDate(closedOn, today)}`}`}.`,
    ...(figures === null ? [] : figuresSentences(figures, result ?? "hired")),
    ...(keep.length === 0 ? [] : [`Keep: ${keep.join("; ")}.`]),
    ...(change.length === 0 ? [] : [`Change: ${change.join("; ")}.`]),
    ...(reviews.length === 0 ? [] : [reviewsSentence(reviews)]),
    ...wrong.map(({ outcome, note }) => `Wrong about ${outcome}${note === null ? "" : ` (${note})`}.`),
  ];
}

function reviewsSentence(reviews: Lessons["reviews"]): string {
  const right = reviews.filter((review) => review.right).length;
  return `Looking back, the brief was right about ${right} of ${count(reviews.length, "outcome")}.`;
}

interface Wall {
  readonly wins: readonly Win[];
  readonly today: string;
}

function headOf(
  { title, result, closedOn, hired, people, with: panel }: Win,
  today: string,
): { readonly title: string; readonly rest: string } {
  const who = [people.join(" + "), ...(panel.length === 0 ? [] : [`with ${list(panel)}`])].filter((part) => part !== "").join(", ");
  return {
    title,
    rest: [result === "hired" ? `${hired} hired, ${shortDate(closedOn, today)}` : `ended ${shortDate(closedOn, today)}`, who]
      .filter((part) => part !== "")
      .join(" · "),
  };
}

function bodyOf({ result, thanks, lessons }: Win): readonly string[] {
  const { figures, keep, change, reviews } = lessons;
  return [
    ...(figures === null ? [] : [figuresSentences(figures, result).join(" ")]),
    ...thanks.map(({ from, to, for: what }) => `${from} to ${to}: "${what}"`),
    ...keep.map((text) => `Keep: ${text}`),
    ...change.map((text) => `Change: ${text}`),
    ...(reviews.length === 0 ? [] : [reviewsSentence(reviews)]),
    ...reviews
      .filter(({ right, note }) => !right && note !== null)
      .map(({ outcome, note }) => `The brief was wrong about ${outcome} (${note ?? ""})`),
  ];
}

function partsOf(wins: readonly Win[]): readonly { readonly heading: string; readonly own: readonly Win[] }[] {
  return [
    { heading: "Hires made, and how", own: wins.filter(({ result }) => result === "hired") },
    { heading: "Ended without a hire, and what was learnt", own: wins.filter(({ result }) => result === "cancelled") },
  ].filter(({ own }) => own.length > 0);
}

const nothingYet = "No search has ended yet: hire close ROLE ends one, and thanks both sides.";

export function winsText({ wins, today }: Wall, style: Style): string {
  if (wins.length === 0) return `${nothingYet}\n`;
  const lines = partsOf(wins).flatMap(({ heading, own }) => [
    style.bold(heading),
    ...own.flatMap((win) => {
      const { title, rest } = headOf(win, today);
      return [
        "",
        ...wrap(`${title} · ${rest}`, style.width, 2).map((line, index) =>
          index === 0 ? line.replace(title, () => style.bold(title)) : line,
        ),
        ...bodyOf(win).flatMap((text) => wrap(`  ${text}`, style.width, 4)),
      ];
    }),
    "",
  ]);
  return `${lines.join("\n").trimEnd()}\n`;
}

/** The same as Markdown, ready to be posted; every text from files inert. */
export function winsMarkdown({ wins, today }: Wall): string {
  if (wins.length === 0) return `${nothingYet}\n`;
  const sections = partsOf(wins).flatMap(({ heading, own }) => [
    `## ${heading}`,
    ...own.map((win) => {
      const { title, rest } = headOf(win, today);
      return [`### ${md(title)}`, "", md(rest), "", ...bodyOf(win).map((text) => `- ${md(text)}`)].join("\n").trimEnd();
    }),
  ]);
  return `${sections.join("\n\n")}\n`;
}
