import { count, figure, list, onScale, percent } from "../core/change/words.ts";
import type { Debrief, Scorecard, TalkCriterion, TalkRating, Verdict } from "../core/debrief.ts";
import { type Role, roleTitle, oneLine } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import type { Decision, Rubric } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { stagesFor } from "../core/rubric.ts";
import { columns, labelled, padEnd, type Style, wrap } from "./style.ts";

/** What scorecards side by side can and cannot show. */
export const debriefLimits = "A few ratings show where to talk; they cannot show who is right.";

/** The scorecards of one candidate as a talk goes through them: who is missing, what was recommended, widest gap first, the rule's verdict. */
export function debriefText(debrief: Debrief, role: Role, rubric: Rubric, style: Style, full = false): string {
  const lines = [style.bold(`${debrief.candidate} for ${roleTitle(role)}: ${debrief.sample ? "sample profile" : "debrief"}`)];
  const say = (text: string, hang = 0): void => void lines.push(...wrap(text, style.width, hang));
  if (debrief.unreadable.length > 0) say(style.red(unreadableSentence(debrief)), 2);
  if (debrief.missing.length > 0) say(style.yellow(missingSentence(debrief, role)), 2);
  if (debrief.hidden) {
    say(hiddenSentence(debrief));
    return `${lines.join("\n")}\n`;
  }
  if (debrief.scorecards.length === 0) {
    say("No scorecard is in yet.");
    return `${lines.join("\n")}\n`;
  }
  lines.push("", ...scorecardLines(debrief.scorecards, role, style));
  for (const criterion of debrief.criteria) lines.push("", ...criterionLines(criterion, rubric, style, full));
  lines.push("");
  if (debrief.notAssessed.length > 0) say(`Nobody assessed: ${list(debrief.notAssessed.map((id) => nameOf(id, rubric)))}.`, 2);
  say(withinSentence(debrief));
  for (const sentence of closingSentences(debrief, rubric)) say(sentence);
  return `${lines.join("\n")}\n`;
}

export function nameOf(id: string, rubric: Rubric): string {
  return rubric.criteria.find((criterion) => criterion.id === id)?.name ?? id;
}

/** Why nothing is shown. */
export function hiddenSentence({ sealed, missing, role, candidate }: Debrief): string {
  if (sealed.length === 0) return "The scorecards that are in stay hidden until yours is.";
  const who = list([...new Set(sealed.map(({ interviewer }) => interviewer))]);
  return missing.length > 0
    ? `In and sealed: ${who}. They are opened together, once all are in.`
    : `All are in, sealed: ${who}. Whoever holds a key opens them: hire unseal ${role} ${candidate}`;
}

export function unreadableSentence({ unreadable }: Debrief): string {
  return `Cannot be read: ${list(unreadable.map(visibleLine))} (hire check says what is wrong)`;
}

export function missingSentence({ missing, candidate }: Debrief, role: Role): string {
  const stages = stagesFor(
    role,
    role.candidates.find(({ id }) => id === candidate),
  );
  const who = missing.map(({ interviewer, stage }) =>
    stages.length < 2 ? interviewer : `${interviewer} (${stages.find(({ id }) => id === stage)?.name ?? stage})`,
  );
  return `Not in yet: ${list(who)}`;
}

function scorecardLines(scorecards: readonly Scorecard[], role: Role, style: Style): readonly string[] {
  const names = Math.max(...scorecards.map(({ interviewer }) => columns(interviewer)));
  return scorecards.flatMap((scorecard) =>
    labelled(`  ${padEnd(scorecard.interviewer, names)}  `, scorecardWords(scorecard, scorecards, role), style.width),
  );
}

/** "Design interview: hire, medium confidence: Has carried a ledger; would want to know: schema migration"; the stage where there are several. */
export function scorecardWords(
  { stage, recommendation, confidence, keyReason, concerns }: Scorecard,
  all: readonly Scorecard[],
  role: Role,
): string {
  const where = all.every((other) => other.stage === stage)
    ? ""
    : `${stagesFor(role, undefined).find(({ id }) => id === stage)?.name ?? stage}: `;
  const said = [
    recommendation?.replaceAll("-", " ") ?? "no recommendation",
    ...(confidence === null || confidence === undefined ? [] : [`${confidence} confidence`]),
  ].join(", ");
  const asks = concerns.length === 0 ? "" : `; would want to know: ${concerns.map(oneLine).join("; ")}`;
  return `${where}${said}${keyReason === null ? "" : `: ${oneLine(keyReason)}`}${asks}`;
}

