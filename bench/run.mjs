// Prints how long hire takes, as ratios of whole-process medians measured interleaved in one run. See README.md.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addHistory, generate } from "./generate.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const flag = (name, fallback) => {
  const index = process.argv.indexOf(name);
  return index === -1 ? fallback : process.argv[index + 1];
};
const runs = Number(flag("--runs", "15"));
const work = mkdtempSync(join(tmpdir(), "hire-bench-"));
const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, NODE_DISABLE_COMPILE_CACHE: ___, ...inherited } = process.env;
const env = { ...inherited, XDG_CACHE_HOME: work };
const tree = async (name, roles, candidates) => {
  const folder = join(work, name);
  mkdirSync(folder);
  return { folder, files: await generate(folder, roles, candidates) };
};

/** ajv-cli reads JSON Schemas and YAML data; installed here once, at a pinned version. */
function installPeers() {
  const folder = join(root, "bench/.peers");
  if (!existsSync(join(folder, "node_modules/ajv-cli"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ private: true, dependencies: { "ajv-cli": "5.0.0", "ajv-formats": "2.1.1" } }),
    );
    execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  }
  const kinds = [
    "evaluation",
    ...readdirSync(join(root, "schemas")).flatMap((name) =>
      name.endsWith(".schema.json") && name !== "evaluation.schema.json" ? [name.slice(0, -12)] : [],
    ),
  ];
  writeFileSync(
    join(folder, "any.json"),
    JSON.stringify({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      anyOf: kinds.map((kind) => ({ $ref: `${kind}.schema.json` })),
    }),
  );
  return folder;
}

const small = await tree("small", 1, 3);
const medium = await tree("medium", 20, 12);
const history = await tree("history", 200, 12);
addHistory(history.folder, 5000, 200, 12);
const kept = join(history.folder, ".git/hire");
const large = process.argv.includes("--large") ? await tree("large", 200, 12) : undefined;
const rubric = join(small.folder, "roles/role-0/rubric.yaml");
writeFileSync(rubric, readFileSync(rubric, "utf8").replace("bar: 3\n", "bar: 2\n"));
const peers = installPeers();

const hire = (...args) => [process.execPath, [join(root, "bin/hire.js"), ...args]];
const ajvOn = (folder) => [
  process.execPath,
  [
    join(peers, "node_modules/ajv-cli/dist/index.js"),
    "validate",
    "--spec=draft2020",
    "-c",
    "ajv-formats",
    "--strict=false",
    "-s",
    join(peers, "any.json"),
    "-r",
    join(root, "schemas/*.schema.json"),
    "-d",
    `${folder}/**/*.yaml`,
  ],
  peers,
];
/** Measured against each other, interleaved. What takes seconds would disturb what takes milliseconds. */
const starts = {
  node: [process.execPath, ["-e", "0"]],
  version: hire("--version"),
  light: hire("schema"),
  help: hire("--help"),
  diff: hire("diff", "-C", small.folder),
  coldDiff: [...hire("diff", "-C", small.folder), undefined, { NODE_DISABLE_COMPILE_CACHE: "1" }],
};
const trees = {
  check: [
    ...hire("check", "-C", medium.folder),
    undefined,
    {},
    () => rmSync(join(medium.folder, ".git/hire"), { recursive: true, force: true }),
  ],
  ajv: ajvOn(medium.folder),
  log: ["git", ["log", "--raw"], history.folder],
  drift: [...hire("drift", "role-0", "-C", history.folder), undefined, {}, () => rmSync(kept, { recursive: true, force: true })],
  driftAgain: hire("drift", "role-0", "-C", history.folder),
};
/** The large tree: first, again, with nothing changed, and with ten roles changed since; each round begins with nothing kept. */
const bigger =
  large === undefined
    ? {}
    : {
        checkLarge: [...hire("check"), large.folder, {}, () => forget(large.folder)],
        ajvLarge: [...ajvOn(large.folder), {}, () => readAll(large.folder)],
        status: ["git", ["status"], large.folder],
        checkAgain: [...hire("check"), large.folder],
        statusAgain: ["git", ["status"], large.folder],
        checkTen: [...hire("check"), large.folder, {}, () => touchTen(large.folder)],
      };

