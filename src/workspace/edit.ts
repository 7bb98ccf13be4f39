import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { keyOf } from "../core/digest.ts";
import { type Fields, isFields, same } from "../core/same.ts";
import { parser as library } from "./parser.js";
import { inlineScalar, inlineValue, listItems, toYaml } from "./write.ts";
import { parse } from "./yaml.ts";

/** Replaces text[start, end) by `insert`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/**
 * The text of a YAML file changed so that it reads as `next`, touching only the lines that must change: comments, key
 * order, quoting and line ends that a person chose stay. Lists match by id, so that items move with their comments.
 *
 * The result is read back and compared; where an edit in place would not read as `next`, the smallest top-level value
 * around it is written anew. Throws (a bug) if even that does not; never returns a text that reads as anything else.
 */
export function editYaml(text: string, next: unknown): string {
  const body = text.replaceAll("\r\n", "\n");
  const root = rootOf(body);
  const current = plain(root);
  if (same(current, next)) return text;
  const edited = [() => new Editor(body).edit(root, next), () => rewriteTopLevel(body, root, next), () => toYaml(next)];
  for (const attempt of edited) {
    const result = attempt();
    if (result !== undefined && same(tryPlain(result), next)) return withLineEnds(result, text);
  }
  throw new Error("the edited file would not read as intended");
}

/** A text with the line ends of the one it was made from: of each line that both share at either end, else of its neighbour. */
function withLineEnds(text: string, original: string): string {
  if (!original.includes("\r\n")) return text;
  const old = original.split("\n");
  const lines = text.split("\n");
  const bare = old.map((line) => line.replace(/\r$/u, ""));
  let start = 0;
  while (start < Math.min(lines.length, bare.length) && lines[start] === bare[start]) start += 1;
  let end = 0;
  while (end < Math.min(lines.length, bare.length) - start && lines.at(-1 - end) === bare.at(-1 - end)) end += 1;
  const middle = old.slice(start, old.length - end);
  return lines
    .map((line, index) => {
      if (index === lines.length - 1) return line;
      if (index < start) return old[index] ?? line;
      if (index >= lines.length - end) return old[old.length - (lines.length - index)] ?? line;
      const neighbour = middle[index - start] ?? old[start - 1] ?? old[0];
      return neighbour?.endsWith("\r") === true ? `${line}\r` : line;
    })
    .join("\n");
}

function rootOf(text: string): Node | null {
  const tree = parse("", text);
  if ("rule" in tree) throw new Error(tree.observation.message);
  return tree.document.contents;
}

function tryPlain(text: string): unknown {
  const tree = parse("", text);
  return "rule" in tree ? undefined : plain(tree.document.contents);
}

/** Plain data of a node; keys as text. */
function plain(node: unknown): unknown {
  if (library().isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String((key as Scalar).value), plain(value)]));
  if (library().isSeq(node)) return node.items.map(plain);
  return library().isScalar(node) ? node.value : null;
}

function applySplices(text: string, splices: readonly Splice[], from = 0, to = text.length): string {
  let result = "";
  let position = from;
  for (const { start, end, insert } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(position, start) + insert;
    position = Math.max(position, end);
  }
  return result + text.slice(position, to);
}

function definedKeys(value: Fields): readonly string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

class Editor {
  readonly #text: string;
  #root: Node | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  edit(root: Node | null, next: unknown): string | undefined {
    this.#root = root;
    const splices = this.#change(root, next, false);
    return splices === undefined ? undefined : applySplices(this.#text, splices);
  }

