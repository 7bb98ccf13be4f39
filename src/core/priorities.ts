import { kendallTauB } from "./agreement/order.ts";
import { type Concordance, kendallW } from "./agreement/rankings.ts";
import { concordance, totalVariation } from "./agreement/weights.ts";
import { oneLine, type Role } from "./document.ts";
import { defaultScale } from "./draft-rubric.ts";
import { compareText } from "./finding.ts";
import type { Intake, Point, Priorities, Rubric } from "./model.ts";
import { criterionOf } from "./rubric.ts";
import { sides } from "./sign-off.ts";

/** What is weighed: requirements of the intake, or criteria once there is a rubric. Deal-breakers are not: they end an application. */
export function weighable(intake: Intake): readonly { readonly id: string; readonly text: string }[] {
  return (intake.requirements ?? []).filter(({ need }) => need !== "deal-breaker").map(({ id, statement }) => ({ id, text: statement }));
}

/** Two people this far apart on an item have something to talk about. Points of 100. */
export const apartFrom = 10;

/** One person's weights of one round. */
interface Given {
  readonly given_at: string;
  readonly points: readonly Point[];
  readonly must_haves?: readonly string[];
}

/** Points by item, out of 100, whatever a file written by hand adds up to; criteria by the ids they have today. */
export function pointsOf({ points }: Given, rubric?: Pick<Rubric, "criteria">): ReadonlyMap<string, number> {
  const sum = points.reduce((total, { points: given }) => total + given, 0);
  const id = ({ requirement, criterion = "" }: Point): string =>
    requirement ?? (rubric === undefined ? undefined : criterionOf(rubric, criterion)?.id) ?? criterion;
  return new Map(points.map((point) => [id(point), sum > 0 ? (point.points * 100) / sum : 0]));
}

/** Everything a person gave, the first round first; the file has the newest first. */
function roundsOf(priorities: Priorities): readonly Given[] {
  return [...(priorities.earlier ?? []).toReversed(), priorities];
}

/** How often a person has handed in weights, sealed ones included. */
export function handInsOf(role: Role, person: string): number {
  const open = role.priorities.find(({ data }) => data.person === person);
  const sealed = role.sealed.find(({ data }) => data.person === person);
  const rounds = open === undefined ? 0 : roundsOf(open.data).length;
  // One more than is open at the most, whatever it says of itself.
  return Math.max(rounds, Math.min(sealed?.data.round ?? 0, rounds + 1));
}

/** Where both sides are apart on one item; points out of 100. */
export interface Difference {
  readonly item: string;
  /** The requirement's or criterion's own words. */
  readonly text: string;
  /** By person, both sides first, then whoever else weighed. */
  readonly points: Readonly<Record<string, number>>;
  /** Between the two sides. */
  readonly apart: number;
}

/** Someone of the panel who is 10 points or more from both sides on an item. */
export interface Dissent {
  readonly person: string;
  readonly item: string;
  readonly points: number;
}

/** What both sides named as must-haves: how many either named, and how many both. */
export interface Shared {
  readonly either: number;
  readonly both: number;
}

/** How two people's points compare; null where one gave none. */
export interface Likeness {
  /** Half the sum of differences of their shares, 0 (alike) to 1 (nothing in common). */
  readonly distance: number | null;
  /** The chance that both order a random pair of candidates alike, ½ to 1. */
  readonly concordance: number | null;
  /** τ-b of the orders they put the items in, −1 to 1. */
  readonly tau: number | null;
}

export interface Weighing {
  /** Whose weights are in, and whose are still due. */
  readonly given: readonly string[];
  readonly due: readonly string[];
  /** Whose newest weights are sealed: in, and read by nobody before they are opened. */
  readonly sealed: readonly string[];
  /** The round that is open to everyone: as many as both sides have given; 0 until both are in. */
  readonly round: number;
  /** Who has weighed once more, alone again: shown once the other side has, too. */
  readonly ahead: readonly string[];
  /** Largest first; empty until both sides are in, so that nobody is led by another. */
  readonly differences: readonly Difference[];
  /** Mean of both sides' points by item, once both are in. */
  readonly mean: Readonly<Record<string, number>>;
  /** Both sides' shares compared; null until both are in. */
  readonly distance: number | null;
  readonly concordance: number | null;
  readonly tau: number | null;
  /** The same in the round before; null in the first. */
  readonly before: Likeness | null;
  /** As it was before any talk: both sides' first round. */
  readonly first: { readonly concordance: number | null; readonly shared: Shared | null };
  /** Of the panel, largest first. */
  readonly dissent: readonly Dissent[];
  /** Whose points are of an earlier round than the one that is open. */
  readonly earlier: readonly string[];
  /** What each side named as must-haves, and how much of it both did; null where one named none. */
  readonly mustHaves: Readonly<Record<string, readonly string[]>>;
  readonly shared: Shared | null;
  /** Whether points are withheld from this viewer, who has not weighed yet. */
  readonly withheld: boolean;
}

