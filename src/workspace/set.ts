import { visible } from "../core/escape.ts";
import { keyOf } from "../core/digest.ts";
import { nearest } from "../core/nearest.ts";
import { Refusal } from "../core/refusal.ts";
import { readYaml } from "./yaml.ts";

/**
 * A copy of plain data with the value at a dotted path replaced: `compensation.max`, `criteria.failure-design.weight`,
 * `downsides.0`. Items of keyed lists are named by id; an id the list lacks adds an item. An undefined value removes.
 */
export function setAt(data: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(data)) return setInList(data, head, rest, value);
  if (data === undefined && /^\d+$/u.test(head)) return setInList([], head, rest, value);
  if (data !== undefined && (typeof data !== "object" || data === null))
    throw new Refusal(`'${head}': there is only a plain value above it`);
  const fields = (data ?? {}) as Readonly<Record<string, unknown>>;
  const next = setAt(fields[head], rest, value);
  const { [head]: _old, ...others } = fields;
  if (next === undefined) return others;
  return Object.hasOwn(fields, head) ? { ...fields, [head]: next } : { ...fields, [head]: next };
}

function setInList(list: readonly unknown[], head: string, rest: readonly string[], value: unknown): unknown {
  const byKey = list.findIndex((item) => keyOf(item) !== undefined && String(keyOf(item)) === head);
  const index = byKey === -1 && /^\d+$/u.test(head) ? Number(head) : byKey;
  if (index === -1 || index > list.length) {
    if (value === undefined) throw new Refusal(`the list has no '${head}'`);
    const near = nearest(
      head,
      list.flatMap((item) => (keyOf(item) === undefined ? [] : [String(keyOf(item))])),
    );
    if (rest.length > 0 && near !== undefined) throw new Refusal(`the list has no '${visible(head)}'`, { hint: `did you mean '${near}'?` });
    if (/^\d+$/u.test(head)) throw new Refusal(`the list has ${list.length} entries, so the next is ${list.length}`);
    return [...list, setAt({ id: head }, rest, value)];
  }
  const next = setAt(list[index], rest, value);
  return next === undefined ? list.filter((_, at) => at !== index) : list.toSpliced(index, 1, next);
}

/**
 * A value as people type it behind `path=`: a number, true, false or null as such; a list, a group of keys or a quoted
 * text as YAML; anything else is text, letter for letter. Nothing at all removes.
 */
export function typedValue(text: string): unknown {
  const words = text.trim();
  if (words === "") return undefined;
  if (!/^[[{"']/u.test(words) && !/^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)|true|false|null|~)$/u.test(words)) return text;
  const { value, reported } = readYaml("value", new TextEncoder().encode(words));
  const [problem] = reported;
  if (problem !== undefined)
    throw new Refusal(`'${visible(words)}': ${problem.observation.message}`, { hint: problem.observation.hint ?? "put text in quotes" });
  return value;
}
