import { gravities, needsReason, type RoleChanges } from "../core/change/change.ts";
import { compareWorkspaces } from "../core/change/compare.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { roleChangesJson, summaryJson } from "../report/change-json.ts";
import { diffText } from "../report/diff-text.ts";
import { isCriteriaPath } from "../workspace/layout.ts";
import type { Loaded } from "../workspace/load.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, print } from "./print.ts";
import { findHiring, loadCommit, type Place, openHiring, requireRepository } from "./session.ts";

interface DiffOptions {
  readonly role?: string;
  readonly full?: boolean;
  readonly failOn?: string;
  readonly format?: readonly string[];
}

const thresholds = ["unexplained", "breaking", "any"] as const;

export const command: CommandDefinition<DiffOptions> = {
  declare(program) {
    program
      .argument("[base]", "a commit, A..B, or A...B (B with the merge base); default: HEAD")
      .argument("[head]", "a commit; default: the working tree")
      .option("--role <role>", "only this role")
      .option("--full", "with places and fingerprints")
      .option("--fail-on <what>", `exit 1 on ${thresholds.join(", ")} changes`)
      .option("--format <format>", formatHelp.replace("text, markdown or json", "text or json"), collect);
  },
  async run({ args: [base, head], options, globals, context }) {
    const threshold = thresholds.find((name) => name === options.failOn);
    if (options.failOn !== undefined && threshold === undefined)
      throw new Refusal(`--fail-on ${options.failOn} is none of ${thresholds.join(", ")}`, { hint: suggest(options.failOn, thresholds) });
    const place = await findHiring(context, globals);
    // git gets ready, and answers, while the files are read.
    await requireRepository(place).prepare();
    const [range, hiring] = await Promise.all([resolveRange(place, base, head), openHiring(context, globals, isCriteriaPath, place)]);
    const before = await loadCommit(hiring, range.base, isCriteriaPath);
    const after = range.head === undefined ? hiring.loaded : await loadCommit(hiring, range.head, isCriteriaPath);
    refuseUnreadableBase(before, range.label);
    const broken = brokenCriteria(after);
    if (broken.length > 0) {
      for (const { rule, observation } of broken)
        context.output.err(`${observation.file}:${observation.line}:${observation.column}  error  ${rule}  ${observation.message}\n`);
      throw new Refusal("criteria that cannot be read cannot be compared", {
        exitCode: exitCode.findings,
        hint: "hire check says what is wrong, and where",
      });
    }
    const known = [...new Set([...before.workspace.roles, ...after.workspace.roles].map(({ id }) => id))];
    if (options.role !== undefined && !known.includes(options.role))
      throw new Refusal(`there is no role '${options.role}'`, { hint: suggest(options.role, known) });
    const roles = compareWorkspaces(before.workspace, after.workspace).filter(
      ({ role }) => options.role === undefined || role === options.role,
    );
    const exit = exitOf(roles, threshold);
    const agreements = new Map(before.workspace.roles.map(({ id, agreements: signed }) => [id, signed.map(({ data }) => data)]));
    return print(
      {
        kind: "diff",
        exit,
        json: () => ({
          base: range.base,
          head: range.head ?? null,
          range: range.label,
          roles: roles.map(roleChangesJson),
          summary: summaryJson(roles),
        }),
        text: (style) => diffText({ range: range.label, roles, agreements, full: options.full === true }, style),
      },
      options.format,
      globals,
      context,
    );
  },
};

/** Files of criteria in the head that exist and cannot be used: without them a comparison would call them deleted. */
function brokenCriteria({ reported, workspace }: Loaded): Loaded["reported"] {
  const unreadable = new Set(
    workspace.roles.flatMap((role) => role.unreadable).filter((path) => /\/(?:rubric|intake)\.yaml$|\/updates\//u.test(path)),
  );
  return reported.filter(({ observation }) => unreadable.has(observation.file));
}

function refuseUnreadableBase({ workspace }: Loaded, label: string): void {
  const broken = workspace.roles.flatMap((role) => role.unreadable).find((path) => /\/(?:rubric|intake)\.yaml$/u.test(path));
  if (broken !== undefined)
    throw new Refusal(`${broken} cannot be read in the base of ${label}`, {
      exitCode: exitCode.unknown,
      hint: "name a base in which it can: hire diff BASE",
    });
}

function exitOf(roles: readonly RoleChanges[], threshold: (typeof thresholds)[number] | undefined): ExitCode {
  if (threshold === undefined) return exitCode.ok;
  const fails = roles.some(({ changes, agreed }) =>
    changes.some((change) =>
      threshold === "any" ? true : threshold === "breaking" ? change.gravity === gravities[0] : needsReason(change, agreed),
    ),
  );
  return fails ? exitCode.findings : exitCode.ok;
}

interface Range {
  /** Commit ids; no head is the working tree. */
  readonly base: string;
  readonly head?: string;
  readonly label: string;
}

/** What to compare, as git's own diff reads it: nothing, A, A B, A..B or A...B. */
async function resolveRange(hiring: Place, first: string | undefined, second: string | undefined): Promise<Range> {
  const repository = requireRepository(hiring);
  const name = (word: string, id: string): string => (/^[0-9a-f]{7,40}$/u.test(word) ? id.slice(0, 7) : `${word} ${id.slice(0, 7)}`);
  const dots = first === undefined ? null : /^(.*?)(\.{2,3})(.*)$/u.exec(first);
  if (first !== undefined && dots !== null) {
    if (second !== undefined) throw new Refusal("a range and a second revision", { hint: "hire diff A..B, or hire diff A B" });
    const [, a = "", operator = "", b = ""] = dots;
    const from = await repository.resolve(a === "" ? "HEAD" : a);
    const head = await repository.resolve(b === "" ? "HEAD" : b);
    const base = operator === "..." ? await repository.mergeBase(from, head) : from;
    return {
      base,
      head,
      label: `${operator === "..." ? `${base.slice(0, 7)} (merge base)` : name(a === "" ? "HEAD" : a, base)} → ${name(b === "" ? "HEAD" : b, head)}`,
    };
  }
  const base = await repository.resolve(first ?? "HEAD").catch(async (error: unknown) => {
    if (first !== undefined || (await repository.head()) !== undefined) throw error;
    throw new Refusal("there is no commit to compare with yet", { hint: "commit once, then change something" });
  });
  const baseName = first === undefined ? name((await repository.branch()) ?? "HEAD", base) : name(first, base);
  if (second === undefined) return { base, label: `${baseName} → working tree` };
  const head = await repository.resolve(second);
  return { base, head, label: `${baseName} → ${name(second, head)}` };
}
