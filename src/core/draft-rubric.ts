import { toId } from "./id.ts";
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
 * an optional one for every way of working. `points` by requirement id; what nobody weighed weighs as the least of the
 * others. One stage, held by the panel. Anchors are left to those who know the work.
 */
export function draftRubric(intake: Intake, points: Readonly<Record<string, number>>): Rubric {
  const mustHaves = (intake.requirements ?? []).filter(({ need }) => need === "must-have");
  const weights = mustHaves.map(({ id }) => points[id]).filter((value): value is number => value !== undefined && value > 0);
  const least = weights.length === 0 ? 1 : Math.min(...weights);
  const criteria: Criterion[] = [
    ...mustHaves.map(({ id, statement, outcome }) => ({
      id,
      name: nameFor(id, statement),
      means: statement,
      required: true,
      weight: points[id] !== undefined && points[id] > 0 ? points[id] : least,
      bar: 3,
      covers: [id, ...(outcome === undefined ? [] : [outcome])],
    })),
    ...(intake.ways_of_working ?? []).map(({ id, behaviour, seen_when }) => ({
      id,
      name: nameFor(id, behaviour),
      means: seen_when === undefined ? behaviour : `${behaviour} (seen when: ${seen_when})`,
      required: false,
      weight: least,
      covers: [id],
    })),
  ];
  const panel = intake.team.panel ?? [];
  const stages =
    panel.length === 0 ? undefined : [{ id: "interview", name: "Interview", interviewers: panel, assesses: criteria.map(({ id }) => id) }];
  const evaluations = Math.min(2, Math.max(1, panel.length || 2));
  return {
    version: 1,
    scale: defaultScale,
    criteria,
    ...(stages === undefined ? {} : { stages }),
    decision: { bar: 3.5, evaluations, rule: "weighted-mean" },
  };
}

/** "failure-design" → "Failure design". */
function nameOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const longestName = 44;

/** A criterion's name: its id in words where a person chose it, else the statement, cut between words. */
function nameFor(id: string, statement: string): string {
  const words = statement.trim().split(/\s+/u);
  if (!toId(statement, 63).startsWith(id)) return nameOf(id);
  let name = "";
  for (const word of words) {
    if (name.length + word.length + 1 > longestName) return `${name} …`;
    name = name === "" ? word : `${name} ${word}`;
  }
  return name;
}
