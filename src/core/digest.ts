import { createHash, hash } from "node:crypto";
import canonicalizeModule from "canonicalize";
import { compose } from "./compose.ts";
import { compareText } from "./finding.ts";
import { fold } from "./fold.ts";
import type { Criterion, Rubric } from "./model.ts";

// The package is CommonJS and its types describe an ES module; at run time the default import is the function.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const keys = ["id", "value", "criterion", "requirement"] as const;

/** The key by which an item of a list is known, if it has one. */
export function keyOf(item: unknown): string | number | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  for (const key of keys) {
    if (Object.hasOwn(item, key)) {
      const value = (item as Record<string, unknown>)[key];
      if (typeof value === "string" || typeof value === "number") return value;
    }
  }
  return undefined;
}

/**
 * What is hashed: NFC, white space folded, keyed lists sorted by key (`requirements` keep their order: it is a
 * ranking), absent keys omitted. Numbers and booleans as they are.
 */
export function normalize(value: unknown, name = ""): unknown {
  if (typeof value === "string") return normalText(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    let isKeyed = name !== "requirements";
    for (const item of value as readonly unknown[]) {
      const normal = normalize(item);
      isKeyed &&= keyOf(normal) !== undefined;
      items.push(normal);
    }
    return isKeyed ? items.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b))) : items;
  }
  if (typeof value === "object" && value !== null) {
    const normal: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const item = (value as Readonly<Record<string, unknown>>)[key];
      if (item !== undefined) normal[compose(key)] = normalize(item, key);
    }
    return normal;
  }
  return value;
}

function normalText(text: string): string {
  return /[^\S ]| {2}|^ | $/u.test(text) ? compose(text).replaceAll(/\s+/gu, " ").trim() : compose(text);
}

function compareKeys(a: string | number | undefined, b: string | number | undefined): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
}

/** Digests of model objects, which never change: a rubric's is asked for with every scorecard. */
const digests = new WeakMap<object, string>();

/** SHA-256 of the RFC 8785 canonical JSON of the normalised value: the first 12 hexadecimal digits. */
export function digest(value: unknown): string {
  const known = typeof value === "object" && value !== null ? digests.get(value) : undefined;
  if (known !== undefined) return known;
  const made = hash("sha256", canonicalize(normalize(value)) ?? "null").slice(0, 12);
  if (typeof value === "object" && value !== null) digests.set(value, made);
  return made;
}

/** The id git gives a file's content: SHA-1, or SHA-256 where ids have 64 digits. */
export function blobId(bytes: Uint8Array, length = 40): string {
  return createHash(length === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** SHA-256 of a text as it is, in hexadecimal: whether it came through whole. */
export function checksum(text: string): string {
  return hash("sha256", text);
}

const meanings = new WeakMap<Criterion, { readonly scale: Rubric["scale"]; readonly digest: string }>();

/** The same words have the same digest, and a team's rubrics are much alike. */
const byWords = new Map<string, string>();

/**
 * Digest of what a rating of a criterion depends on: the folded words of its meaning, signals and anchors, and the
 * scale's values and meanings. No names, labels, weights, order or punctuation. 12 hexadecimal digits.
 */
export function asOf(criterion: Criterion, scale: Rubric["scale"]): string {
  const known = meanings.get(criterion);
  if (known?.scale === scale) return known.digest;
  const { means, signals = [], anchors = [] } = criterion;
  const words = JSON.stringify([means, signals, anchors, scale]);
  const made =
    byWords.get(words) ??
    digest({
      means: fold(means),
      signals: signals.map(fold).toSorted(compareText),
      anchors: anchors.map(({ value, means: meaning }) => ({ value, means: fold(meaning) })),
      scale: scale.map(({ value, means: meaning }) => ({ value, ...(meaning === undefined ? {} : { means: fold(meaning) }) })),
    });
  byWords.set(words, made);
  meanings.set(criterion, { scale, digest: made });
  return made;
}
