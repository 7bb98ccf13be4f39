import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { type Listing, stampLength } from "../core/snapshot.ts";
import type { CheckedTree, Part } from "./check-tree.ts";
import { stateOfNames } from "./names-store.ts";
import type { Place } from "./session.ts";

/** What the last check of a working tree found, and how the tree stood then. */
export interface KeptCheck {
  readonly tree: CheckedTree;
  /** All listings as one. */
  readonly listing: Listing;
  /** HEAD, where the history had its say in some role. */
  readonly head: string | null;
  readonly rules: number;
  /** Rules whose findings are never quoted. */
  readonly discreet: readonly string[];
}

interface Stored extends Omit<KeptCheck, "tree" | "listing"> {
  readonly parts: readonly (Omit<Part, "listing"> & { readonly entries: number })[];
  readonly clashes: CheckedTree["clashes"];
  /** Paths of all listings, parted by NUL, and their stamps (base64 of 64-bit floats). */
  readonly paths: string;
  readonly stamps: string;
}

/**
 * What was kept of the last check here. Ignored where it is damaged, cut off, of another hire or of another place:
 * then everything is looked at again, and it is written anew.
 */
export function readKept(place: Place, context: Context): KeptCheck | undefined {
  const path = pathOf(place, context);
  if (path === undefined) return undefined;
  let text: string | undefined;
  try {
    text = context.files.read(path);
  } catch {
    return undefined;
  }
  if (text === undefined) return undefined;
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end === -1 || text.slice(0, end) !== headerOf(place, context, body)) return undefined;
  const { parts, clashes, paths, stamps, ...rest } = JSON.parse(body) as Stored;
  const listing = { paths: paths === "" ? [] : paths.split("\0"), stamps: floats(stamps) };
  let at = 0;
  const whole = parts.map(({ entries, ...part }): Part => {
    const from = at;
    at += entries;
    return {
      ...part,
      listing: { paths: listing.paths.slice(from, at), stamps: listing.stamps.subarray(from * stampLength, at * stampLength) },
    };
  });
  return { ...rest, tree: { parts: whole, clashes }, listing };
}

/** Keeps a check for the next one, whole or not at all; where it cannot be kept, the next one is no wronger for it. */
export function writeKept(place: Place, context: Context, { tree, listing, ...rest }: KeptCheck): void {
  const path = pathOf(place, context);
  if (path === undefined || place.repository === undefined) return;
  const stored: Stored = {
    ...rest,
    parts: tree.parts.map(({ listing: own, ...part }) => ({ ...part, entries: own.paths.length })),
    clashes: tree.clashes,
    paths: listing.paths.join("\0"),
    stamps: Buffer.from(listing.stamps.buffer, listing.stamps.byteOffset, listing.stamps.byteLength).toString("base64"),
  };
  const body = JSON.stringify(stored);
  try {
    context.files.write(place.repository.ownFolder, path, `${headerOf(place, context, body)}\n${body}`, { private: true, fleeting: true });
  } catch {
    // A disk that is full or not ours to write costs time, nothing else.
  }
}

/** Names everything that the rest depends on, and the rest itself. */
function headerOf(place: Place, { build, files }: Context, body: string): string {
  return JSON.stringify(["hire check", 1, build, place.root, stateOfNames(place, files), body.length, crcOf(body)]);
}

function pathOf({ repository, root }: Place, { files }: Context): string | undefined {
  // Work trees of one repository, and roots of one work tree, each have their own.
  return repository === undefined ? undefined : files.resolve(repository.ownFolder, `check-${crcOf(root).toString(16)}.json`);
}

function floats(base64: string): Float64Array {
  const bytes = Buffer.from(base64, "base64");
  // A copy of its own: numbers must begin where numbers may.
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
