import { describe, expect, test } from "vitest";
import { load } from "../../src/workspace/load.ts";
import { fixture, searchFiles } from "../support/repo.ts";
import type { SnapshotFile } from "../../src/core/snapshot.ts";

const encoder = new TextEncoder();

function file(path: string, content: string | Uint8Array): SnapshotFile {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  return { path, kind: "file", size: bytes.length, bytes };
}

/** Rules and places reported for a text standing as markets/m.yaml, the plainest of files. */
function reportedFor(content: string | Uint8Array): readonly string[] {
  return load({ revision: null, files: [file("markets/m.yaml", content)] }).reported.map(
    ({ rule, observation }) => `${observation.line}:${observation.column} ${rule}`,
  );
}

const sound = 'version: 1\nid: m\nsource: Survey\nas_of: "2026-09-01"\n';

test("a sound file is silent, with LF, CRLF or a byte order mark", () => {
  expect(reportedFor(sound)).toEqual([]);
  expect(reportedFor(sound.replaceAll("\n", "\r\n"))).toEqual([]);
  expect(reportedFor(`\ufeff${sound}`)).toEqual([]);
});

describe("bad input is one finding at its place", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["bytes that are not UTF-8", new Uint8Array([...encoder.encode("version: 1\na: "), 0xff]), "2:4 yaml/utf8"],
    ["NUL", "version: 1\nid: b\u0000c\n", "2:6 yaml/control"],
    ["ESC", "version: 1\nid: \u001b[31m\n", "2:5 yaml/control"],
    ["C1", "version: 1\nid: a\u009bb\n", "2:6 yaml/control"],
    ["bidi override", "version: 1\nid: a\u202eb\n", "2:6 yaml/control"],
    ["an escaped ESC in a value", 'version: 1\nid: m\nsource: "a\\eb"\n', "3:9 yaml/control"],
    ["an escaped lone surrogate in a value", 'version: 1\nid: m\nsource: "a\\ud800"\n', "3:9 yaml/control"],
    ["lone CR", "version: 1\rid: m\n", "1:11 yaml/line-end"],
    ["tab indentation", "version: 1\npay:\n\tp10: 5\n", "3:1 yaml/tab"],
    ["duplicate key", `${sound}source: Other\n`, "5:1 yaml/duplicate-key"],
    ["NFC and NFD twins", `${sound}caf\u00e9: 1\ncafe\u0301: 2\n`, "6:1 yaml/duplicate-key"],
    ["merge key", `${sound}<<: { a: 1 }\n`, "5:1 yaml/alias"],
    ["anchor", "version: 1\nid: &a m\nsource: *a\n", "2:5 yaml/alias"],
    ["alias alone", "version: 1\nid: *a\n", "2:5 yaml/alias"],
    ["tag", "version: !!str 1\n", "1:10 yaml/tag"],
    ["binary", "version: 1\nid: !!binary aGk=\n", "2:5 yaml/tag"],
    ["directive", "%YAML 1.1\n---\nversion: 1\n", "1:1 yaml/directive"],
    ["two documents", `${sound}---\nversion: 1\n`, "5:1 yaml/multi"],
    ["unsafe integer", `${sound}weeks_to_first_offer: 9007199254740993\n`, "5:23 yaml/number"],
    ["infinity", `${sound}weeks_to_first_offer: 1e400\n`, "5:23 yaml/number"],
    ["not a number", `${sound}weeks_to_first_offer: .nan\n`, "5:23 yaml/number"],
    ["leading zero", `${sound}weeks_to_first_offer: 010\n`, "5:23 yaml/number"],
    ["empty", "", "1:1 yaml/empty"],
    ["only a comment", "# nothing\n", "1:1 yaml/empty"],
    ["unterminated quote", `version: 1\nid: m\nsource: "Survey\nas_of: "2026-09-01"\n`, "3:9 yaml/syntax"],
    ["a quote open to the end", "version: 1\nid: m\nsource: 'Survey\nas_of: x\n", "3:9 yaml/syntax"],
    ["conflict markers", "version: 1\n<<<<<<< HEAD\nid: m\n=======\nid: n\n>>>>>>> other\n", "2:1 yaml/conflict"],
    ["a list where keys are asked", "- a\n", "1:1 schema/type"],
    ["a text cut off", sound.replace("Survey", "Survey #1 of three"), "3:9 yaml/hash"],
  ])("%s", (_, content, expected) => expect(reportedFor(content)).toEqual([expected]));

  test("__proto__ and constructor are unknown keys, and pollute nothing", () => {
    expect(reportedFor(`${sound}__proto__: { polluted: 1 }\nconstructor: 1\n`)).toEqual([
      "5:1 schema/unknown-key",
      "6:1 schema/unknown-key",
    ]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
  test("inherited properties do not satisfy what is required", () => expect(reportedFor("{}")).toHaveLength(4));
});

describe("bounds", () => {
  const within = (content: string | Uint8Array, expected: readonly string[]): void => {
    // A reader that runs away would meet the suite's time-out, or its memory.
    expect(reportedFor(content)).toEqual(expected);
  };
  test("over 256 KiB is refused before it is read", () => {
    const big: SnapshotFile = { path: "markets/m.yaml", kind: "file", size: 300 * 1024, bytes: null };
    expect(load({ revision: null, files: [big] }).reported.map(({ rule }) => rule)).toEqual(["yaml/size"]);
  });
  test("a quarter of a million brackets", () => within("[".repeat(250_000), ["1:65 yaml/depth"]));
  test("deep dashes", () => within("- ".repeat(100_000), ["1:129 yaml/depth"]));
  test("deep indentation", () =>
    within(Array.from({ length: 100 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""), ["65:65 yaml/depth"]));
  test("64 levels are read", () => expect(reportedFor(`${"[".repeat(64)}${"]".repeat(64)}`)).toEqual(["1:1 schema/type"]));
  test("an alias bomb never grows", () =>
    within(`a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: [*a, *a]`).join("\n")}`, ["1:4 yaml/alias"]));
  test("many bad rows are a hundred findings and a count", () => {
    const reported = load({ revision: null, files: [file("markets/m.yaml", `${sound}funnel:\n${"- 1\n".repeat(40_000)}`)] }).reported;
    expect(reported).toHaveLength(101);
    expect(reported.at(-1)?.observation.message).toBe("and 39900 more places that do not fit the schema");
  });
});

describe("schema findings say what is wrong with the very value", () => {
  const intake = fixture("search/roles/backend/intake.yaml");
  const reported = (from: string, to: string): string => {
    const [first, ...others] = load({ revision: null, files: [file("roles/backend/intake.yaml", intake.replace(from, to))] }).reported;
    expect(others).toEqual([]);
    return first === undefined
      ? ""
      : `${first.observation.line}:${first.observation.column} ${first.rule} ${first.observation.message}${first.observation.hint === undefined ? "" : ` | ${first.observation.hint}`}`;
  };
  test.each([
    ["title:", "titel:", "2:1 schema/unknown-key 'titel' is no key here | did you mean 'title'?"],
    [
      "status: open",
      "status: opened",
      "3:9 schema/enum 'opened' is none of draft, open, on-hold, filled, cancelled | did you mean 'open'?",
    ],
    ['opened: "2026-11-02"', "opened: 2 Nov", "4:9 schema/format '2 Nov' is no date | write it as \"2026-11-02\""],
    ["title: Senior Backend Engineer", "title: 5", '2:8 schema/type 5 stands where text is asked | put it in quotes: "5"'],
    ["version: 1", "version: 2", "1:10 schema/version version 2 is not known | write version: 1, or use a newer hire"],
    [
      "recruiter: riku",
      "recruiter: Riku Aho",
      "5:42 schema/format 'Riku Aho' is no id | lower-case letters, digits and single hyphens, at most 63, no device name of Windows",
    ],
    ["min: 72000", "min: 0", "15:51 schema/range 0 is out of range: must be over 0"],
  ])("%s → %s", (from, to, expected) => {
    // Two findings would come of a renamed required key: the unknown key, and the missing one.
    if (to === "titel:") {
      const all = load({ revision: null, files: [file("roles/backend/intake.yaml", intake.replace(from, to))] }).reported;
      expect(all.map(({ rule }) => rule).toSorted()).toEqual(["schema/required", "schema/unknown-key"]);
      return;
    }
    expect(reported(from, to)).toBe(expected);
  });
  test("`off` where a boolean is asked", () => {
    const rubric = fixture("search/roles/backend/rubric.yaml").replace("required: true", "required: off");
    const [first] = load({ revision: null, files: [file("roles/backend/rubric.yaml", rubric)] }).reported;
    expect([first?.rule, first?.observation.hint]).toEqual(["schema/type", "write true or false"]);
  });
  test("weights .7, .2 and .1 are fine", () => {
    const rubric = fixture("search/roles/backend/rubric.yaml")
      .replace("weight: 3", "weight: .7")
      .replace("weight: 1", "weight: .2")
      .replace("weight: 1", "weight: .1");
    expect(load({ revision: null, files: [file("roles/backend/rubric.yaml", rubric)] }).reported).toEqual([]);
  });
});

describe("places", () => {
  const rules = (files: readonly SnapshotFile[]): readonly string[] =>
    load({ revision: null, files }).reported.map(({ rule, observation }) => `${observation.file} ${rule}`);
  test.each([
    ["roles/Backend/intake.yaml", "layout/id"],
    ["roles/b\u0430ckend/intake.yaml", "layout/id"],
    ["roles/con/intake.yaml", "layout/id"],
    ["roles/backend/rubric.yml", "layout/stray"],
    ["roles/backend/notes.txt", "layout/stray"],
  ])("%s is %s", (path, rule) => expect(rules([file(path, "x")])).toContain(`${path} ${rule}`));
  test("names that differ in case, or in letters that look alike", () => {
    expect(rules([file("markets/a.yaml", sound.replace("id: m", "id: a")), file("markets/A.yaml", sound)])).toContain(
      "markets/a.yaml layout/case-clash",
    );
    expect(rules([file("markets/a.yaml", sound.replace("id: m", "id: a")), file("markets/\u0430.yaml", sound)])).toContain(
      "markets/\u0430.yaml layout/case-clash",
    );
  });
  test("an id that disagrees with the file's name", () =>
    expect(rules([file("markets/n.yaml", sound)])).toEqual(["markets/n.yaml layout/place"]));
  test.each(["symlink", "submodule", "other"] as const)("a %s is named, never read", (kind) =>
    expect(rules([{ path: "roles/backend/intake.yaml", kind, size: 0, bytes: null }])).toEqual(["roles/backend/intake.yaml layout/place"]),
  );
  test("the fixtures are sound", () => expect(rules(searchFiles.map((path) => file(path, fixture(`search/${path}`))))).toEqual([]));
});