/** Nothing kept, and every file long enough as it is for its times to be trusted. */
function forget(folder) {
  rmSync(join(folder, ".git/hire"), { recursive: true, force: true });
  execFileSync("git", ["checkout", "--quiet", "."], { cwd: folder });
  execFileSync("git", ["status"], { cwd: folder, stdio: "ignore" });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
  readAll(folder);
}

/** Every file from the disk into memory: whoever reads first would pay for all. */
function readAll(folder) {
  for (const entry of readdirSync(join(folder, "roles"), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) readFileSync(join(entry.parentPath ?? entry.path, entry.name));
}

function touchTen(folder) {
  for (let index = 0; index < 10; index += 1) appendFileSync(join(folder, `roles/role-${index * 7}/intake.yaml`), "# changed\n");
}

const times = Object.fromEntries([starts, trees, bigger].flatMap((commands) => Object.keys(commands).map((name) => [name, []])));
measure(starts, 2 * runs);
measure(trees, runs);
measure(bigger, runs);

function measure(commands, rounds) {
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, [command, args, cwd, more, prepare]] of Object.entries(commands)) {
      prepare?.();
      const started = performance.now();
      const { status, stderr } = spawnSync(command, args, {
        cwd: cwd ?? root,
        env: { ...env, ...more },
        stdio: ["ignore", "ignore", "pipe"],
        maxBuffer: 1 << 28,
      });
      const took = performance.now() - started;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      if (round >= 0) times[name].push(took);
    }
  }
}

/** Peak memory of one command, in MB. */
function peakOf(...args) {
  const preloaded = ["--require", join(root, "bench/peak-memory.cjs"), join(root, "bin/hire.js"), ...args];
  const { stderr } = spawnSync(process.execPath, preloaded, { env, encoding: "utf8" });
  return Number(/^peak (\d+)$/mu.exec(stderr)?.[1]) / 1024;
}

rmSync(kept, { recursive: true, force: true });
const peak = peakOf("drift", "role-0", "-C", history.folder);
if (large !== undefined) forget(large.folder);
const peakLarge = large === undefined ? undefined : peakOf("check", "-C", large.folder);
rmSync(work, { recursive: true, force: true });

const median = (name) => times[name].toSorted((a, b) => a - b)[Math.floor(times[name].length / 2)];
function gitStatus() {
  const both = [...times.status, ...times.statusAgain].toSorted((a, b) => a - b);
  return both[Math.floor(both.length / 2)];
}
const rows = [
  ["hire --version ÷ node -e 0", median("version") / median("node"), 1.3],
  ["a light command (hire schema) ÷ node -e 0", median("light") / median("node"), 1.6],
  ["hire --help ÷ node -e 0", median("help") / median("node")],
  ["a small diff ÷ node -e 0", median("diff") / median("node"), 3],
  ["the same where nothing was kept from an earlier run", median("coldDiff") / median("node")],
  [`first check, ${medium.files} files ÷ ajv-cli on the same`, median("check") / median("ajv"), 1],
  [`first drift over 5,000 commits, 1,000 of them of its role ÷ git log --raw`, median("drift") / median("log"), 5],
  ["the same again", median("driftAgain") / median("log")],
  ["peak memory of the first, in MB", peak, 250],
  ...(large === undefined
    ? []
    : [
        [`first check, ${large.files} files ÷ ajv-cli on the same`, median("checkLarge") / median("ajvLarge"), 0.6],
        ["peak memory of the first, in MB", peakLarge, 250],
        ["second check ÷ git status", median("checkAgain") / gitStatus(), 2],
        ["check with ten roles changed since ÷ git status", median("checkTen") / gitStatus(), 2.5],
      ]),
];
console.log(
  `${2 * runs} runs of what starts fast, ${runs} of the rest, interleaved; Node ${process.version}; node -e 0 takes ${median("node").toFixed(0)} ms here\n`,
);
for (const [what, ratio, budget] of rows)
  console.log(
    `${budget === undefined ? "    " : ratio <= budget ? "ok  " : "MISS"}  ${ratio.toFixed(2).padStart(5)}  ${(budget === undefined ? "" : `(budget ${budget})`).padEnd(12)}  ${what}`,
  );
process.exitCode = rows.every(([, ratio, budget = Number.POSITIVE_INFINITY]) => ratio <= budget) ? 0 : 1;
