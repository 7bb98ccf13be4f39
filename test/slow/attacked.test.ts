import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { twoClones } from "../support/clones.ts";
import { packageRoot, type TestRepo } from "../support/repo.ts";

let dana: TestRepo;
let riku: TestRepo;
let shared: string;
const elsewhere: string[] = [];
afterEach(() => {
  for (const repo of [dana, riku]) repo[Symbol.dispose]();
  for (const path of [shared, ...elsewhere.splice(0)]) rmSync(path, { recursive: true, force: true });
});

async function two(): Promise<void> {
  ({ dana, riku, shared } = await twoClones());
}

const folder = "roles/backend/candidates/amber-otter";
const events = `${folder}/events.yaml`;
const log = ["log", "backend", "amber-otter", "concern", "--note", "Another offer"] as const;

function hook(repo: TestRepo, name: string, script: string): void {
  writeFileSync(repo.path(`.git/hooks/${name}`), `#!/bin/sh\n${script}\n`);
  chmodSync(repo.path(`.git/hooks/${name}`), 0o755);
}

function sharedHas(path: string): boolean {
  return execFileSync("git", ["-C", shared, "ls-tree", "-r", "--name-only", "main"], { encoding: "utf8" }).split("\n").includes(path);
}

describe("sync, against work that is not committed", () => {
  test("a link that others bring or change never takes the place of a file here", async () => {
    await two();
    symlinkSync("README.md", dana.path("notes"));
    dana.commit("A link");
    await dana.ok("sync");
    riku.write("notes", "hours of work\n");
    expect((await riku.hire(["sync"])).code).toBe(2);
    expect(riku.read("notes")).toBe("hours of work\n");
    rmSync(riku.path("notes"));
    symlinkSync("nowhere", riku.path("notes"));
    expect((await riku.hire(["sync"])).code).toBe(2);
    rmSync(riku.path("notes"));
    await riku.ok("sync");
    // Tracked now: others remove it, and here a file took its place.
    rmSync(riku.path("notes"));
    riku.write("notes", "hours of work\n");
    dana.git("rm", "--quiet", "notes");
    dana.commit("Without");
    await dana.ok("sync");
    expect((await riku.hire(["sync"])).code).toBe(2);
    expect(riku.read("notes")).toBe("hours of work\n");
  });

  test("what is written while it is being shared stays", async () => {
    await two();
    await dana.ok(...log);
    await dana.ok("sync");
    await riku.ok("candidate", "add", "backend", "--id", "calm-finch");
    hook(riku, "pre-push", `echo '# my hours' >> ${events}`);
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${events}: changed here and not committed`)]);
    expect(riku.read(events)).toContain("# my hours");
  });

  test("nothing is written or removed behind a folder that is a link here", async () => {
    await two();
    dana.write("stuff/f", "x\n");
    dana.commit("Stuff");
    await dana.ok("sync");
    await riku.ok("sync");
    const outside = `${riku.root}-outside`;
    elsewhere.push(outside);
    renameSync(riku.path("stuff"), outside);
    symlinkSync(outside, riku.path("stuff"));
    dana.git("rm", "-r", "--quiet", "stuff");
    mkdirSync(dana.path("elsewhere"));
    symlinkSync("x", dana.path("elsewhere/l"));
    dana.commit("Gone, and a link");
    await dana.ok("sync");
    symlinkSync(outside, riku.path("elsewhere"));
    expect((await riku.hire(["sync"])).code).toBe(2);
    expect([existsSync(`${outside}/f`), lstatSync(`${outside}/l`, { throwIfNoEntry: false })]).toEqual([true, undefined]);
  });
});

describe("sync, against what others shared", () => {
  test("a file on one side and a folder of its name on the other is refused, both ways", async () => {
    await two();
    riku.write("shelf", "mine\n");
    riku.commit("Mine");
    dana.write("shelf/one", "1\n");
    dana.write("desk", "d\n");
    dana.commit("Two days of work");
    await dana.ok("sync");
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr, sharedHas("shelf/one")]).toEqual([
      2,
      expect.stringContaining("one side has a file where the other has a folder"),
      true,
    ]);
    riku.git("rm", "--quiet", "shelf");
    riku.write("desk/own", "mine\n");
    riku.commit("The other way");
    expect((await riku.hire(["sync"])).code).toBe(2);
    expect(sharedHas("desk")).toBe(true);
  });

  test("words and names in other encodings come over as they are, or not at all", async () => {
    await two();
    await dana.ok(...log);
    await dana.ok("sync");
    riku.write("a.txt", "x\n");
    riku.git("add", "a.txt");
    writeFileSync(riku.path(".git/message"), Buffer.from("Gr\u00fc\u00dfe\n", "latin1"));
    riku.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--file", ".git/message");
    await riku.ok("sync");
    expect(riku.git("log", "-1", "--format=%s").trim()).toBe("Gr\u00fc\u00dfe");
    const name = Buffer.concat([Buffer.from(`${riku.root}/n`), Buffer.from([0xf6]), Buffer.from("n.txt")]);
    writeFileSync(name, "x\n");
    riku.commit("Odd");
    await dana.ok("candidate", "add", "backend", "--id", "calm-finch");
    await dana.ok("sync");
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("a name that is no UTF-8")]);
  });

  test("a program stays one, whoever changed what", async () => {
    await two();
    dana.write("run.sh", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    dana.commit("A script");
    await dana.ok("sync");
    await riku.ok("sync");
    chmodSync(dana.path("run.sh"), 0o755);
    dana.edit("run.sh", "1\n", "one\n");
    dana.commit("Runs");
    await dana.ok("sync");
    riku.edit("run.sh", "9\n", "nine\n");
    riku.commit("Nine");
    await riku.ok("sync");
    expect([statSync(riku.path("run.sh")).mode & 0o111, riku.read("run.sh")]).toEqual([0o111, "one\n2\n3\n4\n5\n6\n7\n8\nnine\n"]);
  });

  test("a history that was rewritten brings nothing back", async () => {
    await two();
    await dana.ok("candidate", "add", "backend", "--id", "calm-finch");
    await dana.ok("sync");
    await riku.ok("sync");
    dana.git("reset", "--quiet", "--hard", "HEAD~1");
    await dana.ok(...log);
    dana.git("push", "--quiet", "--force", "origin", "main");
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("the history of origin/main was rewritten")]);
    // Asked again, and with what others fetched meanwhile, it is no other answer.
    expect((await riku.hire(["sync"])).code).toBe(2);
    riku.git("fetch", "--quiet");
    expect((await riku.hire(["sync"])).code).toBe(2);
    expect(sharedHas("roles/backend/candidates/calm-finch/candidate.yaml")).toBe(false);
    execFileSync("git", ["-C", shared, "update-ref", "-d", "refs/heads/main"]);
    expect((await dana.hire(["sync"])).stderr).toContain("origin/main was there, and has gone");
  });

  test("the first time works in every language of git's, and a branch of one's own is no place to share", async () => {
    await two();
    riku.git("switch", "--quiet", "-c", "neu");
    expect((await riku.hire(["sync"], { env: { LANGUAGE: "de", LC_ALL: "C.UTF-8" } })).stdout).toBe(
      "Shared as origin/neu, which is new; its commits were known there.\n",
    );
    riku.git("switch", "--quiet", "-c", "side", "--track", "main");
    expect((await riku.hire(["sync"])).stderr).toContain("follows a branch of this very clone");
    dana.git("config", "remote.pushDefault", "fork");
    expect((await dana.hire(["sync"])).stderr).toContain("is taken from origin and pushed to fork");
  });

  test("what is known to be private is not shared, and what cannot be shown yet is not shown", async () => {
    await two();
    await riku.ok("names", "set", "backend", "amber-otter", "Kim Secretname");
    await riku.ok("log", "backend", "amber-otter", "concern", "--note", "Kim Secretname wrote");
    const { code, stdout } = await riku.hire(["sync"]);
    expect([code, stdout.replaceAll(/\s+/gu, " ")]).toEqual([
      1,
      expect.stringContaining("candidate/personal-data: holds the name of a candidate"),
    ]);
    expect(execFileSync("git", ["-C", shared, "show", `main:${events}`], { encoding: "utf8" })).not.toContain("Secretname");
    // In a comment as well.
    riku.git("reset", "--quiet", "--hard", "HEAD~1");
    riku.write(events, `${riku.read(events)}# call kim@example.com\n`);
    riku.commit("Note");
    expect((await riku.hire(["sync"])).stdout.replaceAll(/\s+/gu, " ")).toContain("a comment holds an e-mail address");
    // Taken out by the next commit it would be shared all the same, and on a branch of its own as well.
    riku.write(events, riku.read(events).replace("# call kim@example.com\n", ""));
    riku.commit("Out again");
    expect((await riku.hire(["sync"])).code).toBe(1);
    riku.git("switch", "--quiet", "-c", "topic", "--no-track");
    expect((await riku.hire(["sync"])).code).toBe(1);
    riku.git("reset", "--quiet", "--soft", "HEAD~2");
    riku.write("a.txt", "x\n");
    riku.commit("Sound");
    expect(await riku.ok("sync")).toBe("Shared on origin/topic, 1 commit:\n  Sound\n");
  });
});

