import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/adapters/files.ts";
import { Reader } from "../../src/adapters/reader-thread.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { packageRoot } from "../support/repo.ts";

/** Enough folders and files for a thread to be worth it, and one of everything that is no plain text. */
function manyFolders(): { readonly root: string; readonly folders: readonly string[] } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "hire-many-")));
  const folders = Array.from({ length: 60 }, (_, index) => `roles/role-${index}`);
  for (const [index, folder] of folders.entries())
    for (let file = 0; file < 40; file += 1) {
      const path = join(root, folder, `candidates/kiwi-${file % 4}/note-${file}.yaml`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `role: ${index}\nfile: ${file}\nwords: ä„ö“${"x".repeat(file)}\n`);
    }
  for (const folder of folders.slice(-3)) {
    symlinkSync("/etc/hostname", join(root, folder, "link.yaml"));
    writeFileSync(join(root, folder, "bytes.yaml"), Buffer.from([0x61, 0xff, 0x62]));
    writeFileSync(join(root, folder, "large.yaml"), "x".repeat(256 * 1024 + 1));
    mkdirSync(join(root, folder, "sub/.git"), { recursive: true });
  }
  return { root, folders };
}

/** All of them; asked for so slowly that the thread is there before most of them are. */
async function readAll(packageFolder: string, root: string, folders: readonly string[]): Promise<readonly Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for await (const snapshot of nodeFiles(packageFolder).snapshots(root, folders)) {
    snapshots.push(snapshot);
    if (snapshots.length === 2) await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return snapshots;
}

/** A folder of hire's whose thread runs this. */
function packageWith(code: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "hire-package-"));
  mkdirSync(join(folder, "dist"));
  if (code !== undefined)
    writeFileSync(join(folder, "dist/reader.cjs"), `const { shared, port } = require("node:worker_threads").workerData; ${code}`);
  return folder;
}

/** What tells snapshots apart: files by path, with their bytes. */
const told = ({ files, listing }: Snapshot): unknown => [
  files
    .map(({ path, kind, size, text, bytes }) => ({
      path,
      kind,
      size,
      text,
      bytes: bytes === null ? null : Buffer.from(bytes).toString("hex"),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  listing?.paths,
  listing?.stamps.length,
];

describe("folders that are read ahead", () => {
  const { root, folders } = manyFolders();
  const one = folders.map((folder) => told(nodeFiles(packageRoot).snapshot(root, [folder])));

  test("are what they are when they are read one by one", async () => {
    expect((await readAll(packageRoot, root, folders)).map(told)).toEqual(one);
  });

  test.each([
    ["is not there", undefined],
    ["throws at once", 'throw new Error("no")'],
    ["cannot read one of them", "shared[40] = 1; port.postMessage(null); shared[40] = 2"],
  ])("are read all the same where the thread %s", async (_, code) => {
    expect((await readAll(packageWith(code), root, folders)).map(told)).toEqual(one);
  });

  // With one processor there is no thread.
  test.skipIf(availableParallelism() < 2)("come from the thread where it was faster", async () => {
    const own = packageWith(
      'shared[40] = 1; port.postMessage({ paths: ["x"], sizes: [3], texts: ["own"], others: [] }); shared[40] = 2; Atomics.notify(shared, 40)',
    );
    const snapshots = await readAll(own, root, folders);
    expect(snapshots[40]?.files.map(({ path, text }) => [path, text])).toEqual([["x", "own"]]);
    expect(snapshots.map(told).toSpliced(40, 1)).toEqual(one.toSpliced(40, 1));
  });

  test.skipIf(availableParallelism() < 2)("are not waited for for ever where the thread dies over them", async () => {
    const shared = new Int32Array(new SharedArrayBuffer(4 * 4));
    const script = join(packageWith("shared[1] = 1; shared[2] = 1; process.exit(1)"), "dist/reader.cjs");
    const reader = new Reader(script, { root, folders: folders.slice(0, 3), shared }, 50);
    await expect.poll(() => [...shared], { timeout: 20_000 }).toEqual([0, 1, 1, 0]);
    expect([reader.take(1), reader.take(2)]).toEqual([undefined, undefined]);
    reader.stop();
  });

  test("may be left before the last one", async () => {
    for await (const snapshot of nodeFiles(packageRoot).snapshots(root, folders)) {
      expect(told(snapshot)).toEqual(one[0]);
      break;
    }
  });
});
