import type { Context } from "../context.ts";
import { type Role, roleTitle } from "../core/document.ts";
import type { Priorities } from "../core/model.ts";
import { suggest } from "../core/nearest.ts";
import { weighable, weighingOf } from "../core/priorities.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { load } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { weighingText } from "../report/weighing-text.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { kept, type Kept, withDraft } from "./draft.ts";
import { readPairs, readSource } from "./input.ts";
import { answer, outputStyle } from "./print.ts";
import { actorOf, canAsk, chooseRole, hiringNames, openHiring, refuseUnreadable, requireIntake, save } from "./session.ts";

interface WeighOptions {
  readonly points?: readonly string[];
  readonly from?: string;
}

const all = 100;

export const command: CommandDefinition<WeighOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--points <item=points>", "points for one requirement or criterion; may be given more than once, 100 in all", collect)
      .option("--from <file>", "a YAML file of `item: points` lines, or - for standard input")
      .addHelpText(
        "after",
        "\nEveryone weighs alone: the other side's points are shown only when both are in. Once yours are in, without points it shows where both stand.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const actor = await actorOf(hiring, context, globals);
    const intake = requireIntake(role).data;
    const items = weighable(intake);
    const criteria = (role.rubric?.data.criteria ?? []).map(({ id, name }) => ({ id, text: name }));
    if (items.length + criteria.length === 0)
      throw new Refusal(`${role.id} has nothing to weigh yet`, { hint: `hire intake ${role.id}: name what matters first` });
    const mine = role.priorities.some(({ data }) => data.person === actor.id);
    const asks = options.points === undefined && options.from === undefined;
    if (asks && mine && !(canAsk(context, globals) && (await context.prompts.confirm("You have weighed already. Weigh again?", false)))) {
      show(role, globals, context);
      return exitCode.ok;
    }
    const told =
      options.points !== undefined || options.from !== undefined
        ? kept(readPoints(options, context))
        : canAsk(context, globals)
          ? await converse(role, items.length > 0 ? items : criteria, actor.id, context, globals)
          : undefined;
    if (told === undefined)
      throw new Refusal("how many points for what?", {
        hint: `--points ${(items[0] ?? criteria[0])?.id ?? "item"}=60 … (100 in all), or --from FILE`,
      });
    const given = told.result;
    refusePoints(
      given,
      items.map(({ id }) => id),
      criteria.map(({ id }) => id),
    );
    const known = new Set(items.map(({ id }) => id));
    const as = intake.team.hiring_manager === actor.id ? "hiring-manager" : intake.team.recruiter === actor.id ? "recruiter" : "panel";
    const priorities: Priorities = {
      version: 1,
      person: actor.id,
      as,
      given_at: context.clock.now(),
      points: [...given].map(([id, points]) => (known.has(id) ? { requirement: id, points } : { criterion: id, points })),
    };
    const path = rolePath(role.id, "priorities", `${actor.id}.yaml`);
    refuseUnreadable(role, `priorities/${actor.id}.yaml`);
    const old = context.files.read(context.files.resolve(hiring.root, path));
    const text = old === undefined ? newFile(schemaHeader(path, "priorities"), priorities) : editYaml(old, priorities);
    await save(hiring, context, globals, [{ path, text }], `Weigh ${roleTitle(role)} for ${actor.name}`, { "Hire-Role": role.id });
    told.forget();
    const after = load(context.files.snapshot(hiring.root, hiringNames)).workspace.roles.find(({ id }) => id === role.id) ?? role;
    show(after, globals, context);
    return exitCode.ok;
  },
};

function show(role: Role, globals: Globals, context: Context): void {
  const text = (): string => weighingText(role, outputStyle(globals, context));
  answer("weighing", { role: role.id, ...weighingOf(role) }, text, globals, context);
}

function readPoints(options: WeighOptions, context: Context): ReadonlyMap<string, number> {
  const pairs = [
    ...(options.from === undefined ? [] : Object.entries(readSource(options.from, context).value as Readonly<Record<string, unknown>>)),
    ...readPairs(options.points ?? [], "--points item=points"),
  ];
  return new Map(
    pairs.map(([id, points]): [string, number] => {
      const value = Number(points);
      if (typeof points === "object" || !Number.isFinite(value) || value < 0)
        throw new Refusal(`${id}: '${String(points)}' is no number of points`, { hint: "a number from 0 to 100" });
      return [id, value];
    }),
  );
}

function refusePoints(given: ReadonlyMap<string, number>, requirements: readonly string[], criteria: readonly string[]): void {
  const known = [...requirements, ...criteria];
  const unknown = [...given.keys()].find((id) => !known.includes(id));
  if (unknown !== undefined) throw new Refusal(`'${unknown}' is no requirement or criterion`, { hint: suggest(unknown, known) });
  const total = [...given.values()].reduce((sum, points) => sum + points, 0);
  if (Math.abs(total - all) > 1e-6)
    throw new Refusal(`${total} points were given, not ${all}`, {
      hint: total > all ? `take ${total - all} away` : `${all - total} are left to give`,
    });
}

/** 100 points, with the remainder shown at every step; the last item takes what is left, if that is what is meant. */
async function converse(
  role: Role,
  items: readonly { readonly id: string; readonly text: string }[],
  person: string,
  context: Context,
  globals: Globals,
): Promise<Kept<ReadonlyMap<string, number>>> {
  const { prompts, output } = context;
  output.err(
    `${roleTitle(role)}: you have ${all} points. Give most to what matters most; nobody sees them before the other side's are in.\n`,
  );
  return withDraft<Record<string, number>, ReadonlyMap<string, number>>(
    `weigh-${role.id}-${person}`,
    {},
    context,
    globals,
    async (draft) => {
      for (;;) {
        for (const [index, { id, text }] of items.entries()) {
          const left = all - items.slice(0, index).reduce((sum, item) => sum + (draft.value[item.id] ?? 0), 0);
          const last = index === items.length - 1;
          const answer = await prompts.text(`${text}\n  ${id}, ${left} left:`, {
            ...(draft.value[id] !== undefined ? { initial: String(draft.value[id]) } : last ? { initial: String(Math.max(0, left)) } : {}),
            check: (words) => (/^\d+(?:\.\d+)?$/u.test(words) && Number(words) <= all ? undefined : "A number from 0 to 100"),
          });
          draft.save({ ...draft.value, [id]: Number(answer) });
        }
        const total = items.reduce((sum, { id }) => sum + (draft.value[id] ?? 0), 0);
        if (Math.abs(total - all) < 1e-6) return new Map(items.map(({ id }): [string, number] => [id, draft.value[id] ?? 0]));
        output.err(
          total > all
            ? `That is ${total} points: take ${total - all} away.\n`
            : `That is ${total} points: ${all - total} are left to give.\n`,
        );
      }
    },
  );
}
