import type { Context } from "../context.ts";
import { runChecks, type CheckResult } from "../check/run.ts";
import type { Base, RangeCommit, Traced, Version } from "../core/base.ts";
import { compareWorkspaces } from "../core/change/compare.ts";
import { settings } from "../core/change/walk.ts";
import { digest } from "../core/digest.ts";
import type { Doc, Kind, Kinds, Workspace } from "../core/document.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { CommitBetween } from "../ports.ts";
import { isCriteriaOrOf, isDecisivePath, placementOf } from "../workspace/layout.ts";
import type { Loaded } from "../workspace/load.ts";
import { knownNames } from "./names-store.ts";
import type { Range } from "./range.ts";
import { hiringNames, pathInRoot, type Place, requireRepository } from "./place.ts";
import { formerOf, loadReader } from "./session.ts";
import { refuseUnreadableBase, whereItWas } from "./sides.ts";

/** Every rule on what was read, and on its way from the base where there is one. */
export async function judge(place: Place, loaded: Loaded, context: Context, base?: Base): Promise<CheckResult> {
  const former = await formerOf(place, loaded.workspace.roles);
  return runChecks({ workspace: loaded.workspace, former, base, names: knownNames(place, context) }, loaded);
}

/** What the rules want to know of a base: its files, what changed since, and by whose commits. */
export async function baseOf(place: Place, range: Range, after: Loaded): Promise<Base> {
  const repository = requireRepository(place);
  const committed = range.head === undefined || range.head === "index" ? undefined : range.head;
  const between = await repository.between(range.base, committed ?? (await repository.resolve("HEAD")));
  const isCut = between.some(({ cut }) => cut);
  // Candidates whose files are the same are as they were. By the files: a merge may undo what no commit seems to touch.
  const touched = committed === undefined || isCut ? undefined : await touchedRoles(place, range.base, committed);
  const wanted = (path: string): boolean => touched === undefined || isCriteriaOrOf(path, touched);
  const { load } = await loadReader();
  const snapshot = await repository.readTree(range.base, place.folder, hiringNames, wanted);
  const was = await whereItWas(repository, range, snapshot, place, wanted);
  const before = load(was.snapshot, { known: after, wanted });
  refuseUnreadableBase(before, range.label);
  const commits = inRoot(between, place.folder, was.folder);
  if (isCut) refuseUnknownAuthors(before.workspace, after.workspace, commits);
  return {
    workspace: before.workspace,
    changes: comparable(before.workspace, after.workspace),
    commits,
    committed: committed !== undefined,
    versions: await versionsOf(place, commits),
  };
}

/**
 * Commits, newest first, as far as they touch the hiring root, in its folder or in the one where it lay before. What stands
 * in the new one already is no longer told by the old one.
 */
export function inRoot(commits: readonly CommitBetween[], folder: string, former = folder): readonly RangeCommit[] {
  const moved = new Set<string>();
  return commits
    .toReversed()
    .map(({ id, parents, authors, subject, message, files }): RangeCommit => {
      const own = new Map(filesIn(folder, files).map(({ path, after }) => [path, after]));
      if (former !== folder) {
        for (const [path, after] of own) if (after !== null) moved.add(path);
        for (const { path, after } of filesIn(former, files)) if (!moved.has(path) && !own.has(path)) own.set(path, after);
      }
      return { id, parents, authors, subject, message, files: [...own].map(([path, after]) => ({ path, after })) };
    })
    .toReversed();
}

function filesIn(folder: string, files: CommitBetween["files"]): RangeCommit["files"] {
  return files.flatMap(({ path, after }) => {
    const inside = pathInRoot({ folder }, path);
    return inside === undefined ? [] : [{ path: inside, after }];
  });
}

/** What changed, as far as both sides can be read: what cannot be read is a finding, not a deletion. */
function comparable(before: Workspace, after: Workspace): Base["changes"] {
  const broken = new Set(after.roles.filter(({ unreadable }) => unreadable.some(isDecisivePath)).map(({ id }) => id));
  return compareWorkspaces(before, after).filter(
    ({ role }) => !broken.has(role) && (role !== settings || !after.unreadable.includes("hire.yaml")),
  );
}

/** Who signed, said and scored what is told by the commits, and who is who; where some are missing, nobody can tell. */
function refuseUnknownAuthors(before: Workspace, after: Workspace, commits: readonly RangeCommit[]): void {
  const traces = ({ hire, roles }: Workspace): readonly (readonly [path: string, said: string])[] => [
    ...(hire === undefined ? [] : [[hire.path, digest(hire.data.people)] as const]),
    ...roles
      .flatMap(({ agreements, updates, priorities, sealed, candidates }): readonly Doc<Kinds[Traced]>[] => [
        ...agreements,
        ...updates,
        ...priorities,
        ...sealed,
        ...candidates.flatMap((candidate) => [...candidate.evaluations, ...candidate.sealed]),
      ])
      .map(({ path, data }) => [path, digest(data)] as const),
  ];
  const old = new Map(traces(before));
  const known = new Set(commits.flatMap(({ files }) => files.map(({ path }) => path)));
  // Any commit may have brought an address: one that is missing, too.
  known.delete("hire.yaml");
  const [doubtful] = traces(after).find(([path, said]) => old.get(path) !== said && !known.has(path)) ?? [];
  if (doubtful !== undefined)
    throw new Refusal(`who changed ${doubtful} cannot be told: the history was cut off when it was fetched`, {
      exitCode: exitCode.unknown,
      hint: "fetch all of it: fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab), or git fetch --unshallow",
    });
}

/** Roles in which any file differs between two commits. */
async function touchedRoles(place: Place, base: string, head: string): Promise<ReadonlySet<string>> {
  const repository = requireRepository(place);
  const [before, after] = await Promise.all([base, head].map((commit) => repository.listTree(commit, place.folder, hiringNames)));
  const paths = [...(before ?? new Map<string, string>()).keys(), ...(after ?? new Map<string, string>()).keys()];
  return new Set(paths.flatMap((path) => (before?.get(path) === after?.get(path) ? [] : (placementOf(path)?.ids["role"] ?? []))));
}

/** The way of each traced file through the commits, oldest first. */
async function versionsOf(place: Place, commits: readonly RangeCommit[]): Promise<Base["versions"]> {
  const touches = commits.toReversed().flatMap((commit) =>
    commit.files.flatMap(({ path, after }) => {
      const kind = placementOf(path)?.kind;
      return kind !== undefined && isTraced(kind) ? [{ commit, path, after, kind }] : [];
    }),
  );
  const ids = [...new Set(touches.flatMap(({ after }) => (after === null ? [] : [after])))];
  const blobs = ids.length === 0 ? new Map<string, Uint8Array>() : await requireRepository(place).blobs(ids);
  const { loadDocument } = await loadReader();
  const versions = new Map<string, Version<Kinds[Traced]>[]>();
  for (const { commit, path, after, kind } of touches) {
    const bytes = after === null ? undefined : blobs.get(after);
    const doc = bytes === undefined ? undefined : loadDocument(path, kind, bytes);
    versions.set(path, [...(versions.get(path) ?? []), { commit, doc }]);
  }
  return versions;
}

const traced: ReadonlySet<Kind> = new Set<Traced>([
  "hire",
  "evaluation",
  "agreement",
  "update",
  "priorities",
  "sealed-evaluation",
  "sealed-priorities",
]);

function isTraced(kind: Kind): kind is Traced {
  return traced.has(kind);
}
