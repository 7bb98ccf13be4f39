import fc from "fast-check";
import { expect } from "vitest";
import { load } from "../../src/workspace/load.ts";
import { editYaml } from "../../src/workspace/edit.ts";
import { mergeTexts } from "../../src/workspace/merge.ts";
import { readYaml } from "../../src/workspace/yaml.ts";
import { same } from "../../src/core/same.ts";

/** What breaks readers: pieces that a mutation puts anywhere in a sound text. */
const nasty = fc.constantFrom(
  ..."\u0000 \u001b \u009b \u202e \u2028 \ud800 \ufeff \ufffd \t \r \r\n \n # : - ? ! & * | > ' \" % @ ` { } [ ] , << ~ --- ... ".split(
    " ",
  ),
  "&a",
  "*a",
  "!!js/function",
  "<<: *a",
  "%YAML 1.1\n---\n",
  "\n---\n",
  "<<<<<<< ours\n",
  "\n? [a, b]\n: c\n",
  "__proto__: { a: 1 }\n",
  "constructor",
  "9007199254740993",
  "1e400",
  ".nan",
  "0x1F",
  "010",
  "1_000",
  "-0",
  "2026-02-30",
  '"2026-11-03T25:00:00+99:99"',
  "null",
  "yes",
  "off",
  "👩‍💻",
  "e\u0301",
  "::error::x",
  "<script>alert(1)</script>",
  "${{ secrets.X }}",
  "a".repeat(300),
  "[".repeat(70),
  "{a: ".repeat(70),
);

/** A change of a text, by a place (0 to 1) in it. */
type Mutation = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, nasty).map(
    ([at, piece]): Mutation =>
      (text) =>
        splice(text, at, 0, piece),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 12 }), nasty).map(
    ([at, length, piece]): Mutation =>
      (text) =>
        splice(text, at, length, piece),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(
    ([at, length]): Mutation =>
      (text) =>
        splice(text, at, length, ""),
  ),
  place.map(
    (at): Mutation =>
      (text) =>
        lines(text, at, () => []),
  ),
  place.map(
    (at): Mutation =>
      (text) =>
        lines(text, at, (line) => [line, line]),
  ),
  fc.tuple(place, fc.integer({ min: -3, max: 6 })).map(
    ([at, by]): Mutation =>
      (text) =>
        lines(text, at, (line) => [by < 0 ? line.slice(-by) : " ".repeat(by) + line]),
  ),
  fc.tuple(place, nasty).map(
    ([at, piece]): Mutation =>
      (text) =>
        lines(text, at, (line) => [line.replace(/(?<=[:-] ).*$/u, () => piece)]),
  ),
  fc.tuple(place, place).map(([a, b]): Mutation => (text) => {
    const all = text.split("\n");
    const [i, j] = [Math.floor(a * all.length), Math.floor(b * all.length)];
    return all.map((line, index) => (index === i ? all[j] : index === j ? all[i] : line)).join("\n");
  }),
);

function splice(text: string, at: number, length: number, piece: string): string {
  const index = Math.floor(at * (text.length + 1));
  return text.slice(0, index) + piece + text.slice(index + length);
}

function lines(text: string, at: number, change: (line: string) => readonly string[]): string {
  const all = text.split("\n");
  const index = Math.floor(at * all.length);
  return all.flatMap((line, other) => (other === index ? change(line) : [line])).join("\n");
}

/** One of some files, changed a few times. */
export function mutated(files: ReadonlyMap<string, string>, most = 4): fc.Arbitrary<readonly [path: string, text: string]> {
  return fc
    .tuple(fc.constantFrom(...files.keys()), fc.array(mutation, { minLength: 1, maxLength: most }))
    .map(([path, mutations]) => [path, mutations.reduce((text, mutate) => mutate(text), files.get(path) ?? "")]);
}

const encoder = new TextEncoder();

/** Reading never throws; what it reports stands in the text, is printable and not endless. */
export function holdOnReading(path: string, text: string): void {
  const bytes = encoder.encode(text);
  const { reported } = load({ revision: null, files: [{ path, kind: "file", size: bytes.length, bytes }] });
  const all = new TextDecoder().decode(bytes).split("\n");
  expect(reported.length).toBeLessThanOrEqual(120);
  for (const { observation } of reported) {
    expect(observation.line).toBeGreaterThanOrEqual(1);
    expect(observation.line).toBeLessThanOrEqual(all.length);
    expect(observation.column).toBeGreaterThanOrEqual(1);
    expect(observation.column).toBeLessThanOrEqual((all[observation.line - 1] ?? "").length + 2);
    expect([observation.endLine, observation.endColumn].every((number) => number >= 1)).toBe(true);
  }
}

/** Edited to other data a text reads as that data; brought together with itself it stays as it is. */
export function holdOnEdits(path: string, from: string, to: string): void {
  const [before, after] = [readYaml(path, from), readYaml(path, to)];
  if (before.value === undefined || after.value === undefined || before.reported.length + after.reported.length > 0) return;
  const edited = editYaml(from, after.value);
  expect(same(readYaml(path, edited).value, after.value)).toBe(true);
  expect(mergeTexts(path, from, to, from).text).toBe(to);
  expect(mergeTexts(path, from, from, to).text).toBe(to);
  const { text, conflicts } = mergeTexts(path, from, edited, to);
  if (conflicts.length === 0 && text !== null) expect(same(readYaml(path, text).value, after.value)).toBe(true);
}

/** Times a property is tried, and where it begins: `FUZZ_RUNS` and `FUZZ_SEED` say otherwise. */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { FUZZ_RUNS: more, FUZZ_SEED: seed } = process.env;
  return { numRuns: more === undefined ? usual : Number(more), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