/** One criterion, everyone's rating beside the evidence for it. */
export function criterionLines(criterion: TalkCriterion, rubric: Rubric, style: Style, full = false): readonly string[] {
  const { name, ratings } = criterion;
  const people = Math.max(...ratings.map(({ interviewer }) => columns(interviewer)));
  const values = Math.max(...rubric.scale.map(({ value }) => String(value).length));
  return [
    ...wrap(`${style.bold(name)}  ${criterionWords(criterion, full)}`, style.width, 2),
    ...ratings.flatMap(({ interviewer, rating, step, evidence, notAssessed, counts }) =>
      labelled(
        `  ${padEnd(rating === null ? "-" : String(rating), values)}  ${padEnd(interviewer, people)}  `,
        `${countWord({ rating, step, counts })}${oneLine(evidence ?? (notAssessed === null ? "" : `not assessed: ${notAssessed}`))}`,
        style.width,
      ),
    ),
  ];
}

/** Why a rating does not count, where it does not. */
export function countWord({ rating, step, counts }: Pick<TalkRating, "rating" | "step" | "counts">): string {
  if (counts || rating === null) return "";
  return step === null ? "(not on the scale) " : "(counts no longer) ";
}

/** "3 apart · mean 3.3, bar 3". */
export function criterionWords({ spread, mean, bar, required, withinGroup }: TalkCriterion, full = false): string {
  return [
    spread === null ? (mean === null ? "nobody rated it" : "one rating") : spread === 0 ? "alike" : `${spread} apart`,
    ...(mean === null ? [] : [`mean ${onScale(mean, required ? (bar ?? undefined) : undefined)}`]),
    ...(bar === null || !required ? [] : [`bar ${bar}`]),
    ...(full && withinGroup !== null ? [`r_wg ${figure(withinGroup)}`] : []),
  ].join(" · ");
}

export function withinSentence({ pairs, withinOne }: Pick<Debrief, "pairs" | "withinOne">): string {
  return pairs === 0 || withinOne === null
    ? "Nobody was rated twice on one criterion: how reliable this is cannot be estimated."
    : `${Math.round(pairs * withinOne)} of ${count(pairs, "pair")} of ratings lie within one point. ${debriefLimits}`;
}

/** What was decided, where it was, else what the rubric's own rule says. */
export function closingSentences({ decision, verdict }: Debrief, rubric: Rubric): readonly string[] {
  if (decision !== null && decision.decision !== "hold") return decisionSentences(decision, rubric);
  return [
    ...(decision === null ? [] : decisionSentences(decision, rubric)),
    ...(verdict === null ? [] : verdictSentences(verdict, rubric)),
  ];
}

/** The rubric's own rule in words; it says what it says, and a person decides. */
export function verdictSentences(verdict: Verdict, rubric: Rubric): readonly string[] {
  const { total, rated, bar, reachesBar, below, undecided, evaluations, evaluationsNeeded, against, decider } = verdict;
  if (total === null) return ["The rubric's rule has nothing to go by: nothing was rated."];
  const over = rated < 1 - 1e-9 ? ` over ${percent(rated)} of the weight` : "";
  const says = against.length === 0 && evaluations >= evaluationsNeeded;
  const under = below.map(({ criterion, mean, bar: least }) => `${nameOf(criterion, rubric)} (${onScale(mean, least)}, bar ${least})`);
  return [
    `The rubric's own rule would say ${says ? "yes" : "no"}: the total of ${onScale(total, bar)}${over} ${reachesBar === true ? "reaches" : "is under"} the bar of ${bar}.`,
    ...(under.length > 0 ? [`Below the bar on ${list(under)}.`] : []),
    ...(undecided.length > 0
      ? [`Nobody rated ${list(undecided.map((id) => nameOf(id, rubric)))}, which is required: neither passed nor failed.`]
      : []),
    ...(evaluations < evaluationsNeeded
      ? [`${evaluations} of ${count(evaluationsNeeded, "scorecard")} that the rubric asks for ${evaluations === 1 ? "is" : "are"} in.`]
      : []),
    says ? `${decider} decides.` : `${decider} decides, and says why where it is an offer all the same.`,
  ];
}

/** What was decided, by whom, on what, and what the candidate hears. */
export function decisionSentences(
  { decision, by, decided_at, reasons = [], overrides, tell }: Decision,
  rubric: Rubric | undefined,
): readonly string[] {
  const why = reasons.map(({ criterion, text }) => {
    const name = criterion === undefined || rubric === undefined ? criterion : nameOf(criterion, rubric);
    return `${name === undefined ? "" : `${name}: `}${oneLine(text)}`;
  });
  return [
    `Decided on ${shortDate(decided_at)}: ${decision}, by ${by}${why.length === 0 ? "" : `. ${why.join("; ")}`}.`.replace(/\.\.$/u, "."),
    ...(overrides === undefined ? [] : [`Against the rubric's own rule, because: ${oneLine(overrides)}`]),
    ...(tell === undefined ? [] : [`To be told by ${shortDate(tell.by)}${tell.what === undefined ? "" : `: ${oneLine(tell.what)}`}`]),
  ];
}