describe("what was shared before", () => {
  test("is not asked about again wherever it stands, another beside it is; what a comment silences with a reason passes", async () => {
    await two();
    riku.write(events, `${riku.read(events)}# call kim@example.com\n`);
    riku.commit("By hand");
    riku.git("push", "--quiet", "origin", "main");
    riku.write(events, riku.read(events).replace("# call", "# looked at\n# call"));
    riku.commit("A line above");
    await riku.ok("sync");
    riku.write(events, riku.read(events).replace("kim@example.com", "lee@example.com"));
    riku.commit("Another");
    expect((await riku.hire(["sync"])).code).toBe(1);
    riku.git("reset", "--quiet", "--hard", "HEAD~1");
    const silenced =
      '# hire-ignore candidate/personal-data: the agency\'s own box\n- { at: "2026-11-03T10:00:00+02:00", what: concern, by: riku, note: box@example.com }\n';
    riku.write(events, `${riku.read(events)}${silenced}`);
    riku.commit("Silenced");
    await riku.ok("sync");
    riku.write(events, `${riku.read(events)}${silenced.split("\n")[1]?.replace("box@", "kim@") ?? ""}\n`);
    riku.commit("Beside it");
    expect((await riku.hire(["sync"])).code).toBe(1);
  });
});

describe("what was kept to be finished", () => {
  async function refused(): Promise<void> {
    await two();
    hook(dana, "pre-commit", "exit 1");
    expect((await dana.hire(log)).code).toBe(2);
  }
  const allow = (): void => hook(dana, "pre-commit", "exit 0");
  const has = (): boolean => dana.read(events).includes("Another offer");

  test("and was taken back by a person is let go, by whatever comes next", async () => {
    await refused();
    dana.git("checkout", "--quiet", "--", ".");
    allow();
    const { stderr } = await dana.hire(["candidate", "add", "backend", "--id", "calm-finch"]);
    expect([stderr.includes("Taken back meanwhile, and let go: Log amber-otter: concern"), has()]).toEqual([true, false]);
  });

  test("is not shared by itself, not committed elsewhere, and not where nothing is to be committed", async () => {
    await refused();
    allow();
    expect((await dana.hire(["sync"])).stderr).toContain("Interrupted on 3 Nov: Log amber-otter: concern");
    expect(execFileSync("git", ["-C", shared, "show", `main:${events}`], { encoding: "utf8" })).not.toContain("Another offer");
    hook(dana, "pre-commit", "touch .git/ran");
    await dana.ok("candidate", "add", "backend", "--id", "calm-finch", "--no-commit");
    expect(existsSync(dana.path(".git/ran"))).toBe(false);
    dana.git("stash", "--quiet", "--include-untracked");
    dana.git("switch", "--quiet", "-c", "other");
    expect((await dana.hire(["candidate", "add", "backend", "--id", "brisk-heron"])).stderr).toContain(
      "Waits on the branch main: Log amber-otter: concern",
    );
    expect(dana.git("show", `other:${events}`)).not.toContain("Another offer");
  });

  test("is another deed a week later, and with other input", async () => {
    await refused();
    allow();
    dana.later(7);
    await dana.ok(...log);
    expect(dana.read(events).match(/Another offer/gu)).toHaveLength(2);
    hook(dana, "pre-commit", "exit 1");
    const sample = ["candidate", "add", "backend", "--id", "one-sample", "--calibration", "--from", "-"];
    await dana.hire(sample, { stdin: "Ran the queue at a bank." });
    allow();
    const other = await dana.hire(sample, { stdin: "Never on call." });
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("backend has a candidate 'one-sample' already")]);
  });

  test("holds no private words but what was to be written, and goes with whoever is forgotten", async () => {
    await two();
    hook(dana, "pre-commit", "exit 1");
    await dana.hire(["candidate", "add", "backend", "--id", "calm-finch", "--name", "Kim Secretname"]);
    const kept = (): readonly string[] =>
      execFileSync("find", [dana.path(".git/hire"), "-name", "pending-*"], { encoding: "utf8" })
        .trim()
        .split("\n")
        .filter((path) => path !== "");
    expect(kept().map((path) => readFileSync(path, "utf8").includes("Secretname"))).toEqual([false]);
    await dana.hire(log);
    rmSync(dana.path(events));
    allow();
    dana.git("checkout", "--quiet", "--", events);
    await dana.ok("forget", "backend", "amber-otter", "--yes");
    expect([existsSync(dana.path(folder)), dana.git("ls-files", folder)]).toEqual([false, ""]);
  });

  test("is not heard where nobody here can have written it", async () => {
    await refused();
    const outside = `${dana.root}-victim.txt`;
    elsewhere.push(outside);
    writeFileSync(outside, "x");
    const [path = ""] = execFileSync("find", [dana.path(".git/hire"), "-name", "pending-*"], { encoding: "utf8" })
      .trim()
      .split("\n");
    const [own] = JSON.parse(readFileSync(path, "utf8")) as { files: { path: string; before: string | null; text: string | null }[] }[];
    for (const name of [`../${outside.split("/").at(-1) ?? ""}`, outside, ".git/config", "a/../../b", ".GIT/hooks/pre-commit"]) {
      writeFileSync(
        path,
        JSON.stringify([{ ...own, written: false, commit: false, files: [{ path: name, before: null, text: "evil" }] }, {}, null, 5]),
      );
      const { code, stderr } = await dana.hire(["candidate", "add", "backend", "--no-commit"]);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("Finished")]);
    }
    expect(readFileSync(outside, "utf8")).toBe("x");
    rmSync(dana.path(".git/hire"), { recursive: true });
    mkdirSync(`${dana.root}-own`);
    elsewhere.push(`${dana.root}-own`);
    symlinkSync(`${dana.root}-own`, dana.path(".git/hire"));
    expect((await dana.hire(["candidate", "add", "backend"])).stderr).toContain("is a symbolic link");
  });

  test("a hook behind the commit may run hire itself", async () => {
    await two();
    writeFileSync(
      dana.path(".git/run-hire"),
      `#!/bin/sh\n[ -e .git/once ] && exit 0\ntouch .git/once\nexec '${process.execPath}' '${packageRoot}/bin/hire.js' log backend amber-otter told --as dana\n`,
      { mode: 0o755 },
    );
    renameSync(dana.path(".git/run-hire"), dana.path(".git/hooks/post-commit"));
    await dana.ok(...log);
    expect(dana.git("log", "-2", "--format=%s").trim().split("\n")).toEqual(["Log amber-otter: told", "Log amber-otter: concern"]);
  });

  test("a lock of no number is none, and what git was told not to look at is refused", async () => {
    await two();
    writeFileSync(dana.path(".git/hire/lock.99999999999999999999"), "free");
    await dana.ok(...log);
    dana.git("update-index", "--assume-unchanged", events);
    const { code, stderr } = await dana.hire([...log, "--note", "More"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("skip-worktree or assume-unchanged")]);
  });
});

