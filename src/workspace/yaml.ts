import type { CST, Document, LineCounter, Node, Pair, ParsedNode, Schema, YAMLMap, YAMLSeq } from "yaml";
import { compose } from "../core/compose.ts";
import { keyOf } from "../core/digest.ts";
import type { Segment } from "../core/document.ts";
import { hasUnsafe, visible } from "../core/escape.ts";
import { observe, type Observation, type Place, startOf } from "../core/finding.ts";
import { lineStarts } from "../core/lines.ts";
import { oncePer } from "../core/once.ts";
import { parser as library } from "./parser.js";
import { readPlain } from "./plain.ts";

/** Deepest nesting of lists and maps that is read. */
const maxDepth = 64;

/** An observation with the rule that makes it: reading knows its own rules by name. */
export interface Reported {
  readonly rule: string;
  readonly observation: Observation;
}

export interface YamlFile {
  /** The data, or undefined where the file cannot be used. */
  readonly value: unknown;
  readonly reported: readonly Reported[];
  /** The file's text; undefined where it is none. */
  readonly text: string | undefined;
}

/** A parsed document: its nodes, and where offsets stand. */
export interface Tree {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/**
 * Reads one YAML document strictly: YAML 1.2 core schema, UTF-8, no anchors, aliases, merge keys, tags or directives.
 * The first thing refused ends the reading; `value` is then undefined and `reported` says what, at the very place.
 */
export function readYaml(file: string, content: Uint8Array | string): YamlFile {
  const decoded = typeof content === "string" ? { text: content } : decode(file, content);
  if ("rule" in decoded) return { value: undefined, reported: [decoded], text: undefined };
  const { text } = decoded;
  const plain = readPlain(text);
  if (plain !== undefined) return { value: plain, reported: [], text };
  const refused = scanText(file, text);
  if (refused !== undefined) return { value: undefined, reported: [refused], text };
  return readStrictly(file, text);
}

/** The same for a text that passed the first look: parsed with places, every node looked at. */
export function readStrictly(file: string, text: string): YamlFile {
  const tree = parse(file, text);
  if ("rule" in tree) return { value: undefined, reported: [tree], text };
  const reader = new TreeReader(file, tree);
  const value = reader.read(tree.document.contents);
  return { value: reader.failed ? undefined : value, reported: reader.reported, text };
}

// A decoder costs milliseconds to make, and the second one is hardly ever needed.
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(file: string, bytes: Uint8Array): { readonly text: string } | Reported {
  try {
    return { text: strictDecoder.decode(bytes) };
  } catch {
    const loose = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return report("yaml/utf8", file, loose, Math.max(0, loose.indexOf("\ufffd")), 1, "is not UTF-8", "save the file as UTF-8");
  }
}

/** What is refused before anything is parsed. */
function scanText(file: string, text: string): Reported | undefined {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (body.trim() === "") return report("yaml/empty", file, text, 0, 0, "the file is empty", "delete it, or write it with hire");
  const control =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\ufeff(?!^)/u.exec(body);
  const shift = text.length - body.length;
  if (control !== null) {
    return report(
      "yaml/control",
      file,
      text,
      control.index + shift,
      1,
      `holds the control character ${visible(control[0])}`,
      "delete it; it cannot be seen and may deceive",
    );
  }
  const lone = /\r(?!\n)/u.exec(text);
  if (lone !== null)
    return report("yaml/line-end", file, text, lone.index, 1, "a line ends with CR alone", "save the file with LF or CRLF line ends");
  const conflict = /^<{7}(?: .*)?$/mu.exec(text);
  if (conflict !== null && /^(?:={7}|>{7}(?: .*)?)\r?$/mu.test(text)) {
    return report(
      "yaml/conflict",
      file,
      text,
      conflict.index,
      7,
      "holds an unresolved merge conflict",
      "choose what is right between the markers, then delete them",
    );
  }
  return undefined;
}

function report(rule: string, file: string, text: string, offset: number, length: number, message: string, hint?: string): Reported {
  return { rule, observation: observe(placeIn(file, text, offset, offset + length), message, hint) };
}

function placeIn(file: string, text: string, start: number, end: number): Place {
  const lines = new (library().LineCounter)();
  for (const start of lineStarts(text)) lines.addNewLine(start);
  return toPlace(file, lines, start, end);
}

function toPlace(file: string, lines: LineCounter, start: number, end: number): Place {
  const from = lines.linePos(start);
  const to = lines.linePos(end);
  return {
    file,
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}

const refusedTokens: Readonly<Record<string, readonly [rule: string, message: string, hint: string]>> = {
  alias: ["yaml/alias", "uses an alias", "write the value out"],
  anchor: ["yaml/alias", "uses an anchor", "write the value out where it is needed"],
  tag: ["yaml/tag", "uses a tag", "write the plain value"],
  "directive-line": ["yaml/directive", "uses a directive", "delete the line"],
};

/** One for all documents: making a schema costs more than parsing a small file. */
let coreSchema: Schema | undefined;

/** Parses text that passed `scanText`, stopping at the first thing refused; never builds what is nested too deeply. */
export function parse(file: string, text: string): Tree | Reported {
  const lines = new (library().LineCounter)();
  lines.addNewLine(0);
  const parser = new (library().Parser)(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let scalarNext = false;
  for (const lexeme of new (library().Lexer)().lex(text)) {
    const start = parser.offset;
    const refused = scalarNext ? undefined : refusedTokens[library().CST.tokenType(lexeme) ?? ""];
    scalarNext = lexeme === library().CST.SCALAR;
    if (refused !== undefined) {
      const [rule, message, hint] = refused;
      return report(rule, file, text, start, lexeme.length, message, hint);
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxDepth + 1)
      return report("yaml/depth", file, text, start, 1, `is nested more than ${maxDepth} deep`, "flatten it");
  }
  for (const token of parser.end()) tokens.push(token);
  const documents = [
    ...new (library().Composer)({
      version: "1.2",
      schema: (coreSchema ??= new (library().Schema)({ schema: "core", merge: false })),
      uniqueKeys: false,
      strict: true,
      logLevel: "silent",
    }).compose(tokens, true, text.length),
  ];
  const [document] = documents;
  if (document === undefined || !("contents" in document)) return report("yaml/empty", file, text, 0, 0, "the file is empty");
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error !== undefined) return syntaxError(file, text, tokens, error);
  const second = documents[1];
  if (second !== undefined) {
    const start = second.range[0];
    const marker = text.lastIndexOf("---", start);
    return report("yaml/multi", file, text, marker > 0 ? marker : start, 3, "a second document begins", "keep one document a file");
  }
  const { contents } = document;
  if (contents === null || (library().isScalar(contents) && contents.value === null && (contents.source ?? "") === ""))
    return report("yaml/empty", file, text, 0, 0, "the file says nothing", "delete it, or write it with hire");
  return { text, document, lines };
}

function syntaxError(
  file: string,
  text: string,
  tokens: readonly CST.Token[],
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
): Reported {
  const tab = /^ *\t[ \t]*(?=\S)/mu.exec(text);
  if (error.code === "TAB_AS_INDENT" || (tab !== null && tab.index <= error.pos[0])) {
    const offset = tab === null ? error.pos[0] : tab.index + tab[0].indexOf("\t");
    return report("yaml/tab", file, text, offset, 1, "a tab indents this line", "indent with spaces");
  }
  if (/Missing closing .?quote/u.test(error.message)) {
    const open = openQuote(tokens);
    if (open !== undefined)
      return report("yaml/syntax", file, text, open, 1, "this quote is never closed", "close it on the line where the text ends");
  }
  const message = (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/u, "").replace(/\.?$/u, "");
  return report(
    "yaml/syntax",
    file,
    text,
    error.pos[0],
    Math.max(1, error.pos[1] - error.pos[0]),
    visible(message.charAt(0).toLowerCase() + message.slice(1)),
  );
}

/** Offset of the last quoted scalar without its closing quote. */
function openQuote(tokens: readonly CST.Token[]): number | undefined {
  let open: number | undefined;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const token = value as { readonly type?: string; readonly source?: string; readonly offset?: number };
      if ((token.type === "double-quoted-scalar" || token.type === "single-quoted-scalar") && token.source !== undefined) {
        const [quote = ""] = token.source;
        const closed =
          token.source.length > 1 && token.source.endsWith(quote) && !(quote === '"' && /(?<!\\)(?:\\\\)*\\"$/u.test(token.source));
        if (!closed) open = token.offset;
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(tokens);
  return open;
}

/** A key's scalar as text; keys are words, numbers or booleans, never objects. */
function scalarText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Turns nodes into plain data, own properties only, and reports what core YAML would quietly change. */
class TreeReader {
  readonly reported: Reported[] = [];
  failed = false;
  readonly #file: string;
  readonly #tree: Tree;

  constructor(file: string, tree: Tree) {
    this.#file = file;
    this.#tree = tree;
  }

  read(node: Node | null): unknown {
    if (library().isMap(node)) return this.#readMap(node);
    if (library().isSeq(node)) return node.items.map((item) => this.read(item as Node | null));
    if (library().isScalar(node)) return this.#readScalar(node.value, node);
    if (library().isAlias(node)) this.#fail("yaml/alias", node, "uses an alias", "write the value out");
    return null;
  }

  #readMap(map: YAMLMap): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const { key, value } of map.items as readonly Pair<Node, Node | null>[]) {
      if (!library().isScalar(key) || key.value === null) {
        this.#fail("yaml/syntax", key, "a key must be one word", "write `key: value`");
        continue;
      }
      const name = compose(scalarText(key.value));
      if (name === "<<") this.#fail("yaml/alias", key, "uses a merge key", "write the keys out");
      else if (seen.has(name)) this.#fail("yaml/duplicate-key", key, `'${visible(name)}' stands here a second time`, "keep one of the two");
      else if (hasUnsafe(name))
        this.#fail("yaml/control", key, "holds a control character", "delete it; it cannot be seen and may deceive");
      seen.add(name);
      // Only this name would not become a property of its own.
      if (name === "__proto__")
        Object.defineProperty(data, name, { value: this.read(value), enumerable: true, configurable: true, writable: true });
      else data[name] = this.read(value);
    }
    return data;
  }

  #readScalar(
    value: unknown,
    node: Node & { readonly source?: string; readonly type?: string; readonly comment?: string | null },
  ): unknown {
    const source = node.source ?? "";
    if (
      typeof value === "number" &&
      (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) || /^[-+]?0\d/u.test(source))
    ) {
      this.#fail(
        "yaml/number",
        node,
        `${visible(source)} is not read the same everywhere`,
        "write a plain decimal number, or put it in quotes if it is text",
      );
    }
    if (typeof value === "string") {
      if (hasUnsafe(value)) this.#fail("yaml/control", node, "holds a control character", "delete it; it cannot be seen and may deceive");
      if (node.type === "PLAIN" && /^[^\s#!]/u.test(node.comment ?? "")) {
        const place = this.#place(node);
        this.#report(
          "yaml/hash",
          { ...place, endColumn: place.endColumn },
          "the text is cut off here: ` #` begins a comment",
          "put the whole text in quotes",
        );
      }
    }
    return value;
  }

  #place(node: Node | null): Place {
    const [start, end] = node?.range ?? [0, 0];
    return toPlace(this.#file, this.#tree.lines, start, end);
  }

  #fail(rule: string, node: Node | null, message: string, hint: string): void {
    if (!this.failed) this.#report(rule, this.#place(node), message, hint);
    this.failed = true;
  }

  #report(rule: string, place: Place, message: string, hint: string): void {
    this.reported.push({ rule, observation: observe(place, message, hint) });
  }
}

