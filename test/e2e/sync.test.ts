import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { twoClones } from "../support/clones.ts";
import { outputOf } from "../support/outputs.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, packageRoot, type TestRepo } from "../support/repo.ts";

let dana: TestRepo;
let riku: TestRepo;
let shared: string;
afterEach(() => {
  for (const repo of [dana, riku]) repo[Symbol.dispose]();
  rmSync(shared, { recursive: true, force: true });
});

const events = "roles/backend/candidates/amber-otter/events.yaml";
const rubric = "roles/backend/rubric.yaml";

async function two(): Promise<void> {
  ({ dana, riku, shared } = await twoClones());
}

const subjects = (repo: TestRepo): readonly string[] => repo.git("log", "-3", "--format=%s").trim().split("\n");
test("the first time everything is shared", async () => {
  dana = await agreedRepo();
  riku = dana;
  shared = `${dana.root}-shared`;
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", shared]);
  dana.git("remote", "add", "elsewhere", shared);
  expect(await dana.ok("sync")).toMatch(/^Shared on elsewhere\/main, 3 commits:\n {2}Agree on .*\n {2}Agree on .*\n {2}Begin\n$/u);
});

const isClean = (): void => expect([dana, riku].map((repo) => repo.git("status", "--porcelain"))).toEqual(["", ""]);

