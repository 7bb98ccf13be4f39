import type { Context } from "../context.ts";
import { Interrupted } from "../ports.ts";
import type { Globals } from "./command.ts";
import { startFolder } from "./place.ts";

/** Answers kept while a conversation goes on, so that an interruption loses nothing. */
export interface Draft<T> {
  readonly value: T;
  /** Whether this conversation goes on where an earlier one stopped. */
  readonly resumed: boolean;
  save(value: T): void;
}

/** What a conversation came to; its draft stays until the caller has saved it and says so. */
export interface Kept<R> {
  readonly result: R;
  readonly forget: () => void;
}

/** What was told all at once, and so never had a draft. */
export function kept<R>(result: R): Kept<R> {
  return { result, forget: () => undefined };
}

/**
 * Runs a conversation with a draft in the git directory, found again by the same command. The caller forgets it once
 * the result is saved, and not before. Outside of git there is no place for one, and it is kept in memory only.
 */
export async function withDraft<T, R>(
  name: string,
  empty: T,
  context: Context,
  globals: Globals,
  converse: (draft: Draft<T>) => Promise<R>,
): Promise<Kept<R>> {
  const { files, prompts } = context;
  const repository = await context.git.open(startFolder(context, globals));
  const folder = repository === undefined ? undefined : files.resolve(repository.ownFolder, "drafts");
  const path = folder === undefined ? undefined : files.resolve(folder, `${name}.json`);
  let value = empty;
  let resumed = false;
  const earlier = path === undefined ? undefined : files.read(path);
  if (earlier !== undefined) {
    const draft = parseDraft(earlier);
    if (draft !== undefined && (await prompts.confirm("You were interrupted here before. Go on where you stopped?", true))) {
      value = draft as T;
      resumed = true;
    }
  }
  const draft: Draft<T> = {
    get value() {
      return value;
    },
    get resumed() {
      return resumed;
    },
    save(next) {
      value = next;
      if (folder !== undefined && path !== undefined && repository !== undefined)
        files.write(files.resolve(repository.ownFolder, ".."), path, JSON.stringify(next), { private: true });
    },
  };
  try {
    const result = await converse(draft);
    return { result, forget: () => (path === undefined ? undefined : files.remove(path)) };
  } catch (error) {
    if (error instanceof Interrupted && path !== undefined && files.exists(path))
      throw new Interrupted("interrupted: your answers are kept, and the same command goes on from here");
    throw error;
  }
}

function parseDraft(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
