import { applyPatch, structuredPatch } from "diff";
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
 * and layout of both sides stay where their lines do not meet; else ours stay. What comes out reads as what was merged,
 * and fits its schema where both sides did.
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
  const joined = joinLines(path, base, ours, theirs);
  const kind = placementOf(path)?.kind;
  const data = kind === undefined ? undefined : [base ?? "", ours, theirs].map((text) => dataOf(path, text));
  const [before, left, right] = data ?? [];
  if (kind === undefined || left === undefined || right === undefined)
    return joined === undefined ? asAWhole("value") : { text: joined, conflicts: [] };
  const { value, conflicts } = mergeData(kind, before?.value, left.value, right.value, choose);
  if (conflicts.length > 0) return { text: ours, conflicts };
  const text = joined !== undefined && same(dataOf(path, joined)?.value, value) ? joined : editYaml(ours, value);
  const wasSound = [ours, theirs].every((side) => problemsOf(path, side).length === 0);
  return wasSound && problemsOf(path, text).length > 0 ? asAWhole("value") : { text, conflicts: [] };
}

/** What a text says; undefined where it does not read. A text that is not there says nothing. */
function dataOf(path: string, text: string): { readonly value: unknown } | undefined {
  if (text === "") return { value: undefined };
  const { value, reported } = readYaml(path, text);
  return value === undefined || reported.length > 0 ? undefined : { value };
}

/** Theirs with what we changed since, line by line; undefined where the changes meet. */
function joinLines(path: string, base: string | null, ours: string, theirs: string): string | undefined {
  if (base === null) return undefined;
  const joined = applyPatch(theirs, structuredPatch(path, path, base, ours, undefined, undefined, { context: 3 }), { fuzzFactor: 0 });
  return joined === false ? undefined : joined;
}
