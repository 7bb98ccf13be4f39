import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { fixture, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

interface Search {
  readonly scale: number;
  /** Weight by criterion. */
  readonly criteria: Readonly<Record<string, number>>;
  readonly interviewers: readonly string[];
  /** By candidate and interviewer: a rating a criterion, in their order, null where it was not assessed. */
  readonly ratings: Readonly<Record<string, Readonly<Record<string, readonly (number | null)[]>>>>;
  readonly metrics?: string;
}

/** A search written by hand: its files, and nothing committed. */
function written({ scale, criteria, interviewers, ratings, metrics = "sides" }: Search): TestRepo {
  const made = new TestRepo();
  const ids = Object.keys(criteria);
  const people = [...new Set(["dana", "riku", ...interviewers])];
  made.write(
    "hire.yaml",
    `version: 1\norganization: Northwind\npeople_metrics: ${metrics}\npeople:\n${people.map((id) => `  - { id: ${id}, name: ${id}, email: ${id}@northwind.example }\n`).join("")}`,
  );
  made.write("roles/backend/intake.yaml", `version: 1\ntitle: Backend\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku }\n`);
  made.write(
    "roles/backend/rubric.yaml",
    `version: 1
scale:
${Array.from({ length: scale }, (_, index) => `  - { value: ${index + 1}, label: L${index + 1} }\n`).join("")}criteria:
${ids.map((id) => `  - { id: ${id}, name: ${id.toUpperCase()}, means: What ${id} is about, weight: ${criteria[id] ?? 1} }\n`).join("")}stages:
  - { id: talk, name: Talk, interviewers: [${interviewers.join(", ")}], assesses: [${ids.join(", ")}] }
decision: { bar: 3, evaluations: 1, rule: weighted-mean }
`,
  );
  for (const [candidate, own] of Object.entries(ratings)) {
    made.write(`roles/backend/candidates/${candidate}/candidate.yaml`, `version: 1\nid: ${candidate}\n`);
    for (const interviewer of interviewers) {
      const given = own[interviewer] ?? ids.map(() => null);
      const lines = ids.map((criterion, index) => {
        const rating = given[index] ?? null;
        const words = rating === null ? "not_assessed: no time was left" : `evidence: What ${interviewer} saw`;
        return `  - { criterion: ${criterion}, as_of: "000000000000", rating: ${rating}, ${words} }\n`;
      });
      made.write(
        `roles/backend/candidates/${candidate}/evaluations/talk--${interviewer}.yaml`,
        `version: 1\ncandidate: ${candidate}\nstage: talk\ninterviewer: ${interviewer}\nsubmitted_at: "2026-11-03T10:00:00+02:00"\nrubric: "000000000000"\nratings:\n${lines.join("")}`,
      );
    }
  }
  return made;
}

/** A published table as a search: a row an interviewer, a column a candidate, one criterion. */
function published(rows: readonly (readonly (number | null)[])[], scale: number, metrics?: string): TestRepo {
  const interviewers = rows.map((_, index) => ["ana", "bo", "cy", "di"][index] ?? "");
  const ratings = Object.fromEntries(
    (rows[0] ?? []).map((_, unit) => [
      `candidate-${unit + 1}`,
      Object.fromEntries(interviewers.map((id, rater) => [id, [rows[rater]?.[unit] ?? null]])),
    ]),
  );
  return written({ scale, criteria: { design: 1 }, interviewers, ratings, ...(metrics === undefined ? {} : { metrics }) });
}

interface Report {
  readonly roles: readonly {
    readonly interviewers: {
      readonly criteria: readonly { readonly alpha: number | null; readonly refused: string | null; readonly units: number }[];
      readonly panels: readonly { readonly single: number | null; readonly mean: number | null; readonly refused: string | null }[];
      readonly severity: {
        readonly people: readonly { readonly person: string; readonly severity: number }[];
        readonly unnamed: number;
        readonly refused: string | null;
      };
      readonly recommendations: readonly unknown[];
    };
  }[];
}
const reported = async (...args: readonly string[]): Promise<Report["roles"][number]["interviewers"] | undefined> =>
  outputOf<Report>(await repo.ok("report", "backend", "--json", ...args)).roles[0]?.interviewers;

const statistics = JSON.parse(fixture("statistics/statistics.json")) as {
  readonly O1_krippendorff_4x12: { readonly raters: readonly string[] };
  readonly O3_shrout_fleiss: { readonly raters: readonly (readonly number[])[] };
};

describe("published tables, through the files of a search", () => {
  test("Shrout & Fleiss: reliability of one, of the panel's mean, and who is severe", async () => {
    repo = published(statistics.O3_shrout_fleiss.raters, 10);
    const found = await reported("--as", "riku");
    expect(found?.panels[0]?.single).toBeCloseTo(0.2898, 4);
    expect(found?.panels[0]?.mean).toBeCloseTo(0.6201, 4);
    expect(found?.severity.people.map(({ person, severity }) => `${person} ${severity.toFixed(4)}`)).toEqual([
      "ana 2.3750",
      "bo -2.7917",
      "cy -0.9583",
      "di 1.3750",
    ]);
    const text = await repo.ok("report", "backend", "--full", "--as", "riku");
    expect(text).toContain("Talk: one 0.29 (0.02 to 0.76), the mean of ana, bo, cy and di 0.62");
    expect(text).toContain("bo: 2.79 lower than the others (standard error 0.36), over 6 meetings");
  });

  test("Krippendorff: α where raters skipped candidates, with its interval", async () => {
    repo = published(
      statistics.O1_krippendorff_4x12.raters.map((row) => [...row].map((value) => (value === "." ? null : Number(value)))),
      5,
    );
    const found = await reported("--as", "riku");
    expect(found?.criteria[0]?.alpha).toBeCloseTo(0.8154, 4);
    expect(found?.criteria[0]?.units).toBe(11);
    expect(await repo.ok("report", "backend", "--full", "--as", "riku")).toMatch(
      /DESIGN: α 0\.82 \(0\.[45]\d to 0\.9\d\) over 11 candidates; 52 of 55 pairs/u,
    );
  });
});

describe("people's own figures", () => {
  const people = async (metrics: string, ...args: readonly string[]): Promise<string> => {
    repo = published(statistics.O3_shrout_fleiss.raters, 10, metrics);
    const { severity } = (await reported(...args)) ?? { severity: { people: [], unnamed: -1 } };
    repo[Symbol.dispose]();
    return `${severity.people.map(({ person }) => person).join(" ")} +${severity.unnamed}`;
  };
  test("are shown to oneself and to both sides, to everyone only where hire.yaml says so", async () => {
    expect(await people("sides", "--as", "ana")).toBe("ana +3");
    expect(await people("sides", "--as", "dana")).toBe("ana bo cy di +0");
    expect(await people("all", "--as", "ana")).toBe("ana bo cy di +0");
    repo = published(statistics.O3_shrout_fleiss.raters, 10);
    const page = await repo.ok("report", "backend", "--format", "markdown", "--full");
    expect(page).toContain("4 others not named here");
    expect(page).not.toMatch(/lower than the others/u);
  });
});

describe("how sure the order is", () => {
  test("the weight at which another leads, in a sentence", async () => {
    repo = written({
      scale: 5,
      criteria: { design: 5, incidents: 3, candour: 2 },
      interviewers: ["ana"],
      ratings: { "candidate-a": { ana: [5, 3, 4] }, "candidate-b": { ana: [4, 5, 3] }, "candidate-c": { ana: [3, 4, 5] } },
    });
    const text = await repo.ok("rank", "backend", "--full", "--as", "riku");
    expect(text).toContain("INCIDENTS would have to rise from 30 % to 33 % before candidate-b leads.");
    expect(text).toContain("DESIGN would have to fall from 50 % to 44 % before candidate-b leads");
    expect(text).toContain("CANDOUR would have to rise from 20 % to 47 % before candidate-c leads");
    expect(text).toContain("One interviewer a stage: nobody can say what others would have seen.");
    const { certainty } = outputOf<{
      certainty: { crossings: { criterion: string; at: number }[]; raters: unknown; weights: { error: number } };
    }>(await repo.ok("rank", "backend", "--as", "riku", "--json"));
    expect(certainty.crossings.map(({ criterion, at }) => `${criterion} ${at.toFixed(4)}`)).toEqual([
      "design 0.4444",
      "incidents 0.3333",
      "candour 0.1111",
      "candour 0.4667",
    ]);
    expect(certainty.raters).toBeNull();
    expect(certainty.weights.error).toBeLessThan(0.006);
    for (const width of [80, 120])
      for (const line of (await repo.hire(["rank", "backend", "--full", "--as", "riku"], { width })).stdout.split("\n"))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  test("under all weightings of two criteria, exactly; with three interviewers, all ten cases", async () => {
    const all = (a: number, b: number): Readonly<Record<string, readonly number[]>> => ({ ana: [a, b], bo: [a, b], cy: [a, b] });
    repo = written({
      scale: 5,
      criteria: { design: 1, incidents: 1 },
      interviewers: ["ana", "bo", "cy"],
      ratings: { "candidate-a": all(5, 2), "candidate-b": all(4, 4), "candidate-c": all(1, 5) },
    });
    interface Shares {
      readonly places: readonly { readonly candidate: string; readonly shares: readonly number[] }[];
      readonly cases: number | null;
    }
    const { certainty } = outputOf<{ certainty: { weights: Shares; raters: Shares } }>(
      await repo.ok("rank", "backend", "--as", "riku", "--json"),
    );
    const firsts = Object.fromEntries(certainty.weights.places.map(({ candidate, shares }) => [candidate, Number(shares[0]?.toFixed(4))]));
    expect(firsts).toEqual({ "candidate-a": 0.3333, "candidate-b": 0.4167, "candidate-c": 0.25 });
    expect(certainty.raters.cases).toBe(10);
    expect(await repo.ok("rank", "backend", "--as", "riku")).toContain(
      "Of all weightings, candidate-b would lead in 42 of 100, candidate-a in 33 and\ncandidate-c in 25.",
    );
  });

  test("gaps and ties are said, and nothing is made up for them", async () => {
    repo = written({
      scale: 5,
      criteria: { design: 1, incidents: 1 },
      interviewers: ["ana"],
      ratings: { "candidate-a": { ana: [5, null] }, "candidate-b": { ana: [4, 4] } },
    });
    const gap = (await repo.ok("rank", "backend", "--as", "riku")).replaceAll(/\s+/gu, " ");
    expect(gap).toContain("candidate-a was not rated on everything: no weight can be said to change who leads.");
    expect(gap).not.toContain("weighting");
    repo[Symbol.dispose]();
    repo = written({
      scale: 5,
      criteria: { design: 1, incidents: 1 },
      interviewers: ["ana"],
      ratings: { "candidate-a": { ana: [4, 4] }, "candidate-b": { ana: [4, 4] } },
    });
    const level = await repo.ok("rank", "backend", "--as", "riku");
    expect(level).toContain("candidate-a and candidate-b are level: the numbers do not choose between them.");
    expect(level).not.toContain("would have to");
  });
});

describe("what people do to numbers", () => {
  const one = (value: number): Readonly<Record<string, readonly number[]>> => ({ ana: [value], bo: [value] });

  test("who has left is marked, and plays no part in how sure the order is", async () => {
    repo = written({
      scale: 5,
      criteria: { design: 1 },
      interviewers: ["ana", "bo"],
      ratings: { "candidate-a": one(5), "candidate-b": one(4), "candidate-c": one(3), "candidate-d": one(2) },
    });
    repo.write(
      "roles/backend/candidates/candidate-a/events.yaml",
      '- { at: "2026-11-03T12:00:00+02:00", what: withdrawn, by: riku, reason: Another offer }\n',
    );
    repo.write(
      "roles/backend/candidates/candidate-d/decision.yaml",
      'version: 1\ndecision: reject\nby: dana\ndecided_at: "2026-11-03T12:00:00+02:00"\nreasons: [{ text: No }]\n',
    );
    const text = await repo.ok("rank", "backend", "--as", "riku");
    expect(text).toMatch(/1 +candidate-a +5\.0 of 100 % of the weight +2 raters +out of the search/u);
    expect(text).toMatch(/4 +candidate-d .* declined/u);
    expect(text).toContain("Under any weighting, candidate-b would lead.");
    const { certainty } = outputOf<{ certainty: { candidates: string[] } }>(await repo.ok("rank", "backend", "--as", "riku", "--json"));
    expect(certainty.candidates).toEqual(["candidate-b", "candidate-c"]);
    const late = await repo.hire(["decide", "backend", "candidate-a", "offer", "--reason", "design=Best", "--as", "dana"]);
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining("is out of the search") });
  });

  test("a total under the bar never reads as reaching it", async () => {
    repo = written({
      scale: 5,
      criteria: { design: 27, incidents: 25 },
      interviewers: ["ana"],
      ratings: { "candidate-a": { ana: [2, 4] } },
    });
    expect(await repo.ok("rank", "backend", "--as", "riku")).toMatch(/candidate-a +2\.96 of 100 %/u);
    expect(await repo.ok("debrief", "backend", "candidate-a", "--as", "riku")).toContain("the total of 2.96 is under the bar of 3.");
  });

  test("a rating off the scale, or given twice on one card, counts nowhere and is said", async () => {
    repo = written({
      scale: 5,
      criteria: { design: 1 },
      interviewers: ["ana", "bo", "cy"],
      ratings: { "candidate-a": { ana: [9], bo: [2], cy: [4] } },
    });
    const file = "roles/backend/candidates/candidate-a/evaluations/talk--cy.yaml";
    repo.edit(file, /( {2}- \{ criterion: design.*\n)/u, "$1$1");
    const text = await repo.ok("debrief", "backend", "candidate-a", "--as", "riku");
    expect(text).toContain("(not on the scale) What ana saw");
    // Bo's 2 and Cy's 4, the 4 once.
    expect(text).toContain("DESIGN  2 apart · mean 3.0");
    expect((await repo.hire(["check"])).stdout).toContain("a rating of 'design' stands here a second time");
    repo.edit("roles/backend/candidates/candidate-a/evaluations/talk--bo.yaml", "rating: 2", "rating: two");
    const rank = (await repo.ok("rank", "backend", "--as", "riku")).replaceAll(/\s+/gu, " ");
    expect(rank).toContain("Left out, as they cannot be read: roles/backend/candidates/candidate-a/evaluations/talk--bo.yaml");
  });

  test("whoever met a candidate twice is one voice", async () => {
    repo = written({ scale: 5, criteria: { design: 1 }, interviewers: ["ana", "bo"], ratings: { "candidate-a": { ana: [1], bo: [4] } } });
    repo.edit(
      "roles/backend/rubric.yaml",
      "stages:\n",
      "stages:\n  - { id: again, name: Again, interviewers: [ana], assesses: [design] }\n",
    );
    const card = "roles/backend/candidates/candidate-a/evaluations/";
    repo.write(
      `${card}again--ana.yaml`,
      repo.read(`${card}talk--ana.yaml`).replace("stage: talk", "stage: again").replace("rating: 1", "rating: 3").replace("T10:", "T11:"),
    );
    const { ranked } = outputOf<{ ranked: { total: number; criteria: { raters: number }[] }[] }>(
      await repo.ok("rank", "backend", "--as", "riku", "--json"),
    );
    // Ana's 1 and 3 are a 2; with Bo's 4 that makes 3.
    expect(ranked[0]).toMatchObject({ total: 3, criteria: [{ raters: 2 }] });
    const { criteria, pairs } = outputOf<{ criteria: { spread: number }[]; pairs: number }>(
      await repo.ok("debrief", "backend", "candidate-a", "--as", "riku", "--json"),
    );
    expect([criteria[0]?.spread, pairs]).toEqual([1, 1]);
  });

  test("fourteen interviewers, and thirty candidates of six, are no reason to wait or to fall over", async () => {
    const many = Array.from({ length: 14 }, (_, index) => `i${index}`);
    const candidates = (amount: number, people: readonly string[]): Search["ratings"] =>
      Object.fromEntries(
        Array.from({ length: amount }, (_, c) => [
          `candidate-${c}`,
          Object.fromEntries(people.map((id, i) => [id, [1 + ((c * 7 + i * 3) % 5)]])),
        ]),
      );
    repo = written({ scale: 5, criteria: { design: 1 }, interviewers: many, ratings: candidates(2, many) });
    expect(
      outputOf<{ certainty: { raters: { cases: number } } }>(await repo.ok("rank", "backend", "--as", "riku", "--json")).certainty.raters
        .cases,
    ).toBe(10_000);
    repo[Symbol.dispose]();
    repo = written({ scale: 5, criteria: { design: 1 }, interviewers: many.slice(0, 6), ratings: candidates(30, many.slice(0, 6)) });
    expect((await reported("--as", "riku"))?.panels[0]?.refused).toBeNull();
  });

  test("an interval stays where a reliability can lie", async () => {
    repo = published(
      [
        [1, 2, 3],
        [2, 1, 3],
      ],
      5,
    );
    const [panel] = (await reported("--as", "riku"))?.panels ?? [];
    expect(panel?.single).toBeCloseTo(0.6, 9);
    expect(panel).toMatchObject({ interval: { single: { low: 0 }, mean: { low: 0 } } });
  });

  test("two people's recommendations: the later card counts, and only where both may be named", async () => {
    const five = Object.fromEntries(Array.from({ length: 5 }, (_, c) => [`candidate-${c}`, { ana: [3], bo: [3] }]));
    repo = written({ scale: 5, criteria: { design: 1 }, interviewers: ["ana", "bo"], ratings: five });
    for (const [index, word] of ["hire", "no-hire", "hire", "mixed", "no-hire"].entries()) {
      const folder = `roles/backend/candidates/candidate-${index}/evaluations`;
      for (const person of ["ana", "bo"]) repo.edit(`${folder}/talk--${person}.yaml`, "ratings:", `recommendation: ${word}\nratings:`);
      // An earlier card of hers, which says the opposite and stands first in the folder.
      repo.write(
        `${folder}/first--ana.yaml`,
        repo
          .read(`${folder}/talk--ana.yaml`)
          .replace("stage: talk", "stage: first")
          .replace("T10:", "T08:")
          .replace(word, word === "hire" ? "no-hire" : "hire"),
      );
    }
    repo.edit(
      "roles/backend/rubric.yaml",
      "stages:\n",
      "stages:\n  - { id: first, name: First, interviewers: [ana], assesses: [design] }\n",
    );
    expect((await reported("--as", "riku"))?.recommendations).toMatchObject([{ people: ["ana", "bo"], kappa: 1, candidates: 5 }]);
    expect((await reported("--as", "ana"))?.recommendations).toEqual([]);
  });
});

describe("what is refused, and why", () => {
  test("in plain words, with the raw agreement beside it", async () => {
    repo = published(
      [
        [4, 4, 3],
        [3, 4, 5],
        [null, null, null],
      ],
      5,
    );
    const text = (await repo.ok("report", "backend", "--full", "--as", "riku")).replaceAll(/\s+/gu, " ");
    expect(text).toContain("Pairs of ratings within one point: DESIGN 2 of 3.");
    expect(text).toContain("DESIGN: α not estimable: 3 candidates rated twice, 5 are needed; 2 of 3 pairs within one point");
    expect(text).toContain("With 3 candidates rated twice, agreement cannot be told from chance; from 5 on it is estimated.");
    repo[Symbol.dispose]();
    repo = published(
      [
        [3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3],
      ],
      5,
    );
    const alike = (await repo.ok("report", "backend", "--full", "--as", "riku")).replaceAll(/\s+/gu, " ");
    expect(alike).toContain("α not estimable: all ratings are the same, so there is nothing to tell apart; 5 of 5 pairs within one point");
    expect(alike).toContain("Talk: reliability not estimable: nothing tells the candidates apart");
    repo[Symbol.dispose]();
    repo = published(
      [
        [1, 2, 3, null, null, null],
        [1, 2, 4, null, null, null],
        [null, null, null, 4, 5, 3],
        [null, null, null, 4, 4, 3],
      ],
      5,
    );
    const apart = (await repo.ok("report", "backend", "--full", "--as", "riku")).replaceAll(/\s+/gu, " ");
    expect(apart).toContain("not estimable: ana and bo | cy and di share no candidate: a severe group looks like weak candidates");
    // One table of all four would have no candidate that all rated: the fullest one has two people.
    expect(apart).toMatch(/Talk: one 0\.9\d \(.*\), the mean of ana and bo/u);
    repo[Symbol.dispose]();
    repo = published(
      [
        [1, 2],
        [2, 2],
      ],
      5,
    );
    expect(await repo.ok("report", "backend", "--full", "--as", "riku")).toContain(
      "not estimable: fewer than 3 candidates were rated by two",
    );
  });
});
