/**
 * hire as it is, but for what goes wrong: FAULT=kill:N kills this process and every git it started before its Nth step
 * that changes the disk, FAULT=CODE:N has that step fail with the disk's error CODE, FAULT=count writes the names of all
 * steps to the file descriptor 3. NOW is the time the clock shows.
 */
import { writeSync } from "node:fs";
import { nodeFiles } from "../../src/adapters/files.ts";
import { nodeGit } from "../../src/adapters/git.ts";
import type { Context } from "../../src/context.ts";
import { main } from "../../src/main.ts";
import { nodeContext } from "../../src/node-context.ts";

const { FAULT: fault = "", NOW: now, PACKAGE_ROOT: root = "", ...env } = process.env;
const [kind = "", at = "0"] = fault.split(":");
let steps = 0;

function step(name: string): void {
  steps += 1;
  if (kind === "count") writeSync(3, `${name}\n`);
  if (kind === "" || kind === "count" || steps !== Number(at)) return;
  if (kind === "kill") process.kill(-process.pid, "SIGKILL");
  throw Object.assign(new Error(`${kind} at ${name}`), { code: kind });
}

const real = nodeContext(root, "0.0.0-test", "test");
const context: Context = {
  ...real,
  env,
  files: nodeFiles(root, step),
  git: nodeGit(env, step),
  clock: now === undefined ? real.clock : { ...real.clock, now: () => now },
};
process.exitCode = await main(process.argv.slice(2), context);
