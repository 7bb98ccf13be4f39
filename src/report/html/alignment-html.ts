import { days } from "../../core/align.ts";
import type { BusinessCalendar } from "../../core/business-time.ts";
import { type Change, gravityWords, isGrave, labelOf, needsReason, type RoleChanges } from "../../core/change/change.ts";
import { acceptedIn, funnelOf } from "../../core/closing.ts";
import { oneLine, type Role, roleTitle } from "../../core/document.ts";
import { list, onScale, percent } from "../../core/change/words.ts";
import { shortDate } from "../../core/moment.ts";
import { weighingFor } from "../../core/priorities.ts";
import { isOpen, type Promised, promisedFor } from "../../core/promises.ts";
import {
  agreementSentence,
  beginningFigures,
  beginningSentences,
  candidatesSentence,
  keptSentence,
  type Page,
  sampleSentences,
} from "../alignment-text.ts";
import { certaintySentences } from "../certainty-text.ts";
import { lateWords } from "../due-text.ts";
import { figuresSentences } from "../closing-text.ts";
import { explainCommand, explanationParts, impactByChange, isToldTogether, orderOf } from "../diff-text.ts";
import type { DriftReport } from "../drift-text.ts";
import { orderSentences, touchedSentences } from "../impact-text.ts";
import { criterionAgreementWords, interviewersSentences, panelWords, recommendationWords, severityWords } from "../interviewers-text.ts";
import { cautionOf, hiddenSentences, isTooClose, standingWords, unreadableWords } from "../rank-text.ts";
import { driftFigure } from "./drift-figure.ts";
import { html, type Markup, nothing } from "./markup.ts";
import { certaintyFigures, orderFigure } from "./order-figure.ts";
import { pipelineFigure, tracksFigure } from "./pipeline-figure.ts";
import { promisesFigure } from "./promises-figure.ts";
import { ratingsFigure } from "./ratings-figure.ts";
import { weightsFigure } from "./weights-figure.ts";

/** One role's page: how it stands, how it came about, and what is due. */
export interface HtmlRole {
  readonly alignment: Page;
  readonly role: Role;
  /** Undefined where nobody has agreed yet, or the history is not here. */
  readonly drift: DriftReport | undefined;
  readonly promises: readonly Promised[];
  /** In whose days lengths are told. */
  readonly calendar: BusinessCalendar;
}

