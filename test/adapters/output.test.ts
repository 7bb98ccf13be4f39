import { expect, test } from "vitest";
import { isColoured } from "../../src/adapters/output.ts";

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ TERM: "dumb" }, true, false],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "3", NO_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "false" }, true, false],
])("%j on a terminal (%s) means colour: %s", (env, terminal, colour) => expect(isColoured(env, terminal)).toBe(colour));
