import { digest } from "../digest.ts";
import { type Doc, type Role, roleTitle, type Workspace } from "../document.ts";
import { compareText } from "../finding.ts";
import { fold } from "../fold.ts";
import { isId } from "../id.ts";
import type { Rubric, Update } from "../model.ts";
import { sharesOf } from "../rubric.ts";
import { type Change, gravities, type RawChange, type RoleChanges } from "./change.ts";
import { describeChange, type Grounds } from "./describe.ts";
import { explain } from "./explain.ts";
import { walkRole } from "./walk.ts";

/** Share of the total weight from which a move may change who is hired, where hire.yaml sets none. */
export const defaultReweight = 0.05;

/**
 * What changed between two snapshots, role by role, in three steps: walk (raw differences), describe (gravity and
 * words), adjust (explanations, shares that moved only because others did). Roles without a change are left out.
 */
export function compareWorkspaces(before: Workspace, after: Workspace): readonly RoleChanges[] {
  const ids = [...new Set([...before.roles, ...after.roles].map(({ id }) => id))].toSorted(compareText);
  const reweight = before.hire?.data.change?.reweight ?? defaultReweight;
  return ids
    .map((id) => compareRoles(roleOf(before, id), roleOf(after, id), reweight))
    .filter(({ changes, shifted }) => changes.length > 0 || shifted !== undefined);
}

function roleOf(workspace: Workspace, id: string): Role | undefined {
  return workspace.roles.find((role) => role.id === id);
}

/** What changed in one role; `reweight` is the share (0 to 1) from which moving weight is material. */
export function compareRoles(before: Role | undefined, after: Role | undefined, reweight: number): RoleChanges {
  const grounds = groundsOf(before, after, reweight);
  const changes = walkRole(before, after).map((raw) => finish(raw, grounds, before, after));
  // By what they say, not by name: an old update that is moved explains nothing new.
  const known = new Set((before?.updates ?? []).map(({ data }) => digest(withoutAnswers(data))));
  const updates = (after?.updates ?? []).filter(({ data }) => !known.has(digest(withoutAnswers(data))));
  const shifted = shiftedShares(before?.rubric?.data, after?.rubric?.data, grounds);
  const role = after ?? before;
  return {
    role: role?.id ?? "",
    title: role === undefined ? "" : roleTitle(role),
    changes: explain(changes, updates, teamOf(after ?? before)).toSorted(
      (a, b) => compareText(b.file, a.file) || gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity),
    ),
    ...(shifted === undefined ? {} : { shifted }),
    agreed: isAgreed(before),
  };
}

/** An update as it was written: answers come later and make no other update of it. */
function withoutAnswers(update: Update): Readonly<Record<string, unknown>> {
  return { ...update, answers: undefined };
}

/** Everyone who takes part in a search: whose reasons count. */
function teamOf(role: Role | undefined): ReadonlySet<string> {
  const team = role?.intake?.data.team;
  if (team === undefined) return new Set();
  return new Set([team.hiring_manager, team.recruiter, ...(team.decider === undefined ? [] : [team.decider]), ...(team.panel ?? [])]);
}

/** Whether each side has signed, stale or not. */
export function isAgreed(role: Role | undefined): boolean {
  const sides = new Set((role?.agreements ?? []).map(({ data }) => data.as));
  return sides.has("hiring-manager") && sides.has("recruiter");
}

function groundsOf(before: Role | undefined, after: Role | undefined, reweight: number): Grounds {
  const needs = new Map<string, string[]>();
  for (const role of [before, after]) {
    for (const { id, need } of role?.intake?.data.requirements ?? []) needs.set(id, [...(needs.get(id) ?? []), need]);
  }
  const renamed = new Map(
    (after?.rubric?.data.criteria ?? []).flatMap(({ id, renamed_from }) => (renamed_from ?? []).map((old) => [old, id] as const)),
  );
  const sharesBefore = sharesOf(before?.rubric?.data.criteria ?? []);
  const sharesAfter = sharesOf(after?.rubric?.data.criteria ?? []);
  const aligned = new Map(
    [...sharesBefore].flatMap(([id, share]) => [
      [id, share] as const,
      ...(renamed.has(id) ? [[renamed.get(id) ?? id, share] as const] : []),
    ]),
  );
  return { sharesBefore: aligned, sharesAfter, reweight, needs };
}

function finish(raw: RawChange, grounds: Grounds, before: Role | undefined, after: Role | undefined): Change {
  const { pathBefore, pathAfter, ...change } = raw;
  const document = (role: Role | undefined): Doc<unknown> | undefined => (raw.file === "rubric.yaml" ? role?.rubric : role?.intake);
  const was = digest(foldValue(raw.from));
  const now = digest(foldValue(raw.to));
  const old = document(before);
  const current = document(after);
  return {
    ...change,
    ...describeChange(raw, grounds),
    fingerprint: digest(["hire1", raw.item.type, raw.firstId, raw.facet, was, now]),
    was,
    now,
    ...(old === undefined ? {} : { before: () => old.at(...pathBefore) }),
    ...(current === undefined ? {} : { after: () => current.at(...pathAfter) }),
  };
}

/** A raw value as its digest sees it: texts as folded words, ids and the rest as they are. */
function foldValue(value: unknown): unknown {
  if (typeof value === "string") return isId(value) ? value : fold(value);
  if (Array.isArray(value)) return value.map(foldValue);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === "id" ? item : foldValue(item)]));
  return value;
}

/** Criteria on both sides whose weight stood still while their share moved. */
function shiftedShares(
  before: Rubric | undefined,
  after: Rubric | undefined,
  { sharesBefore, sharesAfter }: Grounds,
): RoleChanges["shifted"] {
  if (before === undefined || after === undefined) return undefined;
  const criteria = after.criteria
    .filter(({ id, weight, renamed_from }) => {
      const old =
        before.criteria.find((criterion) => criterion.id === id) ??
        before.criteria.find((criterion) => renamed_from?.includes(criterion.id));
      return old !== undefined && old.weight === weight && Math.abs((sharesBefore.get(old.id) ?? 0) - (sharesAfter.get(id) ?? 0)) > 1e-9;
    })
    .map(({ id }) => id);
  if (criteria.length === 0) return undefined;
  const sum = (shares: ReadonlyMap<string, number>): number => criteria.reduce((total, id) => total + (shares.get(id) ?? 0), 0);
  return { criteria, from: sum(sharesBefore), to: sum(sharesAfter) };
}
