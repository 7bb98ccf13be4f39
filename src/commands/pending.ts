import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { checksum } from "../core/digest.ts";
import { instant, shortDate } from "../core/moment.ts";
import { Refusal } from "../core/refusal.ts";
import type { Globals } from "./command.ts";
import { note } from "./print.ts";
import { pathInTree, type Place } from "./place.ts";

/** A save that began: kept beside the repository until it is done, so that whoever comes next can finish it. */
interface Pending {
  /** SHA-256 of the command line and of what it was given on standard input: words may be private. */
  readonly command: string;
  readonly at: string;
  readonly message: string;
  readonly commit: boolean;
  /** The branch it was meant for. */
  readonly branch: string;
  /** Whether every file stood as it was to stand: what does not any more was taken back by a person. */
  readonly written: boolean;
  readonly files: readonly PendingFile[];
}

interface PendingFile {
  /** Relative to the hiring root. */
  readonly path: string;
  /** SHA-256 of the text that stood there; null where nothing did. */
  readonly before: string | null;
  /** Null where the file goes. */
  readonly text: string | null;
}

export interface Kept {
  /** Every file stands as it was to stand. */
  written(): void;
  /** It is saved. */
  settle(): void;
}

/**
 * Keeps what is about to be written, whole, before the first byte of it is, and lets go of it once it is saved. Only the
 * clone's one writer may call it.
 */
export async function keepPending(
  place: Place,
  { message, commit }: Pick<Pending, "message" | "commit">,
  files: readonly { readonly path: string; readonly before: string | null; readonly text: string | null }[],
  context: Context,
): Promise<Kept> {
  const own: Pending = {
    command: commandOf(context),
    at: context.clock.now(),
    message,
    commit,
    branch: await branchOf(place),
    written: false,
    files: files.map(({ path, before, text }) => ({ path, before: before === null ? null : checksum(before), text })),
  };
  const paths = new Set(files.map(({ path }) => path));
  // What is written now was made from what an earlier save left there.
  const others = readPending(place, context).filter(
    ({ files: theirs, branch }) => branch !== own.branch || !theirs.every(({ path }) => paths.has(path)),
  );
  if (files.length > 0) writePending(place, [...others, own], context);
  return {
    written: () => (files.length === 0 ? undefined : writePending(place, [...others, { ...own, written: true }], context)),
    settle: () => settle(place, own, context),
  };
}

/** What is asked for: the same words, given the same. */
function commandOf({ argv, files }: Context): string {
  return checksum(JSON.stringify([argv, argv.includes("-") ? files.stdin() : ""]));
}

async function branchOf({ repository }: Place): Promise<string> {
  return (await repository?.branch()) ?? "";
}

function settle(place: Place, done: Pick<Pending, "command" | "at">, context: Context): void {
  const all = readPending(place, context);
  const rest = all.filter(({ command, at }) => command !== done.command || at !== done.at);
  if (rest.length !== all.length) writePending(place, rest, context);
}

/** Says what was cut off and waits, without touching it. */
export function tellPending(place: Place, context: Context): void {
  for (const pending of readPending(place, context))
    note(context, `Interrupted on ${dayOf(pending, context)}: ${subjectOf(pending)}. Whatever is saved next finishes it.\n`);
}

/**
 * Finishes what other commands began, as far as it can be: on the branch it was meant for, and only where this command
 * commits, too. What is still refused waits on. Called by the clone's one writer.
 */
export async function finishOthers(place: Place, context: Context, globals: Globals): Promise<void> {
  if (!globals.commit) return;
  for (const pending of readPending(place, context)) {
    try {
      await finish(place, pending, context);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note(context, `Still not committed: ${subjectOf(pending)} (${error.message}).\n`);
    }
  }
}

/** How long the same words are taken for the same deed, in milliseconds: later they are another one. */
const sameDeed = 12 * 3_600_000;

/**
 * Where this very command was killed or its commit refused shortly before: finishes it, and says so. What it was told
 * then is what is saved; nothing is asked or written twice.
 */
export async function finishSame(place: Place, context: Context, globals: Globals): Promise<boolean> {
  const { repository } = place;
  if (repository === undefined || readPending(place, context).length === 0) return false;
  const command = commandOf(context);
  const isOwn = (pending: Pending): boolean =>
    pending.command === command &&
    pending.commit === globals.commit &&
    Math.abs(instant(context.clock.now()) - instant(pending.at)) < sameDeed;
  if (!readPending(place, context).some(isOwn)) return false;
  return repository.exclusively(async () => {
    let finished = false;
    for (const pending of readPending(place, context).filter(isOwn)) finished = (await finish(place, pending, context)) || finished;
    return finished;
  });
}

