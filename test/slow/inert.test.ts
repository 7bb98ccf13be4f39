import { marked } from "marked";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poisonedRepo } from "../support/poison.ts";
import type { TestRepo } from "../support/repo.ts";

let repo: TestRepo;
beforeAll(async () => {
  repo = await poisonedRepo();
}, 120_000);
afterAll(() => repo[Symbol.dispose]());

const role = "backend-engineer";
const shown: readonly (readonly string[])[] = [
  [],
  ["report", "--all", "--full"],
  ["diff", "HEAD~1", "HEAD", "--full"],
  ["drift", role, "--full"],
  ["rank", role, "--full"],
  ["debrief", role, "brisk-heron"],
  ["weigh", role],
  ["due", "--all"],
  ["market", "product-designer"],
  ["wins"],
  ["close", role],
  ["tell", role, "--digest", "--since", "2026-01-01"],
  ["review", role],
  ["candidate", "list", role],
  ["candidate", "show", role, "brisk-heron"],
  ["intake", role],
  ["rubric", role],
  ["check"],
];

describe("hostile words in every text field of every file", () => {
  test.each(shown.map((args) => [args.join(" ") || "hire alone", args] as const))("stay inert in a terminal: %s", async (_, args) => {
    // In GitHub's runner, lines must not be heard as commands either.
    const { code, stdout, stderr } = await repo.hire([...args, "--as", "dana"], { env: { GITHUB_ACTIONS: "true" } });
    expect(code, stderr).toBeLessThan(2);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(stdout).not.toMatch(/^\s*::/mu);
  });

  test.each(
    [
      ["report", "--all", "--full"],
      ["diff", "HEAD~1", "HEAD"],
      ["drift", role],
      ["due", "--all"],
      ["market", "product-designer"],
      ["wins"],
      ["tell", role, "--digest"],
      ["debrief", role, "brisk-heron"],
      ["check"],
    ].map((args) => [args.join(" "), args] as const),
  )("stay inert in Markdown: %s", async (_, args) => {
    const { code, stdout, stderr } = await repo.hire([...args, "--as", "dana", "--format", "markdown"]);
    expect(code, stderr).toBeLessThan(2);
    const page = await marked.parse(stdout);
    expect(page).not.toMatch(/<(?:script|img|iframe|a\s)/iu);
    expect(page).not.toMatch(/href=|@everyone/u);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  });

  test("stay inert in a page", async () => {
    const { stdout } = await repo.hire(["report", "--all", "--format", "html"]);
    expect(stdout).toContain("&lt;script&gt;");
    expect(stdout).not.toMatch(/<(?:script|img|iframe|object|embed|link|base)\b/iu);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    // What links there are lead within the page.
    expect(stdout.match(/href="[^#"][^"]*"/gu)).toBeNull();
  });
});
