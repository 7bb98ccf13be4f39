import { encodings } from "./encodings.js";

/** Bytes of a public age key, by the kind that its beginning names (https://age-encryption.org/v1, C2SP age). */
const lengths: ReadonlyMap<string, number> = new Map([
  ["age", 32],
  ["age1pq", 1216],
  ["age1tag", 33],
  ["age1tagpq", 1249],
]);

/** Whether something can be encrypted to a key: one that was mistyped does not fit its own checksum. */
export function isAgeKey(text: string): boolean {
  const { bech32 } = encodings();
  const decoded = bech32.decodeUnsafe(text, false);
  const bytes = decoded === undefined ? undefined : bech32.fromWordsUnsafe(decoded.words);
  return bytes instanceof Uint8Array && decoded !== undefined && bytes.length === lengths.get(decoded.prefix);
}
