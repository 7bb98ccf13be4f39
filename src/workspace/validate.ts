import type { Kind, Segment } from "../core/document.ts";
import { visible } from "../core/escape.ts";
import { type Fix, observe, type Place } from "../core/finding.ts";
import { nearest, suggest } from "../core/nearest.ts";
import * as validators from "./validators.js";
import type { SchemaError } from "./validators.js";
import type { Reported } from "./yaml.ts";

/** Findings of one file past this are counted, not listed. */
const mostFindings = 100;

type Locate = (path: readonly Segment[], target?: "value" | "key") => Place;

/** Holds a value to its kind's schema. At most one report a place and cause, 100 a file and the count of the rest. */
export function validate(kind: Kind, value: unknown, locate: Locate): readonly Reported[] {
  const validator = validators[kind]();
  if (validator(value)) return [];
  const causes = new Map<string, SchemaError>();
  for (const error of validator.errors ?? []) {
    const key = causeOf(error);
    const known = causes.get(key);
    if (known === undefined || priority(error) < priority(known)) causes.set(key, error);
  }
  const errors = [...causes.values()];
  const reported = errors.slice(0, mostFindings).map((error) => describe(kind, error, value, locate));
  const rest = errors.length - reported.length;
  return rest > 0
    ? [...reported, { rule: "schema/type", observation: observe(locate([]), `and ${rest} more places that do not fit the schema`) }]
    : reported;
}

const order = ["type", "const", "enum", "required", "additionalProperties", "format", "pattern"];

function priority({ keyword }: SchemaError): number {
  const index = order.indexOf(keyword);
  return index === -1 ? order.length : index;
}

function causeOf({ instancePath, keyword, params, propertyName }: SchemaError): string {
  if (keyword === "required") return `${instancePath} - ${String(params["missingProperty"])}`;
  if (keyword === "additionalProperties") return `${instancePath} + ${String(params["additionalProperty"])}`;
  return `${instancePath} ${propertyName ?? text(params["propertyName"])}`;
}

/** The keys that may stand at a path: what an unknown key is compared with. */
function keysAt(kind: Kind, path: readonly Segment[]): readonly string[] {
  const pointer = path.map((segment) => (typeof segment === "number" ? "*" : segment)).join("/");
  return validators.knownKeys[kind][pointer] ?? [];
}

function segmentsOf(pointer: string, value: unknown): readonly Segment[] {
  let current: unknown = value;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const segment = Array.isArray(current) ? Number(key) : key;
      current = (current as Record<Segment, unknown> | null)?.[segment];
      return segment;
    });
}

/** Kinds that may be hidden from whoever reads a finding: what stands in them is neither quoted nor hinted at. */
const hiddenKinds: ReadonlySet<Kind> = new Set(["evaluation", "priorities", "sealed-evaluation", "sealed-priorities"]);

function describe(kind: Kind, error: SchemaError, document: unknown, locate: Locate): Reported {
  const { instancePath, keyword, params, schemaPath } = error;
  const path = segmentsOf(instancePath, document);
  const actual = path.reduce<unknown>((current, segment) => (current as Record<Segment, unknown> | null)?.[segment], document);
  const isHidden = hiddenKinds.has(kind);
  const value = isHidden ? "the value" : shown(actual);
  const here = (rule: string, message: string, hint?: string, write?: string): Reported => ({
    rule: `schema/${rule}`,
    observation: {
      ...observe(locate(path), message, hint),
      ...(write === undefined || isHidden ? {} : writeInstead(locate(path), write)),
    },
  });
  if (error.propertyName !== undefined) {
    return {
      rule: "schema/unknown-key",
      observation: observe(locate([...path, error.propertyName], "key"), `'${visible(error.propertyName)}' is no key here`),
    };
  }
  switch (keyword) {
    case "required":
      return missing(String(params["missingProperty"]), path, locate);
    case "minProperties":
    case "maxProperties":
      return here("required", "name one requirement or one criterion, and its points");
    case "additionalProperties":
    case "propertyNames": {
      const key = text(params["additionalProperty"] ?? params["propertyName"]);
      const known = keysAt(kind, path);
      const near = nearest(key, known);
      const hint = near === undefined ? (known.length > 0 ? `known here: ${known.join(", ")}` : undefined) : `did you mean '${near}'?`;
      const place = locate([...path, key], "key");
      const same = sameWord(key, known);
      // Another spelling of a key that is not there yet can only be that key.
      const fix = same === undefined || (isRecord(actual) && Object.hasOwn(actual, same)) ? {} : writeInstead(place, same);
      return { rule: "schema/unknown-key", observation: { ...observe(place, `'${visible(key)}' is no key here`, hint), ...fix } };
    }
    case "type":
      return here(
        "type",
        `${value} stands where ${typeWord(String(params["type"]))} is asked`,
        isHidden ? undefined : typeHint(String(params["type"]), actual),
        typeFix(String(params["type"]), actual),
      );
    case "const":
      return here("version", `version ${shown(actual)} is not known`, "write version: 1, or use a newer hire");
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
      return here(
        "enum",
        `${value} is none of ${allowed.join(", ")}`,
        isHidden || nearest(String(actual), allowed) === undefined ? undefined : suggest(String(actual), allowed),
        typeof actual === "string" ? sameWord(actual, allowed) : undefined,
      );
    }
    case "format":
      return params["format"] === "date"
        ? here("format", `${value} is no date`, 'write it as "2026-11-02"')
        : here("format", `${value} is no time with an offset`, 'write it as "2026-11-02T09:30:00+02:00"');
    case "pattern":
      return here("format", `${value} is no ${patternWord(schemaPath)}`, patternHint(schemaPath));
    case "minLength":
      return here("range", "the text is empty", "write something, or leave the key out");
    case "maxLength":
      return here("range", `${value} is too long`, `at most ${String(params["limit"])} characters`);
    case "minItems":
      return here("range", `the list has fewer than ${String(params["limit"])} ${params["limit"] === 1 ? "entry" : "entries"}`);
    case "uniqueItems":
      return here("range", "an entry stands twice in this list");
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return here(
        "range",
        `${value} is out of range: must be ${String(params["comparison"]).replace("<=", "at most").replace(">=", "at least").replace("<", "under").replace(">", "over")} ${String(params["limit"])}`,
      );
    default:
      return here("type", `does not fit the schema (${keyword})`);
  }
}

