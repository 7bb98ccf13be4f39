import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { isAgeKey } from "../../src/core/age-key.ts";

test.each([
  ["of the usual kind", generateX25519Identity],
  ["that outlasts quantum computers", generateHybridIdentity],
])("a key %s is one, and none once a letter is another", async (_, make) => {
  const key = await identityToRecipient(await make());
  expect(isAgeKey(key)).toBe(true);
  for (const at of [6, 20, key.length - 1])
    expect(isAgeKey(`${key.slice(0, at)}${key[at] === "q" ? "p" : "q"}${key.slice(at + 1)}`)).toBe(false);
  expect(isAgeKey(key.slice(0, -1))).toBe(false);
});

test.each([
  ["a plugin's, which hire cannot seal to", "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t"],
  ["too short", "age1qqqsyqcyq5rqwzqf6dn9jm"],
  ["no key", "age1"],
])("%s: none", (_, key) => expect(isAgeKey(key)).toBe(false));
