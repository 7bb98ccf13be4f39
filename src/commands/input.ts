import type { Context } from "../context.ts";
import { keyOf } from "../core/digest.ts";
import type { Kind, Kinds, Segment } from "../core/document.ts";
import { Refusal } from "../core/refusal.ts";
import { maxFileSize } from "../core/snapshot.ts";
import { locator, readYaml, type Reported } from "../workspace/yaml.ts";
import { validate } from "../workspace/validate.ts";

/** Text of a file, or of standard input for "-". */
export function readText(source: string, context: Context): string {
  const text = source === "-" ? context.files.stdin() : context.files.read(context.files.resolve(context.cwd, source));
  if (text === undefined) throw new Refusal(`${source} does not exist`);
  return text;
}

/** A YAML source: its text, and its plain data; refused with the place of the first thing wrong. */
export function readSource(source: string, context: Context): { readonly text: string; readonly value: unknown } {
  const text = readText(source, context);
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > maxFileSize) throw new Refusal(`${source} is larger than ${maxFileSize / 1024} KiB`);
  const { value, reported } = readYaml(source, bytes);
  const [first] = reported;
  if (value === undefined) throw refusalOf(source, first);
  return { text, value };
}

/** A YAML source of a kind, held to its schema. */
export function readSourceOf<K extends Kind>(
  kind: K,
  source: string,
  context: Context,
): { readonly text: string; readonly value: Kinds[K] } {
  const { text, value } = readSource(source, context);
  const [first] = validate(kind, value, locator(source, text));
  if (first !== undefined) throw refusalOf(source, first);
  return { text, value: value as Kinds[K] };
}

function refusalOf(source: string, reported: Reported | undefined): Refusal {
  if (reported === undefined) return new Refusal(`${source} cannot be read`);
  const { line, column, message, hint } = reported.observation;
  return new Refusal(`${source}:${line}:${column} ${message}`, { hint });
}

/** `key=value` flags; the value may hold further equals signs. */
export function readPairs(flags: readonly string[], form: string): readonly (readonly [string, string])[] {
  return flags.map((flag) => {
    const equals = flag.indexOf("=");
    if (equals < 1) throw new Refusal(`'${flag}' is not of the form ${form}`);
    return [flag.slice(0, equals).trim(), flag.slice(equals + 1).trim()] as const;
  });
}

/** A path with the ids of keyed items in place of their indexes, as people write it behind --set. */
function namesOf(value: unknown, segments: readonly Segment[]): readonly string[] {
  let current = value;
  return segments.map((segment) => {
    current = (current as Readonly<Record<Segment, unknown>> | null | undefined)?.[segment];
    return typeof segment === "number" ? String(keyOf(current) ?? segment) : segment;
  });
}

/** Holds data made from flags and answers to its schema before anything is written. */
export function requireValid<K extends Kind>(kind: K, value: unknown, name: string): Kinds[K] {
  const path: { segments: string } = { segments: "" };
  const [first] = validate(kind, value, (segments) => {
    path.segments = namesOf(value, segments).join(".");
    return { file: name, line: 1, column: 1, endLine: 1, endColumn: 1 };
  });
  if (first !== undefined)
    throw new Refusal(`${path.segments === "" ? name : path.segments}: ${first.observation.message}`, { hint: first.observation.hint });
  return value as Kinds[K];
}
