import type { Context } from "../context.ts";
import { needsReason } from "../core/change/change.ts";
import { compareRoles } from "../core/change/compare.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { draftRubric } from "../core/draft-rubric.ts";
import type { Criterion, Rubric } from "../core/model.ts";
import { uncovered, weighedRubric, weighingFor, weighingOf } from "../core/priorities.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { renameCriterion, retireCriterion } from "../core/rubric-edits.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { load } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { rubricText } from "../report/rubric-text.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { kept, type Kept, withDraft } from "./draft.ts";
import { editUntilValid } from "./edit-file.ts";
import { readPairs, readSourceOf, requireValid } from "./input.ts";
import { answer, note, outputStyle, tell } from "./print.ts";
import { save } from "./save.ts";
import { hiringNames } from "./place.ts";
import {
  actorOf,
  canAsk,
  chooseRole,
  type Hiring,
  openHiring,
  refuseUnreadable,
  requireIntake,
  requireRubric,
  reweightOf,
} from "./session.ts";
import { applySets, setHelp } from "./set-flags.ts";
import { Back, type Memory, signs, Talk } from "./talk.ts";

interface RubricOptions {
  readonly set?: readonly string[];
  readonly from?: string;
  readonly rename?: string;
  readonly retire?: string;
  readonly reason?: string;
  readonly weighed?: boolean;
  readonly edit?: boolean;
}

export const command: CommandDefinition<RubricOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--set <path=value>", setHelp, collect)
      .option("--from <file>", "take the whole rubric from a YAML file, or - for standard input")
      .option("--rename <old=new>", "give a criterion another id; evaluations follow")
      .option("--retire <id>", "take a criterion out for good, with --reason")
      .option("--reason <text>", "why it goes (--retire)")
      .option("--weighed", "take the mean of what both sides gave (hire weigh) as the weights")
      .option("--edit", "open it in your editor, and check it afterwards")
      .addHelpText(
        "after",
        "\nWithout a rubric, drafts one: a criterion for each must-have, weighing what both sides gave it. Without flags, shows it.",
      );
  },
  writes: () => true,
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    refuseUnreadable(role, "rubric.yaml");
    const path = rolePath(role.id, "rubric.yaml");
    const edits =
      options.set !== undefined ||
      options.from !== undefined ||
      options.rename !== undefined ||
      options.retire !== undefined ||
      options.weighed === true ||
      options.edit === true;
    if (role.rubric !== undefined && !edits) {
      const { data } = role.rubric;
      answer("rubric", { role: role.id, rubric: data }, () => rubricText(role, data, outputStyle(globals, context)), globals, context);
      return exitCode.ok;
    }
    const actor = await actorOf(hiring, context, globals);
    // A draft, and the mean itself, would tell both sides' points to someone whose own are still due.
    if ((role.rubric === undefined && options.from === undefined) || options.weighed === true) {
      if (weighingFor(role, actor.id).withheld)
        throw new Refusal("you have not weighed yet: the weights would show you what both sides gave", { hint: `hire weigh ${role.id}` });
    }
    const old = context.files.read(context.files.resolve(hiring.root, path));
    const { result: text, forget } =
      options.edit === true && old !== undefined
        ? kept(await editUntilValid("rubric", path, hiring, context, globals))
        : await newText(role, path, old, options, globals, context);
    await save(hiring, context, globals, [{ path, text }], subjectOf(role, options, old === undefined), { "Hire-Role": role.id });
    forget();
    showAfter(hiring, role, globals, context, old === undefined);
    return exitCode.ok;
  },
};

async function newText(
  role: Role,
  path: string,
  old: string | undefined,
  options: RubricOptions,
  globals: Globals,
  context: Context,
): Promise<Kept<string>> {
  if (options.from !== undefined) {
    const { text, value } = readSourceOf("rubric", options.from, context);
    const sets = options.set === undefined ? value : requireValid("rubric", applySets(value, options.set), path);
    return kept(editYaml(old ?? text, sets));
  }
  const { result: current, forget } = role.rubric === undefined ? await draft(role, globals, context) : kept(role.rubric.data);
  const renamed = options.rename === undefined ? current : renameByFlag(current, options.rename);
  const retired = options.retire === undefined ? renamed : retireCriterion(renamed, options.retire, options.reason);
  const weighed = options.weighed === true ? byMean(role, retired, context) : retired;
  const next = requireValid("rubric", applySets(weighed, options.set ?? []), path);
  return { result: old === undefined ? withAnchorHints(newFile(schemaHeader(path, "rubric"), next)) : editYaml(old, next), forget };
}

/** The mean of both sides as the weights, once both are in. */
function byMean(role: Role, rubric: Rubric, context: Context): Rubric {
  const { due, round, mean } = weighingOf(role);
  if (round === 0)
    throw new Refusal(due.length === 0 ? "one person speaks for both sides: there is no mean" : `${due.join(" and ")} did not weigh yet`, {
      hint: `hire weigh ${role.id}, each alone`,
    });
  const { rubric: next, unweighed, nothing } = weighedRubric(rubric, mean);
  if (unweighed.length > 0)
    note(context, `Nobody weighed ${unweighed.join(", ")}: it weighs as the least of the others until you say otherwise.\n`);
  if (nothing.length > 0)
    note(context, `Both gave nothing to ${nothing.join(", ")}: it weighs as the least of the others until you say otherwise.\n`);
  sayUncovered(rubric, mean, context);
  // Signed weights keep their sum, so that a criterion whose share stays is no change.
  return role.agreements.length === 0 ? next : withSumOf(next, rubric);
}