  /** Splices that turn a node into `next`, or undefined where the node itself must be written anew. */
  #change(node: Node | null, next: unknown, inFlow: boolean): readonly Splice[] | undefined {
    if (node !== null && same(plain(node), next)) return [];
    if (library().isMap(node) && isFields(next))
      return node.flow === true ? this.#changeFlowMap(node, next) : this.#changeBlockMap(node, next);
    if (library().isSeq(node) && Array.isArray(next))
      return node.flow === true ? this.#changeFlowSeq(node, next) : this.#changeBlockSeq(node, next);
    if (library().isScalar(node) && !isFields(next) && !Array.isArray(next)) return this.#changeScalar(node, next, inFlow);
    return inFlow && node?.range ? [{ start: node.range[0], end: node.range[1], insert: inlineValue(next) }] : undefined;
  }

  #changeScalar(node: Scalar, next: unknown, inFlow: boolean): readonly Splice[] | undefined {
    if (!node.range) return undefined;
    const [start, end] = node.range;
    const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    if (start === end || block || (typeof next === "string" && next.includes("\n") && !inFlow)) return undefined;
    const quoted =
      typeof next !== "string" || next.includes("\n")
        ? undefined
        : node.type === "QUOTE_DOUBLE"
          ? JSON.stringify(next)
          : node.type === "QUOTE_SINGLE"
            ? `'${next.replaceAll("'", "''")}'`
            : undefined;
    return [{ start, end, insert: quoted ?? inlineScalar(next, inFlow) }];
  }

  #changeFlowMap(node: YAMLMap, next: Fields): readonly Splice[] | undefined {
    const pairs = node.items as readonly Pair<Scalar, Node | null>[];
    const kept = pairs.filter(({ key }) => next[String(key.value)] !== undefined);
    const added = definedKeys(next).filter((key) => !pairs.some((pair) => String(pair.key.value) === key));
    if (!node.range || kept.length === 0)
      return node.range ? [{ start: node.range[0], end: node.range[1], insert: inlineValue(next) }] : undefined;
    if (kept.length < pairs.length) {
      const parts = definedKeys(next).map((key) => {
        const pair = kept.find((item) => String(item.key.value) === key);
        if (pair === undefined) return `${inlineScalar(key, true)}: ${inlineValue(next[key])}`;
        return this.#pairText(pair, next[key]);
      });
      return [{ start: node.range[0], end: node.range[1], insert: `{ ${parts.join(", ")} }` }];
    }
    const splices: Splice[] = [];
    for (const pair of pairs) {
      const value = next[String(pair.key.value)];
      if (same(plain(pair.value), value)) continue;
      const inner = pair.value?.range && pair.value.range[0] < pair.value.range[1] ? this.#change(pair.value, value, true) : undefined;
      if (inner === undefined) return [{ start: node.range[0], end: node.range[1], insert: inlineValue(next) }];
      splices.push(...inner);
    }
    const last = pairs.at(-1);
    const end = last?.value?.range?.[1] ?? last?.key.range?.[1];
    if (added.length > 0 && end !== undefined)
      splices.push({ start: end, end, insert: added.map((key) => `, ${inlineScalar(key, true)}: ${inlineValue(next[key])}`).join("") });
    return splices;
  }

  #pairText(pair: Pair<Scalar, Node | null>, value: unknown): string {
    const start = pair.key.range?.[0] ?? 0;
    const end = pair.value?.range?.[1] ?? pair.key.range?.[1] ?? start;
    const inner = same(plain(pair.value), value) ? [] : this.#change(pair.value, value, true);
    if (inner === undefined) return `${inlineScalar(pair.key.value, true)}: ${inlineValue(value)}`;
    return applySplices(this.#text, inner, start, end);
  }

  #changeFlowSeq(node: YAMLSeq, next: readonly unknown[]): readonly Splice[] | undefined {
    if (!node.range) return undefined;
    const items = node.items as readonly Node[];
    const matches = matchItems(items.map(plain), next);
    const [first] = items;
    if (
      first !== undefined &&
      matches.every((match, index) => match === index || (match === undefined && index >= items.length)) &&
      next.length >= items.length
    ) {
      const splices: Splice[] = [];
      for (const [index, item] of items.entries()) {
        const inner = this.#change(item, next[index], true);
        if (inner === undefined) return undefined;
        splices.push(...inner);
      }
      const end = items.at(-1)?.range?.[1];
      if (end === undefined) return undefined;
      const extra = next.slice(items.length);
      return extra.length === 0
        ? splices
        : [...splices, { start: end, end, insert: extra.map((item) => `, ${inlineValue(item)}`).join("") }];
    }
    const parts = next.map((value, index) => {
      const item = matches[index] === undefined ? undefined : items[matches[index]];
      const inner = item === undefined ? undefined : this.#change(item, value, true);
      return item?.range && inner !== undefined ? applySplices(this.#text, inner, item.range[0], item.range[1]) : inlineValue(value);
    });
    return [{ start: node.range[0], end: node.range[1], insert: parts.length === 0 ? "[]" : `[${parts.join(", ")}]` }];
  }

  #changeBlockMap(node: YAMLMap, next: Fields): readonly Splice[] | undefined {
    const pairs = node.items as readonly Pair<Scalar, Node | null>[];
    const indent = this.#column(pairs[0]?.key.range?.[0] ?? 0);
    const splices: Splice[] = [];
    let kept = 0;
    for (const [index, pair] of pairs.entries()) {
      const key = String(pair.key.value);
      const value = next[key];
      if (value === undefined) {
        splices.push(this.#removePair(pairs, index));
        continue;
      }
      kept += 1;
      if (same(plain(pair.value), value)) continue;
      const inner = pair.value === null ? undefined : this.#change(pair.value, value, false);
      splices.push(...(inner ?? [this.#rewritePair(pair, value, indent)]));
    }
    if (kept === 0) return undefined;
    splices.push(...this.#addPairs(pairs, next, indent));
    return splices;
  }

  /** New keys stand behind the key they follow in `next`, else at the end. */
  #addPairs(pairs: readonly Pair<Scalar, Node | null>[], next: Fields, indent: number): readonly Splice[] {
    const inserts = new Map<number, string>();
    let after: Pair<Scalar, Node | null> | undefined;
    for (const key of definedKeys(next)) {
      const pair = pairs.find((item) => String(item.key.value) === key);
      if (pair !== undefined) {
        after = pair;
        continue;
      }
      const anchor = after ?? pairs.findLast((item) => next[String(item.key.value)] !== undefined);
      const at = this.#endOfLines(anchor);
      const lines = indented(toYaml({ [key]: next[key] }), indent);
      inserts.set(at, `${inserts.get(at) ?? ""}${this.#text[at - 1] === "\n" || at === 0 ? "" : "\n"}${lines}`);
    }
    return [...inserts].map(([at, insert]) => ({
      start: at,
      end: at,
      insert: this.#text[at - 1] === "\n" || at === 0 ? insert : insert.replace(/\n$/u, ""),
    }));
  }

  /** Offset behind the last line of a pair: its trailing comment and line end included. */
  #endOfLines(pair: Pair<Scalar, Node | null> | undefined): number {
    return this.#endOfLine(this.#contentEnd(pair?.value ?? pair?.key ?? null, pair?.key ?? null));
  }

  #contentEnd(node: Node | null, key: Node | null): number {
    let end = node?.range?.[1] ?? key?.range?.[1] ?? 0;
    while (end > 0 && /\s/u.test(this.#text[end - 1] ?? "")) end -= 1;
    return end;
  }

  #endOfLine(offset: number): number {
    const newline = this.#text.indexOf("\n", offset);
    return newline === -1 ? this.#text.length : newline + 1;
  }

  #column(offset: number): number {
    return offset - (this.#text.lastIndexOf("\n", offset - 1) + 1);
  }

  #removePair(pairs: readonly Pair<Scalar, Node | null>[], index: number): Splice {
    const start = pairs[index]?.key.range?.[0] ?? 0;
    const following = pairs[index + 1]?.key.range?.[0];
    const lineStart = this.#text.lastIndexOf("\n", start - 1) + 1;
    const ownLine = this.#text.slice(lineStart, start).trim() === "";
    if (!ownLine && following !== undefined) return { start, end: following, insert: "" };
    return { start: ownLine ? lineStart : start, end: this.#endOfLines(pairs[index]), insert: "" };
  }

  /** Key and value written anew; the comment behind the key's line goes with the old value. */
  #rewritePair(pair: Pair<Scalar, Node | null>, value: unknown, indent: number): Splice {
    const start = pair.key.range?.[0] ?? 0;
    const end = this.#contentEnd(pair.value, pair.key);
    const keyText = this.#text.slice(start, pair.key.range?.[1] ?? start);
    const rendered = indented(toYaml({ key: value }), indent).trimEnd();
    return { start, end, insert: keyText + rendered.slice(rendered.indexOf(":")) };
  }

  #changeBlockSeq(node: YAMLSeq, next: readonly unknown[]): readonly Splice[] | undefined {
    const items = node.items as readonly Node[];
    if (items.length === 0 || next.length === 0 || !node.range) return undefined;
    const starts = items.map((item) => this.#itemStart(item));
    if (starts.includes(-1)) return undefined;
    const dash = this.#column(this.#text.indexOf("-", starts[0]));
    const matches = matchItems(items.map(plain), next);
    // A file that is a list has a line an item.
    const write = node === this.#root ? toYaml : listItems;
    const last = items.at(-1);
    const listEnd = this.#endOfLine(this.#contentEnd(last ?? null, null));
    const chunk = (index: number): readonly [number, number] => [
      starts[index] ?? 0,
      index + 1 < starts.length ? (starts[index + 1] ?? 0) : listEnd,
    ];
    const unmoved =
      next.length >= items.length && matches.every((match, index) => match === index || (match === undefined && index >= items.length));
    const splices: Splice[] = [];
    const parts: string[] = [];
    for (const [index, value] of next.entries()) {
      const match = matches[index];
      const item = match === undefined ? undefined : items[match];
      if (match === undefined || item === undefined) {
        parts.push(indented(write([value]), dash));
        continue;
      }
      const [from, to] = chunk(match);
      const inner = this.#change(item, value, false) ?? [
        { start: this.#dashOf(item), end: this.#contentEnd(item, null), insert: indented(write([value]), dash).trim() },
      ];
      splices.push(...inner);
      const part = applySplices(this.#text, inner, from, to);
      parts.push(part.endsWith("\n") ? part : `${part}\n`);
    }
    if (unmoved) {
      const extra = parts.slice(items.length).join("");
      const closed = this.#text[listEnd - 1] === "\n";
      return extra === "" ? splices : [...splices, { start: listEnd, end: listEnd, insert: closed ? extra : `\n${extra.trimEnd()}` }];
    }
    // The first chunk begins at its dash where the list begins behind "key:" on a line of its own, as it always does.
    return [{ start: starts[0] ?? 0, end: listEnd, insert: parts.join("") }];
  }

  #dashOf(item: Node): number {
    return this.#text.lastIndexOf("-", (item.range?.[0] ?? 0) - 1);
  }

  /** Start of an item's lines, its leading comments included; -1 where it shares its first line with another item. */
  #itemStart(item: Node): number {
    const dash = this.#dashOf(item);
    let start = this.#text.lastIndexOf("\n", dash - 1) + 1;
    if (this.#text.slice(start, dash).trim() !== "") return -1;
    for (;;) {
      const previous = this.#text.lastIndexOf("\n", start - 2) + 1;
      if (start === 0 || !/^[ \t]+#/u.test(this.#text.slice(previous, start))) return start;
      start = previous;
    }
  }
}

/** For each item of `next`, the index of the old item it continues: by key, else by equality, else by position. */
function matchItems(old: readonly unknown[], next: readonly unknown[]): readonly (number | undefined)[] {
  const keyed = [...old, ...next].every((item) => keyOf(item) !== undefined);
  const free = new Set(old.keys());
  const take = (index: number): number | undefined => {
    if (index === -1 || !free.has(index)) return undefined;
    free.delete(index);
    return index;
  };
  const matches = next.map((item) =>
    take(old.findIndex((other, index) => free.has(index) && (keyed ? keyOf(other) === keyOf(item) : same(other, item)))),
  );
  if (keyed) return matches;
  return matches.map((match, index) => match ?? (old.length === next.length && !matches.includes(index) ? take(index) : undefined));
}

function indented(text: string, indent: number): string {
  return text.replaceAll(/^(?=.)/gmu, " ".repeat(indent));
}

/** The top-level values that differ, written anew where they stand; everything else untouched. */
function rewriteTopLevel(text: string, root: Node | null, next: unknown): string | undefined {
  if (!library().isMap(root) || root.flow === true || !isFields(next)) return undefined;
  const pairs = root.items as readonly Pair<Scalar, Node | null>[];
  const lineEnd = (offset: number): number => {
    let end = offset;
    while (end > 0 && /\s/u.test(text[end - 1] ?? "")) end -= 1;
    const newline = text.indexOf("\n", end);
    return newline === -1 ? text.length : newline + 1;
  };
  const splices: Splice[] = pairs.flatMap((pair) => {
    const key = String(pair.key.value);
    if (next[key] !== undefined && same(plain(pair.value), next[key])) return [];
    const start = pair.key.range?.[0] ?? 0;
    const end = lineEnd(pair.value?.range?.[1] ?? pair.key.range?.[1] ?? start);
    return [{ start, end, insert: next[key] === undefined ? "" : toYaml({ [key]: next[key] }) }];
  });
  const missing = definedKeys(next).filter((key) => !pairs.some((pair) => String(pair.key.value) === key));
  const added = missing.map((key) => toYaml({ [key]: next[key] })).join("");
  const result = applySplices(text, splices);
  return added === "" ? result : `${result}${result.endsWith("\n") ? "" : "\n"}${added}`;
}
