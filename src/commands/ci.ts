import { registry } from "../check/registry.ts";
import { count } from "../core/change/words.ts";
import { visible } from "../core/escape.ts";
import { oneLine } from "../core/document.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { Repository } from "../ports.ts";
import { roleChangesJson, summaryJson } from "../report/change-json.ts";
import { checkText } from "../report/check-text.ts";
import { type CiReport, commentMarkdown, longestComment, markerOf, summaryMarkdown } from "../report/ci-markdown.ts";
import { diffText } from "../report/diff-text.ts";
import { discreetRole } from "../report/discreet.ts";
import { findingsJson, toldToOthers } from "../report/findings.ts";
import { gitlab } from "../report/gitlab.ts";
import { githubCommands } from "../report/github.ts";
import { toJson } from "../report/json.ts";
import type { Style } from "../report/style.ts";
import type { Context } from "../context.ts";
import { exitOf, sharedFormats, warningLimit } from "./check.ts";
import { discreetRules } from "./check-tree.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { baseOf, judge } from "./judge.ts";
import { print } from "./print.ts";
import { gitHubEvent, pushedFrom, type Range, resolveBase } from "./range.ts";
import { folderIn, type Place, startFolder } from "./place.ts";
import { loadCommit } from "./session.ts";
import { withImpact } from "./sides.ts";

interface CiOptions {
  readonly base?: string;
  readonly comment?: string;
  readonly maxWarnings?: string;
  readonly showSensitive?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<CiOptions> = {
  declare(program) {
    program
      .option("--base <revision>", "the base, where the CI does not say it (default: auto)")
      .option("--comment <file>", "write the pull request's comment there, as JSON for the job that posts it")
      .option("--max-warnings <n>", "exit 1 on more warnings than this")
      .option("--show-sensitive", "pay figures, too: whoever may read the CI's output reads them")
      .option(
        "--format <format>",
        "text, json, sarif, gitlab, junit, github or markdown (the comment), with =FILE to write it there; may be given more than once",
        collect,
      )
      .addHelpText(
        "after",
        "\nChecks HEAD, and how it came from the base. On GitHub: annotations and the step summary; on GitLab: gl-code-quality-report.json.\nExits 0 fine, 1 findings, 2 refused, 3 could not tell (the base was not fetched), 4 could not read or write.",
      );
  },
  async run({ options, globals, context }) {
    const started = context.clock.elapsed();
    const most = warningLimit(options.maxWarnings);
    const start = startFolder(context, globals);
    if (!context.files.exists(start)) throw new Refusal(`${start} does not exist`);
    const repository = await context.git.open(start);
    if (repository === undefined) throw new Refusal(`${start} is in no git work tree`, { hint: "check out the repository first" });
    const range = await rangeOf(repository, options.base, context);
    const place = await placeOf(repository, range, start, context);
    if (place === undefined) return nothingHere(options, globals, context);

    const head = await repository.resolve("HEAD");
    const loaded = await loadCommit(place, head);
    const base = range === undefined ? undefined : await baseOf(place, range, loaded);
    const result = await judge(place, loaded, context, base);
    const roles = base === undefined ? [] : await withImpact(base.changes, base.workspace, place, async () => loaded);

    const sensitive = options.showSensitive === true;
    const exit = exitOf(result.findings, most);
    const own = { ...result, files: loaded.files, rules: registry.length, folder: place.folder };
    const report: CiReport = {
      check: toldToOthers(own, sensitive),
      range: range?.label,
      roles: sensitive ? roles : roles.map(discreetRole),
    };
    if (range === undefined)
      context.output.err("hire: nothing came before HEAD, so there is no base: what stands here is checked, not how it came about\n");
    showInCi(report, options, context);
    if (options.comment !== undefined) writeComment(options.comment, report, exit, head, context);
    const milliseconds = Math.round(context.clock.elapsed() - started);
    const formats = sharedFormats(own, sensitive, context);
    return print(
      {
        kind: "ci",
        exit,
        json: () => ciJson(report, range, head),
        text: (style) => logText(report, milliseconds, style, context),
        markdown: () => commentMarkdown(report),
        others: formats.others,
      },
      options.format,
      globals,
      context,
    );
  },
};

/** What HEAD is judged against; undefined for the first push of all, before which there was nothing. */
async function rangeOf(repository: Repository, base: string | undefined, context: Context): Promise<Range | undefined> {
  try {
    const range = await resolveBase(repository, context, base ?? "auto", "HEAD");
    if (range.base !== range.head || base !== undefined) return range;
    // Compared with itself nothing would ever have changed. On a schedule that is nobody's question; in a CI that hire
    // does not know, it may be a pull request's.
    const { env } = context;
    if (env["CI"] && env["GITHUB_ACTIONS"] !== "true" && env["GITLAB_CI"] !== "true")
      throw new Refusal("HEAD seems to be its own base here", {
        exitCode: exitCode.unknown,
        hint: "name the base: hire ci --base origin/main",
      });
    return undefined;
  } catch (error) {
    if ((base ?? "auto") === "auto" && error instanceof Refusal && error.exitCode === exitCode.unknown && isFirstPush(context))
      return undefined;
    throw error;
  }
}

function isFirstPush(context: Context): boolean {
  const before = pushedFrom(context);
  return before !== undefined && /^0+$/u.test(before);
}

/**
 * Where the hiring files lie in HEAD, or lay in the base: around the folder started from, or the only place there is.
 * Undefined where neither side has any.
 */
async function placeOf(repository: Repository, range: Range | undefined, start: string, { files }: Context): Promise<Place | undefined> {
  const from = folderIn(repository.top, start);
  for (const commit of [await repository.resolve("HEAD"), ...(range === undefined ? [] : [range.base])]) {
    const folders = await repository.foldersWith(commit, "hire.yaml");
    const around = folders
      .filter((folder) => folder === "" || from === folder || from.startsWith(`${folder}/`))
      .toSorted((a, b) => b.length - a.length)[0];
    const [only, ...others] = folders;
    const folder = around ?? (others.length === 0 ? only : undefined);
    if (folder !== undefined) return { root: files.resolve(repository.top, folder), folder, repository };
    if (others.length > 0)
      throw new Refusal(`there are ${folders.length} hiring repositories here: ${folders.map(oneLine).join(", ")}`, {
        hint: "check each by itself: hire ci -C FOLDER",
      });
  }
  return undefined;
}

async function nothingHere({ format }: CiOptions, globals: Globals, context: Context): Promise<ExitCode> {
  const check = { findings: [], suppressed: [], skipped: [], files: 0, rules: registry.length, folder: "" };
  const report: CiReport = { check, range: undefined, roles: [] };
  const words = "No hiring files here: nothing to check.\n";
  return print(
    {
      kind: "ci",
      exit: exitCode.ok,
      json: () => ciJson(report, undefined, null),
      text: () => words,
      markdown: () => words,
      others: sharedFormats(check, false, context).others,
    },
    format,
    globals,
    context,
  );
}

/** What the CI shows by itself. Where it cannot be written, that is said, and changes no verdict. */
function showInCi(report: CiReport, { format = [] }: CiOptions, context: Context): void {
  const { env, cwd, files } = context;
  const summary = env["GITHUB_ACTIONS"] === "true" ? env["GITHUB_STEP_SUMMARY"] : undefined;
  if (summary)
    attempt("the step summary", context, () =>
      files.write(files.resolve(summary, ".."), summary, (files.read(summary) ?? "") + summaryMarkdown(report)),
    );
  if (env["GITLAB_CI"] === "true" && !format.some((one) => one.startsWith("gitlab"))) {
    const path = files.resolve(cwd, "gl-code-quality-report.json");
    attempt("the code quality report", context, () => files.write(cwd, path, gitlab(report.check)));
  }
}

function attempt(what: string, { output }: Context, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    output.err(`hire: ${what} could not be written: ${visible(error.message)}\n`);
  }
}