const paragraph = (text: string): Markup => html`<p>${text}</p> `;
const items = (texts: readonly string[]): Markup =>
  html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul> `;

/** A role as anyone may see it: the four answers first, then the pictures, then every figure. */
export function roleHtml(page: HtmlRole, now: string): Markup {
  const { alignment } = page;
  const { role: id, title, status, openDays, sides } = alignment;
  const people = sides.map(({ person }) => person).filter((person) => person !== "");
  const ended = endedHtml(page, now);
  const facts = [status === "open" && openDays !== null ? `open ${days(openDays)}` : status, people.join(" + ")].filter(
    (part) => part !== "",
  );
  return html`<section class="role" id="role--${id}" aria-labelledby="${id}--title">
    <h2 id="${id}--title">${title}</h2>
    <p class="facts">${facts.join(" · ")}</p>
    <div class="answers">
      ${answerHtml("Did both sides agree?", agreedHtml(page, now))} ${answerHtml("What changed, and why?", changesHtml(alignment, now))}
      ${ended === undefined ? answerHtml("Who is ahead, and how sure is that?", orderHtml(page)) : answerHtml("How did it end?", ended)}
      ${answerHtml("Who owes whom what?", owedHtml(page, now))}
    </div>
    <h3>In pictures</h3>
    <div class="figures">${picturesOf(page, now)}</div>
    ${detailsHtml(page)}
  </section> `;
}

function answerHtml(question: string, answer: Markup): Markup {
  return html`<section class="answer">
    <h3>${question}</h3>
    ${answer}
  </section>`;
}

function agreedHtml({ alignment }: HtmlRole, now: string): Markup {
  const { apart, stillToWeigh, pointsWithheld, assumptions, objections, differing } = alignment;
  const both = alignment.sides.every(({ agreedAt }) => agreedAt !== null);
  const stale = alignment.sides.some((side) => side.stale);
  const verdict = !both ? "Not yet" : stale || differing.length > 0 ? "They did; it has moved since" : "Yes";
  return html`<p class="verdict">${verdict}</p>
    ${paragraph(agreementSentence(alignment, now).replace(/:$/u, "."))}${
      stillToWeigh.length === 0 ? nothing : paragraph(`Still to weigh: ${stillToWeigh.join(", ")}. Nobody's points are shown before.`)
    }${pointsWithheld ? paragraph("Both sides have weighed; their points are shown once everyone asked has.") : nothing}${
      apart.length === 0
        ? nothing
        : html`<h4>Still apart, as each weighed alone</h4>
            ${items(
              apart.map(
                ({ item, points }) =>
                  `${item}: ${Object.entries(points)
                    .slice(0, 2)
                    .map(([person, value]) => `${person} ${Math.round(value)}`)
                    .join(", ")} of 100`,
              ),
            )}`
    }${
      objections.length === 0
        ? nothing
        : html`<h4>Objections</h4>
            ${items(objections.map(({ by, summary, because }) => `${by} objects to ${summary}${because === null ? "" : `: “${because}”`}`))}`
    }${
      assumptions.length === 0
        ? nothing
        : html`<h4>Unanswered</h4>
            ${items(
              assumptions.map(
                ({ statement, owner, due, overdue }) =>
                  `${statement} ${owner}, ${overdue > 0 ? `${days(overdue)} late` : `by ${shortDate(due, now)}`}`,
              ),
            )}`
    }`;
}

function changesHtml(alignment: Page, now: string): Markup {
  const { since, impact } = alignment;
  const grave = (since?.changes ?? []).filter(isGrave);
  if (since === null || grave.length === 0)
    return html`<p class="verdict">Nothing that matters</p>
      ${since === null ? paragraph("There is no agreement to compare with in this history.") : nothing}`;
  const effects = impact === null ? undefined : impactByChange(since, impact);
  const open = grave.filter((change) => needsReason(change, since.agreed)).length;
  const together = effects?.together ?? null;
  return html`<p class="verdict">${open === 0 ? "Every change has its reason" : `${open} of ${grave.length} without a reason`}</p>
    <ul class="changes">
      ${grave.map((change) => changeHtml(change, since, effects, now))}
    </ul>
    ${together !== null && isToldTogether(effects) ? paragraph(`All together: ${orderSentences(together).join(". ")}.`) : nothing}`;
}

function changeHtml(change: Change, since: RoleChanges, effects: ReturnType<typeof impactByChange> | undefined, now: string): Markup {
  const own = effects?.of.get(change);
  const order = own?.order ?? null;
  const told = [
    ...(own === undefined ? [] : touchedSentences(own, change.explanation?.scores)),
    ...(order === null || isToldTogether(effects) ? [] : orderOf(order, since)),
  ];
  const why =
    change.explanation !== undefined
      ? html`<p class="why">${explanationParts(change.explanation, now).join(" ")}</p>`
      : needsReason(change, since.agreed)
        ? html`<p class="missing">NO REASON GIVEN <code>${explainCommand(change)}</code></p>`
        : nothing;
  return html`<li class="${change.gravity}">
    <p><strong>${labelOf(change)}</strong> ${change.text} <span class="gravity">${gravityWords[change.gravity]}</span></p>
    ${why}${told.length === 0 ? nothing : html`<p class="touched">${asSentences(told)}</p>`}
  </li> `;
}

/** Facts as sentences: each begins large and ends. */
function asSentences(texts: readonly string[]): string {
  return texts.map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/u.test(text) ? "" : "."}`).join(" ");
}

