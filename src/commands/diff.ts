import { gravities, needsReason, type RoleChanges } from "../core/change/change.ts";
import { compareRoles, compareWorkspaces, defaultReweight } from "../core/change/compare.ts";
import type { Role } from "../core/document.ts";
import { visible, visibleLine } from "../core/escape.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { roleChangesJson, summaryJson } from "../report/change-json.ts";
import { diffMarkdown } from "../report/diff-markdown.ts";
import { changeLines, diffText } from "../report/diff-text.ts";
import { isCriteriaPath } from "../workspace/layout.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { formatHelp, outputStyle, print } from "./print.ts";
import { resolveRange } from "./range.ts";
import { findHiring, hiringNames, requireRepository } from "./place.ts";
import { loadReader, openHiring } from "./session.ts";
import { brokenCriteria, loadHead, refuseUnreadableBase, whereItWas, withImpact } from "./sides.ts";
import type { Context } from "../context.ts";

interface DiffOptions {
  readonly role?: string;
  readonly staged?: boolean;
  readonly base?: string;
  readonly full?: boolean;
  readonly failOn?: string;
  readonly format?: readonly string[];
  readonly driver?: boolean;
}

const thresholds = ["unexplained", "breaking", "any"] as const;

export const command: CommandDefinition<DiffOptions> = {
  declare(program) {
    program
      .argument("[base]", "a commit, A..B, or A...B (B with the merge base); default: HEAD")
      .argument("[head]", "a commit; default: the working tree")
      .argument("[rest...]", "nothing, unless git calls it as its diff driver")
      .option("--staged", "what is staged, instead of the working tree")
      .option("--base <revision>", "the base; auto finds the pull request's from the CI, the default branch or the upstream")
      .option("--role <role>", "only this role")
      .option("--full", "with places and fingerprints")
      .option("--fail-on <what>", `exit 1 on ${thresholds.join(", ")} changes`)
      .option("--format <format>", formatHelp, collect)
      .option("--driver", "print one changed file, as git asks its diff drivers (see the README)")
      .addHelpText(
        "after",
        "\nWhom a change touches is shown at once; what it does to the order of candidates only once it has its reason.",
      );
  },
  async run({ args, options, globals, context }) {
    if (options.driver === true) return driver(args, globals, context);
    const [first, second, ...rest] = args;
    if (rest.length > 0)
      throw new Refusal(`${rest.length + 2} revisions are too many`, { hint: "hire diff, hire diff A, hire diff A B, hire diff A..B" });
    const threshold = thresholds.find((name) => name === options.failOn);
    if (options.failOn !== undefined && threshold === undefined)
      throw new Refusal(`--fail-on ${options.failOn} is none of ${thresholds.join(", ")}`, { hint: suggest(options.failOn, thresholds) });
    const place = await findHiring(context, globals);
    // git gets ready, and answers, while the files are read.
    const repository = requireRepository(place);
    await repository.prepare();
    const words = { first, second, staged: options.staged === true, base: options.base };
    const ranging = resolveRange(repository, context, words);
    const baseSnapshot = ranging.then((range) => repository.readTree(range.base, place.folder, hiringNames, isCriteriaPath));
    const [range, snapshot, hiring] = await Promise.all([ranging, baseSnapshot, openHiring(context, globals, isCriteriaPath, place)]);
    const { load } = await loadReader();
    const { snapshot: base } = await whereItWas(repository, range, snapshot, place);
    const before = load(base, { known: hiring.loaded, wanted: isCriteriaPath });
    const after = await loadHead(hiring, range, isCriteriaPath, context);
    refuseUnreadableBase(before, range.label);
    const broken = brokenCriteria(after);
    if (broken.length > 0) {
      for (const { rule, observation } of broken)
        context.output.err(
          `${visibleLine(observation.file)}:${observation.line}:${observation.column}  error  ${rule}  ${observation.message}\n`,
        );
      throw new Refusal("criteria that cannot be read cannot be compared", {
        exitCode: exitCode.findings,
        hint: "hire check says what is wrong, and where",
      });
    }
    const known = [...new Set([...before.workspace.roles, ...after.workspace.roles].map(({ id }) => id))];
    if (options.role !== undefined && !known.includes(options.role))
      throw new Refusal(`there is no role '${options.role}'`, { hint: suggest(options.role, known) });
    const changed = compareWorkspaces(before.workspace, after.workspace).filter(
      ({ role }) => options.role === undefined || role === options.role,
    );
    const roles = await withImpact(changed, before.workspace, place, (wanted) => loadHead(hiring, range, wanted, context));
    return print(
      {
        kind: "diff",
        exit: exitOf(changed, threshold),
        json: () => ({
          base: range.base,
          head: range.head ?? null,
          range: range.label,
          roles: roles.map(({ changes, impact }) => roleChangesJson(changes, impact)),
          summary: summaryJson(changed),
        }),
        text: (style) => diffText({ range: range.label, roles, full: options.full === true }, style),
        markdown: () => diffMarkdown({ range: range.label, roles, full: options.full === true }),
      },
      options.format,
      globals,
      context,
    );
  },
};

