import { percent } from "../core/change/words.ts";
import type { Rubric } from "../core/model.ts";
import type { RankedCandidate, Ranking } from "../core/rank.ts";
import type { OrderCertainty } from "../core/order-certainty.ts";
import { certaintyFigures, certaintyLimits, certaintySentences } from "./certainty-text.ts";
import { columns, padEnd, type Style, wrap } from "./style.ts";

const decimals = (value: number): string => value.toFixed(1);

/** One candidate's result: total, what it rests on, and what stands against it. */
export function rankedLines(entry: RankedCandidate, rubric: Rubric | undefined, style: Style, names = 0): readonly string[] {
  const name = padEnd(entry.candidate, names);
  if (entry.total === null) return [`     ${name}  nothing rated yet`];
  const place = `${entry.place ?? ""}${entry.tied ? "=" : ""}`;
  const lines = [
    `  ${padEnd(place, 2)} ${style.bold(name)}  ${decimals(entry.total)} of ${percent(entry.rated)} of the weight   ${entry.raters} ${entry.raters === 1 ? "rater" : "raters"}`,
  ];
  const say = (text: string): void => void lines.push(...wrap(text, style.width - 7).map((line) => `       ${line}`));
  const nameOf = (id: string): string => rubric?.criteria.find((criterion) => criterion.id === id)?.name ?? id;
  for (const { criterion, mean, bar } of entry.below) say(`below the bar: ${nameOf(criterion)} ${decimals(mean)}, bar ${bar}`);
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
  for (const { candidate, waitingFor } of ranking.hidden)
    lines.push(`     ${padEnd(candidate, names)}  hidden until ${waitingFor.join(", ")} handed in`);
  if (ranking.ranked.length + ranking.hidden.length === 0) lines.push("  No candidate yet.");
  const caution = cautionOf(ranking);
  if (caution !== undefined) lines.push("", ...wrap(caution, style.width));
  if (certainty !== null) {
    if (caution === undefined) lines.push("");
    for (const sentence of [...certaintySentences(certainty, rubric), certaintyLimits]) lines.push(...wrap(sentence, style.width));
    if (full) lines.push("", ...certaintyFigures(certainty, rubric, style));
  }
  return `${lines.join("\n")}\n`;
}

/** What so little data cannot show, in a sentence; undefined where there is nothing to compare. */
export function cautionOf({ ranked }: Ranking): string | undefined {
  const scored = ranked.filter(({ total }) => total !== null);
  const [first, second] = scored;
  if (first === undefined || second === undefined) return undefined;
  const tied = scored.filter(({ place }) => place === 1);
  if (tied.length > 1) return `${tied.map(({ candidate }) => candidate).join(" and ")} are level: the numbers do not choose between them.`;
  // Two people who rated different criteria are one rater each.
  const raters = Math.min(...[first, second].flatMap(({ criteria }) => criteria.flatMap((own) => (own.raters > 0 ? [own.raters] : []))));
  const gap = (first.total ?? 0) - (second.total ?? 0);
  if (raters < 3 && gap < 0.5)
    return `Too close to call: ${decimals(gap)} apart, ${raters === 1 ? "one rater" : "two raters"} on a criterion. Debrief before you read an order into it.`;
  if (first.rated < 1 - 1e-9 || second.rated < 1 - 1e-9)
    return "Not everyone was rated on everything: the totals do not rest on the same criteria.";
  return undefined;
}
