import fc from "fast-check";
import { expect, test } from "vitest";
import { LogReader, type ReadCommit } from "../../src/adapters/objects.ts";

const id = (letter: string): string => letter.repeat(40);
const none = "0".repeat(40);
const text =
  `\u0001${id("a")}\0${id("b")} ${id("c")}\0Dana \u0001 Reyes\0dana@northwind.example\x002026-11-03T09:00:00+02:00\0Sign\0Riku <riku@northwind.example> Bo <bo@northwind.example>\0` +
  `\n:100644 100644 ${id("1")} ${id("2")} M\0roles/x/rubric.yaml\0:000000 100644 ${none} ${id("3")} A\0\u0001odd\nname\0` +
  // A merge that brought nothing has no entries.
  `\u0001${id("b")}\0\0\0\x002026-11-02T09:00:00Z\0\0\0` +
  `\u0001${id("d")}\0${id("e")}\0Riku\0riku@northwind.example\x002026-11-01T09:00:00Z\0\0\0\n::100644 100644 100644 ${id("5")} ${id("6")} ${id("7")} MM\0both\0:100644 000000 ${id("4")} ${none} D\0:000000\0`;

const commits: readonly ReadCommit[] = [
  {
    id: id("a"),
    parents: [id("b"), id("c")],
    author: { name: "Dana \u0001 Reyes", email: "dana@northwind.example" },
    at: "2026-11-03T09:00:00+02:00",
    message: "Sign",
    coAuthors: ["riku@northwind.example", "bo@northwind.example"],
    files: [
      { path: "roles/x/rubric.yaml", before: id("1"), after: id("2") },
      { path: "\u0001odd\nname", before: null, after: id("3") },
    ],
  },
  { id: id("b"), parents: [], author: { name: "", email: "" }, at: "2026-11-02T09:00:00Z", message: "", coAuthors: [], files: [] },
  {
    id: id("d"),
    parents: [id("e")],
    author: { name: "Riku", email: "riku@northwind.example" },
    at: "2026-11-01T09:00:00Z",
    message: "",
    coAuthors: [],
    // Of a merge, what it has from the first of its parents.
    files: [
      { path: "both", before: id("5"), after: id("7") },
      { path: ":000000", before: id("4"), after: null },
    ],
  },
];

test("a log is read the same however it is cut on its way", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const read: ReadCommit[] = [];
      const log = new LogReader((commit) => read.push(commit));
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      for (const [index, place] of places.slice(1).entries()) log.take(text.slice(places[index], place));
      log.end();
      expect(read).toEqual(commits);
    }),
  );
});
