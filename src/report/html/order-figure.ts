import { scaleLinear, scaleQuantize } from "d3-scale";
import { onScale, percent } from "../../core/change/words.ts";
import type { Rubric } from "../../core/model.ts";
import type { OrderCertainty, PlaceShares } from "../../core/order-certainty.ts";
import type { RankedCandidate } from "../../core/rank.ts";
import { canTellOthers, certaintyLimits } from "../certainty-text.ts";
import { standingWords } from "../rank-text.ts";
import { box, dot, figure, label, rule, short, wide } from "./figure.ts";
import { type Markup, nothing } from "./markup.ts";

/** Candidates and places that are drawn; the table has them all. */
const most = 10;
const [left, row, top] = [118, 24, 24];

/** Totals on the scale, with the decision bar; thin where little of the weight was rated. */
export function orderFigure(id: string, scored: readonly RankedCandidate[], rubric: Rubric): Markup {
  if (scored.length === 0) return nothing;
  const values = rubric.scale.map(({ value }) => value);
  const x = scaleLinear([Math.min(...values), Math.max(...values)], [left, wide - 40]).clamp(true);
  const shown = scored.slice(0, most);
  const bottom = top + shown.length * row;
  const { bar } = rubric.decision;
  return figure({
    id,
    title: "Totals, and what they rest on",
    says: `Weighted means on the scale of ${Math.min(...values)} to ${Math.max(...values)}; the decision bar is ${bar}${scored.length > shown.length ? `; the first ${shown.length} of ${scored.length}` : ""}.`,
    height: bottom + 26,
    drawn: [
      ...values.flatMap((value) => [
        rule(x(value), top - 4, x(value), bottom, "grid"),
        label(String(value), { x: x(value), y: bottom + 14, anchor: "middle" }),
      ]),
      rule(x(bar), top - 8, x(bar), bottom, "bar"),
      label(`bar ${bar}`, { x: x(bar), y: 12, anchor: "middle" }),
      ...shown.flatMap(({ candidate, total, rated, place }, index) => {
        const at = top + index * row + row / 2;
        const value = total ?? 0;
        return [
          label(`${place ?? ""} ${short(candidate, 15)}`, { x: left - 8, y: at + 4, anchor: "end", of: "label strong" }),
          rule(left, at, x(value), at, rated < 1 - 1e-9 ? "lolly part" : "lolly"),
          dot(x(value), at, 5, rated < 1 - 1e-9 ? "mark open" : "mark"),
          label(onScale(value, bar), { x: x(value) + 9, y: at + 4 }),
        ];
      }),
    ],
    key: "Filled: rated on everything. Hollow and dashed: on a part only, so compared on less.",
    head: ["Candidate", "Total", "Of the weight", "Raters", "Standing"],
    rows: scored.map(({ candidate, total, rated, raters, standing }) => [
      candidate,
      total === null ? "" : onScale(total, bar),
      percent(rated),
      String(raters),
      standing === "in play" ? "" : standingWords[standing],
    ]),
  });
}

/** How often each candidate takes each place: with other interviewers, where there are enough of them, and under other weights. */
export function certaintyFigures(id: string, certainty: OrderCertainty | null): readonly Markup[] {
  if (certainty === null) return [];
  const { raters, weights } = certainty;
  return [
    ...(canTellOthers(raters)
      ? [
          placesFigure(
            `${id}-raters`,
            "with other interviewers",
            `Were the interviewers drawn anew from the same few. ${certaintyLimits}`,
            raters,
          ),
        ]
      : []),
    ...(weights === null
      ? []
      : [placesFigure(`${id}-weights`, "under other weights", "Were every weighting of the criteria as likely as any other.", weights)]),
  ];
}

function placesFigure(id: string, title: string, says: string, { places }: PlaceShares): Markup {
  const shown = places.slice(0, most);
  const width = (wide - left - 8) / Math.max(1, shown.length);
  const shade = scaleQuantize([0, 1], ["s1", "s2", "s3", "s4", "s5"]);
  return figure({
    id,
    title: `How sure the order is: ${title}`,
    says,
    height: top + shown.length * row + 8,
    drawn: [
      ...shown.map((_, place) => label(`${place + 1}.`, { x: left + (place + 0.5) * width, y: 14, anchor: "middle" })),
      ...shown.flatMap(({ candidate, shares }, index) => [
        label(short(candidate, 17), { x: left - 6, y: top + index * row + row / 2 + 4, anchor: "end" }),
        ...shown.flatMap((_, place) => {
          const share = shares[place] ?? 0;
          const percentage = Math.round(share * 100);
          return [
            box(
              left + place * width + 1,
              top + index * row + 1,
              width - 2,
              row - 2,
              percentage === 0 ? "cell none" : `cell ${shade(share)}`,
            ),
            ...(percentage === 0
              ? []
              : [
                  label(String(percentage), {
                    x: left + (place + 0.5) * width,
                    y: top + index * row + row / 2 + 4,
                    anchor: "middle",
                    of: `on ${shade(share)}`,
                  }),
                ]),
          ];
        }),
      ]),
    ],
    key: "Of 100 cases, in how many each takes each place.",
    head: ["Candidate", ...places.map((_, place) => `${place + 1}.`)],
    rows: places.map(({ candidate, shares }) => [candidate, ...places.map((_, place) => String(Math.round((shares[place] ?? 0) * 100)))]),
  });
}
