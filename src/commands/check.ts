import { registry } from "../check/registry.ts";
import type { CheckResult } from "../check/run.ts";
import type { Base } from "../core/base.ts";
import { blobId } from "../core/digest.ts";
import { countBySeverity, type Finding } from "../core/finding.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { checkMarkdown } from "../report/check-markdown.ts";
import { type CheckReport, checkText } from "../report/check-text.ts";
import { type FindingsReport, numbered, plain, toldToOthers } from "../report/findings.ts";
import type { Loaded } from "../workspace/load.ts";
import type { Context } from "../context.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { fixFindings } from "./fix.ts";
import { baseOf, judge } from "./judge.ts";
import { print } from "./print.ts";
import { type Range, resolveBase } from "./range.ts";
import { findHiring, hiringNames, loadCommit, loadReader, type Place, requireRepository } from "./session.ts";

interface CheckOptions {
  readonly base?: string;
  readonly staged?: boolean;
  readonly changed?: boolean;
  readonly new?: boolean;
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
    const started = performance.now();
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
    const report = reportOf(looked, findings, place);
    const milliseconds = Math.round(performance.now() - started);
    const text: CheckReport = {
      ...report,
      milliseconds,
      textOf: (file) => looked.loaded.texts.get(file),
      discreet: discreetRules,
      range: range?.label,
    };
    return print(
      {
        kind: "check",
        exit: exitOf(findings, most),
        json: () => checkJson(report, range),
        text: (style) => checkText(text, style),
        ...sharedFormats(report, options.showSensitive === true, context),
      },
      options.format,
      globals,
      context,
    );
  },
};

export const discreetRules: ReadonlySet<string> = new Set(registry.flatMap(({ id, discreet }) => (discreet === true ? [id] : [])));

/** What was read, and what the rules say to it. */
interface Looked {
  readonly loaded: Loaded;
  readonly result: CheckResult;
}

async function lookAt(place: Place, range: Range | undefined, options: CheckOptions, context: Context): Promise<Looked> {
  const { load, loadInTurns } = await loadReader();
  const everything = (): boolean => true;
  const snapshot =
    options.staged === true
      ? await requireRepository(place).readIndex(place.folder, hiringNames, everything, context.env["GIT_INDEX_FILE"])
      : context.files.snapshot(place.root, hiringNames, everything);
  const scope = options.changed === true ? await changedIn(place, snapshot, range) : undefined;
  const loaded =
    scope === undefined ? await loadInTurns(snapshot) : load({ ...snapshot, files: snapshot.files.filter(({ path }) => scope(path)) });
  let base: Base | undefined;
  if (range !== undefined) {
    // What became of the base is told of everything, then cut to what is asked for.
    base = await baseOf(place, range, scope === undefined ? loaded : load(snapshot, { known: loaded }));
  }
  const result = await judge(place, loaded, base);
  const inScope = scope === undefined ? result.findings : result.findings.filter(({ file }) => scope(file));
  const findings = options.new === true ? await onlyNew(inScope, place, range, loaded, scope ?? everything) : inScope;
  return { loaded, result: { ...result, findings } };
}

/** What was not found before: by rule, file and message, however many lines were added above it. */
async function onlyNew(
  findings: readonly Finding[],
  place: Place,
  range: Range | undefined,
  loaded: Loaded,
  wanted: (path: string) => boolean,
): Promise<readonly Finding[]> {
  const repository = requireRepository(place);
  const commit = range?.base ?? (await repository.head());
  if (findings.length === 0 || commit === undefined) return findings;
  const before = await judge(place, await loadCommit({ ...place, loaded }, commit, wanted));
  const known = new Set(numbered(before.findings).map(({ key }) => key.join("\0")));
  return numbered(findings).flatMap(({ finding, key }) => (known.has(key.join("\0")) ? [] : [finding]));
}

/**
 * Which files to look at: those of roles in which something differs from the base (HEAD, where none is named), and all
 * of them where what every role refers to differs.
 */
async function changedIn(place: Place, snapshot: Snapshot, range: Range | undefined): Promise<(path: string) => boolean> {
  const repository = requireRepository(place);
  const commit = range?.base ?? (await repository.head());
  const old = commit === undefined ? new Map<string, string>() : await repository.listTree(commit, place.folder, hiringNames);
  const gone = new Set(old.keys());
  const changed = new Set<string>();
  for (const { path, id, bytes } of snapshot.files) {
    gone.delete(path);
    const before = old.get(path);
    if (before === undefined || before !== (id ?? (bytes === null ? undefined : blobId(bytes, before.length)))) changed.add(path);
  }
  const all = [...changed, ...gone];
  if (all.some((path) => !path.startsWith("roles/"))) return () => true;
  const roles = new Set(all.map((path) => path.split("/")[1]));
  return (path) => !path.startsWith("roles/") || path === "roles/" || roles.has(path.split("/")[1]);
}

/** Findings with what was looked at, as every format tells them. */
export function reportOf({ loaded, result }: Looked, findings: readonly Finding[], { folder }: Pick<Place, "folder">): FindingsReport {
  return { ...result, findings, files: loaded.files, rules: registry.length, folder };
}

export function checkJson(
  { findings, suppressed, skipped, files, rules }: FindingsReport,
  range: Range | undefined,
): Readonly<Record<string, unknown>> {
  return { base: range?.base ?? null, files, rules, findings: findings.map(plain), suppressed: suppressed.map(plain), skipped };
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
      sarif: async () => (await import("../report/sarif.ts")).sarif(told, registry, context.version),
      gitlab: async () => (await import("../report/gitlab.ts")).gitlab(told),
      junit: async () => (await import("../report/junit.ts")).junit(told),
    },
  };
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
