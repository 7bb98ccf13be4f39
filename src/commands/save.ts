import type { Context } from "../context.ts";
import { compareText } from "../core/finding.ts";
import { placeInWords } from "../core/merge.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Repository } from "../ports.ts";
import { isHiringPath } from "../workspace/layout.ts";
import type { Globals } from "./command.ts";
import { finishOthers, keepPending } from "./pending.ts";
import { note } from "./print.ts";
import type { Loaded } from "../workspace/load.ts";
import { pathInTree, type Place } from "./place.ts";
import { canAsk, type Hiring, loadReader } from "./session.ts";

export interface NewText {
  /** Relative to the hiring root. */
  readonly path: string;
  readonly text: string;
  /** What it says, where that cannot be read from it: it is sealed. */
  readonly says?: string;
}

/** A file that goes. */
export interface Removal extends Pick<NewText, "path"> {
  readonly text: null;
}

/** What is saved into: as it was read, where it was. */
export type Target = Place & Pick<Hiring, "workspace"> & Partial<Pick<Hiring, "loaded" | "wanted">>;

/**
 * Writes files whole and commits exactly them (unless told not to), with a subject a person would write, as the clone's
 * only writer. What someone else wrote into the same files since they were read stays: the two are brought together by
 * meaning, or refused. Says on stderr what was saved where. Files that already read so are left alone.
 */
export async function save(
  target: Target,
  context: Context,
  globals: Globals,
  texts: readonly (NewText | Removal)[],
  subject: string,
  trailers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await askAboutProtectedWords(target, texts, context, globals);
  const notes = Object.entries(trailers).map(([key, value]) => `${key}: ${value}`);
  const message = [subject.replaceAll(/\s+/gu, " "), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
  const { repository } = target;
  if (repository === undefined) return saveAlone(target, context, globals, texts, message);
  await repository.exclusively(async () => {
    await finishOthers(target, context, globals);
    await saveAlone(target, context, globals, texts, message);
  });
}

async function saveAlone(
  target: Target,
  context: Context,
  globals: Globals,
  asked: readonly (NewText | Removal)[],
  message: string,
): Promise<void> {
  const { files } = context;
  const diskOf = (path: string): string | null => files.read(files.resolve(target.root, path)) ?? null;
  const texts = await Promise.all(asked.map((file) => broughtTogether(target, file, diskOf(file.path))));
  const changed = texts.filter(({ path, text }) => diskOf(path) !== text);
  await refuseUnreadable(changed);
  const paths = texts.map(({ path }) => pathInTree(target, path)).toSorted(compareText);
  const committing = committingIn(target, globals);
  const known = new Map(texts.map(({ path, text }) => [pathInTree(target, path), text]));
  await committing?.requireCommittable(paths, known);
  for (const { path } of changed) files.requireReal(target.root, files.resolve(target.root, path));
  const kept = await keepPending(
    target,
    { message, commit: committing !== undefined },
    changed.map(({ path, text }) => ({ path, before: diskOf(path), text })),
    context,
  );
  for (const { path, text } of changed) {
    const absolute = files.resolve(target.root, path);
    if (text === null) files.remove(absolute, target.root);
    else files.write(target.root, absolute, text);
  }
  kept.written();
  const names = changed.map(({ path }) => path).toSorted(compareText);
  const shown = names.length > 3 ? `${names.length} files` : names.join(", ");
  if (committing === undefined) {
    kept.settle();
    note(context, changed.length === 0 ? "Nothing to save: it stands so already.\n" : `Saved in ${shown}. Not committed.\n`);
    return;
  }
  // What stands so already may not be committed yet, where a commit was refused before.
  const before = await committing.head();
  const commit = await committing.commit({ paths, message });
  kept.settle();
  if (commit === before) note(context, "Nothing to save: it stands so already.\n");
  else
    note(
      context,
      `Saved in ${shown === "" ? "what was written before" : shown}, committed as ${commit.slice(0, 7)}. Only here: hire sync shares it.\n`,
    );
}

/** A text with what was written into its file since it was read. */
async function broughtTogether({ loaded, wanted }: Target, file: NewText | Removal, disk: string | null): Promise<NewText | Removal> {
  const { path, text } = file;
  // Of what was not read, or cannot be, nobody knows how it stood: what is there is what was there.
  const isKnown = loaded !== undefined && wanted?.(path) === true && isHiringPath(path) && text !== null;
  const read = isKnown ? loaded.read.get(path) : undefined;
  const base = read !== undefined ? (read.text ?? disk) : isKnown && !unreadableIn(loaded, path) ? null : disk;
  if (base === disk || text === disk) return file;
  const { mergeTexts } = await import("../workspace/merge.ts");
  const merged = mergeTexts(path, base, text, disk);
  const [conflict] = merged.conflicts;
  if (conflict !== undefined)
    throw new Refusal(`${path} changed while this was written: ${placeInWords(conflict.path, conflict.about)}`, {
      exitCode: exitCode.unknown,
      hint: "nothing was written: look at what stands there now, then the same command again",
    });
  return merged.text === null ? { path, text: null } : { path, text: merged.text };
}

function unreadableIn({ workspace }: Loaded, path: string): boolean {
  return [...workspace.unreadable, ...workspace.roles.flatMap((role) => role.unreadable)].includes(path);
}

async function refuseUnreadable(texts: readonly (NewText | Removal)[]): Promise<void> {
  const { problemsOf } = await loadReader();
  for (const { path, text } of texts) {
    const [problem] = text !== null && isHiringPath(path) ? problemsOf(path, text) : [];
    if (problem !== undefined)
      throw new Refusal(`${path} would not be readable: ${problem.observation.message}`, { hint: problem.observation.hint });
  }
}

/** The repository, where what is written is committed. */
function committingIn({ repository, workspace }: Pick<Target, "repository" | "workspace">, globals: Globals): Repository | undefined {
  return globals.commit && workspace.hire?.data.commit !== false ? repository : undefined;
}

/** Refuses where a commit of these files would have to be refused: asked before a conversation, so that no answer is lost. */
export async function refuseUncommittable(hiring: Hiring, globals: Globals, paths: readonly string[]): Promise<void> {
  await committingIn(hiring, globals)?.requireCommittable(paths.map((path) => pathInTree(hiring, path)));
}

/**
 * Words that the law protects are asked about before they are saved: what git keeps is hard to take back. Without a
 * terminal they are pointed at; `hire check` finds them again.
 */
async function askAboutProtectedWords(
  { root }: Pick<Place, "root">,
  texts: readonly (NewText | Removal)[],
  context: Context,
  globals: Globals,
): Promise<void> {
  const { protectedMatter } = await import("../core/protected.ts");
  const found = texts
    .filter(({ path }) => path.startsWith("roles/"))
    .flatMap((file) => {
      const { path } = file;
      const text = file.text === null ? null : (file.says ?? file.text);
      const known = new Set((context.files.read(context.files.resolve(root, path)) ?? "").split("\n"));
      return (text ?? "").split("\n").flatMap((line) => (known.has(line) ? [] : (protectedMatter(line) ?? [])));
    });
  if (found.length === 0) return;
  for (const { matter, why, instead } of new Set(found))
    note(context, `This names or stands in for ${matter}. ${why} Instead: ${instead}.\n`);
  if (!canAsk(context, globals) || (await context.prompts.confirm("Save it as it is?", false))) return;
  throw new Refusal("not saved: say it in other words first", { hint: "the same command offers what you wrote again" });
}
