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
  readonly parts: readonly (Omit<Part, "listing"> & { readonly entries: number; readonly pathBytes: number })[];
  readonly clashes: CheckedTree["clashes"];
}

/** How many bytes each of the three sections takes: the stamps, the findings (JSON), the paths (each with a NUL behind it). */
type Lengths = readonly [stamps: number, stored: number, paths: number];

/** A part's listing as it is written. */
interface Written {
  readonly stamps: Uint8Array;
  readonly paths: Uint8Array;
}

/** Of parts that were read: what stays as it was is written as it was. */
const written = new WeakMap<Part, Written>();

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
  const [stamps, stored, paths] = sections;
  const { parts, clashes, ...rest } = JSON.parse(stored.toString("utf8")) as Stored;
  let [stampsAt, pathsAt] = [0, 0];
  const whole = parts.map(({ entries, pathBytes, ...part }): Part => {
    const own: Written = {
      stamps: stamps.subarray(stampsAt, (stampsAt += entries * stampLength * numberLength)),
      paths: paths.subarray(pathsAt, (pathsAt += pathBytes)),
    };
    const made = {
      ...part,
      get listing(): Listing {
        return listingOf(own);
      },
    };
    written.set(made, own);
    return made;
  });
  return { ...rest, tree: { parts: whole, clashes }, listing: listingOf({ stamps, paths }) };
}

function listingOf({ stamps, paths }: Written): Listing {
  return { paths: Buffer.from(paths.buffer, paths.byteOffset, paths.length).toString("utf8"), stamps: numbersIn(stamps) };
}

/** Keeps a check for the next one, whole or not at all; where it cannot be kept, the next one is no wronger for it. */
export function writeKept(place: Place, context: Context, { tree, ...rest }: Omit<KeptCheck, "listing">): void {
  const path = pathOf(place, context);
  if (path === undefined || place.repository === undefined) return;
  const listings = tree.parts.map((part) => written.get(part) ?? writtenOf(part.listing));
  const parts = tree.parts.map(({ role, result, files, others, history }, index) => {
    const { stamps = [], paths = [] } = listings[index] ?? {};
    return { role, result, files, others, history, entries: stamps.length / stampLength / numberLength, pathBytes: paths.length };
  });
  const stored: Stored = { ...rest, parts, clashes: tree.clashes };
  const stamps = listings.map((own) => own.stamps);
  const paths = listings.map((own) => own.paths);
  const json = Buffer.from(JSON.stringify(stored), "utf8");
  const body = [...stamps, json, ...paths];
  const header = headerOf(place, context, [lengthOf(stamps), json.length, lengthOf(paths)], body);
  try {
    const content = [Buffer.from(header, "utf8"), ...body];
    context.files.write(place.repository.ownFolder, path, content, { private: true, fleeting: true });
  } catch {
    // A disk that is full or not ours to write costs time, nothing else.
  }
}

function writtenOf({ stamps, paths }: Listing): Written {
  return {
    stamps: new Uint8Array(stamps.buffer, stamps.byteOffset, stamps.byteLength),
    paths: Buffer.from(paths, "utf8"),
  };
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** The sections behind the header; undefined where it is not just the header they should have. */
function sectionsOf(bytes: Buffer, place: Place, context: Context): readonly [Buffer, Buffer, Buffer] | undefined {
  const end = bytes.indexOf("\n") + 1;
  const header = bytes.toString("utf8", 0, end);
  const lengths = /,\[(\d{1,10}),(\d{1,10}),(\d{1,10})\],\d+\] *\n$/u.exec(header)?.slice(1).map(Number);
  if (lengths === undefined) return undefined;
  const [stamps = 0, stored = 0, paths = 0] = lengths;
  const body = bytes.subarray(end);
  if (body.length !== stamps + stored + paths || header !== headerOf(place, context, [stamps, stored, paths], [body])) return undefined;
  return [body.subarray(0, stamps), body.subarray(stamps, stamps + stored), body.subarray(stamps + stored)];
}

/**
 * Names everything that the rest depends on, and the rest itself. A line as long as lets the numbers behind it begin where
 * numbers may.
 */
function headerOf(place: Place, { build, files }: Context, lengths: Lengths, body: readonly Uint8Array[]): string {
  const crc = body.reduce((sum, chunk) => crcOf(chunk, sum), crcOf(lengths.join(" ")));
  const line = JSON.stringify(["hire check", 3, build, place.root, stateOfNames(place, files), lengths, crc]);
  return `${line}${" ".repeat(numberLength - 1 - (Buffer.byteLength(line) % numberLength))}\n`;
}

const numberLength = Float64Array.BYTES_PER_ELEMENT;

/** Where they stand in memory, if numbers may stand there. */
function numbersIn(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % numberLength === 0 ? bytes : new Uint8Array(bytes);
  return new Float64Array(buffer, byteOffset, length / numberLength);
}

function pathOf({ repository, root }: Place, { files }: Context): string | undefined {
  // Work trees of one repository, and roots of one work tree, each have their own.
  return repository === undefined ? undefined : files.resolve(repository.ownFolder, `check-${crcOf(root).toString(16)}.kept`);
}