const nothing = {
  round: 0,
  ahead: [],
  differences: [],
  mean: {},
  distance: null,
  concordance: null,
  tau: null,
  before: null,
  first: { concordance: null, shared: null },
  dissent: [],
  earlier: [],
  mustHaves: {},
  shared: null,
  withheld: false,
} as const;

/**
 * What `viewer` (undefined: an output without an identity) may see of it. Someone of the panel who has not weighed sees
 * nobody's points before both sides have signed: until then theirs may still be asked for. Without an identity, that
 * holds as long as anyone of the panel has not weighed.
 */
export function weighingFor(role: Role, viewer: string | undefined): Weighing {
  const weighing = weighingOf(role);
  const { given, due, sealed, round, ahead } = weighing;
  const isSigned = sides.every((side) => role.agreements.some(({ data }) => data.as === side));
  const panel = (role.intake?.data.team.panel ?? []).filter((person) => !given.includes(person));
  const isWithheld = round > 0 && !isSigned && (viewer === undefined ? panel.length > 0 : panel.includes(viewer));
  return isWithheld ? { given, due, sealed, ...nothing, round, ahead, withheld: true } : weighing;
}

/**
 * Where people stand on what matters. Nothing until both sides have weighed alone, round by round: who weighs again is
 * compared with nobody before the other side has, too. What of it someone may be shown, `weighingFor` says.
 */
export function weighingOf(role: Role): Weighing {
  const team = role.intake?.data.team;
  if (team === undefined) return { given: [], due: [], sealed: [], ...nothing };
  const sealed = role.sealed.map(({ data }) => data.person);
  const given = [...new Set([...role.priorities.map(({ data }) => data.person), ...sealed])];
  const both = [...new Set([team.hiring_manager, team.recruiter])];
  const due = both.filter((person) => !given.includes(person));
  const rounds = new Map(role.priorities.map(({ data }) => [data.person, roundsOf(data)]));
  const [left = [], right = []] = both.map((person) => rounds.get(person) ?? []);
  const round = both.length < 2 ? 0 : Math.min(left.length, right.length);
  if (round === 0) return { given, due, sealed, ...nothing };
  const ahead = both.filter((person) => handInsOf(role, person) > round);

  const people = [...both, ...given.filter((person) => !both.includes(person) && rounds.has(person))];
  const rubric = role.rubric?.data;
  const shown = new Map(people.map((person) => [person, pointsOf(atRound(rounds.get(person), round), rubric)]));
  const items = [...new Set([...shown.values()].flatMap((points) => [...points.keys()]))];
  const [manager = new Map<string, number>(), recruiter = new Map<string, number>()] = both.map((person) => shown.get(person));
  const differences = items
    .map((item): Difference => {
      const points = Object.fromEntries(people.map((person) => [person, shown.get(person)?.get(item) ?? 0]));
      return { item, text: textOf(role, item), points, apart: Math.abs((manager.get(item) ?? 0) - (recruiter.get(item) ?? 0)) };
    })
    .toSorted((a, b) => b.apart - a.apart || compareText(a.item, b.item));
  const [given1, given2] = [atRound(left, round), atRound(right, round)];
  const named = both.flatMap((person, index): [string, readonly string[]][] => {
    const own = (index === 0 ? given1 : given2).must_haves;
    return own === undefined ? [] : [[person, own]];
  });
  return {
    given,
    due,
    sealed,
    round,
    ahead,
    differences,
    mean: Object.fromEntries(items.map((item) => [item, ((manager.get(item) ?? 0) + (recruiter.get(item) ?? 0)) / 2])),
    ...likeness(manager, recruiter),
    before: round < 2 ? null : likeness(pointsOf(atRound(left, round - 1), rubric), pointsOf(atRound(right, round - 1), rubric)),
    mustHaves: Object.fromEntries(named),
    shared: sharedOf(given1, given2),
    first: {
      concordance: likeness(pointsOf(atRound(left, 1), rubric), pointsOf(atRound(right, 1), rubric)).concordance,
      shared: sharedOf(atRound(left, 1), atRound(right, 1)),
    },
    dissent: dissentOf(differences, both),
    earlier: people.filter((person) => (rounds.get(person) ?? []).length < round),
    withheld: false,
  };
}

/** A person's weights in a round; those who weigh seldom stand by their last. */
function atRound(rounds: readonly Given[] = [], round: number): Given {
  return rounds[Math.min(round, rounds.length) - 1] ?? { given_at: "", points: [] };
}

function sharedOf(left: Given, right: Given): Shared | null {
  if (left.must_haves === undefined || right.must_haves === undefined) return null;
  const either = new Set([...left.must_haves, ...right.must_haves]);
  return { either: either.size, both: left.must_haves.filter((id) => right.must_haves?.includes(id) === true).length };
}

function dissentOf(differences: readonly Difference[], both: readonly string[]): readonly Dissent[] {
  return differences
    .flatMap(({ item, points }) =>
      Object.entries(points).flatMap(([person, given]) => {
        const away = both.includes(person) ? 0 : Math.min(...both.map((side) => Math.abs(given - (points[side] ?? 0))));
        return away >= apartFrom ? [{ person, item, points: given, away }] : [];
      }),
    )
    .toSorted((a, b) => b.away - a.away)
    .map(({ person, item, points }) => ({ person, item, points }));
}

