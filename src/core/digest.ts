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
  const isKeyed = mayBeKeyed && list.every((item) => keyOf(item) !== undefined);
  if (!isKeyed) return `[${list.map((item) => canonicalText(item)).join(",")}]`;
  const items = list.map((item) => {
    const key = keyOf(item);
    return { key: typeof key === "string" ? normalText(key) : key, text: canonicalText(item) };
  });
  return `[${items
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ text }) => text)
    .join(",")}]`;
}

function canonicalFields(fields: Readonly<Record<string, unknown>>): string {
  const composed = Object.keys(fields).every((key) => compose(key) === key) ? fields : composeKeys(fields);
  let text = "";
  for (const key of Object.keys(composed).toSorted(compareText)) {
    const item = composed[key];
    if (item !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalText(item, key)}`;
  }
  return `{${text}}`;
}

/** Of two keys that are written in two ways, the last one counts. */
function composeKeys(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, item]) => (item === undefined ? [] : [[compose(key), item]])));
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
  const made = digestOf(canonicalText(value));
  if (typeof value === "object" && value !== null) digests.set(value, made);
  return made;
}

function digestOf(canonical: string): string {
  return hash("sha256", canonical).slice(0, 12);
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

/** Canonical texts of scales: each goes into the digest of every criterion. */
const scales = new WeakMap<Rubric["scale"], string>();

/**
 * Digest of what a rating of a criterion depends on: the folded words of its meaning, signals and anchors, and the
 * scale's values and meanings. No names, labels, weights, order or punctuation. 12 hexadecimal digits.
 */
export function asOf(criterion: Criterion, scale: Rubric["scale"]): string {
  const known = meanings.get(criterion);
  if (known?.scale === scale) return known.digest;
  const { means, signals = [], anchors = [] } = criterion;
  const scaleText = scales.get(scale) ?? pointsText(scale);
  scales.set(scale, scaleText);
  const words = JSON.stringify([means, signals, anchors, scaleText]);
  const made =
    byWords.get(words) ??
    digestOf(
      `{"anchors":${pointsText(anchors)},"means":${canonicalText(fold(means))},` +
        `"scale":${scaleText},"signals":${canonicalText(signals.map(fold).toSorted(compareText))}}`,
    );
  byWords.set(words, made);
  meanings.set(criterion, { scale, digest: made });
  return made;
}

/** Canonical text of the points of a scale, or of anchors on it, as far as their meaning goes. */
function pointsText(points: readonly { readonly value: number; readonly means?: string }[]): string {
  const texts = points
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, means }) =>
      means === undefined ? `{"value":${canonicalText(value)}}` : `{"means":${canonicalText(fold(means))},"value":${canonicalText(value)}}`,
    );
  return `[${texts.join(",")}]`;
}
