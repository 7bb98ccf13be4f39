import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, packageRoot, rated, type Ran, type TestRepo } from "../support/repo.ts";

/** Ways around the guard that people found, and what else came to light on the way. */
const rubric = "roles/backend/rubric.yaml";
const intake = "roles/backend/intake.yaml";
const why = "Bo leaves the rotation in January, so the new hire is alone on call.";

let repo: TestRepo;
beforeEach(async () => {
  repo = await agreedRepo();
});
afterEach(() => repo[Symbol.dispose]());

const at = (revision: string): string => repo.git("rev-parse", revision).trim();
const weigh = (weight: number): void => repo.edit(rubric, /weight: [\d.]+(?=\n {4}bar)/u, `weight: ${weight}`);
const gate = (base: string, options: Parameters<TestRepo["hire"]>[1] = {}): Promise<Ran> =>
  repo.hire(["diff", base, "--fail-on", "unexplained"], options);
const auto = (options: Parameters<TestRepo["hire"]>[1] = {}): Promise<Ran> =>
  repo.hire(["diff", "--base", "auto", "--fail-on", "unexplained"], options);

describe("what passes without a reason, and what does not", () => {
  test("a criterion is not split in two by renamed_from", async () => {
    const base = at("HEAD");
    const [, own = ""] = /( {2}- id: mentoring\n(?: {4}.*\n)+)/u.exec(repo.read(rubric)) ?? [];
    const named = (id: string): string => own.replace("id: mentoring\n", `id: ${id}\n    renamed_from: [mentoring]\n`);
    repo.write(
      rubric,
      repo
        .read(rubric)
        .replace(own, named("growing") + named("teaching"))
        .replace("[mentoring] }", "[growing, teaching] }"),
    );
    repo.commit("Split");
    const { code, stdout } = await gate(base);
    expect([code, stdout]).toEqual([1, expect.stringContaining("teaching")]);
    // A rename taken back is none, nor a change of any share.
    const { roles } = outputOf<{ roles: readonly unknown[] }>(await repo.ok("diff", base, base, "--json"));
    expect(roles).toEqual([]);
  });

  test("a rename taken back keeps the weight it had", async () => {
    repo.edit(rubric, "  - id: mentoring\n", "  - id: growing\n    renamed_from: [mentoring]\n");
    repo.edit(rubric, "assesses: [mentoring]", "assesses: [growing]");
    const renamed = repo.commit("Rename");
    repo.edit(rubric, "  - id: growing\n    renamed_from: [mentoring]\n", "  - id: mentoring\n");
    repo.edit(rubric, "assesses: [growing]", "assesses: [mentoring]");
    repo.commit("Take it back");
    expect((await gate(renamed)).stdout).toContain("No change");
    const drift = outputOf<{ distance: { weights: number; required: number } }>(await repo.ok("drift", "--since", renamed, "--json"));
    expect(drift.distance).toMatchObject({ weights: 0, required: 0 });
    repo.edit(rubric, /weight: 1(?=\n {4}covers: \[mentoring)/u, "weight: 5");
    expect((await gate(renamed)).stdout).toContain("weight 20 % → 56 %");
  });

  test("a hiring root that moved is compared with where it lay", async () => {
    const base = at("HEAD");
    mkdirSync(repo.path("people"));
    repo.git("mv", "hire.yaml", "roles", "markets", "people");
    repo.write("people/roles/backend/rubric.yaml", repo.read("people/roles/backend/rubric.yaml").replace("weight: 3", "weight: 9"));
    repo.commit("Move");
    const { code, stdout } = await gate(base, { cwd: repo.path("people") });
    expect([code, stdout]).toEqual([1, expect.stringContaining("weight 60 % → 82 %")]);
  });

  test("a role copied under another id is compared with where it came from", async () => {
    const base = at("HEAD");
    cpSync(repo.path("roles/backend"), repo.path("roles/other"), { recursive: true });
    repo.write("roles/other/rubric.yaml", repo.read("roles/other/rubric.yaml").replace("weight: 3", "weight: 9"));
    repo.commit("Copy");
    expect((await gate(base)).code).toBe(1);
  });

  test("an explanation that is edited, or copied to another role, explains nothing new", async () => {
    cpSync(repo.path("roles/backend"), repo.path("roles/other"), { recursive: true });
    repo.commit("Copy");
    await repo.ok("change", "backend", "--as", "dana", "--set", "criteria.failure-design.weight=6", "--reason", why);
    weigh(3);
    const base = repo.commit("Back again");
    weigh(6);
    const [path = ""] = repo.git("ls-files", "roles/backend/updates").trim().split("\n");
    repo.edit(path, "alone on call.", "alone on call!");
    repo.commit("Once more");
    expect((await gate(base)).code).toBe(1);
    const copy = path.replace("backend", "other").replace("failure", "another");
    repo.write(copy, repo.read(path));
    repo.edit("roles/other/rubric.yaml", "weight: 3", "weight: 6");
    repo.commit("Elsewhere");
    expect((await gate("HEAD~1")).code).toBe(1);
    const drift = outputOf<{ events: readonly { changes: readonly { needsReason: boolean }[] }[] }>(
      await repo.ok("drift", "backend", "--json"),
    );
    expect(drift.events.map(({ changes }) => changes[0]?.needsReason)).toEqual([false, true, true]);
  });

  test("many small moves at once are no wording", async () => {
    const text = (weights: readonly number[]): string =>
      repo
        .read(rubric)
        .replace(
          /criteria:\n(?: {2}.*\n)+?(?=stages)/u,
          `criteria:\n${weights.map((weight, index) => `  - { id: c${index}, name: C, means: About ${index}, weight: ${weight} }\n`).join("")}`,
        )
        .replace(/stages:\n(?: {2}.*\n)+/u, "");
    repo.write(rubric, text(Array.from({ length: 10 }, () => 10)));
    const base = repo.commit("Ten");
    repo.edit(rubric, /weight: 10(?= \}\n {2}- \{ id: c[1-5],)/gu, "weight: 14.9");
    repo.edit(rubric, /weight: 10(?= )/gu, "weight: 5.1");
    repo.commit("All at once");
    const { code, stdout } = await gate(base);
    expect([code, stdout]).toEqual([1, expect.stringContaining("25 % with the other")]);
  });

  test.each(["hire.yaml", "roles/backend/agreements/dana.yaml", "roles/backend/rubric.yaml"])(
    "a broken %s is refused, in the head and in the base",
    async (path) => {
      const sound = repo.read(path);
      repo.write(path, `${sound}\nx: [\n`);
      expect((await gate("HEAD")).code).toBe(1);
      repo.commit("Break");
      repo.write(path, sound);
      expect((await gate("HEAD")).code).toBe(3);
    },
  );

  test("severities that come with a first rules key are compared with the defaults", async () => {
    const base = at("HEAD");
    repo.edit("hire.yaml", "people:", "change: { reweight: 0.9 }\npeople:");
    weigh(6);
    const { code, stdout } = await gate(base);
    expect([code, stdout]).toEqual([1, expect.stringContaining("default → 0.9")]);
    expect(stdout).toContain("MAY CHANGE WHO IS HIRED");
  });

  test("a brief or a whole role that goes can be explained, and must be", async () => {
    const base = at("HEAD");
    repo.git("rm", "-r", "--quiet", "roles/backend");
    expect((await gate(base)).code).toBe(1);
    await repo.ok(
      "explain",
      "--role",
      "backend",
      "--as",
      "dana",
      "--scores",
      "void",
      "--reason",
      "The board froze hiring for the whole of next year.",
    );
    repo.commit("Freeze");
    expect((await gate(base)).code).toBe(0);
  });
});

describe("the base that a CI means", () => {
  test("a proposed branch that ends in a merge is not taken for the pull request's merge", async () => {
    const main = at("HEAD");
    repo.git("checkout", "--quiet", "-b", "feature");
    weigh(6);
    repo.commit("Weigh");
    repo.git("checkout", "--quiet", "main");
    repo.write("README.md", "Meanwhile\n");
    const moved = repo.commit("Meanwhile");
    repo.git("checkout", "--quiet", "feature");
    repo.git("merge", "--quiet", "--no-ff", "main", "--message", "Merge main");
    repo.write(".git/event.json", JSON.stringify({ pull_request: { base: { sha: moved }, head: { sha: at("HEAD") } } }));
    const env = {
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_REF: "refs/pull/1/merge",
      GITHUB_EVENT_PATH: repo.path(".git/event.json"),
    };
    expect((await auto({ env })).code).toBe(1);
    expect(main).not.toBe(moved);
  });

  test("a tag named like the default branch is not it", async () => {
    repo.git("checkout", "--quiet", "-b", "feature");
    weigh(6);
    repo.commit("Weigh");
    repo.git("tag", "main");
    repo.git("tag", "origin/main");
    expect((await auto()).code).toBe(1);
  });

  test("detached at the tip of the default branch, nobody can tell", async () => {
    weigh(6);
    repo.commit("Weigh");
    repo.git("checkout", "--quiet", "--detach");
    expect((await auto()).code).toBe(3);
  });

  test("a refusal ends at once, though git was started already", () => {
    const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [join(packageRoot, "bin/hire.js"), ...args], {
        cwd: repo.root,
        env: repo.env,
        timeout: 20_000,
        input: "",
      });
    expect(run("diff", "--staged", "HEAD~1", "HEAD").status).toBe(2);
    expect(run("diff", "HEAD", "--base", "auto").status).toBe(2);
  });
});

