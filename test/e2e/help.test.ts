import { afterAll, beforeAll, expect, test } from "vitest";
import { commandTable } from "../../src/commands/table.ts";
import { columns } from "../../src/report/style.ts";
import { TestRepo } from "../support/repo.ts";

let repo: TestRepo;
beforeAll(() => {
  repo = new TestRepo();
});
afterAll(() => repo[Symbol.dispose]());

test.each([[], ...commandTable.map(({ name }) => [name])].map((words) => [["hire", ...words, "--help"].join(" "), words] as const))(
  "%s fits the width it is read at",
  async (_, words) => {
    for (const width of [80, 120]) {
      const { code, stdout } = await repo.hire([...words, "--help"], { width });
      expect(code).toBe(0);
      expect(stdout).toContain("Usage: hire");
      expect(stdout.split("\n").filter((line) => columns(line) > width)).toEqual([]);
    }
  },
);