function sayUncovered(rubric: Pick<Rubric, "criteria">, mean: Readonly<Record<string, number>>, context: Context): void {
  const left = uncovered(rubric, mean);
  if (left.length > 0)
    note(context, `Weighed, and covered by no criterion: ${left.join(", ")}. The criteria share all of the weight without it.\n`);
}

function withSumOf(next: Rubric, before: Rubric): Rubric {
  const sum = ({ criteria }: Rubric): number => criteria.reduce((total, { weight }) => total + weight, 0);
  const factor = sum(before) / sum(next);
  return {
    ...next,
    criteria: next.criteria.map((criterion) => ({ ...criterion, weight: Math.round(criterion.weight * factor * 1000) / 1000 })),
  };
}

function subjectOf(role: Role, options: RubricOptions, isNew: boolean): string {
  const title = roleTitle(role);
  if (isNew) return `Draft the rubric for ${title}`;
  if (options.retire !== undefined) return `Retire ${options.retire} from the rubric for ${title}`;
  if (options.rename !== undefined) return `Rename ${options.rename.replace("=", " to ")} in the rubric for ${title}`;
  if (options.weighed === true) return `Weigh the rubric for ${title} by the mean of both sides`;
  return `Change the rubric for ${title}`;
}

/** A rubric from the intake; on a terminal, with the anchors asked for. */
async function draft(role: Role, globals: Globals, context: Context): Promise<Kept<Rubric>> {
  const drafted = draftRubric(requireIntake(role).data, weighingOf(role).mean);
  if (drafted.criteria.length === 0)
    throw new Refusal(`${role.id} has no must-have to draft a rubric from`, {
      hint: `hire intake ${role.id}, or hire rubric ${role.id} --from FILE`,
    });
  const { due } = weighingOf(role);
  if (due.length > 0) note(context, `${due.join(" and ")} did not weigh yet: weights are drafts (hire weigh ${role.id}).\n`);
  const weighed = weighingOf(role).mean;
  const unweighed = drafted.criteria.filter(({ id }) => weighed[id] === undefined).map(({ id }) => id);
  if (due.length === 0 && unweighed.length > 0)
    note(context, `Nobody weighed ${unweighed.join(", ")}: it weighs as the least of the others until you say otherwise.\n`);
  sayUncovered(drafted, weighed, context);
  if (!canAsk(context, globals)) return kept(drafted);
  const values = [drafted.scale[0], drafted.scale[Math.floor(drafted.scale.length / 2)], drafted.scale.at(-1)].flatMap(
    (step) => step ?? [],
  );
  const { result, forget } = await withDraft<Memory, readonly Criterion[]>(`rubric-${role.id}`, {}, context, globals, async (draft) => {
    const talk = new Talk(context, outputStyle(globals, context), draft.value, (memory) => draft.save(memory));
    talk.say(`What does each criterion look like? ${signs}.`);
    const criteria: Criterion[] = [];
    while (criteria.length < drafted.criteria.length) {
      const criterion = drafted.criteria[criteria.length];
      if (criterion === undefined) break;
      talk.topic(criterion.id, `${criteria.length + 1} of ${drafted.criteria.length}`, criterion.name, criterion.means);
      try {
        const anchors: { value: number; means: string }[] = [];
        for (const { value, label } of values) {
          const means = await talk.ask({
            message: `What do you see or hear at ${value} (${label})?`,
            why: "Where nobody wrote it down, each interviewer has their own.",
          });
          if (means !== undefined) anchors.push({ value, means });
        }
        criteria.push(anchors.length === 0 ? criterion : { ...criterion, anchors });
      } catch (error) {
        if (!(error instanceof Back)) throw error;
        criteria.pop();
      }
    }
    return criteria;
  });
  return { result: { ...drafted, criteria: result }, forget };
}

/** Under each criterion without anchors, a comment that shows how they are written. */
function withAnchorHints(text: string): string {
  if (text.includes("anchors:")) return text;
  return text.replaceAll(
    /^( +)covers: .*$/gmu,
    (line, indent: string) =>
      `${line}\n${indent}# anchors:            # what one sees or hears at 1, 3 and 5\n${indent}#   - { value: 1, means: … }`,
  );
}

function renameByFlag(rubric: Rubric, flag: string): Rubric {
  const [[from, to] = ["", ""]] = readPairs([flag], "--rename old=new");
  return renameCriterion(rubric, from, to);
}

/** After a change: the rubric when new, else what now needs a reason. */
function showAfter(hiring: Hiring, before: Role, globals: Globals, context: Context, isNew: boolean): void {
  const after = load(context.files.snapshot(hiring.root, hiringNames)).workspace.roles.find(({ id }) => id === before.id);
  if (after === undefined) return;
  const style = outputStyle(globals, context);
  if (isNew) {
    tell(context, rubricText(after, requireRubric(after).data, style));
    tell(context, `\nNext: write what each score looks like (hire rubric ${after.id} --edit), then hire agree ${after.id}, both of you.\n`);
    return;
  }
  const { changes, agreed } = compareRoles(before, after, reweightOf(hiring.workspace));
  const open = changes.filter((change) => needsReason(change, agreed));
  for (const { item, text } of changes) tell(context, `  ${item.id}: ${text}\n`);
  if (open.length > 0)
    tell(
      context,
      `You both agreed on what stood there. Say why: ${[...new Set(open.map(({ item }) => `hire explain ${item.id}`))].join("   ")}\n`,
    );
}
