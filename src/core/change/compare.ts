import { digest } from "../digest.ts";
import { type Doc, type Role, roleTitle, type Workspace } from "../document.ts";
import { compareText } from "../finding.ts";
import { diceOf, fold, foldWords } from "../fold.ts";
import { isId } from "../id.ts";
import type { Criterion, Rubric, Update } from "../model.ts";
import { sharesOf } from "../rubric.ts";
import { type Change, gravities, type RawChange, type RenameHint, type RoleChanges } from "./change.ts";
import { describeChange, type Grounds } from "./describe.ts";
import { explain, type Step, stepsOf, updateMoment, updateName } from "./explain.ts";
import { namesAfter, pairItems, settings, walkRole, walkSettings } from "./walk.ts";

/** Share of the total weight from which a move may change who is hired, where hire.yaml sets none. */
export const defaultReweight = 0.05;

/**
 * What changed between two snapshots, role by role, in three steps: walk (raw differences), describe (gravity and
 * words), adjust (explanations, shares that moved only because others did). Roles without a change are left out. A
 * role whose folder was renamed is compared with itself. Settings that all roles share come first.
 */
export function compareWorkspaces(before: Workspace, after: Workspace): readonly RoleChanges[] {
  const reweight = before.hire?.data.change?.reweight ?? defaultReweight;
  const known = before.roles.flatMap(({ updates }) => updates);
  return [
    compareSettings(before, after, reweight),
    ...pairRoles(before.roles, after.roles).map(([old, now]) => compareRoles(old, now, reweight, known)),
  ].filter(({ changes, shifted, renamedFrom }) => changes.length > 0 || shifted !== undefined || renamedFrom !== undefined);
}

/** Roles by id; of those that only one side has, those that are plainly the same search under another name. */
export function pairRoles(before: readonly Role[], after: readonly Role[]): readonly (readonly [Role | undefined, Role | undefined])[] {
  const old = new Map(before.map((role) => [role.id, role]));
  const now = new Map(after.map((role) => [role.id, role]));
  const gone = before.filter(({ id }) => !now.has(id));
  const come = after.filter(({ id }) => !old.has(id));
  const renamed = new Map(
    come.flatMap((role) => {
      const alike = gone.filter((other) => isSameSearch(other, role));
      const [only] = alike;
      const claimed = come.filter((other) => only !== undefined && isSameSearch(only, other)).length > 1;
      return only === undefined || alike.length > 1 || claimed ? [] : [[role, only] as const];
    }),
  );
  const moved = new Set(renamed.values());
  // A copy goes by the agreements it took with it.
  const copied = new Map(
    come.flatMap((role) => {
      const original = renamed.has(role) ? undefined : before.find((other) => sharesAgreement(other, role));
      return original === undefined ? [] : [[role, original] as const];
    }),
  );
  return [
    ...gone.filter((role) => !moved.has(role)).map((role) => [role, undefined] as const),
    ...after.map((role) => [old.get(role.id) ?? renamed.get(role) ?? copied.get(role), role] as const),
  ].toSorted(([a, b], [c, d]) => compareText((b ?? a)?.id ?? "", (d ?? c)?.id ?? ""));
}

/** Whether two folders hold one search: the same words of rubric or brief, or both agreed to by the same hands at the same time. */
function isSameSearch(a: Role, b: Role): boolean {
  const same = (left: Doc<unknown> | undefined, right: Doc<unknown> | undefined): boolean =>
    left !== undefined && right !== undefined && digest(left.data) === digest(right.data);
  return same(a.rubric, b.rubric) || same(a.intake, b.intake) || sharesAgreement(a, b);
}

function sharesAgreement(a: Role, b: Role): boolean {
  return a.agreements.some((agreement) => b.agreements.some((other) => digest(agreement.data) === digest(other.data)));
}

function compareSettings(before: Workspace, after: Workspace, reweight: number): RoleChanges {
  const people = new Set((after.hire?.data.people ?? []).map(({ id }) => id));
  const updates = (workspace: Workspace): readonly Doc<Update>[] => workspace.roles.flatMap((role) => role.updates);
  const grounds = groundsOf(undefined, undefined, reweight);
  const changes = walkSettings(before.hire?.data, after.hire?.data).map((raw) => finish(raw, grounds, before.hire, after.hire));
  return {
    role: settings,
    title: settings,
    changes: explain(changes, stepsOf(newUpdates(updates(before), updates(after)), people)),
    hints: [],
    agreed: before.roles.some(isAgreed),
  };
}

/**
 * What changed in one role; `reweight` is the share (0 to 1) from which moving weight is material, `known` the updates
 * that explain nothing new.
 */
export function compareRoles(
  before: Role | undefined,
  after: Role | undefined,
  reweight: number,
  known: readonly Doc<Update>[] = before?.updates ?? [],
): RoleChanges {
  // Where the brief went, those who took part before may say why.
  const team = teamOf(after?.intake === undefined ? before : after);
  return compareWith(before, after, reweight, stepsOf(newUpdates(known, after?.updates ?? []), team));
}

