import type { Context } from "../context.ts";
import { oldestStanding } from "../core/sign-off.ts";
import { type Change, isSameItem, labelOf, needsReason, type RoleChanges } from "../core/change/change.ts";
import { compareWorkspaces } from "../core/change/compare.ts";
import { settings } from "../core/change/walk.ts";
import { type Role, roleTitle, type Workspace } from "../core/document.ts";
import { noVersions } from "../core/former.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { isCriteriaPath, rolePath } from "../workspace/layout.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { note, tell } from "./print.ts";
import { autoBase } from "./range.ts";
import { askReasons, declareReasons, inWords, type ReasonOptions, updateFile } from "./reasons.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, chooseRole, committedRole, formerOf, type Hiring, loadCommit, openHiring, reweightOf } from "./session.ts";

interface ExplainOptions extends ReasonOptions {
  readonly role?: string;
}

export const command: CommandDefinition<ExplainOptions> = {
  declare(program) {
    program
      .argument("[items...]", "ids of what changed, or fingerprints (default: everything that lacks a reason)")
      .option("--role <role>", "the role");
    declareReasons(program);
    program.addHelpText(
      "after",
      "\nFor edits made by hand; hire change makes an edit and gives its reason in one go.\nThe reason is asked for before anyone sees what the change does to the order.",
    );
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    const items = args.filter((item) => item !== undefined);
    const { role, open, steps, uncommitted } = await roleOf(hiring, options.role, items, context, globals);
    if (open.length === 0) throw new Refusal(`nothing in ${role.id} lacks a reason`, { hint: "hire diff shows what changed" });
    const meant = items.length === 0 ? open : items.flatMap((item) => matching(open, item));
    if (canAsk(context, globals)) note(context, `${meant.map((change) => `  ${inWords(change)}`).join("\n")}\n`);
    const reasons = await askReasons(meant, { role, actor, hiring, guided: false }, options, globals, context);
    const ownSteps = steps.filter((step) => meant.some((change) => isSameItem(change, step)));
    const named = unique([...meant, ...ownSteps]);
    const { update, id, file } = updateFile(role, actor, meant, named, reasons, context);
    // An explanation counts for a change only where both are new together, so it waits for a change not committed yet.
    const waiting = [
      ...new Set(uncommitted.filter((step) => meant.some((change) => isSameItem(change, step))).map((change) => pathOf(role, change))),
    ];
    await save(
      hiring,
      context,
      waiting.length === 0 ? globals : { ...globals, commit: false },
      [file],
      `Explain for ${roleTitle(role)}: ${update.summary}`.slice(0, 100),
      { "Hire-Role": role.id, "Hire-Update": id },
    );
    tell(
      context,
      `${meant.map(inWords).join("\n")}\n  ${actor.id}: "${reasons.reason}"${reasons.asked.length === 0 ? "" : `\n  asked: ${reasons.asked.join(", ")}`}\n`,
    );
    if (waiting.length > 0)
      context.output.err(`Commit it together with what it explains: git add ${file.path} ${waiting.join(" ")} && git commit\n`);
    return exitCode.ok;
  },
};

function pathOf(role: Role, { file }: Change): string {
  return file === settings ? file : rolePath(role.id, file);
}

function unique(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ fingerprint }, index) => changes.findIndex((other) => other.fingerprint === fingerprint) === index);
}

interface Unexplained {
  readonly role: Role;
  /** What lacks a reason, as the report and the reviewer of a pull request see it. */
  readonly open: readonly Change[];
  /** Single steps of the same changes: since HEAD, and since the base of a pull request. */
  readonly steps: readonly Change[];
  readonly uncommitted: readonly Change[];
}

/** The role asked for, or the only one in which these items lack a reason. */
async function roleOf(
  hiring: Hiring,
  id: string | undefined,
  items: readonly string[],
  context: Context,
  globals: Globals,
): Promise<Unexplained> {
  const look = await lookBack(hiring, context);
  const { roles } = hiring.workspace;
  // A role that went can still be explained: by its name, with an update that stands where it stood.
  if (id !== undefined && !roles.some((role) => role.id === id) && (await committedRole(hiring, id)) !== undefined)
    return look({ id, priorities: [], sealed: [], agreements: [], updates: [], candidates: [], unreadable: [] });
  if (id !== undefined || roles.length < 2) return look(await chooseRole(hiring, id, context, globals));
  const found: Unexplained[] = [];
  for (const role of roles) found.push(await look(role));
  const [only, ...others] = found.filter(({ open }) =>
    items.length === 0 ? open.length > 0 : items.every((item) => open.some((change) => isMeant(change, item))),
  );
  if (only !== undefined && others.length === 0) return only;
  const labels = found.flatMap(({ open }) => open.map(labelOf));
  const unknown = items.find((item) => !found.some(({ open }) => open.some((change) => isMeant(change, item))));
  if (unknown !== undefined)
    throw new Refusal(`no change of '${unknown}' lacks a reason`, { hint: suggest(unknown, labels) ?? "hire diff shows what changed" });
  const chosen = await chooseRole(hiring, undefined, context, globals);
  return found.find(({ role }) => role.id === chosen.id) ?? look(chosen);
}

/** What lacks a reason in a role: since the older of both agreements, since HEAD, and since a pull request's base. */
async function lookBack(hiring: Hiring, context: Context): Promise<(role: Role) => Promise<Unexplained>> {
  const { repository, workspace } = hiring;
  const head = await repository?.head();
  const base = repository === undefined || head === undefined ? undefined : await autoBase(repository, context).catch(() => undefined);
  const from = async (commit: string | undefined): Promise<readonly RoleChanges[]> => {
    const before: Workspace | undefined = commit === undefined ? undefined : (await loadCommit(hiring, commit, isCriteriaPath)).workspace;
    return before === undefined ? [] : compareWorkspaces(before, workspace);
  };
  const sinceHead = await from(head);
  const sinceBase = base === undefined || base.id === head ? [] : await from(base.id);
  const openIn = (all: readonly RoleChanges[], role: Role): readonly Change[] =>
    all
      .filter((changes) => changes.role === role.id || changes.role === settings)
      .flatMap(({ changes, agreed }) => changes.filter((change) => needsReason(change, agreed)));
  return async (role) => {
    const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
    const since = oldestStanding(role, former, reweightOf(workspace))?.changes;
    const net = since?.changes.filter((change) => needsReason(change, since.agreed)) ?? [];
    const uncommitted = openIn(sinceHead, role);
    const steps = [...openIn(sinceBase, role), ...uncommitted];
    return { role, open: unique([...net, ...steps.filter((step) => !net.some((change) => isSameItem(change, step)))]), steps, uncommitted };
  };
}

function isMeant(change: Change, item: string): boolean {
  const names = [change.fingerprint, change.item.id, labelOf(change), `${change.item.type}/${change.item.id}`];
  return names.includes(item) || (change.item.type === "intake" && change.facet === item);
}

function matching(open: readonly Change[], item: string): readonly Change[] {
  const found = open.filter((change) => isMeant(change, item));
  if (found.length === 0) throw new Refusal(`no change of '${item}' lacks a reason`, { hint: suggest(item, open.map(labelOf)) });
  return found;
}
