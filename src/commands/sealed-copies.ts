import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { checksum } from "../core/digest.ts";
import { sealedEnding, sealedPath } from "../core/sealed-path.ts";
import { pathInTree, type Place } from "./place.ts";

/**
 * What was sealed on this machine, kept in the git directory as long as it is sealed: so that whoever gave it can mend it,
 * and it is not lost with the keys.
 */
export function keepCopy(place: Place, path: string, text: string, { files }: Context): void {
  const absolute = pathOf(place, copyPath(path, checksum(text)), files);
  if (absolute === undefined || place.repository === undefined) return;
  files.write(files.resolve(place.repository.ownFolder, ".."), absolute, text, { private: true });
}

/** The copy of what has this digest, whatever its place was called then; undefined where it is not kept here. */
export function copyOf(place: Place, digest: string, { files }: Context): string | undefined {
  const { repository } = place;
  const path = copiesOf(place, files).find((copy) => copy.path.endsWith(`/${digest}.yaml`))?.path;
  const text = repository === undefined || path === undefined ? undefined : files.read(files.resolve(repository.ownFolder, path));
  return text === undefined || checksum(text) !== digest ? undefined : text;
}

interface Copy {
  /** Within the git directory's own folder. */
  readonly path: string;
  /** Where it stands once it is open. */
  readonly open: string;
}

function copiesOf(place: Place, files: Context["files"]): readonly Copy[] {
  if (place.repository === undefined) return [];
  const folder = folderOf(place);
  return files.snapshot(place.repository.ownFolder, [folder]).files.flatMap(({ path }) => {
    const [, open] = /^(.*)\/[0-9a-f]{64}\.yaml$/u.exec(path.slice(folder.length + 1)) ?? [];
    return open === undefined ? [] : [{ path, open: `${open}.yaml` }];
  });
}

/**
 * Lets go of copies of what was opened, or went with a candidate or a role that was here. What another branch or an earlier
 * version has sealed is kept: it may count again.
 */
export async function dropCopies(place: Place, context: Context): Promise<void> {
  const { files } = context;
  const isHere = (path: string): boolean => files.exists(files.resolve(place.root, path));
  for (const copy of copiesOf(place, files)) {
    const isOpen = isHere(copy.open) && !isHere(sealedPath(copy.open));
    if (isOpen || (await isErased(place, copy, context))) remove(place, copy, context);
  }
}

/** The same of all that belongs to a candidate. Returns how many. */
export function dropCopiesOf(place: Place, folder: string, context: Context): number {
  const own = copiesOf(place, context.files).filter(({ open }) => open.startsWith(`${folder}/`));
  for (const copy of own) remove(place, copy, context);
  return own.length;
}

/** Whether the folder it belongs to was here, is gone, and did not go elsewhere under another name. */
async function isErased(place: Place, { open, path }: Copy, { files }: Context): Promise<boolean> {
  const [folder = open, inside] = /^roles\/[^/]+(\/candidates\/[^/]+)?(?=\/)/u.exec(open) ?? [];
  if (files.exists(files.resolve(place.root, folder))) return false;
  const file = `${folder}/${inside === undefined ? "intake" : "candidate"}.yaml`;
  const former = pathInTree(place, file);
  const wasHere = ((await place.repository?.histories([former]))?.get(former) ?? []).length > 0;
  const digest = path.slice(-".yaml".length - 64, -".yaml".length);
  const sealed = files.snapshot(place.root, ["roles"], (name) => name.endsWith("/") || name.endsWith(sealedEnding)).files;
  return wasHere && !sealed.some(({ text }) => text?.includes(digest) === true);
}

function remove(place: Place, { path }: Copy, { files }: Context): void {
  if (place.repository === undefined) return;
  const { ownFolder } = place.repository;
  files.remove(files.resolve(ownFolder, path), files.resolve(ownFolder, folderOf(place)));
}

const keysName = "keys.json";

/** The keys that this clone last sealed to; undefined where it never did, or where that cannot be read. */
export function keysBefore(place: Place, { files }: Context): readonly string[] | undefined {
  const path = pathOf(place, keysName, files);
  try {
    const keys = JSON.parse((path === undefined ? undefined : files.read(path)) ?? "") as unknown;
    return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : undefined;
  } catch {
    return undefined;
  }
}

export function keepKeys(place: Place, keys: readonly string[], { files }: Context): void {
  const path = pathOf(place, keysName, files);
  if (path === undefined || place.repository === undefined) return;
  files.write(files.resolve(place.repository.ownFolder, ".."), path, JSON.stringify(keys), { private: true });
}

/** By its digest, too: what it takes the place of stands until it is saved. */
function copyPath(path: string, digest: string): string {
  return `${path.slice(0, -".yaml".length)}/${digest}.yaml`;
}

/** Each hiring root of a repository has its own. */
function folderOf({ folder }: Place): string {
  return folder === "" ? "sealed" : `sealed-${crcOf(folder).toString(16)}`;
}

function pathOf(place: Place, path: string, files: Context["files"]): string | undefined {
  return place.repository === undefined ? undefined : files.resolve(place.repository.ownFolder, `${folderOf(place)}/${path}`);
}
