import type { Context } from "../context.ts";
import { isGrave, type RoleChanges } from "../core/change/change.ts";
import type { Workspace } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import { knowsOldRatings, noVersions } from "../core/former.ts";
import { impactOf } from "../core/impact.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Repository } from "../ports.ts";
import { type ChangedRole, impactByChange } from "../report/diff-text.ts";
import { isCriteriaOrOf, isCriteriaPath, isDecisivePath } from "../workspace/layout.ts";
import type { Loaded } from "../workspace/load.ts";
import type { Range } from "./range.ts";
import { hiringNames, type Place, requireRepository } from "./place.ts";
import { formerOf, type Hiring, loadCommit, loadReader, marketsOf } from "./session.ts";

/** The base's files, and in which folder they lay. */
interface Was {
  readonly snapshot: Snapshot;
  readonly folder: string;
}

/**
 * The base's files, also where the hiring root lay in another folder then: what is compared with nothing would need no
 * reason at all. Where that cannot be told, nothing is said.
 */
export async function whereItWas(
  repository: Repository,
  range: Range,
  snapshot: Snapshot,
  { folder }: Place,
  wanted: (path: string) => boolean = isCriteriaPath,
): Promise<Was> {
  if (snapshot.files.some(({ path }) => path === "hire.yaml")) return { snapshot, folder };
  const folders = await repository.foldersWith(range.base, "hire.yaml");
  const [only, ...others] = folders;
  if (only === undefined) return { snapshot, folder };
  if (others.length > 0)
    throw new Refusal(`there is no hire.yaml in ${folder === "" ? "the top" : folder} of the base, and several elsewhere`, {
      exitCode: exitCode.unknown,
      hint: `compare with a base in which it lies where it does now (then: ${folders.join(", ")})`,
    });
  return { snapshot: await repository.readTree(range.base, only, hiringNames, wanted), folder: only };
}

export async function loadHead(hiring: Hiring, { head }: Range, wanted: (path: string) => boolean, context: Context): Promise<Loaded> {
  if (head === "index") {
    const { load } = await loadReader();
    const snapshot = await requireRepository(hiring).readIndex(hiring.folder, hiringNames, wanted, context.env["GIT_INDEX_FILE"]);
    return load(snapshot, { known: hiring.loaded, wanted });
  }
  if (head !== undefined) return loadCommit(hiring, head, wanted);
  if (wanted === isCriteriaPath) return hiring.loaded;
  const { load } = await loadReader();
  return load(context.files.snapshot(hiring.root, hiringNames, wanted), { known: hiring.loaded, wanted });
}

/**
 * The changed roles with what the changes do to people already judged. The candidates are asked for (by path) only
 * where criteria moved.
 */
export async function withImpact(
  changed: readonly RoleChanges[],
  before: Workspace,
  place: Place,
  head: (wanted: (path: string) => boolean) => Promise<Loaded>,
): Promise<readonly ChangedRole[]> {
  const touched = new Set(changed.filter(({ changes }) => changes.some(isGrave)).map(({ role }) => role));
  const wanted = (path: string): boolean => isCriteriaOrOf(path, touched);
  const after = touched.size === 0 ? undefined : (await head(wanted)).workspace;
  const sides = changed.map((changes) => ({
    changes,
    old: before.roles.find(({ id }) => id === (changes.renamedFrom ?? changes.role)),
    now: touched.has(changes.role) ? after?.roles.find(({ id }) => id === changes.role) : undefined,
  }));
  // Earlier words are looked up only where some rating was given under words that neither side has.
  const former = await formerOf(
    place,
    sides.flatMap(({ old, now }) =>
      now === undefined || knowsOldRatings(now, old?.rubric === undefined ? [] : [old.rubric]) ? [] : [now],
    ),
  );
  const markets = after === undefined ? [] : marketsOf(after);
  return sides.map(({ changes, old, now }) => {
    const agreements = (old?.agreements ?? []).map(({ data }) => data);
    const impact = now === undefined ? undefined : impactOf(old, now, changes, former.get(now.id) ?? noVersions, markets);
    return { changes, agreements, ...(impact === undefined ? {} : { impact: impactByChange(changes, impact) }) };
  });
}

/** Files of criteria in the head that exist and cannot be used: without them a comparison would call them deleted. */
export function brokenCriteria({ reported, workspace }: Loaded): Loaded["reported"] {
  const unreadable = new Set(unreadableCriteria(workspace));
  return reported.filter(({ observation }) => unreadable.has(observation.file));
}

export function unreadableCriteria({ roles, unreadable }: Workspace): readonly string[] {
  return [...unreadable, ...roles.flatMap((role) => role.unreadable)].filter(isDecisivePath);
}

export function refuseUnreadableBase({ workspace }: Loaded, label: string): void {
  const [broken] = unreadableCriteria(workspace);
  if (broken !== undefined)
    throw new Refusal(`${visibleLine(broken)} cannot be read in the base of ${label}`, {
      exitCode: exitCode.unknown,
      hint: "name a base in which it can: hire diff BASE",
    });
}
