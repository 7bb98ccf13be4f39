import type { Criterion, Intake, Rubric } from "./model.ts";

/** The scale a drafted rubric begins with. */
export const defaultScale: Rubric["scale"] = [
  { value: 1, label: "Strong no", means: "Evidence against it" },
  { value: 2, label: "Below", means: "Little evidence, or only second-hand" },
  { value: 3, label: "Meets", means: "Has done it, with gaps in depth, scale or recency" },
  { value: 4, label: "Strong", means: "Clear evidence, minor gaps only" },
  { value: 5, label: "Exceeds", means: "Several strong examples with effect beyond the own team" },
];

/**
 * A first rubric from an intake: a required criterion for every must-have, weighing the mean of both sides' points, and
 * an optional one for every way of working. `points` by requirement id; 1 where nothing was weighed. Anchors are left
 * to those who know the work.
 */
export function draftRubric(intake: Intake, points: Readonly<Record<string, number>>): Rubric {
  const mustHaves = (intake.requirements ?? []).filter(({ need }) => need === "must-have");
  const weights = mustHaves.map(({ id }) => points[id]).filter((value): value is number => value !== undefined && value > 0);
  const usual = weights.length === 0 ? 1 : Math.round((weights.reduce((sum, value) => sum + value, 0) / weights.length) * 10) / 10;
  const criteria: Criterion[] = [
    ...mustHaves.map(({ id, statement, outcome }) => ({
      id,
      name: nameOf(id),
      means: statement,
      required: true,
      weight: points[id] !== undefined && points[id] > 0 ? points[id] : usual,
      bar: 3,
      covers: [id, ...(outcome === undefined ? [] : [outcome])],
    })),
    ...(intake.ways_of_working ?? []).map(({ id, behaviour, seen_when }) => ({
      id,
      name: nameOf(id),
      means: seen_when === undefined ? behaviour : `${behaviour} (seen when: ${seen_when})`,
      required: false,
      weight: usual,
      covers: [id],
    })),
  ];
  return {
    version: 1,
    scale: defaultScale,
    criteria,
    decision: { bar: 3.5, evaluations: Math.min(2, Math.max(1, intake.team.panel?.length ?? 2)), rule: "weighted-mean" },
  };
}

/** "failure-design" → "Failure design". */
export function nameOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
