import type { Debrief, TalkCriterion } from "../core/debrief.ts";
import { type Role, roleTitle } from "../core/document.ts";
import type { Rubric } from "../core/model.ts";
import { list } from "../core/change/words.ts";
import {
  closingSentences,
  countWord,
  criterionWords,
  hiddenSentence,
  missingSentence,
  nameOf,
  scorecardWords,
  unreadableSentence,
  withinSentence,
} from "./debrief-text.ts";
import { md, mdTable } from "./markdown.ts";

/** A debrief as Markdown; every text from files inert. */
export function debriefMarkdown(debrief: Debrief, role: Role, rubric: Rubric): string {
  const { candidate, sample, missing, hidden, scorecards, criteria, notAssessed } = debrief;
  const sections = [`## ${md(`${candidate} for ${roleTitle(role)}`)}: ${sample ? "sample profile" : "debrief"}`];
  if (debrief.unreadable.length > 0) sections.push(`**${md(unreadableSentence(debrief))}**`);
  if (missing.length > 0) sections.push(`**${md(missingSentence(debrief, role))}**`);
  if (hidden)
    sections.push(md(debrief.sealed.length > 0 ? hiddenSentence(debrief) : "The scorecards that are in stay hidden until all are."));
  else if (scorecards.length === 0) sections.push("No scorecard is in yet.");
  else {
    sections.push(
      mdTable(
        ["Interviewer", "Said"],
        scorecards.map((scorecard) => [md(scorecard.interviewer), md(scorecardWords(scorecard, scorecards, role))]),
      ),
      ...criteriaTables(criteria),
    );
    if (notAssessed.length > 0) sections.push(md(`Nobody assessed: ${list(notAssessed.map((id) => nameOf(id, rubric)))}.`));
    sections.push(md(withinSentence(debrief)));
    const closing = closingSentences(debrief, rubric);
    if (closing.length > 0) sections.push(closing.map(md).join(" "));
  }
  return `${sections.join("\n\n")}\n`;
}

/** A table a criterion: who gave what, on what evidence. */
export function criteriaTables(criteria: readonly TalkCriterion[]): readonly string[] {
  return criteria.flatMap((criterion) => [
    `**${md(criterion.name)}** ${md(criterionWords(criterion))}`,
    mdTable(
      ["Rating", "Interviewer", "Evidence"],
      criterion.ratings.map(({ rating, step, interviewer, evidence, notAssessed, counts }) => [
        rating === null ? "–" : `${rating} ${countWord({ rating, step, counts })}`.trim(),
        md(interviewer),
        md(evidence ?? (notAssessed === null ? "" : `not assessed: ${notAssessed}`)),
      ]),
    ),
  ]);
}
