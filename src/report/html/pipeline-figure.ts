import { scaleLinear } from "d3-scale";
import { count } from "../../core/change/words.ts";
import type { Role } from "../../core/document.ts";
import { eventsOf } from "../../core/events.ts";
import type { CandidateEvent, FunnelStep } from "../../core/model.ts";
import { byTime, instant, shortDate } from "../../core/moment.ts";
import { pipelineOf } from "../../core/pipeline.ts";
import { isInPlay, isSample } from "../../core/rubric.ts";
import { funnelSentence } from "../closing-text.ts";
import { box, diamond, dot, figure, label, rule, short, wide } from "./figure.ts";
import { type Markup, nothing } from "./markup.ts";

const [left, right, top, row] = [104, wide - 64, 8, 28];

/** How candidates came through, step by step, as counts: a search is too small for shares. */
export function pipelineFigure(id: string, funnel: readonly FunnelStep[]): Markup {
  const most = Math.max(0, ...funnel.map(({ reached }) => reached));
  if (most === 0) return nothing;
  const x = scaleLinear([0, most], [left, right]);
  return figure({
    id,
    title: "How candidates came through",
    says: funnelSentence(funnel),
    height: top + funnel.length * row + 8,
    drawn: funnel.flatMap(({ stage, reached, went_on: on }, index) => {
      const at = top + index * row;
      return [
        label(short(stage, 15), { x: left - 8, y: at + row / 2 + 4, anchor: "end" }),
        box(left, at + 4, x(reached) - left, row - 8, "reached"),
        box(left, at + 4, x(on) - left, row - 8, "went-on"),
        label(reached === 0 ? "nobody yet" : `${reached}, ${on} on`, { x: x(reached) + 6, y: at + row / 2 + 4 }),
      ];
    }),
    key: "Whole bar: reached this step. Full part: went on from it.",
    head: ["Step", "Reached", "Went on"],
    rows: funnel.map(({ stage, reached, went_on: on }) => [stage, String(reached), String(on)]),
  });
}

/** Candidates that are drawn. */
const mostTracks = 12;
const trackRow = 24;

/** What a person did that moves a candidate on or out, by its sign. */
const signs: Partial<Record<CandidateEvent["what"], "came" | "met" | "offer" | "out">> = {
  presented: "came",
  interviewed: "met",
  offer: "offer",
  "offer-accepted": "offer",
  "profile-declined": "out",
  withdrawn: "out",
  "offer-declined": "out",
};

/** Candidate by candidate, what happened when and when they last heard from us; those still in the search first. */
export function tracksFigure(id: string, role: Role, now: string): Markup {
  const tracks = role.candidates
    .filter((candidate) => !isSample(candidate) && eventsOf(candidate).length > 0)
    .map((candidate) => ({ candidate, events: eventsOf(candidate), running: isInPlay(candidate) && role.outcome === undefined }))
    .toSorted((a, b) => Number(b.running) - Number(a.running) || byTime(a.events[0]?.at ?? now, b.events[0]?.at ?? now));
  const shown = tracks.slice(0, mostTracks);
  const [first] = shown.flatMap(({ events }) => events.map(({ at }) => at)).toSorted(byTime);
  if (first === undefined) return nothing;
  const told = new Map(pipelineOf(role).map((entry) => [entry.candidate, entry.told]));
  const x = scaleLinear([instant(first), Math.max(instant(now), instant(first) + 1)], [left + 4, wide - 14]).clamp(true);
  const bottom = 10 + shown.length * trackRow;
  const untold = shown.filter(({ candidate }) => told.get(candidate.id) === false).length;
  return figure({
    id,
    title: "What happened to whom",
    says: `${count(shown.length, "candidate")}${tracks.length > shown.length ? ` of ${tracks.length}` : ""}, ${shown.filter(({ running }) => running).length} still in the search; ${untold} waiting to hear from us.`,
    height: bottom + 22,
    drawn: [
      ...shown.flatMap(({ candidate, events, running }, index) => {
        const y = 10 + index * trackRow + trackRow / 2;
        const end = running ? now : (events.at(-1)?.at ?? now);
        return [
          label(short(candidate.id, 15), {
            x: left - 8,
            y: y + 4,
            anchor: "end",
            of: told.get(candidate.id) === false ? "label strong" : "label",
          }),
          rule(x(instant(events[0]?.at ?? now)), y, x(instant(end)), y, running ? "track" : "track ended"),
          ...events.flatMap(({ what, at }) => sign(what, x(instant(at)), y)),
        ];
      }),
      label(shortDate(first, now), { x: left, y: bottom + 16 }),
      label(shortDate(now, now), { x: wide - 8, y: bottom + 16, anchor: "end" }),
    ],
    key: "Circle: presented. Square: interviewed. Diamond: offer. Cross: out of the search. Stroke below: heard from us. Bold: waits to hear.",
    head: ["Candidate", "In the search", "Waits to hear", "What happened"],
    rows: tracks.map(({ candidate, events, running }) => [
      candidate.id,
      running ? "yes" : "no",
      told.get(candidate.id) === false ? "yes" : "no",
      events.map(({ what, at }) => `${what} ${shortDate(at, now)}`).join(", "),
    ]),
  });
}

function sign(what: CandidateEvent["what"], x: number, y: number): readonly Markup[] {
  if (what === "told") return [rule(x, y + 4, x, y + 10, "median")];
  const kind = signs[what];
  if (kind === "came") return [dot(x, y, 4, "mark open")];
  if (kind === "met") return [box(x - 4, y - 4, 8, 8, "mark")];
  if (kind === "offer") return [diamond(x, y, "mark")];
  if (kind === "out") return [rule(x - 4, y - 4, x + 4, y + 4, "cross"), rule(x - 4, y + 4, x + 4, y - 4, "cross")];
  return [];
}
