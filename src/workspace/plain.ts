import { CORE_SCHEMA, load } from "js-yaml";
import { hasUnsafe } from "../core/escape.ts";

/**
 * What sends a file to the strict reader: anything that the fast one would read otherwise, or let pass without a word.
 * Generous on purpose: a false alarm costs a millisecond.
 */
const unusual: readonly RegExp[] = [
  /[\t\\]/u,
  /^[\s-]*-\s+-(?:\s|$)/mu, // a list begun in a list's own line
  /^(?:%|---|\.\.\.)/mu,
  /(?:^|[\s[{,:-])[&*!][^\s]/mu, // anchors, aliases, tags
  /<<|__proto__|(?:^|[\s[{,])\?(?:\s|$)|[\]}"']\s*:/mu, // merge, odd keys
  /["'\]}]#/u, // a comment without the space before it
  /(?:^|[\s[{,:-])(?:"[^"\n]*|'[^'\n]*)$/mu, // a quoted text of several lines
  /[[{](?:[^\]}\n]*|.*,\s*)$/mu, // a flow collection of several lines
  /\ufeff|^\s*:/mu,
  / #[^\s#!]/u, // a text cut off by a comment
  /[-+]?\.(?:nan|inf)/iu,
  // numbers that read otherwise elsewhere; digests, which hold digits and an e, are none
  /(?:^|[\s[{,])(?:-0|[-+]?(?:\.\d|\d{16}))/mu,
  /(?:^|[\s[{,])[-+]?(?:0x[\da-f_]*|0[ob]?[\d_][\d_.]*|\d[\d.]*e[-+]?[\d_.]*|\d[\d.]*_[\d_.]*)(?=[\s,\]}:]|$)/imu,
];

const maxDepth = 64;

/**
 * The data of a plain, sound YAML text, or undefined where the strict reader must look: at anything unusual, unsound,
 * or too deep. What comes back is what the strict reader would read; a property test holds the two together.
 */
export function readPlain(text: string): unknown {
  if (unusual.some((pattern) => pattern.test(text))) return undefined;
  // Escapes are unusual already: what the text does not hold, no value of it can.
  if (hasUnsafe(text.includes("\r") ? text.replaceAll("\r\n", "\n") : text)) return undefined;
  // Only ASCII is sure to be composed.
  if (/[^\u0000-\u007f]/u.test(text) && text !== text.normalize("NFC")) return undefined;
  try {
    const value = load(text, { schema: CORE_SCHEMA });
    return typeof value === "object" && value !== null && isPlain(value, 1) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "number") return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (typeof value !== "object" || value === null) return true;
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  for (const key in value) {
    if (key === "" || key === "null" || !isPlain((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
  }
  return true;
}
