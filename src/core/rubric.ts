import { type CandidateFolder, type Doc, isOver, type Role } from "./document.ts";
import type { Criterion, Evaluation, Rubric, SealedEvaluation, Stage } from "./model.ts";
import { eventsOf } from "./events.ts";
import { oncePer } from "./once.ts";

/** Share of the total weight by criterion id; the shares sum to 1. */
export function sharesOf(criteria: readonly { readonly id: string; readonly weight: number }[]): ReadonlyMap<string, number> {
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(criteria.map(({ id, weight }) => [id, total > 0 ? weight / total : 0]));
}

/** The rubric's stages; without any, the implicit stage `interview` that assesses everything. */
export function stagesOf(rubric: Rubric, panel: readonly string[] = []): readonly Stage[] {
  return (
    rubric.stages ?? [
      {
        id: "interview",
        name: "Interview",
        ...(panel.length > 0 ? { interviewers: panel } : {}),
        assesses: rubric.criteria.map(({ id }) => id),
      },
    ]
  );
}

/** Every scorecard that is in, open or sealed: whose it is, of which stage, and since when. */
export function handedIn({ evaluations, sealed }: CandidateFolder): readonly Doc<Evaluation | SealedEvaluation>[] {
  if (sealed.length === 0) return evaluations;
  const cardOf = ({ data }: Doc<Evaluation | SealedEvaluation>): string => `${data.stage}--${data.interviewer}`;
  const open = new Set(evaluations.map(cardOf));
  return [...evaluations, ...sealed.filter((card) => !open.has(cardOf(card)))];
}

/** A written sample profile, which everyone scores to calibrate and nobody ranks. */
export function isSample(candidate: CandidateFolder): boolean {
  // Whose own file is gone is known by where they were scored.
  return candidate.candidate === undefined
    ? handedIn(candidate).some(({ data }) => data.stage === calibrationStage)
    : candidate.candidate.data.calibration === true;
}

/** The stage in which a sample is scored: by both sides and everyone who interviews, on everything. */
export const calibrationStage = "calibration";

/** The stages in which a candidate is scored: those of the rubric; for a sample, the one in which all score all. */
export function stagesFor(role: Role, candidate: CandidateFolder | undefined): readonly Stage[] {
  const rubric = role.rubric?.data;
  if (rubric === undefined) return [];
  const team = role.intake?.data.team;
  const stages = stagesOf(rubric, team?.panel);
  if (candidate === undefined || !isSample(candidate)) return stages;
  const everyone = [
    ...(team === undefined ? [] : [team.hiring_manager, team.recruiter, ...(team.panel ?? [])]),
    ...stages.flatMap(({ interviewers }) => interviewers ?? []),
  ];
  return [
    { id: calibrationStage, name: "Calibration", interviewers: [...new Set(everyone)], assesses: rubric.criteria.map(({ id }) => id) },
  ];
}

/** The stage of a candidate by its id. */
export function stageOf(role: Role, candidate: CandidateFolder, id: string): Stage | undefined {
  return stagesFor(role, candidate).find((stage) => stage.id === id);
}

/** The criterion an id means today, earlier ids included. */
export function criterionOf({ criteria }: Pick<Rubric, "criteria">, id: string): Criterion | undefined {
  return byMeaning(criteria).get(id);
}

/** Every scorecard is read against all criteria, so these are looked up by id. */
const byMeaning = oncePer((criteria: Rubric["criteria"]): ReadonlyMap<string, Criterion> => {
  const made = new Map<string, Criterion>();
  for (const criterion of criteria) if (!made.has(criterion.id)) made.set(criterion.id, criterion);
  for (const criterion of criteria) for (const old of criterion.renamed_from ?? []) if (!made.has(old)) made.set(old, criterion);
  return made;
});

/** What ends a search for a candidate, until something goes on. */
export const leaves: ReadonlySet<string> = new Set(["withdrawn", "profile-declined", "offer-declined"]);
const goesOn: ReadonlySet<string> = new Set([
  "presented",
  "profile-accepted",
  "scheduled",
  "interviewed",
  "debriefed",
  "offer",
  "offer-accepted",
  "resumed",
]);

/** Whether a search still runs for this candidate: no decision to hire or reject, not withdrawn, not declined. */
export function isInPlay(candidate: CandidateFolder): boolean {
  if (isSample(candidate)) return false;
  if (candidate.decision !== undefined && candidate.decision.data.decision !== "hold") return false;
  // By the last word: whoever was declined may be looked at again.
  const last = eventsOf(candidate).findLast(({ what }) => leaves.has(what) || goesOn.has(what));
  return last === undefined || goesOn.has(last.what);
}

/**
 * Who is asked to score a candidate in which stage, or met them there, and has not handed in yet. The recruiter logs for
 * others. A sample is out with everyone who has not scored it, as long as the search runs.
 */
