import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, expect, test } from "vitest";
import { commandTable } from "../../src/commands/table.ts";
import { agreedRepo, onceMade, rated, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const hooks =
  "applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change post-merge post-rewrite pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase prepare-commit-msg push-to-checkout reference-transaction sendemail-validate".split(
    " ",
  );
/** Settings of which git runs the value. */
const programs =
  "core.fsmonitor core.pager core.editor core.sshCommand core.askPass core.gitProxy core.alternateRefsCommand sequence.editor diff.external diff.x.textconv diff.x.command filter.x.clean filter.x.smudge filter.x.process merge.x.driver gpg.program gpg.ssh.program gpg.ssh.defaultKeyCommand credential.helper pager.log pager.diff pager.show interactive.diffFilter uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs trailer.x.command trailer.x.cmd difftool.x.cmd mergetool.x.cmd man.x.cmd browser.x.cmd web.browser submodule.x.update".split(
    " ",
  );

/** Someone else's repository: whatever git can be told to run says so in a file. */
const hostile = onceMade(async () => {
  const made = new TestRepo(await agreedRepo());
  await made.ok("candidate", "add", "backend", "--id", "amber-otter");
  await made.ok("log", "backend", "amber-otter", "presented");
  await made.ok("candidate", "add", "backend", "--id", "brisk-heron");
  await made.ok("log", "backend", "brisk-heron", "presented");
  await made.ok("rubric", "--set", "decision.bar=3.6");
  const identity = await generateX25519Identity();
  const key = await identityToRecipient(identity);
  const deputy = await identityToRecipient(await generateX25519Identity());
  made.write(".git/key", `${identity}\n`);
  made.write("hire.yaml", `${made.read("hire.yaml")}seal: [{ person: riku, key: ${key} }, { person: dana, key: ${deputy} }]\n`);
  await made.ok("score", "backend", "brisk-heron", "--stage", "team", ...rated({ mentoring: [3, "One junior carried the queue"] }));
  made.write(".gitattributes", "* diff=x filter=x merge=x\n*.yaml -diff\nident eol=crlf export-subst\n");
  // A repository inside of the tree, with its own settings, as no submodule is.
  for (const [path, text] of [
    ["HEAD", "ref: refs/heads/main\n"],
    ["config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = touch INNER\n"],
    ["objects/keep", ""],
    ["refs/keep", ""],
  ] as const)
    made.write(`roles/backend/${path}`, text);
  made.commit("Everything that could run");
  const blob = made.git("rev-parse", "HEAD:roles/backend/rubric.yaml").trim();
  made.write("other", made.read("roles/backend/rubric.yaml").replace("weight: 3", "weight: 9"));
  made.git("replace", blob, made.git("hash-object", "-w", "--no-filters", "other").trim());
  return made;
});

async function arm(): Promise<Readonly<Record<string, string>>> {
  repo = await hostile();
  const folder = repo.path(".git/evil");
  mkdirSync(folder, { recursive: true });
  const trap = (name: string): string => {
    const path = join(folder, name);
    // What is given to a filter comes back: a commit must not fail for it.
    writeFileSync(path, `#!/bin/sh\necho '${name}' >> '${repo.path(".git/marker")}'\n[ -t 0 ] || cat\n`, { mode: 0o755 });
    return path;
  };
  for (const name of hooks) {
    const path = repo.path(`.git/hooks/${name}`);
    writeFileSync(path, `#!/bin/sh\necho 'hook ${name}' >> '${repo.path(".git/marker")}'\n`, { mode: 0o755 });
  }
  const settings = programs.map((key) => [key, trap(key.replaceAll(".", "-"))] as const);
  const lines = settings.map(([key, value]) => {
    const [section = "", ...rest] = key.split(".");
    const name = rest.pop() ?? "";
    return `[${section}${rest.length === 0 ? "" : ` "${rest.join(".")}"`}]\n\t${name} = ${value}\n`;
  });
  const config = `${repo.read(".git/config")}${lines.join("")}[remote "origin"]\n\turl = ext::sh -c ${trap("transport")}\n[protocol "ext"]\n\tallow = always\n[log]\n\tshowSignature = true\n[extensions]\n\tpartialClone = origin\n`;
  writeFileSync(repo.path(".git/config"), config);
  const program = trap("environment");
  return {
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: "core.fsmonitor",
    GIT_CONFIG_VALUE_0: program,
    GIT_CONFIG_KEY_1: "diff.external",
    GIT_CONFIG_VALUE_1: program,
    GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${program}'`,
    GIT_EXTERNAL_DIFF: program,
    GIT_PAGER: program,
    GIT_EDITOR: program,
    GIT_SEQUENCE_EDITOR: program,
    GIT_SSH_COMMAND: program,
    GIT_ASKPASS: program,
    GIT_PROXY_COMMAND: program,
    GIT_EXEC_PATH: folder,
    GIT_TEMPLATE_DIR: folder,
    GIT_DIR: "/nowhere",
    GIT_WORK_TREE: "/nowhere",
    GIT_INDEX_FILE: "/nowhere/index",
    GIT_OBJECT_DIRECTORY: "/nowhere/objects",
    PAGER: program,
    EDITOR: program,
    VISUAL: program,
    BROWSER: program,
    SSH_ASKPASS: program,
    LESSOPEN: `|${program} %s`,
  };
}

function markers(): readonly string[] {
  try {
    return [...new Set(readFileSync(repo.path(".git/marker"), "utf8").trim().split("\n"))].toSorted((a, b) => a.localeCompare(b));
  } catch {
    return [];
  }
}

const id = "amber-otter";
const reading: Readonly<Record<string, readonly (readonly string[])[]>> = {
  candidate: [["list"], ["show", "backend", id], ["show", "backend", id, "--export", "-"]],
  rank: [["backend", "--full"]],
  debrief: [["backend", id]],
  diff: [[], ["HEAD~2", "HEAD"], ["HEAD~3..HEAD", "--full"], ["--base", "HEAD~2"], ["--staged"], ["HEAD~1...HEAD", "--format", "markdown"]],
  drift: [["backend", "--full"]],
  check: [[], ["--base", "HEAD~2"], ["--staged"], ["--changed", "--new"], ["--fix-dry-run"], ["--format", "sarif"]],
  ci: [["--base", "HEAD~2"]],
  rules: [[], ["text/protected"]],
  market: [["backend"]],
  due: [[], ["--ics"]],
  wins: [[]],
  report: [["backend", "--full"], ["--all"], ["--format", "html"], ["--format", "markdown"]],
  schema: [["intake"]],
  weigh: [["backend"]],
  intake: [["backend"]],
  rubric: [["backend"]],
  review: [["backend"]],
  close: [["backend"]],
  tell: [["backend", "--digest"]],
  names: [["list"]],
  forget: [["--due"]],
  explain: [[]],
  answer: [[]],
};

const score = ["backend", id, "--stage", "team", ...rated({ mentoring: [4, "Two juniors carried the queue"] })];
/** Said with --no-commit, which leaves nothing of git's to run. */
const writing: Readonly<Record<string, readonly string[]>> = {
  candidate: ["add", "backend", "--id", "calm-finch"],
  log: ["backend", id, "concern", "--note", "Another offer"],
  score,
  agree: ["backend"],
  decide: ["backend", id, "hold", "--reason", "mentoring=Not seen yet"],
  change: [
    "backend",
    "--set",
    "decision.bar=3.7",
    "--summary",
    "A higher bar",
    "--reason",
    "Bo leaves the rotation in January, so one is alone.",
    "--scores",
    "keep",
  ],
  rubric: ["backend", "--set", "decision.bar=3.9"],
  intake: ["backend", "--set", "level=senior"],
  unseal: ["backend", "brisk-heron", "--without", "ana", "--without", "bo", "--identity", ".git/key"],
  forget: ["backend", "brisk-heron", "--yes"],
  schema: ["--write"],
  init: ["hiring", "--organization", "N", "--person", "Dana <dana@northwind.example>"],
};
/** Other programs' own, or at work elsewhere. */
const elsewhere = new Set(["demo", "sync", "merge-file"]);

test("the traps are armed: plain git walks into them", async () => {
  const { GIT_EXTERNAL_DIFF } = await arm();
  // A filter that answers nothing sensible is waited for.
  const git = (args: readonly string[], more = {}): void =>
    void spawnSync("git", args, { cwd: repo.root, env: { ...repo.env, ...more }, timeout: 10_000, stdio: "ignore" });
  git(["diff", "HEAD~1", "HEAD"]);
  git(["diff", "HEAD~1", "HEAD"], { GIT_EXTERNAL_DIFF });
  git(["status"]);
  expect(markers()).toEqual(
    expect.arrayContaining(["core-fsmonitor", "diff-external", "diff-x-command", "environment", "filter-x-process"]),
  );
});

test("commands that only read run nothing that a repository, its configuration or the environment names", async () => {
  const environment = await arm();
  const head = repo.git("rev-parse", "HEAD");
  for (const [name, all] of Object.entries(reading)) {
    for (const args of all) {
      const { stderr } = await repo.hire([name, ...args], { env: environment });
      expect(markers(), `${name} ${args.join(" ")}`).toEqual([]);
      expect(stderr).not.toContain("a bug in hire");
    }
  }
  expect((await repo.hire([], { env: environment })).code).toBeLessThan(2);
  expect([markers(), repo.git("rev-parse", "HEAD")]).toEqual([[], head]);
});

test("commands that write run nothing of it either, where they are told not to commit", async () => {
  const environment = await arm();
  for (const [name, args] of Object.entries(writing)) {
    const { code, stderr } = await repo.hire([name, ...args, "--no-commit"], { env: environment });
    // The repository is someone else's: whether it is in a state to be changed is another question.
    expect([0, 2], `${name}: ${stderr}`).toContain(code);
    expect(markers(), `${name} ${args.join(" ")}`).toEqual([]);
  }
});

test("a commit runs what git commit would have run, and nothing else", async () => {
  const environment = await arm();
  const { code, stderr } = await repo.hire(["log", "backend", id, "concern", "--note", "Another offer"], { env: environment });
  expect(code, stderr).toBe(0);
  expect(
    markers().filter(
      (name) =>
        !/^hook (?:pre-commit|prepare-commit-msg|commit-msg|post-commit|reference-transaction|post-index-change)$|^filter-x-(?:clean|process)$/u.test(
          name,
        ),
    ),
  ).toEqual([]);
  expect(markers()).toContain("hook pre-commit");
});

test("every command is looked at here", () => {
  const known = new Set([...Object.keys(reading), ...Object.keys(writing), ...elsewhere]);
  expect(commandTable.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});