/** The comment for the job that posts it, which may write and therefore trusts nothing it is handed. */
function writeComment(file: string, report: CiReport, exit: ExitCode, head: string, context: Context): void {
  const { env, cwd, files, output } = context;
  const event = env["GITHUB_ACTIONS"] === "true" ? gitHubEvent(env["GITHUB_EVENT_PATH"], files).pull_request : undefined;
  const number = event?.number ?? Number(env["CI_MERGE_REQUEST_IID"]);
  const fields = {
    pullRequest: Number.isSafeInteger(number) && number > 0 ? number : null,
    head: event?.head?.sha ?? (env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] || head),
    marker: markerOf(report.check.folder),
    body: commentMarkdown(report),
  };
  const path = files.resolve(cwd, file);
  files.write(files.resolve(path, ".."), path, toJson("comment", exit, fields));
  output.err(`Wrote ${visible(file)} (${count(fields.body.length, "character")} of ${longestComment})\n`);
}

function ciJson({ check, roles }: CiReport, range: Range | undefined, head: string | null): Readonly<Record<string, unknown>> {
  return {
    base: range?.base ?? null,
    head,
    range: range?.label ?? null,
    check: findingsJson(check),
    roles: roles.map(({ changes, impact }) => roleChangesJson(changes, impact)),
    summary: summaryJson(roles.map(({ changes }) => changes)),
  };
}

/**
 * The log. Lines of files are not quoted in it: where a CI shows it, more people read along than read the files. On
 * GitHub what stands in it is kept from being heard as a command, and the annotations follow.
 */
function logText({ check, range, roles }: CiReport, milliseconds: number, style: Style, context: Context): string {
  const changes = range === undefined ? "" : `${diffText({ range, roles, full: false }, style)}\n`;
  const text = `${changes}${checkText({ ...check, milliseconds, textOf: () => undefined, discreet: new Set(discreetRules) }, style)}`;
  if (context.env["GITHUB_ACTIONS"] !== "true") return text;
  const token = tokenBeside(text, context);
  return `::stop-commands::${token}\n${text}::${token}::\n${githubCommands(check)}`;
}

/** A word that nobody could have written into the text. */
function tokenBeside(text: string, { random }: Context): string {
  for (;;) {
    const token = `hire-${Array.from({ length: 24 }, () => random.below(36).toString(36)).join("")}`;
    if (!text.includes(token)) return token;
  }
}
