import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agreedRepo, onceMade, TestRepo } from "../support/repo.ts";
import { inTurns, leftOvers, runFaulty, tell } from "./faulty-hire.ts";

const events = "roles/backend/candidates/amber-otter/events.yaml";
const log = ["log", "backend", "amber-otter", "concern", "--note", "Another offer"] as const;

const start = onceMade(async () => {
  const repo = new TestRepo(await agreedRepo());
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  await repo.ok("log", "backend", "amber-otter", "presented");
  return repo;
});

/** The old file is whole, or the new one is. */
function expectOldOrNew(repo: TestRepo, before: string): void {
  const now = repo.read(events);
  expect(now === before || (now.startsWith(before) && now.trimEnd().endsWith("note: Another offer }"))).toBe(true);
  expect(repo.git("fsck", "--strict", "--no-dangling")).toBe("");
}

describe("a disk that fails", () => {
  test.each(["EIO", "ENOSPC", "EROFS"])(
    "%s at each step that changes it: exit 4, nothing lost, and the same command ends it",
    async (error) => {
      using first = await start();
      const before = first.read(events);
      const commits = Number(first.git("rev-list", "--count", "HEAD"));
      using counted = new TestRepo(first);
      const { steps } = await runFaulty(counted, log, { fault: "count" });
      let told = 0;
      await inTurns([...steps.keys()], 2, async (index) => {
        using repo = new TestRepo(first);
        const failed = await runFaulty(repo, log, { fault: `${error}:${index + 1}` });
        expect(failed.code, `${index + 1}, ${steps[index] ?? ""}: ${failed.stderr}`).toBe(4);
        expect(failed.stderr).toMatch(/disk is full|disk reports an error|disk is read-only/u);
        expectOldOrNew(repo, before);
        told += 1;
        const again = await runFaulty(repo, log);
        expect(again.code, `after ${index + 1}, ${steps[index] ?? ""}: ${again.stderr}`).toBe(0);
        // What failed behind its end was done: the same words again are another event then.
        const made = Number(repo.git("rev-list", "--count", "HEAD")) - commits;
        expect(made, steps[index]).toBe(steps[index] === "leave the lock" ? 2 : 1);
        expect([repo.git("status", "--porcelain"), leftOvers(repo)]).toEqual(["", []]);
      });
      tell(
        `log: ${error} at each of its ${steps.length} steps`,
        `${told} of ${steps.length} end with 4, old file whole, done when run again`,
      );
      expect(told).toBe(steps.length);
    },
  );

  test.skipIf(process.platform === "win32")("files may not grow (ulimit -f): exit 4, old file whole", async () => {
    using repo = await start();
    const before = repo.read(events);
    let tried = 0;
    for (const blocks of [0, 1, 2]) {
      const ended = await runFaulty(repo, ["intake", "backend", "--set", `why=${"Because it matters. ".repeat(400)}`], {
        shell: `trap '' XFSZ; ulimit -f ${blocks};`,
      });
      expect(ended.code, ended.stderr).toBe(4);
      tried += 1;
      expectOldOrNew(repo, before);
    }
    await repo.ok("intake", "backend", "--set", "why=Because it matters.");
    expect([repo.git("status", "--porcelain"), leftOvers(repo)]).toEqual(["", []]);
    tell("intake: files may not grow past 0, 1 and 2 blocks (ulimit -f)", `${tried} of 3 end with 4, old file whole`);
  });

  test("a full disk: exit 4, old files whole, and done when there is room", async ({ skip }) => {
    const disk = smallDisk();
    if (disk === undefined) {
      console.log("full disk: skipped, as no small disk can be had here (mount needs rights, /dev/shm is large or missing)");
      skip();
      return;
    }
    let tried = 0;
    try {
      using first = await start();
      for (const left of [0, 1, 2, 4, 8, 16, 32]) {
        const root = join(disk.folder, `r${left}`);
        cpSync(first.root, root, { recursive: true });
        const repo = { root, env: first.env };
        const before = first.read(events);
        const filler = fill(disk.folder, left * 4096);
        const ended = await runFaulty(repo, log);
        expect([0, 4], `${left}: ${ended.stderr}`).toContain(ended.code);
        rmSync(filler);
        const text = execFileSync("cat", [join(root, events)], { encoding: "utf8" });
        expect(text === before || text.includes("Another offer")).toBe(true);
        const again = await runFaulty(repo, log);
        expect(again.code, again.stderr).toBe(0);
        const git = (...words: readonly string[]): string =>
          execFileSync("git", ["-C", root, ...words], { env: first.env, encoding: "utf8" });
        expect([git("status", "--porcelain"), git("fsck", "--strict", "--no-dangling")]).toEqual(["", ""]);
        expect(git("show", `HEAD:${events}`)).toContain("Another offer");
        rmSync(root, { recursive: true, force: true });
        tried += 1;
      }
    } finally {
      disk.release();
    }
    tell("log: a full disk, with 0 to 32 blocks left", `${tried} of 7 end with 0 or 4, old file whole, done when there is room`);
    expect(tried).toBe(7);
  });

  test.skipIf(process.platform === "win32")("folders one may not write to: exit 4, nothing touched", async () => {
    using repo = await start();
    const before = repo.read(events);
    const isRoot = process.getuid?.() === 0;
    const nobody = 65_534;
    if (isRoot) execFileSync("chown", ["-R", `${nobody}:${nobody}`, repo.root]);
    let tried = 0;
    for (const folder of ["roles/backend/candidates/amber-otter", ".git", ".git/hire", ".git/objects", ".git/refs/heads"]) {
      const modes = execFileSync("find", [repo.path(folder), "-type", "d"], { encoding: "utf8" })
        .trim()
        .split("\n");
      for (const path of modes) chmodSync(path, 0o555);
      const ended = await runFaulty(repo, log, { ...(isRoot ? { uid: nobody } : {}), env: { HOME: "/nonexistent" } });
      for (const path of modes) chmodSync(path, 0o755);
      expect(ended.code, `${folder}: ${ended.stderr}`).toBe(4);
      expect(ended.stderr).toContain("permission denied");
      expect(repo.read(events) === before || folder.startsWith(".git/")).toBe(true);
      tried += 1;
    }
    const again = await runFaulty(repo, log, isRoot ? { uid: nobody } : {});
    expect(again.code, again.stderr).toBe(0);
    tell("log: five folders one may not write to, as a user without rights", `${tried} of 5 end with 4`);
  });
});

