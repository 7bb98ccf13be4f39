import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, fixture, TestRepo } from "../support/repo.ts";

const rubric = "roles/backend/rubric.yaml";
const why = "Bo leaves the rotation in January, so the new hire is alone on call.";

interface Drift {
  readonly since: { readonly commit: string; readonly people: readonly string[]; readonly partial: boolean };
  readonly distance: { readonly weights: number; readonly divergence: number; readonly required: number; readonly redefined: number };
  readonly events: readonly {
    readonly commit: string | null;
    readonly author: string;
    readonly signed: readonly string[];
    readonly unreadable: readonly string[];
    readonly renamedFrom: string | null;
    readonly changes: readonly {
      readonly item: { readonly type: string; readonly id: string };
      readonly facet: string;
      readonly gravity: string;
      readonly text: string;
      readonly needsReason: boolean;
      readonly explanation: { readonly by: string } | null;
    }[];
    readonly distance: { readonly weights: number };
  }[];
  readonly summary: { readonly changes: number; readonly explained: number; readonly withoutReason: number };
}

let repo: TestRepo;
beforeEach(async () => {
  repo = await agreedRepo();
});
afterEach(() => repo[Symbol.dispose]());

const drift = async (...args: readonly string[]): Promise<Drift> => outputOf<Drift>(await repo.ok("drift", ...args, "--json"));
const weigh = (weight: number): void => repo.edit(rubric, /weight: \d+(?=\n {4}bar)/u, `weight: ${weight}`);
const texts = ({ events }: Drift): readonly string[] => events.flatMap(({ changes }) => changes.map(({ text }) => text));
const store = (): string => repo.path(".git/hire/drift/backend.json");

describe("the timeline since the agreement", () => {
  test("who changed what when, with a reason or without, who signed again, and how far it is", async () => {
    repo.later(1);
    await repo.ok("change", "--as", "dana", "--set", "criteria.failure-design.weight=6", "--reason", why);
    repo.later(1);
    await repo.ok("answer", "agree", "--as", "riku");
    repo.later(1);
    repo.edit(rubric, "required: true", "required: false");
    repo.edit(rubric, "Brings juniors to carry their own work.", "Brings juniors to leave.");
    repo.commit("In silence");
    repo.later(1);
    await repo.ok("agree", "--as", "riku");
    repo.edit(rubric, "bar: 3.5", "bar: 4");

    const { since, events, distance, summary } = await drift();
    expect(since).toMatchObject({ people: ["dana", "riku"], partial: false });
    expect(events.map(({ commit, author, signed, changes }) => [commit === null, author, signed, changes.length])).toEqual([
      [false, "dana", [], 1],
      [false, "dana", [], 2],
      [false, "dana", ["riku"], 0],
      [true, "", [], 1],
    ]);
    expect(events.flatMap(({ changes }) => changes.map(({ needsReason }) => needsReason))).toEqual([false, true, true, true]);
    expect(distance).toMatchObject({ required: 1, redefined: 1 });
    expect(distance.weights).toBeCloseTo(0.15, 12);
    expect(events.map((event) => event.distance.weights.toFixed(2))).toEqual(["0.15", "0.15", "0.15", "0.15"]);
    expect(summary).toEqual({ changes: 4, explained: 1, withoutReason: 3 });

    const text = await repo.ok("drift");
    expect(text.split("\n")[0]).toMatch(/^Senior Backend Engineer +since 3 Nov, agreed by dana and riku$/u);
    expect(text).toContain("▆▆▆▆  15 % of the weight lies elsewhere");
    expect(text).toContain("riku signed");
    expect(text).toContain("riku agreed");
    expect(text).toContain("not committed");
    expect(text.trimEnd().split("\n").at(-1)).toBe("4 changes in 3 commits · 1 explained · 3 WITHOUT A REASON");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(await repo.ok("drift", "--format", "markdown")).toContain("| not committed |");
  });

  test("nothing changed, never agreed, and from a commit that is named", async () => {
    expect(await repo.ok("drift")).toContain("Nothing has changed since.");
    repo.write("roles/young/intake.yaml", "version: 1\ntitle: Young\nstatus: draft\nteam: { hiring_manager: dana, recruiter: riku }\n");
    const first = repo.commit("Young");
    const { code, stderr } = await repo.hire(["drift", "young"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("hire agree young, or hire drift young --since REF")]);
    repo.edit("roles/young/intake.yaml", "status: draft", "status: draft\nlevel: senior");
    repo.commit("Level");
    const young = await drift("young", "--since", first);
    expect([young.since.commit, texts(young)]).toEqual([first, ["added: senior"]]);
    expect((await repo.hire(["drift", "young", "--since", `${first}~1`])).code).toBe(3);
  });

  test("a merge counts as what it brought, and a renamed folder is followed", async () => {
    weigh(4);
    repo.commit("Weigh 4");
    repo.git("checkout", "--quiet", "-b", "side");
    repo.edit(rubric, "bar: 3.5", "bar: 4");
    repo.commit("Raise");
    repo.edit(rubric, "bar: 4", "bar: 4.5");
    repo.commit("Raise more");
    repo.git("checkout", "--quiet", "main");
    repo.git("merge", "--quiet", "--no-ff", "side", "--message", "Merge");
    repo.git("mv", "roles/backend", "roles/platform");
    repo.commit("Rename");
    repo.edit("roles/platform/rubric.yaml", "bar: 4.5", "bar: 5");
    repo.commit("Raise to the top");
    const told = await drift("platform");
    expect(texts(told)).toEqual(["weight 60 % → 67 %", "decision bar 3.5 → 4.5", "decision bar 4.5 → 5"]);
    expect(told.events.map(({ renamedFrom }) => renamedFrom)).toEqual([null, null, "backend", null]);
    expect(await repo.ok("drift", "platform")).toContain("the folder was roles/backend before");
    expect(texts(await drift("platform", "--since", "HEAD~2"))).toEqual(["decision bar 4.5 → 5"]);
  });

  test("a version that cannot be read is named, and what stood before is taken to stand", async () => {
    const sound = repo.read(rubric);
    repo.write(rubric, "criteria: [\n");
    repo.commit("Break");
    repo.write(rubric, sound.replace("bar: 3.5", "bar: 4"));
    repo.commit("Mend");
    const { events } = await drift();
    expect(events.map(({ unreadable, changes }) => [unreadable, changes.map(({ text }) => text)])).toEqual([
      [["rubric.yaml"], []],
      [[], ["decision bar 3.5 → 4"]],
    ]);
  });
});