describe("forgetting", () => {
  test("takes what cannot be read, too", async () => {
    await two();
    dana.write(`${folder}/cv.txt`, "hi\n");
    dana.write(`${folder}/cv.pdf`, new Uint8Array([0x25, 0xff, 0x00]));
    dana.write(`${folder}/evaluations/team--dana.yaml`, new Uint8Array([0x61, 0xff]));
    symlinkSync("cv.txt", dana.path(`${folder}/link`));
    dana.commit("More of them");
    await dana.ok("forget", "backend", "amber-otter", "--yes");
    expect([existsSync(dana.path(folder)), dana.git("ls-files", folder), dana.git("status", "--porcelain")]).toEqual([false, "", ""]);
  });

  test("is refused where a hold may stand in what cannot be read, and loses nothing where it is refused", async () => {
    await two();
    await dana.ok("names", "set", "backend", "amber-otter", "Kim Secretname");
    dana.edit(`${folder}/candidate.yaml`, "version: 1\n", "version: 1\nlegal_hold: claim of 3 Nov\nsorce: x\n");
    dana.commit("Hold");
    const held = await dana.hire(["forget", "backend", "amber-otter", "--yes", "--early"]);
    expect([held.code, held.stderr]).toEqual([1, expect.stringContaining("may hold a legal hold")]);
    dana.git("reset", "--quiet", "--hard", "HEAD~1");
    dana.write(events, `${dana.read(events)}# mine\n`);
    dana.git("add", events);
    const staged = await dana.hire(["forget", "backend", "amber-otter", "--yes"]);
    expect([staged.code, staged.stderr, await dana.ok("names", "list")]).toEqual([
      2,
      expect.stringContaining("staged already"),
      "backend/amber-otter  Kim Secretname\n",
    ]);
  });

  test("a file of names made before it brings nobody back", async () => {
    await two();
    const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
    const key = await generateX25519Identity();
    writeFileSync(dana.path(".git/key"), key);
    await dana.ok("names", "set", "backend", "amber-otter", "Kim Secretname");
    const text = await dana.ok("names", "export", "--to", await identityToRecipient(key));
    await dana.ok("forget", "backend", "amber-otter", "--yes");
    const { stderr } = await dana.hire(["names", "import", "-", "--identity", ".git/key"], { stdin: text });
    expect(stderr).toContain("No candidates here, and left out: backend/amber-otter");
    expect(await dana.ok("names", "list")).toContain("No name is kept here");
  });
});

