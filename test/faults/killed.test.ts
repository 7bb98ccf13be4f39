import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "vitest";
import { agreedRepo, onceMade, rated, TestRepo } from "../support/repo.ts";
import { inTurns, leftOvers, runFaulty, tell } from "./faulty-hire.ts";

const market = "markets/backend-fi.yaml";
const notes = "staged\n";
const changed = "staged\nand changed\n";

/** Someone at work: a search, and things of their own staged and changed. */
const atWork = onceMade(async () => {
  const repo = new TestRepo(await agreedRepo());
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  await repo.ok("log", "backend", "amber-otter", "interviewed", "--stage", "team");
  withOwnWork(repo);
  return repo;
});

function withOwnWork(repo: TestRepo): void {
  repo.write("notes.txt", notes);
  repo.git("add", "notes.txt");
  repo.write("notes.txt", changed);
  repo.edit(market, "p50: 72000", "p50: 73000");
}

/** Nothing of a person's own work is lost or committed, every file is whole, git is sound. */
async function expectWhole(repo: TestRepo): Promise<void> {
  expect(repo.read("notes.txt")).toBe(changed);
  expect(repo.read(market)).toContain("p50: 73000");
  expect(repo.git("show", ":notes.txt")).toBe(notes);
  expect(repo.git("fsck", "--strict", "--no-dangling")).toBe("");
  const { stdout } = await repo.hire(["check", "--json"]);
  const findings = (JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string }[] }).findings;
  expect(findings.filter(({ rule }) => /^yaml|^schema|^layout/u.test(rule))).toEqual([]);
}

const score = ["score", "backend", "amber-otter", "--stage", "team"].concat(
  rated({ mentoring: [4, "Two juniors carried the queue after half a year"] }),
  ["--recommendation", "hire", "--confidence", "high", "--key-reason", "Brings others along"],
);
const commands: readonly (readonly [name: string, args: readonly string[], path: string, holds: string | null])[] = [
  ["score", score, "roles/backend/candidates/amber-otter/evaluations/team--dana.yaml", "Two juniors carried the queue"],
  ["agree", ["agree", "backend"], "roles/backend/agreements/dana.yaml", "earlier:"],
  [
    "change of two files",
    [
      "change",
      "backend",
      "--set",
      "decision.bar=3.6",
      "--summary",
      "A higher bar",
      "--reason",
      "Bo leaves the rotation in January, so the new hire is alone.",
      "--scores",
      "keep",
    ],
    "roles/backend/rubric.yaml",
    "bar: 3.6",
  ],
  [
    "unseal",
    ["unseal", "backend", "amber-otter", "--without", "ana", "--without", "bo", "--identity", ".git/key"],
    "roles/backend/candidates/amber-otter/evaluations/team--dana.yaml",
    "Two juniors carried the queue",
  ],
  ["forget", ["forget", "backend", "amber-otter", "--early", "--yes"], "roles/backend/candidates/amber-otter/events.yaml", null],
];

/** What someone sealed before. */
async function seal(repo: TestRepo): Promise<void> {
  const identity = await generateX25519Identity();
  const key = await identityToRecipient(identity);
  const deputy = await identityToRecipient(await generateX25519Identity());
  repo.write(".git/key", `${identity}\n`);
  repo.write("hire.yaml", `${repo.read("hire.yaml")}seal: [{ person: riku, key: ${key} }, { person: dana, key: ${deputy} }]\n`);
  repo.git("commit", "--quiet", "--message", "Seal", "hire.yaml");
  await repo.ok(...score);
}

/** A clone, and what it is shared through. */
interface Shared {
  readonly repo: TestRepo;
  readonly remote: string;
}

interface Apart {
  /** What git says of work that is not committed. */
  readonly status: string;
  /** The same once more. */
  again(): Shared & { [Symbol.dispose](): void };
  [Symbol.dispose](): void;
}

