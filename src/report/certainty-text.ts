import type { Crossing } from "../core/agreement/order.ts";
import { list, number, percent } from "../core/change/words.ts";
import type { Rubric } from "../core/model.ts";
import type { OrderCertainty, PlaceShares } from "../core/order-certainty.ts";
import { columns, padEnd, padStart, type Style, wrap } from "./style.ts";

const placeWidth = 5;

const hundredth = (share: number): string => String(Math.round(share * 100));

/** As many ways as three interviewers can be drawn anew; with fewer, all of them say the same too easily. */
const fewestCases = 10;

/** How sure an order is, in sentences: with other interviewers, under other weights, and what would have to change. */
export function certaintySentences(certainty: OrderCertainty, rubric: Rubric): readonly string[] {
  return [ratersSentence(certainty), weightsSentence(certainty), crossingSentence(certainty, rubric)].filter((text) => text !== "");
}

/** What such figures can and cannot show. */
export const certaintyLimits = "This says how firm the order is on these few ratings, not whether they are right.";

function leadersOf({ places }: PlaceShares): readonly { readonly candidate: string; readonly share: number }[] {
  return places
    .map(({ candidate, shares }) => ({ candidate, share: shares[0] ?? 0 }))
    .filter(({ share }) => Math.round(share * 100) > 0)
    .toSorted((a, b) => b.share - a.share);
}

/** Whether there were interviewers enough to say what others would have seen. */
export function canTellOthers(raters: OrderCertainty["raters"]): raters is PlaceShares {
  return raters !== null && !(raters.cases !== null && raters.cases < fewestCases);
}

function ratersSentence({ raters, candidates }: OrderCertainty): string {
  if (raters === null) return "One interviewer a stage: nobody can say what others would have seen.";
  if (!canTellOthers(raters)) return "Two interviewers a stage at the most: nobody can say what others would have seen.";
  const lead = raters.places.find(({ candidate }) => candidate === candidates[0])?.shares[0] ?? 0;
  return `Were their interviewers drawn anew from the same few, ${candidates[0] ?? ""} would lead in ${hundredth(lead)} of 100 cases.`;
}

function weightsSentence({ weights, incomplete }: OrderCertainty): string {
  // Whoever was rated on less is compared on less: that they lead under all weights would be no merit.
  if (incomplete.length > 0) return "";
  const [first, ...others] = weights === null ? [] : leadersOf(weights);
  if (first === undefined) return "";
  const shares = others.slice(0, 2).map(({ candidate, share }) => `${candidate} in ${hundredth(share)}`);
  if (others.length === 0) return `Under any weighting, ${first.candidate} would lead.`;
  return `Of all weightings, ${first.candidate} would lead in ${hundredth(first.share)} of 100, ${list(shares)}.`;
}

function crossingSentence({ crossings, incomplete }: OrderCertainty, rubric: Rubric): string {
  if (incomplete.length > 0)
    return `${list(incomplete)} ${incomplete.length === 1 ? "was" : "were"} not rated on everything: no weight can be said to change who leads.`;
  const [nearest] = (crossings ?? []).toSorted((a, b) => Math.abs(a.at - a.from) - Math.abs(b.at - b.from));
  if (nearest !== undefined) return `${crossingWords(nearest, rubric)}.`;
  return crossings === null ? "" : "No criterion's weight, moved alone, would change who leads.";
}

/** "Designing for failure would have to fall from 30 % to 22 % before brisk-heron leads". */
export function crossingWords({ criterion, from, at, rival }: Crossing, rubric: Rubric): string {
  const name = rubric.criteria.find(({ id }) => id === criterion)?.name ?? criterion;
  return `${name} would have to ${at < from ? "fall" : "rise"} from ${percent(from, at)} to ${percent(at, from)} before ${rival} leads`;
}

/** All figures: who takes which place how often, and each weight at which the leader changes. */
export function certaintyFigures(certainty: OrderCertainty, rubric: Rubric, style: Style): readonly string[] {
  const { raters, weights, crossings } = certainty;
  return [
    ...(canTellOthers(raters) ? placeLines("By other interviewers", raters, style) : []),
    ...(weights === null ? [] : placeLines("By other weights", weights, style)),
    ...(crossings === null || crossings.length === 0
      ? []
      : [
          style.bold("Weights at which another leads"),
          ...crossings.flatMap((crossing) => wrap(`  ${crossingWords(crossing, rubric)}`, style.width, 4)),
        ]),
  ];
}

function placeLines(title: string, { places, error, cases }: PlaceShares, style: Style): readonly string[] {
  const names = Math.max(...places.map(({ candidate }) => columns(candidate)));
  // As many places as the line holds: who is ahead is the question, not who is eighteenth.
  const shown = Math.max(1, Math.min(places.length, Math.floor((style.width - names - 3) / placeWidth)));
  const row = (of: (place: number) => string): string =>
    Array.from({ length: shown }, (_, place) => padStart(of(place), placeWidth)).join("");
  const how =
    cases === null
      ? "all weightings"
      : error === 0
        ? `all ${number(cases)} cases`
        : `${number(cases)} drawn, standard error at most ${(error * 100).toFixed(1)}`;
  return [
    ...wrap(`${style.bold(title)}: who takes which place in how many of 100 (${how})`, style.width, 2),
    `  ${padEnd("", names)} ${row((place) => `${place + 1}.`)}`,
    ...places.map(({ candidate, shares }) => `  ${padEnd(candidate, names)} ${row((place) => hundredth(shares[place] ?? 0))}`),
  ];
}
