import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, type TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const flat = (text: string): string => text.replaceAll(/\s+/gu, " ");
const intake = "roles/backend/intake.yaml";
const market = "markets/backend-fi.yaml";

async function commonMustHaves(): Promise<void> {
  repo = await agreedRepo();
  repo.edit(intake, "parts fail, outcome: pager }", "parts fail, outcome: pager, prevalence: 0.5 }");
  repo.edit(intake, "their own work }", "their own work, prevalence: 0.7 }");
  repo.write(intake, `${repo.read(intake)}flexes: [mentoring, start_by]\n`);
}

describe("is the brief realistic", () => {
  test("pay, pool, funnel, weeks and flexes, each with what it rests on", async () => {
    await commonMustHaves();
    const text = await repo.ok("market", "backend");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(flat(text)).toMatch(/Pay 72 000 EUR: \d+ of 100 earn no more; 90 000 EUR: \d+ of 100 earn no more\./u);
    expect(flat(text)).toContain("failure-design and mentoring together: between 20 and 50 of 100 (35 if none says anything of another)");
    expect(flat(text)).toContain("without mentoring: 50 of 100, instead of between 20 and 50 of 100");
    expect(flat(text)).toContain("start_by: no figure says what giving it up would gain.");
    expect(text).toContain("A market says what is");
    const json = outputOf<{ pool: { independent: number }; counted: string[]; payRefused: string | null }>(
      await repo.ok("market", "backend", "--json"),
    );
    expect(json).toMatchObject({ counted: ["failure-design", "mentoring"], payRefused: null });
    expect(json.pool.independent).toBeCloseTo(0.35, 12);
    expect(await repo.ok("market", "backend", "--format", "markdown")).toContain("- **Pool**");
  });

  test("what nobody wrote down is named, and no figure is made up for it", async () => {
    repo = await agreedRepo();
    const text = flat(await repo.ok("market", "backend"));
    expect(text).toContain(
      "the brief says of no must-have how common it is. How common failure-design and mentoring are, nobody wrote down",
    );
    repo.edit(intake, "currency: EUR", "currency: SEK");
    expect(flat(await repo.ok("market", "backend"))).toContain("backend-fi counts pay in another currency or period.");
    repo.edit(intake, ", market: backend-fi", "");
    repo.git("rm", "--quiet", market);
    const none = flat(await repo.ok("market", "backend"));
    expect(none).toContain("the brief names no market");
    expect(none).toContain("No market figures: markets/<market>.yaml holds them");
    expect(outputOf(await repo.ok("market", "backend", "--json"))).toMatchObject({
      market: null,
      pay: null,
      payRefused: "no market",
      funnel: null,
    });
  });

  test("old figures are said to be old; a confidence that is none is refused", async () => {
    repo = await agreedRepo();
    repo.edit(market, /as_of: .*/u, 'as_of: "2025-01-02"');
    expect(flat(await repo.ok("market", "backend"))).toMatch(/2025-01-02\. These are 22 months old: ask for newer ones\./u);
    expect(await repo.hire(["market", "backend", "--confidence", "80"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--confidence 0.95"),
    });
  });
});
