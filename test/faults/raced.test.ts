import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agreedRepo, TestRepo } from "../support/repo.ts";
import { leftOvers, runFaulty, tell } from "./faulty-hire.ts";

const events = "roles/backend/candidates/amber-otter/events.yaml";

function notesIn(repo: TestRepo, revision = "HEAD"): readonly string[] {
  return [...repo.git("show", `${revision}:${events}`).matchAll(/note: (\S+)/gu)].map(([, note = ""]) => note.replace(/\W+$/u, ""));
}

test("eight writers in one clone, twenty events each, into one file", async () => {
  const [writers, each] = [8, 20];
  using repo = new TestRepo(await agreedRepo());
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  await repo.ok("log", "backend", "amber-otter", "presented");
  repo.write("notes.txt", "staged\n");
  repo.git("add", "notes.txt");
  const before = Number(repo.git("rev-list", "--count", "HEAD"));
  const failed: string[] = [];
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let index = 0; index < each; index += 1) {
        const { code, stderr } = await runFaulty(repo, ["log", "backend", "amber-otter", "concern", "--note", `w${writer}n${index}`]);
        if (code !== 0) failed.push(stderr);
      }
    }),
  );
  expect(failed).toEqual([]);
  const notes = notesIn(repo);
  const commits = Number(repo.git("rev-list", "--count", "HEAD")) - before;
  tell(
    `${writers} writers in one clone, ${each} events each, one file`,
    `${new Set(notes).size} of ${writers * each} events, ${commits} commits`,
  );
  expect([notes.length, new Set(notes).size, commits]).toEqual([writers * each, writers * each, writers * each]);
  expect([repo.git("status", "--porcelain"), leftOvers(repo)]).toEqual(["A  notes.txt\n", []]);
});

test("a lock that another git holds is waited for, and never taken away", async () => {
  using repo = new TestRepo(await agreedRepo());
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  const log = ["log", "backend", "amber-otter", "presented"];
  writeFileSync(repo.path(".git/HEAD.lock"), "");
  const held = await repo.hire(log);
  expect([held.code, held.stderr]).toEqual([3, expect.stringContaining("HEAD.lock is held")]);
  const waiting = repo.hire(log);
  setTimeout(() => rmSync(repo.path(".git/HEAD.lock")), 1000);
  expect((await waiting).stderr).toContain("Finished what was interrupted");
  expect(leftOvers(repo)).toEqual([]);
});

/** Milliseconds in which clones begin something new: a slow machine logs fewer events, and loses as few. */
const enough = 360_000;

test("sixteen clones on one shared repository, up to twenty-five events each, into one file", async () => {
  const [clones, each] = [16, 25];
  using first = new TestRepo(await agreedRepo());
  const shared = mkdtempSync(join(tmpdir(), "hire-shared-"));
  const repos: TestRepo[] = [];
  try {
    await first.ok("candidate", "add", "backend", "--id", "amber-otter");
    await first.ok("log", "backend", "amber-otter", "presented");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", shared]);
    first.git("remote", "add", "origin", shared);
    await first.ok("sync");
    for (let index = 0; index < clones; index += 1) repos.push(new TestRepo(first));
    let later = 0;
    let begun = 0;
    const failed: string[] = [];
    const started = performance.now();
    await Promise.all(
      repos.map(async (repo, clone) => {
        for (let index = 0; index < each && performance.now() - started < enough; index += 1) {
          begun += 1;
          const logged = await runFaulty(repo, ["log", "backend", "amber-otter", "concern", "--note", `c${clone}n${index}`]);
          if (logged.code !== 0) failed.push(logged.stderr);
          const synced = await runFaulty(repo, ["sync"]);
          // Not now is an answer: what is saved here is shared the next time.
          if (synced.code === 3) later += 1;
          else if (synced.code !== 0) failed.push(synced.stderr);
        }
        for (let again = 0; again < 20 && (await runFaulty(repo, ["sync"])).code === 3; again += 1) later += 1;
      }),
    );
    expect(failed).toEqual([]);
    await first.ok("sync");
    const notes = notesIn(first);
    tell(
      `${clones} clones on one shared repository, up to ${each} events each, one file`,
      `${new Set(notes).size} of ${begun} events, ${later} times "not now"`,
    );
    expect(begun).toBeGreaterThanOrEqual(clones);
    expect([notes.length, new Set(notes).size]).toEqual([begun, begun]);
    expect(first.git("rev-list", "--merges", "HEAD")).toBe("");
    for (const repo of repos) expect([repo.git("status", "--porcelain"), leftOvers(repo)]).toEqual(["", []]);
  } finally {
    for (const repo of repos) repo[Symbol.dispose]();
    rmSync(shared, { recursive: true, force: true });
  }
});
