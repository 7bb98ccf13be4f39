import { updateMoment } from "../core/change/explain.ts";
import { teamOf } from "../core/change/compare.ts";
import { digest } from "../core/digest.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { baselineAt, baselineOf, distanceFrom, driftEvent, explainEvents, settleEvents } from "../core/drift.ts";
import { visible } from "../core/escape.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Context } from "../context.ts";
import type { Repository } from "../ports.ts";
import type { DriftReport } from "../report/drift-text.ts";
import { isCriteriaPath, isOfRole, rolePath } from "../workspace/layout.ts";
import { criteriaPatterns, type RoleCommit, RoleReader, RoleTracer } from "../workspace/role-history.ts";
import { DriftStore, type Kept } from "./drift-store.ts";
import { applied, type Timeline, Walk } from "./drift-walk.ts";
import { hiringNames } from "./place.ts";
import { type Hiring, reweightOf } from "./session.ts";

/** The timeline of a role since `since`, or since its first agreement; refused where there is none to count from. */
export async function driftOf(
  hiring: Hiring,
  repository: Repository,
  role: Role,
  head: string,
  { since, allowPartial = false }: { readonly since?: string | undefined; readonly allowPartial?: boolean | undefined },
  context: Context,
): Promise<DriftReport> {
  const told =
    since === undefined
      ? await sinceAgreement(hiring, repository, role, head, allowPartial, context)
      : await sinceCommit(hiring, repository, role, since);
  return reportOf(role, told, hiring, context.clock.now());
}

