import type { Finding, Fix } from "./finding.ts";
import { lineStarts } from "./lines.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fixed {
  readonly text: string;
  readonly titles: readonly string[];
}

/**
 * A file's text with the fixes of its findings made, in the order of the findings. A fix that would touch what an
 * earlier one has touched is left for the next round; the text of a file without a fix comes back as it is.
 */
export function applyFixes(text: string, findings: readonly Finding[]): Fixed {
  const starts = lineStarts(text);
  const taken: Edit[] = [];
  const titles: string[] = [];
  for (const { fix } of findings) {
    if (fix === undefined) continue;
    const edits = editsOf(fix, starts);
    if (
      edits.some(
        (edit) =>
          taken.some((other) => edit.start < other.end && other.start < edit.end) ||
          taken.some(({ start, end }) => start === edit.start && end === edit.end),
      )
    )
      continue;
    taken.push(...edits);
    titles.push(fix.title);
  }
  const fixed = taken
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: insert }) => result.slice(0, start) + insert + result.slice(end), text);
  return { text: fixed, titles };
}

function editsOf({ edits }: Fix, starts: readonly number[]): readonly Edit[] {
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  return edits.map(({ line, column, endLine, endColumn, text }) => ({
    start: offset(line, column),
    end: offset(endLine, endColumn),
    text,
  }));
}
