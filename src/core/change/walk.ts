import type { Role, Segment } from "../document.ts";
import { digest } from "../digest.ts";
import { compareText } from "../finding.ts";
import type { Criterion, Hire, Intake, Outcome, Requirement, Rubric, Stage, WayOfWorking } from "../model.ts";
import type { ItemType, RawChange } from "./change.ts";
import { movedItems } from "./order.ts";

/** What stands for a role's id where the settings of all roles changed. */
export const settings = "hire.yaml" as const;

/** The facets of a kind of item, and how each is read from it. Values are raw: compared before anything is graded. */
type Facets<T> = Readonly<Record<string, (item: T) => unknown>>;

const sorted = (ids: readonly string[] | undefined): readonly string[] => (ids ?? []).toSorted(compareText);
const orNull = (value: unknown): unknown => value ?? null;
const listOrNull = (values: readonly unknown[] | undefined): unknown => (values === undefined || values.length === 0 ? null : values);

const criterionFacets: Facets<Criterion> = {
  name: ({ name }) => name,
  meaning: ({ means, signals }) => ({ means, signals: sorted(signals) }),
  anchors: ({ anchors }) => listOrNull(anchors?.toSorted((a, b) => a.value - b.value)),
  required: ({ required }) => required ?? false,
  weight: ({ weight }) => weight,
  bar: ({ bar }) => orNull(bar),
  covers: ({ covers }) => sorted(covers),
};

const scaleFacets: Facets<Rubric["scale"]> = {
  values: (scale) => scale.map(({ value }) => value).toSorted((a, b) => a - b),
  meanings: (scale) =>
    listOrNull(scale.flatMap(({ value, means }) => (means === undefined ? [] : [{ value, means }])).toSorted((a, b) => a.value - b.value)),
  labels: (scale) => scale.map(({ value, label }) => ({ value, label })).toSorted((a, b) => a.value - b.value),
};

const stageFacets: Facets<Stage> = {
  name: ({ name }) => name,
  assesses: ({ assesses }) => sorted(assesses),
  interviewers: ({ interviewers }) => sorted(interviewers),
  questions: ({ questions }) => questions ?? [],
  minutes: ({ minutes }) => orNull(minutes),
};

const decisionFacets: Facets<Rubric["decision"]> = {
  bar: ({ bar }) => bar,
  evaluations: ({ evaluations }) => evaluations,
  rule: ({ rule }) => rule,
  tie_break: ({ tie_break }) => orNull(tie_break),
};

const requirementFacets: Facets<Requirement> = {
  need: ({ need }) => need,
  statement: ({ statement }) => statement,
  prose: ({ why, outcome, without_it, test, trade, prevalence }) => present({ why, outcome, without_it, test, trade, prevalence }),
};

const outcomeFacets: Facets<Outcome> = { text: ({ by, result, measure }) => present({ by, result, measure }) };
const wayFacets: Facets<WayOfWorking> = {
  text: ({ behaviour, seen_when, missing_today }) => present({ behaviour, seen_when, missing_today }),
};

const intakeFacets: Facets<Intake> = {
  compensation: ({ compensation }) => orNull(compensation),
  level: ({ level }) => orNull(level),
  location: ({ location }) => orNull(location),
  start_by: ({ start_by }) => orNull(start_by),
  openings: ({ openings }) => openings ?? 1,
  team: ({ team }) => ({
    ...team,
    ...(team.panel ? { panel: sorted(team.panel) } : {}),
    ...(team.informed ? { informed: sorted(team.informed) } : {}),
  }),
  status: ({ status }) => status,
  prose: ({ title, why, before, work, culture, sourcing, profiles, selling_points, downsides, flexes, expectations }) =>
    present({ title, why, before, work, culture, sourcing, profiles, selling_points, downsides, flexes, expectations }),
};