describe("two people at work at once", () => {
  test("both add to one list, and to one file: nothing is asked, everything is there, on one line of commits", async () => {
    await two();
    await dana.ok("log", "backend", "amber-otter", "profile-accepted");
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    await riku.ok("log", "backend", "amber-otter", "concern", "--note", "Another offer");
    await riku.ok("rubric", "--set", "criteria.candour.weight=2");
    expect(await dana.ok("sync")).toBe(
      "Shared on origin/main, 2 commits:\n  Change the rubric for Senior Backend Engineer\n  Log amber-otter: profile-accepted\n",
    );
    const before = riku.git("rev-parse", "HEAD").trim();
    expect(await riku.ok("sync")).toMatch(/^Taken from origin\/main, 2 commits:\n.*\n.*\nShared on origin\/main, 2 commits:\n/u);
    expect(riku.git("log", "--format=%an", "-4").trim().split("\n")).toHaveLength(4);
    expect(riku.git("rev-list", "--merges", "HEAD")).toBe("");
    expect(await dana.ok("sync")).toContain("Taken from origin/main, 2 commits:");
    expect(dana.git("rev-parse", "HEAD")).toBe(riku.git("rev-parse", "HEAD"));
    for (const repo of [dana, riku]) {
      for (const what of ["presented", "profile-accepted", "concern"]) expect(repo.read(events).split(`what: ${what}`)).toHaveLength(2);
      expect(repo.read(rubric)).toContain("bar: 3.6");
    }
    expect(riku.git("reflog", "-1", "--format=%gs").trim()).toBe("sync");
    expect(riku.git("cat-file", "-t", before).trim()).toBe("commit");
    expect(await dana.ok("sync")).toBe("Nothing new here or on origin/main.\n");
    isClean();
  });

  test("two values for one field: refused in its own words with both sides, nothing touched, and chosen by flag", async () => {
    await two();
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    await riku.ok("rubric", "--set", "decision.bar=3.8");
    await riku.ok("log", "backend", "amber-otter", "concern", "--note", "Another offer");
    await dana.ok("sync");
    const before = riku.git("rev-parse", "HEAD");
    const { code, stdout, stderr } = await riku.hire(["sync"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      "both sides changed one thing in different ways\n  roles/backend/rubric.yaml#decision.bar: yours 3.8, theirs 3.6, before 3.5",
    );
    expect(stderr).toContain("hire sync --mine roles/backend/rubric.yaml#decision.bar");
    expect([riku.git("rev-parse", "HEAD"), riku.git("status", "--porcelain")]).toEqual([before, ""]);
    await riku.ok("sync", "--mine", "roles/backend/rubric.yaml#decision.bar");
    await dana.ok("sync");
    expect(dana.read(rubric)).toContain("bar: 3.8");
    expect(subjects(dana)).toEqual([
      "Log amber-otter: concern",
      "Change the rubric for Senior Backend Engineer",
      "Change the rubric for Senior Backend Engineer",
    ]);
    isClean();
  });

  test("the same on a terminal: each is asked once, theirs or yours", async () => {
    await two();
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    await riku.ok("rubric", "--set", "decision.bar=3.8");
    await dana.ok("sync");
    const prompts = scriptedPrompts(["theirs: 3.6"]);
    const { code, stderr } = await riku.hire(["sync"], { prompts });
    expect([code, stderr]).toEqual([0, expect.stringContaining("roles/backend/rubric.yaml: bar of decision, before 3.5")]);
    expect(prompts.asked).toEqual(["Both sides changed it. Which holds?"]);
    expect(riku.read(rubric)).toContain("bar: 3.6");
    expect(riku.git("rev-parse", "HEAD")).toBe(dana.git("rev-parse", "HEAD"));
    isClean();
  });

  test("what fits each side and not both is kept here, told, and not shared", async () => {
    await two();
    await dana.ok("intake", "backend", "--set", "requirements.payments=");
    await riku.ok("rubric", "--set", "criteria.candour.covers=[payments]");
    await dana.ok("sync");
    const { code, stdout } = await riku.hire(["sync", "--json"]);
    const told = outputOf<{ status: string; shared: string[]; findings: { rule: string }[] }>(stdout);
    expect([code, told.status, told.shared]).toEqual([1, "findings", []]);
    expect(told.findings.map(({ rule }) => rule)).toEqual(["rubric/covers-unknown"]);
    expect(riku.read("roles/backend/intake.yaml")).not.toContain("id: payments");
    expect(dana.git("ls-remote", "origin", "refs/heads/main")).toContain(dana.git("rev-parse", "HEAD").trim());
    isClean();
  });
});

describe("what stands in the way", () => {
  test("what is changed here and not committed is never touched; elsewhere it stays as it is", async () => {
    await two();
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    await dana.ok("sync");
    riku.edit(rubric, "bar: 3.5", "bar: 4");
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("roles/backend/rubric.yaml: changed here and not committed, and changed by others too"),
    ]);
    expect(riku.read(rubric)).toContain("bar: 4");
    riku.git("checkout", "--quiet", "--", rubric);
    riku.write("notes.txt", "staged\n");
    riku.git("add", "notes.txt");
    riku.write("notes.txt", "staged\nand more\n");
    riku.edit("roles/backend/intake.yaml", "Payments has", "Payments still has");
    const before = riku.git("status", "--porcelain");
    await riku.ok("sync");
    expect(riku.git("status", "--porcelain")).toBe(before);
    expect(riku.git("show", ":notes.txt")).toBe("staged\n");
    expect(riku.read(rubric)).toContain("bar: 3.6");
  });

  test("files of other kinds come and go with it: programs, links, removals, folders", async () => {
    await two();
    dana.write("tools/run.sh", "#!/bin/sh\n");
    execFileSync("chmod", ["+x", dana.path("tools/run.sh")]);
    dana.write("old/deep/file.txt", "x\n");
    symlinkSync("run.sh", dana.path("tools/link"));
    dana.commit("Tools");
    await dana.ok("sync");
    await riku.ok("sync");
    expect(execFileSync("git", ["-C", riku.root, "ls-files", "-s", "tools"], { encoding: "utf8" })).toMatch(/^120000[\s\S]*100755/u);
    dana.git("rm", "-r", "--quiet", "old");
    dana.commit("Without");
    await dana.ok("sync");
    await riku.ok("sync");
    expect(existsSync(riku.path("old"))).toBe(false);
    isClean();
  });

  test("a folder that is a link here is not written through", async () => {
    await two();
    dana.write("elsewhere/file.txt", "x\n");
    dana.commit("Elsewhere");
    await dana.ok("sync");
    mkdirSync(`${shared}-outside`);
    symlinkSync(`${shared}-outside`, riku.path("elsewhere"));
    const { code } = await riku.hire(["sync"]);
    expect([code, existsSync(`${shared}-outside/file.txt`)]).toEqual([2, false]);
    rmSync(`${shared}-outside`, { recursive: true });
  });

  test("a remote out of reach, a guarded branch, no remote: said, with nothing changed", async () => {
    await two();
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    writeFileSync(`${shared}/hooks/pre-receive`, "#!/bin/sh\necho no direct pushes; exit 1\n", { mode: 0o755 });
    const guarded = await dana.hire(["sync"]);
    expect([guarded.code, guarded.stderr]).toEqual([3, expect.stringContaining("origin did not take it")]);
    dana.git("remote", "set-url", "origin", "/nowhere/at/all");
    const away = await dana.hire(["sync"]);
    expect([away.code, away.stderr]).toEqual([3, expect.stringContaining("origin could not be reached")]);
    dana.git("remote", "remove", "origin");
    expect((await dana.hire(["sync"])).stderr).toContain("there is nowhere to share with yet\n      git remote add origin URL");
    isClean();
  });

  test("own commits that joined branches are brought over as one, with both sides as its past", async () => {
    await two();
    riku.git("switch", "--quiet", "-c", "side");
    await riku.ok("candidate", "add", "backend", "--id", "brisk-heron");
    riku.git("switch", "--quiet", "main");
    await riku.ok("candidate", "add", "backend", "--id", "calm-finch");
    riku.git("merge", "--quiet", "--no-edit", "side");
    await dana.ok("log", "backend", "amber-otter", "told");
    await dana.ok("sync");
    await riku.ok("sync");
    expect(riku.git("log", "--format=%s", "-1").trim()).toBe("Bring together what both sides did");
    await dana.ok("sync");
    expect([
      existsSync(dana.path("roles/backend/candidates/brisk-heron")),
      existsSync(dana.path("roles/backend/candidates/calm-finch")),
    ]).toEqual([true, true]);
    isClean();
  });
});