/** The same, where there is an agreement to count from in what git has here; undefined elsewhere. */
export async function driftSoFar(hiring: Hiring, role: Role, context: Context): Promise<DriftReport | undefined> {
  const { repository } = hiring;
  const head = await repository?.head();
  if (repository === undefined || head === undefined) return undefined;
  try {
    return await driftOf(hiring, repository, role, head, {}, context);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function reportOf(role: Role, { baseline, since, events, entered, last }: Timeline, hiring: Hiring, now: string): DriftReport {
  const uncommitted = driftEvent(last, role, baseline, reweightOf(hiring.workspace), {
    commit: null,
    at: now,
    author: "",
    signed: role.agreements
      .filter(({ data }) => !last.agreements.some((old) => digest(old.data) === digest(data)))
      .map(({ data }) => data.person),
    unreadable: [],
    renamedFrom: null,
  });
  const all = uncommitted === undefined ? events : [...events, uncommitted];
  const known = new Set(baseline.role.updates.map(updateMoment));
  const updates = role.updates
    .filter((update) => !known.has(updateMoment(update)))
    // What is not committed came with the working tree's own changes.
    .map((update) => ({
      update,
      entered: entered.get(updateMoment(update)) ?? (uncommitted === undefined ? events.length - 0.5 : events.length),
    }));
  return {
    role: role.id,
    title: roleTitle(role),
    since,
    events: settleEvents(explainEvents(all, updates, teamOf(role)), sidesOf(role)),
    distance: distanceFrom(baseline, role),
    now,
  };
}

function sidesOf(role: Role): readonly string[] {
  const team = role.intake?.data.team;
  return team === undefined ? [] : [team.hiring_manager, team.recruiter];
}

/** From a commit that was named: the distances are counted from what stood there. */
async function sinceCommit(hiring: Hiring, repository: Repository, role: Role, revision: string): Promise<Timeline> {
  const base = await repository.resolve(revision);
  const reader = new RoleReader(role.id);
  const { commits } = await traceRole(hiring, repository, role, reader, base);
  const first = commits.find(({ renamedFrom }) => renamedFrom !== null)?.renamedFrom ?? role.id;
  const snapshot = await repository.readTree(base, hiring.folder, hiringNames, (path) => isCriteriaPath(path) && isOfRole(path, first));
  const start = rolePath(first, "");
  const files = new Map<string, string>();
  for (const { path: full, id, bytes } of snapshot.files) {
    if (!full.startsWith(start) || id === undefined || bytes === null) continue;
    const path = full.slice(start.length);
    files.set(path, id);
    if (!reader.has(path, id)) reader.add(path, id, bytes);
  }
  if (files.size === 0)
    throw new Refusal(`${role.id} was not there as of ${visible(revision)}`, { exitCode: exitCode.unknown, hint: "name a later commit" });
  const baseline = baselineAt(reader.state(files).role);
  const walk = new Walk(reader, hiring, baseline, { role: baseline.role, files });
  for (const commit of commits) walk.take(commit);
  return { ...walk.result(), since: { commit: base, at: null, people: [], partial: false } };
}

interface Traced {
  /** What touched the role, oldest first. */
  readonly commits: readonly RoleCommit[];
  /** The first parents of the oldest commit walked, of whatever role; undefined where none was. */
  readonly from: readonly string[] | undefined;
}

/** Walks the history of a role and reads its files meanwhile. */
async function traceRole(hiring: Hiring, repository: Repository, role: Role, reader: RoleReader, after?: string): Promise<Traced> {
  const tracer = new RoleTracer(hiring.folder, role.id);
  const commits: RoleCommit[] = [];
  const reading: Promise<void>[] = [];
  let from: readonly string[] | undefined;
  await repository.walk(criteriaPatterns(hiring.folder), after, (walked) => {
    from = walked.parents;
    const commit = tracer.take(walked);
    if (commit === undefined) return;
    commits.push(commit);
    const read = readInto(reader, repository, commit.files);
    // Heard below; a walk that fails meanwhile is told first.
    read.catch(() => undefined);
    reading.push(read);
  });
  await Promise.all(reading);
  return { commits: commits.toReversed(), from };
}

/** Reads the files that a reader does not know yet. */
async function readInto(reader: RoleReader, repository: Repository, files: ReadonlyMap<string, string | null>): Promise<void> {
  const wanted = [...files].flatMap(([path, blob]) => (blob === null || reader.has(path, blob) ? [] : [[path, blob] as const]));
  const contents = await repository.blobs(wanted.map(([, blob]) => blob));
  for (const [path, blob] of wanted) {
    const bytes = contents.get(blob);
    if (bytes !== undefined && !reader.has(path, blob)) reader.add(path, blob, bytes);
  }
}

/** From the first agreement of both sides, which is kept from one run to the next: only what is new is walked. */
async function sinceAgreement(
  hiring: Hiring,
  repository: Repository,
  role: Role,
  head: string,
  allowPartial: boolean,
  context: Context,
): Promise<Timeline> {
  const store = new DriftStore(hiring, repository, role, context);
  const kept = store.read();
  return (
    (kept === undefined ? undefined : await goOn(kept, hiring, repository, role, head, store)) ??
    walkAll(hiring, repository, role, head, allowPartial, store)
  );
}

/** From what was kept, where that is an ancestor by first parents and the folder has its name since; undefined elsewhere. */
async function goOn(
  kept: Kept,
  hiring: Hiring,
  repository: Repository,
  role: Role,
  head: string,
  store: DriftStore,
): Promise<Timeline | undefined> {
  const reader = new RoleReader(role.id);
  const { commits, from } =
    kept.head === head
      ? { commits: [], from: [head] }
      : await traceRole(hiring, repository, role, reader, kept.head).catch(() => ({ commits: [], from: undefined }));
  if (from?.[0] !== kept.head || commits.some(({ renamedFrom }) => renamedFrom !== null)) return undefined;
  const start = new Map(Object.entries(kept.baselineFiles));
  const files = new Map(Object.entries(kept.files));
  await Promise.all([start, files].map((known) => readInto(reader, repository, known)));
  const baseline = baselineOf(reader.state(start).role);
  if (baseline === undefined) return undefined;
  const walk = new Walk(
    reader,
    hiring,
    baseline,
    { role: reader.state(files).role, files },
    kept.events,
    new Map(Object.entries(kept.entered)),
  );
  for (const commit of commits) walk.take(commit);
  if (kept.head !== head) store.write(walk, kept.since, kept.baselineFiles, head);
  return { ...walk.result(), since: kept.since };
}

async function walkAll(
  hiring: Hiring,
  repository: Repository,
  role: Role,
  head: string,
  allowPartial: boolean,
  store: DriftStore,
): Promise<Timeline> {
  const reader = new RoleReader(role.id);
  const { commits } = await traceRole(hiring, repository, role, reader);
  let files = new Map<string, string>();
  for (const [index, commit] of commits.entries()) {
    files = applied(files, commit);
    // Two agreements are the least there can be.
    if ([...files.keys()].filter((path) => path.startsWith("agreements/")).length < 2) continue;
    const baseline = baselineOf(reader.state(files).role);
    if (baseline === undefined) continue;
    const partial = index === 0 && repository.shallow && commit.parents.length === 0;
    if (partial && !allowPartial)
      throw new Refusal(
        `the history was cut off at ${commit.id.slice(0, 7)} (${commit.at.slice(0, 10)}): what came before cannot be seen`,
        {
          exitCode: exitCode.unknown,
          hint: "git fetch --unshallow; or --allow-partial counts from there",
        },
      );
    const walk = new Walk(reader, hiring, baseline, { role: baseline.role, files });
    for (const later of commits.slice(index + 1)) walk.take(later);
    const people = baseline.role.agreements.map(({ data }) => data.person).toSorted();
    const since = { commit: commit.id, at: commit.at, people, partial };
    if (!partial) store.write(walk, since, Object.fromEntries(files), head);
    return { ...walk.result(), since };
  }
  throw new Refusal(
    repository.shallow
      ? `no agreement of both sides in what was fetched of ${role.id}`
      : `${role.id} was not agreed by both sides yet: drift counts from there`,
    repository.shallow
      ? { exitCode: exitCode.unknown, hint: "git fetch --unshallow, or hire drift --since REF" }
      : { hint: `hire agree ${role.id}, or hire drift ${role.id} --since REF` },
  );
}
