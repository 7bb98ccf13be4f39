import { scaleLinear } from "d3-scale";
import { curveStepAfter, line } from "d3-shape";
import { isGrave, labelOf, needsReason } from "../../core/change/change.ts";
import { count, percent } from "../../core/change/words.ts";
import type { DriftEvent } from "../../core/drift.ts";
import { instant, shortDate } from "../../core/moment.ts";
import { explanationParts } from "../diff-text.ts";
import { distanceSentence, type DriftReport } from "../drift-text.ts";
import { dot, figure, label, rule, wide } from "./figure.ts";
import { html, type Markup } from "./markup.ts";

const height = 150;
const [left, right, top, bottom] = [38, wide - 8, 26, height - 22];

interface Moved {
  readonly event: DriftEvent;
  readonly number: number;
  /** Whether a change of it still lacks its reason. */
  readonly open: boolean;
}

/** How far the weights are from the agreement, over time, with every change that may matter and whether it has its reason. */
export function driftFigure(id: string, { since, events, distance, now }: DriftReport): Markup {
  const moved = events
    .filter(({ changes }) => changes.some(isGrave))
    .map((event, index): Moved => ({
      event,
      number: index + 1,
      open: event.changes.some((change) => needsReason(change, !event.settled)),
    }));
  const start = instant(since.at ?? events[0]?.at ?? now);
  const x = scaleLinear([start, Math.max(instant(now), start + 1)], [left, right]).clamp(true);
  const highest = Math.max(0.2, ...events.map((event) => event.distance.weights ?? 0));
  const y = scaleLinear([0, highest], [bottom, top]).nice(2);
  const points: [number, number][] = [
    [start, 0],
    ...events.map((event): [number, number] => [instant(event.at), event.distance.weights ?? 0]),
    [instant(now), distance.weights ?? 0],
  ];
  const path =
    line(
      ([at]) => x(at),
      ([, value]) => y(value),
    ).curve(curveStepAfter)(points) ?? "";
  const open = moved.filter((one) => one.open).length;
  const far = distanceSentence(distance);
  return figure({
    id,
    title: "How the criteria drifted",
    says: `Since ${since.at === null ? since.commit.slice(0, 7) : `the agreement of ${shortDate(since.at, now)}`}: ${moved.length === 0 ? "nothing moved" : `${count(moved.length, "time")} something moved, ${open === 0 ? "each with its reason" : `${open} without a reason`}`}.${far === "" ? "" : ` Today ${far}.`}`,
    height,
    drawn: [
      ...y
        .ticks(2)
        .flatMap((tick) => [
          rule(left, y(tick), right, y(tick), "grid"),
          label(percent(tick), { x: left - 4, y: y(tick) + 4, anchor: "end" }),
        ]),
      label("of the weight lies elsewhere", { x: left, y: 10 }),
      html`<path class="line" d="${path}" />`,
      ...marks(
        moved,
        (at) => x(instant(at)),
        (event) => y(event.distance.weights ?? 0),
      ),
      label(since.at === null ? "" : shortDate(since.at, now), { x: left, y: height - 6 }),
      label(shortDate(now, now), { x: right, y: height - 6, anchor: "end" }),
    ],
    key: "Filled: every change has its reason. Hollow, with an exclamation mark: one has none.",
    head: ["Number", "When", "Who", "What", "Why"],
    rows: moved.map(({ event, number }) => {
      const grave = event.changes.filter(isGrave);
      return [
        String(number),
        shortDate(event.at, now),
        event.commit === null ? "not committed yet" : event.author,
        grave.map((change) => `${labelOf(change)} ${change.text}`).join("; "),
        grave
          .map((change) =>
            change.explanation === undefined
              ? event.settled
                ? "signed again since"
                : "NO REASON GIVEN"
              : explanationParts(change.explanation, now).join(" "),
          )
          .join("; "),
      ];
    }),
  });
}

const apartFrom = 14;

function marks(moved: readonly Moved[], x: (at: string) => number, y: (event: DriftEvent) => number): readonly Markup[] {
  let last = Number.NEGATIVE_INFINITY;
  let level = 0;
  return moved.map(({ event, number, open }) => {
    const [at, on] = [x(event.at), y(event)];
    level = at - last < apartFrom ? level + 1 : 0;
    last = at;
    const text = open ? `${number}!` : String(number);
    return html`${dot(at, on, 5, open ? "mark open" : "mark")}${label(text, { x: at, y: Math.max(22, on - 9 - level * 11), anchor: "middle", of: "label strong" })}`;
  });
}
