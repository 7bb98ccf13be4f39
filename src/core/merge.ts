import { keyOf } from "./digest.ts";
import type { Kind, Segment } from "./document.ts";
import type { Agreement } from "./model.ts";
import { byTime } from "./moment.ts";
import { type Fields, isFields, own, same } from "./same.ts";

/** One thing that two sides changed since their common version, each in another way. */
export interface Conflict {
  /** Keys, and ids of items, from the top of the file. */
  readonly path: readonly Segment[];
  /** Two values; one side removed what the other changed; or one list was put into two orders. */
  readonly about: "value" | "removal" | "order";
  /** Undefined where a side has nothing there; of an order, the keys. */
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export type Choice = "ours" | "theirs";

/** What a person says of a conflict; undefined leaves it open. */
export type Choose = (conflict: Conflict) => Choice | undefined;

export interface Merged {
  /** Where a conflict is open, ours. Undefined where nothing is left. */
  readonly value: unknown;
  /** Those left open. */
  readonly conflicts: readonly Conflict[];
}

/** Lists of which the order says something. */
const ranked: ReadonlySet<string> = new Set(["requirements", "flexes", "stages"]);

/** Groups that mean something only as a whole: half of one and half of another is nobody's. */
const whole: Partial<Record<Kind, ReadonlySet<string>>> = {
  priorities: new Set(["", "points"]),
  market: new Set(["pay"]),
  decision: new Set([""]),
  "sealed-evaluation": new Set([""]),
  "sealed-priorities": new Set([""]),
};

/** What an interviewer says in one breath: brought together key by key, it would be nobody's word. */
const verdict = ["recommendation", "confidence", "key_reason", "concerns"] as const;

/**
 * Two versions of a file's data brought together by meaning, with the version both came from (undefined where both are
 * new): groups key by key, keyed lists item by item, other lists as what was added and what removed. What one side alone
 * changed is taken; two different values for one thing are a conflict. Of one person's two signatures the later counts.
 */
export function mergeData(kind: Kind, base: unknown, ours: unknown, theirs: unknown, choose: Choose = () => undefined): Merged {
  const merge = new Merge(kind, choose);
  const value = merge.value([], base, ours, theirs);
  return { value, conflicts: merge.open };
}

class Merge {
  readonly open: Conflict[] = [];
  readonly #kind: Kind;
  readonly #choose: Choose;

  constructor(kind: Kind, choose: Choose) {
    this.#kind = kind;
    this.#choose = choose;
  }

  value(path: readonly Segment[], base: unknown, ours: unknown, theirs: unknown): unknown {
    const settled = ofOneSide(base, ours, theirs);
    if (settled !== undefined) return settled.value;
    if (ours === undefined || theirs === undefined) return this.#ask({ path, about: "removal", base, ours, theirs });
    const isRating = this.#kind === "evaluation" && path.length === 2 && path[0] === "ratings";
    const isWhole = isRating || whole[this.#kind]?.has(path.join("/")) === true;
    if (isFields(ours) && isFields(theirs) && !isWhole) {
      if (this.#kind === "agreement" && path.length === 0) return laterOf(ours as unknown as Agreement, theirs as unknown as Agreement);
      const before = isFields(base) ? base : {};
      return this.#kind === "evaluation" && path.length === 0
        ? this.#evaluation(before, ours, theirs)
        : this.#fields(path, before, ours, theirs);
    }
    if (Array.isArray(ours) && Array.isArray(theirs) && !isWhole)
      return this.#list(path, Array.isArray(base) ? (base as readonly unknown[]) : [], ours, theirs);
    return this.#ask({ path, about: "value", base, ours, theirs });
  }

  #ask(conflict: Conflict): unknown {
    const choice = this.#choose(conflict);
    if (choice === undefined) this.open.push(conflict);
    return choice === "theirs" ? conflict.theirs : conflict.ours;
  }

  #fields(path: readonly Segment[], base: Fields, ours: Fields, theirs: Fields): Fields {
    const merged: Record<string, unknown> = {};
    for (const key of ordered(Object.keys(ours), Object.keys(theirs), new Set(Object.keys(base)))) {
      const value = this.value([...path, key], own(base, key), own(ours, key), own(theirs, key));
      // An own key, whatever its name.
      if (value !== undefined) Object.defineProperty(merged, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return merged;
  }

  #evaluation(base: Fields, ours: Fields, theirs: Fields): Fields {
    const said = (side: Fields): Fields =>
      Object.fromEntries(verdict.flatMap((key) => (own(side, key) === undefined ? [] : [[key, side[key]]])));
    const rest = (side: Fields): Fields =>
      Object.fromEntries(Object.entries(side).filter(([key]) => !verdict.some((word) => word === key)));
    const [before, left, right] = [said(base), said(ours), said(theirs)];
    const chosen =
      ofOneSide(before, left, right)?.value ??
      this.#ask({ path: ["recommendation"], about: "value", base: before, ours: left, theirs: right });
    return { ...this.#fields([], rest(base), rest(ours), rest(theirs)), ...(chosen as Fields) };
  }

  #list(path: readonly Segment[], base: readonly unknown[], ours: readonly unknown[], theirs: readonly unknown[]): readonly unknown[] {
    const isKeyed = [base, ours, theirs].every(areKeyed);
    const nameOf = (item: unknown): string => (isKeyed ? `${typeof keyOf(item)} ${String(keyOf(item))}` : JSON.stringify(item));
    const [before, left, right] = [base, ours, theirs].map((list) => new Map(list.map((item) => [nameOf(item), item])));
    if (before === undefined || left === undefined || right === undefined) return ours;
    const merged = new Map<string, unknown>();
    // Events only grow: two of them are two.
    if (!isKeyed && this.#kind !== "events") this.#corrected(path, { before, left, right });
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const key = isKeyed ? keyOf(left.get(name) ?? right.get(name)) : undefined;
      const value = this.value([...path, key ?? name], before.get(name), left.get(name), right.get(name));
      if (value !== undefined) merged.set(name, value);
    }
    const order = this.#order(path, { before, left, right }, merged);
    return order.map((name) => merged.get(name));
  }

  /** An item without a name that both sides replaced, each by another: one of the two holds. */
  #corrected(path: readonly Segment[], { before, left, right }: Readonly<Record<"before" | "left" | "right", Map<string, unknown>>>): void {
    const gone = [...before.keys()].filter((name) => !left.has(name) && !right.has(name));
    const added = (side: Map<string, unknown>, other: Map<string, unknown>): readonly string[] =>
      [...side.keys()].filter((name) => !before.has(name) && !other.has(name));
    const [mine, yours] = [added(left, right), added(right, left)];
    if (gone.length !== 1 || mine.length !== 1 || yours.length !== 1) return;
    const items = (names: readonly string[], side: Map<string, unknown>): readonly unknown[] => names.map((name) => side.get(name));
    const [ours, theirs] = [items(mine, left), items(yours, right)];
    const taken = this.#ask({ path, about: "value", base: items(gone, before), ours, theirs });
    for (const name of taken === theirs ? mine : yours) (taken === theirs ? left : right).delete(name);
  }

