import { isGrave, type RoleChanges } from "./change/change.ts";
import { compareRoles } from "./change/compare.ts";
import { asOf, digest } from "./digest.ts";
import { type Doc, type Role, roleTitle } from "./document.ts";
import { fold } from "./fold.ts";
import { type FormerVersions, hasOldRatings } from "./former.ts";
import type { Agreement, Intake, Rubric, Terms } from "./model.ts";
import { byTime } from "./moment.ts";

export type Side = "hiring-manager" | "recruiter";
export const sides: readonly Side[] = ["hiring-manager", "recruiter"];

export const sideWords: Record<Side, string> = { "hiring-manager": "hiring manager", recruiter: "recruiter" };

/** Who speaks for a side of a role. */
export function personOf(intake: Intake, side: Side): string {
  return side === "hiring-manager" ? intake.team.hiring_manager : intake.team.recruiter;
}

/** The side a person is on, if either. */
export function sideOf(intake: Intake, person: string): Side | undefined {
  return sides.find((side) => personOf(intake, side) === person);
}

/** What is agreed, item by item: everything of which a change may be breaking or material, and no wording. */
export function termsOf(intake: Intake, rubric: Rubric): Terms {
  const items: [string, unknown][] = [
    ["scale", rubric.scale.map(({ value, means }) => ({ value, means: means === undefined ? null : fold(means) }))],
    ["decision", { ...rubric.decision, tie_break: fold(rubric.decision.tie_break ?? "") }],
    ...(rubric.stages ?? []).map(({ id, assesses, interviewers }): [string, unknown] => [
      `stage/${id}`,
      { assesses: assesses.toSorted(), interviewers: (interviewers ?? []).toSorted() },
    ]),
    ...(intake.requirements ?? []).map(({ id, need, statement }): [string, unknown] => [
      `requirement/${id}`,
      { need, statement: fold(statement) },
    ]),
    ["must-haves", (intake.requirements ?? []).filter(({ need }) => need === "must-have").map((item) => item.id)],
    ...(intake.outcomes ?? []).map(({ id, by, result, measure }): [string, unknown] => [
      `outcome/${id}`,
      [by, result, measure].map((text) => fold(text ?? "")),
    ]),
    ...(intake.ways_of_working ?? []).map(({ id, behaviour, seen_when, missing_today }): [string, unknown] => [
      `way-of-working/${id}`,
      [fold(behaviour), fold(seen_when ?? ""), missing_today ?? null],
    ]),
    ["team", { ...intake.team, panel: (intake.team.panel ?? []).toSorted(), informed: (intake.team.informed ?? []).toSorted() }],
    ["openings", intake.openings ?? 1],
    ...(intake.compensation === undefined ? [] : [["compensation", intake.compensation] as [string, unknown]]),
    ...(intake.location === undefined
      ? []
      : [["location", [intake.location.mode, fold(intake.location.place ?? "")]] as [string, unknown]]),
    ...(intake.level === undefined ? [] : [["level", fold(intake.level)] as [string, unknown]]),
    ...(intake.start_by === undefined ? [] : [["start_by", intake.start_by] as [string, unknown]]),
  ];
  return {
    criteria: rubric.criteria.map((criterion) => ({
      id: criterion.id,
      weight: criterion.weight,
      required: criterion.required ?? false,
      ...(criterion.bar === undefined ? {} : { bar: criterion.bar }),
      ...((criterion.covers ?? []).length === 0 ? {} : { covers: digest((criterion.covers ?? []).toSorted()) }),
      as_of: asOf(criterion, rubric.scale),
    })),
    items: Object.fromEntries(items.map(([name, value]) => [name, digest(value)])),
  };
}

/** Items in which two sets of terms differ: "criterion/x", "scale", "requirement/y", … */
export function differingTerms(a: Terms, b: Terms): readonly string[] {
  const flat = (terms: Terms): ReadonlyMap<string, string> =>
    new Map([
      ...terms.criteria.map((criterion): [string, string] => [`criterion/${criterion.id}`, digest(criterion)]),
      ...Object.entries(terms.items),
    ]);
  const left = flat(a);
  const right = flat(b);
  return [...new Set([...left.keys(), ...right.keys()])].filter((name) => left.get(name) !== right.get(name));
}

/** How one person's agreement stands today. */
export interface Standing {
  readonly agreement: Doc<Agreement>;
  readonly stale: boolean;
  /** What changed since, and the role as it stood then, where the words agreed to were found in the history. */
  readonly changes?: RoleChanges;
  readonly before?: Role;
  /** Items that differ, where they were not found. */
  readonly differing: readonly string[];
}

/** Whether looking back is worth it: some agreement's terms, or some rating's meaning, are not today's. */
export function needsHistory(role: Role): boolean {
  if (hasOldRatings(role)) return true;
  if (role.intake === undefined || role.rubric === undefined) return role.agreements.length > 0;
  return role.agreements.some(({ data }) => !isVeryText(data, role));
}

/**
 * Whether an agreement still covers what stands today: stale only where today's terms differ from it by a breaking or
 * material change. Confirming an assumption, putting a search on hold or mending a typo makes nothing stale.
 */
export function standingOf(agreement: Doc<Agreement>, role: Role, former: FormerVersions, reweight: number): Standing {
  if (role.intake === undefined || role.rubric === undefined)
    return { agreement, stale: true, differing: [role.rubric === undefined ? "rubric" : "intake"] };
  if (isVeryText(agreement.data, role)) {
    const changes = { role: role.id, title: roleTitle(role), changes: [], hints: [], agreed: true };
    return { agreement, stale: false, changes, before: role, differing: [] };
  }
  const differing = differingTerms(agreement.data.terms, termsOf(role.intake.data, role.rubric.data));
  const agreed = agreedRole(agreement.data, role, former);
  if (agreed !== undefined) {
    const changes = compareRoles(agreed, role, reweight);
    return {
      agreement,
      stale: differing.length > 0 && changes.changes.some(isGrave),
      changes: { ...changes, agreed: true },
      before: agreed,
      differing,
    };
  }
  return { agreement, stale: differing.length > 0, differing };
}

/** How the older of a role's agreements stands: what changed since is what both have to hear of. Undefined without any. */
export function oldestStanding(role: Role, former: FormerVersions, reweight: number): Standing | undefined {
  const [oldest] = role.agreements.toSorted((a, b) => byTime(a.data.agreed_at, b.data.agreed_at));
  return oldest === undefined ? undefined : standingOf(oldest, role, former, reweight);
}

/** Whether what was signed stands letter for letter: the usual case, and the cheap one. */
function isVeryText(agreement: Agreement, role: Role): boolean {
  return agreement.intake === digest(role.intake?.data) && agreement.rubric === digest(role.rubric?.data);
}

/** The role as it stood when an agreement was signed, where its words are still to be found; without what followed. */
function agreedRole(agreement: Agreement, role: Role, former: FormerVersions): Role | undefined {
  const rubric = [role.rubric, ...former.rubrics].find((version) => version !== undefined && digest(version.data) === agreement.rubric);
  const intake = [role.intake, ...former.intakes].find((version) => version !== undefined && digest(version.data) === agreement.intake);
  if (rubric === undefined || intake === undefined) return undefined;
  return { ...role, rubric, intake, updates: role.updates.filter(({ data }) => byTime(data.at, agreement.agreed_at) < 0) };
}
