import { nodeFiles } from "./adapters/files.ts";
import { nodeGit } from "./adapters/git.ts";
import { nodeOutput } from "./adapters/output.ts";
import { nodePrompts } from "./adapters/prompts.ts";
import type { Context } from "./context.ts";
import type { Clock } from "./ports.ts";

/** The real world: disk, git, terminal, clock. `packageRoot` is where hire is installed. */
export function nodeContext(packageRoot: string, version: string, build: string): Context {
  return contextWith({ packageRoot, version, build }, process.env, () => localTime(new Date()));
}

function contextWith(own: Own, env: Context["env"], now: Clock["now"]): Context {
  return {
    cwd: process.cwd(),
    argv: [],
    env,
    // The time since the start costs nothing; what measures closer would have to be loaded.
    clock: { now, elapsed: () => 1000 * process.uptime() },
    files: nodeFiles(own.packageRoot),
    git: nodeGit(env),
    prompts: nodePrompts(env),
    output: nodeOutput(env),
    version: own.version,
    build: own.build,
    // Nobody may guess what a secret is made from; what the remainder favours by is too little for any limit asked for.
    random: { below: (limit) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % limit },
    actingAs: ({ name, email }, at) => contextWith(own, asCommitter(env, name, email, at), () => at),
  };
}

/** What is hire's own: where it is installed, and what it is. */
interface Own {
  readonly packageRoot: string;
  readonly version: string;
  readonly build: string;
}

/** An environment in which git commits for a person at a time. */
export function asCommitter(env: Context["env"], name: string, email: string, at: string): Context["env"] {
  return {
    ...env,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: at,
  };
}

/** RFC 3339 in the local offset, whole seconds. */
function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${zone}`;
}
