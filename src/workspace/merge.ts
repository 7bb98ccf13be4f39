import { diffArrays } from "diff";
import { type Choose, type Conflict, mergeData } from "../core/merge.ts";
import { same } from "../core/same.ts";
import { editYaml } from "./edit.ts";
import { placementOf } from "./layout.ts";
import { problemsOf } from "./load.ts";
import { readYaml } from "./yaml.ts";

export interface MergedText {
  /** Null where the file goes. Where a conflict is open, ours. */
  readonly text: string | null;
  readonly conflicts: readonly Conflict[];
}

/**
 * Three texts of one file (null: there is none) brought together: hiring files by meaning, others line by line. Comments
 * and layout of both sides stay where their lines do not meet; else ours stay, and comments that would go are asked about.
 * What comes out reads as what was merged, and fits its schema where both sides did.
 */
export function mergeTexts(path: string, base: string | null, ours: string | null, theirs: string | null, choose?: Choose): MergedText {
  if (ours === theirs || base === theirs) return { text: ours, conflicts: [] };
  if (base === ours) return { text: theirs, conflicts: [] };
  const asAWhole = (about: Conflict["about"]): MergedText => {
    const conflict: Conflict = { path: [], about, base: base ?? undefined, ours: ours ?? undefined, theirs: theirs ?? undefined };
    const choice = choose?.(conflict);
    return { text: choice === "theirs" ? theirs : ours, conflicts: choice === undefined ? [conflict] : [] };
  };
  if (ours === null || theirs === null) return asAWhole("removal");
  const kind = placementOf(path)?.kind;
  const joined = joinLines(base, ours, theirs, kind !== undefined);
  const data = kind === undefined ? undefined : [base ?? "", ours, theirs].map((text) => dataOf(path, text));
  const [before, left, right] = data ?? [];
  if (kind === undefined || left === undefined || right === undefined)
    return joined === undefined ? asAWhole("value") : { text: joined, conflicts: [] };
  const { value, conflicts } = mergeData(kind, before?.value, left.value, right.value, choose);
  if (conflicts.length > 0) return { text: ours, conflicts };
  const isJoined = joined !== undefined && same(dataOf(path, joined)?.value, value);
  let text = isJoined ? joined : editYaml(ours, value);
  const kept = new Set(commentsOf(text));
  const lost = isJoined ? [] : newComments(base, theirs).filter((comment) => !kept.has(comment));
  if (lost.length > 0) {
    const said = (lines: readonly string[]): string | undefined => (lines.length === 0 ? undefined : lines.join("\n"));
    const conflict: Conflict = {
      path: ["comments"],
      about: "value",
      base: undefined,
      ours: said(newComments(base, ours)),
      theirs: said(lost),
    };
    const choice = choose?.(conflict);
    if (choice === undefined) return { text: ours, conflicts: [conflict] };
    if (choice === "theirs") text = editYaml(theirs, value);
  }
  const wasSound = [ours, theirs].every((side) => problemsOf(path, side).length === 0);
  return wasSound && problemsOf(path, text).length > 0 ? asAWhole("value") : { text, conflicts: [] };
}

/** Comments that a side added. */
function newComments(base: string | null, side: string): readonly string[] {
  const known = new Set(commentsOf(base ?? ""));
  return commentsOf(side).filter((comment) => !known.has(comment));
}

/** Comments of a text, on lines of their own and behind others; what stands in quotes may be taken for one. */
function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)(#.*)$/gmu)].map(([, comment = ""]) => comment.trimEnd());
}

/** What a text says; undefined where it does not read. A text that is not there says nothing. */
function dataOf(path: string, text: string): { readonly value: unknown } | undefined {
  if (text === "") return { value: undefined };
  const { value, reported } = readYaml(path, text);
  return value === undefined || reported.length > 0 ? undefined : { value };
}

/** Lines of the base, from one to before another, and what a side puts in their place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Both sides' changes of the base, each at its own place; undefined where two meet. Where what comes out is held to its
 * meaning, what both added at one place may stand there together.
 */
function joinLines(base: string | null, ours: string, theirs: string, isHeld: boolean): string | undefined {
  if (base === null) return undefined;
  const [mine, yours] = [editsOf(base, ours), editsOf(base, theirs)];
  const alike = (a: Edit, b: Edit): boolean => a.from === b.from && a.to === b.to && a.lines.join("") === b.lines.join("");
  const own = mine.filter((edit) => !yours.some((other) => alike(edit, other)));
  // Next to each other is together, as it is to git.
  const areAdded = (a: Edit, b: Edit): boolean => isHeld && a.from === a.to && b.from === b.to;
  if (own.some((a) => yours.some((b) => a.from <= b.to && b.from <= a.to && !areAdded(a, b)))) return undefined;
  const lines = splitLines(base);
  for (const { from, to, lines: put } of [...yours, ...own].toSorted((a, b) => b.from - a.from)) lines.splice(from, to - from, ...put);
  return lines.join("");
}

function editsOf(base: string, side: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays(splitLines(base), splitLines(side))) {
    const last = edits.at(-1);
    const isNext = last !== undefined && last.to === at;
    if (removed) {
      if (isNext) edits[edits.length - 1] = { ...last, to: at + value.length };
      else edits.push({ from: at, to: at + value.length, lines: [] });
    } else if (added) {
      if (isNext) edits[edits.length - 1] = { ...last, lines: [...last.lines, ...value] };
      else edits.push({ from: at, to: at, lines: value });
    }
    if (!added) at += value.length;
  }
  return edits;
}

/** Lines with their ends. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
