import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Prompts } from "../../src/ports.ts";
import { outputOf } from "../support/outputs.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, fixture, searchFiles, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

/** A role with its brief and rubric, on which nobody has agreed yet. */
function unsigned(): TestRepo {
  const made = new TestRepo();
  for (const path of searchFiles) made.write(path, fixture(`search/${path}`));
  made.commit("Begin");
  return made;
}

const points = (design: number, mentoring: number, payments = 100 - design - mentoring): readonly string[] =>
  Object.entries({ "failure-design": design, mentoring, payments }).flatMap(([id, value]) => ["--points", `${id}=${value}`]);
const weigh = (person: string, ...flags: readonly string[]): Promise<string> => repo.ok("weigh", "backend", "--as", person, ...flags);

interface Weighing {
  readonly round: number;
  readonly ahead: readonly string[];
  readonly differences: readonly { readonly item: string; readonly points: Readonly<Record<string, number>>; readonly apart: number }[];
  readonly mean: Readonly<Record<string, number>>;
  readonly distance: number | null;
  readonly before: { readonly distance: number | null } | null;
  readonly mustHaves: Readonly<Record<string, readonly string[]>>;
  readonly shared: { readonly either: number; readonly both: number } | null;
  readonly withheld: boolean;
  readonly commonOrder: { readonly w: number } | null;
}
const json = async (person: string): Promise<Weighing> => outputOf<Weighing>(await repo.ok("weigh", "backend", "--as", person, "--json"));

