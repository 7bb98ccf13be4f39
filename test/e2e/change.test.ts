import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { outputOf } from "../support/outputs.ts";
import { ctrlC, scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, fixture, onceMade, rated, type TestRepo } from "../support/repo.ts";

const rubric = "roles/backend/rubric.yaml";
const intake = "roles/backend/intake.yaml";
const why = "Bo leaves the rotation in January, so the new hire is alone on call.";

interface Change {
  readonly item: { readonly id: string };
  readonly facet: string;
  readonly gravity: string;
  readonly text: string;
  readonly needsReason: boolean;
  readonly explanation: { readonly scores?: string; readonly answers: readonly { readonly by: string; readonly answer: string }[] } | null;
  readonly impact: {
    readonly rated: number;
    readonly scorecards: number;
    readonly stale: number;
    readonly lookAgain: readonly string[];
    readonly tell: readonly string[];
    readonly order: Order | null;
  } | null;
}
interface Order {
  readonly orderBefore: readonly string[];
  readonly orderAfter: readonly string[];
  readonly swaps: readonly { readonly ahead: string; readonly behind: string }[];
  readonly crossings: readonly { readonly candidate: string; readonly criterion: string | null; readonly passes: boolean }[];
  readonly tauB: number | null;
  readonly leaderChanges: boolean;
  readonly overtaking: { readonly share: number; readonly rival: string } | null;
  readonly hidden: number;
}
interface Diff {
  readonly roles: readonly {
    readonly role: string;
    readonly renamedFrom: string | null;
    readonly changes: readonly Change[];
    readonly hints: readonly { readonly removed: string; readonly added: string }[];
    readonly together: Order | null;
  }[];
  readonly summary: { readonly withoutReason: number };
}

let repo: TestRepo;
beforeEach(async () => {
  repo = await agreedRepo();
});
afterEach(() => repo[Symbol.dispose]());

const diff = async (...args: readonly string[]): Promise<Diff> => outputOf<Diff>(await repo.ok("diff", ...args, "--json"));
const head = (): string => repo.git("rev-parse", "HEAD").trim();
const weigh = (weight: number): void => repo.edit(rubric, /weight: \d+(?=\n {4}bar)/u, `weight: ${weight}`);

/** A commit that moves a weight and says why, or does not. */
async function move(weight: number, explained = true): Promise<string> {
  weigh(weight);
  if (explained) await repo.ok("explain", "failure-design", "--as", "dana", "--reason", why);
  return repo.commit(`Weigh ${weight}`);
}

const open = async (...args: readonly string[]): Promise<number> => (await diff(...args)).summary.withoutReason;