/** Finds places in one document; parses again when first asked, as hardly a file is ever asked. */
export function locator(file: string, text: string): (path: readonly Segment[], target?: "value" | "key") => Place {
  return (path, target = "value") => {
    const tree = treeOf(file, text);
    if (tree === undefined) return startOf(file);
    const range = rangeAt(tree.document.contents, path, target);
    return range === undefined ? startOf(file) : toPlace(file, tree.lines, range[0], range[1]);
  };
}

/** The trees looked at last: places are asked for file by file, and of a comparison side by side. */
const trees: { readonly text: string; readonly tree: Tree }[] = [];
const mostTrees = 4;

function treeOf(file: string, text: string): Tree | undefined {
  const known = trees.find((one) => one.text === text);
  if (known !== undefined) return known.tree;
  const tree = parse(file, text);
  if ("rule" in tree) return undefined;
  trees.push({ text, tree });
  if (trees.length > mostTrees) trees.shift();
  return tree;
}

type Range = readonly [number, number];

/** Range of the value (or key) at a path; of the nearest parent's key where it is missing; undefined at the root. */
function rangeAt(root: ParsedNode | null, path: readonly Segment[], target: "value" | "key"): Range | undefined {
  let node: Node | null = root;
  let parent: Range | undefined;
  let keyRange: Range | undefined;
  for (const segment of path) {
    if (library().isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => library().isScalar(item.key) && String(item.key.value) === String(segment));
      if (pair === undefined) return parent;
      keyRange = rangeOf(pair.key as Node);
      parent = keyRange;
      node = pair.value as Node | null;
    } else if (library().isSeq(node)) {
      const item: unknown = typeof segment === "number" ? node.items[segment] : itemsOf(node).get(segment);
      if (item === undefined) return parent;
      node = item as Node;
      keyRange = undefined;
      parent = idRange(node) ?? rangeOf(node);
    } else {
      return parent;
    }
  }
  if (target === "key" && keyRange !== undefined) return keyRange;
  if (path.length === 0) return undefined;
  const own = rangeOf(node);
  if (own === undefined || own[0] === own[1]) return keyRange ?? parent;
  return library().isMap(node) || library().isSeq(node) ? (keyRange ?? idRange(node) ?? own) : own;
}