  /** The order of whoever changed it; where both did, and it says something, one of the two as a person chooses. */
  #order(
    path: readonly Segment[],
    { before, left, right }: Readonly<Record<"before" | "left" | "right", ReadonlyMap<string, unknown>>>,
    merged: ReadonlyMap<string, unknown>,
  ): readonly string[] {
    const common = new Set([...before.keys()].filter((name) => left.has(name) && right.has(name) && merged.has(name)));
    const inCommon = (side: ReadonlyMap<string, unknown>): readonly string[] => [...side.keys()].filter((name) => common.has(name));
    const [base, ours, theirs] = [inCommon(before), inCommon(left), inCommon(right)];
    const lists = [[...left.keys()], [...right.keys()]].map((names) => names.filter((name) => merged.has(name)));
    const [mine = [], yours = []] = lists;
    if (same(base, ours) && !same(base, theirs)) return ordered(yours, mine, common);
    const isOpen = !same(base, theirs) && !same(base, ours) && !same(ours, theirs) && ranked.has(String(path.at(-1)));
    const words = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(name.indexOf(" ") + 1));
    const taken = isOpen ? this.#ask({ path, about: "order", base: words(base), ours: words(ours), theirs: words(theirs) }) : undefined;
    return isOpen && same(taken, words(theirs)) ? ordered(yours, mine, common) : ordered(mine, yours, common);
  }
}

/** What holds where at most one side changed it, or both the same way; undefined where they differ. */
function ofOneSide(base: unknown, ours: unknown, theirs: unknown): { readonly value: unknown } | undefined {
  if (same(ours, theirs) || same(base, theirs)) return { value: ours };
  return same(base, ours) ? { value: theirs } : undefined;
}

/** Whether each item of a list has a key, and no two the same. */
function areKeyed(list: readonly unknown[]): boolean {
  const keys = list.map(keyOf);
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

/** All names in the order of the first list; what only the second has stands behind what it follows there, and last what is last there. */
function ordered(first: readonly string[], second: readonly string[], common: ReadonlySet<string>): readonly string[] {
  const names = [...first];
  const lastKnown = second.findLastIndex((name) => names.includes(name));
  for (const [index, name] of second.entries()) {
    if (names.includes(name)) continue;
    if (index > lastKnown) {
      names.push(name);
      continue;
    }
    const previous = second[index - 1];
    let at = previous === undefined ? 0 : names.indexOf(previous) + 1;
    // Behind what the first list has added there itself.
    while (at < names.length && !common.has(names[at] ?? "") && !second.includes(names[at] ?? "")) at += 1;
    names.splice(at, 0, name);
  }
  return names;
}

/** The later of one person's two signatures, with the other among the earlier ones. */
function laterOf(ours: Agreement, theirs: Agreement): Agreement {
  const [first, last] = [ours, theirs].toSorted((a, b) => byTime(a.agreed_at, b.agreed_at));
  if (first === undefined || last === undefined) return ours;
  const { agreed_at, intake, rubric } = first;
  const earlier = [...(first.earlier ?? []), ...(last.earlier ?? []), { agreed_at, intake, rubric }];
  const distinct = [...new Map(earlier.map((one) => [JSON.stringify([one.agreed_at, one.intake, one.rubric]), one])).values()];
  return { ...last, earlier: distinct.toSorted((a, b) => byTime(a.agreed_at, b.agreed_at)) };
}

/** A thing in a file as one would say it: "weight of failure-design", "max of compensation", "the order of requirements". */
export function placeInWords(path: readonly Segment[], about: Conflict["about"] = "value"): string {
  const parts: string[] = [];
  for (const [index, segment] of path.entries()) {
    const before = path[index - 1];
    const word = String(segment);
    // The id of an item says more than the name of its list; a number alone says nothing.
    if (typeof segment === "number" && before !== undefined) parts[parts.length - 1] = `${String(before).replace(/s$/u, "")} ${word}`;
    else if (before !== undefined && listsById.has(String(before))) parts[parts.length - 1] = word;
    else parts.push(word);
  }
  const said = parts.toReversed().join(" of ").replaceAll("_", " ");
  if (said === "") return "the file";
  return about === "order" ? `the order of ${said}` : said;
}

const listsById: ReadonlySet<string> = new Set(
  "criteria requirements outcomes ways_of_working assumptions stages retired people points ratings reasons funnel".split(" "),
);