test("one git process walks and one reads, however long the history", async () => {
  const shim = repo.path(".git/shim");
  mkdirSync(shim);
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(join(shim, "git"), `#!/bin/sh\necho "$*" >> "${shim}/log"\nexec "${real}" "$@"\n`, { mode: 0o755 });
  for (let step = 4; step < 12; step += 1) {
    weigh(step);
    repo.commit(`Weigh ${step}`);
  }
  const { code } = await repo.hire(["drift"], { env: { PATH: `${shim}:${process.env["PATH"] ?? ""}` } });
  expect(code).toBe(0);
  const asked = readFileSync(join(shim, "log"), "utf8").trim().split("\n");
  // One that waits too long on a busy machine is let go, and started once more.
  const readers = asked.filter((line) => line.includes(" cat-file --batch")).length;
  expect(readers).toBeLessThanOrEqual(2);
  expect(asked.filter((line) => line.includes(" log --first-parent"))).toHaveLength(1);
  expect(asked).toHaveLength(1 + readers);
});

describe("what was walked is kept", () => {
  test("the next run says the same, walks what is new, and forgets what is no ancestor any more", async () => {
    weigh(6);
    const second = repo.commit("Weigh 6");
    const first = await drift();
    const kept = readFileSync(store(), "utf8");
    expect(await drift()).toEqual(first);
    expect(readFileSync(store(), "utf8")).toBe(kept);
    await repo.ok("change", "--as", "dana", "--set", "decision.bar=4", "--reason", why);
    const grown = await drift();
    expect(readFileSync(store(), "utf8")).not.toBe(kept);
    rmSync(store());
    expect(await drift()).toEqual(grown);
    // Another history: a rebase, a reset.
    repo.git("reset", "--quiet", "--hard", `${second}~1`);
    weigh(9);
    repo.commit("Weigh 9");
    expect(texts(await drift())).toEqual(["weight 60 % → 82 %"]);
  });

  test("an explanation committed later is heard, from the store as well", async () => {
    weigh(6);
    repo.commit("Weigh 6");
    expect((await drift()).summary.withoutReason).toBe(1);
    await repo.ok("explain", "failure-design", "--as", "dana", "--reason", why);
    repo.commit("Explain");
    expect((await drift()).summary.withoutReason).toBe(0);
    rmSync(store());
    expect((await drift()).summary.withoutReason).toBe(0);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, -40)],
    ["changed", (text: string) => text.replace("weight 60", "weight 10")],
    ["of another hire", (text: string) => text.replace(/^.*\n/u, "000000000000\n")],
    ["no store at all", () => "{}"],
  ])("a store that is %s is ignored and written anew", async (_, damage) => {
    weigh(6);
    repo.commit("Weigh 6");
    const told = await drift();
    const good = readFileSync(store(), "utf8");
    writeFileSync(store(), damage(good));
    expect(await drift()).toEqual(told);
    expect(readFileSync(store(), "utf8")).toBe(good);
  });
});