function likeness(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): Likeness {
  const items = [...new Set([...left.keys(), ...right.keys()])];
  const of = (points: ReadonlyMap<string, number>): readonly number[] => items.map((item) => points.get(item) ?? 0);
  return { distance: totalVariation(left, right), concordance: concordance(left, right), tau: kendallTauB(of(left), of(right)) };
}

function textOf({ intake, rubric }: Role, item: string): string {
  const requirement = intake?.data.requirements?.find(({ id }) => id === item)?.statement;
  return oneLine(requirement ?? rubric?.data.criteria.find(({ id }) => id === item)?.name ?? item);
}

/**
 * What a person's file says after weighing: another round where the last one was open to both sides, else the same one
 * mended, as nobody has seen it.
 */
export function weighed(role: Role, next: Priorities): Priorities {
  const known = role.priorities.find(({ data }) => data.person === next.person)?.data;
  if (known === undefined) return next;
  const isOpen = weighingOf(role).round > (known.earlier ?? []).length;
  const { given_at, points, must_haves, earlier } = known;
  const rounds = [...(isOpen ? [{ given_at, points, ...(must_haves === undefined ? {} : { must_haves }) }] : []), ...(earlier ?? [])];
  return rounds.length === 0 ? next : { ...next, earlier: rounds };
}

/** How alike three or more people order the items; null with fewer. */
export function commonOrder({ differences }: Pick<Weighing, "differences">): Concordance | null {
  const people = Object.keys(differences[0]?.points ?? {});
  return people.length < 3 ? null : kendallW(people.map((person) => differences.map(({ points }) => points[person] ?? 0)));
}

/** What a candidate weak in one item and strong in all else is worth to each, on the rubric's scale (or the usual one). */
export interface Probe {
  readonly low: number;
  readonly high: number;
  readonly worth: Readonly<Record<string, number>>;
}

/** The question behind a difference: how much does it cost a candidate, by each one's own points? */
export function probe({ points }: Difference, role: Role): Probe {
  const scale = role.rubric?.data.scale ?? defaultScale;
  const low = scale[1]?.value ?? scale[0]?.value ?? 1;
  const high = scale.at(-1)?.value ?? low;
  return {
    low,
    high,
    worth: Object.fromEntries(Object.entries(points).map(([person, given]) => [person, high - (given / 100) * (high - low)])),
  };
}

/**
 * The rubric with the mean of both sides as its weights: what was given to a requirement goes to the criteria that cover
 * it, shared evenly; what was given to a criterion, to it. One that got nothing weighs as the least of the others, as in
 * a draft: no weight can be 0.
 */
export function weighedRubric(
  rubric: Rubric,
  mean: Readonly<Record<string, number>>,
): {
  readonly rubric: Rubric;
  /** Criteria that nobody weighed. */
  readonly unweighed: readonly string[];
  /** Criteria that both gave nothing. */
  readonly nothing: readonly string[];
} {
  const given = new Map<string, number>();
  for (const [item, points] of Object.entries(mean)) {
    const coverers = rubric.criteria.filter(({ covers }) => covers?.includes(item) === true);
    const own = coverers.length > 0 ? coverers : rubric.criteria.filter(({ id }) => id === item);
    for (const { id } of own) given.set(id, (given.get(id) ?? 0) + points / own.length);
  }
  const ids = rubric.criteria.map(({ id }) => id);
  const unweighed = ids.filter((id) => !given.has(id));
  const least = Math.min(...[...given.values()].filter((points) => points > 0));
  if (!Number.isFinite(least)) return { rubric, unweighed, nothing: ids.filter((id) => given.has(id)) };
  const weightOf = (id: string): number => Math.round(((given.get(id) ?? 0) > 0 ? (given.get(id) ?? 0) : least) * 100) / 100;
  return {
    rubric: { ...rubric, criteria: rubric.criteria.map((criterion) => ({ ...criterion, weight: weightOf(criterion.id) })) },
    unweighed,
    nothing: ids.filter((id) => given.get(id) === 0),
  };
}

/** Items that were weighed and that no criterion covers: their points count nowhere in the rubric. */
export function uncovered(rubric: Pick<Rubric, "criteria">, mean: Readonly<Record<string, number>>): readonly string[] {
  return Object.keys(mean).filter(
    (item) => (mean[item] ?? 0) > 0 && !rubric.criteria.some(({ id, covers = [] }) => id === item || covers.includes(item)),
  );
}

/** Whether the rubric weighs otherwise than both sides do in the mean, where both are in and have not both signed. */
export function isMeanOpen(role: Role): boolean {
  const { round, ahead, mean } = weighingOf(role);
  if (role.rubric === undefined || round === 0 || ahead.length > 0 || role.agreements.length > 1) return false;
  const weights = ({ criteria }: Rubric): ReadonlyMap<string, number> => new Map(criteria.map(({ id, weight }) => [id, weight]));
  const { rubric } = weighedRubric(role.rubric.data, mean);
  return (totalVariation(weights(rubric), weights(role.rubric.data)) ?? 0) > 0.005;
}
