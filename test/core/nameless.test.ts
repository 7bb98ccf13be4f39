import { expect, test } from "vitest";
import { Nameless } from "../../src/core/nameless.ts";

const nameless = new Nameless(
  ["amber-otter", "early-swift-2", "calm-finch", "2026-11", "a-b", "senior", "old-(draft"],
  new Set(["calm-finch"]),
);

test.each([
  ["Found amber-otter in a week", "Found a candidate in a week"],
  ["AMBER OTTER, AmberOtter's and amber_otters", "a candidate, a candidate and a candidate"],
  ["amber\u2011otter, amber.otter, amber\u00ad-otter, amber/otter", "a candidate, a candidate, a candidate, a candidate"],
  ["amber-\notter", "a candidate"],
  ["amber-otter2 and amber-otter-and-co", "a candidate and a candidate-and-co"],
  ["early-swift said", "a candidate said"],
  ["ask-amber-otter-more", "ask-candidate-more"],
])("%j names a candidate", (text, said) => {
  expect(nameless.of(text)).toBe(said);
});

test.each(["Nearly swift feedback", "2026-11-03", "amber otterly", "Basic a b c", "a senior engineer", "calm-finch", "must-have"])(
  "%j stays",
  (text) => {
    expect(nameless.of(text)).toBe(text);
  },
);

test("ids stay apart, and the same one stays the same", () => {
  const both = new Nameless(["amber-otter", "brisk-heron"]);
  expect(["ask-amber-otter", "ask-brisk-heron", "ask-amber-otter"].map((id) => both.of(id))).toEqual([
    "ask-candidate",
    "ask-candidate-2",
    "ask-candidate",
  ]);
});

test("what may be any word is pointed at", () => {
  expect(["level: senior", "seniority", "due 2026-11", "due 2026-11-03"].map((text) => nameless.isDoubtful(text))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
