import type { Clock, Files, Git, Output, Prompts, Random } from "./ports.ts";

/** Everything a command may ask of the world. */
export interface Context {
  readonly cwd: string;
  /** The command line that is served, without the program; `main` sets it. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly files: Files;
  readonly git: Git;
  readonly prompts: Prompts;
  readonly output: Output;
  readonly random: Random;
  /** This hire's own. */
  readonly version: string;
  /** Names the very code that runs: what was kept by other code is not taken up. */
  readonly build: string;
  /** The same world at another moment, with git acting for someone else: how a sample history is made. */
  actingAs(person: { readonly name: string; readonly email: string }, at: string): Context;
}
