// Bundles src/ into dist/: a small entry, and one lazily required chunk a command behind it, all CommonJS, which starts fastest.
// esbuild splits ES modules only, so it bundles to these first and turns each chunk into CommonJS then.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What is set up at its first use goes into a file of its own, which is not even read before. */
const apart = [];
const setApart = {
  name: "set-apart",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/lazy-\w+\.cjs$/ }, ({ path }) => ({ path, external: true }));
    builder.onLoad({ filter: /[\\/](?:validators|parser|colours|widths|encodings)\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /lazy\(\(module\) => \{\/\*begin (\w+)\*\/([\s\S]*?)\/\*end \1\*\/\}\)/g,
        (_, name, code) => {
          apart.push({ name: `lazy-${name}.cjs`, code });
          return `() => require("./lazy-${name}.cjs")`;
        },
      ),
    }));
  },
};

/** commander starts processes for commands that are programs of their own; hire has none, and need not load what would. */
const withoutProcesses = {
  name: "without-processes",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const line = "const childProcess = require('node:child_process');";
      const code = readFileSync(path, "utf8");
      if (!code.includes(line)) throw new Error("commander asks for node:child_process in another way");
      return { contents: code.replace(line, "const childProcess = {};") };
    });
  },
};

/** What brings half of node along, and what of it is used here: most runs that could hash something have nothing to hash. */
const lateModules = { "node:crypto": ["createHash", "hash", "randomUUID"], "node:zlib": ["crc32"] };
const late = {
  name: "late",
  setup(builder) {
    builder.onResolve({ filter: /^node:(?:crypto|zlib)$/ }, ({ path, namespace }) =>
      namespace === "late" ? { path, external: true } : { path, namespace: "late" },
    );
    builder.onLoad({ filter: /./, namespace: "late" }, ({ path }) => {
      const made = lateModules[path].map(
        (name) => `export const ${name} = (...given) => (loaded ??= require("${path}")).${name}(...given);`,
      );
      return { contents: `let loaded;\n${made.join("\n")}` };
    });
  },
};

const result = await build({
  plugins: [setApart, withoutProcesses, late],
  entryPoints: [join(root, "src/run.ts")],
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  outdir: dist,
  write: false,
  metafile: true,
  legalComments: "none",
  absWorkingDir: root,
  logLevel: "warning",
});

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const digest = createHash("sha256");
/** A file of the bundle, as the function that src/parts.ts calls: to put that around it at every start would copy it. */
const put = (name, code) => {
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
  digest.update(`${name}\0${wrapped}\0`);
  writeFileSync(join(dist, name), wrapped);
};
const chunks = new Map();
for (const file of result.outputFiles) {
  const { code } = await transform(file.text, {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    supported: { "dynamic-import": false },
    minify: true,
  });
  const name = file.path.slice(dist.length + 1).replace(/\.js$/, ".cjs");
  chunks.set(name, code.replaceAll(/(require\("\.\/[\w-]+)\.js"\)/g, '$1.cjs")'));
}
const groups = joinedChunks();
for (const [file, names] of groups) put(file, joined(names));
for (const [name, code] of chunks) if (groupOf(name) === undefined) put(name, fromGroups(code));

/** Chunks that a chunk requires at once, and those that these do. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const output = result.metafile.outputs[`dist/${name.replace(/\.cjs$/, ".js")}`];
  for (const { path, kind, external } of output.imports)
    if (kind === "import-statement" && external !== true) closure(path.slice("dist/".length).replace(/\.js$/, ".cjs"), seen);
  return seen;
}

/**
 * Modules are split by who shares them, into dozens of small files; opening these would take a command longer than running
 * them. So what every command needs is one file, what `check` needs beyond that to say that nothing changed another, what
 * `diff` needs beyond those a third, and what the rules need a fourth. A light command needs none but the first.
 */
function joinedChunks() {
  const command = (name) => [...chunks.keys()].find((file) => new RegExp(`^${name}(?:-[A-Z0-9]+)?\\.cjs$`).test(file));
  const taken = new Set(["run", "schema", "check", "diff"].map(command));
  const start = closure(command("run"));
  for (const name of closure(command("schema"))) if (!start.has(name)) taken.add(name);
  return new Map(
    [
      ["start.cjs", ["run"]],
      ["checked.cjs", ["check"]],
      ["shared.cjs", ["diff", "load", "objects"]],
      ["rules.cjs", ["check-tree", "check-change"]],
    ].map(([file, roots]) => {
      const names = roots.flatMap((root) => [...closure(command(root))]).filter((name) => !taken.has(name));
      for (const name of names) taken.add(name);
      return [file, new Set(names)];
    }),
  );
}

function groupOf(name) {
  return [...groups].find(([, names]) => names.has(name))?.[0];
}

/** Several chunks as one file that gives each by its name, run when it is first asked for. */
function joined(names) {
  const parts = [...names].map((name) => `${JSON.stringify(name)}:(exports,require,module)=>{${fromGroups(chunks.get(name), names)}\n}`);
  return `"use strict";const parts={${parts.join(",")}},made={};const get=(name)=>{if(!made[name]){const module={exports:{}};made[name]=module;parts[name](module.exports,require,module)}return made[name].exports};exports.get=get;`;
}

/** Code that asks for joined chunks where they are; `own` are those beside it. */
function fromGroups(code, own = new Set()) {
  return code.replaceAll(/require\("\.\/([\w-]+\.cjs)"\)/g, (whole, name) => {
    if (own.has(name)) return `get("${name}")`;
    const file = groupOf(name);
    return file === undefined ? whole : `require("./${String(file)}").get("${name}")`;
  });
}
for (const { name, code } of apart) put(name, code);
await build({
  entryPoints: [join(root, "src/entry.ts"), join(root, "src/reader.ts")],
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  minify: true,
  outdir: dist,
  outExtension: { ".js": ".cjs" },
  legalComments: "none",
  define: { __VERSION__: JSON.stringify(version), __BUILD__: JSON.stringify(digest.digest("hex").slice(0, 16)) },
  logLevel: "warning",
});
writeFileSync(
  join(dist, "THIRD-PARTY-LICENSES.txt"),
  licences(result.metafile, ["yaml", "chalk", "fast-string-width", "fast-string-truncated-width", "@scure/base", "ajv", "ajv-formats"]),
);

/** The licence of every package whose code is in the bundle. */
function licences({ inputs }, others) {
  const packages = new Set([
    ...others.map((name) => `node_modules/${name}`),
    ...Object.keys(inputs).flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  ]);
  return [...packages]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version: of, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
      return `${name} ${of} (${license})\n\n${file === undefined ? "" : readFileSync(join(root, folder, file), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