describe("an explanation stays with its change", () => {
  test("three explained steps explain their net, also squashed, rebased and force-pushed", async () => {
    const base = head();
    await move(5);
    await move(7);
    await move(9);
    const steps = head();
    expect(await open(base, steps)).toBe(0);

    repo.git("checkout", "--quiet", "-b", "squashed", base);
    repo.git("merge", "--squash", "main");
    const squashed = repo.commit("All at once");
    expect(await open(base, squashed)).toBe(0);

    repo.git("checkout", "--quiet", "-b", "ahead", base);
    repo.write("notes.txt", "elsewhere\n");
    const ahead = repo.commit("Elsewhere");
    repo.git("checkout", "--quiet", "-b", "rebased", steps);
    repo.git("rebase", "--quiet", ahead);
    expect(await open(ahead, "rebased")).toBe(0);

    // The branch is pushed, made anew with other commits, and pushed again by force.
    const bare = `${repo.root}.git`;
    repo.git("init", "--quiet", "--bare", bare);
    repo.git("remote", "add", "origin", bare);
    repo.git("push", "--quiet", "origin", "main");
    repo.git("push", "--quiet", "--force", "origin", "squashed:main");
    repo.git("fetch", "--quiet", "--force", "origin", "main:refs/remotes/origin/main");
    expect(await open(base, "origin/main")).toBe(0);
    repo.git("remote", "remove", "origin");
  });

  test("an old explanation never explains the same move made again later", async () => {
    await move(6);
    await move(3);
    const base = head();
    await move(6, false);
    expect(await open(base, "HEAD")).toBe(1);
    expect(await open("HEAD~3", "HEAD")).toBe(0);
    // The timeline tells the two moves apart, wherever it is looked at from.
    const drift = outputOf<{ events: readonly { changes: readonly { text: string; needsReason: boolean }[] }[] }>(
      await repo.ok("drift", "--json"),
    );
    expect(drift.events.flatMap(({ changes }) => changes.map(({ text, needsReason }) => [text, needsReason]))).toEqual([
      ["weight 60 % → 75 %", false],
      ["weight 75 % → 60 %", false],
      ["weight 60 % → 75 %", true],
    ]);
  });

  test("a renamed role folder, a comment, another layout and unrelated edits change no fingerprint", async () => {
    const fingerprints = async (base: string): Promise<readonly string[]> =>
      (await diff(base)).roles.flatMap(({ changes }) =>
        changes.map((change) => (change as unknown as { fingerprint: string }).fingerprint),
      );
    const base = head();
    weigh(6);
    const plain = await fingerprints(base);
    repo.edit(rubric, "scale:", "# what we look for\nscale:");
    repo.edit(intake, "why: Payments has", "why: |\n  Payments   has");
    repo.git("mv", "roles/backend", "roles/platform");
    repo.commit("Rename");
    const [role, ...others] = (await diff(base)).roles;
    expect([role?.role, role?.renamedFrom, others.length]).toEqual(["platform", "backend", 0]);
    expect(await fingerprints(base)).toEqual(plain);
  });

  test("twenty moves of less than the limit, one a pull request, do not pass as wording", async () => {
    const gravities: string[] = [];
    let weight = 3;
    for (let step = 0; step < 20; step += 1) {
      // Its share grows by up to 4.9 points a step: always under the limit of 5.
      const share = Math.min(0.98, weight / (weight + 2) + 0.049);
      weight = Number(((2 * share) / (1 - share)).toFixed(4));
      const base = head();
      repo.edit(rubric, /weight: [\d.]+(?=\n {4}bar)/u, `weight: ${weight}`);
      repo.commit(`Step ${step}`);
      const [change] = (await diff(base, "HEAD")).roles.flatMap(({ changes }) => changes);
      if (change !== undefined) gravities.push(change.gravity);
      if (share >= 0.98) break;
    }
    expect(gravities[0]).toBe("editorial");
    expect(gravities.slice(1).every((gravity) => gravity === "material")).toBe(true);
    expect(gravities.length).toBeGreaterThan(5);
  });
});

describe("what reads alike", () => {
  test("a removed and an added criterion that read alike are hinted at, and never taken for one", async () => {
    repo.edit(rubric, "  - id: mentoring\n", "  - id: growing-others\n");
    repo.edit(rubric, "assesses: [mentoring]", "assesses: [growing-others]");
    const [role] = (await diff()).roles;
    expect(role?.hints).toEqual([{ removed: "mentoring", added: "growing-others" }]);
    expect(role?.changes.map(({ item, facet }) => `${item.id} ${facet}`)).toEqual(
      expect.arrayContaining(["mentoring presence", "growing-others presence"]),
    );
    expect(await repo.ok("diff")).toContain("reads like mentoring, which went");
    repo.edit(rubric, "  - id: growing-others\n", "  - id: growing-others\n    renamed_from: [mentoring]\n");
    expect((await diff()).roles).toEqual([]);
  });
});

/** Two candidates met by both interviewers, and one declined. */
const metRepo = onceMade(async () => {
  const repo = await agreedRepo();
  const scores: readonly (readonly [string, number, number])[] = [
    ["amber-otter", 4, 3],
    ["brisk-heron", 3, 5],
  ];
  for (const [candidate, design, candour] of scores) {
    await repo.ok("candidate", "add", "--id", candidate, "--as", "riku");
    await repo.ok("log", candidate, "interviewed", "--stage", "design", "--as", "riku");
    for (const person of ["ana", "bo"])
      await repo.ok(
        "score",
        candidate,
        "--stage",
        "design",
        "--as",
        person,
        ...rated({ "failure-design": [design, "What they said of the outage"], candour: [candour, "What they said they did not know"] }),
        "--recommendation",
        "hire",
      );
    for (const person of ["dana", "bo"])
      await repo.ok(
        "score",
        candidate,
        "--stage",
        "team",
        "--as",
        person,
        ...rated({ mentoring: [3, "Two juniors"] }),
        "--recommendation",
        "hire",
      );
  }
  await repo.ok("candidate", "add", "--id", "calm-finch", "--as", "riku");
  await repo.ok("log", "calm-finch", "profile-declined", "--criterion", "mentoring", "--reason", "No juniors so far", "--as", "dana");
  await repo.ok("candidate", "add", "--id", "early-swift", "--as", "riku");
  await repo.ok("log", "early-swift", "profile-declined", "--requirement", "mentoring", "--reason", "Worked alone", "--as", "dana");
  return repo;
});

