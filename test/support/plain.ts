import fc from "fast-check";
import { expect } from "vitest";
import { readPlain } from "../../src/workspace/plain.ts";
import { toYaml } from "../../src/workspace/write.ts";
import { readStrictly, readYaml } from "../../src/workspace/yaml.ts";

/** Where the fast reader answers, the strict one finds nothing to say and reads the same. */
export function expectOneAnswer(text: string): void {
  const fast = readPlain(text);
  if (fast === undefined) return;
  const strict = readStrictly("f.yaml", text);
  // A backslash is looked at by the strict reader, with all that it looks for before it parses.
  const { reported } = readYaml("f.yaml", `# \\\n${text}`);
  expect(
    [...strict.reported, ...reported].map(({ rule }) => rule),
    JSON.stringify(text),
  ).toEqual([]);
  expect(fast, JSON.stringify(text)).toEqual(strict.value);
}

const piece = fc.constantFrom(
  "a",
  "b: ",
  "- ",
  "  ",
  "\n",
  "\n  ",
  "\n    ",
  ": ",
  ":",
  ",",
  "[",
  "]",
  "{",
  "}",
  "|",
  "|\n",
  "|-\n",
  ">\n",
  ">-\n",
  "'",
  '"',
  "\\",
  "#",
  " # ",
  " #x",
  "&a",
  "*a",
  "!t",
  "%",
  "@",
  "`",
  "?",
  "? ",
  "<<: ",
  "~",
  "null",
  "true",
  "no",
  "on",
  "1",
  "01",
  "0x1f",
  "0o7",
  "0b1",
  "1_000",
  "1e3",
  "1e400",
  "1.5",
  ".5",
  "5.",
  "-0",
  "+1",
  ".nan",
  ".inf",
  "9007199254740993",
  "24e5d0f9f15e",
  "0e12",
  "2026-11-02",
  "12:30",
  "\t",
  "\r\n",
  "é",
  "e\u0301",
  "\u00a0",
  "\u2028",
  "---\n",
  "...\n",
  "__proto__",
  "\ufeff",
  "- - ",
  "a:\n",
  "'it''s'",
  '"a\\nb"',
  '"\\u0007"',
  "k: v\n",
  "k: |\n  two\n  lines\n",
  "k: { a: b, c: [d, 'e'] }\n",
  "- k: v\n  l: w\n",
  "m:\n  n: 1\n",
  "# said\n",
  '"x"',
  "''",
  "  \n",
  "b:c",
  "-x",
  "- -x",
  "12 days",
  "-",
);

/** The fast reader against the strict one, on texts made of YAML's own pieces. */
export function holdOnPieces(runs: number): void {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => pieces.join("")),
      expectOneAnswer,
    ),
    // A complex key in a list, and what may be a text cut off by a comment, were once let through.
    { numRuns: runs, examples: [["- ? b: "], ["k: v\n #xa"]] },
  );
}

/** The same on what hire writes, with a piece put in anywhere. */
export function holdOnWritten(runs: number): void {
  const data = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.oneof(fc.constantFrom("x", "two\nlines\n", "yes", "a: b", "1", " x"), fc.integer(), fc.array(fc.constantFrom("p", "q r", "- s"))),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(data, piece, fc.nat(), (value, inserted, place) => {
      const text = toYaml(value);
      const at = place % (text.length + 1);
      expectOneAnswer(text);
      expectOneAnswer(text.slice(0, at) + inserted + text.slice(at));
    }),
    { numRuns: runs },
  );
}