describe("where both sides stand", () => {
  test("an agenda, largest first, with what each one's points mean for a candidate", async () => {
    repo = unsigned();
    await weigh("dana", ...points(40, 50), "--must-have", "failure-design", "--must-have", "mentoring");
    const shown = await weigh("riku", ...points(15, 60), "--must-have", "mentoring");
    expect(shown).toBe(`Senior Backend Engineer: where you stand
                  dana   you  apart
  failure-design    40    15     25
  payments          10    25     15
  mentoring         50    60     10

To talk about, largest first. What is a candidate worth, of 5, with 2 on it and
5 on all else?
1 failure-design: dana gave it 40, you 15: worth 3.8 to dana and 4.6 to you
  Has designed services that stay correct when parts fail
2 payments: you gave it 25, dana 10: worth 4.3 to you and 4.7 to dana
  Knows card payments
3 mentoring: you gave it 60, dana 50: worth 3.2 to you and 3.5 to dana
  Has brought juniors to carry their own work

Must-haves to both: mentoring; only to dana: failure-design. The brief says so
of failure-design, too.
The two sides differ in 25 of 100 points: of ten pairs of candidates they would
order about 8 alike.
Talk, then weigh again, each alone (hire weigh backend; both rounds are kept).
Or hire rubric backend --weighed takes the mean of both.
`);
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const found = await json("riku");
    expect(found).toMatchObject({ round: 1, distance: 0.25, before: null, shared: { either: 2, both: 1 }, commonOrder: null });
    expect(found.mean).toEqual({ "failure-design": 27.5, mentoring: 55, payments: 17.5 });
  });

  test("weighing again after the talk keeps both rounds, and is hidden again until the other side has, too", async () => {
    repo = unsigned();
    await weigh("dana", ...points(40, 50));
    await weigh("riku", ...points(15, 60));
    const ahead = await weigh("dana", ...points(33, 44));
    expect(ahead).toContain("where you stand, round 1");
    expect(ahead.replaceAll("\n", " ")).toContain("you weighed again, alone; round 2 is shown once the other side has, too");
    expect(ahead).not.toMatch(/33|44/u);
    for (const command of [
      ["weigh", "--as", "riku"],
      ["weigh", "--as", "riku", "--json"],
      ["report", "--as", "riku", "--full"],
      ["report", "--as", "riku", "--json"],
    ])
      expect((await repo.hire(command)).stdout, command.join(" ")).not.toMatch(/\b(?:33|44)\b/u);
    const both = await weigh("riku", ...points(30, 45));
    expect(both).toContain("where you stand, round 2");
    expect(both).toContain("differ in 3 of 100 points, 25 before the talk");
    const file = parse(repo.read("roles/backend/priorities/dana.yaml")) as { earlier: { points: unknown }[] };
    expect(file.earlier.map((round) => round.points)).toEqual([
      [
        { requirement: "failure-design", points: 40 },
        { requirement: "mentoring", points: 50 },
        { requirement: "payments", points: 10 },
      ],
    ]);
    expect((await json("dana")).before?.distance).toBeCloseTo(0.25, 12);
    expect((await repo.hire(["check"])).code).toBe(0);
  });

  test("what nobody has seen is mended, not kept as a round", async () => {
    repo = unsigned();
    await weigh("dana", ...points(40, 50));
    await weigh("dana", ...points(35, 55));
    expect(parse(repo.read("roles/backend/priorities/dana.yaml"))).not.toHaveProperty("earlier");
  });

  test("three people weigh alike; the panel sees nobody's points before it has weighed, or both have signed", async () => {
    repo = unsigned();
    await weigh("dana", ...points(41, 52));
    await weigh("riku", ...points(13, 64));
    for (const command of [
      ["report", "--as", "ana", "--full"],
      ["report", "--as", "ana", "--json"],
    ])
      expect((await repo.hire(command)).stdout, command.join(" ")).not.toMatch(/\b(?:41|52|13|64)\b/u);
    const refused = await repo.hire(["weigh", "--as", "ana"]);
    expect(refused.code).toBe(2);
    expect(refused.stdout + refused.stderr).not.toMatch(/\b(?:41|52|13|64)\b/u);
    const shown = await weigh("ana", ...points(60, 40, 0));
    // The agenda is the two sides'; who differs from both stands beside it.
    expect(shown).toMatch(/ {2}failure-design +41 +13 +60 +28/u);
    expect(shown).toContain("1 failure-design: dana gave it 41, riku 13: worth");
    expect(shown.replaceAll("\n", " ")).toContain("Far from both sides: you gave failure-design 60");
    expect(shown).toContain("have no more in common than chance");
    expect((await json("ana")).commonOrder?.w).toBeCloseTo(4 / 9, 12);
    // The offered mean stays that of the two who answer for the search.
    expect((await json("ana")).mean).toEqual({ "failure-design": 27, mentoring: 58, payments: 15 });
    await repo.ok("agree", "--as", "dana");
    await repo.ok("agree", "--as", "riku");
    expect(await repo.ok("report", "--as", "bo")).toContain("dana 41");
  });
});

