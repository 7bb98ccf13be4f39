import { type Alignment, type Beginning, days } from "../core/align.ts";
import { type Change, gravityWords, isGrave, labelOf, needsReason } from "../core/change/change.ts";
import { count, list } from "../core/change/words.ts";
import type { PersonRecord, SideRecord } from "../core/promises.ts";
import type { Debrief } from "../core/debrief.ts";
import type { Role } from "../core/document.ts";
import { shortDate } from "../core/moment.ts";
import type { Rubric } from "../core/model.ts";
import { certaintyFigures, certaintySentences } from "./certainty-text.ts";
import { criterionLines, hiddenSentence, missingSentence } from "./debrief-text.ts";
import { explainCommand, explanationParts, impactByChange, isToldTogether, orderOf } from "./diff-text.ts";
import { interviewersFigures, interviewersSentences } from "./interviewers-text.ts";
import { orderSentences, touchedSentences } from "./impact-text.ts";
import { cautionOf, hiddenSentences, rankedLines, unreadableWords } from "./rank-text.ts";
import { columns, labelled, padEnd, type Style, wrap } from "./style.ts";

/** An alignment, and how each side kept what it promised. */
export interface Page extends Alignment {
  readonly kept: readonly SideRecord[];
  /** The same by person, of those whose figures `people_metrics` lets the viewer see. */
  readonly keptBy: readonly PersonRecord[];
}

/** "Kept promises: hiring manager 5 of 7 · recruiter 9 of 9"; empty where none is due yet. By person only where that may be shown. */
export function keptSentence({ kept, keptBy }: Pick<Page, "kept" | "keptBy">): string {
  if (kept.length === 0) return "";
  const people = keptBy.map(({ person, kept: own, all }) => `${person} ${own} of ${all}`).join(" · ");
  return `Kept promises: ${kept.map(({ side, kept: own, all }) => `${side} ${own} of ${all}`).join(" · ")}${people === "" ? "" : `; ${people}`}`;
}

/** "Candidates 7 · met 4 · waiting for us 2 · untold 1". */
export function candidatesSentence({ candidates }: Pick<Alignment, "candidates">): string {
  return `Candidates ${candidates.all} · met ${candidates.met} · waiting for us ${candidates.waiting} · untold ${candidates.untold}`;
}

/** The alignment report: the first screen in sentences, below it how far people agree; every figure with `full`. */
export function alignmentText(alignment: Page, role: Role, now: string, style: Style, full = false): string {
  const rubric = role.rubric?.data;
  const { title, status, openDays, sides, apart, stillToWeigh, assumptions } = alignment;
  const people = sides.map(({ person }) => person).filter((person) => person !== "");
  const lines = [
    style.bold(
      [title, status === "open" && openDays !== null ? `open ${days(openDays)}` : status, people.join(" + ")]
        .filter((part) => part !== "")
        .join(" · "),
    ),
  ];
  const say = (text: string, hang = 0): void => void lines.push(...wrap(text, style.width, hang));
  say(agreementSentence(alignment, now));
  for (const change of visibleChanges(alignment)) lines.push(...changeSentence(change, alignment, now, style));
  const { since, impact, objections } = alignment;
  if (since !== null && impact !== null && impact.together !== null && isToldTogether(impactByChange(since, impact)))
    say(` All together: ${orderSentences(impact.together).join(". ")}.`, 1);
  // Where the change itself is shown, its objection is too.
  const shown = new Set(visibleChanges(alignment).flatMap(({ explanation }) => explanation?.update ?? []));
  for (const { update, by, because, summary } of objections.filter(
    (objection) => ![...shown].some((path) => path.endsWith(`/${objection.update}.yaml`)),
  ))
    say(`${by} OBJECTS to ${update}: ${summary}${because === null ? "" : `: "${because}"`}`, 2);
  if (stillToWeigh.length > 0) say(`Still to weigh: ${stillToWeigh.join(", ")} (nobody's points are shown before)`);
  else if (alignment.pointsWithheld) say(`Both sides have weighed: you see how once you have, too (hire weigh ${alignment.role})`);
  else if (apart.length > 0)
    say(
      `Still apart: ${apart
        .map(
          ({ item, points }) =>
            `${item} (${Object.entries(points)
              .slice(0, 2)
              .map(([person, value]) => `${person} ${value}`)
              .join(", ")})`,
        )
        .join("; ")}`,
      2,
    );
  for (const { statement, owner, due, overdue } of assumptions)
    say(`Unanswered: ${statement} ${owner}, ${overdue > 0 ? `${days(overdue)} late` : `by ${shortDate(due, now)}`}`, 2);
  lines.push("");
  say(candidatesSentence(alignment));
  lines.push(...orderLines(alignment, rubric, style));
  if (alignment.kept.length > 0) say(keptSentence(alignment));
  if (alignment.next.length > 0) lines.push("");
  const widest = Math.max(0, ...alignment.next.map(({ person }) => columns(person)));
  for (const { person, actions } of alignment.next) {
    for (const [index, { text, command }] of actions.entries()) {
      const label = `${index === 0 ? style.bold(`FOR ${padEnd(person, widest)}`) : " ".repeat(widest + 4)}  ${actions.length > 1 ? `${index + 1} ` : ""}`;
      const whole = command === undefined ? text : `${text}   ${command}`;
      if (command === undefined || columns(label) + columns(whole) <= style.width) lines.push(...labelled(label, whole, style.width));
      else lines.push(...labelled(label, text, style.width), `${" ".repeat(columns(label))}${style.dim(command)}`);
    }
  }
  lines.push(...agreementLines(alignment, role, style, full));
  return `${lines.join("\n")}\n`;
}

