import canonicalizeModule from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asOf, canonicalText, digest, keyOf } from "../../src/core/digest.ts";
import { fold } from "../../src/core/fold.ts";

// The package is CommonJS and its types describe an ES module; at run time the default import is the function.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

/** The same in two steps: first what is hashed, as a value, then its canonical JSON by a library. */
function normalized(value: unknown, name = ""): unknown {
  if (typeof value === "string") return value.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
  if (Array.isArray(value)) {
    const items = value.map((item) => normalized(item));
    const isKeyed = name !== "requirements" && items.every((item) => keyOf(item) !== undefined);
    const order = (a: unknown, b: unknown): number => {
      const [left, right] = [keyOf(a), keyOf(b)];
      if (typeof left === "number" && typeof right === "number") return left - right;
      return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
    };
    return isKeyed ? items.toSorted(order) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const made: [string, unknown][] = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [[key.normalize("NFC"), normalized(item, key)]],
  );
  return Object.fromEntries(made);
}

describe("what is hashed", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "id",
      "value",
      "criterion",
      "requirement",
      "requirements",
      "a",
      "é",
      "e\u0301",
      "\ud83d\ude00",
      "\ufb33",
      "  b \n c ",
      '"\\',
      "",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const leaf = fc.oneof(
    word,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, 1e21, 1e-7),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree"), { maxLength: 4 }), fc.dictionary(word, tie("tree"), { maxKeys: 4 })),
  }));
  test("is what two plain steps and a library make of it", () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonicalText(value)).toBe(canonicalize(normalized(value) ?? null));
      }),
      { numRuns: 3000 },
    );
  });
  test("has no numbers that JSON has not", () => expect(() => canonicalText({ a: [Number.NaN] })).toThrow("NaN is no number of JSON"));
});

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
  test("is the digest of the folded words, as they stand", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("Cafe\u0301s, and", "C++ isn't C", "don't — ever", ""),
    );
    const point = fc.record({ value: fc.constantFrom(1, 2, 2.5, 5), means: text }, { requiredKeys: ["value"] });
    const folded = ({ value, means }: { value: number; means?: string }): unknown => ({
      value,
      ...(means === undefined ? {} : { means: fold(means) }),
    });
    fc.assert(
      fc.property(
        text,
        fc.array(text, { maxLength: 3 }),
        fc.array(point, { maxLength: 4 }),
        fc.array(point),
        (means, signals, anchors, steps) => {
          const plain = {
            means: fold(means),
            signals: signals.map(fold).toSorted(),
            anchors: anchors.map(folded),
            scale: steps.map(folded),
          };
          expect(asOf({ ...criterion, means, signals, anchors } as never, steps as never)).toBe(digest(plain));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