describe("the mean of both as weights", () => {
  test("by a flag, for every criterion that covers what was weighed", async () => {
    repo = unsigned();
    const early = await repo.hire(["rubric", "--weighed", "--as", "dana"]);
    expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining("dana and riku did not weigh yet") });
    await weigh("dana", ...points(40, 50));
    await weigh("riku", ...points(15, 60));
    const { stdout, stderr } = await repo.hire(["rubric", "--weighed", "--as", "dana"]);
    expect(stderr).toContain("Nobody weighed candour: it weighs as the least of the others");
    expect(stdout).toContain("failure-design: weight 60 % → 25 %");
    const { criteria } = parse(repo.read("roles/backend/rubric.yaml")) as { criteria: { id: string; weight: number }[] };
    expect(criteria.map(({ id, weight }) => [id, weight])).toEqual([
      ["failure-design", 27.5],
      ["mentoring", 55],
      ["candour", 27.5],
    ]);
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Weigh the rubric for Senior Backend Engineer by the mean of both sides");
  });

  test("each point goes to one place: covered, renamed, given nothing, left out, or written by hand", async () => {
    repo = unsigned();
    const weights = (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        (parse(repo.read("roles/backend/rubric.yaml")) as { criteria: { id: string; weight: number }[] }).criteria.map(({ id, weight }) => [
          id,
          weight,
        ]),
      );
    const criteria = (design: number, mentoring: number, candour: number): readonly string[] =>
      Object.entries({ "failure-design": design, mentoring, candour }).flatMap(([id, value]) => ["--points", `${id}=${value}`]);
    for (const person of ["dana", "riku"]) await weigh(person, ...criteria(80, 20, 0));
    await repo.ok("rubric", "--rename", "failure-design=design", "--as", "dana");
    const { stderr } = await repo.hire(["rubric", "--weighed", "--as", "dana"]);
    expect(stderr).toContain("Both gave nothing to candour");
    expect(weights()).toEqual({ design: 80, mentoring: 20, candour: 20 });
    // Covered by two criteria: half of it each, and nothing of it twice.
    repo.edit("roles/backend/rubric.yaml", "covers: [says-unknown]", "covers: [says-unknown, mentoring]");
    repo.commit("Cover it twice");
    for (const person of ["dana", "riku"]) await weigh(person, ...points(60, 40, 0));
    expect(await repo.hire(["rubric", "--weighed", "--as", "dana"])).toMatchObject({ code: 0 });
    expect(weights()).toEqual({ design: 60, mentoring: 20, candour: 20 });
    for (const person of ["dana", "riku"]) await weigh(person, ...points(50, 30, 20));
    expect((await repo.hire(["rubric", "--weighed", "--as", "dana"])).stderr).toContain("Weighed, and covered by no criterion: payments.");
    // By hand: 20 points in all stand for 100.
    repo.edit("roles/backend/priorities/dana.yaml", /points: 50 /u, "points: 10 ");
    repo.edit("roles/backend/priorities/dana.yaml", /points: 30 /u, "points: 6 ");
    repo.edit("roles/backend/priorities/dana.yaml", /points: 20 /u, "points: 4 ");
    expect((await json("dana")).differences.map(({ apart }) => apart)).toEqual([0, 0, 0]);
  });

  test("on a terminal it is offered, until both have signed", async () => {
    repo = unsigned();
    await weigh("dana", ...points(40, 50));
    await weigh("riku", ...points(15, 60));
    const script = scriptedPrompts(["take the mean"]);
    const { stdout } = await repo.hire(["weigh", "--as", "dana"], { prompts: script });
    expect(stdout).toMatch(/mentoring +50 %/u);
    repo.git("reset", "--hard", "--quiet", "HEAD~1");
    await repo.ok("agree", "--as", "dana");
    await repo.ok("agree", "--as", "riku");
    const asked: string[] = [];
    const looks: Prompts = {
      ...scriptedPrompts([]),
      async choose(_message, choices, initial) {
        asked.push(...choices.map(({ label }) => label));
        return initial as never;
      },
    };
    await repo.hire(["weigh", "--as", "dana"], { prompts: looks });
    expect(asked).toEqual(["leave it so", "weigh again, alone"]);
  });

  test("once agreed, it needs its reason like any other change", async () => {
    repo = await agreedRepo();
    await weigh("dana", ...points(40, 50));
    await weigh("riku", ...points(15, 60));
    expect(await repo.ok("rubric", "--weighed", "--as", "dana")).toContain("Say why: hire explain failure-design");
    expect((await repo.hire(["diff", "HEAD~1", "HEAD", "--fail-on", "unexplained"])).code).toBe(1);
  });
});

test("what cannot be weighed is refused with the way on", async () => {
  repo = unsigned();
  const refused = async (...flags: readonly string[]): Promise<string> => {
    const { code, stderr } = await repo.hire(["weigh", "backend", "--as", "dana", ...flags]);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refused("--must-have", "mentoring")).toContain("how many points for what?");
  expect(await refused(...points(40, 50), "--must-have", "mentorin")).toContain("did you mean 'mentoring'?");
  expect(await refused("--points", "mentoring=90")).toContain("10 are left to give");
  await weigh("dana", ...points(40, 50));
  await weigh("dana", "--must-have", "payments");
  expect(parse(repo.read("roles/backend/priorities/dana.yaml"))).toMatchObject({
    must_haves: ["payments"],
    points: [{ points: 40 }, {}, {}],
  });
});