/** The same, explained by the given steps and no others. */
export function compareWith(before: Role | undefined, after: Role | undefined, reweight: number, steps: readonly Step[]): RoleChanges {
  const grounds = groundsOf(before, after, reweight);
  const documents = (file: RawChange["file"], role: Role | undefined): Doc<unknown> | undefined =>
    file === "rubric.yaml" ? role?.rubric : role?.intake;
  const changes = walkRole(before, after).map((raw) => finish(raw, grounds, documents(raw.file, before), documents(raw.file, after)));
  const shifted = shiftedShares(before?.rubric?.data, after?.rubric?.data, grounds);
  const role = after ?? before;
  return {
    role: role?.id ?? "",
    title: role === undefined ? "" : roleTitle(role),
    ...(before === undefined || after === undefined || before.id === after.id ? {} : { renamedFrom: before.id }),
    changes: explain(changes, steps).toSorted(
      (a, b) => compareText(b.file, a.file) || gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity),
    ),
    ...(shifted === undefined ? {} : { shifted }),
    hints: renameHints(changes),
    agreed: isAgreed(before),
  };
}

/** The updates of `after` that are none of the `known` ones, whatever became of their words, their file or their folder. */
function newUpdates(known: readonly Doc<Update>[], after: readonly Doc<Update>[]): readonly Doc<Update>[] {
  const names = new Set(known.flatMap((update) => [updateName(update), updateMoment(update)]));
  return after.filter((update) => !names.has(updateName(update)) && !names.has(updateMoment(update)));
}

/** From here on two items read alike. Dice coefficient of the word sets of name, meaning and anchors. */
const alike = 0.7;

/** For each criterion that went, the one that came and reads most like it. */
function renameHints(changes: readonly Change[]): readonly RenameHint[] {
  const presences = changes.filter(({ item, facet }) => facet === "presence" && item.type === "criterion");
  const words = (value: unknown): ReadonlySet<string> => {
    const { name, means, anchors } = value as Criterion;
    return new Set(foldWords([name, means, ...(anchors ?? []).map((anchor) => anchor.means)].join(" ")));
  };
  const added = presences.filter(({ from }) => from === null).map(({ item, to }) => ({ id: item.id, words: words(to) }));
  return presences
    .filter(({ to }) => to === null)
    .flatMap(({ item, from }) => {
      const own = words(from);
      const [best] = added.map(({ id, words: other }) => ({ id, dice: diceOf(own, other) })).toSorted((a, b) => b.dice - a.dice);
      return best === undefined || best.dice < alike ? [] : [{ removed: item.id, added: best.id }];
    });
}

/** Everyone who takes part in a search: whose reasons count. */
export function teamOf(role: Role | undefined): ReadonlySet<string> {
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
  const renamed = namesAfter(before?.rubric?.data.criteria ?? [], after?.rubric?.data.criteria ?? []);
  // Shares of old under today's names too.
  const align = (shares: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    new Map([...shares].flatMap(([id, share]) => [[id, share] as const, [renamed.get(id) ?? id, share] as const]));
  const sharesBefore = align(sharesOf(before?.rubric?.data.criteria ?? []));
  const sharesAfter = sharesOf(after?.rubric?.data.criteria ?? []);
  const agreedShares = (before?.agreements ?? []).map(({ data }) => align(sharesOf(data.terms.criteria)));
  const moved = pairItems(before?.rubric?.data.criteria ?? [], after?.rubric?.data.criteria ?? [])
    .filter(({ before: old, after: now }) => old !== undefined && old.weight !== now.weight)
    .map(({ after: { id } }) => id);
  const distance = (shares: ReadonlyMap<string, number>): number =>
    moved.reduce((sum, id) => sum + (shares.has(id) ? Math.abs((sharesAfter.get(id) ?? 0) - (shares.get(id) ?? 0)) / 2 : 0), 0);
  const movedTogether = Math.max(...[sharesBefore, ...agreedShares].map(distance));
  return { sharesBefore, sharesAfter, agreedShares, movedTogether, reweight, needs };
}

function finish(raw: RawChange, grounds: Grounds, old: Doc<unknown> | undefined, current: Doc<unknown> | undefined): Change {
  const { pathBefore, pathAfter, ...change } = raw;
  const was = digest(foldValue(raw.from));
  const now = digest(foldValue(raw.to));
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
  const criteria = pairItems(before.criteria, after.criteria)
    .filter(
      ({ before: old, after: now }) =>
        old !== undefined && old.weight === now.weight && Math.abs((sharesBefore.get(old.id) ?? 0) - (sharesAfter.get(now.id) ?? 0)) > 1e-9,
    )
    .map(({ after: { id } }) => id);
  if (criteria.length === 0) return undefined;
  const sum = (shares: ReadonlyMap<string, number>): number => criteria.reduce((total, id) => total + (shares.get(id) ?? 0), 0);
  return { criteria, from: sum(sharesBefore), to: sum(sharesAfter) };
}
