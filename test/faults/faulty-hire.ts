import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot, type TestRepo } from "../support/repo.ts";

/** `faulty.ts` in one file, made once. */
let made: Promise<string> | undefined;

async function faultyHire(): Promise<string> {
  made ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "hire-faulty-"));
    // Another user may have to run it.
    chmodSync(folder, 0o755);
    const file = join(folder, "hire.mjs");
    await build({
      entryPoints: [join(packageRoot, "test/faults/faulty.ts")],
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      outfile: file,
      logLevel: "error",
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    return file;
  })();
  return made;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of the steps, where they were counted. */
  readonly steps: readonly string[];
}

export interface Faulty {
  readonly fault?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  /** Put before it on a shell's command line: `ulimit -f 1;`. */
  readonly shell?: string;
  /** Called with the process once it runs. */
  readonly with?: (child: ChildProcess) => void;
}

/** Runs hire in a process group of its own, with a fault. */
export async function runFaulty(repo: Pick<TestRepo, "root" | "env">, args: readonly string[], options: Faulty = {}): Promise<Ended> {
  const file = await faultyHire();
  const [command, rest] =
    options.shell === undefined
      ? [process.execPath, [file, ...args]]
      : ["/bin/sh", ["-c", `${options.shell} exec "$@"`, "sh", process.execPath, file, ...args]];
  return new Promise((done, fail) => {
    const child = spawn(command, rest, {
      cwd: repo.root,
      env: { ...repo.env, PACKAGE_ROOT: packageRoot, FAULT: options.fault ?? "", ...options.env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    const said = ["", "", ""];
    for (const [index, stream] of [child.stdio[1], child.stdio[2], child.stdio[3]].entries())
      (stream as NodeJS.ReadableStream | null)?.on("data", (chunk: Buffer) => (said[index] += chunk.toString("utf8")));
    child.on("error", fail);
    child.on("close", (code, signal) =>
      done({
        code,
        signal,
        stdout: said[0] ?? "",
        stderr: said[1] ?? "",
        steps: (said[2] ?? "").split("\n").filter((name) => name !== ""),
      }),
    );
    options.with?.(child);
  });
}

/** What a work tree and its git hold that hire might leave behind when killed: nothing of it may stay after a rerun. */
export function leftOvers(repo: TestRepo): readonly string[] {
  const left = readdirSync(repo.path(".git")).filter(
    (name) => name.startsWith("hire-index-") || name === "index.lock" || name.endsWith(".lock"),
  );
  const own = existsSync(repo.path(".git/hire"))
    ? readdirSync(repo.path(".git/hire")).filter((name) => /^pending-|^lock-|\.tmp$/u.test(name))
    : [];
  const heads = readdirSync(repo.path(".git/refs/heads")).filter((name) => name.endsWith(".lock"));
  return [...left, ...own, ...heads];
}

export function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Runs some jobs, a few at a time. */
export async function inTurns<T>(jobs: readonly T[], atOnce: number, run: (job: T) => Promise<void>): Promise<void> {
  const left = [...jobs];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await run(job);
    }),
  );
}

/** A line of what was tried, as `npm run test:faults` prints it. */
export function tell(what: string, outcome: string): void {
  console.log(`${what.padEnd(72)} ${outcome}`);
}
