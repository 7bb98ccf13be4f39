import { digest } from "../digest.ts";
import { compareTexts, fold, type Reading, similarity } from "../fold.ts";
import type { Anchor, Compensation, Criterion, Requirement } from "../model.ts";
import type { Gravity, RawChange } from "./change.ts";
import { count, excerpt, list, number, percent, quote } from "./words.ts";

/** What grading needs beside the raw change: shares of weight on both sides, 0 to 1, and the limits. */
export interface Grounds {
  readonly sharesBefore: ReadonlyMap<string, number>;
  readonly sharesAfter: ReadonlyMap<string, number>;
  /** Shares as each side last agreed to them: small moves add up since then. */
  readonly agreedShares: readonly ReadonlyMap<string, number>[];
  /** Half the sum of the moves of those shares whose own weight changed, here or since a side agreed, whichever is more. */
  readonly movedTogether: number;
  /** Share of the total from which moving weight is material. */
  readonly reweight: number;
  /** Need of each requirement, by id, on either side. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

export interface Description {
  readonly gravity: Gravity;
  readonly text: string;
}

type Describe = (change: RawChange, grounds: Grounds) => Description;

/** Grades a raw change and puts it into words, by item type and facet: a closed list. */
export function describeChange(change: RawChange, grounds: Grounds): Description {
  const describe = descriptions[`${change.item.type}.${change.facet}`];
  if (describe === undefined) throw new Error(`no description of ${change.item.type}.${change.facet}`);
  return describe(change, grounds);
}

const descriptions: Readonly<Record<string, Describe>> = {
  "setting.severity": ({ from, to }) => material(`severity ${settingWord(from)} → ${settingWord(to)}`),
  "setting.value": ({ from, to }) => material(`${settingWord(from)} → ${settingWord(to)}`),

  "rubric.presence": ({ to }) =>
    to === null
      ? breaking("rubric removed")
      : editorial(`new: ${count((to as { criteria: readonly unknown[] }).criteria.length, "criterion", "criteria")}`),
  "intake.presence": ({ to }) => (to === null ? breaking("intake brief removed") : editorial("new intake brief")),

  "criterion.presence": ({ item, from, to }, { sharesBefore, sharesAfter }) => {
    if (to === null) return breaking(`removed, held ${percent(sharesBefore.get(item.id) ?? 0)}`);
    const share = percent(sharesAfter.get(item.id) ?? 0);
    return (to as Criterion).required === true && from === null
      ? breaking(`added as required, holds ${share}`)
      : material(`added, holds ${share}`);
  },
  "criterion.name": ({ from, to }) => editorial(`name ${excerpt(String(from), String(to))}`),
  "criterion.meaning": ({ from, to }) => describeMeaning(from as Meaning, to as Meaning),
  "criterion.anchors": ({ from, to }) => describeAnchors((from ?? []) as readonly Anchor[], (to ?? []) as readonly Anchor[], "anchor"),
  "criterion.required": ({ to }) => material(to === true ? "is required now" : "is required no longer"),
  "criterion.weight": ({ item, from, to }, { sharesBefore, sharesAfter, agreedShares, movedTogether, reweight }) => {
    const before = sharesBefore.get(item.id) ?? 0;
    const after = sharesAfter.get(item.id) ?? 0;
    const reaches = (share: number): boolean => Math.abs(after - share) >= reweight - 1e-9;
    const furthest = agreedShares
      .flatMap((shares) => shares.get(item.id) ?? [])
      .toSorted((a, b) => Math.abs(after - b) - Math.abs(after - a))[0];
    const text =
      Math.abs(after - before) < 1e-9
        ? `weight ${number(Number(from))} → ${number(Number(to))}, still ${percent(after)} of the total`
        : `weight ${percent(before, after)} → ${percent(after, before)}`;
    if (reaches(before)) return material(text);
    if (furthest !== undefined && reaches(furthest)) return material(`${text}; it was ${percent(furthest, after)} when agreed`);
    return movedTogether >= reweight - 1e-9 ? material(`${text}; ${percent(movedTogether)} with the other moves`) : editorial(text);
  },
  "criterion.bar": ({ from, to }) => material(numberMove("bar", from, to)),
  "criterion.covers": ({ from, to }) => material(setMove("covers", from, to)),

  "scale.values": ({ from, to }) => breaking(`values ${(from as readonly number[]).join(" ")} → ${(to as readonly number[]).join(" ")}`),
  "scale.meanings": ({ from, to }) => describeAnchors((from ?? []) as readonly Anchor[], (to ?? []) as readonly Anchor[], "meaning"),
  "scale.labels": ({ from, to }) => {
    const old = new Map((from as readonly { value: number; label: string }[]).map(({ value, label }) => [value, label]));
    const moved = (to as readonly { value: number; label: string }[]).filter(
      ({ value, label }) => old.has(value) && old.get(value) !== label,
    );
    return editorial(
      moved.length === 0 ? "labels" : moved.map(({ value, label }) => `label ${value} ${excerpt(old.get(value) ?? "", label)}`).join(", "),
    );
  },

  "stage.presence": ({ to }) => material(to === null ? "stage removed" : "stage added"),
  "stage.name": ({ from, to }) => editorial(`name ${excerpt(String(from), String(to))}`),
  "stage.assesses": ({ from, to }) => material(setMove("assesses", from, to)),
  "stage.interviewers": ({ from, to }) => material(setMove("interviewers", from, to)),
  "stage.questions": ({ from, to }) => editorial(listMove("question", from as readonly string[], to as readonly string[])),
  "stage.minutes": ({ from, to }) => editorial(numberMove("minutes", from, to)),

  "decision.bar": ({ from, to }) => material(numberMove("decision bar", from, to)),
  "decision.evaluations": ({ from, to }) => material(numberMove("evaluations needed", from, to)),
  "decision.rule": ({ from, to }) => material(`rule ${String(from)} → ${String(to)}`),
  "decision.tie_break": ({ from, to }) => byReading(readings([[from, to]]), textMove("tie-break", from, to), "material"),

  "requirement.presence": ({ from, to }) => {
    const requirement = (to ?? from) as Requirement;
    return material(`${requirement.need} ${to === null ? "removed" : "added"}: ${quote(requirement.statement)}`);
  },
  "requirement.need": ({ from, to }) => material(`${String(from)} → ${String(to)}`),
  "requirement.statement": ({ from, to }) =>
    byReading(compareTexts(String(from), String(to)), `statement ${excerpt(String(from), String(to))}`, "material"),
  "requirement.rank": ({ item, from, to }, { needs }) => {
    const text = `rank ${Number(from)} → ${Number(to)}`;
    return needs.get(item.id)?.includes("must-have") === true ? material(text) : editorial(text);
  },
  "requirement.prose": ({ from, to }) => editorial(fieldMoves(from, to)),

  "outcome.presence": ({ from, to }) =>
    material(`outcome ${to === null ? "removed" : "added"}: ${quote(((to ?? from) as { result: string }).result)}`),
  "outcome.text": ({ from, to }) => byReading(fieldReadings(from, to), fieldMoves(from, to), "material"),
  "way-of-working.presence": ({ from, to }) =>
    material(`way of working ${to === null ? "removed" : "added"}: ${quote(((to ?? from) as { behaviour: string }).behaviour)}`),
  "way-of-working.text": ({ from, to }) => byReading(fieldReadings(from, to), fieldMoves(from, to), "material"),

  "intake.compensation": ({ from, to }) => material(describePay(from as Compensation | null, to as Compensation | null)),
  "intake.level": ({ from, to }) => byReading(readings([[from, to]]), textMove("", from, to), "material"),
  "intake.location": ({ from, to }) => byReading(fieldReadings(from, to), fieldMoves(from, to), "material"),
  "intake.start_by": ({ from, to }) => material(`${plain(from)} → ${plain(to)}`),
  "intake.openings": ({ from, to }) => material(numberMove("", from, to)),
  "intake.team": ({ from, to }) => material(fieldMoves(from, to)),
  "intake.status": ({ from, to }) => editorial(`${String(from)} → ${String(to)}`),
  "intake.prose": ({ from, to }) => editorial(fieldMoves(from, to)),
};

export const facetKeys: readonly string[] = Object.keys(descriptions);

function settingWord(value: unknown): string {
  return value === null ? "default" : plain(value);
}

function breaking(text: string): Description {
  return { gravity: "breaking", text };
}

function material(text: string): Description {
  return { gravity: "material", text };
}

function editorial(text: string): Description {
  return { gravity: "editorial", text };
}

function byReading(reading: Reading, text: string, redefined: Gravity): Description {
  return reading === "redefined" ? { gravity: redefined, text } : editorial(text);
}

interface Meaning {
  readonly means: string;
  readonly signals: readonly string[];
}

function describeMeaning(from: Meaning, to: Meaning): Description {
  const facts: string[] = [];
  let reading: Reading = compareTexts(from.means, to.means);
  if (from.means !== to.means) facts.push(`means ${excerpt(from.means, to.means)}`);
  const { changed, removed, added } = alignTexts(from.signals, to.signals);
  for (const [old, text] of changed) {
    reading = worse(reading, compareTexts(old, text));
    facts.push(`signal ${excerpt(old, text)}`);
  }
  if (removed.length + added.length > 0) reading = "redefined";
  facts.push(...removed.map((text) => `signal removed: ${quote(text)}`), ...added.map((text) => `signal added: ${quote(text)}`));
  return byReading(reading, some(facts), "breaking");
}

/**
 * Pairs the texts of two lists: the same folded words first, then those that differ in wording only, then the most
 * alike; what is left was removed or added. Order plays no part.
 */
export function alignTexts(
  before: readonly string[],
  after: readonly string[],
): { readonly changed: readonly (readonly [string, string])[]; readonly removed: readonly string[]; readonly added: readonly string[] } {
  let removed = [...before];
  let added = [...after];
  const changed: (readonly [string, string])[] = [];
  const pair = (alike: (a: string, b: string) => boolean): void => {
    for (const old of removed.slice()) {
      const match = added.find((text) => alike(old, text));
      if (match === undefined) continue;
      removed = without(removed, old);
      added = without(added, match);
      if (old !== match) changed.push([old, match]);
    }
  };
  pair((a, b) => a === b);
  pair((a, b) => fold(a) === fold(b));
  pair((a, b) => compareTexts(a, b) !== "redefined");
  pair((a, b) => similarity(a, b) >= 0.5);
  return { changed, removed, added };
}

function without(texts: readonly string[], text: string): string[] {
  const index = texts.indexOf(text);
  return texts.filter((_, at) => at !== index);
}

/** Texts tied to values of the scale: the anchors of a criterion, or the meanings of the scale itself. */
function describeAnchors(before: readonly Anchor[], after: readonly Anchor[], word: string): Description {
  const old = new Map(before.map(({ value, means }) => [value, means]));
  const now = new Map(after.map(({ value, means }) => [value, means]));
  const removed = [...old.keys()].filter((value) => !now.has(value));
  const added = [...now.keys()].filter((value) => !old.has(value));
  const changed = [...now].flatMap(([value, means]) =>
    old.has(value) && old.get(value) !== means ? [{ value, from: old.get(value) ?? "", to: means }] : [],
  );
  const reading = changed.map(({ from, to }) => compareTexts(from, to)).reduce(worse, "same");
  const facts = [
    ...(removed.length > 0 ? [`${removed.length === 1 ? word : `${word}s`} of ${list(removed.map(String))} removed`] : []),
    ...(added.length > 0 ? [`${added.length === 1 ? word : `${word}s`} of ${list(added.map(String))} added`] : []),
    ...changed.map(({ value, from, to }) => `${word} ${value} ${excerpt(from, to)}`),
  ];
  if (removed.length > 0 || reading === "redefined") return breaking(some(facts));
  if (added.length > 0) return before.length === 0 ? material(some(facts)) : breaking(some(facts));
  return editorial(some(facts));
}

function worse(a: Reading, b: Reading): Reading {
  const order: readonly Reading[] = ["same", "wording", "redefined"];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

function some(facts: readonly string[]): string {
  return facts.length <= 2 ? facts.join("; ") : `${facts.slice(0, 2).join("; ")}; and ${facts.length - 2} more`;
}

function readings(pairs: readonly (readonly [unknown, unknown])[]): Reading {
  return pairs
    .map(([from, to]): Reading => {
      if (typeof from === "string" && typeof to === "string") return compareTexts(from, to);
      return digest(from ?? null) === digest(to ?? null) ? "same" : "redefined";
    })
    .reduce(worse, "same");
}

type Fields = Readonly<Record<string, unknown>>;

function fieldPairs(from: unknown, to: unknown): readonly (readonly [string, unknown, unknown])[] {
  const before = (from ?? {}) as Fields;
  const after = (to ?? {}) as Fields;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => [key, before[key] ?? null, after[key] ?? null] as const)
    .filter(([, a, b]) => digest(a) !== digest(b));
}

function fieldReadings(from: unknown, to: unknown): Reading {
  return readings(fieldPairs(from, to).map(([, a, b]) => [a, b]));
}

function fieldMoves(from: unknown, to: unknown): string {
  return some(
    fieldPairs(from, to).map(([key, a, b]) => {
      const name = key.replaceAll(/[_-]/gu, " ");
      if (Array.isArray(a) || Array.isArray(b)) {
        const before = ((a ?? []) as readonly unknown[]).map(plain);
        const after = ((b ?? []) as readonly unknown[]).map(plain);
        return setMove(name, before, after);
      }
      return textMove(name, a, b);
    }),
  );
}

/** A value's move; without a `name` where the item itself is called so. */
function textMove(name: string, from: unknown, to: unknown): string {
  const head = name === "" ? "" : `${name} `;
  if (from === null) return `${head}added: ${quoted(to)}`;
  if (to === null) return `${head}removed: ${quoted(from)}`;
  return typeof from === "string" && typeof to === "string" && /\s/u.test(from + to)
    ? `${head}${excerpt(from, to)}`
    : `${head}${plain(from)} → ${plain(to)}`;
}

function quoted(value: unknown): string {
  return typeof value === "string" && /\s/u.test(value) ? quote(value) : plain(value);
}

function numberMove(name: string, from: unknown, to: unknown): string {
  return `${name}${name === "" ? "" : " "}${plain(from)} → ${plain(to)}`;
}

function setMove(name: string, from: unknown, to: unknown): string {
  const before = new Set(from as readonly string[]);
  const after = new Set(to as readonly string[]);
  const lost = [...before].filter((id) => !after.has(id));
  const won = [...after].filter((id) => !before.has(id));
  const facts = [...(lost.length > 0 ? [`no longer ${list(lost)}`] : []), ...(won.length > 0 ? [`now ${list(won)}`] : [])];
  return `${name}: ${facts.length === 0 ? "another order" : facts.join(", ")}`;
}

function listMove(name: string, from: readonly string[], to: readonly string[]): string {
  const { changed, removed, added } = alignTexts(from, to);
  const facts = [
    ...changed.map(([old, text]) => `${name} ${excerpt(old, text)}`),
    ...removed.map((text) => `${name} removed: ${quote(text)}`),
    ...added.map((text) => `${name} added: ${quote(text)}`),
  ];
  return facts.length === 0 ? `${name}s in another order` : some(facts);
}

function describePay(from: Compensation | null, to: Compensation | null): string {
  const currency = to?.currency ?? from?.currency ?? "";
  return some(
    fieldPairs(from, to).map(([key, a, b]) => {
      const name = key.replaceAll("_", " ");
      const unit = key === "min" || key === "max" ? ` ${currency}` : "";
      return `${name} ${plain(a)} → ${plain(b)}${unit}`;
    }),
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  return Object.values(value).map(plain).join(", ");
}
