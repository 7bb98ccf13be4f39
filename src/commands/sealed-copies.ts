import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { checksum } from "../core/digest.ts";
import { sealedPath } from "../core/sealed-path.ts";
import type { Place } from "./session.ts";

/**
 * What was sealed on this machine, kept in the git directory as long as it is sealed: so that whoever gave it can mend it,
 * and it is not lost with the keys.
 */
export function keepCopy(place: Place, path: string, text: string, { files }: Context): void {
  const absolute = pathOf(place, copyPath(path, checksum(text)), files);
  if (absolute === undefined || place.repository === undefined) return;
  files.write(files.resolve(place.repository.ownFolder, ".."), absolute, text, { private: true });
}

/** The copy of what has this digest; undefined where it is not kept here. */
export function copyOf(place: Place, path: string, digest: string, { files }: Context): string | undefined {
  const absolute = pathOf(place, copyPath(path, digest), files);
  const text = absolute === undefined ? undefined : files.read(absolute);
  return text === undefined || checksum(text) !== digest ? undefined : text;
}

/** Lets go of copies of what is not sealed any more: it was opened, replaced or erased. Returns how many. */
export function dropCopies(place: Place, { files }: Context): number {
  const { repository } = place;
  if (repository === undefined) return 0;
  const folder = folderOf(place);
  let dropped = 0;
  for (const { path } of files.snapshot(repository.ownFolder, [folder]).files) {
    const [, open = "", digest = ""] = /^(.*)\/([0-9a-f]{64})\.yaml$/u.exec(path.slice(folder.length + 1)) ?? [];
    if (digest === "" || files.read(files.resolve(place.root, sealedPath(`${open}.yaml`)))?.includes(digest) === true) continue;
    files.remove(files.resolve(repository.ownFolder, path), files.resolve(repository.ownFolder, folder));
    dropped += 1;
  }
  return dropped;
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
