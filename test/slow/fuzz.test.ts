import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { demoRepo } from "../support/demo.ts";
import { holdOnEdits, holdOnReading, mutated, runs } from "../support/fuzz.ts";
import { TestRepo } from "../support/repo.ts";

const demo = await demoRepo();
const paths = execFileSync("git", ["ls-files", "hire.yaml", "markets", "roles"], { cwd: demo.root, encoding: "utf8" }).trim().split("\n");
const files = new Map(paths.map((path) => [path, demo.read(path)]));

test("reader, edits and merges hold on ten thousand changed files", () => {
  fc.assert(
    fc.property(mutated(files), ([path, text]) => holdOnReading(path, text)),
    runs(10_000),
  );
  fc.assert(
    fc.property(mutated(files, 2), ([path, text]) => {
      holdOnEdits(path, files.get(path) ?? "", text);
      holdOnEdits(path, text, files.get(path) ?? "");
    }),
    runs(1_000),
  );
});

const shown: readonly (readonly string[])[] = [
  ["check"],
  ["check", "--base", "HEAD~3", "--format", "sarif"],
  ["diff"],
  ["diff", "--full", "--format", "markdown"],
  ["report", "--all", "--full"],
  ["report", "--all", "--format", "html"],
  ["report", "--all", "--format", "markdown"],
  ["report", "--all", "--json"],
  ["drift", "backend-engineer", "--full"],
  ["due", "--all"],
  ["rank", "backend-engineer", "--full"],
  ["debrief", "backend-engineer", "brisk-heron"],
  ["weigh", "backend-engineer"],
  ["market", "backend-engineer"],
  ["tell", "backend-engineer", "--digest", "--since", "2026-01-01"],
  ["wins"],
  ["forget", "--due"],
  ["candidate", "show", "backend-engineer", "amber-otter", "--export", "-", "--as", "riku"],
];

test("every answer holds on a repository whose files were changed in any way", async () => {
  using repo = new TestRepo(demo);
  await fc.assert(
    fc.asyncProperty(fc.array(mutated(files, 2), { minLength: 1, maxLength: 3 }), async (changes) => {
      for (const [path, text] of files) repo.write(path, text);
      for (const [path, text] of changes) repo.write(path, text);
      for (const args of shown) {
        const { code, stdout, stderr } = await repo.hire(args);
        const what = `${args.join(" ")}: ${stderr}`;
        expect(code, what).toBeLessThan(4);
        expect(stderr, what).not.toContain("a bug in hire");
        if (!args.includes("html") && !args.includes("sarif"))
          expect(stdout + stderr, what).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
    runs(60),
  );
});