describe("a history that was cut off", () => {
  const shallow = (depth: number): string => {
    const path = join(realpathSync(mkdtempSync(join(tmpdir(), "hire-shallow-"))), "clone");
    execFileSync("git", ["clone", "--quiet", "--depth", String(depth), `file://${repo.root}`, path], { env: repo.env, stdio: "ignore" });
    return path;
  };
  test("says from where it cannot see, and exits 3 unless told to go on", async () => {
    weigh(6);
    repo.commit("Weigh 6");
    weigh(9);
    repo.commit("Weigh 9");
    const cwd = shallow(2);
    const { code, stdout, stderr } = await repo.hire(["drift"], { cwd });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("the history was cut off");
    expect(stderr).toContain("git fetch --unshallow");
    const partial = await repo.hire(["drift", "--allow-partial", "--json"], { cwd });
    expect(partial.code).toBe(0);
    const told = outputOf<Drift>(partial.stdout);
    expect([told.since.partial, texts(told)]).toEqual([true, ["weight 75 % → 82 %"]]);
    // What is deep enough to see the agreement is whole.
    const deep = await repo.hire(["drift", "--json"], { cwd: shallow(4) });
    expect([deep.code, texts(outputOf<Drift>(deep.stdout)).length]).toEqual([0, 2]);
  });
});

describe("six versions of a public rubric", () => {
  const versions = ["1-4895699", "2-2f28ada", "3-6963cfb", "4-4e68ebe", "5-0ddd343", "6-511a892"];
  const path = "roles/engineering-manager/rubric.yaml";
  const steps = async (own: TestRepo): Promise<readonly (readonly string[])[]> =>
    outputOf<Drift>(await own.ok("drift", "--json")).events.map(({ changes }) =>
      changes.map(({ gravity, item, facet }) => `${gravity} ${item.id} ${facet}`).toSorted(),
    );
  const punctuation = [
    "delivery-accountability",
    "hiring-team-composition",
    "performance-management-team-development",
    "stakeholder-communication-influence",
    "technical-direction-architecture-input",
  ].map((id) => `editorial ${id} meaning`);

  test("as a timeline; squashed; and on a branch that was force-pushed", async () => {
    const own = new TestRepo();
    try {
      own.write("hire.yaml", fixture("search/hire.yaml"));
      own.write(
        "roles/engineering-manager/intake.yaml",
        "version: 1\ntitle: Engineering Manager\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku, panel: [ana, bo] }\n",
      );
      own.write(path, fixture(`engineering-manager/${versions[0] ?? ""}.yaml`));
      own.commit("Version 1");
      await own.ok("agree", "--as", "dana");
      await own.ok("agree", "--as", "riku");
      const agreed = own.git("rev-parse", "HEAD").trim();
      for (const [index, version] of versions.slice(1).entries()) {
        own.write(path, fixture(`engineering-manager/${version}.yaml`));
        own.commit(`Version ${index + 2}`);
      }
      const whole = [["breaking scale meanings", ...punctuation], ["editorial delivery-accountability meaning"]];
      expect(await steps(own)).toEqual(whole);
      const { distance } = outputOf<Drift>(await own.ok("drift", "--json"));
      expect(distance).toMatchObject({ weights: 0, required: 0, redefined: 5 });

      own.git("checkout", "--quiet", "-b", "squashed", agreed);
      own.git("merge", "--quiet", "--squash", "main");
      own.commit("All at once");
      expect(await steps(own)).toEqual([["breaking scale meanings", ...punctuation]]);

      // A colleague's clone follows a branch that was made anew and pushed by force.
      const bare = `${own.root}.git`;
      own.git("init", "--quiet", "--bare", bare);
      own.git("push", "--quiet", bare, "squashed:work");
      own.git("push", "--quiet", "--force", bare, "main:work");
      own.git("checkout", "--quiet", "-b", "work", "squashed");
      own.git("fetch", "--quiet", bare, "+work:refs/remotes/other/work");
      own.git("reset", "--quiet", "--hard", "refs/remotes/other/work");
      expect(await steps(own)).toEqual(whole);
      rmSync(bare, { recursive: true, force: true });
    } finally {
      own[Symbol.dispose]();
    }
  });
});