function present(fields: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * Every difference of one role's rubric and intake, an item and a facet each. Items match by id, never by position or
 * text: sorting a list yields nothing. Removed items come first, in the order of `before`; the rest as in `after`.
 */
export function walkRole(before: Role | undefined, after: Role | undefined): readonly RawChange[] {
  const role = after?.id ?? before?.id ?? "";
  // What no commit touched is one document: the usual case in a history.
  return [
    ...(before?.rubric === after?.rubric ? [] : walkRubric(role, before?.rubric?.data, after?.rubric?.data)),
    ...(before?.intake === after?.intake ? [] : walkIntake(role, before?.intake?.data, after?.intake?.data)),
  ];
}

function walkRubric(role: string, before: Rubric | undefined, after: Rubric | undefined): readonly RawChange[] {
  if (before === undefined || after === undefined) return wholeFile(role, "rubric.yaml", "rubric", before, after);
  const at = { role, file: "rubric.yaml" as const };
  return [
    ...walkOne(at, "scale", "scale", scaleFacets, before.scale, after.scale, ["scale"]),
    ...walkList(at, "criterion", "criteria", criterionFacets, before.criteria, after.criteria),
    ...walkList(at, "stage", "stages", stageFacets, stagesOver(before, after), stagesOver(after, before)),
    ...walkOne(at, "decision", "decision", decisionFacets, before.decision, after.decision, ["decision"]),
  ];
}

/**
 * A rubric's stages as far as both rubrics have what they assess, by first id: a criterion that was removed, added or
 * renamed is a change of its own, and says all there is to say.
 */
function stagesOver(rubric: Rubric, other: Rubric): readonly Stage[] {
  const first = new Map(
    pairItems(rubric.criteria, other.criteria).flatMap(({ before, after }) =>
      before === undefined ? [] : [[before.id, firstId(before, after)] as const],
    ),
  );
  return (rubric.stages ?? []).map((stage) => ({ ...stage, assesses: stage.assesses.flatMap((id) => first.get(id) ?? []) }));
}

function walkIntake(role: string, before: Intake | undefined, after: Intake | undefined): readonly RawChange[] {
  if (before === undefined || after === undefined) return wholeFile(role, "intake.yaml", "intake", before, after);
  const at = { role, file: "intake.yaml" as const };
  return [
    ...walkList(at, "requirement", "requirements", requirementFacets, before.requirements ?? [], after.requirements ?? []),
    ...walkRanks(at, before.requirements ?? [], after.requirements ?? []),
    ...walkList(at, "outcome", "outcomes", outcomeFacets, before.outcomes ?? [], after.outcomes ?? []),
    ...walkList(at, "way-of-working", "ways_of_working", wayFacets, before.ways_of_working ?? [], after.ways_of_working ?? []),
    ...walkOne(at, "intake", "intake", intakeFacets, before, after, []),
  ];
}

/** Differences of the settings that decide what is reported: severities by rule, and limits of what counts as a change. */
export function walkSettings(before: Hire | undefined, after: Hire | undefined): readonly RawChange[] {
  const at = { role: settings, file: settings };
  const each = (key: "rules" | "change", facet: string): readonly RawChange[] => {
    const old: Readonly<Record<string, unknown>> = { ...before?.[key] };
    const now: Readonly<Record<string, unknown>> = { ...after?.[key] };
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .toSorted(compareText)
      .filter((id) => old[id] !== now[id])
      .map((id) => ({
        ...at,
        item: { type: "setting" as const, id },
        firstId: id,
        facet,
        from: old[id] ?? null,
        to: now[id] ?? null,
        pathBefore: [key, id],
        pathAfter: [key, id],
      }));
  };
  return [...each("rules", "severity"), ...each("change", "value")];
}

type At = Pick<RawChange, "role" | "file">;

function wholeFile(
  role: string,
  file: RawChange["file"],
  type: "rubric" | "intake",
  before: unknown,
  after: unknown,
): readonly RawChange[] {
  if (before === undefined && after === undefined) return [];
  return [
    {
      role,
      file,
      item: { type, id: type },
      firstId: type,
      facet: "presence",
      from: before ?? null,
      to: after ?? null,
      pathBefore: [],
      pathAfter: [],
    },
  ];
}

function walkOne<T>(
  at: At,
  type: ItemType,
  id: string,
  facets: Facets<T>,
  before: T,
  after: T,
  path: readonly Segment[],
): readonly RawChange[] {
  return compareFacets(facets, before, after).map(({ facet, from, to }) => {
    const deeper = facetPath(path, facet, type);
    return { ...at, item: { type, id }, firstId: id, facet, from, to, pathBefore: deeper, pathAfter: deeper };
  });
}

interface Item {
  readonly id: string;
  readonly renamed_from?: readonly string[];
}

function walkList<T extends Item>(
  at: At,
  type: ItemType,
  key: string,
  facets: Facets<T>,
  before: readonly T[],
  after: readonly T[],
): readonly RawChange[] {
  const pairs = pairItems(before, after);
  const changes: RawChange[] = [];
  for (const old of before) {
    if (!pairs.some((pair) => pair.before === old)) {
      changes.push({
        ...at,
        item: { type, id: old.id },
        firstId: firstId(old),
        facet: "presence",
        from: old,
        to: null,
        pathBefore: [key, old.id],
        pathAfter: [key],
      });
    }
  }
  for (const { before: old, after: item } of pairs) {
    // Letter for letter the same, as nearly all are: no facet need be looked at.
    if (old !== undefined && JSON.stringify(old) === JSON.stringify(item)) continue;
    const first = firstId(item, old);
    if (old === undefined) {
      changes.push({
        ...at,
        item: { type, id: item.id },
        firstId: first,
        facet: "presence",
        from: null,
        to: item,
        pathBefore: [key],
        pathAfter: [key, item.id],
      });
      continue;
    }
    for (const { facet, from, to } of compareFacets(facets, old, item)) {
      changes.push({
        ...at,
        item: { type, id: item.id },
        firstId: first,
        facet,
        from,
        to,
        pathBefore: facetPath([key, old.id], facet, type),
        pathAfter: facetPath([key, item.id], facet, type),
      });
    }
  }
  return changes;
}

/** Where a facet's value stands: most are keys of the same name. */
function facetPath(path: readonly Segment[], facet: string, type: ItemType): readonly Segment[] {
  if (facet === "meaning") return [...path, "means"];
  if (facet === "text") return [...path, type === "outcome" ? "result" : "behaviour"];
  if (type === "scale" || facet === "prose") return path;
  return [...path, facet];
}

function compareFacets<T>(
  facets: Facets<T>,
  before: T,
  after: T,
): readonly { readonly facet: string; readonly from: unknown; readonly to: unknown }[] {
  return Object.entries(facets).flatMap(([facet, read]) => {
    const from = read(before);
    const to = read(after);
    // Most facets are equal letter for letter; only the others are worth a digest.
    const alike = from === to || JSON.stringify(from) === JSON.stringify(to) || digest(from) === digest(to);
    return alike ? [] : [{ facet, from, to }];
  });
}

/**
 * Pairs by id; where the base lacks the new id, by the newest declared old id that it has and the head has no more. An
 * old item is one new item's at most: whoever else claims it came anew.
 */
export function pairItems<T extends Item>(
  before: readonly T[],
  after: readonly T[],
): readonly { readonly before?: T; readonly after: T }[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const kept = new Set(after.map(({ id }) => id));
  const backwards = new Map(before.flatMap((item) => (item.renamed_from ?? []).map((id) => [id, item] as const)));
  const taken = new Set<T>();
  return after.map((item) => {
    const same = old.get(item.id);
    if (same !== undefined) return { before: same, after: item };
    const declared = (item.renamed_from ?? []).find((id) => old.has(id) && !kept.has(id));
    const renamed = declared === undefined ? backwards.get(item.id) : old.get(declared);
    if (renamed === undefined || kept.has(renamed.id) || taken.has(renamed)) return { after: item };
    taken.add(renamed);
    return { before: renamed, after: item };
  });
}

/** What each of the old criteria is called in the new rubric; without those that went. */
export function namesAfter(before: readonly Criterion[], after: readonly Criterion[]): ReadonlyMap<string, string> {
  return new Map(pairItems(before, after).flatMap((pair) => (pair.before === undefined ? [] : [[pair.before.id, pair.after.id] as const])));
}

function firstId(...items: readonly (Item | undefined)[]): string {
  const chains = items.flatMap((item) => (item === undefined ? [] : [[item.id, ...(item.renamed_from ?? [])]]));
  return chains.toSorted((a, b) => b.length - a.length)[0]?.at(-1) ?? "";
}

/** Requirements that changed places, the fewest that explain the new order. Ranks are 1-based. */
function walkRanks(at: At, before: readonly Requirement[], after: readonly Requirement[]): readonly RawChange[] {
  const ranks = new Map(before.map(({ id }, index) => [id, index + 1]));
  return movedItems(
    before.map(({ id }) => id),
    after.map(({ id }) => id),
  ).map((id) => {
    const path = ["requirements", id];
    return {
      ...at,
      item: { type: "requirement" as const, id },
      firstId: id,
      facet: "rank",
      from: ranks.get(id) ?? null,
      to: after.findIndex((item) => item.id === id) + 1,
      pathBefore: path,
      pathAfter: path,
    };
  });
}