/** Gaps of a sample that are shown; the rest is a debrief away. */
const mostGaps = 3;

/** Below the first screen: how alike both sides began, what samples showed, whether interviewers see the same. */
function agreementLines(alignment: Alignment, role: Role, style: Style, full: boolean): readonly string[] {
  const { beginning, calibration, interviewers, certainty } = alignment;
  const rubric = role.rubric?.data;
  const lines: string[] = [];
  const part = (title: string, own: readonly string[]): void => {
    if (own.length > 0) lines.push("", style.bold(title), ...own);
  };
  const wrapped = (sentences: readonly string[]): readonly string[] => sentences.flatMap((text) => wrap(text, style.width));
  part("How alike you began", wrapped([...beginningSentences(beginning), ...(full ? [beginningFigures(beginning)] : [])]));
  if (rubric === undefined) return lines;
  for (const sample of calibration)
    part(`Sample profile ${sample.candidate}`, [
      ...wrapped(sampleSentences(sample, role)),
      ...sample.criteria
        .filter(({ spread }) => (spread ?? 0) > 1)
        .slice(0, full ? sample.criteria.length : mostGaps)
        .flatMap((criterion) => criterionLines(criterion, rubric, style, full)),
    ]);
  if (interviewers !== null && role.candidates.some(({ evaluations }) => evaluations.length > 0))
    part("Interviewers", [
      ...wrapped(interviewersSentences(interviewers)),
      ...(full ? interviewersFigures(interviewers, role, style) : []),
    ]);
  if (full && certainty !== null) part("How sure the order is", certaintyFigures(certainty, rubric, style));
  return lines;
}

/** "Each alone, before interviews: both sides' points would order about 8 of 10 pairs of candidates alike …"; empty where nothing can be computed. */
export function beginningSentences({ weights, mustHaves, calibration }: Beginning): readonly string[] {
  const parts = [
    ...(weights === null
      ? []
      : [`both sides' points would order about ${Math.round(((weights + 1) / 2) * 10)} of 10 pairs of candidates alike`]),
    ...(mustHaves === null ? [] : [`both named ${mustHaves.both} of the ${count(mustHaves.either, "must-have")} that either did`]),
    ...(calibration === null
      ? []
      : [`${calibration.within} of ${count(calibration.pairs, "pair")} of their ratings of sample profiles lie within a point`]),
  ];
  return parts.length === 0 ? [] : [`Each alone, before interviews: ${parts.join("; ")}. Agreeing is not being right: both may be wrong.`];
}

/** The three figures side by side; they are never folded into one. */
export function beginningFigures({ weights, mustHaves, calibration }: Beginning): string {
  const figure = (name: string, value: number | null, how: string): string =>
    `${name} ${value === null ? `not computable (${how})` : value.toFixed(2)}`;
  return `${[
    figure("P, weights:", weights, "both weigh: hire weigh"),
    figure("M, must-haves:", mustHaves?.share ?? null, "both name some: hire weigh --must-have"),
    figure("R, sample profiles:", calibration?.share ?? null, "both score one: hire candidate add --calibration"),
  ].join("; ")}. Of each, 1 is the same.`;
}

