import { describe, expect, test } from "vitest";
import { asOf, digest } from "../../src/core/digest.ts";

describe("digest", () => {
  test("is the first 12 hex of the SHA-256 of canonical JSON", () => expect(digest({ b: 1, a: "x" })).toBe("cdab067e9f3b"));
  test("ignores the order of keys, keyed lists and white space", () =>
    expect(digest({ x: 1, list: [{ id: "a" }, { id: "b", t: "one  two\n" }] })).toBe(
      digest({ list: [{ t: "one two", id: "b" }, { id: "a" }], x: 1 }),
    ));
  test("keeps the order of requirements: it is a ranking", () =>
    expect(digest({ requirements: [{ id: "a" }, { id: "b" }] })).not.toBe(digest({ requirements: [{ id: "b" }, { id: "a" }] })));
  test("omits absent keys and composes accents", () => expect(digest({ a: "Café", b: undefined })).toBe(digest({ a: "Cafe\u0301" })));
});

describe("asOf", () => {
  const scale = [
    { value: 1, label: "No", means: "Evidence against" },
    { value: 5, label: "Yes" },
  ];
  const criterion = { id: "a", name: "A", means: "Designs for failure.", weight: 1, signals: ["Names modes", "Knows clients"] };
  test("ignores names, labels, weights, punctuation and order", () =>
    expect(asOf(criterion, scale)).toBe(
      asOf(
        { ...criterion, name: "B", weight: 9, means: "designs for — failure", signals: ["Knows clients", "Names modes"] },
        scale.map((step) => ({ ...step, label: "L" })).toReversed(),
      ),
    ));
  test.each([
    ["a word", { ...criterion, means: "Designs for speed." }, scale],
    ["a signal gone", { ...criterion, signals: ["Names modes"] }, scale],
    ["an anchor", { ...criterion, anchors: [{ value: 1, means: "Cannot" }] }, scale],
    ["a scale meaning gone", criterion, scale.map(({ value, label }) => ({ value, label }))],
    ["a scale value", criterion, [...scale, { value: 6, label: "More" }]],
  ])("changes with %s", (_, changed, steps) => expect(asOf(changed, steps)).not.toBe(asOf(criterion, scale)));
});
