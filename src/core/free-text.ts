import type { CandidateFolder, Doc, Role, Segment } from "./document.ts";

/** A text that a person wrote in their own words, and where it stands. */
export interface FreeText {
  readonly doc: Doc<unknown>;
  readonly path: readonly Segment[];
  readonly text: string;
}

/** Values under these keys are names, dates and pointers, or cannot be read: never sentences. */
const notWords: ReadonlySet<string> = new Set(
  "id what by at person interviewer candidate stage as_of rubric intake item facet was now due owner raised_by approved_by currency market email opened start_by agreed_at given_at interviewed_at submitted_at decided_at sealed".split(
    " ",
  ),
);

/**
 * Every free text of a document: keys and places are followed, ids and dates passed over. With `suspect`, none of a
 * document whose file it does not match: most files are done with at a look. Where a file writes letters in another way
 * (as escapes), it is looked into all the same.
 */
export function textsIn(doc: Doc<unknown>, suspect?: RegExp): readonly FreeText[] {
  if (suspect !== undefined && doc.text !== undefined && !doc.text.includes("\\") && !suspect.test(doc.text)) return [];
  const found: FreeText[] = [];
  collect(doc, doc.data, [], found);
  return found;
}

function collect(doc: Doc<unknown>, value: unknown, path: readonly Segment[], found: FreeText[]): void {
  if (typeof value === "string") {
    // A single word in small letters is an id, a state or a kind; digits alone may be a number to call.
    if (!/^[a-z0-9-]*$/u.test(value) || /^\d{7,}$/u.test(value)) found.push({ doc, path, text: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(doc, item, [...path, index], found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) if (!notWords.has(key)) collect(doc, item, [...path, key], found);
  }
}

/** A document's data with every text changed, ids included: what is named in several places is changed in all of them. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  const map = (part: unknown): unknown => {
    if (typeof part === "string") return change(part);
    if (Array.isArray(part)) return part.map(map);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, map(item)]));
  };
  return map(value) as T;
}

/** The documents of a role that are about the search itself. */
export function searchDocuments({ intake, rubric, agreements, updates, priorities, sealed, outcome }: Role): readonly Doc<unknown>[] {
  return [
    ...(intake === undefined ? [] : [intake]),
    ...(rubric === undefined ? [] : [rubric]),
    ...agreements,
    ...updates,
    ...priorities,
    ...sealed,
    ...(outcome === undefined ? [] : [outcome]),
  ];
}

/** The documents about one candidate. */
export function candidateDocuments({ candidate, events, evaluations, sealed, decision }: CandidateFolder): readonly Doc<unknown>[] {
  return [
    ...(candidate === undefined ? [] : [candidate]),
    ...(events === undefined ? [] : [events]),
    ...evaluations,
    ...sealed,
    ...(decision === undefined ? [] : [decision]),
  ];
}