describe("drift", () => {
  test("what was kept says the same after an unreadable version", async () => {
    const sound = repo.read(rubric);
    repo.write(rubric, "x: [\n");
    repo.commit("Break");
    repo.write(rubric, sound);
    repo.edit(rubric, "minutes: 60", "minutes: 45");
    await repo.ok("drift");
    weigh(6);
    repo.commit("Mend");
    const kept = await repo.ok("drift", "--json");
    rmSync(repo.path(".git/hire"), { recursive: true, force: true });
    expect(await repo.ok("drift", "--json")).toBe(kept);
    expect(kept).toContain("weight 60 % → 75 %");
  });

  test("a renamed folder is no signature, and what both sign again is settled", async () => {
    repo.git("mv", "roles/backend", "roles/platform");
    repo.commit("Rename");
    expect(await repo.ok("drift", "platform")).not.toContain("signed");
    repo.write("roles/platform/rubric.yaml", repo.read("roles/platform/rubric.yaml").replace("bar: 3.5", "bar: 4"));
    repo.commit("Raise");
    expect(await repo.ok("drift", "platform")).toContain("NO REASON GIVEN");
    await repo.ok("agree", "platform", "--as", "dana");
    expect(await repo.ok("drift", "platform")).toContain("NO REASON GIVEN");
    await repo.ok("agree", "platform", "--as", "riku");
    const text = await repo.ok("drift", "platform");
    expect(text).toContain("no reason given; both sides signed again since");
    expect(text).not.toContain("WITHOUT A REASON");
  });

  test.each(["drift", "report"])("%s says nothing of criteria that cannot be read", async (command) => {
    repo.write(rubric, "x: [\n");
    const { code, stdout, stderr } = await repo.hire([command]);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringContaining(`${rubric} cannot be read`)]);
  });
});

