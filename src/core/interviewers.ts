import { type Reliability, reliability } from "./agreement/alpha.ts";
import { cohenKappa, gwetAgreement } from "./agreement/kappa.ts";
import type { CountedRating } from "./agreement/certainty.ts";
import { type Icc, icc } from "./agreement/panel.ts";
import { severities } from "./agreement/severity.ts";
import type { Table } from "./agreement/table.ts";
import type { CandidateFolder, Doc, Role } from "./document.ts";
import { groupBy } from "./group.ts";
import type { Evaluation, Rubric } from "./model.ts";
import { byTime } from "./moment.ts";
import { countedRatings } from "./rank.ts";
import { isSample, maySeeRatings } from "./rubric.ts";
import type { StaleRating } from "./stale.ts";

/** Whether interviewers see the same: never pooled over criteria, which would fake agreement. */

export interface CriterionAgreement extends Reliability {
  readonly criterion: string;
  readonly name: string;
}

/** How reliable the mean of those who meet candidates in one stage is. */
export interface PanelReliability {
  readonly stage: string;
  readonly people: readonly string[];
  /** Candidates that all of them rated on the same criteria. */
  readonly candidates: number;
  /** ICC(2,1) of one interviewer's mean, and ICC(2,k) of all of theirs, each with its 95 % interval; null where refused. */
  readonly single: number | null;
  readonly mean: number | null;
  readonly interval: Icc["interval"] | null;
  readonly refused: "one interviewer" | "few candidates" | "no differences" | null;
}

export interface PersonSeverity {
  readonly person: string;
  /** Points above (lenient) or below (severe) the others, over the same candidates; they sum to 0. */
  readonly severity: number;
  readonly standardError: number | null;
  /** Meetings with a candidate whom someone else rated in the same stage. */
  readonly shared: number;
}

export interface Severity {
  /** Those whom the viewer may see named: themselves; all, where `people_metrics` is all or the viewer is of a side. */
  readonly people: readonly PersonSeverity[];
  readonly unnamed: number;
  readonly refused: "one interviewer" | "few shared candidates" | "disconnected" | null;
  /** Those who share no candidate with each other, where that is why. */
  readonly groups: readonly (readonly string[])[];
}

/** Two people's recommendations of the same candidates: two figures that fail in different ways, never only one of them. */
export interface RecommendationAgreement {
  readonly people: readonly [string, string];
  readonly candidates: number;
  /** Cohen's κ, quadratic; Gwet's AC1 and AC2, quadratic. */
  readonly kappa: number | null;
  readonly ac1: number | null;
  readonly ac2: number | null;
}

export interface InterviewerAgreement {
  /** Candidates looked at, and those left out because a scorecard is out. */
  readonly candidates: number;
  readonly hidden: number;
  readonly criteria: readonly CriterionAgreement[];
  readonly panels: readonly PanelReliability[];
  readonly severity: Severity;
  readonly recommendations: readonly RecommendationAgreement[];
}

/** Fewest candidates whom two people both recommended something on. */
const fewestRecommended = 5;
const recommendations = ["strong-no-hire", "no-hire", "mixed", "hire", "strong-hire"];

interface Reader {
  readonly viewer: string | undefined;
  readonly stale: readonly StaleRating[];
  readonly named: (person: string) => boolean;
}

/**
 * How far interviewers agree, over all candidates whose ratings `viewer` (undefined: anyone) may see. A
 * rating set aside by an explanation is missing, as in totals. `named`: whose own figure the viewer may read.
 */
export function interviewersOf(role: Role, rubric: Rubric, { viewer, stale, named }: Reader): InterviewerAgreement {
  // Samples have a page of their own: who scores them did not meet anyone.
  const rated = role.candidates.filter((candidate) => !isSample(candidate) && candidate.evaluations.length > 0);
  const seen = rated.filter((candidate) => maySeeRatings(role, candidate, viewer));
  const ratings = seen.flatMap((candidate) =>
    countedRatings(
      rubric,
      candidate.id,
      candidate.evaluations.toSorted(byHandIn),
      stale.filter((old) => old.candidate === candidate.id),
    ),
  );
  const scale = rubric.scale.map(({ value }) => value);
  const criteria = rubric.criteria.map(({ id, name }): CriterionAgreement => {
    const own = ratings.filter(({ criterion }) => criterion === id);
    return { criterion: id, name, ...reliability(tableOf(own, ({ candidate }) => candidate).table, { scale }) };
  });
  const meetings = meetingsOf(ratings, rubric);
  return {
    candidates: seen.length,
    hidden: rated.length - seen.length,
    criteria,
    panels: [...groupBy(meetings, ({ stage }) => stage)].map(([stage, own]) => panelOf(stage, own)),
    severity: severityOf(meetings, named),
    recommendations: recommendationsOf(seen, named),
  };
}

/** The later scorecard last: of two by one person it is the one that counts. */
function byHandIn(a: Doc<Evaluation>, b: Doc<Evaluation>): number {
  return byTime(a.data.submitted_at, b.data.submitted_at);
}

/** Cells by person (row) and unit (column); of two ratings of one cell the later one. */
function tableOf<T extends { readonly rater: string; readonly rating: number }>(
  cells: readonly T[],
  unitOf: (cell: T) => string,
): { readonly people: readonly string[]; readonly units: readonly string[]; readonly table: Table } {
  const people = [...new Set(cells.map(({ rater }) => rater))].toSorted();
  const units = [...new Set(cells.map(unitOf))];
  const known = new Map(cells.map((cell) => [`${cell.rater}\0${unitOf(cell)}`, cell.rating]));
  return { people, units, table: people.map((person) => units.map((unit) => known.get(`${person}\0${unit}`) ?? null)) };
}

