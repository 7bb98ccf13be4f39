import type { Context } from "../context.ts";
import { toId } from "../core/id.ts";
import { standingOf } from "../core/sign-off.ts";
import { type Change, needsReason } from "../core/change/change.ts";
import { compareRoles } from "../core/change/compare.ts";
import { isReason, leastReason } from "../core/change/explain.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { noVersions } from "../core/former.ts";
import type { Update } from "../core/model.ts";
import { byTime } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { labelOf } from "../report/diff-text.ts";
import { isCriteriaPath, rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { note, tell } from "./print.ts";
import { actorOf, canAsk, chooseRole, formerOf, type Hiring, loadCommit, openHiring, reweightOf, save } from "./session.ts";

const outcomes = ["keep", "rescore", "void"] as const;
const kinds = ["criteria", "budget", "priority", "timeline", "stakeholder", "market", "process"] as const;

interface ExplainOptions {
  readonly role?: string;
  readonly reason?: string;
  readonly scores?: string;
  readonly reads?: string;
  readonly for?: readonly string[];
  readonly summary?: string;
  readonly kind?: string;
}

export const command: CommandDefinition<ExplainOptions> = {
  declare(program) {
    program
      .argument("[items...]", "ids of what changed, or fingerprints (default: everything that lacks a reason)")
      .option("--role <role>", "the role")
      .option("--reason <text>", `why, in at least ${leastReason} characters the other side can weigh`)
      .option("--scores <what>", `${outcomes.join(", ")}: what happens to what was scored under the old meaning`)
      .option("--reads <how>", "same: ratings given yesterday would still stand")
      .option("--for <person>", "who is asked to agree or object (default: the other side); may be given more than once", collect)
      .option("--summary <text>", "the news in a line")
      .option("--kind <kind>", `${kinds.join(", ")} (default: criteria)`);
  },
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    const items = args.filter((item) => item !== undefined);
    const role = await roleOf(hiring, options.role, items, context, globals);
    const { open, steps } = await unexplained(hiring, role);
    const all = open.map(labelOf);
    if (open.length === 0) throw new Refusal(`nothing in ${role.id} lacks a reason`, { hint: "hire diff shows what changed" });
    const meant = items.length === 0 ? open : items.flatMap((item) => matching(open, item, all));
    const reason = options.reason ?? (await ask(meant, globals, context));
    if (!isReason(reason))
      throw new Refusal("this reason says too little", {
        hint: `at least ${leastReason} characters: what happened, and why it changes what you look for`,
      });
    const breaking = meant.some(({ gravity }) => gravity === "breaking");
    if (options.reads !== undefined && options.reads !== "same")
      throw new Refusal(`--reads ${options.reads}`, { hint: "--reads same, or leave it out" });
    const scores = await scoresOf(options, breaking, globals, context);
    const kind = kinds.find((name) => name === (options.kind ?? "criteria"));
    if (kind === undefined)
      throw new Refusal(`--kind ${options.kind ?? ""} is none of ${kinds.join(", ")}`, { hint: suggest(options.kind ?? "", kinds) });
    const team = role.intake?.data.team;
    const asked = options.for ?? (team === undefined ? [] : [team.hiring_manager, team.recruiter].filter((person) => person !== actor.id));
    const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
    const stranger = asked.find((person) => !people.includes(person));
    if (stranger !== undefined) throw new Refusal(`there is no person '${stranger}'`, { hint: suggest(stranger, people) });
    const reads = options.reads === "same" ? ("same" as const) : undefined;
    const sameItem = (a: Change, b: Change): boolean => a.item.type === b.item.type && a.item.id === b.item.id && a.facet === b.facet;
    const ownSteps = steps.filter((step) => meant.some((change) => sameItem(change, step)));
    const named = [...meant, ...ownSteps.filter((step) => !meant.some(({ fingerprint }) => fingerprint === step.fingerprint))];
    const at = context.clock.now();
    const update: Update = {
      version: 1,
      kind,
      by: actor.id,
      at,
      summary: options.summary ?? shortened(meant.map((change) => `${labelOf(change)}: ${change.text}`).join("; ")),
      reason,
      explains: named.map((change) => ({
        what: `${labelOf(change)}: ${change.text}`,
        change: change.fingerprint,
        item: `${change.item.type}/${change.item.id}`,
        facet: change.facet,
        was: change.was,
        now: change.now,
        ...(reads === undefined ? {} : { reads }),
      })),
      ...(scores === undefined ? {} : { scores }),
      ...(asked.length === 0 ? {} : { for: asked }),
    };
    const slug = toId(labelOf(meant[0] ?? named[0] ?? { item: { type: "rubric", id: "change" }, facet: "" }), 30);
    const tail = context.random
      .below(36 ** 4)
      .toString(36)
      .padStart(4, "0");
    const path = rolePath(role.id, "updates", `${at.slice(0, 10)}-${actor.id}-${slug}-${tail}.yaml`);
    // An explanation counts for a change only where both are new together, so it waits for a change not committed yet.
    const waiting = [...new Set(ownSteps.map(({ file }) => rolePath(role.id, file)))];
    const own = waiting.length === 0 ? globals : { ...globals, commit: false };
    await save(
      hiring,
      context,
      own,
      [{ path, text: newFile(schemaHeader(path, "update"), update) }],
      `Explain for ${roleTitle(role)}: ${update.summary}`.slice(0, 100),
      {
        "Hire-Role": role.id,
        "Hire-Update":
          path
            .split("/")
            .at(-1)
            ?.replace(/\.yaml$/u, "") ?? "",
      },
    );
    tell(
      context,
      `${meant.map((change) => `${labelOf(change)}: ${change.text}`).join("\n")}\n  ${actor.id}: "${reason}"${asked.length === 0 ? "" : `\n  asked: ${asked.join(", ")}`}\n`,
    );
    if (waiting.length > 0)
      context.output.err(`Commit it together with what it explains: git add ${path} ${waiting.join(" ")} && git commit\n`);
    return exitCode.ok;
  },
};

