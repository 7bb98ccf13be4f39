import { count, figure, list } from "../core/change/words.ts";
import type {
  CriterionAgreement,
  InterviewerAgreement,
  PanelReliability,
  RecommendationAgreement,
  Severity,
} from "../core/interviewers.ts";
import type { Role } from "../core/document.ts";
import { fewestUnits } from "../core/agreement/alpha.ts";
import { fewestShared } from "../core/agreement/severity.ts";
import { stagesFor } from "../core/rubric.ts";
import { type Style, wrap } from "./style.ts";

/** Criteria that a sentence names; the rest stands behind `--full`. */
const mostNamed = 3;

/** How far interviewers agree, in sentences: criterion by criterion, the widest apart first. */
export function interviewersSentences(agreement: InterviewerAgreement): readonly string[] {
  const twice = agreement.criteria.flatMap(({ name, pairs, withinOne }) => (withinOne === null ? [] : [{ name, pairs, withinOne }]));
  if (twice.length === 0)
    return agreement.hidden > 0 && agreement.candidates === 0
      ? []
      : ["Nobody was rated twice on one criterion yet: whether interviewers see the same cannot be told."];
  const named = twice.toSorted((a, b) => a.withinOne - b.withinOne).slice(0, mostNamed);
  const shares = named.map(({ name, pairs, withinOne }) => `${name} ${Math.round(pairs * withinOne)} of ${pairs}`);
  return [
    `Pairs of ratings within one point: ${shares.join("; ")}${twice.length > named.length ? "; the others no fewer" : ""}.`,
    interviewersLimits(agreement),
  ];
}

/** What so little data can and cannot show. */
export function interviewersLimits({ criteria }: InterviewerAgreement): string {
  const units = Math.max(0, ...criteria.map((criterion) => criterion.units));
  return units < fewestUnits
    ? `With ${count(units, "candidate")} rated twice, agreement cannot be told from chance; from ${fewestUnits} on it is estimated.`
    : "Agreement is not validity: people who see the same may all be wrong.";
}

/** Every figure, with its interval or the reason why there is none. */
export function interviewersFigures(agreement: InterviewerAgreement, role: Role, style: Style): readonly string[] {
  const { criteria, panels, severity, recommendations, hidden } = agreement;
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(...wrap(`  ${text}`, style.width, 4));
  lines.push(`${style.bold("Agreement by criterion")}: Krippendorff's α, ordinal, with 90 % of 1,000 resamples`);
  for (const criterion of criteria) say(`${criterion.name}: ${criterionAgreementWords(criterion)}`);
  if (panels.length > 0) lines.push(`${style.bold("Reliability of a panel's mean")}: ICC(2,1) of one, ICC(2,k) of all, with 95 %`);
  for (const panel of panels) say(panelWords(panel, role));
  lines.push(`${style.bold("Severe or lenient")}: points above or below the others, on the same candidates`);
  for (const text of severityWords(severity)) say(text);
  if (recommendations.length > 0) lines.push(`${style.bold("Recommendations")}: Cohen's κ (quadratic) and Gwet's AC1, AC2 (quadratic)`);
  for (const pair of recommendations) say(recommendationWords(pair));
  if (hidden > 0) say(`${count(hidden, "candidate")} left out until scorecards are in.`);
  return lines;
}

/** "α 0.41 (−0.17 to 0.74) over 6 candidates; 9 of 12 pairs within one point". */
export function criterionAgreementWords({ alpha, interval, refused, units, pairs, withinOne }: CriterionAgreement): string {
  const raw = withinOne === null ? "" : `; ${Math.round(pairs * withinOne)} of ${count(pairs, "pair")} within one point`;
  if (alpha === null || interval === null) {
    const why = {
      "one rater": "rated by fewer than two",
      "few units": `${count(units, "candidate")} rated twice, ${fewestUnits} are needed`,
      "all alike": "all ratings are the same, so there is nothing to tell apart",
    }[refused ?? "few units"];
    return `α not estimable: ${why}${raw}`;
  }
  // A label would claim more than a wide interval knows.
  const label =
    interval.high - interval.low > 0.4
      ? ""
      : alpha >= 0.8
        ? ", reliable"
        : alpha >= 0.667
          ? ", for tentative conclusions"
          : ", not reliable";
  return `α ${figure(alpha)} (${figure(interval.low)} to ${figure(interval.high)}) over ${count(units, "candidate")}${label}${raw}`;
}

export function panelWords({ stage, people, candidates, single, mean, interval, refused }: PanelReliability, role: Role): string {
  const name = stagesFor(role, undefined).find(({ id }) => id === stage)?.name ?? (stage === "calibration" ? "Calibration" : stage);
  if (refused !== null || single === null || mean === null || interval === null) {
    const why = {
      "one interviewer": "fewer than two people rated two candidates there",
      "few candidates": `${count(candidates, "candidate")} rated by all of ${list(people)}; two are needed`,
      "no differences": "nothing tells the candidates apart",
    }[refused ?? "no differences"];
    return `${name}: reliability not estimable: ${why}`;
  }
  const range = ({ low, high }: { readonly low: number; readonly high: number }): string => `${figure(low)} to ${figure(high)}`;
  return `${name}: one ${figure(single)} (${range(interval.single)}), the mean of ${list(people)} ${figure(mean)} (${range(interval.mean)}), over ${count(candidates, "candidate")}`;
}

export function severityWords({ people, unnamed, refused, groups }: Severity): readonly string[] {
  if (refused !== null) {
    const why = {
      "one interviewer": "one interviewer",
      "few shared candidates": `fewer than ${fewestShared} candidates were rated by two`,
      disconnected: `${groups.map((group) => list(group)).join(" | ")} share no candidate: a severe group looks like weak candidates`,
    }[refused];
    return [`not estimable: ${why}`];
  }
  return [
    ...people.map(({ person, severity, standardError, shared }) => {
      const where =
        Math.abs(severity) < 0.005 ? "as the others" : `${figure(Math.abs(severity))} ${severity > 0 ? "higher" : "lower"} than the others`;
      return `${person}: ${where}${standardError === null ? ", with nothing left to say how sure" : ` (standard error ${figure(standardError)})`}, over ${count(shared, "meeting")} shared`;
    }),
    ...(unnamed > 0 ? [`${count(unnamed, "other")} not named here: people_metrics`] : []),
  ];
}

export function recommendationWords({ people, candidates, kappa, ac1, ac2 }: RecommendationAgreement): string {
  const told = (value: number | null): string => (value === null ? "not estimable" : figure(value));
  return `${list(people)}: κ ${told(kappa)}, AC1 ${told(ac1)}, AC2 ${told(ac2)}, over ${count(candidates, "candidate")}`;
}