/** A clone whose events and rubric were changed here and, shared already, elsewhere; with work of its own that is not committed. */
async function goneApart(): Promise<Apart> {
  const shared = mkdtempSync(join(tmpdir(), "hire-shared-"));
  using dana = new TestRepo(await agreedRepo());
  await dana.ok("candidate", "add", "backend", "--id", "amber-otter");
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", shared]);
  dana.git("remote", "add", "origin", shared);
  await dana.ok("sync");
  const riku = new TestRepo(dana);
  await riku.ok("log", "backend", "amber-otter", "presented");
  await riku.ok("rubric", "--set", "decision.bar=3.6");
  await dana.ok("log", "backend", "amber-otter", "concern", "--note", "Another offer");
  await dana.ok("candidate", "add", "backend", "--id", "brisk-heron");
  await dana.ok("sync");
  withOwnWork(riku);
  return {
    status: riku.git("status", "--porcelain"),
    again() {
      const repo = new TestRepo(riku);
      const remote = `${repo.root}-shared`;
      execFileSync("cp", ["-r", shared, remote]);
      repo.git("remote", "set-url", "origin", remote);
      return {
        repo,
        remote,
        [Symbol.dispose]() {
          repo[Symbol.dispose]();
          rmSync(remote, { recursive: true, force: true });
        },
      };
    },
    [Symbol.dispose]() {
      riku[Symbol.dispose]();
      rmSync(shared, { recursive: true, force: true });
    },
  };
}

/** Both sides' work stands here and where it is shared, and nothing else was touched. */
async function expectShared({ repo, remote }: Shared, status: string): Promise<void> {
  await expectWhole(repo);
  expect(repo.git("status", "--porcelain")).toBe(status);
  expect(repo.read("roles/backend/candidates/amber-otter/events.yaml")).toMatch(
    /Another offer[\s\S]*presented|presented[\s\S]*Another offer/u,
  );
  expect(repo.read("roles/backend/rubric.yaml")).toContain("bar: 3.6");
  expect(execFileSync("git", ["-C", remote, "rev-parse", "main"], { encoding: "utf8" })).toBe(repo.git("rev-parse", "HEAD"));
  expect(leftOvers(repo)).toEqual([]);
}

describe("killed before each step that changes the disk", () => {
  test.each(commands)("%s: nothing lost, and the same command ends it", async (name, args, path, holds) => {
    const start = await atWork();
    // Something to agree to anew.
    if (name === "unseal") await seal(start);
    if (name === "agree") await start.ok("rubric", "--set", "decision.bar=3.8");
    const before = Number(start.git("rev-list", "--count", "HEAD"));
    const status = start.git("status", "--porcelain");
    using counted = new TestRepo(start);
    const { code, steps, stderr } = await runFaulty(counted, args, { fault: "count" });
    expect([code, stderr]).toEqual([0, expect.stringContaining("committed as")]);
    let fine = 0;
    await inTurns([...steps.keys()], 2, async (index) => {
      using repo = new TestRepo(start);
      const killed = await runFaulty(repo, args, { fault: `kill:${index + 1}` });
      expect(killed.signal, `${steps[index] ?? ""}: ${killed.stderr}`).toBe("SIGKILL");
      await expectWhole(repo);
      const wasDone = Number(repo.git("rev-list", "--count", "HEAD")) === before + 1;
      const again = await runFaulty(repo, args);
      // What is done already is said to be.
      const isDone = wasDone && /--amend|nothing would change|nothing is sealed|there is no candidate/u.test(again.stderr);
      expect(isDone || again.code === 0, `after ${index + 1}, ${steps[index] ?? ""}: ${again.stderr}`).toBe(true);
      await expectWhole(repo);
      if (holds === null) expect(repo.git("ls-tree", "HEAD", path)).toBe("");
      else expect(repo.git("show", `HEAD:${path}`)).toContain(holds);
      expect([Number(repo.git("rev-list", "--count", "HEAD")), repo.git("status", "--porcelain")]).toEqual([before + 1, status]);
      expect(leftOvers(repo)).toEqual([]);
      fine += 1;
    });
    start[Symbol.dispose]();
    tell(
      `${name}: killed before each of its ${steps.length} steps, then run again`,
      `${fine} of ${steps.length} whole and done, 0 bytes lost`,
    );
    expect(fine).toBe(steps.length);
  });

  test("sync: nothing lost, and the same command ends it", async () => {
    using apart = await goneApart();
    let steps: readonly string[];
    {
      using counted = apart.again();
      const ran = await runFaulty(counted.repo, ["sync"], { fault: "count" });
      expect([ran.code, ran.stderr]).toEqual([0, ""]);
      steps = ran.steps;
    }
    let fine = 0;
    await inTurns([...steps.keys()], 2, async (index) => {
      using clone = apart.again();
      const killed = await runFaulty(clone.repo, ["sync"], { fault: `kill:${index + 1}` });
      expect(killed.signal).toBe("SIGKILL");
      expect(clone.repo.read("notes.txt")).toBe(changed);
      const again = await runFaulty(clone.repo, ["sync"]);
      expect(again.code, `after ${index + 1}, ${steps[index] ?? ""}: ${again.stderr}`).toBe(0);
      await expectShared(clone, apart.status);
      fine += 1;
    });
    tell(
      `sync: killed before each of its ${steps.length} steps, then run again`,
      `${fine} of ${steps.length} whole and done, 0 bytes lost`,
    );
    expect(fine).toBe(steps.length);
  });
});

