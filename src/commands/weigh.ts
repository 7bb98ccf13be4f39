import type { Context } from "../context.ts";
import { type Role, roleTitle } from "../core/document.ts";
import type { Priorities } from "../core/model.ts";
import { suggest } from "../core/nearest.ts";
import { commonOrder, isMeanOpen, weighable, weighed, weighedRubric, weighingFor, weighingOf } from "../core/priorities.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { sealedPath } from "../core/sealed-path.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { load, loadDocument } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { rubricText } from "../report/rubric-text.ts";
import { weighingText } from "../report/weighing-text.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { kept, type Kept, withDraft } from "./draft.ts";
import { readPairs, readSource } from "./input.ts";
import { answer, note, outputStyle, tell } from "./print.ts";
import { save } from "./save.ts";
import { askAboutKeys, isSealing, seal, settleSealed } from "./seal.ts";
import { copyOf } from "./sealed-copies.ts";
import { hiringNames } from "./place.ts";
import { actorOf, canAsk, chooseRole, type Hiring, openHiring, refuseUnreadable, requireIntake, requireRubric } from "./session.ts";

interface WeighOptions {
  readonly points?: readonly string[];
  readonly mustHave?: readonly string[];
  readonly from?: string;
}

const all = 100;

export const command: CommandDefinition<WeighOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--points <item=points>", "points for one requirement or criterion; may be given more than once, 100 in all", collect)
      .option("--must-have <item>", "what nobody could do the job without, as you see it; may be given more than once", collect)
      .option("--from <file>", "a YAML file of `item: points` lines, or - for standard input")
      .addHelpText(
        "after",
        "\nEveryone weighs alone: the other side's points are shown only when both are in. Once yours are in, without points it shows where both stand, as an agenda for the talk. Weighing again after it keeps both rounds.",
      );
  },
  writes: () => true,
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const actor = await actorOf(hiring, context, globals);
    const intake = requireIntake(role).data;
    const items = weighable(intake);
    const criteria = (role.rubric?.data.criteria ?? []).map(({ id, name }) => ({ id, text: name }));
    if (items.length + criteria.length === 0)
      throw new Refusal(`${role.id} has nothing to weigh yet`, { hint: `hire intake ${role.id}: name what matters first` });
    const path = rolePath(role.id, "priorities", `${actor.id}.yaml`);
    const sealed = role.sealed.find(({ data }) => data.person === actor.id);
    const copy = sealed === undefined ? undefined : copyOf(hiring, sealed.data.digest, context);
    const mine =
      sealed === undefined
        ? role.priorities.find(({ data }) => data.person === actor.id)?.data
        : copy === undefined
          ? undefined
          : loadDocument(path, "priorities", copy)?.data;
    const byFlags = options.points !== undefined || options.from !== undefined || options.mustHave !== undefined;
    if ((mine !== undefined || sealed !== undefined) && !byFlags) {
      show(role, actor.id, globals, context);
      if (!canAsk(context, globals) || globals.json === true) return exitCode.ok;
      const next = await askNext(role, context);
      if (next === "take") return takeMean(hiring, role, globals, context);
      if (next === "leave") return exitCode.ok;
    }
    const told: Kept<Answers> | undefined = byFlags
      ? answersByFlags(options, mine, context)
      : canAsk(context, globals)
        ? await converse(role, items.length > 0 ? items : criteria, actor.id, context, globals)
        : undefined;
    if (told === undefined)
      throw new Refusal("how many points for what?", {
        hint: `--points ${(items[0] ?? criteria[0])?.id ?? "item"}=60 … (100 in all), or --from FILE`,
      });
    const { points, mustHaves } = told.result;
    const ids = [...items, ...criteria].map(({ id }) => id);
    refusePoints(points, ids);
    refuseUnknown(mustHaves ?? [], ids);
    const known = new Set(items.map(({ id }) => id));
    const as = intake.team.hiring_manager === actor.id ? "hiring-manager" : intake.team.recruiter === actor.id ? "recruiter" : "panel";
    for (const name of [path, sealedPath(path)]) refuseUnreadable(role, name.split("/").slice(-2).join("/"));
    const priorities = weighed(role, {
      version: 1,
      person: actor.id,
      as,
      given_at: context.clock.now(),
      points: [...points].map(([id, value]) => (known.has(id) ? { requirement: id, points: value } : { criterion: id, points: value })),
      ...(mustHaves === undefined ? {} : { must_haves: mustHaves }),
    });
    const old = copy ?? context.files.read(context.files.resolve(hiring.root, path));
    const text = old === undefined ? newFile(schemaHeader(path, "priorities"), priorities) : editYaml(old, priorities);
    const seals = isSealing(hiring);
    const { person, given_at, earlier = [] } = priorities;
    await askAboutKeys(hiring, context, globals);
    const file = seals
      ? await seal(hiring, { path, text }, "priorities", { person, as, given_at, round: earlier.length + 1 }, context)
      : { path, text };
    // What is handed in open takes the place of what was sealed.
    const left = seals || sealed === undefined ? [] : [{ path: sealedPath(path), text: null }];
    await save(hiring, context, globals, [file, ...left], `Weigh ${roleTitle(role)} for ${actor.name}`, { "Hire-Role": role.id });
    told.forget();
    await settleSealed(hiring, context);
    const after = load(context.files.snapshot(hiring.root, hiringNames)).workspace.roles.find(({ id }) => id === role.id) ?? role;
    show(after, actor.id, globals, context);
    return exitCode.ok;
  },
};

