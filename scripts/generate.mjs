// Makes types and validators from schemas/, the single source of truth:
//   src/core/model.ts            committed, so that the tree can be read and checked without a build
//   src/workspace/validators.js  standalone code; no schema is compiled at run time
//   src/workspace/parser.js      the yaml package, set up at its first use
//   src/report/colours.js        chalk, the same way
//   src/report/widths.js         fast-string-width, the same way
//   src/core/encodings.js        @scure/base, the same way
//   src/core/places.js           names of time zones and of places whose holidays are known
//   docs/rules/                  committed: a page a rule, from the rule's own words
// With --check nothing that is committed is written, and what is stale of it fails.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { build } from "esbuild";
import Holidays from "date-holidays";
import { compile } from "json-schema-to-typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const schemas = readdirSync(join(root, "schemas"))
  .filter((name) => name.endsWith(".schema.json"))
  .toSorted()
  .map((name) => ({
    kind: name.slice(0, -".schema.json".length),
    schema: JSON.parse(readFileSync(join(root, "schemas", name), "utf8")),
  }));

async function generateTypes() {
  const definitions = {};
  for (const { schema } of schemas) {
    const { $defs = {}, $schema: _schema, $id: _id, ...document } = schema;
    Object.assign(definitions, $defs, { [`file ${document.title}`]: document });
  }
  const bundled = JSON.parse(JSON.stringify(definitions), (key, value) => {
    if (key === "$ref") return value.replace("#/$defs/", "#/definitions/");
    // Only objects and documents become named types; a titled scalar would become one alias a property.
    if (value && typeof value === "object" && typeof value.title === "string" && value.type !== "object") {
      const { title, ...rest } = value;
      return rest.type === "array" && title === "Events" ? value : rest;
    }
    return value;
  });
  const source = await compile({ definitions: bundled, type: "object", additionalProperties: false }, "Root", {
    additionalProperties: false,
    bannerComment: "// Generated from schemas/ by `npm run generate`. Do not edit.",
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    format: true,
    style: { printWidth: 120 },
  });
  return source
    .replace(/\/\*\*\n \* This interface was referenced by [\s\S]*?\*\/\n/g, "")
    .replace(/\n \*\n \* This interface was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n/g, "\n")
    .replace(/export interface Root \{\}?\n?\}?\n*/, "")
    .replaceAll(/^( +)("?[\w-]+"?\??: )/gm, "$1readonly $2")
    .replaceAll(/^( +)(\[k: string\])/gm, "$1readonly $2")
    .replaceAll(/^( +readonly [^\n]*?: )((?:\([^)\n]*\)|\w+)\[\];)/gm, "$1readonly $2")
    .replaceAll(/^(export type \w+ = )(\w+\[\];)/gm, "$1readonly $2");
}

/**
 * The code that ajv makes reads properties as they come. That is safe as long as no schema names one that every object
 * inherits, and as files are read into plain objects with properties of their own; asking each time costs half the code.
 */
function refuseInheritedNames() {
  for (const { kind, schema } of schemas) {
    JSON.stringify(schema, (key, value) => {
      const names = key === "properties" ? Object.keys(value) : key === "required" && Array.isArray(value) ? value : [];
      const inherited = names.find((name) => name in Object.prototype);
      if (inherited !== undefined) throw new Error(`${kind}.schema.json names '${inherited}', which every object inherits`);
      return value;
    });
  }
}

async function generateValidators() {
  refuseInheritedNames();
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    // Lengths are of ids, which are ASCII, and of texts that may not be empty: units count as well as letters, and faster.
    unicode: false,
    logger: { ...console, warn: (text) => (/unicode/.test(text) ? undefined : console.warn(text)) },
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    code: { source: true, lines: false },
  });
  addFormats.default(ajv, ["date", "date-time"]);
  for (const { schema } of schemas) ajv.addSchema(wordless(schema));
  const factories = await Promise.all(
    schemas.map(async ({ kind, schema }) => [
      kind,
      await lazily({ contents: usualTimes(shortened(standaloneCode.default(ajv, ajv.getSchema(schema.$id)))), resolveDir: root }),
    ]),
  );
  writeFileSync(
    join(root, "src/workspace/validators.js"),
    `${banner}\n${lazy}\n${factories.map(([kind, code]) => factory(kind, code)).join("\n")}\nexport const knownKeys = ${JSON.stringify(knownKeys())};\n`,
  );
}

/**
 * Packages that cost more to set up than many commands need of them, bundled so that they are set up at their first
 * use, without waiting: the parser that knows places, colours, the widths of letters that are not the usual ones, and the
 * form of keys to which scorecards are sealed.
 */
async function generatePackage(path, name, packageName) {
  const code = await lazily({ contents: `module.exports = require("${packageName}");`, resolveDir: root });
  writeFileSync(join(root, path), `${banner}\n${lazy}\n${factory(name, code)}\n`);
}

/** The build puts what stands between the marks into a file of its own, which is read when it is asked for. */
function factory(name, code) {
  const word = name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const made = `const ${word} = lazy((module) => {/*begin ${word}*/${code}/*end ${word}*/});`;
  return word === name ? `export ${made}` : `${made}\nexport { ${word} as "${name}" };`;
}

const banner = "// Generated by `npm run generate`. Do not edit.";

