import { CORE_SCHEMA, load } from "js-yaml";
import { hasUnsafe } from "../core/escape.ts";

const maxDepth = 64;

/**
 * The data of a plain, sound YAML text, or undefined where the strict reader must look: at anything unusual, unsound,
 * or too deep. What comes back is what the strict reader would read; a property test holds the two together.
 */
export function readPlain(text: string, lookAt = nextLook()): unknown {
  const look = lookAt(text);
  if (look === "unusual") return undefined;
  // Escapes are unusual already: what the text does not hold, no value of it can. Only ASCII is sure to be composed.
  if (look === "other letters" && (hasUnsafe(text.replaceAll("\r\n", "\n")) || text !== text.normalize("NFC"))) return undefined;
  try {
    const value = load(text, { schema: CORE_SCHEMA });
    return typeof value === "object" && value !== null && isPlain(value, 1) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Look = (text: string) => "plain" | "other letters" | "unusual";

/** Texts after which one look at every character has been compiled well enough to beat a dozen expressions. */
const manyTexts = 200;
let looked = 0;

/**
 * Two ways to the same answer. Expressions run as machine code from the first text on: what a short command needs. The
 * loop is slow until it has been optimised, and three times as fast from then on: what a large tree needs.
 */
function nextLook(): Look {
  looked += 1;
  return looked <= manyTexts ? lookByExpressions : lookOver;
}

/**
 * What sends a file to the strict reader: anything that the fast one would read otherwise, or let pass without a word.
 * Generous on purpose: a false alarm costs a millisecond.
 */
const unusual: readonly RegExp[] = [
  /[\t\\]/u,
  /^[\s-]*-\s+-(?:\s|$)/mu, // a list begun in a list's own line
  /^(?:%|---|\.\.\.)/mu,
  /(?:^|[\s[{,:-])[&*!][^\s]/mu, // anchors, aliases, tags
  /<<|__proto__|(?:^|[\s[{,])\?(?:\s|$)|[\]}"']\s*:/mu, // merge, odd keys
  /["'\]}]#/u, // a comment without the space before it
  /(?:^|[\s[{,:-])(?:"[^"\n]*|'[^'\n]*)$/mu, // a quoted text of several lines
  /[[{](?:[^\]}\n]*|.*,\s*)$/mu, // a flow collection of several lines
  /\ufeff|^\s*:/mu,
  / #[^\s#!]/u, // a text cut off by a comment
  /[-+]?\.(?:nan|inf)/iu,
  // numbers that read otherwise elsewhere; digests, which hold digits and an e, are none
  /(?:^|[\s[{,])(?:-0|[-+]?(?:\.\d|\d{16}))/mu,
  /(?:^|[\s[{,])[-+]?(?:0x[\da-f_]*|0[ob]?[\d_][\d_.]*|\d[\d.]*e[-+]?[\d_.]+|\d[\d.]*_[\d_.]*)(?=[\s,\]}:]|$)/imu,
];

/** By expressions. */
export function lookByExpressions(text: string): ReturnType<Look> {
  if (unusual.some((pattern) => pattern.test(text)) || hasUnsafe(text.includes("\r") ? text.replaceAll("\r\n", "\n") : text))
    return "unusual";
  return /[^\u0000-\u007f]/u.test(text) ? "other letters" : "plain";
}

/** What a character may be the beginning of. Most are letters, and nothing to stop at. */
const Sort = {
  Letter: 0,
  Space: 1,
  LineEnd: 2,
  Never: 3,
  Quote: 4,
  Open: 5,
  Close: 6,
  Comma: 7,
  Digit: 8,
  Sign: 9,
  Dot: 10,
  Mark: 11,
  Hash: 12,
  Colon: 13,
  Question: 14,
  Less: 15,
  Low: 16,
  Percent: 17,
  Other: 18,
} as const;
type Sort = (typeof Sort)[keyof typeof Sort];

/** Made when the first text is looked at by it: few are, in a short command. */
let sorts: Uint8Array = new Uint8Array();

function sortTable(): Uint8Array {
  // One place for each UTF-16 unit: a look at any of them is a look into a table.
  const table = new Uint8Array(65_536).fill(Sort.Other, 128);
  // Tabs and controls; the backslash, which begins an escape.
  for (let code = 0; code < 32; code += 1) table[code] = Sort.Never;
  table[127] = Sort.Never;
  const put = (characters: string, sort: Sort): void => {
    for (const character of characters) table[character.charCodeAt(0)] = sort;
  };
  put("\\", Sort.Never);
  put(" ", Sort.Space);
  put("\n\r", Sort.LineEnd);
  put("\"'", Sort.Quote);
  put("[{", Sort.Open);
  put("]}", Sort.Close);
  put(",", Sort.Comma);
  put("0123456789", Sort.Digit);
  put("-+", Sort.Sign);
  put(".", Sort.Dot);
  put("&*!", Sort.Mark);
  put("#", Sort.Hash);
  put(":", Sort.Colon);
  put("?", Sort.Question);
  put("<", Sort.Less);
  put("_", Sort.Low);
  put("%", Sort.Percent);
  // Spaces that are none to everyone, and the mark that some files begin with.
  for (const code of [0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]) table[code] = Sort.Never;
  table.fill(Sort.Never, 0x2000, 0x200b);
  return table;
}

function sortAt(text: string, index: number): Sort {
  return sorts[text.charCodeAt(index)] as Sort;
}

/** Whether a place is white space, a line's end or the text's. */
function isGap(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return true;
  const sort = sortAt(text, index);
  return sort === Sort.Space || sort === Sort.LineEnd;
}

/** Whether what stands here begins a token: behind a gap or what opens or parts a flow collection. */
function beginsToken(text: string, index: number): boolean {
  if (isGap(text, index - 1)) return true;
  const sort = sortAt(text, index - 1);
  return sort === Sort.Open || sort === Sort.Comma;
}

/** The same, or behind what may stand before a value. */
function beginsValue(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  return beginsToken(text, index) || before === 58 || before === 45;
}

/** By one look at every character. */
export function lookOver(text: string): ReturnType<Look> {
  if (sorts.length === 0) sorts = sortTable();
  let others = false;
  let isBlank = true;
  /** Nothing but spaces and hyphens stands on the line so far; and whether the last thing that stood anywhere was such a hyphen. */
  let isMargin = true;
  let isBehindHyphen = false;
  /** A bracket is open on this line; one was opened on it; the last thing on it is a comma. */
  let isOpen = false;
  let wasOpened = false;
  let isBehindComma = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const sort = sorts[code] as Sort;
    if (sort === Sort.Space) continue;
    if (sort === Sort.Letter || sort === Sort.Other) {
      if (sort === Sort.Other) others = true;
      isBlank = false;
      isMargin = false;
      isBehindHyphen = false;
      isBehindComma = false;
      continue;
    }
    if (sort === Sort.LineEnd) {
      // Lines end with LF or CRLF.
      if (code === 13 && text.charCodeAt(index + 1) !== 10) return "unusual";
      // A flow collection of several lines.
      if (isOpen || (wasOpened && isBehindComma)) return "unusual";
      isMargin = true;
      wasOpened = false;
      isBehindComma = false;
      continue;
    }
    isBlank = false;
    const isLineStart = isMargin && (index === 0 || sortAt(text, index - 1) === Sort.LineEnd);
    const wasMargin: boolean = isMargin;
    const wasBehindHyphen: boolean = isBehindHyphen;
    isMargin = wasMargin && code === 45;
    isBehindHyphen = false;
    isBehindComma = sort === Sort.Comma;
    switch (sort) {
      case Sort.Never:
        return "unusual";
      case Sort.Quote:
        if (beginsValue(text, index) && !isClosed(text, index, code)) return "unusual";
        if (isKey(text, index)) return "unusual";
        break;
      case Sort.Open:
        isOpen = true;
        wasOpened = true;
        break;
      case Sort.Close:
        isOpen = false;
        if (isKey(text, index)) return "unusual";
        break;
      case Sort.Mark:
        // An anchor, an alias, a tag.
        if (beginsValue(text, index) && !isGap(text, index + 1)) return "unusual";
        break;
      case Sort.Percent:
        if (isLineStart) return "unusual";
        break;
      case Sort.Sign:
        if (code === 45) {
          if (isLineStart && text.startsWith("---", index)) return "unusual";
          // A list begun in a list's own line.
          if (wasMargin && isGap(text, index + 1)) {
            if (wasBehindHyphen) return "unusual";
            isBehindHyphen = true;
          }
        }
        if (beginsToken(text, index) && isOddNumber(text, index)) return "unusual";
        break;
      case Sort.Digit:
        if (beginsToken(text, index) && isOddNumber(text, index)) return "unusual";
        break;
      case Sort.Dot:
        if (isLineStart && text.startsWith("...", index)) return "unusual";
        if (/^\.(?:nan|inf)/iu.test(text.slice(index, index + 4))) return "unusual";
        if (beginsToken(text, index) && isOddNumber(text, index)) return "unusual";
        break;
      case Sort.Hash:
        // A comment without the space before it, or a text cut off by one.
        if (index > 0 && (sortAt(text, index - 1) === Sort.Quote || sortAt(text, index - 1) === Sort.Close)) return "unusual";
        if (text.charCodeAt(index - 1) === 32 && !/[\s#!]/u.test(text[index + 1] ?? " ")) return "unusual";
        break;
      case Sort.Colon:
        if (wasMargin) return "unusual";
        break;
      case Sort.Question:
        if (beginsToken(text, index) && isGap(text, index + 1)) return "unusual";
        break;
      case Sort.Less:
        if (text.charCodeAt(index + 1) === 60) return "unusual";
        break;
      case Sort.Low:
        if (text.startsWith("__proto__", index)) return "unusual";
        break;
      default:
    }
  }
  if (isBlank || isOpen || (wasOpened && isBehindComma)) return "unusual";
  return others ? "other letters" : "plain";
}

/** Whether a quote is closed on its line. */
function isClosed(text: string, index: number, quote: number): boolean {
  for (let next = index + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === quote) return true;
    if (code === 10 || code === 13) return false;
  }
  return false;
}

/** Whether a colon follows, so that what ends here would be a key. */
function isKey(text: string, index: number): boolean {
  let next = index + 1;
  while (next < text.length && isGap(text, next)) next += 1;
  return text.charCodeAt(next) === 58;
}

/** Numbers that read otherwise elsewhere; digests, which hold digits and an e, are none. */
const oddNumber =
  /(?:-0|[-+]?(?:\.\d|\d{16}))|[-+]?(?:0x[\da-f_]*|0[ob]?[\d_][\d_.]*|\d[\d.]*e[-+]?[\d_.]+|\d[\d.]*_[\d_.]*)(?=[\s,\]}:]|$)/imuy;

function isOddNumber(text: string, index: number): boolean {
  // One or two digits and then an end is how most numbers look.
  if (sortAt(text, index) === Sort.Digit && text.charCodeAt(index) !== 48) {
    const next = sortAt(text, index + 1);
    if (next === Sort.Space || next === Sort.LineEnd || next === Sort.Comma || next === Sort.Close) return false;
  }
  oddNumber.lastIndex = index;
  return oddNumber.test(text);
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "number") return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (typeof value !== "object" || value === null) return true;
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  for (const key in value) {
    if (key === "" || key === "null" || !isPlain((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
  }
  return true;
}
