import { Command, CommanderError } from "commander";
import { commandWord } from "./command-word.ts";
import type { Globals } from "./commands/command.ts";
import { commandTable } from "./commands/table.ts";
import type { Context } from "./context.ts";
import { unheard, visible } from "./core/escape.ts";
import { exitCode, type ExitCode, Refusal, statusOf } from "./core/refusal.ts";
import { Interrupted } from "./ports.ts";

/** Serves one command line; the only place where errors are shown. */
export async function main(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    return await serve(argv, { ...context, argv });
  } catch (error) {
    return await show(error, argv, context);
  }
}

async function serve(argv: readonly string[], context: Context): Promise<ExitCode> {
  let ended: ExitCode = exitCode.ok;
  const fit = argv.some((word) => /^(?:--help|-h|help)$/u.test(word))
    ? await fitting(context.output.width)
    : (text: string): string => text;
  const program = new Command("hire")
    .description("Keeps a search honest in a git repository: what was agreed, how candidates were judged, what changed and why.")
    .version(context.version, "-V, --version", "print the version")
    .option("-C, --directory <dir>", "start in this folder instead of here")
    .option("--as <person>", "who is acting, by id in hire.yaml (default: by git's user.email)")
    .option("--no-input", "never ask; a missing answer is a refusal that names the flag")
    .option("--no-commit", "write files, do not commit them")
    .option("--json", "print JSON (described by: hire schema output/<kind>)")
    .option("--color <when>", "auto, always or never", "auto")
    .showHelpAfterError("(hire --help lists the commands, hire COMMAND --help their flags)")
    .helpCommand("help [command]", "show the flags of a command")
    .exitOverride()
    .configureHelp({ helpWidth: context.output.width })
    .configureOutput({
      // Flags are laid out already; what stands below them is not.
      writeOut: (text) => context.output.out(fit(text)),
      writeErr: () => undefined,
      getOutHelpWidth: () => context.output.width,
    });
  const wanted = commandWord(argv);
  const known = commandTable.find(({ name }) => name === wanted);
  // Where the command is known, the others need not be made; help and suggestions name them all.
  for (const entry of known === undefined || argv.includes("help") ? commandTable : [known]) {
    const command = program.command(entry.name, { hidden: entry.hidden === true }).description(entry.summary);
    if (entry.name !== wanted) continue;
    const { command: definition } = await entry.load();
    definition.declare(command);
    command.action(async () => {
      const args = command.processedArgs.flat() as (string | undefined)[];
      const globals = globalsOf(program);
      const isDone = definition.writes?.(args, command.opts()) === true && (await finishInterrupted(globals, context));
      if (!isDone) ended = await definition.run({ args, options: command.opts(), globals, context });
    });
  }
  if (wanted === undefined)
    program.action(async () => {
      const globals = globalsOf(program);
      const start = context.files.resolve(context.cwd, globals.directory ?? ".");
      if (context.files.findUp(start, "hire.yaml") === undefined) context.output.out(program.helpInformation());
      else ended = await (await import("./commands/now.ts")).now(globals, context);
    });
  await program.parseAsync([...argv], { from: "user" });
  return ended;
}

/** Whether this command line was interrupted while it saved, and is finished now. */
async function finishInterrupted(globals: Globals, context: Context): Promise<boolean> {
  const start = context.files.resolve(context.cwd, globals.directory ?? ".");
  if (context.files.findUp(start, "hire.yaml") === undefined) return false;
  const [{ finishSame }, { findHiring }] = [await import("./commands/pending.ts"), await import("./commands/place.ts")];
  return finishSame(await findHiring(context, globals), context, globals);
}

/** What makes help fit its width: longer lines are broken, under themselves. */
async function fitting(width: number): Promise<(text: string) => string> {
  const { wrap } = await import("./report/style.ts");
  const indent = (line: string): number => /^ */u.exec(line)?.[0].length ?? 0;
  return (text) =>
    text
      .split("\n")
      .flatMap((line) => (line.length <= width ? [line] : wrap(line, width, indent(line))))
      .join("\n");
}

function globalsOf(program: Command): Globals {
  const globals = program.opts<Globals>();
  if (!["auto", "always", "never"].includes(globals.color))
    throw new Refusal(`--color ${visible(globals.color)} is none of auto, always, never`);
  return globals;
}

async function show(error: unknown, argv: readonly string[], context: Context): Promise<ExitCode> {
  const { output } = context;
  const wantsJson = argv.some(
    (word, index) =>
      word === "--json" || word.startsWith("--format=json") || (word === "--format" && argv[index + 1]?.startsWith("json") === true),
  );
  const say = async (code: ExitCode, name: string, message: string, hint?: string): Promise<ExitCode> => {
    if (wantsJson) {
      const { escapeControls } = await import("./report/json.ts");
      const fields = {
        schemaVersion: 1,
        kind: "error",
        status: statusOf[code],
        code: name,
        message,
        ...(hint === undefined ? {} : { hint }),
      };
      output.err(`${escapeControls(JSON.stringify(fields))}\n`);
      return code;
    }
    const lines = [
      `hire: ${visible(message)}`,
      ...(hint === undefined
        ? []
        : visible(hint)
            .split("\n")
            .map((line) => `      ${line}`)),
    ];
    if (output.terminal) {
      const { wrap } = await import("./report/style.ts");
      output.err(`${lines.flatMap((line) => wrap(line, output.width, 6)).join("\n")}\n`);
    } else output.err(context.env["GITHUB_ACTIONS"] === "true" ? unheard(`${lines.join("\n")}\n`) : `${lines.join("\n")}\n`);
    return code;
  };
  if (error instanceof Interrupted) return say(exitCode.interrupted, "interrupted", error.message);
  if (error instanceof Refusal) return say(error.exitCode, "refused", error.message, error.hint);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.ok;
    const [message = "", ...hint] = error.message.replace(/^error: /u, "").split("\n");
    return say(
      exitCode.refused,
      "usage",
      message,
      hint.join(" ").trim() || "hire --help lists the commands, hire COMMAND --help their flags",
    );
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = reportBug(stack, argv, context);
  return say(
    exitCode.bug,
    "bug",
    `a bug in hire: ${error instanceof Error ? error.message : String(error)}`,
    where === undefined ? stack : `the report was written to ${where}`,
  );
}

function reportBug(stack: string, argv: readonly string[], { files, cwd, clock }: Context): string | undefined {
  const top = files.findUp(cwd, ".git");
  if (top === undefined || files.isEmptyFolder(files.resolve(top, ".git"))) return undefined;
  const path = files.resolve(
    top,
    `.git/hire/crash-${clock
      .now()
      .replaceAll(/[^0-9]/gu, "")
      .slice(0, 14)}.txt`,
  );
  try {
    files.write(files.resolve(top, ".git"), path, `hire ${argv[0] ?? ""}\n\n${stack}\n`, { private: true });
    return path;
  } catch {
    return undefined;
  }
}