describe("a commit that others meddle with", () => {
  const line = "# half-made, never staged\n";
  const other = "README.md";

  test("takes what was written when it began: not what is written, or staged, while a hook runs", async () => {
    await two();
    dana.write(other, "words\n");
    dana.commit("Words");
    // Another file is staged meanwhile: the index moved, and the commit is made anew.
    hook(
      dana,
      "pre-commit",
      `[ -e .git/once ] || { touch .git/once; echo '# half-made, never staged' >> ${events}; echo more >> ${other}; env -u GIT_INDEX_FILE git add ${other}; }`,
    );
    expect((await dana.hire(log)).code).toBe(0);
    expect(dana.git("show", `HEAD:${events}`)).not.toContain("half-made");
    expect(dana.git("show", `HEAD:${events}`)).toContain("Another offer");
    expect([dana.read(events).endsWith(line), dana.git("show", `:${other}`), dana.git("show", `HEAD:${other}`)]).toEqual([
      true,
      "words\nmore\n",
      "words\n",
    ]);
    rmSync(dana.path(".git/once"));
    hook(
      dana,
      "pre-commit",
      `[ -e .git/once ] || { touch .git/once; echo '# STAGED' >> ${events}; env -u GIT_INDEX_FILE git add ${events}; }`,
    );
    dana.git("checkout", "--", events);
    const { code, stderr } = await dana.hire([...log.slice(0, -1), "A second one"]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("was staged or committed by someone else meanwhile")]);
    expect(dana.git("show", `:${events}`)).toContain("# STAGED");
  });

  test("takes what a hook made of it, though the branch moved at the same moment", async () => {
    await two();
    hook(
      dana,
      "pre-commit",
      `[ -e .git/once ] || { touch .git/once; echo '# formatted' >> ${events}; git add ${events}; env -u GIT_INDEX_FILE git commit --quiet --allow-empty --no-verify --message Other; }`,
    );
    const { code, stderr } = await dana.hire(log);
    expect([code, stderr]).toEqual([0, expect.stringContaining("committed as")]);
    expect(dana.git("show", `HEAD:${events}`)).toMatch(/Another offer[\s\S]*# formatted/u);
    expect(dana.git("status", "--porcelain")).toBe("");
  });

  test("is made once, though a hook commits something itself", async () => {
    await two();
    const before = Number(dana.git("rev-list", "--count", "HEAD"));
    hook(dana, "pre-commit", "env -u GIT_INDEX_FILE git commit --quiet --allow-empty --no-verify --message Other");
    expect((await dana.hire(log)).code).toBe(0);
    expect(Number(dana.git("rev-list", "--count", "HEAD"))).toBe(before + 2);
    rmSync(dana.path(".git/hooks/pre-commit"));
    dana.git("switch", "--quiet", "--create", "fea\u202eture");
    await dana.ok(...log.slice(0, -1), "Another one");
    const { code, stdout } = await dana.hire(["sync"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("fea\\u202eture")]);
  });

  test("leaves what is staged on a branch without a commit", async () => {
    await two();
    dana.git("checkout", "--quiet", "--orphan", "new");
    writeFileSync(dana.path(events), `${dana.read(events)}# staged by hand\n`);
    dana.git("add", events);
    const { code, stderr } = await dana.hire(log);
    expect([code, stderr]).toEqual([2, expect.stringContaining("staged already, by someone else's hand")]);
    expect(dana.git("show", `:${events}`)).toContain("# staged by hand");
  });

  test("is finished where git changes line ends, and refused where git's work tree is another folder", async () => {
    await two();
    dana.git("config", "core.autocrlf", "true");
    rmSync(dana.path("roles"), { recursive: true });
    dana.git("checkout", "--", "roles");
    hook(dana, "reference-transaction", '[ "$1" = prepared ] && exit 1\nexit 0');
    expect((await dana.hire(log)).code).not.toBe(0);
    rmSync(dana.path(".git/hooks/reference-transaction"));
    const again = await dana.hire(log);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("Finished what was interrupted")]);
    expect(dana.git("status", "--porcelain")).toBe("");
    const tree = `${dana.root}-tree`;
    elsewhere.push(tree);
    mkdirSync(tree);
    dana.git("config", "core.worktree", tree);
    const refused = await dana.hire([...log.slice(0, -1), "A third one"]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("git's work tree is")]);
  });
});

