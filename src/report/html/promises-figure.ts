import { scaleLinear } from "d3-scale";
import { type BusinessCalendar, businessWords, dayLength } from "../../core/business-time.ts";
import { count } from "../../core/change/words.ts";
import type { PersonRecord, Promised, SideRecord } from "../../core/promises.ts";
import { diamond, dot, figure, label, rule, wide } from "./figure.ts";
import { type Markup, nothing } from "./markup.ts";

const [left, right, top, row] = [104, wide - 14, 20, 30];

/** How long it took, or has waited where it is late already; null of what is not due yet. */
function lengthOf({ took, waited, late }: Promised): number | null {
  return took ?? (late > 0 ? waited : null);
}

/** How long each side took to answer what it had promised, in business days; people by name only where hire.yaml says so. */
export function promisesFigure(
  id: string,
  promises: readonly Promised[],
  sides: readonly SideRecord[],
  people: readonly PersonRecord[],
  calendar: BusinessCalendar,
): Markup {
  const rows = [
    ...sides.map((record) => ({ ...record, name: record.side as string, own: promises.filter(({ side }) => side === record.side) })),
    ...people.map((record) => ({ ...record, name: record.person, own: promises.filter(({ owner }) => owner === record.person) })),
  ];
  if (rows.length === 0) return nothing;
  const day = dayLength(calendar);
  const x = scaleLinear(
    [0, Math.max(1, ...rows.flatMap(({ own }) => own.flatMap((promised) => lengthOf(promised) ?? []).map((length) => length / day)))],
    [left, right],
  ).nice(4);
  const bottom = top + rows.length * row;
  return figure({
    id,
    title: "How quickly each side answered",
    says: `${sides.map(({ side, kept, all }) => `${side}: ${kept} of ${count(all, "promise")} kept`).join("; ")}.`,
    height: bottom + 32,
    drawn: [
      ...x
        .ticks(4)
        .flatMap((tick) => [
          rule(x(tick), top - 6, x(tick), bottom, "grid"),
          label(String(tick), { x: x(tick), y: bottom + 14, anchor: "middle" }),
        ]),
      label("business days", { x: right, y: bottom + 28, anchor: "end" }),
      ...rows.flatMap(({ name, own, median }, index) => {
        const at = top + index * row + row / 2;
        return [
          label(name, { x: left - 8, y: at + 4, anchor: "end" }),
          ...own.flatMap((promised) => {
            const length = lengthOf(promised);
            if (length === null) return [];
            const on = x(length / day);
            return promised.late > 0 ? [diamond(on, at, "mark open")] : [dot(on, at, 4, "mark dot")];
          }),
          ...(median === null ? [] : [rule(x(median / day), at - 11, x(median / day), at + 11, "median")]),
        ];
      }),
    ],
    key: "Dot: in time. Hollow diamond: late, answered or not. Upright line: the median of what was answered.",
    head: ["Side", "Kept", "Of", "Median", "Slowest"],
    rows: rows.map(({ name, kept, all, median, slowest }) => [
      name,
      String(kept),
      String(all),
      median === null ? "" : businessWords(median, calendar),
      slowest === null ? "" : businessWords(slowest, calendar),
    ]),
  });
}
