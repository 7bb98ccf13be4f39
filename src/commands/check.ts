import { registry } from "../check/registry.ts";
import { runChecks } from "../check/run.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { Finding } from "../core/finding.ts";
import { checkText } from "../report/check-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, print } from "./print.ts";
import { formerOf, openHiring } from "./session.ts";

interface CheckOptions {
  readonly maxWarnings?: string;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<CheckOptions> = {
  declare(program) {
    program
      .argument("[paths...]", "only findings in these files or folders (everything is read all the same)")
      .option("--max-warnings <n>", "exit 1 on more warnings than this")
      .option("--format <format>", formatHelp.replace("text, markdown or json", "text or json"), collect)
      .addHelpText(
        "after",
        "\nSeverities are set in hire.yaml: rules: { rubric/weight-reason: warning }. Exits 1 where there is an error.",
      );
  },
  async run({ args, options, globals, context }) {
    const started = performance.now();
    const most = options.maxWarnings === undefined ? undefined : Number(options.maxWarnings);
    if (most !== undefined && (!Number.isInteger(most) || most < 0))
      throw new Refusal(`--max-warnings ${options.maxWarnings ?? ""} is no number`);
    const hiring = await openHiring(context, globals);
    const result = runChecks({ workspace: hiring.workspace, former: await formerOf(hiring) }, hiring.loaded.reported);
    for (const path of args)
      if (path !== undefined && !context.files.exists(context.files.resolve(context.cwd, path)))
        throw new Refusal(`${path} does not exist`);
    const paths = args.flatMap((path) => (path === undefined ? [] : [relativePath(context.files.resolve(context.cwd, path), hiring.root)]));
    const findings =
      paths.length === 0
        ? result.findings
        : result.findings.filter(({ file }) => paths.some((path) => path === "" || file === path || file.startsWith(`${path}/`)));
    const exit = exitOf(findings, most);
    const { files, texts } = hiring.loaded;
    const milliseconds = Math.round(performance.now() - started);
    return print(
      {
        kind: "check",
        exit,
        json: () => ({ files, rules: registry.length, findings, skipped: result.skipped }),
        text: (style) => checkText({ findings, skipped: result.skipped, files, rules: registry.length, milliseconds, texts }, style),
      },
      options.format,
      globals,
      context,
    );
  },
};

function relativePath(path: string, root: string): string {
  if (path === root) return "";
  if (!path.startsWith(`${root}/`)) throw new Refusal(`${path} is not in ${root}`);
  return path.slice(root.length + 1);
}

function exitOf(findings: readonly Finding[], most: number | undefined): ExitCode {
  const errors = findings.some(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  return errors || (most !== undefined && warnings > most) ? exitCode.findings : exitCode.ok;
}
