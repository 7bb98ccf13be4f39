import type { CheckResult } from "../check/run.ts";
import type { Base } from "../core/base.ts";
import { blobId } from "../core/digest.ts";
import { countBySeverity, type Finding } from "../core/finding.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { checkMarkdown } from "../report/check-markdown.ts";
import { type CheckReport, checkText } from "../report/check-text.ts";
import { findingsJson, type FindingsReport, numbered, toldToOthers } from "../report/findings.ts";
import type { Loaded } from "../workspace/load.ts";
import type { Context } from "../context.ts";
import { collect, type CommandDefinition } from "./command.ts";
import type * as tree from "./check-tree.ts";
import { type KeptCheck, readKept, writeKept } from "./check-store.ts";
import { readNames } from "./names-store.ts";
import { print } from "./print.ts";
import { type Range, resolveBase } from "./range.ts";
import { findHiring, hiringNames, type Place, requireRepository } from "./place.ts";
import { loadCommit, loadReader } from "./session.ts";

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
    const milliseconds = Math.round(performance.now() - started);
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

/** What the rules say, and what they looked at. */
interface Looked {
  readonly result: CheckResult;
  readonly files: number;
  readonly rules: number;
  /** Rules whose findings are never quoted. */
  readonly discreet: readonly string[];
}

/** The rules are loaded only where there is something to look at. */
const loadRules = (): Promise<typeof tree> => import("./check-tree.ts");

/** The working tree, as far as it changed since it was last looked at. */
async function lookAtTree(place: Place, context: Context): Promise<Looked> {
  const kept = readKept(place, context);
  const changed = kept === undefined ? [] : context.files.changedSince(place.root, kept.listing);
  const head = kept !== undefined && kept.head !== null ? ((await place.repository?.head()) ?? null) : null;
  const isMoved = kept !== undefined && kept.head !== head;
  if (kept !== undefined && changed.length === 0 && !isMoved) {
    const { foundIn } = await import("./found.ts");
    return { ...kept, ...resultOf(foundIn(kept.tree)) };
  }
  const { checkAgain, checkTree, discreetRules, ruleCount } = await loadRules();
  const { foundIn } = await import("./found.ts");
  const again = kept === undefined ? undefined : rolesToLookAt(place, context, kept, changed, isMoved);
  const isNamed = changed.some((path) => path.endsWith("/"));
  const checked =
    kept === undefined || again === undefined
      ? await checkTree(place, context)
      : await checkAgain(place, context, kept.tree, again, isNamed);
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
  return isPlain ? lookAtTree(place, context) : lookAtChange(place, range, options, context);
}

async function lookAtChange(place: Place, range: Range | undefined, options: CheckOptions, context: Context): Promise<Looked> {
  const { load, loadInTurns } = await loadReader();
  const { baseOf, judge } = await import("./judge.ts");
  const { discreetRules, ruleCount } = await loadRules();
  const everything = (): boolean => true;
  const snapshot =
    options.staged === true
      ? await requireRepository(place).readIndex(place.folder, hiringNames, everything, context.env["GIT_INDEX_FILE"])
      : context.files.snapshot(place.root, hiringNames, everything);
  const scope = options.changed === true ? await changedIn(place, snapshot, range) : undefined;
  const loaded =
    scope === undefined ? await loadInTurns(snapshot) : load({ ...snapshot, files: snapshot.files.filter(({ path }) => scope(path)) });
  let base: Base | undefined;
  // What became of the base is told of everything, then cut to what is asked for.
  if (range !== undefined) base = await baseOf(place, range, scope === undefined ? loaded : load(snapshot, { known: loaded }));
  const result = await judge(place, loaded, context, base);
  const inScope = scope === undefined ? result.findings : result.findings.filter(({ file }) => scope(file));
  const findings = options.new === true ? await onlyNew(inScope, place, range, loaded, scope ?? everything, context) : inScope;
  return { result: { ...result, findings }, files: loaded.files, rules: ruleCount, discreet: discreetRules };
}

/** What was not found before: by rule, file and message, however many lines were added above it. */
async function onlyNew(
  findings: readonly Finding[],
  place: Place,
  range: Range | undefined,
  loaded: Loaded,
  wanted: (path: string) => boolean,
  context: Context,
): Promise<readonly Finding[]> {
  const repository = requireRepository(place);
  const commit = range?.base ?? (await repository.head());
  if (findings.length === 0 || commit === undefined) return findings;
  const { judge } = await import("./judge.ts");
  const before = await judge(place, await loadCommit({ ...place, loaded }, commit, wanted), context);
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

/** A file's text for the lines around a finding; what is staged may read otherwise, and is not quoted. */
function textOf({ root }: Place, file: string, staged: boolean, { files }: Context): string | undefined {
  if (staged) return undefined;
  try {
    return files.read(files.resolve(root, file));
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
