import { days } from "../core/align.ts";
import { gravityWords, isGrave, labelOf, needsReason } from "../core/change/change.ts";
import { percent } from "../core/change/words.ts";
import type { Role } from "../core/document.ts";
import type { InterviewerAgreement } from "../core/interviewers.ts";
import type { Rubric } from "../core/model.ts";
import type { OrderCertainty, PlaceShares } from "../core/order-certainty.ts";
import type { RankedCandidate } from "../core/rank.ts";
import { agreementSentence, beginningFigures, beginningSentences, keptSentence, type Page, sampleSentences } from "./alignment-text.ts";
import { explainCommand, explanationParts, impactByChange, isToldTogether, orderOf } from "./diff-text.ts";
import { orderSentences, touchedSentences } from "./impact-text.ts";
import { criteriaTables } from "./debrief-markdown.ts";
import { certaintyLimits, certaintySentences, crossingWords } from "./certainty-text.ts";
import { criterionAgreementWords, interviewersSentences, panelWords, recommendationWords, severityWords } from "./interviewers-text.ts";
import { md, mdTable } from "./markdown.ts";
import { cautionOf, hiddenSentences } from "./rank-text.ts";

/** The alignment report as Markdown; every text from files inert. */
export function alignmentMarkdown(alignment: Page, role: Role, now: string, full = false): string {
  const {
    title,
    status,
    openDays,
    sides,
    since,
    impact,
    objections,
    apart,
    stillToWeigh,
    assumptions,
    candidates,
    ranking,
    certainty,
    beginning,
    calibration,
    interviewers,
    next,
  } = alignment;
  const people = sides.map(({ person }) => person).join(" + ");
  const sections = [
    `## ${md(title)}`,
    md(`${status}${openDays === null ? "" : `, open ${days(openDays)}`}, ${people}`),
    md(agreementSentence(alignment, now)),
  ];
  const grave = (since?.changes ?? []).filter(isGrave);
  const effects = since === null || impact === null ? undefined : impactByChange(since, impact);
  const together = effects?.together ?? null;
  if (grave.length > 0) {
    sections.push(
      mdTable(
        ["", "Changed", "Reason", "What it does"],
        grave.map((change) => {
          const own = effects?.of.get(change);
          const order = own?.order ?? null;
          return [
            gravityWords[change.gravity],
            `**${md(labelOf(change))}** ${md(change.text)}`,
            change.explanation === undefined
              ? needsReason(change, since?.agreed ?? false)
                ? `**NO REASON GIVEN** \`${explainCommand(change)}\``
                : ""
              : explanationParts(change.explanation, now).map(md).join("<br>"),
            [
              ...(own === undefined ? [] : touchedSentences(own, change.explanation?.scores)),
              ...(order === null || isToldTogether(effects) ? [] : orderOf(order, since ?? { changes: [] })),
            ]
              .map(md)
              .join("<br>"),
          ];
        }),
      ),
    );
  }
  if (together !== null && isToldTogether(effects)) sections.push(`All together: ${md(orderSentences(together).join(". "))}.`);
  if (objections.length > 0)
    sections.push(
      "### Objections",
      objections
        .map(({ by, summary, because }) => `- **${md(by)}** objects to ${md(summary)}${because === null ? "" : `: “${md(because)}”`}`)
        .join("\n"),
    );
  if (stillToWeigh.length > 0) sections.push(md(`Still to weigh: ${stillToWeigh.join(", ")}.`));
  if (apart.length > 0)
    sections.push(
      "### Still apart",
      mdTable(
        ["", ...Object.keys(apart[0]?.points ?? {}).map(md)],
        apart.map(({ item, points }) => [md(item), ...Object.values(points).map(String)]),
      ),
    );
  if (assumptions.length > 0)
    sections.push(
      "### Unanswered",
      assumptions.map(({ statement, owner, due }) => `- ${md(statement)} ${md(owner)}, by ${md(due)}`).join("\n"),
    );
  sections.push(
    "### Candidates",
    `${candidates.all} in all, ${candidates.met} met, ${candidates.waiting} waiting for us, ${candidates.untold} untold.`,
  );
  const scored = ranking?.ranked.filter(({ total }) => total !== null) ?? [];
  if (scored.length > 0) {
    sections.push(
      mdTable(
        ["", "Candidate", "Total", "Rated", "Raters", "To know"],
        scored.map((entry) => [
          String(entry.place ?? ""),
          md(entry.candidate),
          entry.total?.toFixed(1) ?? "",
          percent(entry.rated),
          String(entry.raters),
          md(notesOf(entry, ranking?.evaluationsNeeded ?? 1).join("; ")),
        ]),
      ),
    );
  }
  if (ranking !== null) sections.push(...hiddenSentences(ranking).map((text) => md(`${text}.`)));
  const caution = ranking === null ? undefined : cautionOf(ranking);
  if (caution !== undefined) sections.push(md(caution));
  const rubric = role.rubric?.data;
  if (certainty !== null && rubric !== undefined)
    sections.push(
      [...certaintySentences(certainty, rubric), certaintyLimits].map(md).join(" "),
      ...(full ? certaintyTables(certainty, rubric) : []),
    );
  if (alignment.kept.length > 0) sections.push(md(keptSentence(alignment)));
  if (next.length > 0)
    sections.push(
      "### Next",
      next.map(({ person, actions }) => `- **${md(person)}**: ${actions.map(({ text }) => md(text)).join("; ")}`).join("\n"),
    );
  const began = beginningSentences(beginning);
  if (began.length > 0)
    sections.push("### How alike you began", [...began, ...(full ? [beginningFigures(beginning)] : [])].map(md).join(" "));
  for (const sample of calibration)
    sections.push(
      `### Sample profile ${md(sample.candidate)}`,
      ...sampleSentences(sample, role).map(md),
      ...criteriaTables(sample.criteria.filter(({ spread }) => (spread ?? 0) > 1)),
    );
  if (interviewers !== null && interviewers.candidates > 0)
    sections.push(
      "### Interviewers",
      interviewersSentences(interviewers).map(md).join(" "),
      ...(full ? [interviewersList(interviewers, role)] : []),
    );
  return `${sections.join("\n\n")}\n`;
}