/** What one person's ratings of a candidate in a stage come to. */
interface Meeting {
  readonly candidate: string;
  readonly stage: string;
  readonly rater: string;
  readonly rating: number;
}

/** The weighted mean of each interviewer in each meeting, over the criteria that everyone who met the candidate there rated. */
function meetingsOf(ratings: readonly CountedRating[], rubric: Rubric): readonly Meeting[] {
  const weight = new Map(rubric.criteria.map(({ id, weight: value }) => [id, value]));
  return [...groupBy(ratings, ({ candidate, stage }) => `${candidate}\0${stage}`).values()].flatMap((own) => {
    const byRater = [...groupBy(own, ({ rater }) => rater)];
    const common = new Set(
      own.map(({ criterion }) => criterion).filter((id) => byRater.every(([, given]) => given.some(({ criterion }) => criterion === id))),
    );
    const all = [...common].reduce((sum, id) => sum + (weight.get(id) ?? 0), 0);
    const [first] = own;
    if (first === undefined || all === 0) return [];
    return byRater.map(([rater, given]) => ({
      candidate: first.candidate,
      stage: first.stage,
      rater,
      rating:
        given
          .filter(({ criterion }) => common.has(criterion))
          .reduce((sum, { criterion, rating }) => sum + (weight.get(criterion) ?? 0) * rating, 0) / all,
    }));
  });
}

function panelOf(stage: string, meetings: readonly Meeting[]): PanelReliability {
  const { people, table } = fullest(meetings);
  const complete = (table[0] ?? []).filter((_, unit) => table.every((row) => row[unit] !== null)).length;
  const found = icc(table);
  const refused = people.length < 2 ? "one interviewer" : complete < 2 ? "few candidates" : found === null ? "no differences" : null;
  return {
    stage,
    people,
    candidates: complete,
    single: found?.single.random ?? null,
    mean: found?.mean.random ?? null,
    interval: found?.interval ?? null,
    refused,
  };
}

/**
 * The people of whom the most ratings without gaps are left: one who stood in once would otherwise leave no candidate
 * that all rated. Those who met fewest go first, one by one.
 */
function fullest(meetings: readonly Meeting[]): { readonly people: readonly string[]; readonly table: Table } {
  const often = [...groupBy(meetings, ({ rater }) => rater)].toSorted(([, a], [, b]) => b.length - a.length).map(([rater]) => rater);
  let best = tableOf(meetings, ({ candidate }) => candidate);
  let most = -1;
  for (let size = often.length; size >= 2; size -= 1) {
    const some = new Set(often.slice(0, size));
    const found = tableOf(
      meetings.filter(({ rater }) => some.has(rater)),
      ({ candidate }) => candidate,
    );
    const complete = found.units.filter((_, unit) => found.table.every((row) => row[unit] !== null)).length;
    const cells = complete < 2 ? 0 : complete * size;
    if (cells > most) {
      best = found;
      most = cells;
    }
  }
  return best;
}

function severityOf(meetings: readonly Meeting[], named: (person: string) => boolean): Severity {
  const { people, table } = tableOf(meetings, ({ candidate, stage }) => `${candidate}\0${stage}`);
  const name = (rater: number): string => people[rater] ?? "";
  const model = severities(table);
  if (!("refused" in model)) {
    const all = model.raters.map(({ rater, ...rest }): PersonSeverity => ({ person: name(rater), ...rest }));
    const shown = all.filter(({ person }) => named(person));
    return { people: shown, unnamed: all.length - shown.length, refused: null, groups: [] };
  }
  const none = { people: [], unnamed: 0, groups: [] };
  if (model.refused === "disconnected") return { ...none, refused: "disconnected", groups: model.groups.map((group) => group.map(name)) };
  return { ...none, refused: model.refused === "one rater" ? "one interviewer" : "few shared candidates" };
}

/** Each two people's last word on the candidates both met, where there are enough of them and both may be named. */
function recommendationsOf(candidates: readonly CandidateFolder[], named: (person: string) => boolean): readonly RecommendationAgreement[] {
  const given = candidates.flatMap(({ id, evaluations }) =>
    evaluations.toSorted(byHandIn).flatMap(({ data }) => {
      const rating = recommendations.indexOf(data.recommendation ?? "") + 1;
      return rating === 0 ? [] : [{ candidate: id, rater: data.interviewer, rating }];
    }),
  );
  const { people, table } = tableOf(given, ({ candidate }) => candidate);
  const scale = recommendations.map((_, index) => index + 1);
  return people.flatMap((one, a) =>
    people.slice(a + 1).flatMap((other, offset): readonly RecommendationAgreement[] => {
      const [left = [], right = []] = [table[a], table[a + 1 + offset]];
      const both = left.flatMap((value, unit) => (value !== null && (right[unit] ?? null) !== null ? [unit] : []));
      if (both.length < fewestRecommended || !named(one) || !named(other)) return [];
      const pair = [left, right].map((row) => both.map((unit) => row[unit] ?? null));
      return [
        {
          people: [one, other],
          candidates: both.length,
          kappa: cohenKappa(pair[0] ?? [], pair[1] ?? [], "quadratic", scale),
          ac1: gwetAgreement(pair, "none", scale),
          ac2: gwetAgreement(pair, "quadratic", scale),
        },
      ];
    }),
  );
}