/** Whether it is done now; false where there was nothing left to do. */
async function finish(place: Place, pending: Pending, context: Context): Promise<boolean> {
  const { files } = context;
  const what = `${subjectOf(pending)} (${dayOf(pending, context)})`;
  const stands = new Map(
    pending.files.map(({ path, before, text }) => {
      const disk = files.read(files.resolve(place.root, path)) ?? null;
      return [path, disk === text ? "new" : (disk === null ? null : checksum(disk)) === before ? "old" : "other"] as const;
    }),
  );
  // Where git took the files along to another branch, it is saved there; else it waits on its own, as long as there is one.
  const isHere = [...stands.values()].every((state) => state === "new") || pending.branch === (await branchOf(place));
  if (pending.commit && !isHere && (await place.repository?.lookUp(`refs/heads/${pending.branch}`)) !== undefined) {
    note(context, `Waits on the branch ${pending.branch}: ${what}.\n`);
    return false;
  }
  // What stood as it was to stand and does not any more, a person took back.
  const own = pending.files.filter(({ path }) => stands.get(path) === "new" || (!pending.written && stands.get(path) === "old"));
  for (const { path, text } of own) {
    if (stands.get(path) === "new") continue;
    const absolute = files.resolve(place.root, path);
    files.requireReal(place.root, absolute);
    if (text === null) files.remove(absolute, place.root);
    else files.write(place.root, absolute, text);
  }
  const paths = own.map(({ path }) => pathInTree(place, path));
  let saved = "";
  if (pending.commit && place.repository !== undefined && paths.length > 0) {
    const texts = new Map(own.map(({ text }, index) => [paths[index] ?? "", text]));
    await place.repository.requireCommittable(paths, texts);
    saved = `, committed as ${(await place.repository.commit({ paths, message: pending.message })).slice(0, 7)}`;
  }
  settle(place, pending, context);
  if (own.length === 0) note(context, `Taken back meanwhile, and let go: ${what}.\n`);
  else note(context, `Finished what was interrupted on ${dayOf(pending, context)}: ${subjectOf(pending)}${saved}.\n`);
  if (own.length > 0 && own.length < pending.files.length) note(context, "Files that changed since stay as they are.\n");
  return own.length > 0;
}

/** Lets go of whatever was to be written below a folder: it is to be gone. */
export function dropPending(place: Place, folder: string, context: Context): void {
  const all = readPending(place, context);
  const rest = all.filter(({ files }) => !files.some(({ path }) => path.startsWith(`${folder}/`)));
  if (rest.length !== all.length) writePending(place, rest, context);
}

function dayOf({ at }: Pending, context: Context): string {
  return shortDate(at, context.clock.now());
}

function subjectOf({ message }: Pending): string {
  return message.split("\n", 1)[0] ?? "";
}

function readPending(place: Place, context: Context): readonly Pending[] {
  const path = pathOf(place, context);
  const text = path === undefined ? undefined : context.files.read(path);
  if (text === undefined) return [];
  try {
    const all = JSON.parse(text) as unknown;
    return Array.isArray(all) ? all.filter(isPending) : [];
  } catch {
    return [];
  }
}

/** A file of the git directory may come from anyone who packed one: only what this hire would have written is heard. */
function isPending(value: unknown): value is Pending {
  const { command, at, message, commit, branch, written, files } = (value ?? {}) as Partial<Record<keyof Pending, unknown>>;
  const texts = [command, at, message, branch].every((text) => typeof text === "string");
  return texts && typeof commit === "boolean" && typeof written === "boolean" && Array.isArray(files) && files.every(isPendingFile);
}

function isPendingFile(value: unknown): value is PendingFile {
  const { path, before, text } = (value ?? {}) as Partial<Record<keyof PendingFile, unknown>>;
  const isInside =
    typeof path === "string" &&
    !/^[/\\]|^[A-Za-z]:|\0/u.test(path) &&
    !path.split(/[/\\]/u).some((part) => part === ".." || part.toLowerCase() === ".git");
  return isInside && [before, text].every((one) => one === null || typeof one === "string");
}

function writePending(place: Place, all: readonly Pending[], context: Context): void {
  const path = pathOf(place, context);
  if (path === undefined || place.repository === undefined) return;
  if (all.length === 0) context.files.remove(path);
  else context.files.write(context.files.resolve(place.repository.ownFolder, ".."), path, JSON.stringify(all), { private: true });
}

function pathOf({ repository, root }: Place, { files }: Context): string | undefined {
  return repository === undefined ? undefined : files.resolve(repository.ownFolder, `pending-${crcOf(root).toString(16)}.json`);
}