describe("lines that look like others", () => {
  const block = (owner: string): string => `prepare\ninterview\nrate\nowner: ${owner}\nclose\nwrite up\ndone\n`;
  const notes = (monday: string, tuesday: string): string => `## Monday\n${block(monday)}## Tuesday\n${block(tuesday)}`;

  test("are not taken for them: two words for one place are a conflict", async () => {
    await two();
    dana.write("NOTES.md", notes("nobody", "nobody"));
    dana.commit("Notes");
    await dana.ok("sync");
    await riku.ok("sync");
    riku.write("NOTES.md", notes("riku", "nobody"));
    riku.commit("Riku");
    await riku.ok("sync");
    dana.write("NOTES.md", notes("dana", "nobody"));
    dana.commit("Dana");
    expect((await dana.hire(["sync"])).code).toBe(2);
    dana.git("reset", "--hard", "HEAD~1");
    dana.write("NOTES.md", notes("nobody", "dana"));
    dana.commit("Dana");
    await dana.ok("sync");
    expect(dana.read("NOTES.md")).toBe(notes("riku", "dana"));
  });

  test("comments that both sides wrote in one place are asked about, not dropped", async () => {
    await two();
    dana.write(events, `# first\n${dana.read(events)}`);
    dana.commit("A comment");
    await dana.ok("sync");
    await riku.ok("sync");
    riku.edit(events, "# first", "# as Riku has it");
    riku.commit("Riku's");
    await riku.ok("sync");
    dana.edit(events, "# first", "# as Dana has it");
    dana.commit("Dana's");
    const { code, stderr } = await dana.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('#comments: yours "# as Dana has it", theirs "# as Riku has it"')]);
    await dana.ok("sync", "--theirs", "all");
    expect(dana.read(events)).toMatch(/^# as Riku has it\n/u);
  });

  test("git's driver leaves bytes that are no UTF-8 as they are, and marks or leaves alone what it cannot bring together", async () => {
    await two();
    const merge = async (base: string | Buffer, ours: string | Buffer, theirs: string | Buffer): Promise<readonly [number, Buffer]> => {
      for (const [name, text] of Object.entries({ base, ours, theirs })) dana.write(`.git/${name}`, text);
      const { code } = await dana.hire(["merge-file", ".git/base", ".git/ours", ".git/theirs", events]);
      return [code, readFileSync(dana.path(".git/ours"))];
    };
    const line = '- { at: "2026-11-05T09:12:00+02:00", what: presented, by: riku }\n';
    const odd = Buffer.concat([Buffer.from("# caf\xe9 note\n", "latin1"), Buffer.from(line.repeat(8))]);
    const [code, merged] = await merge(odd, Buffer.concat([Buffer.from("# ours\n"), odd]), Buffer.concat([odd, Buffer.from("# theirs\n")]));
    expect([code, merged.toString("latin1")]).toEqual([0, `# ours\n# caf\xe9 note\n${line.repeat(8)}# theirs\n`]);
  });
});

