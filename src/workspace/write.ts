import { type Fields, isFields } from "../core/same.ts";
import { parser as library } from "./parser.js";

/** Longest list or group of keys that is written on one line, in characters. */
const flowWidth = 110;

/**
 * A value as YAML the way hire writes it: block style, LF, free text of several lines as `|` blocks; lists of words and
 * groups of plain values inside lists on one line where they are short; what older readers take for a date, a number or
 * a boolean in quotes. A file that is a list has a line an item, however long: git's union merge joins such files line by
 * line. Ends in a line end.
 */
export function toYaml(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]\n" : value.map((item) => wholeLine(item) ?? itemLines(item, 0)).join("");
  if (isFields(value)) return Object.keys(value).length === 0 ? "{}\n" : pairLines(value, 0);
  return `${inlineScalar(value, false)}\n`;
}

/** Items of a list inside a file, each behind its dash. */
export function listItems(values: readonly unknown[]): string {
  return values.map((item) => itemLines(item, 0)).join("");
}

/** An item on a line of its own; undefined where it holds more than plain values. */
function wholeLine(item: unknown): string | undefined {
  return isFields(item) && Object.keys(item).length > 0 && Object.values(item).every((value) => !isFields(value) && !Array.isArray(value))
    ? `- ${inlineValue(item)}\n`
    : undefined;
}

function pairLines(fields: Fields, indent: number): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${" ".repeat(indent)}${inlineScalar(key, true)}:${valueLines(value, indent, false)}`)
    .join("");
}

/** What follows `key:`; a value that does not fit on the line begins on the next, two columns in. */
function valueLines(value: unknown, indent: number, inList: boolean): string {
  const block = typeof value === "string" ? literalBlock(value, indent + 2) : undefined;
  if (block !== undefined) return ` ${block}`;
  if (Array.isArray(value))
    return value.length === 0 || (value.every(isPlain) && fits(value))
      ? ` ${inlineValue(value)}\n`
      : `\n${value.map((item) => itemLines(item, indent + 2)).join("")}`;
  if (isFields(value))
    return Object.keys(value).length === 0 || (inList && isFlat(value)) ? ` ${inlineValue(value)}\n` : `\n${pairLines(value, indent + 2)}`;
  return ` ${inlineScalar(value, false)}\n`;
}

function itemLines(item: unknown, indent: number): string {
  const dash = `${" ".repeat(indent)}-`;
  if (isFields(item) && Object.keys(item).length > 0 && !isFlat(item)) return `${dash} ${pairLines(item, indent + 2).slice(indent + 2)}`;
  return `${dash}${valueLines(item, indent, true)}`;
}

function isPlain(value: unknown): boolean {
  return !isFields(value) && !Array.isArray(value) && !(typeof value === "string" && value.includes("\n"));
}

/** Whether a group of keys holds plain values and lists of such only, and is short. */
function isFlat(fields: Fields): boolean {
  return Object.values(fields).every((value) => isPlain(value) || (Array.isArray(value) && value.every(isPlain))) && fits(fields);
}

function fits(value: unknown): boolean {
  return inlineValue(value).length <= flowWidth;
}

/** A `|` block, or undefined where the text has one line or something that a block would not keep. */
function literalBlock(text: string, indent: number): string | undefined {
  if (!text.includes("\n") || /^\s|[ \t]\n|[ \t]$|\n\n$|\t/u.test(text)) return undefined;
  const lines = text.replace(/\n$/u, "").split("\n");
  return `${text.endsWith("\n") ? "|" : "|-"}\n${lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join("\n")}\n`;
}

/** A new file: the line that tells editors its schema, then the data. */
export function newFile(header: string, value: unknown): string {
  return `${header}\n${toYaml(value)}`;
}

/** One scalar on one line, as it may stand behind `key: ` (or inside a flow collection). */
export function inlineScalar(value: unknown, inFlow: boolean): string {
  if (typeof value !== "string") return String(value);
  if (value.includes("\n") || /^\d{2}:\d{2}$|^\d{4}-\d{2}-\d{2}/u.test(value)) return JSON.stringify(value);
  if (/^[A-Za-z][A-Za-z -]*[A-Za-z]$/u.test(value) && !reserved.test(value)) return value;
  const document = new (library().Document)([value], { version: "1.2", compat: "yaml-1.1" });
  if (library().isSeq(document.contents)) document.contents.flow = inFlow;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  return inFlow ? text.slice(1, -1).trim() : text.slice(2);
}

/** Words that some reader of YAML takes for a boolean or null. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/iu;

/** Any value on one line, in flow style. */
export function inlineValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${value.map(inlineValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return entries.length === 0
      ? "{}"
      : `{ ${entries.map(([key, item]) => `${inlineScalar(key, true)}: ${inlineValue(item)}`).join(", ")} }`;
  }
  return inlineScalar(value, true);
}