describe("other things that go wrong", () => {
  test("a clock that jumps back: what was logged stays, and what is logged then is there too", async () => {
    using repo = await start();
    for (const now of ["2026-11-20T10:00:00+02:00", "2026-11-01T10:00:00+02:00", "1999-12-31T23:59:59-11:00"])
      expect((await runFaulty(repo, log, { env: { NOW: now } })).code).toBe(0);
    expect(repo.read(events).match(/Another offer/gu)).toHaveLength(3);
    expect((await runFaulty(repo, ["report"], { env: { NOW: "2001-01-01T00:00:00Z" } })).code).toBe(0);
    tell("clock: three events, each earlier than the one before", "3 of 3 kept");
  });

  test("nobody reads what is printed: exit 4 or 0, no stack", async () => {
    using repo = await start();
    let tried = 0;
    for (const args of [["report"], ["check"], ["due"], ["schema"], ["rules"], ["report", "--format", "html"]]) {
      const { status, stderr } = spawnSync("/bin/sh", ["-c", `"$0" "$@" >&-`, process.execPath, "bin/hire.js", ...args, "-C", repo.root], {
        env: repo.env,
        encoding: "utf8",
      });
      expect([0, 4], `${args.join(" ")}: ${stderr}`).toContain(status);
      expect(stderr).not.toContain("    at ");
      tried += 1;
    }
    tell("stdout is closed before six commands begin", `${tried} of 6 end with 0 or 4, and no stack`);
  });
});

/** A disk of a few megabytes that one may fill: a mount of its own, else a shared memory that is small. */
function smallDisk(): { readonly folder: string; release(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "hire-disk-"));
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], { stdio: "ignore" }).status === 0)
    return {
      folder,
      release() {
        spawnSync("umount", ["-l", folder]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  rmSync(folder, { recursive: true, force: true });
  if (!existsSync("/dev/shm")) return undefined;
  const { bavail, bsize } = statfsSync("/dev/shm");
  if (bavail * bsize > 256 << 20) return undefined;
  const inMemory = join("/dev/shm", `hire-disk-${process.pid}`);
  mkdirSync(inMemory);
  return { folder: inMemory, release: () => rmSync(inMemory, { recursive: true, force: true }) };
}

/** Fills a disk but for some bytes. */
function fill(folder: string, left: number): string {
  const path = join(folder, "filler");
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  return path;
}