describe("sync, where two sides mean two things", () => {
  test("one pseudonym given twice is asked about: two people are not made one", async () => {
    await two();
    await riku.ok(...log);
    for (const repo of [dana, riku]) await repo.ok("candidate", "add", "backend", "--id", "wise-crane");
    await dana.ok("sync");
    const { code, stderr } = await riku.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("both sides added wise-crane: one person, or two under one pseudonym?")]);
    await riku.ok("sync", "--mine", "roles/backend/candidates/wise-crane/candidate.yaml");
  });

  test("histories that merged each other are for git to bring together", async () => {
    await two();
    const bar = (repo: TestRepo, from: string, to: string): void => {
      repo.edit("roles/backend/rubric.yaml", `bar: ${from}`, `bar: ${to}`);
      repo.commit(`Bar ${to}`);
    };
    bar(dana, "3.5", "3.8");
    riku.write("OTHER.md", "words\n");
    riku.commit("Other words");
    dana.git("fetch", "--quiet", riku.root, "main:refs/heads/peer");
    riku.git("fetch", "--quiet", dana.root, "main:refs/heads/peer");
    for (const repo of [dana, riku]) repo.git("merge", "--quiet", "--no-edit", "peer");
    bar(riku, "3.8", "3.5");
    riku.git("push", "--quiet", "origin", "main");
    dana.write("OWN.md", "words\n");
    dana.commit("Own");
    const { code, stderr } = await dana.hire(["sync"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("both sides merged each other")]);
  });

  test("nothing is shared where something here is not settled, or would go to another repository", async () => {
    await two();
    await riku.ok("log", "backend", "amber-otter", "told");
    await riku.ok("sync");
    const own = riku.git("rev-parse", "HEAD").trim();
    await dana.ok(...log);
    const blob = dana.git("rev-parse", "HEAD:hire.yaml").trim();
    execFileSync("git", ["update-index", "--index-info"], {
      cwd: dana.root,
      input: [1, 2, 3].map((stage) => `100644 ${blob} ${stage}\tOPEN.md\n`).join(""),
    });
    const open = await dana.hire(["sync"]);
    expect([open.code, open.stderr]).toEqual([2, expect.stringContaining("a conflict that is not settled")]);
    expect(execFileSync("git", ["-C", shared, "rev-parse", "main"], { encoding: "utf8" }).trim()).toBe(own);
    dana.git("reset", "--quiet");
    dana.git("config", "remote.origin.pushurl", `${shared}-other`);
    expect((await dana.hire(["sync"])).stderr).toContain("fetched from one repository and pushed to another");
  });
});

