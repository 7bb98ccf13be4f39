import { scaleBand, scaleQuantize } from "d3-scale";
import type { Role } from "../../core/document.ts";
import type { Ranking } from "../../core/rank.ts";
import type { Rubric } from "../../core/model.ts";
import { count } from "../../core/change/words.ts";
import { maySeeRatings, ratingsOf } from "../../core/rubric.ts";
import { box, figure, inTwo, label, short, wide } from "./figure.ts";
import { html, type Markup, nothing, unit } from "./markup.ts";

/** Candidates that are drawn; the others are in the order, and counted here. */
const mostCandidates = 8;
const [left, top, row, column] = [148, 78, 26, 26];

/** Every rating, by criterion, candidate and interviewer, as far as anyone may see it; the best candidates first. */
export function ratingsFigure(id: string, role: Role, rubric: Rubric, ranking: Ranking): Markup {
  const shown = ranking.ranked.flatMap(({ candidate: name }) => {
    const candidate = role.candidates.find((known) => known.id === name);
    return candidate === undefined || candidate.evaluations.length === 0 || !maySeeRatings(role, candidate, undefined) ? [] : [candidate];
  });
  const candidates = shown.slice(0, mostCandidates);
  if (candidates.length === 0) return nothing;
  const columns = candidates.flatMap((candidate) => {
    const people = [...new Set(candidate.evaluations.map(({ data }) => data.interviewer))].toSorted();
    return people.map((interviewer) => ({
      candidate: candidate.id,
      interviewer,
      ratings: new Map(
        candidate.evaluations
          .filter(({ data }) => data.interviewer === interviewer)
          .flatMap(({ data }) => ratingsOf(rubric, data).map(({ criterion, rating }) => [criterion.id, rating] as const)),
      ),
    }));
  });
  const width = Math.max(wide, left + columns.length * column + candidates.length * 6 + 8);
  const values = rubric.scale.map(({ value }) => value);
  const shade = scaleQuantize([Math.min(...values), Math.max(...values)], ["s1", "s2", "s3", "s4", "s5"]);
  const y = scaleBand(
    rubric.criteria.map((criterion) => criterion.id),
    [top, top + rubric.criteria.length * row],
  );
  const x = columns.map(({ candidate }, index) => left + index * column + candidates.findIndex((known) => known.id === candidate) * 6);
  const height = top + rubric.criteria.length * row + 8;
  return figure({
    id,
    title: "Ratings by interviewer and criterion",
    says: `${count(
      columns.reduce((sum, { ratings }) => sum + ratings.size, 0),
      "rating",
    )} of ${count(candidates.length, "candidate")}${shown.length > candidates.length ? `, the first of ${shown.length}` : ""}. Where a row is uneven, interviewers saw different things.`,
    width,
    height,
    drawn: [
      ...candidates.flatMap((candidate) => {
        const own = columns.flatMap((one, index) => (one.candidate === candidate.id ? [index] : []));
        const from = x[own[0] ?? 0] ?? 0;
        return [label(short(candidate.id, Math.max(5, Math.round((own.length * column) / 6.4))), { x: from, y: 14, of: "label strong" })];
      }),
      ...columns.map(({ interviewer }, index) => {
        const at = (x[index] ?? 0) + column / 2 + 4;
        return html`<text class="label" transform="translate(${unit(at)} ${unit(top - 6)}) rotate(-60)">${short(interviewer, 8)}</text>`;
      }),
      ...rubric.criteria.flatMap((criterion) => {
        const at = y(criterion.id) ?? 0;
        return [
          ...inTwo(criterion.name, 20).map((text, line, all) =>
            label(text, { x: left - 6, y: at + row / 2 + 4 + (line - (all.length - 1) / 2) * 12, anchor: "end" }),
          ),
          ...columns.flatMap(({ ratings }, index) => {
            const rating = ratings.get(criterion.id);
            const from = x[index] ?? 0;
            if (rating === undefined) return [box(from + 1, at + 1, column - 2, row - 2, "cell none")];
            return [
              box(from + 1, at + 1, column - 2, row - 2, `cell ${shade(rating)}`),
              label(String(rating), { x: from + column / 2, y: at + row / 2 + 4, anchor: "middle", of: `on ${shade(rating)}` }),
            ];
          }),
        ];
      }),
    ],
    key: "The fuller the colour, the higher the rating. Empty: not assessed, which is missing and never a number.",
    head: ["Criterion", ...columns.map(({ candidate, interviewer }) => `${candidate}, ${interviewer}`)],
    rows: rubric.criteria.map((criterion) => [
      criterion.name,
      ...columns.map(({ ratings }) => String(ratings.get(criterion.id) ?? "not assessed")),
    ]),
  });
}
