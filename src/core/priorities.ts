import { totalVariation } from "./agreement/weights.ts";
import type { Role } from "./document.ts";
import { compareText } from "./finding.ts";
import type { Intake, Priorities } from "./model.ts";

/** What is weighed: requirements of the intake, or criteria once there is a rubric. Deal-breakers are not: they end an application. */
export function weighable(intake: Intake): readonly { readonly id: string; readonly text: string }[] {
  return (intake.requirements ?? []).filter(({ need }) => need !== "deal-breaker").map(({ id, statement }) => ({ id, text: statement }));
}

export function pointsOf(priorities: Priorities): ReadonlyMap<string, number> {
  return new Map(priorities.points.map(({ requirement, criterion, points }) => [requirement ?? criterion ?? "", points]));
}

/** Where two people are apart on one item; points out of 100. */
export interface Difference {
  readonly item: string;
  readonly points: Readonly<Record<string, number>>;
  readonly apart: number;
}

export interface Weighing {
  /** Whose weights are in, and whose are still due. */
  readonly given: readonly string[];
  readonly due: readonly string[];
  /** Largest first; empty until both sides are in, so that nobody is led by the other. */
  readonly differences: readonly Difference[];
  /** Mean of both sides' points by item, once both are in. */
  readonly mean: Readonly<Record<string, number>>;
  /** Half the sum of differences of the two sides' shares, 0 (alike) to 1 (nothing in common); null until both are in. */
  readonly distance: number | null;
}

/** Where both sides stand on what matters: hidden until both have weighed alone. */
export function weighingOf(role: Role): Weighing {
  const team = role.intake?.data.team;
  if (team === undefined) return { given: [], due: [], differences: [], mean: {}, distance: null };
  const given = role.priorities.map(({ data }) => data.person);
  const both = [...new Set([team.hiring_manager, team.recruiter])];
  const due = both.filter((person) => !given.includes(person));
  const manager = role.priorities.find(({ data }) => data.person === team.hiring_manager)?.data;
  const recruiter = role.priorities.find(({ data }) => data.person === team.recruiter)?.data;
  if (manager === undefined || recruiter === undefined || manager === recruiter)
    return { given, due, differences: [], mean: {}, distance: null };
  const left = pointsOf(manager);
  const right = pointsOf(recruiter);
  const items = [...new Set([...left.keys(), ...right.keys()])];
  const differences = items
    .map((item) => {
      const a = left.get(item) ?? 0;
      const b = right.get(item) ?? 0;
      return { item, points: { [manager.person]: a, [recruiter.person]: b }, apart: Math.abs(a - b) };
    })
    .toSorted((a, b) => b.apart - a.apart || compareText(a.item, b.item));
  return {
    given,
    due,
    differences,
    mean: Object.fromEntries(items.map((item) => [item, ((left.get(item) ?? 0) + (right.get(item) ?? 0)) / 2])),
    distance: totalVariation(left, right),
  };
}
