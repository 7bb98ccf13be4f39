import { count, list, onScale, percent } from "../core/change/words.ts";
import { visibleLine } from "../core/escape.ts";
import type { Rubric } from "../core/model.ts";
import type { Hidden, RankedCandidate, Ranking } from "../core/rank.ts";
import type { OrderCertainty } from "../core/order-certainty.ts";
import { certaintyFigures, certaintyLimits, certaintySentences } from "./certainty-text.ts";
import { columns, padEnd, type Style, wrap } from "./style.ts";

/** Where someone stands who cannot simply be chosen any more. */
export const standingWords: Readonly<Record<Exclude<RankedCandidate["standing"], "in play">, string>> = {
  "on hold": "on hold",
  offered: "has an offer",
  accepted: "said yes",
  declined: "declined",
  out: "out of the search",
};

/** One candidate's result: total, what it rests on, and what stands against it. */
export function rankedLines(entry: RankedCandidate, rubric: Rubric | undefined, style: Style, names = 0): readonly string[] {
  const name = padEnd(entry.candidate, names);
  if (entry.total === null) return [`     ${name}  nothing rated yet`];
  const place = `${entry.place ?? ""}${entry.tied ? "=" : ""}`;
  const total = onScale(entry.total, rubric?.decision.bar);
  const standing = entry.standing === "in play" ? "" : `   ${standingWords[entry.standing]}`;
  const lines = [
    `  ${padEnd(place, 2)} ${style.bold(name)}  ${total} of ${percent(entry.rated)} of the weight   ${entry.raters} ${entry.raters === 1 ? "rater" : "raters"}${standing}`,
  ];
  const say = (text: string): void => void lines.push(...wrap(text, style.width - 7).map((line) => `       ${line}`));
  const nameOf = (id: string): string => rubric?.criteria.find((criterion) => criterion.id === id)?.name ?? id;
  for (const { criterion, mean, bar } of entry.below) say(`below the bar: ${nameOf(criterion)} ${onScale(mean, bar)}, bar ${bar}`);
  if (entry.undecided.length > 0) say(`undecided, nobody rated it: ${entry.undecided.map(nameOf).join(", ")}`);
  if (entry.reachesBar === false && rubric !== undefined) say(`under the decision bar of ${rubric.decision.bar}`);
  if (rubric !== undefined && entry.evaluations < rubric.decision.evaluations)
    say(`${entry.evaluations} of ${rubric.decision.evaluations} evaluations in`);
  if (entry.stale > 0)
    say(`${entry.stale} ${entry.stale === 1 ? "rating was" : "ratings were"} given under another meaning of the criterion`);
  if (entry.toRateAgain > 0)
    say(`${entry.toRateAgain} ${entry.toRateAgain === 1 ? "rating waits" : "ratings wait"} to be given again: the criterion was redefined`);
  if (entry.setAside > 0)
    say(
      `${entry.setAside} ${entry.setAside === 1 ? "rating counts" : "ratings count"} no longer: the criterion was redefined, and explained so`,
    );
  return lines;
}

export function rankText(
  title: string,
  ranking: Ranking,
  certainty: OrderCertainty | null,
  rubric: Rubric,
  style: Style,
  full = false,
): string {
  const highest = Math.max(...rubric.scale.map(({ value }) => value));
  const lines = [
    style.bold(title),
    ...wrap(
      `Weighted mean, bar ${ranking.bar} of ${highest}; ${ranking.evaluationsNeeded} ${ranking.evaluationsNeeded === 1 ? "evaluation" : "evaluations"} each. What nobody rated is missing, not zero.`,
      style.width,
    ),
    "",
  ];
  const names = Math.max(0, ...[...ranking.ranked, ...ranking.hidden].map(({ candidate }) => columns(candidate)));
  for (const entry of ranking.ranked) lines.push(...rankedLines(entry, rubric, style, names));
  for (const hidden of ranking.hidden) lines.push(`     ${padEnd(hidden.candidate, names)}  ${hiddenWords(hidden, ranking.role)}`);
  if (ranking.ranked.length + ranking.hidden.length === 0) lines.push("  No candidate yet.");
  if (ranking.unreadable.length > 0) lines.push(...wrap(unreadableWords(ranking.unreadable), style.width, 2));
  const caution = cautionOf(ranking);
  if (caution !== undefined) lines.push("", ...wrap(caution, style.width));
  if (certainty !== null) {
    if (caution === undefined) lines.push("");
    for (const sentence of [...certaintySentences(certainty, rubric), certaintyLimits]) lines.push(...wrap(sentence, style.width));
    if (full) lines.push("", ...certaintyFigures(certainty, rubric, style));
  }
  return `${lines.join("\n")}\n`;
}

