import { expect, test } from "vitest";
import { readPlain } from "../../src/workspace/plain.ts";
import { expectOneAnswer, holdOnPieces, holdOnWritten } from "../support/plain.ts";
import { fixture, searchFiles } from "../support/repo.ts";

test("on texts made of YAML's own pieces, what the fast reader reads is what the strict one would", () => {
  holdOnPieces(8000);
});

test("on what hire writes, with a piece put in anywhere", () => {
  holdOnWritten(4000);
});

test.each([
  [
    "a map of all kinds",
    'a: b c   # said\n"no": -1.5\nd:\n  - e: "f: g"\n    h: [i, {j: 2}]\n  - k\nl:\n- null\n',
    { a: "b c", no: -1.5, d: [{ e: "f: g", h: ["i", { j: 2 }] }, "k"], l: [null] },
  ],
  ["a block", "a: |\n  one\n\n    two\nb: |-\n  three\n", { a: "one\n\n  two\n", b: "three" }],
  ["CRLF and other letters", "a: née\r\nb:\r\n", { a: "née", b: null }],
])("%s is read", (_, text, value) => {
  expect(readPlain(text)).toEqual(value);
});

test.each([
  "a: b\n  c\n",
  "a: >\n  b\n",
  "a: &b c\n",
  "a: 'it''s'\n",
  "a: 1e3\n",
  "a: b: c\n",
  "a: 1\na: 2\n",
  "a:\tb\n",
  "- - a\n",
  "a: [b,\n  c]\n",
  "a: e\u0301\n",
  "constructor: 1\n",
  "a\n",
  "",
])("%j is left to the strict reader", (text) => {
  expect(readPlain(text)).toBeUndefined();
});

test("as deep and as long as the strict reader allows, and no more", () => {
  for (const depth of [40, 61, 62, 63, 64, 65]) {
    const maps = Array.from({ length: depth }, (_, index) => `${" ".repeat(index)}a:`).join("\n");
    expectOneAnswer(`${maps} b\n`);
    expectOneAnswer(`${maps}\n${" ".repeat(depth)}- b: c\n`);
    expectOneAnswer(`a: ${"{a: ".repeat(depth)}x${"}".repeat(depth)}\n`);
  }
  for (const length of [900, 1024, 1025]) for (const form of ["", "- "]) expectOneAnswer(`${form}${"a".repeat(length)}: b\n`);
  expect(readPlain(`${Array.from({ length: 40 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")} b\n`)).toBeDefined();
});

test("the usual file is read fast", () => {
  for (const path of searchFiles) expect(readPlain(fixture(`search/${path}`)), path).toBeDefined();
});
