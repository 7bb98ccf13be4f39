import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../support/repo.ts";

const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as {
  readonly dependencies?: object;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};

test("installing it runs nothing and brings nothing: no dependencies, no install scripts, exact pins of what is bundled", () => {
  expect(dependencies).toBeUndefined();
  expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/u.test(name))).toEqual([]);
  expect(Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
});