/** The role asked for, or the only one in which these items lack a reason. */
async function roleOf(hiring: Hiring, id: string | undefined, items: readonly string[], context: Context, globals: Globals): Promise<Role> {
  const { roles } = hiring.workspace;
  if (id !== undefined || roles.length < 2) return chooseRole(hiring, id, context, globals);
  const likely: Role[] = [];
  for (const role of roles) {
    const { open } = await unexplained(hiring, role);
    if (items.length === 0 ? open.length > 0 : items.every((item) => open.some((change) => isMeant(change, item)))) likely.push(role);
  }
  const [only, ...others] = likely;
  return only !== undefined && others.length === 0 ? only : chooseRole(hiring, undefined, context, globals);
}

/** Changes that lack a reason: since the older of both agreements, and the last step of each since HEAD. */
async function unexplained(hiring: Hiring, role: Role): Promise<{ readonly open: readonly Change[]; readonly steps: readonly Change[] }> {
  const reweight = reweightOf(hiring.workspace);
  const head = await hiring.repository?.head();
  const committed =
    head === undefined ? undefined : (await loadCommit(hiring, head, isCriteriaPath)).workspace.roles.find(({ id }) => id === role.id);
  const uncommitted = committed === undefined ? undefined : compareRoles(committed, role, reweight);
  const steps = uncommitted?.changes.filter((change) => needsReason(change, uncommitted.agreed)) ?? [];
  const oldest = role.agreements.toSorted((a, b) => byTime(a.data.agreed_at, b.data.agreed_at))[0];
  const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
  const since = oldest === undefined ? undefined : standingOf(oldest, role, former, reweight).changes;
  const open = since?.changes.filter((change) => needsReason(change, since.agreed)) ?? steps;
  return { open, steps };
}

function isMeant(change: Change, item: string): boolean {
  const names = [change.fingerprint, change.item.id, labelOf(change), `${change.item.type}/${change.item.id}`];
  return names.includes(item) || (change.item.type === "intake" && change.facet === item);
}

function matching(open: readonly Change[], item: string, all: readonly string[]): readonly Change[] {
  const found = open.filter((change) => isMeant(change, item));
  if (found.length === 0) throw new Refusal(`no change of '${item}' lacks a reason`, { hint: suggest(item, all) });
  return found;
}

async function ask(meant: readonly Change[], globals: Globals, context: Context): Promise<string> {
  if (!canAsk(context, globals)) throw new Refusal("why?", { hint: '--reason "what happened, and why it changes what you look for"' });
  note(context, `${meant.map((change) => `  ${labelOf(change)}: ${change.text}`).join("\n")}\n`);
  return context.prompts.text("Why?", {
    check: (text) => (isReason(text) ? undefined : `At least ${leastReason} characters that the other side can weigh`),
  });
}

async function scoresOf(
  options: ExplainOptions,
  breaking: boolean,
  globals: Globals,
  context: Context,
): Promise<(typeof outcomes)[number] | undefined> {
  if (options.scores !== undefined) {
    const scores = outcomes.find((name) => name === options.scores);
    if (scores === undefined)
      throw new Refusal(`--scores ${options.scores} is none of ${outcomes.join(", ")}`, { hint: suggest(options.scores, outcomes) });
    return scores;
  }
  if (!breaking || options.reads === "same") return undefined;
  if (!canAsk(context, globals))
    throw new Refusal("what happens to scores given under the old meaning?", { hint: `--scores ${outcomes.join(" | ")}, or --reads same` });
  return context.prompts.choose("What happens to scores given under the old meaning?", [
    { value: "keep" as const, label: "keep: they stand as they are" },
    { value: "rescore" as const, label: "rescore: rate again under the new meaning" },
    { value: "void" as const, label: "void: they count no longer" },
  ]);
}

const longestSummary = 120;

/** A text cut between words. */
function shortened(text: string): string {
  return text.length <= longestSummary ? text : `${text.slice(0, text.lastIndexOf(" ", longestSummary))} …`;
}