/** A job for each of some moments, in milliseconds, spread over a stretch of them. */
function moments(count: number, from: number, to: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + (index * (to - from)) / count);
}

/** Runs hire and kills it at a moment with every git it started; whether that came before its end. */
async function killedAt(repo: TestRepo, args: readonly string[], delay: number): Promise<boolean> {
  const { signal } = await runFaulty(repo, args, {
    with: (child) =>
      void setTimeout(() => {
        try {
          process.kill(-(child.pid ?? 0), "SIGKILL");
        } catch {
          // It has ended.
        }
      }, delay),
  });
  return signal === "SIGKILL";
}

describe("killed at any moment, with every git it started", () => {
  test.each(commands.filter(([name]) => ["score", "change of two files"].includes(name)))(
    "%s: nothing lost, and the same command ends it",
    async (name, args, path, holds) => {
      const tries = 60;
      const start = await atWork();
      const status = start.git("status", "--porcelain");
      const before = Number(start.git("rev-list", "--count", "HEAD"));
      let killed = 0;
      let fine = 0;
      await inTurns(moments(tries, 60, 400), 2, async (delay) => {
        using repo = new TestRepo(start);
        const isKilled = await killedAt(repo, args, delay);
        await expectWhole(repo);
        if (isKilled) {
          killed += 1;
          const again = await runFaulty(repo, args);
          // Killed behind its last step it is done, and said to be.
          const isDone = /--amend|nothing would change/u.test(again.stderr);
          expect(isDone || again.code === 0, `after ${delay} ms: ${again.stderr}`).toBe(true);
        }
        await expectWhole(repo);
        expect(repo.git("show", `HEAD:${path}`)).toContain(holds);
        expect([Number(repo.git("rev-list", "--count", "HEAD")), repo.git("status", "--porcelain")]).toEqual([before + 1, status]);
        // Where it was done already, nobody wrote since: whoever writes next takes away what was left.
        if (leftOvers(repo).length > 0) {
          const next = await runFaulty(repo, ["log", "backend", "amber-otter", "concern", "--note", "Another offer"]);
          expect(next.code, `after ${delay} ms: ${next.stderr}`).toBe(0);
        }
        expect(leftOvers(repo)).toEqual([]);
        fine += 1;
      });
      start[Symbol.dispose]();
      tell(
        `${name}: killed at ${tries} moments, with every git it started (${killed} before its end)`,
        `${fine} of ${tries} whole and done, 0 bytes lost`,
      );
      expect(fine).toBe(tries);
    },
  );

  test("sync: nothing lost, and the same command ends it", async () => {
    const tries = 60;
    using apart = await goneApart();
    let killed = 0;
    let fine = 0;
    await inTurns(moments(tries, 60, 1200), 2, async (delay) => {
      using clone = apart.again();
      if (await killedAt(clone.repo, ["sync"], delay)) killed += 1;
      expect(clone.repo.read("notes.txt")).toBe(changed);
      const again = await runFaulty(clone.repo, ["sync"]);
      expect(again.code, `after ${delay} ms: ${again.stderr}`).toBe(0);
      await expectShared(clone, apart.status);
      fine += 1;
    });
    tell(
      `sync: killed at ${tries} moments, with every git it started (${killed} before its end)`,
      `${fine} of ${tries} whole and done, 0 bytes lost`,
    );
    expect(fine).toBe(tries);
  });
});
