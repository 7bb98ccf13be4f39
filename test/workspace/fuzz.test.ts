import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdOnEdits, holdOnReading, mutated, runs } from "../support/fuzz.ts";
import { fixture, searchFiles } from "../support/repo.ts";

const files = new Map(searchFiles.map((path) => [path as string, fixture(`search/${path}`)]));

/** Texts on which something failed once. */
const seeds: readonly (readonly [path: string, text: string])[] = [];

describe("files that were changed in any way", () => {
  test("are read, or reported at their places", () => {
    for (const [path, text] of seeds) holdOnReading(path, text);
    fc.assert(
      fc.property(mutated(files), ([path, text]) => holdOnReading(path, text)),
      runs(600),
    );
  });

  test("are edited to what was meant, and brought together with what they were", () => {
    fc.assert(
      fc.property(mutated(files, 2), ([path, text]) => {
        holdOnEdits(path, files.get(path) ?? "", text);
        holdOnEdits(path, text, files.get(path) ?? "");
      }),
      runs(150),
    );
  });

  test("there is something to change", () => expect(files.size).toBe(searchFiles.length));
});