describe("people already judged", () => {
  test("a candidate who was declined and is looked at again is in play, and hidden from whom still owes a scorecard", async () => {
    await repo.ok("candidate", "add", "--id", "calm-finch", "--as", "riku");
    await repo.ok("log", "calm-finch", "profile-declined", "--requirement", "mentoring", "--reason", "Worked alone", "--as", "dana");
    await repo.ok("log", "calm-finch", "profile-accepted", "--as", "dana");
    await repo.ok(
      "score",
      "calm-finch",
      "--stage",
      "design",
      "--as",
      "bo",
      ...rated({ "failure-design": [4, "The outage"], candour: [3, "What they said"] }),
      "--recommendation",
      "hire",
    );
    const { hidden } = outputOf<{ hidden: readonly { candidate: string }[] }>(await repo.ok("rank", "--as", "ana", "--json"));
    expect(hidden.map(({ candidate }) => candidate)).toEqual(["calm-finch"]);
  });

  test("a scorecard that holds a retired criterion can be given again", async () => {
    await repo.ok("candidate", "add", "--id", "amber-otter", "--as", "riku");
    for (const person of ["ana", "bo"])
      await repo.ok(
        "score",
        "amber-otter",
        "--stage",
        "design",
        "--as",
        person,
        ...rated({ "failure-design": [4, "The outage"], candour: [3, "What they said"] }),
        "--recommendation",
        "hire",
      );
    await repo.ok("change", "--as", "dana", "--retire", "candour", "--scores", "void", "--reason", why);
    await repo.ok(
      "change",
      "--as",
      "dana",
      "--set",
      "criteria.failure-design.means=Runs what fails.",
      "--scores",
      "rescore",
      "--reason",
      why,
    );
    const path = "roles/backend/candidates/amber-otter/evaluations/design--ana.yaml";
    const before = repo.read(path);
    await repo.ok("score", "amber-otter", "--stage", "design", "--as", "ana", "--amend", "--rate", "failure-design=4");
    expect(repo.read(path)).toContain("criterion: candour");
    expect(repo.read(path)).toContain("Rated again: what failure-design means was changed");
    expect(repo.read(path)).not.toBe(before);
    const text = await repo.ok("diff", "HEAD~2");
    expect(text.replaceAll(/\s+/gu, " ")).toContain("1 rating rests on the old words, to be given again: bo on amber-otter");
    expect(await repo.ok("rank", "--as", "riku")).toContain("1 rating waits to be given again");
  });
});

