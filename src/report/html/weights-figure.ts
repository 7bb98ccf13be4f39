import { scaleLinear } from "d3-scale";
import { apartFrom, type Difference } from "../../core/priorities.ts";
import { count } from "../../core/change/words.ts";
import { apart, figure, label, rule, short, wide } from "./figure.ts";
import { type Markup, nothing } from "./markup.ts";

const [left, right, top, rowHeight] = [128, wide - 128, 30, 15];

/** Both sides' points, item by item: steep where they are apart. Nothing where they may not be shown. */
export function weightsFigure(id: string, differences: readonly Difference[]): Markup {
  const [manager, recruiter] = Object.keys(differences[0]?.points ?? {});
  if (manager === undefined || recruiter === undefined) return nothing;
  const items = differences.map(({ item, points }) => ({ item, from: points[manager] ?? 0, to: points[recruiter] ?? 0 }));
  const bottom = top + Math.max(80, items.length * (rowHeight + 6));
  const y = scaleLinear([0, Math.max(10, ...items.flatMap(({ from, to }) => [from, to]))], [bottom, top]);
  const fromLabels = apart(
    items.map(({ from }) => y(from)),
    rowHeight,
    top,
    bottom,
  );
  const toLabels = apart(
    items.map(({ to }) => y(to)),
    rowHeight,
    top,
    bottom,
  );
  const steep = items.filter(({ from, to }) => Math.abs(from - to) >= apartFrom);
  return figure({
    id,
    title: "What each side finds important",
    says: `Points out of 100, each given alone: ${steep.length === 0 ? "nowhere are they 10 or more apart" : `on ${count(steep.length, "item")} they are 10 or more apart`}.`,
    height: bottom + 12,
    drawn: [
      label(short(manager, 16), { x: left, y: 14, anchor: "end", of: "label strong" }),
      label(short(recruiter, 16), { x: right, y: 14, of: "label strong" }),
      rule(left + 4, top - 8, left + 4, bottom + 6),
      rule(right - 4, top - 8, right - 4, bottom + 6),
      ...items.flatMap(({ item, from, to }, index) => {
        const wideApart = Math.abs(from - to) >= apartFrom;
        return [
          rule(left + 4, y(from), right - 4, y(to), wideApart ? "slope apart" : "slope"),
          label(`${short(item, 15)} ${Math.round(from)}`, {
            x: left - 2,
            y: (fromLabels[index] ?? 0) + 4,
            anchor: "end",
            of: wideApart ? "label strong" : "label",
          }),
          label(`${Math.round(to)} ${short(item, 15)}`, {
            x: right + 2,
            y: (toLabels[index] ?? 0) + 4,
            of: wideApart ? "label strong" : "label",
          }),
        ];
      }),
    ],
    key: "Thick: 10 points or more apart.",
    head: ["Item", manager, recruiter, "Apart"],
    rows: differences.map(({ item, text, points, apart: gap }) => [
      text === item ? item : `${item}: ${text}`,
      String(Math.round(points[manager] ?? 0)),
      String(Math.round(points[recruiter] ?? 0)),
      String(Math.round(gap)),
    ]),
  });
}
