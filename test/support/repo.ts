import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFiles } from "../../src/adapters/files.ts";
import { nodeGit } from "../../src/adapters/git.ts";
import type { Context } from "../../src/context.ts";
import { addDays } from "../../src/core/moment.ts";
import { main } from "../../src/main.ts";
import { asCommitter } from "../../src/node-context.ts";
import type { Prompts } from "../../src/ports.ts";
import { silentPrompts } from "./prompts.ts";

export const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly prompts?: Prompts;
  readonly stdin?: string;
  readonly width?: number;
  readonly colour?: boolean;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real temporary git repository with a fixed identity, a clock that moves a minute a command, and no user configuration. */
export class TestRepo {
  readonly root: string;
  #minutes = 0;
  #random = 0;

  /** A new repository, or a copy of one as it stands. */
  constructor(like?: TestRepo) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "hire-test-")));
    if (like === undefined) this.git("init", "--initial-branch=main");
    else {
      cpSync(like.root, this.root, { recursive: true });
      this.#minutes = like.#minutes;
      this.#random = like.#random;
    }
  }

  get env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.root,
      NODE_DISABLE_COMPILE_CACHE: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      ...(asCommitter({}, "Dana Reyes", "dana@northwind.example", this.now()) as Record<string, string>),
    };
  }

  now(): string {
    const minutes = 9 * 60 + this.#minutes;
    return `${addDays("2026-11-03", Math.floor(minutes / 1440))}T${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00+02:00`;
  }

  /** Moves the clock on, in days. */
  later(days: number): void {
    this.#minutes += days * 1440;
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.root, env: this.env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  edit(path: string, from: string | RegExp, to: string | ((whole: string) => string)): void {
    const text = this.read(path);
    const next = text.replace(from, to as string);
    if (next === text) throw new Error(`${path} does not hold ${String(from)}`);
    this.write(path, next);
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD").trim();
  }

  /** Runs a command line through `main`, as a process would. */
  async hire(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    this.#minutes += 1;
    const said = { stdout: "", stderr: "" };
    const context = this.context(options, said);
    const code = await main(args, context);
    return { code, ...said };
  }

  /** The same, which must succeed. */
  async ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.hire(args);
    if (code !== 0) throw new Error(`hire ${args.join(" ")} ended with ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  context(options: RunOptions, said: { stdout: string; stderr: string }): Context {
    return this.#contextAt(this.now(), { ...this.env, ...options.env }, options, said);
  }

  #contextAt(at: string, env: Context["env"], options: RunOptions, said: { stdout: string; stderr: string }): Context {
    return {
      cwd: options.cwd ?? this.root,
      argv: [],
      env,
      clock: { now: () => at, elapsed: () => performance.now() },
      files: { ...nodeFiles(packageRoot), stdin: () => options.stdin ?? "" },
      git: nodeGit(env),
      prompts: options.prompts ?? silentPrompts,
      output: {
        out: (text) => void (said.stdout += text),
        err: (text) => void (said.stderr += text),
        width: options.width ?? 80,
        colour: options.colour ?? false,
        terminal: false,
      },
      version: "0.0.0-test",
      build: "test",
      random: { below: (limit) => (this.#random += 7) % limit },
      actingAs: ({ name, email }, then) => this.#contextAt(then, asCommitter(env, name, email, then), options, said),
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The sound search that fixtures are made from: see test/fixtures/search. */
export const searchFiles = ["hire.yaml", "markets/backend-fi.yaml", "roles/backend/intake.yaml", "roles/backend/rubric.yaml"] as const;

export function fixture(path: string): string {
  return readFileSync(join(packageRoot, "test/fixtures", path), "utf8");
}

/** Copies of a repository that is made once, as making it takes many commands. */
export function onceMade(make: () => Promise<TestRepo>): () => Promise<TestRepo> {
  let made: Promise<TestRepo> | undefined;
  return async () => {
    made ??= make();
    return new TestRepo(await made);
  };
}

/** A hiring repository with one role, agreed by both sides, committed. */
export const agreedRepo = onceMade(async () => {
  const repo = new TestRepo();
  for (const path of searchFiles) repo.write(path, fixture(`search/${path}`));
  repo.commit("Begin");
  await repo.ok("agree", "backend", "--as", "dana");
  await repo.ok("agree", "backend", "--as", "riku");
  return repo;
});

/** The flags of a scorecard: a rating and its evidence for each criterion. */
export function rated(ratings: Readonly<Record<string, readonly [rating: number, evidence: string]>>): readonly string[] {
  return Object.entries(ratings).flatMap(([id, [rating, evidence]]) => ["--rate", `${id}=${rating}`, "--evidence", `${id}=${evidence}`]);
}
