import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { same } from "../../src/core/same.ts";
import { editYaml } from "../../src/workspace/edit.ts";
import { setAt } from "../../src/workspace/set.ts";
import { toYaml } from "../../src/workspace/write.ts";

const odd = `# the brief, kept by hand
version: 1
title:   'Senior "Backend" Engineer'   # as on the site
team: { hiring_manager: dana,   recruiter: "riku" }   # both sides

# why we hire
why: |
  Payments has one person on call.

  A second outage costs us.
list:
    # first things first
    - id: one     # the one
      text: "quoted"
    - { id: two, text: plain }   # flow

    - id: three
      deep: [ a,  b ]
open: yes please
`;

function edited(path: string, value: unknown, text = odd): string {
  return editYaml(text, setAt(parse(text), path.split("."), value));
}

/** Lines of `after` that are not as in `before`, with their 1-based numbers. */
function changedLines(before: string, after: string): readonly string[] {
  const old = before.split("\n");
  const remaining = [...old];
  return after.split("\n").flatMap((line, index) => {
    const at = remaining.indexOf(line);
    if (at === -1) return [`${index + 1}: ${line}`];
    remaining.splice(0, at + 1);
    return [];
  });
}

describe("only the lines that must change, change", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ["a single-quoted text keeps its quotes", "title", "It's new", ["3: title:   'It''s new'   # as on the site"]],
    ["a double-quoted text in a flow map", "team.recruiter", "bo", ['4: team: { hiring_manager: dana,   recruiter: "bo" }   # both sides']],
    [
      "a key added to a flow map",
      "team.decider",
      "dana",
      ['4: team: { hiring_manager: dana,   recruiter: "riku", decider: dana }   # both sides'],
    ],
    ["a text in a list, found by id", "list.one.text", "new", ['14:       text: "new"']],
    ["a flow item in a block list", "list.two.text", "new: one", ['15:     - { id: two, text: "new: one" }   # flow']],
    ["a flow list", "list.three.deep", ["a", "b", "c"], ["18:       deep: [ a,  b, c ]"]],
    ["a key added to an item", "list.one.more", 1, ["15:       more: 1"]],
    ["an item added", "list.four.text", "x", ["19:     - { id: four, text: x }"]],
    ["a top-level key added", "added", "2026-11-02", ['20: added: "2026-11-02"']],
    ["a block text", "why", "One line.\nAnother.\n", ["8:   One line.", "9:   Another."]],
    ["a word older readers take for a boolean", "open", "no", ['19: open: "no"']],
  ])("%s", (_, path, value, lines) => {
    const text = edited(path, value);
    expect(changedLines(odd, text)).toEqual(lines);
    expect(parse(text)).toEqual(setAt(parse(odd), path.split("."), value));
  });

  test("removing an item takes its lines and leaves the comments of the others", () => {
    const text = edited("list.two", undefined);
    expect(text).toBe(odd.replace("    - { id: two, text: plain }   # flow\n\n", "").replace("#  flow", ""));
  });
  test("removing a key takes its line", () => expect(edited("title", undefined)).toBe(odd.replace(/^title.*\n/mu, "")));
  test("reordering a list moves items with their comments", () => {
    const data = parse(odd) as { list: unknown[] };
    const text = editYaml(odd, { ...data, list: data.list.toReversed() });
    expect(text).toContain("    # first things first\n    - id: one     # the one\n");
    expect(text.indexOf("id: three")).toBeLessThan(text.indexOf("id: one"));
    expect(text.split("\n").toSorted()).toEqual(odd.split("\n").toSorted());
  });
  test("CRLF stays CRLF, byte for byte but for the line", () => {
    const crlf = odd.replaceAll("\n", "\r\n");
    expect(edited("list.one.text", "new", crlf)).toBe(crlf.replace('text: "quoted"', 'text: "new"'));
  });
  test("mixed line ends stay as they are, line by line", () => {
    const [head = "", ...rest] = odd.split("list:");
    const mixed = `${head.replaceAll("\n", "\r\n")}list:${rest.join("list:")}`;
    expect(edited("list.one.text", "new", mixed)).toBe(mixed.replace('text: "quoted"', 'text: "new"'));
  });
  test("a byte order mark and a missing last line end stay", () => {
    const text = `\ufeff${odd.trimEnd()}`;
    expect(edited("open", "later", text)).toBe(text.replace("yes please", "later"));
  });
  test("nothing to change changes nothing", () => expect(editYaml(odd, parse(odd))).toBe(odd));
  test("events: a line each, however long: git joins them line by line", () => {
    const long = {
      at: "2026-11-09T16:45:00+02:00",
      what: "profile-declined",
      by: "dana",
      reason: `Has always worked alone, ${"and said so ".repeat(9)}`.trim(),
      note: "Two\nlines",
    };
    const [one, two] = [toYaml([long]), editYaml(toYaml([{ at: "x", what: "presented" }]), [{ at: "x", what: "presented" }, long])];
    expect(one.split("\n")).toHaveLength(2);
    expect(two.split("\n")).toHaveLength(3);
    expect(parse(one)).toEqual([long]);
  });
  test("events: one line more", () => {
    const events = '# hand-made\n- { at: "2026-11-05T09:12:00+02:00", what: presented, by: riku }   # by phone\n';
    const added = { at: "2026-11-06T09:12:00+02:00", what: "told", by: "riku" };
    expect(editYaml(events, [...(parse(events) as unknown[]), added])).toBe(
      `${events}- { at: "2026-11-06T09:12:00+02:00", what: told, by: riku }\n`,
    );
  });
});

