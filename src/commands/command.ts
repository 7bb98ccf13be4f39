import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { ExitCode } from "../core/refusal.ts";

/** Flags that every command hears. */
export interface Globals {
  readonly directory?: string;
  readonly as?: string;
  readonly input: boolean;
  readonly color: "auto" | "always" | "never";
  readonly json?: boolean;
  readonly commit: boolean;
}

export interface Invocation<Options> {
  readonly args: readonly (string | undefined)[];
  readonly options: Options;
  readonly globals: Globals;
  readonly context: Context;
}

/** A command: how it is asked for, and what it does. */
export interface CommandDefinition<Options = Readonly<Record<string, unknown>>> {
  /** Arguments and flags, on commander's own terms. */
  declare(command: Command): void;
  run(invocation: Invocation<Options>): Promise<ExitCode>;
  /** Whether, asked for so, it goes on to write: then it first finishes what this very command line began and was kept from. */
  writes?(args: readonly (string | undefined)[], options: Options): boolean;
}

/** Collects a flag that may be given more than once. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