test("hundreds of criteria that read alike are told in as many lines", async () => {
  const criteria = (prefix: string): string =>
    Array.from(
      { length: 300 },
      (_, index) => `  - { id: ${prefix}${index}, name: Skill, means: Knows the same thing as number ${index}, weight: 1 }\n`,
    ).join("");
  const head = repo.read(rubric).slice(0, repo.read(rubric).indexOf("criteria:"));
  const tail = "decision: { bar: 3.5, evaluations: 2, rule: weighted-mean }\n";
  repo.write(rubric, `${head}criteria:\n${criteria("a")}${tail}`);
  repo.commit("Many");
  repo.write(rubric, `${head}criteria:\n${criteria("b")}${tail}`);
  const { code, stdout } = await repo.hire(["diff"]);
  expect(code).toBe(0);
  expect(stdout.split("\n").length).toBeLessThan(3000);
});

test("names from a repository carry no escapes into what its diff driver prints", async () => {
  const path = repo.path(".git/old.yaml");
  writeFileSync(path, repo.read(rubric));
  const { stdout } = await repo.hire(["diff", "--driver", "roles/\u001b[31mevil\u0007/rubric.yaml", "/dev/null", "0", "0", path, "0", "0"]);
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/u);
});

test("who mistypes an item is told which is meant, with several roles as well", async () => {
  repo.write("roles/young/intake.yaml", "version: 1\ntitle: Young\nstatus: draft\nteam: { hiring_manager: dana, recruiter: riku }\n");
  weigh(6);
  repo.commit("Weigh");
  const { code, stderr } = await repo.hire(["explain", "failure-desing", "--as", "dana", "--reason", why]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("failure-design")]);
  expect(repo.git("status", "--porcelain", intake)).toBe("");
});
