import { registry } from "../check/registry.ts";
import { checkRole, checkShared, type CheckResult } from "../check/run.ts";
import type { Role, Workspace } from "../core/document.ts";
import type { Former } from "../core/former.ts";
import { groupBy } from "../core/group.ts";
import { needsHistory } from "../core/sign-off.ts";
import { type Known, type Listing, pathsOf, type Snapshot } from "../core/snapshot.ts";
import type { Context } from "../context.ts";
import { rolePath } from "../workspace/layout.ts";
import { load, mayClash, nameClashes } from "../workspace/load.ts";
import { knownNames } from "./names-store.ts";
import { hiringNames, type Place } from "./place.ts";
import { formerOf } from "./session.ts";

/**
 * What was found in one role, or in what all roles share. A role's rules look at the role and at what is shared, so
 * that roles can be looked at one by one, and again only where they changed.
 */
export interface Part {
  /** Null for what all roles share. */
  readonly role: string | null;
  readonly result: CheckResult;
  readonly files: number;
  readonly listing: Listing;
  /** Entries that are not listed, no regular files or without a name in UTF-8: they have a name that can clash, and nothing to read. */
  readonly others: readonly string[];
  /** Whether the history had its say: then the result is as of one HEAD. */
  readonly history: boolean;
}

/** The working tree as it was checked. */
export interface CheckedTree {
  readonly parts: readonly Part[];
  /** Names that clash, over all parts. */
  readonly clashes: CheckResult;
}

/** Checks the whole working tree. */
export async function checkTree(place: Place, context: Context): Promise<CheckedTree> {
  const { part, ...shared } = checkWhatIsShared(place, context);
  return withClashes([part, ...(await checkRoles(place, context, shared, roleFolders(place, context)))], shared.workspace);
}

/** Some roles again, the rest as it was; `changed` are the paths that no longer stand as they did. */
export async function checkAgain(
  place: Place,
  context: Context,
  { parts, clashes }: CheckedTree,
  again: ReadonlySet<string>,
  changed: readonly string[],
): Promise<CheckedTree> {
  const { part, ...shared } = checkWhatIsShared(place, context);
  const here = new Set(roleFolders(place, context));
  const roles = [...again].filter((role) => here.has(role));
  const fresh = await checkRoles(place, context, shared, roles, knownFolders(parts, roles, changed));
  // What was looked at again stands for what was known; all in the order of a first check.
  const known = new Map([...parts, ...fresh].map((own) => [own.role, own]));
  const all = [part, ...[...here].flatMap((role) => known.get(role) ?? [])];
  return changed.some(isFolder) ? withClashes(all, shared.workspace) : { parts: all, clashes };
}

const isFolder = (path: string): boolean => path.endsWith("/");

/** Folders of roles in which no name came or went. What is not listed has no stamp that would tell. */
function knownFolders(parts: readonly Part[], roles: readonly string[], changed: readonly string[]): ReadonlyMap<string, Known> {
  const again = new Set(roles);
  const byRole = groupBy(changed, (path) => path.split("/")[1] ?? "");
  return new Map(
    parts.flatMap((part): readonly [string, Known][] => {
      const { role, others } = part;
      if (role === null || !again.has(role) || others.length > 0) return [];
      const own = byRole.get(role) ?? [];
      // A listing is taken apart where it is asked for.
      return own.some(isFolder) ? [] : [[rolePath(role), { listing: part.listing, changed: new Set(own) }]];
    }),
  );
}

function roleFolders({ root }: Place, { files }: Context): readonly string[] {
  return files.folders(files.resolve(root, "roles")).toSorted();
}

const isShared = (path: string): boolean => !/^roles\/[^/]+\//u.test(path);

/** What all roles are checked with. */
interface Shared {
  readonly workspace: Workspace;
  readonly names: ReturnType<typeof knownNames>;
}

function checkWhatIsShared(place: Place, context: Context): Shared & { readonly part: Part } {
  const names = knownNames(place, context);
  const snapshot = context.files.snapshot(place.root, hiringNames, (path) => isShared(path));
  const loaded = load(snapshot, { clashes: false });
  const result = checkShared({ workspace: loaded.workspace, former: new Map(), names }, loaded);
  return { part: partOf(null, result, snapshot, loaded.files, false), workspace: loaded.workspace, names };
}

/** The roles of a folder each, with what all of them share read already. */
async function checkRoles(
  place: Place,
  context: Context,
  shared: Shared,
  roles: readonly string[],
  known?: ReadonlyMap<string, Known>,
): Promise<readonly Part[]> {
  const parts: (Part | undefined)[] = [];
  // Git is asked once for all that need their history; of the rest nothing is held any longer than it takes to look at it.
  const waiting: { readonly at: number; readonly role: Role; readonly look: (former: Former) => Part }[] = [];
  const { names } = shared;
  const snapshots = context.files.snapshots(
    place.root,
    roles.map((role) => rolePath(role)),
    known,
  );
  for await (const snapshot of snapshots) {
    const id = roles[parts.length] ?? "";
    const loaded = load(snapshot, { clashes: false });
    const [role] = loaded.workspace.roles;
    const workspace: Workspace = { ...shared.workspace, roles: role === undefined ? [] : [role] };
    const history = role !== undefined && needsHistory(role);
    const look = (former: Former): Part => partOf(id, checkRole({ workspace, former, names }, loaded), snapshot, loaded.files, history);
    if (history) waiting.push({ at: parts.length, role, look });
    parts.push(history ? undefined : look(new Map()));
  }
  const former = await formerOf(
    place,
    waiting.map(({ role }) => role),
  );
  for (const { at, look } of waiting) parts[at] = look(former);
  return parts.flatMap((part) => part ?? []);
}

function partOf(role: string | null, result: CheckResult, { files, listing }: Snapshot, amount: number, history: boolean): Part {
  return {
    role,
    result,
    files: amount,
    listing: listing ?? { paths: "", stamps: new Float64Array() },
    others: files.flatMap(({ path, kind }) => (kind === "file" && !path.includes("\ufffd") ? [] : [path])),
    history,
  };
}

function withClashes(parts: readonly Part[], workspace: Workspace): CheckedTree {
  const canClash = parts.some(({ listing, others }) => mayClash(listing.paths) || others.some(mayClash));
  const paths = canClash ? parts.flatMap(({ listing, others }) => [...pathsOf(listing).filter((path) => !isFolder(path)), ...others]) : [];
  const reported = nameClashes(paths.toSorted());
  return { parts, clashes: checkShared({ workspace, former: new Map() }, { reported, suppressions: [] }, false) };
}

/** Rules applied, and those of them whose findings are never quoted. */
export const ruleCount = registry.length;
export const discreetRules: readonly string[] = registry.flatMap(({ id, discreet }) => (discreet === true ? [id] : []));
