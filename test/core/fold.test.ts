import { describe, expect, test } from "vitest";
import { compareTexts, fold } from "../../src/core/fold.ts";

describe("what reads as wording", () => {
  test.each([
    ["growing engineers—promotions, skills", "growing engineers-promotions, skills"],
    ["rigorously - avoids “gut feel”", 'Rigorously — avoids "gut feel"'],
    ["maintaining sustainable pace", "maintaining a sustainable pace"],
    ["reviews, tests, and docs", "reviews, tests and docs"],
    ["Owns the team's work", "Owns the team’s work"],
    ["Names failure modes", "Names failrue modes"],
    ["Designs services", "Designs sevrices"],
    ["is correct", "are correct"],
    ["doesn't lower the bar", "does not lower the bar"],
  ])("%j → %j", (from, to) => expect(compareTexts(from, to)).toBe("wording"));
});

test("signs without end are read in one go", () => expect(fold(`C${"#".repeat(200_000)}`)).toHaveLength(200_001));

describe("what reads as redefined", () => {
  test.each([
    ["Writes Java", "Writes Rust"],
    ["Knows C++", "Knows C#"],
    ["Knows C++", "Knows C"],
    ["speed over quality", "quality over speed"],
    ["Has drafted contracts", "Has drafted contacts"],
    ["patient care across the county", "patent care across the country"],
    ["stay correct when parts fail", "stay fast when parts fail"],
    ["has led two engineers", "has led ten engineers"],
    ["doesn't lower the bar", "does lower the bar"],
    ["never on call", "ever on call"],
    ["within eight weeks", "within eighty weeks"],
    ["5 years", "15 years"],
    ["understands legal work", "understands illegal work"],
    ["coaches the interviewer", "coaches the interviewee"],
    ["at least 90 %", "at least 90"],
    ["docs and tests", "docs or tests"],
    ["moves to production", "moves from production"],
    ["Has led 3-5 incidents", "Has led 3.5 incidents"],
    ["a change of 3.5", "a change of -3.5"],
    ["Leads the response", "Leaks the response"],
    ["Prevents incidents", "Presents incidents"],
    ["Talks to the employer", "Talks to the employed"],
    ["Is a trainer of others", "Is a trained of others"],
    ["Knows the policy", "Knows the police"],
    ["States their intent", "States their intend"],
  ])("%j → %j", (from, to) => expect(compareTexts(from, to)).toBe("redefined"));
});

test("the same text is the same", () => expect(compareTexts("a b", "a b")).toBe("same"));

test("folding keeps negations, numbers and directions", () =>
  expect(fold("The team's 3 services aren't moved over to C++.")).toBe("team 3 services not moved over to c++"));
