import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { placementOf } from "../../src/workspace/layout.ts";
import { problemsOf } from "../../src/workspace/load.ts";
import { onceMade, packageRoot, type TestRepo } from "./repo.ts";
import { demoRepo } from "./demo.ts";

/**
 * What a text field may try: markup, links, fences, tables, mentions, workflow commands, templates. Control characters are
 * no part of it: no file that holds one is read; commits' authors have them.
 */
export const poison =
  "<img src=x onerror=alert(1)>\"'><script>alert(2)</script><!-- --> [x](javascript:alert(3)) ![i](http://e.example/i.png) `c` | a | @everyone {{style}} $&\n::error::x\n# h\n- l zz";

type Path = readonly (string | number)[];

function* textsOf(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value === "string") yield path;
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function put(value: unknown, path: Path, text: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, text);
  return copy;
}

/** The kind of file and the way into it: "intake requirements statement". */
const fieldOf = (path: string, place: Path): string =>
  [placementOf(path)?.kind, ...place.filter((key) => typeof key === "string")].join(" ");

/** Every field of every schema that takes any words: strings without a pattern, a format or a list of values. */
export function textFields(): readonly string[] {
  const schemas = readdirSync(join(packageRoot, "schemas")).filter((name) => name.endsWith(".schema.json"));
  return schemas.flatMap((name) => {
    const schema = JSON.parse(readFileSync(join(packageRoot, "schemas", name), "utf8")) as Schema;
    return [...fieldsOf(schema, schema, name.slice(0, -".schema.json".length))];
  });
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function* fieldsOf(schema: Schema, whole: Schema, way: string): Generator<string> {
  const own = schema.$ref === undefined ? schema : (whole.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {});
  for (const [key, inner] of Object.entries(own.properties ?? {})) yield* fieldsOf(inner, whole, `${way} ${key}`);
  if (own.items !== undefined) yield* fieldsOf(own.items, whole, way);
  if (own.type === "string" && own.pattern === undefined && own.format === undefined && own.enum === undefined && own.const === undefined)
    yield way;
}

/** What the sample search leaves out, so that every text field stands somewhere. */
const card = "roles/backend-engineer/candidates/amber-otter";
const also: readonly (readonly [path: string, from: string | RegExp, to: string])[] = [
  ["roles/product-designer/intake.yaml", "version: 1", "version: 1\nlike: backend-engineer"],
  [`${card}/candidate.yaml`, "version: 1", "version: 1\nats: x\nlegal_hold: x"],
  [
    `${card}/evaluations/design--ana.yaml`,
    "version: 1",
    'version: 1\nkey_reason: x\nconcerns: [x]\namendments: [{ at: "2026-11-02T09:00:00+02:00", by: ana, because: x }]',
  ],
  ["roles/backend-engineer/candidates/brisk-heron/decision.yaml", "version: 1", "version: 1\noverrides: x"],
];
/** A name of a zone or a country is looked up, and refused by name where there is none. */
const lookedUp = /^hire (?:people|calendar) (?:timezone|holidays)$/u;

/** The demo's search, closed, with poison in every text field of every file; `fields` are those that took it. */
export const poisonedRepo = onceMade(async () => {
  const repo = await demoRepo();
  const role = "backend-engineer";
  await repo.ok("decide", role, "brisk-heron", "offer", "--as", "dana", "--reason", "failure-design=Strongest", "--tell", "The offer");
  await repo.ok("log", role, "brisk-heron", "offer-accepted", "--as", "riku");
  await repo.ok(
    "close",
    role,
    "--as",
    "riku",
    "--result",
    "hired",
    "--later",
    "--thank",
    "dana=Quick",
    "--keep",
    "Weigh",
    "--change",
    "Ask",
  );
  await repo.ok("close", role, "--as", "dana", "--review", "pager=wrong: not that");
  const [update = ""] = repo.git("ls-files", `roles/${role}/updates`).split("\n");
  repo.edit(update, "answer: agreed", "answer: objects, because: x");
  for (const [path, from, to] of also) repo.edit(path, from, to);
  const fields = poisonAll(repo);
  const missing = textFields().filter((field) => !fields.has(field) && !lookedUp.test(field));
  if (missing.length > 0) throw new Error(`not poisoned: ${missing.join(", ")}`);
  repo.git("add", "--all");
  execFileSync("git", ["commit", "--quiet", "--message", poison], {
    cwd: repo.root,
    env: { ...repo.env, GIT_AUTHOR_NAME: "alert(4)</script> @everyone \u001b[31m\u202e", GIT_AUTHOR_EMAIL: "x@e.example" },
  });
  return repo;
});

function poisonAll(repo: TestRepo): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const path of repo.git("ls-files", "hire.yaml", "markets", "roles").split("\n")) {
    if (!path.endsWith(".yaml")) continue;
    let data: unknown = parse(repo.read(path));
    for (const place of textsOf(data)) {
      if (lookedUp.test(fieldOf(path, place))) continue;
      const next = put(data, place, `${poison}${fields.size}`);
      const text = written(path, next);
      if (problemsOf(path, text).length > 0) continue;
      data = next;
      fields.add(fieldOf(path, place));
    }
    repo.write(path, written(path, data));
  }
  return fields;
}

/** Events stand one on a line. */
function written(path: string, data: unknown): string {
  return path.endsWith("events.yaml")
    ? (data as readonly unknown[]).map((event) => `- ${JSON.stringify(event)}\n`).join("")
    : stringify(data);
}