function rangeOf(node: Node | null): Range | undefined {
  const range = node?.range;
  return range === null || range === undefined ? undefined : [range[0], range[1]];
}

/** A keyed item is shown at its id. */
function idRange(node: Node | null): Range | undefined {
  if (!library().isMap(node)) return undefined;
  for (const key of ["id", "value", "criterion", "requirement", "at"]) {
    const value = node.get(key, true);
    if (library().isScalar(value)) return rangeOf(value);
  }
  const first = node.items[0];
  return first === undefined ? undefined : rangeOf(first.key as Node);
}

/** The items of a list by what they are known by, the first of each. */
const itemsOf = oncePer((list: YAMLSeq): ReadonlyMap<string, Node> => {
  const made = new Map<string, Node>();
  for (const item of list.items as readonly Node[]) {
    const key = keyOfItem(item);
    if (key !== undefined && !made.has(key)) made.set(key, item);
  }
  return made;
});

function keyOfItem(node: Node): string | undefined {
  if (library().isScalar(node)) return String(node.value);
  if (!library().isMap(node)) return undefined;
  const key = keyOf(
    Object.fromEntries(
      node.items.flatMap(({ key: name, value }) =>
        library().isScalar(name) && library().isScalar(value) ? [[String(name.value), value.value]] : [],
      ),
    ),
  );
  return key === undefined ? undefined : String(key);
}
