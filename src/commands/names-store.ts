import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { visible } from "../core/escape.ts";
import { isId } from "../core/id.ts";
import { nameFinder } from "../core/private-names.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Place } from "./place.ts";

/** Who candidates are: kept in this clone's git directory, for its owner's eyes, and in no commit. By "role/candidate". */
export type Names = ReadonlyMap<string, string>;

export const keyOf = (role: string, candidate: string): string => `${role}/${candidate}`;

/** Longest name that is kept, in characters. */
const longest = 200;

/** A name as it is kept: on one line, without control characters. */
export function cleanName(name: string): string {
  const clean = visible(name).replaceAll(/\s+/gu, " ").trim();
  if (clean === "" || clean.length > longest) throw new Refusal(`a name has 1 to ${longest} characters`);
  return clean;
}

export function readNames(place: Place, { files }: Context): Names {
  const path = pathOf(place, files);
  const text = path === undefined ? undefined : files.read(path);
  if (text === undefined) return new Map();
  const names = namesIn(text);
  if (names === undefined)
    throw new Refusal(`${path ?? ""} cannot be read as the names of candidates`, {
      exitCode: exitCode.io,
      hint: "it is this clone's own file: mend it, or move it away",
    });
  return names;
}

/** Finds the names of candidates that are known on this machine; undefined where none is. */
export function knownNames(place: Place, context: Context): ReturnType<typeof nameFinder> {
  return nameFinder(readNames(place, context).values());
}

/** Differs where the names differ: what was found with them is found anew. */
export function stateOfNames(place: Place, files: Context["files"]): number {
  const path = pathOf(place, files);
  return crcOf((path === undefined ? undefined : files.read(path)) ?? "");
}

/** Called by the clone's one writer. */
export function writeNames(place: Place, names: Names, { files }: Context): void {
  const path = pathOf(place, files);
  if (path === undefined || place.repository === undefined)
    throw new Refusal("names are kept in the git directory, and there is none", { hint: "git init" });
  if (names.size === 0) files.remove(path);
  else files.write(files.resolve(place.repository.ownFolder, ".."), path, textOf(names), { private: true });
}

/** Changes the names as the clone's one writer. */
export async function changeNames(place: Place, context: Context, change: (names: Map<string, string>) => void): Promise<void> {
  const run = async (): Promise<void> => {
    const names = new Map(readNames(place, context));
    change(names);
    writeNames(place, names, context);
  };
  await (place.repository === undefined ? run() : place.repository.exclusively(run));
}

export function textOf(names: Names): string {
  const sorted = [...names].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ hire: "names", version: 1, names: Object.fromEntries(sorted) }, null, 2)}\n`;
}

/** The names a text holds; undefined where it is none of ours. */
export function namesIn(text: string): Names | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { hire, version, names } = (data ?? {}) as { readonly hire?: unknown; readonly version?: unknown; readonly names?: unknown };
  if (hire !== "names" || version !== 1 || typeof names !== "object" || names === null || Array.isArray(names)) return undefined;
  const entries = Object.entries(names);
  const isSound = entries.every(
    ([key, name]) =>
      key.split("/").length === 2 && key.split("/").every(isId) && typeof name === "string" && name !== "" && name.length <= longest,
  );
  return isSound ? new Map((entries as [string, string][]).map(([key, name]) => [key, cleanName(name)])) : undefined;
}

/** Each hiring root of a repository has its own. */
function pathOf({ repository, folder }: Place, files: Context["files"]): string | undefined {
  const name = folder === "" ? "names.json" : `names-${crcOf(folder).toString(16)}.json`;
  return repository === undefined ? undefined : files.resolve(repository.ownFolder, name);
}
