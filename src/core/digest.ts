import { createHash, hash } from "node:crypto";
import { compose } from "./compose.ts";
import { compareText } from "./finding.ts";
import { fold } from "./fold.ts";
import type { Criterion, Rubric } from "./model.ts";

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
 * What is hashed: RFC 8785 canonical JSON (keys in UTF-16 order, no white space) of a value with its texts composed (NFC)
 * and white space folded, keyed lists sorted by key (`requirements` keep their order: it is a ranking), absent keys
 * omitted. Numbers and booleans as they are; refused where JSON has no such number. Written in one go, as it is asked
 * for with every file that was signed; a test holds it to a library's two steps.
 */
export function canonicalText(value: unknown, name = ""): string {
  if (typeof value === "string") return JSON.stringify(normalText(value));
  if (Array.isArray(value)) return canonicalList(value, name !== "requirements");
  if (typeof value === "object" && value !== null) return canonicalFields(value as Readonly<Record<string, unknown>>);
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} is no number of JSON`);
  return JSON.stringify(value ?? null);
}

function canonicalList(list: readonly unknown[], mayBeKeyed: boolean): string {
  const keys = mayBeKeyed ? list.map(keyOf) : [];
  const isKeyed = mayBeKeyed && keys.every((key) => key !== undefined);
  if (!isKeyed) return `[${list.map((item) => canonicalText(item)).join(",")}]`;
  const items = list.map((item, index) => {
    const key = keys[index];
    return { key: typeof key === "string" ? normalText(key) : key, text: canonicalText(item) };
  });
  return `[${items
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ text }) => text)
    .join(",")}]`;
}

function canonicalFields(fields: Readonly<Record<string, unknown>>): string {
  const parts = new Map<string, string>();
  for (const key of Object.keys(fields)) {
    const item = fields[key];
    if (item !== undefined) parts.set(compose(key), canonicalText(item, key));
  }
  const sorted = [...parts.keys()].toSorted(compareText);
  return `{${sorted.map((key) => `${JSON.stringify(key)}:${parts.get(key) ?? ""}`).join(",")}}`;
}

function normalText(text: string): string {
  return /[^\S ]| {2}|^ | $/u.test(text) ? compose(text).replaceAll(/\s+/gu, " ").trim() : compose(text);
}

function compareKeys(a: string | number | undefined, b: string | number | undefined): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
}

/** Digests of model objects, which never change: a rubric's is asked for with every scorecard. */
const digests = new WeakMap<object, string>();

/** SHA-256 of a value's canonical text: the first 12 hexadecimal digits. */
export function digest(value: unknown): string {
  const known = typeof value === "object" && value !== null ? digests.get(value) : undefined;
  if (known !== undefined) return known;
  const made = hash("sha256", canonicalText(value)).slice(0, 12);
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
