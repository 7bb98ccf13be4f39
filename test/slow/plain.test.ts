import { test } from "vitest";
import { holdOnPieces, holdOnWritten } from "../support/plain.ts";

test("the fast reader of files and the strict one have one answer, on half a million texts", () => {
  holdOnPieces(300_000);
  holdOnWritten(200_000);
});
