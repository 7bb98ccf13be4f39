import type { CST } from "yaml";
import type { Place } from "../core/finding.ts";
import { lineStarts } from "../core/lines.ts";
import type { Suppression } from "../core/suppression.ts";
import { parser as library } from "./parser.js";

const mark = "hire-ignore";

/** The suppressions in a sound YAML text. Only comments count: in a text of several lines, the same words are words. */
export function suppressionsIn(file: string, text: string): readonly Suppression[] {
  if (!text.includes(mark)) return [];
  const starts = lineStarts(text);
  const lines = text.split(/\r?\n/u);
  const isContent = (line: string | undefined): boolean => line !== undefined && !/^\s*(?:#|$)/u.test(line);
  const first = lines.findIndex(isContent);
  return commentsIn(text).flatMap(({ offset, source }): readonly Suppression[] => {
    const match = /^#\s*hire-ignore\b\s*:?\s*(?<rule>[^\s:,]*)(?:\s*:\s*(?<reason>.*)|.*)$/su.exec(source.trimEnd());
    if (match === null) return [];
    const index = starts.findLastIndex((start) => start <= offset);
    const start = starts[index] ?? 0;
    const column = offset - start + 1;
    const alone = (lines[index] ?? "").slice(0, column - 1).trim() === "";
    const next = lines.findIndex((line, at) => at > index && isContent(line));
    const place: Place = { file, line: index + 1, column, endLine: index + 1, endColumn: column + source.trimEnd().length };
    const { rule, reason } = match.groups ?? {};
    return [
      {
        place,
        rule: rule === "" ? undefined : rule,
        reason: reason === undefined || reason.trim() === "" ? undefined : reason.trim(),
        // Beside a value it silences nothing: what it is about should be read before the value.
        line: !alone ? -1 : index < first ? undefined : next + 1,
        whole: alone && index + 1 < lines.length ? { ...place, column: 1, endLine: index + 2, endColumn: 1 } : place,
      },
    ];
  });
}

function commentsIn(text: string): readonly { readonly offset: number; readonly source: string }[] {
  const found: { readonly offset: number; readonly source: string }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const token = value as CST.Token;
      if (token.type === "comment") found.push({ offset: token.offset, source: token.source });
      else Object.values(value).forEach(visit);
    }
  };
  visit([...new (library().Parser)().parse(text)]);
  return found.toSorted((a, b) => a.offset - b.offset);
}