describe("as git's merge driver", () => {
  /** `hire` on the path, as the driver calls it: the built one. */
  function withHire(repo: TestRepo): NodeJS.ProcessEnv {
    const bin = repo.path(".git/bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "hire"), `#!/bin/sh\nexec node '${join(packageRoot, "bin/hire.js")}' "$@"\n`, { mode: 0o755 });
    return { ...repo.env, PATH: `${bin}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
  }

  test("git merge brings hiring files together field by field, and leaves git's marks where that cannot be", async () => {
    await two();
    await dana.ok("init", "--merge-driver");
    await dana.ok("init", "--merge-driver");
    expect(dana.read(".git/info/attributes")).toBe("hire.yaml merge=hire\nmarkets/**/*.yaml merge=hire\nroles/**/*.yaml merge=hire\n");
    const env = withHire(dana);
    const merge = (): { readonly status: number | null; readonly stderr: string } => {
      const { status, stderr } = spawnSync("git", ["merge", "--no-edit", "side"], { cwd: dana.root, env, encoding: "utf8" });
      return { status, stderr };
    };
    dana.git("switch", "--quiet", "-c", "side");
    await dana.ok("rubric", "--set", "criteria.candour.weight=2", "--set", "criteria.candour.bar=2");
    dana.git("switch", "--quiet", "main");
    await dana.ok("rubric", "--set", "criteria.candour.name=Candour in the open");
    expect(merge()).toEqual({ status: 0, stderr: "" });
    expect(dana.read(rubric)).toMatch(/id: candour\n\s+name: Candour in the open[\s\S]*weight: 2[\s\S]*bar: 2/u);
    dana.git("switch", "--quiet", "side");
    await dana.ok("rubric", "--set", "decision.bar=3.6");
    dana.git("switch", "--quiet", "main");
    await dana.ok("rubric", "--set", "decision.bar=3.8");
    const { status, stderr } = merge();
    expect([status, stderr]).toEqual([1, expect.stringContaining("hire: roles/backend/rubric.yaml: both sides changed bar of decision")]);
    expect(dana.read(rubric)).toMatch(/<<<<<<< ours\n.*3\.8.*\n=======\n.*3\.6.*\n>>>>>>> theirs/u);
  });
});
