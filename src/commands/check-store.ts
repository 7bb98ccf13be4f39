import type { Context } from "../context.ts";
import { crcOf } from "../core/crc.ts";
import { type Listing, stampLength } from "../core/snapshot.ts";
import type { CheckedTree, Part } from "./check-tree.ts";
import { stateOfNames } from "./names-store.ts";
import type { Place } from "./place.ts";

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
}

/** How many bytes each of the three sections takes: the findings (JSON), the paths (parted by NUL), their stamps. */
type Lengths = readonly [stored: number, paths: number, stamps: number];

/**
 * What was kept of the last check here. Ignored where it is damaged, cut off, of another hire or of another place:
 * then everything is looked at again, and it is written anew.
 */
export function readKept(place: Place, context: Context): KeptCheck | undefined {
  const path = pathOf(place, context);
  if (path === undefined) return undefined;
  let bytes: Uint8Array | undefined;
  try {
    bytes = context.files.readBytes(path);
  } catch {
    return undefined;
  }
  const sections = bytes === undefined ? undefined : sectionsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), place, context);
  if (sections === undefined) return undefined;
  const { parts, clashes, ...rest } = JSON.parse(sections[0].toString("utf8")) as Stored;
  const paths = sections[1].toString("utf8");
  // A copy of its own: numbers must begin where numbers may.
  const listing = { paths: paths === "" ? [] : paths.split("\0"), stamps: new Float64Array(Uint8Array.from(sections[2]).buffer) };
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
export function writeKept(place: Place, context: Context, { tree, ...rest }: Omit<KeptCheck, "listing">): void {
  const path = pathOf(place, context);
  if (path === undefined || place.repository === undefined) return;
  const stored: Stored = {
    ...rest,
    parts: tree.parts.map(({ listing, ...part }) => ({ ...part, entries: listing.paths.length })),
    clashes: tree.clashes,
  };
  const sections = [
    Buffer.from(JSON.stringify(stored), "utf8"),
    Buffer.from(tree.parts.flatMap(({ listing }) => (listing.paths.length === 0 ? [] : [listing.paths.join("\0")])).join("\0"), "utf8"),
    Buffer.concat(tree.parts.map(({ listing: { stamps } }) => Buffer.from(stamps.buffer, stamps.byteOffset, stamps.byteLength))),
  ] as const;
  const body = Buffer.concat(sections);
  const header = headerOf(place, context, [sections[0].length, sections[1].length, sections[2].length], body);
  try {
    const whole = Buffer.concat([Buffer.from(`${header}\n`, "utf8"), body]);
    context.files.write(place.repository.ownFolder, path, whole, { private: true, fleeting: true });
  } catch {
    // A disk that is full or not ours to write costs time, nothing else.
  }
}

/** The sections behind the header; undefined where it is not just the header they should have. */
function sectionsOf(bytes: Buffer, place: Place, context: Context): readonly [Buffer, Buffer, Buffer] | undefined {
  const end = bytes.indexOf("\n");
  const header = bytes.toString("utf8", 0, Math.max(end, 0));
  const lengths = /\[(\d{1,10}),(\d{1,10}),(\d{1,10})\],\d+\]$/u.exec(header)?.slice(1).map(Number);
  if (lengths === undefined) return undefined;
  const [first = 0, second = 0, third = 0] = lengths;
  const body = bytes.subarray(end + 1);
  if (body.length !== first + second + third || header !== headerOf(place, context, [first, second, third], body)) return undefined;
  return [body.subarray(0, first), body.subarray(first, first + second), body.subarray(first + second)];
}

/** Names everything that the rest depends on, and the rest itself. */
function headerOf(place: Place, { build, files }: Context, lengths: Lengths, body: Uint8Array): string {
  return JSON.stringify([
    "hire check",
    2,
    build,
    place.root,
    stateOfNames(place, files),
    lengths,
    crcOf(`${lengths.join(" ")} ${crcOf(body)}`),
  ]);
}

function pathOf({ repository, root }: Place, { files }: Context): string | undefined {
  // Work trees of one repository, and roots of one work tree, each have their own.
  return repository === undefined ? undefined : files.resolve(repository.ownFolder, `check-${crcOf(root).toString(16)}.kept`);
}