function exitOf(roles: readonly RoleChanges[], threshold: (typeof thresholds)[number] | undefined): ExitCode {
  if (threshold === undefined) return exitCode.ok;
  const fails = roles.some(({ changes, agreed }) =>
    changes.some((change) =>
      threshold === "any" ? true : threshold === "breaking" ? change.gravity === gravities[0] : needsReason(change, agreed),
    ),
  );
  return fails ? exitCode.findings : exitCode.ok;
}

/**
 * One file as git shows it to a diff driver: path, old file, its id and mode, new file, its id and mode (and, of a
 * rename, the new path). Always ends well: git takes anything else for a driver that died.
 */
async function driver(args: readonly (string | undefined)[], globals: Globals, context: Context): Promise<ExitCode> {
  const [path = "", oldFile = "", , , newFile = "", , , newPath = path] = args;
  const kind = /(?:^|\/)(rubric|intake)\.yaml$/u.exec(path)?.[1] as "rubric" | "intake" | undefined;
  if (kind === undefined || newFile === "")
    throw new Refusal("git gives its diff drivers a path and two files", {
      hint: 'git config diff.hire.command "hire diff --driver", and *.yaml diff=hire in .gitattributes',
    });
  const { loadDocument } = await loadReader();
  const side = (file: string): { readonly there: boolean; readonly role?: Role } => {
    const text = file === "/dev/null" ? undefined : context.files.read(context.files.resolve(context.cwd, file));
    if (text === undefined || text === "") return { there: false };
    const doc = loadDocument(`roles/role/${kind}.yaml`, kind, text);
    const empty: Role = { id: path, priorities: [], sealed: [], agreements: [], updates: [], candidates: [], unreadable: [] };
    return { there: true, ...(doc === undefined ? {} : { role: { ...empty, [kind]: doc } }) };
  };
  const before = side(oldFile);
  const after = side(newFile);
  const style = outputStyle(globals, context);
  const lines = [style.bold(visible(path === newPath ? path : `${path} → ${newPath}`))];
  if ((before.there && before.role === undefined) || (after.there && after.role === undefined))
    lines.push(
      `  cannot be read as ${kind === "rubric" ? "a rubric" : "an intake brief"} ${after.role === undefined ? "now" : "before"}: see git diff --no-ext-diff`,
    );
  else {
    const changes = compareRoles(before.role, after.role, defaultReweight);
    lines.push(
      ...(changes.changes.length === 0
        ? ["  no change in what was agreed to be looked for"]
        : changeLines({ changes, agreements: [] }, style).slice(1)),
    );
  }
  context.output.out(`${lines.join("\n")}\n`);
  return exitCode.ok;
}
