import { expect, test } from "vitest";
import { columns, padEnd, wrap } from "../../src/report/style.ts";

test("columns: usual signs one each, wide letters two, marks and colour none", () => {
  expect(columns("weight 30 % → 45 % · “so” – …")).toBe(29);
  expect(columns("▁▄█")).toBe(3);
  expect(columns("漢字")).toBe(4);
  expect(columns("e\u0301te\u0301")).toBe(3);
  expect(columns("\u001b[31mred\u001b[0m")).toBe(3);
  expect(padEnd("漢", 4)).toBe("漢  ");
  expect(wrap("漢字 漢字", 5)).toEqual(["漢字", "漢字"]);
});