describe("names, wherever they would be shared", () => {
  test("are found in market files, in files of no place, and in the branch", async () => {
    await two();
    await dana.ok("names", "set", "backend", "amber-otter", "Jane Doe");
    const refused = async (): Promise<string> => {
      const { code, stdout } = await dana.hire(["sync"]);
      expect(code).toBe(1);
      dana.git("reset", "--quiet", "--hard", "origin/main");
      return stdout;
    };
    dana.write("markets/backend-fi.yaml", `${dana.read("markets/backend-fi.yaml")}# Jane Doe asked for more\n`);
    expect((await dana.hire(["check"])).stdout).toContain("markets/backend-fi.yaml");
    dana.commit("Pay");
    expect(await refused()).toContain("markets/backend-fi.yaml:");
    dana.write("NOTES.md", "Seen today\njane doe's papers\n");
    dana.commit("Notes");
    expect(await refused()).toContain("NOTES.md:2:1 candidate/personal-data: holds the name of a candidate");
    dana.git("switch", "--quiet", "--create", "about-jane-doe");
    await dana.ok(...log);
    dana.git("config", "push.followTags", "true");
    dana.git("tag", "--annotate", "met", "--message", "Jane Doe");
    expect((await dana.hire(["sync"])).stdout.replaceAll(/\s+/gu, " ")).toContain("the branch has the name of a candidate in its own");
    dana.git("branch", "--move", "notes");
    await dana.ok("sync");
    expect(execFileSync("git", ["-C", shared, "tag"], { encoding: "utf8" })).toBe("");
  });

  test("people on our side are no candidates, though one may be", async () => {
    await two();
    await dana.ok("names", "set", "backend", "amber-otter", "Ana Silva");
    const { stdout } = await dana.hire(["check"]);
    expect(stdout).not.toMatch(/candidate\/personal-data|names not checked/u);
  });
});

