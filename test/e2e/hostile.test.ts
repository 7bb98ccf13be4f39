import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, packageRoot, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const reason = "Bo leaves the rotation in January, so the new hire is alone on call.";

describe("what lies in the tree", () => {
  test.skipIf(process.platform === "win32")("links, pipes and odd names are findings by kind, and nothing hangs or is read", async () => {
    repo = await agreedRepo();
    using elsewhere = new TestRepo();
    elsewhere.write("secret.yaml", "secret: cobalt-7319\n");
    symlinkSync(elsewhere.path("secret.yaml"), repo.path("roles/backend/outcome.yaml"));
    expect(repo.read("roles/backend/outcome.yaml")).toContain("cobalt");
    mkdirSync(repo.path("roles/backend/priorities"), { recursive: true });
    execFileSync("mkfifo", [repo.path("roles/backend/priorities/ana.yaml")]);
    symlinkSync("/dev/zero", repo.path("markets/zero.yaml"));
    repo.write("markets/-rf.yaml", "x");
    repo.write("markets/:(exclude)x.yaml", "x");
    repo.write("markets/a\u001b[31mb.yaml", "x");
    const { code, stdout } = await repo.hire(["check"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/roles\/backend\/outcome\.yaml:1:1 {2}error {2}layout\/place\n {2}is a symbolic link/u);
    expect(stdout).toMatch(/priorities\/ana\.yaml:1:1 {2}error {2}layout\/place\n {2}is no regular file/u);
    expect(stdout).toContain("markets/a\\x1b[31mb.yaml:1:1  error  layout/id");
    expect(stdout).toContain("markets/-rf.yaml:1:1  error  layout/id");
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("cobalt");
    repo.git("add", "--", "markets", "roles/backend/outcome.yaml");
    repo.git("commit", "--quiet", "--message", "Odd");
    expect((await repo.hire(["diff", "HEAD~1", "HEAD"])).code).toBe(0);
  });

  test.skipIf(process.platform === "win32")(
    "names that hold line feeds and escapes are one line, and inert, wherever they are said",
    async () => {
      repo = await agreedRepo();
      await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
      const base = repo.git("rev-parse", "HEAD").trim();
      const name = "x\u001b[31m\u0007\n::error::cobalt\u202e\u2028\u0085";
      repo.write(`roles/${name}/intake.yaml`, "version: 1\n");
      repo.write(`roles/backend/candidates/amber-otter/evaluations/${name}--ana.yaml`, "version: 1\n");
      symlinkSync("x", repo.path(`markets/${name}.yaml`));
      repo.commit("Odd names");
      const lines = `check|check --base ${base}|ci --base ${base}|diff ${base}|report|report backend|due|wins|drift backend|rank backend|debrief backend amber-otter|decide backend amber-otter reject`;
      const formats = ["json", "github", "sarif", "gitlab", "junit", "markdown"].map((format) => `check --format ${format}`);
      for (const line of [...lines.split("|"), ...formats]) {
        const { code, stdout, stderr } = await repo.hire(line.split(" "));
        expect(code, line).toBeLessThan(3);
        expect(stdout + stderr, line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]|^\s*::error::/mu);
      }
      expect((await repo.hire(["check"])).stdout).toContain("x\\x1b[31m\\x07\\n::error::cobalt\\u202e");
    },
  );

  test.skipIf(process.platform === "win32")("a pipe where git looks for names of authors is not waited for", async () => {
    repo = await agreedRepo();
    execFileSync("mkfifo", [repo.path(".mailmap")]);
    expect((await repo.hire(["check", "--base", "HEAD"])).code).toBe(0);
    expect((await repo.hire(["due"])).code).toBe(0);
  });

  test("hire writes into no linked folder", async () => {
    repo = await agreedRepo();
    mkdirSync(repo.path("elsewhere"));
    symlinkSync("../../elsewhere", repo.path("roles/backend/candidates"));
    const { code, stderr } = await repo.hire(["candidate", "add", "--id", "amber-otter"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("is a symbolic link: hire writes into real folders only")]);
    expect(existsSync(repo.path("elsewhere/amber-otter"))).toBe(false);
  });

  test("hostile words stay inert in text and Markdown", async () => {
    repo = await agreedRepo();
    const words = "<img src=x onerror=alert(1)> @everyone | pipe `code` [link](http://x) <!-- marker -->";
    repo.edit("roles/backend/intake.yaml", "title: Senior Backend Engineer", `title: ${JSON.stringify(words)}`);
    repo.edit("roles/backend/intake.yaml", "status: confirmed", "status: open");
    const markdown = await repo.ok("report", "--format", "markdown");
    expect(markdown).not.toMatch(/<img|<!--|@everyone|[^\\]`code|\]\(http/u);
    expect(markdown).toContain("&lt;img");
  });
});

describe("what git is asked", () => {
  test.each([
    "--output=stolen",
    "--upload-pack=touch stolen",
    "-O/etc/passwd",
    "HEAD\nHEAD",
    "nope",
    "HEAD:hire.yaml",
    "a b 12 c",
    ":(top)x",
  ])("revision %j names no commit, and writes nothing", async (revision) => {
    repo = await agreedRepo();
    const { code, stdout } = await repo.hire(["diff", "--", revision]);
    expect(code).toBeGreaterThanOrEqual(2);
    expect(stdout).toBe("");
    expect(repo.git("status", "--porcelain")).toBe("");
    expect(existsSync(repo.path("stolen"))).toBe(false);
  });

  test("a replaced object does not hide what was committed", async () => {
    repo = await agreedRepo();
    const blob = repo.git("rev-parse", "HEAD:roles/backend/rubric.yaml").trim();
    repo.write("other", repo.read("roles/backend/rubric.yaml").replace("weight: 3", "weight: 9"));
    const other = repo.git("hash-object", "-w", "other").trim();
    repo.git("replace", blob, other);
    expect(await repo.ok("diff")).toContain("No change");
  });
});

describe("what the user has staged, changed or half done", () => {
  test("a commit takes its own paths and leaves the rest, byte for byte", async () => {
    repo = await agreedRepo();
    repo.write("notes.txt", "staged\n");
    repo.git("add", "notes.txt");
    repo.write("notes.txt", "staged\nand changed\n");
    repo.edit("roles/backend/intake.yaml", "Payments has", "Payments still has");
    const before = repo.git("status", "--porcelain");
    await repo.ok("candidate", "add", "--id", "amber-otter");
    expect(repo.git("show", "--name-only", "--format=").trim()).toBe("roles/backend/candidates/amber-otter/candidate.yaml");
    expect(repo.git("status", "--porcelain")).toBe(before);
    expect(repo.git("show", ":notes.txt")).toBe("staged\n");
    expect(repo.read("notes.txt")).toBe("staged\nand changed\n");
  });

  test("a path staged by another hand is refused, and stays as it was staged", async () => {
    repo = await agreedRepo();
    await repo.ok("rubric", "--set", "decision.bar=3.6");
    repo.edit("roles/backend/rubric.yaml", "bar: 3.6", "bar: 3.7");
    repo.git("add", "roles/backend/rubric.yaml");
    const { code, stderr } = await repo.hire(["rubric", "--set", "decision.bar=3.8"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("roles/backend/rubric.yaml is staged already")]);
    expect(repo.git("show", ":roles/backend/rubric.yaml")).toContain("bar: 3.7");
    expect(repo.read("roles/backend/rubric.yaml")).toContain("bar: 3.7");
  });

  test("in the middle of a merge, on a detached HEAD, with a hook that says no: nothing is lost", async () => {
    repo = await agreedRepo();
    writeFileSync(repo.path(".git/MERGE_HEAD"), repo.git("rev-parse", "HEAD"));
    expect((await repo.hire(["candidate", "add", "--id", "one-otter"])).stderr).toContain("a merge is in progress");
    expect(existsSync(repo.path("roles/backend/candidates"))).toBe(false);
    execFileSync("rm", [repo.path(".git/MERGE_HEAD")]);
    repo.git("checkout", "--quiet", "--detach");
    expect((await repo.hire(["candidate", "add", "--id", "one-otter"])).stderr).toContain("HEAD is detached");
    expect((await repo.hire(["candidate", "add", "--id", "one-otter", "--no-commit"])).code).toBe(0);
    repo.git("switch", "--quiet", "main");
    writeFileSync(repo.path(".git/hooks/pre-commit"), "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
    chmodSync(repo.path(".git/hooks/pre-commit"), 0o755);
    const { code, stderr } = await repo.hire(["candidate", "add", "--id", "two-otter"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("not on a Friday")]);
    expect(repo.read("roles/backend/candidates/two-otter/candidate.yaml")).toContain("id: two-otter");
    expect(repo.git("diff", "--cached", "--name-only")).toBe("");
  });

  test("a hiring root in a folder of a larger repository", async () => {
    repo = new TestRepo();
    repo.write("README.md", "A larger repository\n");
    repo.commit("Begin");
    await repo.ok(
      "init",
      "people/hiring",
      "--organization",
      "Northwind",
      "--person",
      "Dana Reyes <dana@northwind.example>",
      "--person",
      "Riku Aho <riku@northwind.example>",
    );
    const inside = { cwd: repo.path("people/hiring") };
    await repo.hire(
      [
        "intake",
        "backend",
        "--title",
        "Backend",
        "--set",
        "team.hiring_manager=dana",
        "--set",
        "team.recruiter=riku",
        "--set",
        "requirements=[{ id: a, need: must-have, statement: Has done a }]",
      ],
      inside,
    );
    await repo.hire(["rubric", "backend"], inside);
    for (const person of ["dana", "riku"]) await repo.hire(["agree", "--as", person], inside);
    await repo.hire(["rubric", "--set", "decision.bar=4"], inside);
    await repo.hire(["explain", "decision", "--reason", reason], inside);
    const { stdout } = await repo.hire(["diff", "HEAD~2", "HEAD"], inside);
    expect(stdout).toContain("decision bar 3.5 → 4");
    expect(stdout).toContain('dana, 3 Nov: "Bo leaves');
    expect((await repo.hire(["report", "--json"], inside)).stdout).toContain("decision bar 3.5");
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("a linked work tree", async () => {
    repo = await agreedRepo();
    repo.git("worktree", "add", "--quiet", "tree", "-b", "side");
    const inside = { cwd: repo.path("tree") };
    expect((await repo.hire(["candidate", "add", "--id", "amber-otter"], inside)).code).toBe(0);
    expect(repo.git("log", "-1", "--format=%s", "side").trim()).toBe("Add amber-otter to Senior Backend Engineer");
    expect((await repo.hire(["diff"], inside)).stdout).toContain("side ");
  });
});

describe("requests that cannot be served say what, why not, and the way out", () => {
  test.each<[readonly string[], number, string]>([
    [["rnak"], 2, "unknown command 'rnak'"],
    [["rank", "bakcend"], 2, "there is no role 'bakcend'\n      did you mean 'backend'?"],
    [["rank", "--frmat", "json"], 2, "unknown option '--frmat'"],
    [["rank", "--format", "xml"], 2, "'xml' is no format of this command"],
    [["report", "--format", "text", "--json"], 2, "two formats cannot share stdout"],
    [["log", "amber-otter", "presentd"], 2, "'presentd' is no event\n      did you mean 'presented'?"],
    [["candidate", "shw"], 2, "did you mean 'show'?"],
    [["candidate", "show", "backend"], 2, "backend has no candidate yet"],
    [["score"], 2, "backend has no candidate yet"],
    [["weigh"], 2, "--points failure-design=60"],
    [["weigh", "--points", "failure-design=60"], 2, "60 points were given, not 100\n      40 are left to give"],
    [["weigh", "--points", "failure-desing=100"], 2, "did you mean 'failure-design'?"],
    [["weigh", "--points", "failure-design"], 2, "is not of the form --points item=points"],
    [["rubric", "--set", "decision.bar=high"], 2, "decision.bar: 'high' stands where a number is asked"],
    [["rubric", "--set", "decison.bar=3"], 2, "'decison' is no key here\n      did you mean 'decision'?"],
    [["rubric", "--retire", "candour"], 2, "why does candour go?"],
    [["rubric", "--rename", "candour=mentoring"], 2, "'mentoring' is taken"],
    [["explain"], 2, "nothing in backend lacks a reason"],
    [["diff", "--fail-on", "unexplaned"], 2, "did you mean 'unexplained'?"],
    [["schema", "rubrik"], 2, "did you mean 'rubric'?"],
    [["rank", "--as", "dna"], 2, "did you mean 'dana'?"],
    [["check", "--max-warnings", "many"], 2, "is no number"],
    [["rank", "--color", "blue"], 2, "none of auto, always, never"],
    [["init", "."], 2, "is a hiring repository already"],
  ])("%j", async (args, code, said) => {
    repo = await agreedRepo();
    const ran = await repo.hire(args);
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
    expect(ran.stderr).toContain(said);
    const json = await repo.hire([...args, "--json"]);
    if (args[0] !== "rank" || !args.includes("xml")) expect(outputOf<{ status: string }>(json.stderr.trim()).status).toBe("refused");
    expect(json.stdout).toBe("");
  });

  test("outside of a hiring repository, of git, and before the first commit", async () => {
    repo = new TestRepo();
    expect((await repo.hire(["check"])).stderr).toContain("no hire.yaml in");
    repo.write("hire.yaml", "version: 1\norganization: N\npeople:\n  - { id: dana, name: Dana, email: dana@northwind.example }\n");
    expect((await repo.hire(["check"])).code).toBe(0);
    expect((await repo.hire(["diff"])).stderr).toContain("there is no commit to compare with yet");
    expect((await repo.hire(["agree"])).stderr).toContain("there is no role yet");
    repo.edit("hire.yaml", "dana@northwind", "other@northwind");
    repo.write("roles/a/intake.yaml", "version: 1\ntitle: A\nstatus: open\nteam: { hiring_manager: dana, recruiter: dana }\n");
    expect((await repo.hire(["candidate", "add"])).stderr).toContain("nobody in hire.yaml has the address dana@northwind.example");
  });

  test("an unreadable head is 1, an unreadable base 3, never 'no changes'", async () => {
    repo = await agreedRepo();
    repo.edit("roles/backend/rubric.yaml", "weight: 3", "weight: many");
    const head = await repo.hire(["diff"]);
    expect([head.code, head.stdout]).toEqual([1, ""]);
    expect(head.stderr).toContain("roles/backend/rubric.yaml:13:13");
    repo.commit("Break");
    repo.edit("roles/backend/rubric.yaml", "weight: many", "weight: 3");
    expect((await repo.hire(["diff"])).code).toBe(3);
    expect((await repo.hire(["rubric", "--set", "decision.bar=4"])).code).toBe(0);
  });
});

describe("the built tool", () => {
  const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(packageRoot, "bin/hire.js"), ...args], { cwd: repo.root, env: repo.env, encoding: "utf8" });
  test("answers on stdout, speaks on stderr, colours only a terminal, and takes a reader's leave", async () => {
    repo = await agreedRepo();
    expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    const added = run("candidate", "add", "--id", "amber-otter");
    expect(added.stdout).toMatch(/^amber-otter\nNext: hire log backend amber-otter presented /u);
    expect(String(added.stderr)).toMatch(/^Saved in .*, committed as\s+[0-9a-f]{7}\./u);
    expect(run("report").stdout).not.toContain("\u001b");
    expect(run("report", "--color", "always").stdout).toContain("\u001b[1m");
    expect(run("check", "--color", "always").status).toBe(0);
    // Its reader has gone before it says anything.
    const cut = spawnSync("sh", ["-c", `"${process.execPath}" "${join(packageRoot, "bin/hire.js")}" report 2>err | :; cat err`], {
      cwd: repo.root,
      env: repo.env,
      encoding: "utf8",
    });
    expect(cut.stdout).toContain("the reader of the output left");
    for (const line of String(run("report").stdout).split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

test.runIf(process.getuid?.() === 0)(
  "a repository of someone else's is refused, with the way to trust it, by every command that asks git",
  async () => {
    using repo = await agreedRepo();
    repo.edit("roles/backend/rubric.yaml", "bar: 3.5", "bar: 3");
    execFileSync("chown", ["-R", "65534", repo.root]);
    for (const command of [["check"], ["diff"], ["ci"], ["report"], ["drift"]]) {
      const { code, stderr } = await repo.hire(command);
      expect([command, code, stderr]).toEqual([command, 2, expect.stringContaining("git config --global --add safe.directory")]);
    }
  },
);