/** Runs a bundle at its first use; `module.exports` is what it makes. */
const lazy =
  "const lazy = (make) => { let made; return () => { if (made === undefined) { const module = { exports: {} }; make(module); made = module.exports; } return made; }; };";

/** ajv's code with one function that takes an error down in place of the same four lines for each. */
function shortened(code) {
  const each = /const (err\d+) = (\{.*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
  return `${code.replace(each, "vErrors = noted(vErrors, $2);errors++;")}\nfunction noted(errors, error) { if (errors === null) return [error]; errors.push(error); return errors; }`;
}

/**
 * ajv's code, which asks ajv-formats about times, with a look before it: most are of the form that hire writes, on a day
 * that every month has, and sound. A test holds both to one answer.
 */
function usualTimes(code) {
  const asked = 'require("ajv-formats/dist/formats").fullFormats["date-time"];';
  if (code.includes('fullFormats["date-time"]') && !code.includes(asked)) throw new Error("ajv asks for formats in another way");
  return `${code.replaceAll(`= ${asked}`, `= usually(${asked.slice(0, -1)});`)}
const usual = /^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:Z|[+-][01]\\d:[0-5]\\d)$/;
function usually(format) { return { validate: (text) => usual.test(text) || format.validate(text) }; }`;
}

/** A schema without what is for people: the code that ajv makes would carry every word of it along. */
function wordless(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    (key === "title" || key === "description") && typeof value === "string" ? undefined : value,
  );
}

/** A bundle as the body of a function of `module`. */
async function lazily(stdin) {
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    minify: true,
    write: false,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0].text.trim();
}

/** Known keys by kind and path ("criteria/*"), for "did you mean"; exported beside the validators. */
function knownKeys() {
  const table = {};
  for (const { kind, schema } of schemas) {
    const keys = {};
    const visit = (node, path) => {
      const target = node.$ref ? schema.$defs[node.$ref.slice("#/$defs/".length)] : node;
      if (target.properties) {
        keys[path.join("/")] = Object.keys(target.properties);
        for (const [key, child] of Object.entries(target.properties)) visit(child, [...path, key]);
      }
      if (target.items) visit(target.items, [...path, "*"]);
    };
    visit(schema, []);
    table[kind] = keys;
  }
  return table;
}

/** A page a rule and one that lists them, by path below docs/rules, from the rules' own words. */
async function rulePages() {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./check/registry.ts"; export * from "./report/rules-markdown.ts";',
      resolveDir: join(root, "src"),
      loader: "ts",
    },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
    logLevel: "warning",
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(module, module.exports, createRequire(import.meta.url));
  const { registry, ruleMarkdown, rulesMarkdown } = module.exports;
  return new Map([["README.md", rulesMarkdown(registry)], ...registry.map((rule) => [`${rule.id}.md`, ruleMarkdown(rule)])]);
}

/** Pages there are that no rule has any more. */
function strayPages(pages) {
  const folder = join(root, "docs/rules");
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return found.map((path) => path.replaceAll("\\", "/")).filter((path) => path.endsWith(".md") && !pages.has(path));
}

/** What Node and date-holidays know, as two lists: to ask them takes longer than a check of a small repository. */
function generatePlaces() {
  const known = new Holidays();
  const places = Object.keys(known.getCountries("en")).flatMap((country) => [
    country,
    ...Object.keys(known.getStates(country, "en") ?? {}).map((region) => `${country}-${region}`),
  ]);
  const lists = {
    timezones: ["UTC", ...Intl.supportedValuesOf("timeZone")],
    holidayPlaces: places.filter((place) => /^[A-Z0-9-]+$/.test(place)),
  };
  const code = Object.entries(lists).map(([name, words]) => `export const ${name} = ${JSON.stringify(words.join(" "))};`);
  writeFileSync(join(root, "src/core/places.js"), `// Generated by \`npm run generate\`.\n${code.join("\n")}\n`);
}

// The rules, whose pages are made below, ask these.
generatePlaces();
await generatePackage("src/core/encodings.js", "encodings", "@scure/base");
const typesPath = join(root, "src/core/model.ts");
const types = await generateTypes();
const pages = await rulePages();
const pagePath = (path) => join(root, "docs/rules", path);
if (process.argv.includes("--check")) {
  const old = [...pages].filter(([path, text]) => !existsSync(pagePath(path)) || readFileSync(pagePath(path), "utf8") !== text);
  const wrong = [
    ...(readFileSync(typesPath, "utf8") === types ? [] : ["src/core/model.ts"]),
    ...[...old.map(([path]) => path), ...strayPages(pages)].map((path) => `docs/rules/${path}`),
  ];
  if (wrong.length > 0) {
    console.error(`not what schemas/ and the rules say: run \`npm run generate\`\n${wrong.join("\n")}`);
    process.exit(1);
  }
} else {
  writeFileSync(typesPath, types);
  await generateValidators();
  await generatePackage("src/workspace/parser.js", "parser", "yaml");
  await generatePackage("src/report/colours.js", "colours", "chalk");
  await generatePackage("src/report/widths.js", "widths", "fast-string-width");
  for (const path of strayPages(pages)) rmSync(pagePath(path));
  for (const [path, text] of pages) {
    mkdirSync(dirname(pagePath(path)), { recursive: true });
    writeFileSync(pagePath(path), text);
  }
}