describe("a pull request that takes something away", () => {
  const author = (repo: TestRepo, person: string, message: string): void => {
    repo.git("add", "--all");
    repo.git("commit", "--quiet", `--author=${person} <${person}@northwind.example>`, "--message", message);
  };
  const scorecard = `${folder}/evaluations/team--dana.yaml`;
  const found = async (base: string): Promise<string> => (await dana.hire(["check", "--base", base])).stdout;

  async function scored(): Promise<string> {
    await two();
    await dana.ok(
      "score",
      "backend",
      "amber-otter",
      "--stage",
      "team",
      "--rate",
      "mentoring=4",
      "--evidence",
      "mentoring=Two juniors carried the queue after her",
    );
    return dana.git("rev-parse", "HEAD").trim();
  }

  test("someone else's only scorecard, deleted", async () => {
    const base = await scored();
    dana.git("rm", "--quiet", scorecard);
    author(dana, "riku", "Tidy");
    expect(await found(base)).toContain("the scorecard team--dana.yaml was deleted by someone else");
    dana.git("reset", "--quiet", "--hard", base);
    dana.git("rm", "--quiet", scorecard);
    author(dana, "dana", "My own");
    expect(await found(base)).not.toContain("evaluation/edited");
  });

  test("a candidate renamed, with everything about them changed a little", async () => {
    const base = await scored();
    const renamed = folder.replace("otter", "badger");
    dana.git("mv", folder, renamed);
    for (const name of ["candidate.yaml", "evaluations/team--dana.yaml"]) dana.edit(`${renamed}/${name}`, "amber-otter", "amber-badger");
    dana.edit(`${renamed}/evaluations/team--dana.yaml`, "rating: 4", "rating: 1");
    dana.edit(`${renamed}/evaluations/team--dana.yaml`, /:00\+02:00/u, ":01+02:00");
    author(dana, "riku", "Tidy");
    expect(await found(base)).toContain("evaluation/edited");
  });

  test("a role renamed on one side, a candidate added on the other: what nobody would see is not shared", async () => {
    await two();
    dana.git("mv", "roles/backend", "roles/platform");
    dana.commit("Rename");
    await dana.ok("sync");
    await riku.ok("candidate", "add", "backend", "--id", "wise-crane");
    const { code, stdout } = await riku.hire(["sync"]);
    expect([code, stdout.replaceAll(/\s+/gu, " ")]).toEqual([
      1,
      expect.stringContaining("intake/missing: the role backend has no intake.yaml"),
    ]);
  });

  test("a candidate forgotten on one side, and gone on with on the other", async () => {
    await two();
    await dana.ok("forget", "backend", "amber-otter", "--early", "--yes");
    await dana.ok("sync");
    await riku.ok(...log);
    const { code, stdout } = await riku.hire(["sync", "--mine", "all"]);
    expect([code, stdout]).toEqual([1, expect.stringContaining("there is no candidate.yaml for 'amber-otter'")]);
  });
});