/** How a search that is over ended; undefined while it runs. */
function endedHtml({ alignment, role }: HtmlRole, now: string): Markup | undefined {
  const outcome = role.outcome?.data;
  if (outcome === undefined) return undefined;
  const { all, met, untold } = alignment.candidates;
  const days = outcome.figures === undefined ? [] : figuresSentences(outcome.figures, outcome.result);
  return html`<p class="verdict">${outcome.result === "hired" ? `Hired: ${list(outcome.hires ?? ["someone"])}` : "Nobody was hired"}</p>
    ${paragraph(`Closed ${shortDate(outcome.closed_on, now)}.`)}${items([...days, ...(outcome.keep ?? []).map((text) => `Keep: ${oneLine(text)}`), ...(outcome.change ?? []).map((text) => `Change: ${oneLine(text)}`)])}${paragraph(`Candidates ${all} · met ${met} · untold ${untold}`)}`;
}

function orderHtml({ alignment, role }: HtmlRole): Markup {
  const { ranking, certainty, staleRatings } = alignment;
  const rubric = role.rubric?.data;
  const scored = ranking?.ranked.filter(({ total }) => total !== null) ?? [];
  const counts = candidatesSentence(alignment);
  if (ranking === null || rubric === undefined || scored.length === 0)
    return html`<p class="verdict">Nobody yet</p>
      ${paragraph(counts)}${hiddenHtml(alignment)}`;
  const caution = cautionOf(ranking);
  const [first, second] = scored;
  const verdict =
    second === undefined
      ? `${first?.candidate ?? ""}, the only one scored`
      : caution === undefined
        ? (first?.candidate ?? "")
        : isTooClose(ranking)
          ? "Too close to call"
          : `${first?.candidate ?? ""}, but not surely`;
  return html`<p class="verdict">${verdict}</p>
    <ol class="order">
      ${scored
        .slice(0, mostPlaces)
        .map(
          ({ candidate, total, rated, raters, standing, place }) =>
            html`<li value="${place ?? 0}">
              <strong>${candidate}</strong> ${onScale(total ?? 0, rubric.decision.bar)} of ${percent(rated)} of the weight, ${raters}
              ${raters === 1 ? "rater" : "raters"}${standing === "in play" ? "" : `, ${standingWords[standing]}`}
            </li>`,
        )}
    </ol>
    ${scored.length > mostPlaces ? paragraph(`And ${scored.length - mostPlaces} more, in the picture below.`) : nothing}${
      caution === undefined ? nothing : html`<p class="caution">${caution}</p> `
    }${certainty === null ? nothing : paragraph(certaintySentences(certainty, rubric).join(" "))}${hiddenHtml(alignment)}${
      staleRatings > 0 ? paragraph(`${staleRatings} ratings were given under another meaning of their criterion.`) : nothing
    }${paragraph(counts)}`;
}

const mostPlaces = 5;

function hiddenHtml({ ranking }: Page): Markup {
  const hidden = ranking === null ? [] : hiddenSentences(ranking);
  return html`${hidden.length === 0 ? nothing : paragraph(`${hidden.join(". ")}.`)}${
    (ranking?.unreadable.length ?? 0) === 0 ? nothing : paragraph(unreadableWords(ranking?.unreadable ?? []))
  }`;
}

