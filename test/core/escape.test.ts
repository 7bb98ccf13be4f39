import { expect, test } from "vitest";
import { visible } from "../../src/core/escape.ts";

test("no control character but LF gets through", () => {
  expect(visible("a\u001b[31mb\u0007\r\n\u009b\u202e")).toBe("a\\x1b[31mb\\x07\\x0d\n\\x9b\\u202e");
  expect(visible("Zoë – ok")).toBe("Zoë – ok");
});
