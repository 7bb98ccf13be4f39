/** What `bin/hire.js` runs. `hire --version` answers before anything else is loaded. */
import { commandWord } from "./command-word.ts";
import type * as running from "./run.ts";

declare const __VERSION__: string;
/** Digest of the rest of the bundle. */
declare const __BUILD__: string;
declare const __dirname: string;

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) process.stdout.write(`${__VERSION__}\n`);
else void loadAndRun();

async function loadAndRun(): Promise<void> {
  const { Parts } = await import("./parts.ts");
  const word = commandWord(argv) ?? "help";
  const parts = new Parts(__dirname, __BUILD__, /^[a-z]+$/u.test(word) ? word : "help", process.env);
  const { run, isCommand } = parts.load("run.cjs") as typeof running;
  process.once("exit", () => {
    if (isCommand(word) || word === "help") parts.keep();
  });
  await run(argv, `${__dirname}/..`, __VERSION__, __BUILD__);
}
