import { commandTable } from "./commands/table.ts";
import { exitCode } from "./core/refusal.ts";
import { main } from "./main.ts";
import { nodeContext } from "./node-context.ts";

/** Serves this process's command line; its answer becomes the process's exit code. */
export async function run(argv: readonly string[], packageRoot: string, version: string, build: string): Promise<void> {
  try {
    process.cwd();
  } catch {
    process.stderr.write("hire: the folder you are in has gone\n      cd to one that is there\n");
    process.exitCode = exitCode.io;
    return;
  }
  // All is written: to leave at once takes less time than to take apart what was read.
  process.exit(await main(argv, nodeContext(packageRoot, version, build)));
}

export function isCommand(word: string): boolean {
  return commandTable.some(({ name }) => name === word);
}
