import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { nodeGit } from "../../src/adapters/git.ts";
import { agreedRepo, type TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const events = "roles/backend/candidates/amber-otter/events.yaml";
const log = (what: string): readonly string[] => ["log", "backend", "amber-otter", what];

function hook(name: string, script: string): void {
  writeFileSync(repo.path(`.git/hooks/${name}`), `#!/bin/sh\n${script}\n`);
  chmodSync(repo.path(`.git/hooks/${name}`), 0o755);
}

async function withCandidate(): Promise<TestRepo> {
  repo = await agreedRepo();
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  return repo;
}

/** What a process of an earlier start of this machine wrote into its lock. */
const goneHolder = (): string => JSON.stringify({ pid: 1, host: hostname(), boot: "another start", started: "1" });

const subject = (): string => repo.git("log", "-1", "--format=%s").trim();
const count = (): number => Number(repo.git("rev-list", "--count", "HEAD"));

describe("the hooks and signatures that git commit would have", () => {
  test("a hook that says no: the same command commits what it was told, once, and asks nothing again", async () => {
    await withCandidate();
    const before = count();
    hook("pre-commit", "echo 'not on a Friday' >&2; exit 1");
    const refused = await repo.hire(log("presented"));
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("the pre-commit hook said no: not on a Friday")]);
    expect([count(), repo.git("status", "--porcelain").trim()]).toEqual([before, "?? roles/backend/candidates/amber-otter/events.yaml"]);
    hook("pre-commit", "exit 0");
    const again = await repo.hire(log("presented"));
    expect([again.code, again.stderr]).toEqual([
      0,
      expect.stringContaining("Finished what was interrupted on 3 Nov: Log amber-otter: presented"),
    ]);
    expect([count(), subject(), repo.git("status", "--porcelain")]).toEqual([before + 1, "Log amber-otter: presented", ""]);
    expect(repo.read(events).match(/presented/gu)).toHaveLength(1);
    // Told once more, it is another one.
    await repo.ok(...log("told"));
    expect(count()).toBe(before + 2);
  });

  test("what a hook kept back is committed by the next command of any kind, by itself", async () => {
    await withCandidate();
    hook("pre-commit", "exit 1");
    await repo.hire(log("presented"));
    expect((await repo.hire(["rubric", "--set", "decision.bar=3.6"])).stderr).toContain("Still not committed: Log amber-otter: presented");
    const waiting = (await repo.hire([])).stderr;
    expect(waiting.replaceAll(/\s+/gu, " ")).toContain(
      "Interrupted on 3 Nov: Log amber-otter: presented. Whatever is saved next finishes it.",
    );
    hook("pre-commit", "exit 0");
    await repo.ok("candidate", "add", "backend", "--id", "brisk-heron");
    expect(repo.git("log", "-3", "--format=%s").trim().split("\n")).toEqual([
      "Add brisk-heron to Senior Backend Engineer",
      "Change the rubric for Senior Backend Engineer",
      "Log amber-otter: presented",
    ]);
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("what a person wrote into a file since stays theirs", async () => {
    await withCandidate();
    hook("pre-commit", "exit 1");
    await repo.hire(log("presented"));
    hook("pre-commit", "exit 0");
    repo.write(events, '- { at: "2026-11-01T09:00:00Z", what: told, by: riku }\n');
    const { stderr } = await repo.hire(["candidate", "add", "backend", "--id", "brisk-heron"]);
    expect(stderr).toContain("Taken back meanwhile, and let go: Log amber-otter: presented");
    expect(repo.read(events)).not.toContain("presented");
    expect(repo.git("status", "--porcelain").trim()).toBe(`?? ${events}`);
  });

  test.each(["own hooks", "./own hooks", "~/own hooks"])("hooks are looked for where git looks: %s", async (folder) => {
    await withCandidate();
    mkdirSync(repo.path("own hooks"));
    writeFileSync(repo.path("own hooks/pre-commit"), "#!/bin/sh\necho from elsewhere >&2; exit 1\n", { mode: 0o755 });
    repo.git("config", "core.hooksPath", folder);
    writeFileSync(repo.path(".git/config"), `${repo.read(".git/config")}[commit]\n\tgpgSign\n`);
    expect((await repo.hire(log("presented"))).stderr).toContain("the pre-commit hook said no: from elsewhere");
  });

  test("a hook that brings other files into the commit ends it", async () => {
    await withCandidate();
    const before = count();
    hook("pre-commit", "echo more > more.txt; git add more.txt");
    const { code, stderr } = await repo.hire(log("presented"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("a hook added more.txt to the commit")]);
    expect([count(), repo.git("diff", "--cached", "--name-only")]).toEqual([before, ""]);
  });

  test("a hook may mend the very file, and the message; the one behind runs too; all see the index of the commit", async () => {
    await withCandidate();
    repo.write("notes.txt", "mine\n");
    repo.git("add", "notes.txt");
    hook("pre-commit", `git diff --cached --name-only > .git/seen; echo '# looked at' >> ${events}; git add ${events}`);
    hook("commit-msg", 'echo "Reviewed-by: Bo" >> "$1"');
    hook("post-commit", "git log -1 --format=%s > .git/after");
    await repo.ok(...log("presented"));
    expect(repo.git("log", "-1", "--format=%B").trim()).toBe("Log amber-otter: presented\n\nHire-Role: backend\nReviewed-by: Bo");
    expect(repo.read(".git/seen").trim()).toBe(events);
    expect(repo.read(".git/after").trim()).toBe("Log amber-otter: presented");
    expect(repo.git("show", `HEAD:${events}`)).toContain("# looked at");
    expect(repo.git("status", "--porcelain")).toBe("A  notes.txt\n");
  });

  test("a commit is signed where git is set to sign, and not made where it cannot be", async () => {
    await withCandidate();
    const signer = repo.path(".git/signer");
    writeFileSync(
      signer,
      "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\necho\necho 'x'\necho '-----END PGP SIGNATURE-----'\n",
    );
    chmodSync(signer, 0o755);
    repo.git("config", "commit.gpgSign", "true");
    repo.git("config", "gpg.program", signer);
    await repo.ok(...log("presented"));
    expect(repo.git("cat-file", "commit", "HEAD")).toContain("gpgsig -----BEGIN PGP SIGNATURE-----");
    repo.git("config", "gpg.program", "/bin/false");
    const before = count();
    const { code, stderr } = await repo.hire(log("told"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("gpg failed to sign the data")]);
    expect([count(), repo.git("diff", "--cached", "--name-only")]).toEqual([before, ""]);
  });
});

describe("one writer a clone", () => {
  test("two commands at once both stand, in files that both write", async () => {
    await withCandidate();
    await repo.ok(...log("presented"));
    const before = count();
    const notes = ["one", "two", "three", "four"];
    const ran = await Promise.all(notes.map((note) => repo.hire([...log("concern"), "--note", note])));
    expect(ran.map(({ code, stderr }) => [code, stderr.includes("committed as")])).toEqual(notes.map(() => [0, true]));
    for (const note of notes) expect(repo.read(events)).toContain(`note: ${note}`);
    expect([count(), repo.git("status", "--porcelain")]).toEqual([before + 4, ""]);
  });

  test("two values for one thing at once: the second is refused, and says where", async () => {
    repo = await agreedRepo();
    const ran = await Promise.all(["3.6", "3.7"].map((bar) => repo.hire(["rubric", "--set", `decision.bar=${bar}`])));
    expect(ran.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 3]);
    expect(ran.find(({ code }) => code === 3)?.stderr).toContain(
      "roles/backend/rubric.yaml changed while this was written: bar of decision",
    );
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("a lock whose holder is gone is taken over, an index lock of such a one too", async () => {
    await withCandidate();
    const gone = goneHolder();
    writeFileSync(repo.path(".git/hire/lock.9"), gone);
    writeFileSync(repo.path(".git/hire/lock-left"), gone);
    // Killed before it had written whom it names, or while it did.
    writeFileSync(repo.path(".git/hire/lock-blank"), "");
    writeFileSync(repo.path(".git/hire/lock-cut"), gone.slice(0, 20));
    writeFileSync(repo.path(".git/index.lock"), gone);
    writeFileSync(repo.path(".git/hire-index-77"), "left");
    await repo.ok(...log("presented"));
    expect(readdirSync(repo.path(".git/hire")).filter((name) => name.startsWith("lock"))).toEqual(["lock.10"]);
    expect([existsSync(repo.path(".git/index.lock")), existsSync(repo.path(".git/hire-index-77"))]).toEqual([false, false]);
  });

  test("where the holder is gone, git's locks that it left are taken away by whoever comes next, though they commit nothing", async () => {
    await withCandidate();
    const head = repo.git("rev-parse", "HEAD").trim();
    const left = [".git/HEAD.lock", ".git/refs/heads/main.lock", ".git/refs/remotes/origin/deep/main.lock"];
    const others = [".git/refs/heads/other.lock", ".git/refs/remotes/origin/held.lock", ".git/config.lock"];
    mkdirSync(repo.path(".git/refs/remotes/origin/deep"), { recursive: true });
    for (const [index, path] of left.entries()) writeFileSync(repo.path(path), index === 0 ? "" : `${head}\n`);
    for (const path of others) writeFileSync(repo.path(path), path.includes("held") ? "ref: refs/heads/main\n" : "");
    writeFileSync(repo.path(".git/hire/lock.99"), goneHolder());
    const here = await nodeGit(repo.env).open(repo.root);
    await here?.exclusively(() => Promise.resolve());
    expect([...left, ...others].filter((path) => existsSync(repo.path(path)))).toEqual(others);
  });
});

describe("what the user has there stays", () => {
  test("a path left out of the work tree is refused before anything is touched", async () => {
    await withCandidate();
    await repo.ok(...log("presented"));
    repo.git("update-index", "--skip-worktree", events);
    const before = repo.read(events);
    const { code, stderr } = await repo.hire(log("told"));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${events} is left out of this work tree`)]);
    expect(repo.read(events)).toBe(before);
  });

  test("a sparse work tree, a partial one, and submodules around", async () => {
    await withCandidate();
    repo.write("docs/a.md", "a\n");
    repo.commit("Docs");
    repo.git("sparse-checkout", "set", "--no-cone", "/*", "!/docs/");
    expect(existsSync(repo.path("docs"))).toBe(false);
    await repo.ok(...log("presented"));
    expect(repo.git("ls-tree", "-r", "--name-only", "HEAD")).toContain("docs/a.md");
    expect(repo.git("status", "--porcelain")).toBe("");
    // A submodule's commit is an entry like others.
    repo.git("update-index", "--add", "--cacheinfo", `160000,${repo.git("rev-parse", "HEAD").trim()},library`);
    repo.git("commit", "--quiet", "--message", "A submodule");
    await repo.ok(...log("told"));
    expect(repo.git("ls-tree", "HEAD", "library")).toContain("160000 commit");
  });

  test("what is staged exactly as it is to be written is no other hand's", async () => {
    await withCandidate();
    hook("pre-commit", "exit 1");
    await repo.hire(log("presented"));
    repo.git("add", events);
    hook("pre-commit", "exit 0");
    await repo.ok(...log("presented"));
    expect([subject(), repo.git("status", "--porcelain")]).toEqual(["Log amber-otter: presented", ""]);
  });
});
