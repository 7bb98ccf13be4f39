import { type Alignment, days } from "../core/align.ts";
import { gravityWords, isGrave, labelOf, needsReason } from "../core/change/change.ts";
import { percent } from "../core/change/words.ts";
import type { RankedCandidate } from "../core/rank.ts";
import { agreementSentence } from "./alignment-text.ts";
import { explainCommand, explanationParts, impactByChange, isToldTogether, orderOf } from "./diff-text.ts";
import { orderSentences, touchedSentences } from "./impact-text.ts";
import { md, mdTable } from "./markdown.ts";
import { cautionOf } from "./rank-text.ts";

/** The alignment report as Markdown; every text from files inert. */
export function alignmentMarkdown(alignment: Alignment, now: string): string {
  const { title, status, openDays, sides, since, impact, objections, apart, stillToWeigh, assumptions, candidates, ranking, next } =
    alignment;
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
  if ((ranking?.hidden.length ?? 0) > 0) sections.push(md(`${ranking?.hidden.length ?? 0} hidden until scorecards are in.`));
  const caution = ranking === null ? undefined : cautionOf(ranking);
  if (caution !== undefined) sections.push(md(caution));
  if (next.length > 0)
    sections.push(
      "### Next",
      next.map(({ person, actions }) => `- **${md(person)}**: ${actions.map(({ text }) => md(text)).join("; ")}`).join("\n"),
    );
  return `${sections.join("\n\n")}\n`;
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
