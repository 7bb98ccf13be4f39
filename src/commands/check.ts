import type { CheckResult } from "../check/run.ts";
import { countBySeverity, type Finding } from "../core/finding.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { checkMarkdown } from "../report/check-markdown.ts";
import { type CheckReport, checkText } from "../report/check-text.ts";
import { findingsJson, type FindingsReport, toldToOthers } from "../report/findings.ts";
import type { Context } from "../context.ts";
import { collect, type CommandDefinition } from "./command.ts";
import type { Looked, Scope } from "./check-change.ts";
import { type KeptCheck, readKept, writeKept } from "./check-store.ts";
import { foundIn } from "./found.ts";
import { readNames } from "./names-store.ts";
import { print } from "./print.ts";
import { type Range, resolveBase } from "./range.ts";
import { findHiring, type Place, requireRepository } from "./place.ts";

interface CheckOptions extends Scope {
  readonly base?: string;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly maxWarnings?: string;
  readonly showSensitive?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<CheckOptions> = {
  declare(program) {
    program
      .argument("[paths...]", "only findings in these files or folders (everything is read all the same)")
      .option("--base <revision>", "check what changed since, too, and by whom; auto finds the pull request's base")
      .option("--staged", "what is staged, instead of the working tree")
      .option("--changed", "only roles with a file that differs from the base (without --base: from HEAD)")
      .option("--new", "only findings that the base (without --base: HEAD) does not have")
      .option("--fix", "put right what can be put right with certainty; nothing is committed")
      .option("--fix-dry-run", "show what --fix would do")
      .option("--max-warnings <n>", "exit 1 on more warnings than this")
      .option("--show-sensitive", "pay figures in the formats that others read, too")
      .option(
        "--format <format>",
        "text, json, github, sarif, gitlab, junit or markdown, with =FILE to write it there; may be given more than once",
        collect,
      )
      .addHelpText(
        "after",
        "\nSeverities are set in hire.yaml: rules: { rubric/weight-reason: warning }. Exits 1 where there is an error. hire rules lists the rules.",
      );
  },
  async run({ args, options, globals, context }) {
    const started = context.clock.elapsed();
    const most = warningLimit(options.maxWarnings);
    const fixing = options.fix === true || options.fixDryRun === true;
    if (fixing && options.staged === true)
      throw new Refusal("--fix mends files, not what is staged", { hint: "hire check --fix, then git add" });
    const place = await findHiring(context, globals);
    const paths = pathsIn(args, place, context);
    const head = options.staged === true ? ("index" as const) : undefined;
    const range = options.base === undefined ? undefined : await resolveBase(requireRepository(place), context, options.base, head);
    const look = async (): Promise<Looked> => lookAt(place, range, options, context);
    let looked = await look();
    if (fixing) {
      const dryRun = options.fixDryRun === true;
      const { fixFindings } = await import("./fix.ts");
      const fixed = await fixFindings(
        place,
        looked.result.findings.filter((finding) => isIn(finding, paths)),
        dryRun,
        context,
        async () => {
          looked = await look();
          return looked.result.findings.filter((finding) => isIn(finding, paths));
        },
      );
      if (dryRun) {
        context.output.out(fixed === "" ? "Nothing here can be put right with certainty.\n" : fixed);
        return exitCode.ok;
      }
    }
    const findings = looked.result.findings.filter((finding) => isIn(finding, paths));
    const report = { ...looked.result, findings, files: looked.files, rules: looked.rules, folder: place.folder };
    const milliseconds = Math.round(context.clock.elapsed() - started);
    const text: CheckReport = {
      ...report,
      milliseconds,
      textOf: (file) => textOf(place, file, options.staged === true, context),
      discreet: new Set(looked.discreet),
      namesKnown: readNames(place, context).size > 0,
      range: range?.label,
    };
    return print(
      {
        kind: "check",
        exit: exitOf(findings, most),
        json: () => ({ base: range?.base ?? null, ...findingsJson(report) }),
        text: (style) => checkText(text, style),
        ...sharedFormats(report, options.showSensitive === true, context),
      },
      options.format,
      globals,
      context,
    );
  },
};

/** The working tree, as far as it changed since it was last looked at. */
async function lookAtTree(place: Place, context: Context): Promise<Looked> {
  const kept = readKept(place, context);
  const changed = kept === undefined ? [] : context.files.changedSince(place.root, kept.listing);
  const head = kept !== undefined && kept.head !== null ? ((await place.repository?.head()) ?? null) : null;
  const isMoved = kept !== undefined && kept.head !== head;
  if (kept !== undefined && changed.length === 0 && !isMoved) return { ...kept, ...resultOf(foundIn(kept.tree)) };
  // The rules are loaded only where there is something to look at.
  const { checkAgain, checkTree, discreetRules, ruleCount } = await import("./check-tree.ts");
  const again = kept === undefined ? undefined : rolesToLookAt(place, context, kept, changed, isMoved);
  const checked =
    kept === undefined || again === undefined
      ? await checkTree(place, context)
      : await checkAgain(place, context, kept.tree, again, changed);
  const looked = { rules: ruleCount, discreet: discreetRules };
  const history = checked.parts.some((part) => part.history);
  writeKept(place, context, {
    ...looked,
    tree: checked,
    head: history ? ((await place.repository?.head()) ?? null) : null,
  });
  return { ...looked, ...resultOf(foundIn(checked)) };
}

function resultOf({ files, ...result }: CheckResult & { readonly files: number }): Pick<Looked, "result" | "files"> {
  return { result, files };
}

/** Roles that no longer stand as they did; undefined where what all of them share does not. */
function rolesToLookAt(
  { root }: Place,
  { files }: Context,
  { tree: { parts } }: KeptCheck,
  changed: readonly string[],
  isMoved: boolean,
): ReadonlySet<string> | undefined {
  const again = new Set<string>();
  for (const path of changed) {
    const role = /^roles\/([^/]+)\//u.exec(path)?.[1];
    if (role !== undefined) again.add(role);
    else if (path !== "roles/") return undefined;
  }
  const known = new Set(parts.map(({ role }) => role));
  if (changed.includes("roles/")) for (const role of files.folders(files.resolve(root, "roles"))) if (!known.has(role)) again.add(role);
  // What the history said was said as of another HEAD.
  if (isMoved) for (const { role, history } of parts) if (history && role !== null) again.add(role);
  return again;
}

async function lookAt(place: Place, range: Range | undefined, options: CheckOptions, context: Context): Promise<Looked> {
  const isPlain = range === undefined && options.staged !== true && options.changed !== true && options.new !== true;
  if (isPlain) return lookAtTree(place, context);
  const { lookAtChange } = await import("./check-change.ts");
  return lookAtChange(place, range, options, context);
}

/** The formats that others read: from the top of the repository, and without pay figures unless those are asked for. */
export function sharedFormats(
  report: FindingsReport,
  sensitive: boolean,
  context: Context,
): { readonly markdown: () => string; readonly others: Readonly<Record<string, () => Promise<string>>> } {
  const told = toldToOthers(report, sensitive);
  return {
    markdown: () => checkMarkdown(told),
    others: {
      github: async () => (await import("../report/github.ts")).githubCommands(told),
      sarif: async () => {
        const [{ sarif }, { registry }] = await Promise.all([import("../report/sarif.ts"), import("../check/registry.ts")]);
        return sarif(told, registry, context.version);
      },
      gitlab: async () => (await import("../report/gitlab.ts")).gitlab(told),
      junit: async () => (await import("../report/junit.ts")).junit(told),
    },
  };
}

/**
 * A file's text for the lines around a finding; what is staged may read otherwise, and is not quoted. Taken as all that
 * is checked is: what a link leads to lies elsewhere, and is nobody's to quote.
 */
function textOf({ root }: Place, file: string, staged: boolean, { files }: Context): string | undefined {
  if (staged) return undefined;
  try {
    const [found] = files.snapshot(root, [file], (path) => path === file).files;
    return found?.text ?? (found?.bytes ? new TextDecoder().decode(found.bytes) : undefined);
  } catch {
    return undefined;
  }
}

function pathsIn(args: readonly (string | undefined)[], { root }: Place, { files, cwd }: Context): readonly string[] {
  return args.flatMap((arg) => {
    if (arg === undefined) return [];
    const path = files.resolve(cwd, arg);
    if (!files.exists(path)) throw new Refusal(`${arg} does not exist`);
    if (path === root) return [""];
    if (!path.startsWith(`${root}/`)) throw new Refusal(`${path} is not in ${root}`);
    return [path.slice(root.length + 1)];
  });
}

function isIn({ file }: Finding, paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
}

export function warningLimit(given: string | undefined): number | undefined {
  const most = given === undefined ? undefined : Number(given);
  if (most !== undefined && (!Number.isInteger(most) || most < 0)) throw new Refusal(`--max-warnings ${given ?? ""} is no number`);
  return most;
}

export function exitOf(findings: readonly Finding[], most: number | undefined): ExitCode {
  const { error, warning } = countBySeverity(findings);
  return error > 0 || (most !== undefined && warning > most) ? exitCode.findings : exitCode.ok;
}
