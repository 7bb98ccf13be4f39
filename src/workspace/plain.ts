import { hasUnsafe } from "../core/escape.ts";

/**
 * The data of a plain, sound YAML text, or undefined where the strict reader must look: at anything unusual, unsound, or
 * too deep. The plain form is what `hire` writes and people write after it: block maps and lists by indentation, texts of
 * one line, plain or quoted, `|` blocks, lists and maps in brackets on one line, comments behind a space. What comes back
 * is what the strict reader would read, who would have nothing to say about it; a property test holds the two together.
 * It is there for time alone.
 */
export function readPlain(text: string): unknown {
  let body = text;
  if (beyondPlain.test(text)) {
    body = text.replaceAll("\r\n", "\n");
    if (neverPlain.test(body) || hasUnsafe(body) || body !== body.normalize("NFC")) return undefined;
  }
  const value = new PlainReader(body).document();
  return typeof value === "object" && value !== null ? value : undefined;
}

/** Anything but line ends and printable ASCII without the backslash, which begins an escape. */
const beyondPlain = /[^\n -[\]-~]/u;
/** Tabs, escapes, line ends that are none to everyone, spaces that are none to everyone, and the mark that some files begin with. */
const neverPlain = /[\t\r\\\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/u;

/** One less than the strict reader allows, which counts what stands innermost, too; and its longest key. */
const maxDepth = 62;
const longestKey = 1000;

const char = {
  end: 10,
  space: 32,
  quote: 34,
  hash: 35,
  apostrophe: 39,
  comma: 44,
  hyphen: 45,
  colon: 58,
  open: 91,
  close: 93,
  bar: 124,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** What a plain text cannot begin with, but a hyphen that is no list's: `- ? : , [ ] { } # & * ! | > ' " % @` and the backtick. */
const indicators: ReadonlySet<number> = new Set([..."?:,[]{}#&*!|>'\"%@`~="].map((character) => character.charCodeAt(0)));

/** Plain keys that are no texts everywhere. */
const oddKey = /^(?:null|true|false|yes|no|on|off|y|n)$/iu;
const longestOdd = 5;

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** What a key may hold, as the maps of any program do: letters, digits, hyphens, dots, slashes and underscores. */
function isKeyLetter(code: number): boolean {
  return isLetter(code) || (code >= 45 && code <= 57) || code === 95;
}

const wholeNumber = /^(?:0|-?[1-9]\d{0,14})$/u;
const decimalNumber = /^-?(?:0|[1-9]\d{0,7})\.\d{1,7}$/u;
/** Numbers that read otherwise elsewhere, or not as they were written; digests, which hold digits and an e, are none. */
const oddNumber = /^[-+]?(?:\.\d|\.(?:inf|nan)$|0x[\da-f_]*$|0[ob]?[\d_][\d_.]*$|\d{16}|\d[\d.]*e[-+]?[\d_.]+$|\d[\d._]*$)/iu;
const oddWord = /^(?:null|true|false)$/iu;

/** Reads line by line; every method gives undefined where the text is not of the plain form, and then all of them do. */
class PlainReader {
  readonly #text: string;
  /** Where the line to be read next begins, how far it is indented, and where it ends. -1 behind the last one. */
  #start = 0;
  #indent = -1;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.#seek(0);
  }

  document(): unknown {
    const value = this.#indent === 0 ? this.#block(0, 1) : undefined;
    return this.#isOver() ? value : undefined;
  }

  #isOver(): boolean {
    return this.#indent === -1;
  }

  /** Goes to the next line that holds more than spaces or a comment. */
  #seek(from: number): void {
    const text = this.#text;
    let start = from;
    while (start < text.length) {
      let at = start;
      while (text.charCodeAt(at) === char.space) at += 1;
      const code = text.charCodeAt(at);
      if (code !== char.end && code !== char.hash && at < text.length) {
        const end = text.indexOf("\n", at);
        this.#start = start;
        this.#indent = at - start;
        this.#end = end === -1 ? text.length : end;
        return;
      }
      // What may be a text cut off by the sign is looked at.
      if (code === char.hash && at > start && !this.#isComment(at)) return this.#stop(-2);
      const end = text.indexOf("\n", at);
      start = end === -1 ? text.length : end + 1;
    }
    this.#stop(-1);
  }

  /** No line is left: -1 where all were read, -2 where one is not of the plain form. */
  #stop(indent: -1 | -2): void {
    this.#start = this.#text.length;
    this.#indent = indent;
    this.#end = this.#text.length;
  }

  #next(): void {
    this.#seek(this.#end + 1);
  }

  /** The map or list that begins with this line. */
  #block(indent: number, depth: number): unknown {
    if (depth > maxDepth) return undefined;
    return this.#isItem(indent) ? this.#list(indent, depth) : this.#map(indent, this.#start + indent, depth);
  }

  /** Whether this line begins an item of a list at this indent. */
  #isItem(indent: number): boolean {
    const at = this.#start + indent;
    return this.#text.charCodeAt(at) === char.hyphen && this.#isGap(at + 1);
  }

  #isGap(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === char.space || code === char.end || at >= this.#text.length;
  }

  #list(indent: number, depth: number): unknown {
    const items: unknown[] = [];
    while (this.#indent === indent && this.#isItem(indent)) {
      let at = this.#start + indent + 1;
      while (this.#text.charCodeAt(at) === char.space) at += 1;
      // An item of nothing, or a list begun in a list's own line.
      if (at >= this.#end || (this.#text.charCodeAt(at) === char.hyphen && this.#isGap(at + 1))) return undefined;
      const item = this.#keyAt(at) === undefined ? this.#value(at, indent, depth + 1) : this.#map(at - this.#start, at, depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return this.#indent > indent ? undefined : items;
  }

  /** The key that stands here with its colon, and a gap behind it; then reading goes on behind the colon. */
  #keyAt(at: number): string | undefined {
    const text = this.#text;
    const isQuoted = text.charCodeAt(at) === char.quote;
    const from = isQuoted ? at + 1 : at;
    let end = from;
    while (isKeyLetter(text.charCodeAt(end))) end += 1;
    const behind = isQuoted ? end + 1 : end;
    if (text.charCodeAt(behind) !== char.colon || !this.#isGap(behind + 1)) return undefined;
    if (end === from || end - from > longestKey || !isLetter(text.charCodeAt(from)) || (isQuoted && text.charCodeAt(end) !== char.quote))
      return undefined;
    const key = text.slice(from, end);
    if (!isQuoted && key.length <= longestOdd && oddKey.test(key)) return undefined;
    this.#at = behind + 1;
    return key;
  }

  /** A map whose keys stand at `indent`, the first of them at `from` in this line. */
  #map(indent: number, from: number, depth: number): unknown {
    if (depth > maxDepth) return undefined;
    const map: Record<string, unknown> = {};
    let at = from;
    for (;;) {
      const key = this.#keyAt(at);
      // A name that every object has is looked at by the strict reader, as is one that stands there twice.
      if (key === undefined || map[key] !== undefined) return undefined;
      this.#skip();
      at = this.#at;
      const value = at >= this.#end || this.#isComment(at) ? this.#below(indent, depth) : this.#value(at, indent, depth + 1);
      if (value === undefined) return undefined;
      map[key] = value;
      if (this.#indent !== indent || this.#isItem(indent)) break;
      at = this.#start + indent;
    }
    return this.#indent > indent ? undefined : map;
  }

  /** What stands below a key without a value of its own: a block deeper in, a list at its own indent, or nothing. */
  #below(indent: number, depth: number): unknown {
    this.#next();
    if (this.#indent > indent) return this.#block(this.#indent, depth + 1);
    return this.#indent === indent && this.#isItem(indent) ? this.#list(indent, depth + 1) : null;
  }

  /** A value that begins here, below a key or hyphen at `indent`. */
  #value(at: number, indent: number, depth: number): unknown {
    const code = this.#text.charCodeAt(at);
    if (code === char.bar) return this.#literal(at, indent);
    let value: unknown;
    if (code === char.quote || code === char.apostrophe) {
      const close = this.#closing(at, code);
      value = close === undefined || !this.#endsBehind(close + 1) ? undefined : this.#text.slice(at + 1, close);
    } else if (code === char.open || code === char.openBrace) {
      this.#at = at;
      value = this.#flow(depth);
      if (value !== undefined && !this.#endsBehind(this.#at)) value = undefined;
    } else value = this.#words(at);
    if (value === undefined) return undefined;
    this.#next();
    // A text that goes on in the next line.
    return this.#indent > indent ? undefined : value;
  }

  /** Where a quoted text of one line closes; one quote behind another is an escape. */
  #closing(at: number, quote: number): number | undefined {
    const close = this.#text.indexOf(quote === char.quote ? '"' : "'", at + 1);
    return close === -1 || close >= this.#end || this.#text.charCodeAt(close + 1) === quote ? undefined : close;
  }

  /** Whether nothing but spaces and a comment follows on this line. */
  #endsBehind(at: number): boolean {
    let next = at;
    while (this.#text.charCodeAt(next) === char.space) next += 1;
    return next >= this.#end || (next > at && this.#isComment(next));
  }

  /** Whether a comment of the usual form begins here: the sign, then a gap. */
  #isComment(at: number): boolean {
    return this.#text.charCodeAt(at) === char.hash && this.#isGap(at + 1);
  }

  /** A plain text to the end of the line, or the number or word it stands for. */
  #words(at: number): unknown {
    const text = this.#text;
    if (this.#cannotBegin(at)) return undefined;
    let end = this.#end;
    for (let next = at; next < this.#end; next += 1) {
      const code = text.charCodeAt(next);
      if (code === char.colon && this.#isGap(next + 1)) return undefined;
      if (code === char.hash && text.charCodeAt(next - 1) === char.space) {
        if (!this.#isComment(next)) return undefined;
        end = next;
        break;
      }
    }
    while (text.charCodeAt(end - 1) === char.space) end -= 1;
    return meant(text.slice(at, end));
  }

  /** Whether a plain text cannot begin here. */
  #cannotBegin(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return indicators.has(code) || (code === char.hyphen && (this.#isGap(at + 1) || indicators.has(this.#text.charCodeAt(at + 1))));
  }

  /** A `|` block: its lines without their indent, and one line end behind the last, or none with `|-`. */
  #literal(at: number, indent: number): unknown {
    const text = this.#text;
    const strips = text.charCodeAt(at + 1) === char.hyphen;
    if (at + (strips ? 2 : 1) !== this.#end) return undefined;
    this.#lines = [];
    let own = -1;
    let start = this.#end + 1;
    let last = 0;
    while (start < text.length) {
      let column = 0;
      while (text.charCodeAt(start + column) === char.space) column += 1;
      const found = text.indexOf("\n", start + column);
      // A block that ends with the text, without a line end, has none either.
      if (found === -1 && start + column < text.length) return undefined;
      const end = found === -1 ? text.length : found;
      if (start + column === end) {
        // Spaces on an empty line may count or not.
        if (column > 0) return undefined;
        this.#lines.push("");
      } else {
        if (own === -1) own = column;
        if (column < own || column <= indent) break;
        this.#lines.push(text.slice(start + own, end));
        last = this.#lines.length;
      }
      start = end + 1;
    }
    if (last === 0 || own <= indent) return undefined;
    this.#seek(start);
    if (this.#indent > indent) return undefined;
    return this.#lines.slice(0, last).join("\n") + (strips ? "" : "\n");
  }
  #lines: string[] = [];

  /** Where reading within brackets goes on. */
  #at = 0;

  #skip(): number {
    while (this.#text.charCodeAt(this.#at) === char.space) this.#at += 1;
    return this.#text.charCodeAt(this.#at);
  }

  /** A list or map in brackets, all of it on this line. */
  #flow(depth: number): unknown {
    if (depth > maxDepth) return undefined;
    const isList = this.#text.charCodeAt(this.#at) === char.open;
    const close = isList ? char.close : char.closeBrace;
    const items: unknown[] = [];
    const map: Record<string, unknown> = {};
    this.#at += 1;
    if (this.#skip() === close) {
      this.#at += 1;
      return isList ? items : map;
    }
    for (;;) {
      this.#skip();
      const key = isList ? "" : this.#keyAt(this.#at);
      if (key === undefined || map[key] !== undefined) return undefined;
      this.#skip();
      const value = this.#inFlow(depth);
      if (value === undefined) return undefined;
      if (isList) items.push(value);
      else map[key] = value;
      const code = this.#skip();
      this.#at += 1;
      if (this.#at > this.#end) return undefined;
      if (code === close) return isList ? items : map;
      // A comma before the bracket ends a list elsewhere; here it is looked at.
      if (code !== char.comma || this.#skip() === close) return undefined;
    }
  }

  #inFlow(depth: number): unknown {
    const text = this.#text;
    const from = this.#at;
    const code = text.charCodeAt(from);
    if (code === char.open || code === char.openBrace) return this.#flow(depth + 1);
    if (code === char.quote || code === char.apostrophe) {
      const close = this.#closing(from, code);
      if (close === undefined) return undefined;
      this.#at = close + 1;
      return text.slice(from + 1, close);
    }
    if (this.#cannotBegin(from)) return undefined;
    let next = from;
    for (; next < this.#end; next += 1) {
      const own = text.charCodeAt(next);
      if (own === char.comma || own === char.close || own === char.closeBrace) break;
      if (own === char.open || own === char.openBrace || own === char.hash || own === char.quote) return undefined;
      // A colon parts a key from its value before a gap, and before a bracket or a comma, too.
      if (own === char.colon && (this.#isGap(next + 1) || ",[]{}".includes(text.charAt(next + 1)))) return undefined;
    }
    this.#at = next;
    let end = next;
    while (text.charCodeAt(end - 1) === char.space) end -= 1;
    return end === from ? undefined : meant(text.slice(from, end));
  }
}

/** What a plain text stands for in YAML's core schema; undefined where readers differ, or digits would be lost. */
function meant(text: string): unknown {
  const code = text.charCodeAt(0);
  // Digits, signs and the dot begin numbers; n, t and f words that are none.
  if (code <= 57) {
    if (wholeNumber.test(text) || decimalNumber.test(text)) return Number(text);
    return oddNumber.test(text) ? undefined : text;
  }
  const first = code | 32;
  if ((first === 110 || first === 116 || first === 102) && text.length <= 5 && oddWord.test(text))
    return text === "null" ? null : text === "true" ? true : text === "false" ? false : undefined;
  return text;
}