export function evaluationsOut(
  role: Role,
  candidate: CandidateFolder,
): readonly { readonly stage: string; readonly interviewer: string }[] {
  const rubric = role.rubric?.data;
  if (rubric === undefined) return [];
  if (isSample(candidate)) {
    if (isOver(role)) return [];
    const scored = new Set(handedIn(candidate).flatMap(({ data }) => (data.stage === calibrationStage ? [data.interviewer] : [])));
    return stagesFor(role, candidate).flatMap(({ id, interviewers = [] }) =>
      interviewers.flatMap((interviewer) => (scored.has(interviewer) ? [] : [{ stage: id, interviewer }])),
    );
  }
  return isInPlay(candidate) ? notHandedIn(role, candidate) : [];
}

/** Whoever is asked to score a candidate in whatever stage, or met them there, and has not handed in. */
export function notHandedIn(role: Role, candidate: CandidateFolder): readonly { readonly stage: string; readonly interviewer: string }[] {
  const rubric = role.rubric?.data;
  if (rubric === undefined) return [];
  const submitted = new Set(handedIn(candidate).map(({ data }) => `${data.stage}--${data.interviewer}`));
  const stages = stagesOf(rubric, role.intake?.data.team.panel);
  const asked = stages.flatMap((stage) => (stage.interviewers ?? []).map((interviewer) => ({ stage: stage.id, interviewer })));
  const [only, ...others] = stages;
  const met = (candidate.events?.data ?? [])
    .filter(({ what, by }) => what === "interviewed" && by !== role.intake?.data.team.recruiter)
    .flatMap(({ stage = others.length === 0 ? only?.id : undefined, by }) => (stage === undefined ? [] : [{ stage, interviewer: by }]))
    // Where a stage names who holds it, someone else may have logged the interview for them.
    .filter(({ stage }) => (stages.find(({ id }) => id === stage)?.interviewers ?? []).length === 0);
  return [...asked, ...met]
    .filter(
      ({ stage, interviewer }, index, all) =>
        all.findIndex((other) => other.stage === stage && other.interviewer === interviewer) === index,
    )
    .filter(({ stage, interviewer }) => !submitted.has(`${stage}--${interviewer}`));
}

/**
 * Who keeps a candidate's ratings hidden: whose evaluation is out, and, as long as the search runs, whoever met the
 * candidate, or holds a stage that the candidate reached, and never handed one in; in play or not, as whoever left may
 * come back.
 */
export function owersOf(role: Role, candidate: CandidateFolder): readonly string[] {
  if (isOver(role)) return [];
  const whoHandedIn = new Set(handedIn(candidate).map(({ data }) => data.interviewer));
  const stages = isSample(candidate) ? [] : stagesFor(role, candidate);
  const [only, ...others] = stages;
  const met = eventsOf(candidate).flatMap(({ what, by, stage = others.length === 0 ? only?.id : undefined }) => {
    if (what !== "interviewed" || stages.length === 0) return [];
    const named = stages.find(({ id }) => id === stage)?.interviewers ?? [];
    // The recruiter logs for others.
    return by === role.intake?.data.team.recruiter ? named : [by, ...named];
  });
  return [
    ...new Set([
      ...evaluationsOut(role, candidate).map(({ interviewer }) => interviewer),
      ...met.filter((person) => !whoHandedIn.has(person)),
    ]),
  ];
}

/**
 * Whether ratings of a candidate may be shown to `viewer` (undefined: an output without an identity). Hidden from
 * anyone who owes a scorecard, and from everyone unknown while anyone does. Where a file that says who is asked cannot
 * be read, only those who have handed in see anything. While a scorecard is sealed, nobody sees any: the rest alone
 * would mislead. Without ratings nothing is hidden.
 */
export function maySeeRatings(role: Role, candidate: CandidateFolder, viewer: string | undefined): boolean {
  if (candidate.sealed.length > 0) return false;
  if (candidate.evaluations.length === 0) return true;
  if (isUnknownWhoIsOut(role, candidate)) return candidate.evaluations.some(({ data }) => data.interviewer === viewer);
  const owers = owersOf(role, candidate);
  return viewer === undefined ? owers.length === 0 : !owers.includes(viewer);
}

/** Whether nobody can say who still owes a scorecard: the files that say so cannot be read, or are gone. */
function isUnknownWhoIsOut({ intake, rubric, unreadable }: Role, { id }: CandidateFolder): boolean {
  if (intake === undefined || rubric === undefined) return true;
  return unreadable.some((path) => path.endsWith(`/candidates/${id}/candidate.yaml`) || path.endsWith(`/candidates/${id}/events.yaml`));
}

/**
 * Ratings that count as given: a value of the scale, for a criterion the rubric still knows. Where a scorecard rates one
 * criterion twice, under its old id and its new one, the last counts.
 */
export function ratingsOf(
  rubric: Rubric,
  evaluation: Evaluation,
): readonly { readonly criterion: Criterion; /** As the file names it. */ readonly named: string; readonly rating: number }[] {
  const given = new Map<string, { readonly criterion: Criterion; readonly named: string; readonly rating: number }>();
  for (const { criterion: named, rating } of evaluation.ratings) {
    const criterion = criterionOf(rubric, named);
    if (criterion !== undefined && rating !== null && rubric.scale.some(({ value }) => value === rating))
      given.set(criterion.id, { criterion, named, rating });
  }
  return [...given.values()];
}
