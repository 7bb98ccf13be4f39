import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { checksum } from "../core/digest.ts";
import { Refusal } from "../core/refusal.ts";
import { shortDate } from "../core/moment.ts";
import { note } from "./print.ts";
import type { Place } from "./session.ts";

/** A save that began: kept beside the repository until it is done, so that whoever comes next can finish it. */
interface Pending {
  /** The command line, without the program. */
  readonly argv: readonly string[];
  readonly at: string;
  readonly message: string;
  readonly commit: boolean;
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

/**
 * Keeps what is about to be written, whole, before the first byte of it is. Gives what lets go of it once it is saved.
 * Only the clone's one writer may call it.
 */
export function keepPending(
  place: Place,
  about: Omit<Pending, "files">,
  files: readonly { readonly path: string; readonly before: string | null; readonly text: string | null }[],
  context: Context,
): () => void {
  if (files.length === 0) return () => settle(place, context, (pending) => !isSame(pending, about));
  const own: Pending = {
    ...about,
    files: files.map(({ path, before, text }) => ({ path, before: before === null ? null : checksum(before), text })),
  };
  const paths = new Set(files.map(({ path }) => path));
  // What is written now was made from what an earlier save left there.
  const others = readPending(place, context).filter((pending) => !pending.files.every(({ path }) => paths.has(path)));
  writePending(place, [...others, own], context);
  return () => settle(place, context, (pending) => !isSame(pending, about));
}

function isSame(pending: Pending, { argv, at }: Pick<Pending, "argv" | "at">): boolean {
  return pending.at === at && JSON.stringify(pending.argv) === JSON.stringify(argv);
}

function settle(place: Place, context: Context, stays: (pending: Pending) => boolean): void {
  const all = readPending(place, context);
  const rest = all.filter(stays);
  if (rest.length !== all.length) writePending(place, rest, context);
}

/** Says what was cut off and waits, without touching it. */
export function tellPending(place: Place, context: Context): void {
  for (const pending of readPending(place, context))
    note(
      context,
      `Interrupted on ${shortDate(pending.at, context.clock.now())}: ${subjectOf(pending)}. Whatever is saved next finishes it.\n`,
    );
}

/** Finishes what other commands began, as far as it can be; what is still refused waits on. Called by the clone's one writer. */
export async function finishOthers(place: Place, context: Context): Promise<void> {
  for (const pending of readPending(place, context)) {
    try {
      await finish(place, pending, context);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note(context, `Still not committed: ${subjectOf(pending)} (${error.message}).\n`);
    }
  }
}

/**
 * Where this very command was killed or its commit refused before: finishes it, and says so. What it was told then is
 * what is saved; nothing is asked or written twice.
 */
export async function finishSame(place: Place, context: Context): Promise<boolean> {
  const { repository } = place;
  const isOwn = (pending: Pending): boolean => JSON.stringify(pending.argv) === JSON.stringify(context.argv);
  if (repository === undefined || !readPending(place, context).some(isOwn)) return false;
  return repository.exclusively(async () => {
    const own = readPending(place, context).filter(isOwn);
    for (const pending of own) await finish(place, pending, context);
    return own.length > 0;
  });
}

async function finish(place: Place, pending: Pending, context: Context): Promise<void> {
  const { files } = context;
  const own = pending.files.filter(({ path, before, text }) => {
    const absolute = files.resolve(place.root, path);
    const disk = files.read(absolute) ?? null;
    if (disk === text) return true;
    // Written by someone since: theirs now.
    if ((disk === null ? null : checksum(disk)) !== before) return false;
    if (text === null) files.remove(absolute, place.root);
    else files.write(place.root, absolute, text);
    return true;
  });
  const paths = own.map(({ path }) => (place.folder === "" ? path : `${place.folder}/${path}`));
  let saved = "";
  if (pending.commit && place.repository !== undefined && paths.length > 0) {
    const texts = new Map(own.flatMap(({ text }, index) => (text === null ? [] : [[paths[index] ?? "", text] as const])));
    await place.repository.requireCommittable(paths, texts);
    saved = `, committed as ${(await place.repository.commit({ paths, message: pending.message })).slice(0, 7)}`;
  }
  settle(place, context, (other) => !isSame(other, pending));
  const day = shortDate(pending.at, context.clock.now());
  note(context, `Finished what was interrupted on ${day}: ${subjectOf(pending)}${saved}.\n`);
  if (own.length < pending.files.length) note(context, "Files that changed since stay as they are.\n");
}

function subjectOf({ message }: Pending): string {
  return message.split("\n", 1)[0] ?? "";
}

function readPending(place: Place, context: Context): readonly Pending[] {
  const path = pathOf(place, context);
  const text = path === undefined ? undefined : context.files.read(path);
  if (text === undefined) return [];
  try {
    return JSON.parse(text) as readonly Pending[];
  } catch {
    return [];
  }
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