const word = fc.constantFrom(
  "a",
  "b c",
  "yes",
  "2026-11-02",
  "09:00",
  "x: y",
  "# no",
  "it's",
  'say "hi"',
  "- dash",
  "",
  "null",
  "1",
  "two\nlines\n",
  "ends \n",
  "ünï",
  "[a]",
  "{",
  "tab\tin",
  "e-1",
  "1e3",
  "~",
);
const scalar = fc.oneof(
  word,
  fc.integer({ min: -5, max: 99_999 }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }).map((value) => Math.round(value * 100) / 100 + 0),
);
const key = fc.constantFrom("alpha", "beta", "gamma", "yes", "on", "x-y");
const leafMap = fc.dictionary(key, scalar, { maxKeys: 4 });
const items = fc.uniqueArray(
  fc.record({ id: fc.constantFrom("i1", "i2", "i3", "i4"), text: scalar, tags: fc.array(word, { maxLength: 3 }) }),
  { selector: ({ id }) => id, maxLength: 4 },
);
const data = fc.record(
  {
    title: word,
    n: scalar,
    group: leafMap,
    list: items,
    words: fc.array(scalar, { maxLength: 4 }),
    deep: fc.record({ list: items, more: leafMap }),
  },
  { requiredKeys: ["title"] },
);

const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, item: unknown) => (Object.is(item, -0) ? 0 : item)));

test("what hire writes reads back as what it wrote", () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(parse(toYaml(value))).toEqual(plainJson(value));
    }),
    { numRuns: 500 },
  );
});

test("older readers see the same texts", () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(parse(toYaml(value), { version: "1.1" })).toEqual(plainJson(value));
    }),
    { numRuns: 300 },
  );
});

test("any edit reads as intended, keeps every comment of what stays, and is undone by its reverse", () => {
  const commented = (value: unknown): string =>
    toYaml(value)
      .replaceAll(/^(\w+:.*[^|\n-])$/gmu, "# about $1\n$1")
      .replaceAll(/^# about .*["'[{].*$/gmu, "# about this");
  fc.assert(
    fc.property(data, data, fc.boolean(), (from, to, crlf) => {
      const plainText = commented(from);
      fc.pre(same(parse(plainText), plainJson(from)));
      const text = crlf ? plainText.replaceAll("\n", "\r\n") : plainText;
      fc.pre(!crlf || same(parse(text), plainJson(from)));
      const after = editYaml(text, plainJson(to));
      expect(parse(after)).toEqual(plainJson(to));
      if (crlf) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
      expect(parse(editYaml(after, plainJson(from)))).toEqual(plainJson(from));
    }),
    { numRuns: 1000 },
  );
});