export function sampleSentences(sample: Debrief, role: Role): readonly string[] {
  const { missing, hidden, criteria, scorecards, candidate } = sample;
  const out = missing.length === 0 ? [] : [`${missingSentence(sample, role)} (hire score ${role.id} ${candidate}).`];
  if (hidden) return [...out, sample.sealed.length === 0 ? "Its scorecards stay hidden until yours is in." : hiddenSentence(sample)];
  if (scorecards.length < 2) return out;
  const apart = criteria.filter(({ spread }) => (spread ?? 0) > 1);
  return [
    ...out,
    apart.length === 0
      ? "No ratings are more than a point apart."
      : `More than a point apart on ${list(apart.map(({ name }) => name))}: say what you each mean by the numbers, or mend the anchors.`,
  ];
}

export function agreementSentence({ sides, since, differing, status }: Alignment, now: string): string {
  const isOver = status === "filled" || status === "cancelled";
  const signed = sides.filter(({ agreedAt }) => agreedAt !== null);
  const [first, second] = signed;
  if (first === undefined) return isOver ? "Nobody's agreement is in this repository." : "Not agreed yet: neither side has signed.";
  const date = (at: string | null): string => shortDate(at ?? "", now);
  const unsigned = sides.find(({ agreedAt }) => agreedAt === null);
  const who =
    second === undefined
      ? `${first.person} agreed ${date(first.agreedAt)}; ${unsigned?.person ?? "the other side"} has not.`
      : date(first.agreedAt) === date(second.agreedAt)
        ? `Agreed ${date(first.agreedAt)} by both.`
        : `Agreed by ${first.person} ${date(first.agreedAt)}, by ${second.person} ${date(second.agreedAt)}.`;
  if (since === null)
    return differing.length === 0
      ? who
      : `${who} Since then other words stand for ${differing.join(", ")}; what was agreed is not in this history.`;
  const grave = since.changes.filter(isGrave).length;
  const wording = since.changes.filter((change) => !isGrave(change) && change.facet !== "status").length;
  if (grave === 0)
    return wording === 0 ? `${who} Nothing has changed since.` : `${who} Since then only wording changed (${count(wording, "place")}).`;
  return `${who} Since then ${count(grave, "change")}${wording > 0 ? `, and wording in ${count(wording, "place")}` : ""}:`;
}

function visibleChanges({ since }: Alignment): readonly Change[] {
  return (since?.changes ?? []).filter(isGrave);
}

function changeSentence(change: Change, { since, impact }: Alignment, now: string, style: Style): readonly string[] {
  const colour = change.gravity === "breaking" ? style.red : style.yellow;
  const lines = [...wrap(` ! ${labelOf(change)} ${change.text}   ${gravityWords[change.gravity]}`, style.width, 3)].map((line) =>
    line.replace(gravityWords[change.gravity], colour(gravityWords[change.gravity])),
  );
  const effects = since === null || impact === null ? undefined : impactByChange(since, impact);
  const own = effects?.of.get(change);
  const touched = own === undefined ? [] : touchedSentences(own, change.explanation?.scores);
  const order = own?.order ?? null;
  const reason =
    change.explanation !== undefined
      ? explanationParts(change.explanation, now)
      : needsReason(change, since?.agreed ?? false)
        ? [`${style.red("NO REASON GIVEN")} · ${explainCommand(change)}`]
        : [];
  const result = order === null || isToldTogether(effects) ? [] : orderOf(order, since ?? { changes: [] });
  return [...lines, ...[...touched, ...reason, ...result].flatMap((text) => wrap(`   ${text}`, style.width, 3))];
}

function orderLines({ ranking, staleRatings, certainty }: Alignment, rubric: Rubric | undefined, style: Style): readonly string[] {
  if (ranking === null) return [];
  const scored = ranking.ranked.filter(({ total }) => total !== null);
  const lines: string[] = [];
  const names = Math.max(0, ...scored.map(({ candidate }) => columns(candidate)));
  if (scored.length > 0)
    lines.push(" Order, as far as you may see it:", ...scored.flatMap((entry) => rankedLines(entry, rubric, style, names)));
  lines.push(...hiddenSentences(ranking).flatMap((text) => wrap(` ${text}`, style.width, 1)));
  if (ranking.unreadable.length > 0) lines.push(...wrap(` ${unreadableWords(ranking.unreadable)}`, style.width, 1));
  if (staleRatings > 0) lines.push(` ${count(staleRatings, "rating")} given under another meaning of the criterion`);
  const caution = cautionOf(ranking);
  const sentences = [
    ...(caution === undefined ? [] : [caution]),
    ...(certainty === null || rubric === undefined ? [] : certaintySentences(certainty, rubric)),
  ];
  return [...lines, ...sentences.flatMap((text) => wrap(` ${text}`, style.width, 1))];
}