async function met(): Promise<void> {
  repo[Symbol.dispose]();
  repo = await metRepo();
}

describe("whom a change touches, and what it does", () => {
  beforeEach(met);

  test("reason before result: counts at once, the order only behind a reason", async () => {
    repo.edit(rubric, /weight: 1(?=\n {4}covers: \[says)/u, "weight: 6");
    const before = await diff();
    expect(before.roles[0]?.changes[0]?.impact).toMatchObject({ rated: 4, scorecards: 8, order: null });
    expect(before.roles[0]?.together).toBeNull();
    for (const format of ["text", "markdown"]) {
      const said = await repo.ok("diff", "--format", format);
      expect(said).toContain("4 of 8 scorecards rated it");
      expect(said).not.toMatch(/passes|reaches|amber|brisk/u);
    }
    await repo.ok("explain", "candour", "--as", "dana", "--reason", why);
    const [role] = (await diff()).roles;
    expect(role?.changes[0]?.impact?.order).toMatchObject({
      orderBefore: ["amber-otter", "brisk-heron"],
      orderAfter: ["brisk-heron", "amber-otter"],
      swaps: [{ ahead: "brisk-heron", behind: "amber-otter" }],
      leaderChanges: true,
      tauB: -1,
      hidden: 0,
    });
    expect(await repo.ok("diff")).toContain("brisk-heron passes amber-otter");
  });

  test("a candidate whose scorecards are not all in is in no order", async () => {
    await repo.ok("candidate", "add", "--id", "dusky-lynx", "--as", "riku");
    await repo.ok(
      "score",
      "dusky-lynx",
      "--stage",
      "team",
      "--as",
      "dana",
      ...rated({ mentoring: [5, "Many"] }),
      "--recommendation",
      "hire",
    );
    await repo.ok("change", "backend", "--as", "dana", "--set", "criteria.candour.weight=6", "--reason", why);
    const [role] = (await diff("HEAD~1")).roles;
    expect(role?.changes[0]?.impact?.order).toMatchObject({ hidden: 1, orderBefore: ["amber-otter", "brisk-heron"] });
    expect(JSON.stringify(role)).not.toContain("dusky-lynx");
  });

  test("declined for what has gone: look again; told what no longer holds: tell them", async () => {
    await repo.ok("log", "amber-otter", "told", "--as", "riku");
    repo.edit(intake, "max: 90000", "max: 82000");
    repo.edit(rubric, /  - id: mentoring\n(?: {4}.*\n)+/u, "");
    repo.edit(rubric, /  - \{ id: team.*\n/u, "");
    const changes = (await diff()).roles.flatMap((role) => role.changes);
    const of = (id: string, facet: string): Change["impact"] | undefined =>
      changes.find((change) => change.item.id === id && change.facet === facet)?.impact;
    expect(of("mentoring", "presence")).toMatchObject({ rated: 4, lookAgain: ["calm-finch", "early-swift"] });
    expect(of("intake", "compensation")).toMatchObject({ tell: ["amber-otter", "brisk-heron"] });
    const text = await repo.ok("diff");
    expect(text).toContain("declined for it: calm-finch and early-swift. Look");
    expect(text.replaceAll(/\s+/gu, " ")).toContain("heard from us before: amber-otter and brisk-heron. Tell them");
    // Told again since the reason was given, nobody is left to be told.
    await repo.ok("explain", "compensation", "--as", "dana", "--reason", "Finance cut the band for the whole of next year.");
    await repo.ok("log", "amber-otter", "told", "--as", "riku");
    await repo.ok("log", "brisk-heron", "told", "--as", "riku");
    const after = (await diff("HEAD~2")).roles.flatMap((role) => role.changes);
    expect(after.find(({ facet }) => facet === "compensation")?.impact?.tell).toEqual([]);
  });

  test("what a required bar and the decision bar do", async () => {
    await repo.ok(
      "change",
      "backend",
      "--as",
      "dana",
      "--set",
      "criteria.failure-design.bar=4",
      "--set",
      "decision.bar=3.45",
      "--reason",
      why,
    );
    const [role] = (await diff("HEAD~1")).roles;
    expect(role?.together?.crossings).toEqual([{ candidate: "brisk-heron", criterion: "failure-design", passes: false }]);
    expect(await repo.ok("diff", "HEAD~1")).toContain("falls below the bar on failure-design");
  });

  const redefine = async (...fate: readonly string[]): Promise<void> => {
    repo.edit(rubric, "Says in an incident what is not known yet.", "Says in an incident who is to blame.");
    await repo.ok("explain", "candour", "--as", "dana", "--reason", why, ...fate);
    repo.commit("Redefine");
  };
  const totals = async (): Promise<readonly (readonly [string, string | undefined, number, number])[]> =>
    outputOf<{ ranked: readonly { candidate: string; total: number | null; stale: number; setAside: number; toRateAgain: number }[] }>(
      await repo.ok("rank", "--as", "riku", "--json"),
    ).ranked.map(({ candidate, total, stale, setAside, toRateAgain }) => [candidate, total?.toFixed(2), stale, setAside + toRateAgain]);

  test("ratings under an old meaning stand flagged until someone says what happens to them", async () => {
    repo.edit(rubric, "Says in an incident what is not known yet.", "Says in an incident who is to blame.");
    repo.commit("Redefine");
    expect(await totals()).toEqual([
      ["amber-otter", "3.60", 2, 0],
      ["brisk-heron", "3.40", 2, 0],
    ]);
    expect((await diff("HEAD~1")).roles[0]?.changes[0]?.impact).toMatchObject({ stale: 4, order: null });
  });

  test.each([
    ["keep", ["3.60", "3.40"], 0],
    ["void", ["3.75", "3.00"], 2],
    ["rescore", ["3.75", "3.00"], 2],
  ])("scores %s", async (fate, expected, setAside) => {
    await redefine("--scores", fate);
    expect(await totals()).toEqual([
      ["amber-otter", expected[0], 0, setAside],
      ["brisk-heron", expected[1], 0, setAside],
    ]);
    const report = await repo.ok("report", "--as", "ana");
    expect(report.includes("again on candour")).toBe(fate === "rescore");
    const check = await repo.hire(["check"]);
    expect(check.stdout.includes("to be rated again")).toBe(fate === "rescore");
    if (fate !== "rescore") return;
    // The same rating, given again under the new words, counts again.
    await repo.ok("score", "brisk-heron", "--stage", "design", "--as", "ana", "--amend", "--rate", "candour=5");
    expect((await totals()).find(([candidate]) => candidate === "brisk-heron")).toEqual(["brisk-heron", "3.40", 0, 1]);
  });

  test("reads the same: nothing is stale, and the reviewer sees who said so", async () => {
    await redefine("--reads", "same");
    expect((await totals()).map(([, , stale, aside]) => [stale, aside])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await repo.ok("diff", "HEAD~1")).toContain("reads the same");
  });

  test("with several explanations on the way, void goes before rescore before keep", async () => {
    await redefine("--scores", "void");
    repo.edit(rubric, "Says in an incident who is to blame.", "Says in an incident what to do next.");
    await repo.ok("explain", "candour", "--as", "dana", "--reason", why, "--scores", "keep");
    repo.commit("And again");
    expect((await totals())[0]).toEqual(["amber-otter", "3.75", 0, 2]);
    expect((await diff("HEAD~2")).roles[0]?.changes[0]?.explanation?.scores).toBe("void");
  });
});

test("a worked search: the share of the move at which the order turns, and who changes places", async () => {
  const ids = ["p", "q", "r", "s", "t"];
  const criteria = (weights: readonly number[]): string =>
    ids.map((id, index) => `  - { id: ${id}, name: ${id}, means: What ${id} is about, weight: ${weights[index] ?? 0} }\n`).join("");
  const text = (weights: readonly number[]): string =>
    `version: 1\nscale:\n${[1, 2, 3, 4, 5].map((value) => `  - { value: ${value}, label: L${value} }\n`).join("")}criteria:\n${criteria(weights)}decision: { bar: 3, evaluations: 1, rule: weighted-mean }\n`;
  repo.write(
    "roles/worked/intake.yaml",
    "version: 1\ntitle: Worked\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku, panel: [ana] }\n",
  );
  repo.write("roles/worked/rubric.yaml", text([30, 25, 20, 15, 10]));
  repo.commit("Worked");
  await repo.ok("agree", "worked", "--as", "dana");
  await repo.ok("agree", "worked", "--as", "riku");
  for (const [candidate, ratings] of Object.entries({ a: "54342", b: "35434", c: "43523", d: "24355" })) {
    await repo.ok("candidate", "add", "worked", "--id", candidate, "--as", "riku");
    const given = Object.fromEntries(ids.map((id, index) => [id, [Number(ratings[index]), `Heard about ${id}`] as const]));
    await repo.ok("score", "worked", candidate, "--as", "ana", ...rated(given), "--recommendation", "hire");
  }
  const base = head();
  await repo.ok(
    "change",
    "worked",
    "--as",
    "dana",
    ...[20, 30, 15, 15, 20].flatMap((weight, index) => ["--set", `criteria.${ids[index] ?? ""}.weight=${weight}`]),
    "--reason",
    why,
  );
  const [role] = (await diff(base)).roles;
  expect(role?.together?.overtaking?.share).toBeCloseTo(0.25, 4);
  expect(role?.together?.overtaking?.rival).toBe("b");
  expect(role?.together?.tauB).toBeCloseTo(0, 4);
  expect(role?.together?.orderBefore).toEqual(["a", "b", "c", "d"]);
  expect(role?.together?.orderAfter).toEqual(["b", "d", "a", "c"]);
  expect(role?.together?.swaps).toEqual([
    { ahead: "b", behind: "a" },
    { ahead: "d", behind: "a" },
    { ahead: "d", behind: "c" },
  ]);
  const text80 = await repo.ok("diff", base);
  expect(text80.replaceAll(/\s+/gu, " ")).toContain(
    "All together: b passes a (4.0, 3.6); d passes a (3.8, 3.6); d passes c (3.8, 3.4); 25 % of this move is enough.",
  );
  const drift = outputOf<{ distance: Readonly<Record<string, number>> }>(await repo.ok("drift", "worked", "--json"));
  expect(drift.distance["weights"]).toBeCloseTo(0.15, 4);
  expect(drift.distance["divergence"]).toBeCloseTo(0.02374, 5);
});

describe("hire change", () => {
  test("by flags: what, why and whom, in one commit", async () => {
    const before = head();
    const out = await repo.ok(
      "change",
      "--as",
      "dana",
      "--set",
      "criteria.mentoring.weight=3",
      "--set",
      "compensation.max=82000",
      "--reason",
      why,
      "--for",
      "riku",
      "--for",
      "ana",
    );
    expect(out).toContain("riku, ana asked");
    expect(repo.git("rev-list", "--count", `${before}..HEAD`).trim()).toBe("1");
    expect(repo.git("status", "--porcelain")).toBe("");
    expect(repo.git("log", "-1", "--format=%B")).toMatch(
      /^Change Senior Backend Engineer: .*\n\nHire-Role: backend\nHire-Update: 2026-11-03-dana-mentoring-/u,
    );
    expect(await open(before, "HEAD")).toBe(0);
  });

  test("refuses before it writes: no reason, no word on scores, nothing to do, someone from outside, edits by hand", async () => {
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await repo.hire(["change", "backend", ...args]);
      expect(code).toBe(2);
      expect(repo.git("status", "--porcelain")).toBe("");
      return stderr;
    };
    expect(await refused("--as", "dana", "--set", "decision.bar=4")).toContain("why?");
    expect(await refused("--as", "dana", "--set", "decision.bar=4", "--reason", "because")).toContain("says too little");
    expect(await refused("--as", "dana", "--retire", "mentoring", "--reason", why)).toContain("what happens to scores");
    expect(await refused("--as", "dana", "--set", "decision.bar=3.5", "--reason", why)).toContain("nothing would change");
    expect(await refused("--as", "dana", "--set", "criteria.mentorin.weight=4", "--reason", why)).toContain("did you mean 'mentoring'?");
    expect(await refused("--as", "cy", "--set", "decision.bar=4", "--reason", why)).toContain("not on the team");
    repo.edit(rubric, "bar: 3.5", "bar: 4");
    const { code, stderr } = await repo.hire([
      "change",
      "backend",
      "--as",
      "dana",
      "--set",
      "criteria.mentoring.weight=2",
      "--reason",
      why,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("not committed")]);
  });

  test("as a conversation: no score is shown before the reason stands; Ctrl-C keeps what was said", async () => {
    await met();
    const script = scriptedPrompts(["candour", "how much it weighs", "6", ctrlC]);
    const interrupted = await repo.hire(["change", "--as", "dana"], { prompts: script });
    expect(interrupted.code).toBe(130);
    const before = head();
    const prompts = scriptedPrompts([true, "candour", "it becomes required", "nothing more", why, "riku"]);
    const { code, stdout, stderr } = await repo.hire(["change", "--as", "dana"], { prompts });
    expect(code, stderr).toBe(0);
    expect(prompts.left).toEqual([]);
    expect(stderr).toContain("4 of 8 scorecards rated it");
    expect(stderr).not.toMatch(/passes|brisk|amber/u);
    expect(stdout.replaceAll(/\s+/gu, " ")).toContain("brisk-heron passes amber-otter");
    expect(await open(before, "HEAD")).toBe(0);
    expect((parse(repo.read(rubric)) as { criteria: { id: string; required?: boolean; weight: number }[] }).criteria[2]).toMatchObject({
      id: "candour",
      required: true,
      weight: 6,
    });
  });

  test("what was begun on other words is not taken up again: it would undo what became of them", async () => {
    const begun = scriptedPrompts(["candour", "how much it weighs", "6", ctrlC]);
    expect((await repo.hire(["change", "--as", "dana"], { prompts: begun })).code).toBe(130);
    await repo.ok("change", "--as", "riku", "--set", "criteria.mentoring.weight=4", "--reason", why);
    const prompts = scriptedPrompts([true, "candour", "its bar", "3", "nothing more", why, "riku"]);
    const { code, stderr } = await repo.hire(["change", "--as", "dana"], { prompts });
    expect([code, prompts.left]).toEqual([0, []]);
    expect(stderr.replaceAll(/\s+/gu, " ")).toContain("has changed since you were interrupted");
    const { criteria } = parse(repo.read(rubric)) as { criteria: readonly { id: string; weight: number; bar?: number }[] };
    expect(criteria.map(({ id, weight, bar }) => [id, weight, bar])).toEqual([
      ["failure-design", 3, 3],
      ["mentoring", 4, undefined],
      ["candour", 1, 3],
    ]);
  });

  test("retiring asks what happens to scores, and the reason goes into the rubric too", async () => {
    const prompts = scriptedPrompts([
      "mentoring",
      "it goes, for good",
      "nothing more",
      "The juniors move to another team in January.",
      "riku",
      "void",
    ]);
    const { code, stderr } = await repo.hire(["change", "--as", "dana"], { prompts });
    expect(code, stderr).toBe(0);
    expect(parse(repo.read(rubric))).toMatchObject({
      retired: [{ id: "mentoring", reason: "The juniors move to another team in January." }],
      stages: [{ id: "design" }],
    });
    expect((await diff("HEAD~1")).roles[0]?.changes.find(({ item }) => item.id === "mentoring")?.explanation).toMatchObject({
      scores: "void",
    });
  });

  test("before the agreement nothing needs a reason", async () => {
    repo.write("roles/young/intake.yaml", "version: 1\ntitle: Young\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku }\n");
    repo.write(
      "roles/young/rubric.yaml",
      fixture("search/roles/backend/rubric.yaml")
        .replaceAll(/ {4}covers: .*\n/gu, "")
        .replace(/stages:\n(?: {2}.*\n)+/u, ""),
    );
    repo.commit("Young");
    await repo.ok("change", "young", "--as", "dana", "--set", "decision.bar=3");
    expect(repo.git("show", "--stat", "--format=", "HEAD")).not.toContain("updates");
  });
});

describe("hire answer", () => {
  beforeEach(async () => {
    await repo.ok("change", "--as", "dana", "--set", "criteria.mentoring.weight=3", "--reason", why);
  });
  const answers = async (): Promise<readonly string[]> =>
    (await diff("HEAD~9")).roles.flatMap(({ changes }) =>
      changes.flatMap(({ explanation }) => (explanation?.answers ?? []).map(({ by, answer }) => `${by} ${answer}`)),
    );
  beforeEach(() => {
    for (let index = 0; index < 8; index += 1) repo.git("commit", "--quiet", "--allow-empty", "--message", "Elsewhere");
  });

  test("an objection stays on the report until it is withdrawn", async () => {
    expect((await repo.hire(["answer", "object", "--as", "riku"])).stderr).toContain("--because");
    await repo.ok("answer", "object", "--as", "riku", "--because", "We promised 90 000 to two people");
    expect(repo.git("log", "-1", "--format=%s")).toMatch(/^Object to: mentoring/u);
    for (const format of ["text", "markdown"])
      expect(await repo.ok("report", "--format", format)).toMatch(/riku.{0,4} (?:OBJECTS|objects)/u);
    const { roles } = outputOf<{ roles: readonly { objections: readonly { by: string; because: string }[] }[] }>(
      await repo.ok("report", "--json"),
    );
    expect(roles[0]?.objections).toMatchObject([{ by: "riku", because: "We promised 90 000 to two people" }]);
    const [name = ""] = repo.git("ls-files", "roles/backend/updates").trim().split("/").slice(-1);
    await repo.ok("answer", name.replace(".yaml", ""), "agree", "--as", "riku");
    expect(await repo.ok("report")).not.toContain("OBJECTS");
  });

  test("or until both sides sign again", async () => {
    await repo.ok("answer", "object", "--as", "riku", "--because", "The pool is too small");
    await repo.ok("agree", "--as", "dana");
    expect(await repo.ok("report", "--json")).toContain("The pool is too small");
    await repo.ok("agree", "--as", "riku");
    expect(await repo.ok("report", "--json")).not.toContain("The pool is too small");
  });

  test("who is asked is told so, and answers with one word", async () => {
    expect(await repo.ok("report", "--as", "riku")).toContain("hire answer 2026-11-03-dana-mentoring-");
    await repo.ok("answer", "agree", "--as", "riku");
    expect(await repo.ok("report", "--as", "riku")).not.toContain("hire answer");
    expect((await repo.hire(["answer", "agree", "--as", "riku"])).stderr).toContain("nothing waits for riku's answer");
  });

  test("nobody answers their own, an outsider does not answer, and a mistyped name is suggested", async () => {
    const [path = ""] = repo.git("ls-files", "roles/backend/updates").trim().split("\n");
    const name = path.split("/").at(-1)?.replace(".yaml", "") ?? "";
    expect((await repo.hire(["answer", name, "agree", "--as", "dana"])).stderr).toContain("your own");
    expect((await repo.hire(["answer", name, "agree", "--as", "bo"])).stderr).toContain("was not asked");
    expect((await repo.hire(["answer", `${name}x`, "agree", "--as", "riku"])).stderr).toContain(name);
    expect((await repo.hire(["answer", name, "agreee", "--as", "riku"])).stderr).toContain("agree");
    expect(await answers()).toEqual([]);
  });
});

test("severities and limits of hire.yaml are changes too, and the base's limit holds", async () => {
  repo.edit("hire.yaml", "people:", 'rules: { rubric/weight-reason: "off" }\nchange: { reweight: 0.5 }\npeople:');
  weigh(5);
  const { roles } = await diff();
  expect(
    roles.map(({ role, changes }) => [
      role,
      changes.map(({ item, gravity, needsReason }) => `${item.id} ${gravity} ${String(needsReason)}`),
    ]),
  ).toEqual([
    ["hire.yaml", ["rubric/weight-reason material true", "reweight material true"]],
    ["backend", ["failure-design material true"]],
  ]);
  await repo.ok("explain", "reweight", "rubric/weight-reason", "failure-design", "--as", "dana", "--reason", why);
  expect(await open()).toBe(0);
});
