import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeData, placeInWords } from "../../src/core/merge.ts";
import { mergeTexts } from "../../src/workspace/merge.ts";

const rubric = {
  version: 1,
  scale: [
    { value: 1, means: "no" },
    { value: 2, means: "yes" },
  ],
  criteria: [
    { id: "design", name: "Design", weight: 3 },
    { id: "candour", name: "Candour", weight: 1 },
  ],
};
const [design, candour] = rubric.criteria;

describe("two versions of a file's data", () => {
  test("one key at a time: what one side alone changed is taken", () => {
    const ours = { ...rubric, criteria: [{ ...design, weight: 4 }, candour] };
    const theirs = {
      ...rubric,
      criteria: [
        { ...design, bar: 2 },
        { ...candour, weight: 2 },
      ],
    };
    expect(mergeData("rubric", rubric, ours, theirs)).toEqual({
      value: {
        ...rubric,
        criteria: [
          { ...design, weight: 4, bar: 2 },
          { ...candour, weight: 2 },
        ],
      },
      conflicts: [],
    });
  });

  test("two values for one key are a conflict, with both sides, and choosing settles it", () => {
    const ours = { ...rubric, criteria: [{ ...design, weight: 4 }, candour] };
    const theirs = { ...rubric, criteria: [{ ...design, weight: 5 }, candour] };
    const { conflicts } = mergeData("rubric", rubric, ours, theirs);
    expect(conflicts).toEqual([{ path: ["criteria", "design", "weight"], about: "value", base: 3, ours: 4, theirs: 5 }]);
    expect(conflicts.map(({ path, about }) => placeInWords(path, about))).toEqual(["weight of design"]);
    expect(mergeData("rubric", rubric, ours, theirs, () => "theirs")).toEqual({ value: theirs, conflicts: [] });
    expect(mergeData("rubric", rubric, ours, theirs, () => "ours")).toEqual({ value: ours, conflicts: [] });
  });

  test("an item added by each stands beside the other; an item removed by one goes", () => {
    const ours = { ...rubric, criteria: [design, candour, { id: "ledger" }] };
    const theirs = { ...rubric, criteria: [design, { id: "pager" }] };
    expect(mergeData("rubric", rubric, ours, theirs)).toEqual({
      value: { ...rubric, criteria: [design, { id: "ledger" }, { id: "pager" }] },
      conflicts: [],
    });
  });

  test("removed by one and changed by the other is a conflict", () => {
    const ours = { ...rubric, criteria: [design] };
    const theirs = { ...rubric, criteria: [design, { ...candour, weight: 2 }] };
    const { conflicts } = mergeData("rubric", rubric, ours, theirs);
    expect(conflicts).toEqual([
      { path: ["criteria", "candour"], about: "removal", base: candour, ours: undefined, theirs: { ...candour, weight: 2 } },
    ]);
    expect(mergeData("rubric", rubric, ours, theirs, () => "ours").value).toEqual(ours);
    expect(mergeData("rubric", rubric, ours, theirs, () => "theirs").value).toEqual(theirs);
  });

  test("a ranking put into two orders is a conflict; into one, it is taken", () => {
    const list = (...ids: string[]): object => ({ requirements: ids.map((id) => ({ id })) });
    expect(mergeData("intake", list("a", "b", "c"), list("b", "a", "c"), list("a", "c", "b")).conflicts).toEqual([
      { path: ["requirements"], about: "order", base: ["a", "b", "c"], ours: ["b", "a", "c"], theirs: ["a", "c", "b"] },
    ]);
    expect(mergeData("intake", list("a", "b"), list("a", "b", "d"), list("b", "a")).value).toEqual(list("b", "a", "d"));
  });

  test("events added by two at once are all there, and one told twice stands once", () => {
    const [a, b, c] = ["a", "b", "c"].map((by, index) => ({ at: `2026-11-0${index + 1}T09:00:00Z`, what: "told", by }));
    expect(mergeData("events", [a], [a, b], [a, c])).toEqual({ value: [a, b, c], conflicts: [] });
    expect(mergeData("events", undefined, [a, b], [a])).toEqual({ value: [a, b], conflicts: [] });
  });

  test("half of one decision and half of another is nobody's", () => {
    const base = { decision: "hold", by: "dana" };
    const { conflicts } = mergeData("decision", base, { ...base, decision: "offer" }, { ...base, by: "riku" });
    expect(conflicts).toMatchObject([{ path: [], about: "value" }]);
  });

  test("of one person's two signatures the later counts, and the other is kept as an earlier one", () => {
    const signed = (at: string, rubric: string): object => ({ person: "dana", agreed_at: at, intake: "i", rubric });
    const early = signed("2026-11-03T10:00:00+02:00", "r1");
    const late = signed("2026-11-03T09:30:00+00:00", "r2");
    expect(mergeData("agreement", undefined, late, early).value).toEqual({
      ...late,
      earlier: [{ agreed_at: "2026-11-03T10:00:00+02:00", intake: "i", rubric: "r1" }],
    });
  });

  test("a key named __proto__ is a key like others", () => {
    const theirs = JSON.parse('{"__proto__": {"x": 1}}') as object;
    const { value } = mergeData("hire", {}, { organization: "N" }, theirs);
    expect(Object.keys(value as object)).toEqual(["organization", "__proto__"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

describe("laws of merging", () => {
  const item = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), w: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: ["id"] });
  const doc = fc.record(
    {
      requirements: fc.uniqueArray(item, { selector: ({ id }) => id }),
      work: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
      level: fc.constantFrom("one", "two"),
      team: fc.record({ a: fc.constantFrom(1, 2), b: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

  test("what one side left alone is the other's; both the same is that; sides may be exchanged", () => {
    fc.assert(
      fc.property(doc, doc, doc, (base, a, b) => {
        expect(mergeData("intake", base, a, base).value).toEqual(a);
        expect(mergeData("intake", base, base, a).value).toEqual(a);
        expect(mergeData("intake", base, a, a).value).toEqual(a);
        const one = mergeData("intake", base, a, b);
        const other = mergeData("intake", base, b, a);
        expect(one.conflicts.length).toBe(other.conflicts.length);
        // Which list comes first shows in the order of what both added; in nothing else.
        const unordered = (value: unknown): unknown =>
          Array.isArray(value) ? value.map((part) => JSON.stringify(plain(part))).toSorted() : value;
        if (one.conflicts.length === 0)
          for (const key of ["requirements", "work", "level", "team"])
            expect(unordered((one.value as Record<string, unknown>)[key])).toEqual(
              unordered((other.value as Record<string, unknown>)[key]),
            );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("two texts of a file", () => {
  const path = "roles/backend/candidates/amber-otter/events.yaml";
  const line = (by: string, day: number): string => `- { at: "2026-11-0${day}T09:00:00+02:00", what: told, by: ${by} } # by ${by}\n`;

  test("comments of both sides stay where their lines do not meet", () => {
    const base = "organization: Northwind\nversion: 1\n\n# Who takes part\npeople:\n  - { id: dana, name: Dana }\n";
    const ours = base.replace("Northwind", "Northwind AB # renamed");
    const theirs = base.replace("name: Dana }", "name: Dana Reyes } # as she writes it");
    expect(mergeTexts("hire.yaml", base, ours, theirs)).toEqual({
      text: "organization: Northwind AB # renamed\nversion: 1\n\n# Who takes part\npeople:\n  - { id: dana, name: Dana Reyes } # as she writes it\n",
      conflicts: [],
    });
  });

  test("comments behind what was changed are asked about, not dropped", () => {
    const path = "roles/backend/candidates/amber-otter/events.yaml";
    const event = (by: string, comment: string): string => `- { at: "2026-11-01T09:00:00+02:00", what: told, by: ${by} }${comment}\n`;
    const { conflicts } = mergeTexts(path, event("riku", ""), event("riku", " # mine"), event("riku", " # yours"));
    expect(conflicts.map(({ path: way, ours, theirs }) => [way, ours, theirs])).toEqual([[["comments"], "# mine", "# yours"]]);
    const added = mergeTexts(
      path,
      event("ana", ""),
      `${event("ana", "")}# call later today\n${event("bo", "")}`,
      `${event("ana", "")}# call later\n${event("bo", "")}`,
    );
    expect([added.conflicts.length, added.text?.includes("# call later\n") ?? false]).not.toEqual([0, false]);
  });

  test("lines added at one place by both are both there", () => {
    const { text, conflicts } = mergeTexts(path, line("riku", 1), line("riku", 1) + line("dana", 2), line("riku", 1) + line("ana", 3));
    expect(conflicts).toEqual([]);
    expect(text).toBe(line("riku", 1) + line("dana", 2) + line("ana", 3));
  });

  test("a file that goes on one side and changes on the other is a conflict, and so are two texts that do not read", () => {
    expect(mergeTexts(path, line("riku", 1), null, line("dana", 1)).conflicts).toMatchObject([{ about: "removal", path: [] }]);
    expect(mergeTexts(path, line("riku", 1), null, line("riku", 1))).toEqual({ text: null, conflicts: [] });
    expect(mergeTexts(path, "- [\n", "- {\n", "- ]\n").conflicts).toMatchObject([{ about: "value", path: [] }]);
  });

  test("a file of another kind is brought together line by line", () => {
    const base = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n";
    const merged = mergeTexts("README.md", base, base.replace("one", "ONE"), base.replace("nine", "NINE"));
    expect(merged).toEqual({ text: base.replace("one", "ONE").replace("nine", "NINE"), conflicts: [] });
    expect(mergeTexts("README.md", base, base.replace("one", "1"), base.replace("one", "I")).conflicts).toHaveLength(1);
  });
});

describe("what is one person's word stays whole", () => {
  const card = {
    version: 1,
    ratings: [{ criterion: "design", rating: 3, evidence: "Named one" }],
    recommendation: "mixed",
    confidence: "low",
  };
  test("a rating and its evidence", () => {
    const ours = { ...card, ratings: [{ ...card.ratings[0], rating: 1 }] };
    const theirs = { ...card, ratings: [{ ...card.ratings[0], evidence: "Best I have seen" }] };
    expect(mergeData("evaluation", card, ours, theirs).conflicts).toMatchObject([{ path: ["ratings", "design"], about: "value" }]);
  });
  test("a recommendation with its confidence and reason", () => {
    const { conflicts } = mergeData("evaluation", card, { ...card, recommendation: "no-hire" }, { ...card, confidence: "high" });
    expect(conflicts).toMatchObject([{ path: ["recommendation"], ours: { recommendation: "no-hire", confidence: "low" } }]);
    expect(mergeData("evaluation", card, { ...card, recommendation: "no-hire" }, card).value).toEqual({
      ...card,
      recommendation: "no-hire",
    });
  });
  test("one line that both wrote anew is asked about; events only grow", () => {
    const [base, ours, theirs] = ["Own the ledger", "Own the ledger service", "Own all of the ledger"].map((work) => ({
      work: ["Lead", work],
    }));
    expect(mergeData("intake", base, ours, theirs).conflicts).toMatchObject([{ path: ["work"], about: "value" }]);
    expect(mergeData("intake", base, ours, theirs, () => "theirs").value).toEqual(theirs);
    expect(mergeData("intake", base, ours, theirs, () => "ours").value).toEqual(ours);
    expect(mergeData("intake", base, { work: ["Lead", "A", "B"] }, theirs).value).toEqual({
      work: ["Lead", "A", "B", "Own all of the ledger"],
    });
    const event = (at: string): object => ({ at: `2026-11-03T${at}:00Z`, what: "told", by: "riku" });
    expect(mergeData("events", [event("11:00")], [event("11:05")], [event("11:30")])).toEqual({
      value: [event("11:05"), event("11:30")],
      conflicts: [],
    });
  });
});