function missing(key: string, path: readonly Segment[], locate: Locate): Reported {
  const place = locate(path);
  const observation = observe(place, `'${key}' is missing`);
  // There is one version; a file without it can only be of that one.
  const fixed = key !== "version" || path.length > 0 ? {} : insertAt(place, "version: 1\n");
  return { rule: "schema/required", observation: { ...observation, ...fixed } };
}

/** What YAML 1.1 took for true and false, and many still write. */
const spokenBooleans: Readonly<Record<string, string>> = { yes: "true", on: "true", no: "false", off: "false" };

/** The same value in the type that is asked for, where it can only be that. */
function typeFix(type: string, actual: unknown): string | undefined {
  if (type === "boolean" && typeof actual === "string") return spokenBooleans[actual.toLowerCase()] ?? sameWord(actual, ["true", "false"]);
  if ((type === "number" || type === "integer") && typeof actual === "string")
    return (type === "integer" ? /^[1-9]\d{0,14}$/u : /^[1-9]\d{0,14}(?:\.\d{1,6})?$|^0\.\d{1,6}$/u).test(actual) ? actual : undefined;
  return undefined;
}

/** The known word that differs only in case and in what stands between its parts. */
function sameWord(written: string, known: readonly string[]): string | undefined {
  const bare = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/gu, "");
  const [same, ...others] = known.filter((word) => bare(word) === bare(written));
  return others.length === 0 ? same : undefined;
}

function writeInstead(place: Place, text: string): { readonly fix: Fix } {
  return { fix: { title: `write ${text}`, edits: [{ ...place, text }] } };
}

function insertAt({ file, line, column }: Place, text: string): { readonly fix: Fix } {
  return { fix: { title: `add ${text.trim()}`, edits: [{ file, line, column, endLine: line, endColumn: column, text }] } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  const words = visible(text(value)).replaceAll("\n", " ");
  return typeof value === "string" ? `'${words.length > 40 ? `${words.slice(0, 39)}…` : words}'` : words;
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
};

function typeWord(type: string): string {
  return type
    .split(",")
    .map((word) => typeWords[word] ?? word)
    .join(" or ");
}

function typeHint(type: string, actual: unknown): string | undefined {
  if (type === "boolean") return "write true or false";
  if (type === "string" && (typeof actual === "number" || typeof actual === "boolean")) return `put it in quotes: "${String(actual)}"`;
  if (type === "array") return "write each entry on a line of its own behind a hyphen";
  return undefined;
}

function patternWord(schemaPath: string): string {
  const name = /\$defs\/(\w+)\/pattern$/u.exec(schemaPath)?.[1] ?? "";
  const words: Readonly<Record<string, string>> = {
    id: "id",
    digest: "digest",
    duration: "response time",
    period: "period",
    recipient: "age key",
  };
  if (words[name] !== undefined) return words[name];
  if (schemaPath.includes("email")) return "e-mail address";
  if (schemaPath.includes("currency")) return "currency";
  if (schemaPath.includes("/sealed/")) return "armoured age file";
  return "value that fits here";
}

function patternHint(schemaPath: string): string | undefined {
  const hints: Readonly<Record<string, string>> = {
    id: "lower-case letters, digits and single hyphens, at most 63, no device name of Windows",
    digest: "12 hexadecimal digits, as hire writes them",
    "response time": "such as '2 business days' or '4 hours'",
    period: "such as '6 months'",
    currency: "three capital letters, such as EUR",
    "age key": "the public one, which begins with age1: age-keygen -y KEYFILE prints it",
  };
  return hints[patternWord(schemaPath)];
}