function owedHtml({ alignment, promises, calendar }: HtmlRole, now: string): Markup {
  const late = promises.filter((promised) => isOpen(promised) && promised.late > 0);
  const kept = keptSentence(alignment);
  return html`<p class="verdict">
      ${alignment.next.length === 0 ? "Nobody owes anybody anything" : late.length === 0 ? "Nothing is late" : `${late.length} late`}
    </p>
    ${kept === "" ? nothing : paragraph(`${kept}.`)}
    ${alignment.next.map(
      ({ person, actions }) =>
        html`<h4>${person} has to</h4>
          <ul>
            ${actions.map(({ text, command }) => {
              const promised = promisedFor(promises, person, command);
              const due =
                promised === undefined
                  ? nothing
                  : promised.late > 0
                    ? html` <span class="late">LATE by ${lateWords(promised, calendar)}</span>`
                    : html` <span class="due">due ${shortDate(promised.due, now)}</span>`;
              return html`<li>${text}${due}${command === undefined ? nothing : html` <code>${command}</code>`}</li>`;
            })}
          </ul> `,
    )}`;
}

function picturesOf({ alignment, role, drift, promises, calendar }: HtmlRole, now: string): readonly Markup[] {
  const id = alignment.role;
  const rubric = role.rubric?.data;
  const { ranking } = alignment;
  const scored = ranking?.ranked.filter(({ total }) => total !== null) ?? [];
  return [
    drift === undefined ? nothing : driftFigure(`${id}--drift`, drift),
    weightsFigure(`${id}--weights`, weighingFor(role, undefined).differences),
    ...(rubric === undefined || ranking === null
      ? []
      : [
          orderFigure(`${id}--order`, scored, rubric),
          ratingsFigure(`${id}--ratings`, role, rubric, ranking),
          ...certaintyFigures(`${id}--certainty`, alignment.certainty),
        ]),
    promisesFigure(`${id}--promises`, promises, alignment.kept, alignment.keptBy, calendar),
    pipelineFigure(`${id}--pipeline`, role.outcome?.data.figures?.funnel ?? funnelOf(role, acceptedIn(role))),
    tracksFigure(`${id}--tracks`, role, now),
  ];
}

/** What stands behind the pictures: how alike both sides began, samples, whether interviewers see the same. */
function detailsHtml({ alignment, role }: HtmlRole): Markup {
  const { beginning, calibration, interviewers } = alignment;
  const began = beginningSentences(beginning);
  const parts: readonly Markup[] = [
    began.length === 0
      ? nothing
      : html`<h4>How alike you began</h4>
          ${paragraph([...began, beginningFigures(beginning)].join(" "))}`,
    ...calibration.map(
      (sample) =>
        html`<h4>Sample profile ${sample.candidate}</h4>
          ${items(sampleSentences(sample, role))}`,
    ),
    interviewers === null || interviewers.candidates === 0
      ? nothing
      : html`<h4>Do interviewers see the same?</h4>
          ${paragraph(interviewersSentences(interviewers).join(" "))}${items([
            ...interviewers.criteria.map((criterion) => `${criterion.name}: ${criterionAgreementWords(criterion)}`),
            ...interviewers.panels.map((panel) => panelWords(panel, role)),
            ...severityWords(interviewers.severity).map((text) => `Severe or lenient: ${text}`),
            ...interviewers.recommendations.map((pair) => `Recommendations of ${recommendationWords(pair)}`),
          ])}`,
  ].filter((part) => part !== nothing);
  return parts.length === 0
    ? nothing
    : html`<details class="more">
        <summary>Every figure</summary>
        ${parts}
      </details> `;
}

/** A row of the index over all roles. */
export function indexRow({ alignment, role, promises }: HtmlRole): readonly (string | Markup)[] {
  const { since, sides, candidates, status } = alignment;
  const open = (since?.changes ?? []).filter((change) => needsReason(change, since?.agreed ?? false)).length;
  const late = promises.filter((promised) => isOpen(promised) && promised.late > 0).length;
  return [
    html`<a href="#role--${role.id}">${roleTitle(role)}</a>`,
    status,
    sides.every(({ agreedAt }) => agreedAt !== null) ? (sides.some(({ stale }) => stale) ? "moved since" : "yes") : "not yet",
    open === 0 ? "–" : `${open} WITHOUT A REASON`,
    String(candidates.all),
    late === 0 ? "–" : `${late} LATE`,
  ];
}