/** What one person says: points by item, and what nobody could do the job without (undefined: not said). */
interface Answers {
  readonly points: ReadonlyMap<string, number>;
  readonly mustHaves: readonly string[] | undefined;
}

function show(role: Role, viewer: string, globals: Globals, context: Context): void {
  const weighing = weighingFor(role, viewer);
  const common = commonOrder(weighing);
  answer(
    "weighing",
    { role: role.id, ...weighing, commonOrder: common },
    () => weighingText(role, viewer, outputStyle(globals, context)),
    globals,
    context,
  );
}

async function askNext(role: Role, { prompts }: Context): Promise<"leave" | "again" | "take"> {
  return prompts.choose<"leave" | "again" | "take">(
    "What now?",
    [
      { value: "leave", label: "leave it so" },
      { value: "again", label: "weigh again, alone" },
      ...(isMeanOpen(role) ? [{ value: "take" as const, label: "take the mean of both sides as the rubric's weights" }] : []),
    ],
    "leave",
  );
}

async function takeMean(hiring: Hiring, role: Role, globals: Globals, context: Context): Promise<ExitCode> {
  const old = requireRubric(role);
  const path = rolePath(role.id, "rubric.yaml");
  const { rubric } = weighedRubric(old.data, weighingOf(role).mean);
  const text = editYaml(context.files.read(context.files.resolve(hiring.root, path)) ?? "", rubric);
  await save(hiring, context, globals, [{ path, text }], `Weigh the rubric for ${roleTitle(role)} by the mean of both sides`, {
    "Hire-Role": role.id,
  });
  tell(context, rubricText({ ...role, rubric: { ...old, data: rubric } }, rubric, outputStyle(globals, context)));
  return exitCode.ok;
}

/** Flags say what changes; what was named before stays. */
function answersByFlags(options: WeighOptions, mine: Priorities | undefined, context: Context): Kept<Answers> | undefined {
  const isPointed = options.points !== undefined || options.from !== undefined;
  if (!isPointed && mine === undefined) return undefined;
  return kept({
    points:
      isPointed || mine === undefined
        ? readPoints(options, context)
        : new Map(mine.points.map(({ requirement, criterion, points }) => [requirement ?? criterion ?? "", points])),
    mustHaves: options.mustHave ?? mine?.must_haves,
  });
}

function readPoints(options: WeighOptions, context: Context): ReadonlyMap<string, number> {
  const pairs = [
    ...(options.from === undefined ? [] : Object.entries(readSource(options.from, context).value as Readonly<Record<string, unknown>>)),
    ...readPairs(options.points ?? [], "--points item=points"),
  ];
  return new Map(
    pairs.map(([id, points]): [string, number] => {
      const value = Number(points);
      if (typeof points === "object" || points === "" || !Number.isFinite(value) || value < 0)
        throw new Refusal(`${id}: '${String(points)}' is no number of points`, { hint: "a number from 0 to 100" });
      return [id, value];
    }),
  );
}

function refusePoints(given: ReadonlyMap<string, number>, known: readonly string[]): void {
  refuseUnknown([...given.keys()], known);
  const total = [...given.values()].reduce((sum, points) => sum + points, 0);
  if (Math.abs(total - all) > 1e-6)
    throw new Refusal(`${total} points were given, not ${all}`, {
      hint: total > all ? `take ${total - all} away` : `${all - total} are left to give`,
    });
}

function refuseUnknown(ids: readonly string[], known: readonly string[]): void {
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new Refusal(`'${unknown}' is no requirement or criterion`, { hint: suggest(unknown, known) });
}

/** 100 points, with the remainder shown at every step; the last item takes what is left, if that is what is meant. */
async function converse(
  role: Role,
  items: readonly { readonly id: string; readonly text: string }[],
  person: string,
  context: Context,
  globals: Globals,
): Promise<Kept<Answers>> {
  const { prompts, output } = context;
  note(
    context,
    `${roleTitle(role)}: you have ${all} points. Give most to what matters most; nobody sees them before the other side's are in.\n`,
  );
  return withDraft<Record<string, number>, Answers>(`weigh-${role.id}-${person}`, {}, context, globals, async (draft) => {
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
      if (Math.abs(total - all) < 1e-6)
        return {
          points: new Map(items.map(({ id }): [string, number] => [id, draft.value[id] ?? 0])),
          mustHaves: await askMustHaves(items, context),
        };
      output.err(
        total > all
          ? `That is ${total} points: take ${total - all} away.\n`
          : `That is ${total} points: ${all - total} are left to give.\n`,
      );
    }
  });
}

/** What nobody could do the job without, in one line; undefined where nothing is said. */
async function askMustHaves(items: readonly { readonly id: string }[], { prompts }: Context): Promise<readonly string[] | undefined> {
  const known = items.map(({ id }) => id);
  const named = (words: string): readonly string[] => words.split(/[\s,;]+/u).filter((word) => word !== "");
  const words = await prompts.text("Without which could nobody do the job? (names, or empty)", {
    check: (text) => {
      const unknown = named(text).find((id) => !known.includes(id));
      return unknown === undefined ? undefined : `'${unknown}' is none of ${known.join(", ")}`;
    },
  });
  return words === "" ? undefined : [...new Set(named(words))];
}
