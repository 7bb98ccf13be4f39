import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, packageRoot, type Ran, type TestRepo } from "../support/repo.ts";

const rubric = "roles/backend/rubric.yaml";

let repo: TestRepo;
beforeEach(async () => {
  repo = await agreedRepo();
});
afterEach(() => repo[Symbol.dispose]());

interface Diff {
  readonly base: string;
  readonly head: string | null;
  readonly range: string;
  readonly roles: readonly {
    readonly role: string;
    readonly renamedFrom: string | null;
    readonly changes: readonly { readonly item: { readonly id: string }; readonly facet: string }[];
  }[];
}

const at = (revision: string): string => repo.git("rev-parse", revision).trim();
const weigh = (weight: number): void => repo.edit(rubric, /weight: \d+(?=\n {4}bar)/u, `weight: ${weight}`);
const raise = (bar: number): void => repo.edit(rubric, /\{ bar: [\d.]+/u, `{ bar: ${bar}`);

async function diff(args: readonly string[], options: Parameters<TestRepo["hire"]>[1] = {}): Promise<Diff> {
  const ran = await repo.hire(["diff", ...args, "--json"], options);
  expect(ran.code, ran.stderr).toBe(0);
  return outputOf<Diff>(ran.stdout);
}
const seen = ({ roles }: Diff): readonly string[] =>
  roles.flatMap(({ changes }) => changes.map(({ item, facet }) => `${item.id} ${facet}`));

/** A clone somewhere else, with its own way of being fetched. */
function clone(...args: readonly string[]): { readonly path: string; readonly git: (...args: readonly string[]) => string } {
  const path = join(realpathSync(mkdtempSync(join(tmpdir(), "hire-clone-"))), "clone");
  execFileSync("git", ["clone", "--quiet", ...args, `file://${repo.root}`, path], { env: repo.env, stdio: "ignore" });
  return {
    path,
    git: (...own) => execFileSync("git", own, { cwd: path, env: repo.env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  };
}

describe("what is compared with what", () => {
  test("nothing, A, A B, A..B, A...B, and what is staged", async () => {
    const first = at("HEAD");
    weigh(6);
    const second = repo.commit("Weigh");
    repo.git("checkout", "--quiet", "-b", "side", first);
    raise(4);
    repo.commit("Raise");
    repo.edit(rubric, "bar: 3\n", "bar: 2\n");
    repo.git("add", rubric);
    repo.edit(rubric, "minutes: 60", "minutes: 45");

    expect(seen(await diff([]))).toEqual(["failure-design bar", "design minutes"]);
    expect(seen(await diff(["--staged"]))).toEqual(["failure-design bar"]);
    expect(seen(await diff(["--staged", first])).toSorted()).toEqual(["decision bar", "failure-design bar"]);
    expect(seen(await diff([first])).toSorted()).toEqual(["decision bar", "design minutes", "failure-design bar"]);
    expect(seen(await diff([first, second]))).toEqual(["failure-design weight"]);
    expect(seen(await diff(["side..main"])).toSorted()).toEqual(["decision bar", "failure-design weight"]);
    expect(seen(await diff(["side...main"]))).toEqual(["failure-design weight"]);
    expect((await diff(["--staged"])).head).toBe("index");
    expect((await diff(["side...main"])).range).toContain("(merge base) → main");
  });

  test("a pre-commit hook's own index", async () => {
    weigh(6);
    const other = join(repo.root, ".git/other-index");
    copyFileSync(join(repo.root, ".git/index"), other);
    execFileSync("git", ["add", rubric], { cwd: repo.root, env: { ...repo.env, GIT_INDEX_FILE: other } });
    expect(seen(await diff(["--staged"]))).toEqual([]);
    expect(seen(await diff(["--staged"], { env: { GIT_INDEX_FILE: other } }))).toEqual(["failure-design weight"]);
  });

  test("an index with a conflict is refused", async () => {
    repo.git("checkout", "--quiet", "-b", "side");
    weigh(6);
    repo.commit("Six");
    repo.git("checkout", "--quiet", "main");
    weigh(9);
    repo.commit("Nine");
    expect(() => repo.git("merge", "side")).toThrow("merge");
    const { code, stderr } = await repo.hire(["diff", "--staged"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("conflict that is not settled")]);
  });

  test("words that do not go together are refused with the way out", async () => {
    for (const args of [
      ["--staged", "A..B"],
      ["--staged", "A", "B"],
      ["--base", "auto", "HEAD"],
      ["A", "B", "C"],
      ["A..B", "C"],
    ]) {
      const { code, stdout, stderr } = await repo.hire(["diff", ...args]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("hire diff");
    }
  });
});

describe("--base auto", () => {
  let main: string;
  beforeEach(() => {
    main = at("HEAD");
    repo.git("checkout", "--quiet", "-b", "feature");
    weigh(6);
    repo.commit("Weigh");
  });
  const auto = (env: Readonly<Record<string, string>> = {}): Promise<Diff> => diff(["--base", "auto"], { env });
  const event = (payload: unknown): string => {
    repo.write(".git/event.json", JSON.stringify(payload));
    return repo.path(".git/event.json");
  };
  const gitHub = (name: string, payload: unknown, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: event(payload),
    ...more,
  });

  test("at a desk: the merge base with the default branch", async () => {
    repo.git("checkout", "--quiet", "main");
    raise(4);
    repo.commit("Meanwhile");
    repo.git("checkout", "--quiet", "feature");
    const { base, range, roles } = await auto();
    expect([base, seen({ base, range, roles, head: null })]).toEqual([main, ["failure-design weight"]]);
    expect(range).toContain("merge base with main");
  });

  test("on the default branch: the upstream; without any, it cannot tell, and never says that nothing changed", async () => {
    repo.git("checkout", "--quiet", "main");
    const { code, stdout, stderr } = await repo.hire(["diff", "--base", "auto"]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("hire diff --base REF");
    const { path, git } = clone();
    git("checkout", "--quiet", "main");
    writeFileSync(join(path, rubric), repo.read(rubric).replace("bar: 3.5", "bar: 4"));
    git("commit", "--quiet", "--all", "--message", "Raise");
    expect((await diff(["--base", "auto"], { cwd: path })).range).toContain("merge base with");
    rmSync(path, { recursive: true, force: true });
  });

  test("GitHub: a pull request's merge is compared with its first parent", async () => {
    repo.git("checkout", "--quiet", "main");
    raise(4);
    const target = repo.commit("Meanwhile");
    repo.git("checkout", "--quiet", "--detach");
    repo.git("merge", "--quiet", "--no-ff", "feature", "--message", "Merge");
    const { base, roles } = await auto(
      gitHub("pull_request", { pull_request: { base: { sha: main } } }, { GITHUB_REF: "refs/pull/7/merge" }),
    );
    expect([base, roles[0]?.changes.length]).toEqual([target, 1]);
  });

  test("GitHub: the head itself is compared with the merge base; the merge queue and a push with what stood before", async () => {
    expect((await auto(gitHub("pull_request", { pull_request: { base: { sha: main } } }))).base).toBe(main);
    expect((await auto(gitHub("merge_group", { merge_group: { base_sha: main } }))).base).toBe(main);
    expect((await auto(gitHub("push", { before: main }))).base).toBe(main);
    // A new branch, and a force push that left nothing behind: the default branch.
    expect((await auto(gitHub("push", { before: "0".repeat(40) }))).base).toBe(main);
    expect((await auto(gitHub("push", { before: "1".repeat(40) }))).base).toBe(main);
    expect((await auto(gitHub("pull_request", "not what GitHub sends"))).base).toBe(main);
  });

  test("GitHub: pull_request_target checks out the base, and says so", async () => {
    const { code, stderr } = await repo.hire(["diff", "--base", "auto"], {
      env: gitHub("pull_request_target", { pull_request: { base: { sha: at("HEAD") } } }),
    });
    expect([code, stderr]).toEqual([3, expect.stringContaining("the base itself")]);
  });

  test("GitLab: the merge request's base, and the first parent of a merged result", async () => {
    expect((await auto({ GITLAB_CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: main })).base).toBe(main);
    repo.git("checkout", "--quiet", "--detach", "main");
    repo.git("merge", "--quiet", "--no-ff", "feature", "--message", "Merge");
    expect((await auto({ GITLAB_CI: "true", CI_MERGE_REQUEST_EVENT_TYPE: "merged_result" })).base).toBe(main);
  });

  test("a shallow merge whose base was not fetched: exit 3, with the way to fetch it", async () => {
    repo.git("checkout", "--quiet", "main");
    repo.git("merge", "--quiet", "--no-ff", "feature", "--message", "Merge");
    const { path } = clone("--depth", "1");
    const { code, stdout, stderr } = await repo.hire(["diff", "--base", "auto"], {
      cwd: path,
      env: gitHub("pull_request", {}, { GITHUB_REF: "refs/pull/7/merge" }),
    });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("fetch-depth: 0");
    rmSync(path, { recursive: true, force: true });
  });
});

describe("what cannot be told is exit 3, with the command that mends it", () => {
  const unknown = async (args: readonly string[], cwd = repo.root): Promise<string> => {
    const { code, stdout, stderr }: Ran = await repo.hire(["diff", ...args], { cwd });
    expect([code, stdout]).toEqual([3, ""]);
    return stderr;
  };

  test("a shallow clone, and a commit that is not here", async () => {
    const root = repo.git("rev-list", "--max-parents=0", "HEAD").trim();
    const { path } = clone("--depth", "1");
    expect(await unknown(["HEAD~2"], path)).toContain("git fetch --unshallow");
    expect(await unknown([root], path)).toContain(`git fetch origin ${root}`);
    expect(await unknown([`${root}...HEAD`], path)).toContain("git fetch");
    rmSync(path, { recursive: true, force: true });
    expect(await unknown(["never-heard-of"])).toContain("git fetch origin");
    expect(await unknown(["@{upstream}"])).toContain("names no commit here");
  });

  test("histories that have nothing in common", async () => {
    const old = at("HEAD");
    repo.git("checkout", "--quiet", "--orphan", "other");
    repo.commit("Another beginning");
    expect(await unknown([`${old}...HEAD`])).toContain("unrelated");
  });

  test("a base that cannot be read", async () => {
    const sound = repo.read(rubric);
    repo.write(rubric, "criteria: [\n");
    repo.commit("Broken");
    repo.write(rubric, sound);
    expect(await unknown([])).toContain("cannot be read in the base");
  });
});

describe("where the files lie", () => {
  test("roles that come, go, and get another name", async () => {
    const base = at("HEAD");
    repo.git("mv", "roles/backend", "roles/platform");
    repo.edit("roles/platform/intake.yaml", "max: 90000", "max: 82000");
    repo.commit("Rename, and change");
    const renamed = await diff([base, "HEAD"]);
    expect(renamed.roles.map(({ role, renamedFrom }) => [role, renamedFrom])).toEqual([["platform", "backend"]]);
    expect(seen(renamed)).toEqual(["intake compensation"]);
    expect(await repo.ok("diff", base)).toContain("the folder was roles/backend before");

    repo.write("roles/young/intake.yaml", "version: 1\ntitle: Young\nstatus: draft\nteam: { hiring_manager: dana, recruiter: riku }\n");
    expect((await diff([])).roles.map(({ role }) => role)).toEqual(["young"]);
    repo.git("rm", "-r", "--quiet", "roles/platform");
    expect((await diff([])).roles.map(({ role, changes }) => [role, changes.length])).toEqual([
      ["platform", 2],
      ["young", 1],
    ]);
  });

  test("a detached HEAD, a linked work tree, a merge, and a hiring root in a subfolder", async () => {
    weigh(6);
    const second = repo.commit("Weigh");
    repo.git("checkout", "--quiet", "--detach");
    raise(4);
    expect((await diff([])).range).toMatch(/^HEAD [0-9a-f]{7} → working tree$/u);
    repo.git("checkout", "--quiet", "--force", "main");

    const linked = join(realpathSync(mkdtempSync(join(tmpdir(), "hire-linked-"))), "tree");
    repo.git("worktree", "add", "--quiet", linked, "HEAD~1");
    expect((await diff(["HEAD", second], { cwd: linked })).roles[0]?.changes).toHaveLength(1);
    rmSync(linked, { recursive: true, force: true });

    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1");
    raise(4);
    repo.commit("Raise");
    repo.git("checkout", "--quiet", "main");
    repo.git("merge", "--quiet", "side", "--message", "Merge");
    expect(seen(await diff(["HEAD^1", "HEAD"]))).toEqual(["decision bar"]);

    const outer = realpathSync(mkdtempSync(join(tmpdir(), "hire-outer-")));
    const env = { ...repo.env, HOME: outer };
    const git = (...args: readonly string[]): unknown => execFileSync("git", args, { cwd: outer, env, stdio: "ignore" });
    git("init", "--initial-branch=main");
    mkdirSync(join(outer, "people"));
    execFileSync("cp", ["-r", join(repo.root, "hire.yaml"), join(repo.root, "roles"), join(outer, "people")]);
    git("add", "--all");
    git("commit", "--message", "All");
    writeFileSync(join(outer, "people", rubric), repo.read(rubric).replace("bar: 4", "bar: 3"));
    const cwd = join(outer, "people/roles/backend");
    expect(seen(await diff([], { cwd }))).toEqual(["decision bar"]);
    git("add", "--all");
    expect(seen(await diff(["--staged"], { cwd }))).toEqual(["decision bar"]);
    rmSync(outer, { recursive: true, force: true });
  });
});

describe("as git's diff driver", () => {
  test("git log -p tells the meaning, of renamed and broken files as well", async () => {
    const built = `"${process.execPath}" "${join(packageRoot, "bin/hire.js")}" diff --driver`;
    repo.git("config", "diff.hire.command", built);
    repo.write(".gitattributes", "roles/**/rubric.yaml diff=hire\nroles/**/intake.yaml diff=hire\n");
    repo.commit("Attributes");
    weigh(6);
    repo.commit("Weigh");
    repo.edit(rubric, "scale:", "# a comment\nscale:");
    repo.commit("Comment");
    repo.git("mv", "roles/backend", "roles/platform");
    repo.commit("Rename");
    repo.write("roles/platform/rubric.yaml", "criteria: [\n");
    repo.commit("Break");
    const log = repo.git("log", "-p", "--ext-diff", "--format=%s", "--find-renames", "-4");
    expect(log).toContain("! failure-design  weight 60 % → 75 %");
    expect(log).toContain("no change in what was agreed");
    expect(log).toContain("cannot be read as a rubric now");
    expect(log).toContain("MAY CHANGE WHO IS HIRED");
  });

  test("asked for anything else, it says how it is asked", async () => {
    const { code, stderr } = await repo.hire(["diff", "--driver", "README.md"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("git config diff.hire.command")]);
  });
});

test("hostile texts come out of the Markdown inert", async () => {
  const evil = "</details><script>alert(1)</script> @team [x](javascript:1) `$(rm)` | #1";
  repo.edit(rubric, "Brings juniors to carry their own work.", JSON.stringify(`${evil} and more`));
  repo.commit("Evil");
  const comment = await repo.ok("diff", "HEAD~1", "--format", "markdown");
  expect(comment).not.toMatch(/<script|[^\\]\[x\]\(|@team/u);
  expect(comment.match(/<\/details>/gu)?.length ?? 0).toBe(comment.match(/<details>/gu)?.length ?? 0);
});