/** Files that what is said leaves out. */
export function unreadableWords(unreadable: readonly string[]): string {
  return `Left out, as they cannot be read: ${list(unreadable.map(visibleLine))} (hire check says what is wrong)`;
}

interface Caution {
  readonly kind: "level" | "too close" | "uneven";
  readonly text: string;
}

/** What so little data cannot show, in a sentence; undefined where there is nothing to compare. */
export function cautionOf(ranking: Ranking): string | undefined {
  return findCaution(ranking)?.text;
}

/** Whether the first two are too close to be told apart. */
export function isTooClose(ranking: Ranking): boolean {
  return findCaution(ranking)?.kind === "too close";
}

function findCaution({ ranked }: Ranking): Caution | undefined {
  const scored = ranked.filter(({ total, standing }) => total !== null && (standing === "in play" || standing === "on hold"));
  const [first, second] = scored;
  if (first === undefined || second === undefined) return undefined;
  const gap = (first.total ?? 0) - (second.total ?? 0);
  const level = scored.filter(({ total }) => Math.abs((total ?? 0) - (first.total ?? 0)) < 1e-9);
  if (level.length > 1)
    return { kind: "level", text: `${list(level.map(({ candidate }) => candidate))} are level: the numbers do not choose between them.` };
  // Two people who rated different criteria are one rater each.
  const raters = Math.min(...[first, second].flatMap(({ criteria }) => criteria.flatMap((own) => (own.raters > 0 ? [own.raters] : []))));
  if (raters < 3 && gap < 0.5) {
    const apart = gap < 0.05 ? "less than 0.1" : onScale(gap);
    return {
      kind: "too close",
      text: `Too close to call: ${apart} apart, and some of it rests on ${raters === 1 ? "one interviewer" : "two interviewers"}. Debrief before you read an order into it.`,
    };
  }
  if (first.rated < 1 - 1e-9 || second.rated < 1 - 1e-9)
    return { kind: "uneven", text: "Not everyone was rated on everything: the totals do not rest on the same criteria." };
  return undefined;
}

function hiddenWords({ candidate, waitingFor, sealed }: Hidden, role: string): string {
  if (waitingFor.length > 0) return `hidden until ${waitingFor.join(", ")} handed in`;
  return sealed.length > 0 ? `all in, sealed: hire unseal ${role} ${candidate}` : "hidden until it can be told who still scores";
}

/** How many candidates are hidden, and what would show them. */
export function hiddenSentences({ hidden, role }: Pick<Ranking, "hidden" | "role">): readonly string[] {
  const sealed = hidden.filter((entry) => entry.waitingFor.length === 0 && entry.sealed.length > 0);
  const others = hidden.filter((entry) => !sealed.includes(entry));
  const waiting = [...new Set(others.flatMap(({ waitingFor }) => waitingFor))];
  return [
    ...(others.length === 0
      ? []
      : [`${count(others.length, "candidate")} hidden until scorecards are in${waiting.length === 0 ? "" : `: ${waiting.join(", ")}`}`]),
    ...(sealed.length === 0 ? [] : [`${count(sealed.length, "candidate")} with all scorecards in, sealed: hire unseal ${role}`]),
  ];
}