function certaintyTables({ raters, weights, crossings }: OrderCertainty, rubric: Rubric): readonly string[] {
  const table = (title: string, { places }: PlaceShares): string =>
    mdTable(
      [`Place, of 100 cases ${title}`, ...places.map((_, place) => `${place + 1}.`)],
      places.map(({ candidate, shares }) => [md(candidate), ...places.map((_, place) => String(Math.round((shares[place] ?? 0) * 100)))]),
    );
  return [
    ...(raters === null ? [] : [table("with other interviewers", raters)]),
    ...(weights === null ? [] : [table("under other weights", weights)]),
    ...(crossings === null || crossings.length === 0
      ? []
      : [crossings.map((crossing) => `- ${md(crossingWords(crossing, rubric))}`).join("\n")]),
  ];
}

function interviewersList({ criteria, panels, severity, recommendations }: InterviewerAgreement, role: Role): string {
  return [
    ...criteria.map((criterion) => `${criterion.name}: ${criterionAgreementWords(criterion)}`),
    ...panels.map((panel) => panelWords(panel, role)),
    ...severityWords(severity).map((text) => `Severe or lenient: ${text}`),
    ...recommendations.map((pair) => `Recommendations of ${recommendationWords(pair)}`),
  ]
    .map((text) => `- ${md(text)}`)
    .join("\n");
}

function notesOf(
  { below, undecided, reachesBar, evaluations, stale, setAside, toRateAgain }: RankedCandidate,
  needed: number,
): readonly string[] {
  return [
    ...below.map(({ criterion, mean, bar }) => `below the bar: ${criterion} ${mean.toFixed(1)}, bar ${bar}`),
    ...(undecided.length > 0 ? [`undecided: ${undecided.join(", ")}`] : []),
    ...(reachesBar === false ? ["under the decision bar"] : []),
    ...(evaluations < needed ? [`${evaluations} of ${needed} evaluations in`] : []),
    ...(stale > 0 ? [`${stale} ratings under another meaning`] : []),
    ...(toRateAgain > 0 ? [`${toRateAgain} ratings wait to be given again`] : []),
    ...(setAside > 0 ? [`${setAside} ratings count no longer`] : []),
  ];
}
