import type { Context } from "../context.ts";
import { briefOf, type OpenQuestion, withAssumptions } from "../core/brief.ts";
import { needsReason } from "../core/change/change.ts";
import { briefLike, lessonsOf } from "../core/lessons.ts";
import { compareRoles } from "../core/change/compare.ts";
import { digest } from "../core/digest.ts";
import type { Role } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import { isId, toId } from "../core/id.ts";
import type { JobDescription } from "../core/job-description.ts";
import type { Intake, Person } from "../core/model.ts";
import { weighable } from "../core/priorities.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { briefText } from "../report/brief-text.ts";
import { lessonsSentences } from "../report/closing-text.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { load } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { type Draft, type Kept, withDraft } from "./draft.ts";
import { editUntilValid } from "./edit-file.ts";
import { readSourceOf, readText, requireValid } from "./input.ts";
import { topics, type TalkState } from "./intake-topics.ts";
import { answer, note, outputStyle, tell } from "./print.ts";
import { type NewText, save } from "./save.ts";
import { hiringNames } from "./place.ts";
import { actorOf, canAsk, chooseRole, type Hiring, openHiring, refuseUnreadable, requireIntake, reweightOf } from "./session.ts";
import { applySets, setHelp } from "./set-flags.ts";
import { Back, Talk } from "./talk.ts";

interface IntakeOptions {
  readonly title?: string;
  readonly from?: string;
  readonly like?: string;
  readonly set?: readonly string[];
  readonly edit?: boolean;
}

export const command: CommandDefinition<IntakeOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role's id (default: from its title)")
      .option("--title <text>", "the title people would search for")
      .option(
        "--from <file>",
        "a job description (.md) to prepare the conversation, or an intake as YAML; - reads YAML from standard input",
      )
      .option(
        "--set <path=value>",
        setHelp.replace("criteria.design.weight=3, decision.bar=3.5, stages.0.minutes=45", "team.recruiter=riku, compensation.max=90000"),
        collect,
      )
      .option("--like <role>", "start from an earlier search: its brief, its rubric, and what was learnt")
      .option("--edit", "open it in your editor, and check it afterwards")
      .addHelpText(
        "after",
        "\nOn a terminal: a conversation of about a dozen questions in half an hour, the recruiter asking, the hiring manager answering.\nWhat is left open becomes an assumption with an owner and a date. Ctrl-C keeps every answer.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    if (roleId !== undefined && !isId(roleId))
      throw new Refusal(`'${roleId}' is no id`, { hint: `lower-case letters, digits and single hyphens: ${toId(roleId)}` });
    const description = options.from?.endsWith(".md") === true ? await readDescription(options.from, context) : undefined;
    const given = options.from !== undefined && description === undefined ? readSourceOf("intake", options.from, context) : undefined;
    const model = options.like === undefined ? undefined : await chooseRole(hiring, options.like, context, globals);
    for (const name of ["rubric.yaml", "outcome.yaml"]) refuseUnreadable(model, name);
    const id = roleId ?? (await chooseId(hiring, options.title ?? given?.value.title ?? description?.title, context, globals));
    const role = hiring.workspace.roles.find((known) => known.id === id);
    refuseUnreadable(role, "intake.yaml");
    const path = rolePath(id, "intake.yaml");
    const old = context.files.read(context.files.resolve(hiring.root, path));

    if (description !== undefined && ((options.set ?? []).length > 0 || options.edit === true))
      throw new Refusal("a job description prepares a conversation, and nothing else: --from FILE.md goes without --set and --edit", {
        hint: "talk on a terminal, or give the intake itself: --from intake.yaml",
      });
    if (model !== undefined && (role !== undefined || description !== undefined || given !== undefined))
      throw new Refusal(role === undefined ? "--like goes without --from" : `${id} has begun already: --like starts a new search`, {
        hint: `hire intake NEW-ROLE --like ${model.id}`,
      });
    const today = context.clock.now().slice(0, 10);
    const like =
      model === undefined
        ? undefined
        : briefLike(model, { ...requireIntake(model).data, title: options.title ?? nameFrom(id) }, today, actor.id);
    const sets = [...(options.title === undefined ? [] : [`title=${JSON.stringify(options.title)}`]), ...(options.set ?? [])];
    let text: string;
    let forgetDraft: (() => void) | undefined;
    if (options.edit === true) {
      if (old === undefined) throw new Refusal(`${id} has no intake to edit yet`, { hint: `hire intake ${id}` });
      text = await editUntilValid("intake", path, hiring, context, globals);
    } else if (given !== undefined || sets.length > 0 || (like !== undefined && !canAsk(context, globals))) {
      const start = given?.value ?? role?.intake?.data ?? like ?? emptyIntake(id, context);
      const set = sets.length > 0 ? applySets(start, sets) : start;
      if (!hasTeam(set))
        throw new Refusal("who is the hiring manager, and who the recruiter?", {
          hint: "--set team.hiring_manager=PERSON --set team.recruiter=PERSON",
        });
      const valid = requireValid("intake", set, path);
      const next = like === undefined ? valid : withOwners(valid, like);
      text =
        old === undefined
          ? given !== undefined && sets.length === 0
            ? given.text
            : newFile(schemaHeader(path, "intake"), next)
          : editYaml(old, next);
    } else if (canAsk(context, globals)) {
      const { result: next, forget } = await converse(hiring, id, role?.intake?.data ?? like, model, description, actor, context, globals);
      forgetDraft = forget;
      text = old === undefined ? newFile(schemaHeader(path, "intake"), next) : editYaml(old, next);
    } else if (description !== undefined) {
      throw new Refusal("a job description prepares a conversation: nothing in it is taken unasked", {
        hint: "run this on a terminal, or give the intake itself: --from intake.yaml",
      });
    } else if (role?.intake !== undefined) {
      const { data } = role.intake;
      answer("intake", { role: id, intake: data }, () => briefText(data, today, outputStyle(globals, context)), globals, context);
      return exitCode.ok;
    } else {
      throw new Refusal(`${id} has no intake yet, and there is no terminal to talk in`, {
        hint: "--from intake.yaml, or --title … --set team.hiring_manager=… --set team.recruiter=…",
      });
    }
    await save(
      hiring,
      context,
      globals,
      [{ path, text }, ...(model === undefined ? [] : rubricLike(hiring, model, id, context))],
      `${old === undefined ? "Begin" : "Change"} the intake for ${titleIn(text) ?? id}`,
      { "Hire-Role": id },
    );
    forgetDraft?.();
    if (model !== undefined) note(context, `${lessonsSentences(lessonsOf(model), today).join("\n")}\n`);
    showAfter(hiring, role, id, globals, context);
    return exitCode.ok;
  },
};

/** The rubric of the search that a new one starts from, as it stands there. */
function rubricLike({ root }: Hiring, model: Role, id: string, { files }: Context): readonly NewText[] {
  const text = model.rubric === undefined ? undefined : files.read(files.resolve(root, model.rubric.path));
  return text === undefined ? [] : [{ path: rolePath(id, "rubric.yaml"), text }];
}

/** Whether data names a team at all; what is wrong in it the schema says. */
function hasTeam(data: unknown): boolean {
  const { team } = data as { readonly team?: { readonly hiring_manager?: unknown; readonly recruiter?: unknown } };
  return team?.hiring_manager !== undefined && team.recruiter !== undefined;
}

/** A brief whose open questions are owned by its own team, where another search's team stood in the one it starts from. */
function withOwners(intake: Intake, { team }: Intake): Intake {
  const owner = (person: string): string =>
    person === team.hiring_manager ? intake.team.hiring_manager : person === team.recruiter ? intake.team.recruiter : person;
  return intake.assumptions === undefined
    ? intake
    : { ...intake, assumptions: intake.assumptions.map((one) => ({ ...one, owner: owner(one.owner) })) };
}

function titleIn(text: string): string | undefined {
  return /^title: *["']?(.*?)["']?\s*$/mu.exec(text)?.[1];
}

async function readDescription(source: string, context: Context): Promise<JobDescription> {
  const { parseJobDescription } = await import("./job-description-file.ts");
  return parseJobDescription(readText(source, context));
}

async function chooseId(hiring: Hiring, title: string | undefined, context: Context, globals: Globals): Promise<string> {
  if (title !== undefined) return toId(title);
  const { roles } = hiring.workspace;
  const [only, ...others] = roles;
  if (only !== undefined && others.length === 0 && !canAsk(context, globals)) return only.id;
  if (!canAsk(context, globals))
    throw new Refusal("which role?", {
      hint:
        roles.length === 0
          ? "hire intake <role>, such as backend-engineer"
          : `name it: ${roles.map(({ id }) => visibleLine(id)).join(", ")}, or a new id`,
    });
  const known =
    roles.length === 0
      ? ""
      : await context.prompts.choose("Which role?", [
          ...roles.map(({ id, intake }) => ({ value: id, label: intake?.data.title ?? id })),
          { value: "", label: "a new one" },
        ]);
  if (known !== "") return known;
  return toId(
    await context.prompts.text("What is the role called?", {
      check: (text) => (text === "" ? "The title people would search for" : undefined),
    }),
  );
}

function emptyIntake(id: string, context: Context): Readonly<Record<string, unknown>> {
  return { version: 1, title: id, status: "open", opened: context.clock.now().slice(0, 10) };
}

const nothing: JobDescription = { work: [], mustHaves: [], niceToHaves: [], sellingPoints: [], why: [], offer: [], other: [] };

/** The conversation: topic by topic, forwards and back, until both have what they can read aloud. */
async function converse(
  hiring: Hiring,
  id: string,
  known: Intake | undefined,
  model: Role | undefined,
  description: JobDescription | undefined,
  actor: Person,
  context: Context,
  globals: Globals,
): Promise<Kept<Intake>> {
  const hire = hiring.workspace.hire?.data;
  if (hire === undefined) throw new Refusal("hire.yaml cannot be used", { hint: "hire check says what is wrong with it" });
  const today = context.clock.now().slice(0, 10);
  const begin: TalkState = {
    intake: known ?? { version: 1, title: "", status: "open", opened: today, team: { hiring_manager: "", recruiter: "" } },
    open: {},
    done: [],
    memory: {},
  };
  return withDraft<TalkState, Intake>(`intake-${id}`, begin, context, globals, async (draft) => {
    const talk = new Talk(context, outputStyle(globals, context), draft.value.memory, (memory) => draft.save({ ...draft.value, memory }));
    talk.say(
      draft.resumed
        ? `Going on with ${draft.value.intake.title}.`
        : "Take half an hour together: the recruiter asks, the hiring manager answers. '-' leaves a question open, '<' goes back a topic, '?' says why we ask. Ctrl-C keeps every answer.",
    );
    if (!draft.resumed && model !== undefined)
      talk.say(
        `What was learnt last time:\n${lessonsSentences(lessonsOf(model), today)
          .map((text) => `  ${text}`)
          .join("\n")}`,
      );
    while (draft.value.intake.title === "") await introduce(draft, description?.title ?? nameFrom(id), hire.people, actor, talk);
    if (!draft.resumed && (description?.other ?? []).length > 0)
      talk.say(`Also in the job description, for you to place:\n${(description?.other ?? []).map((text) => `  ${text}`).join("\n")}`);
    let index = draft.resumed ? topics.findIndex((topic) => !draft.value.done.includes(topic.id)) : 0;
    if (index === -1) index = topics.length;
    for (;;) {
      while (index < topics.length) {
        index = await oneTopic(index, draft, description, hiring, today, talk);
      }
      const brief = briefOf(draft.value.intake, today);
      talk.say(
        `\n${briefText(withAssumptions(draft.value.intake, allOpen(draft.value), actor.id, today), today, outputStyle(globals, context))}`,
      );
      const again = await talk.choose(
        brief.length > 0 ? "Is that what you both mean?" : "Nothing was answered. Save it all the same?",
        [{ value: -1, label: "yes, save it" }, ...topics.map(({ title }, at) => ({ value: at, label: `go back to: ${title}` }))],
        -1,
      );
      if (again === -1) break;
      await oneTopic(again, draft, description, hiring, today, talk);
    }
    return requireValid("intake", withAssumptions(tidy(draft.value.intake), allOpen(draft.value), actor.id, today), "intake.yaml");
  });
}

/** Who talks about what; asked again from the start where someone goes back. */
async function introduce(draft: Draft<TalkState>, title: string, people: readonly Person[], actor: Person, talk: Talk): Promise<void> {
  const choices = (list: readonly Person[]): readonly { readonly value: string; readonly label: string }[] =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  try {
    const called = (await talk.ask({ message: "What is the role called?", initial: title })) ?? title;
    // The recruiter runs the conversation more often than not.
    const manager = await talk.choose("Who is the hiring manager?", choices(people), people.find(({ id }) => id !== actor.id)?.id);
    const others = people.filter(({ id }) => id !== manager);
    const recruiter =
      others.length === 0
        ? manager
        : await talk.choose("Who is the recruiter?", choices(others), others.find(({ id }) => id === actor.id)?.id);
    draft.save({
      ...draft.value,
      intake: { ...draft.value.intake, title: called, team: { ...draft.value.intake.team, hiring_manager: manager, recruiter } },
    });
  } catch (error) {
    if (!(error instanceof Back)) throw error;
  }
}

/** Asks about one topic and keeps the answer; returns the index of the topic to go on with. */
async function oneTopic(
  index: number,
  draft: Draft<TalkState>,
  description: JobDescription | undefined,
  hiring: Hiring,
  today: string,
  talk: Talk,
): Promise<number> {
  const topic = topics[index];
  const { markets } = hiring.workspace;
  const hire = hiring.workspace.hire?.data;
  if (topic === undefined || hire === undefined) return topics.length;
  const { intake, done } = draft.value;
  const open: OpenQuestion[] = [];
  talk.topic(topic.id, `${index + 1} of ${topics.length}`, topic.title, topic.lead);
  try {
    const answered = await topic.ask({
      talk,
      intake,
      hire,
      markets: markets.map(({ data }) => data),
      today,
      drafts: description === undefined || done.includes(topic.id) ? nothing : description,
      leaveOpen: (statement, owner) =>
        void open.push({ statement, owner: owner === "manager" ? intake.team.hiring_manager : intake.team.recruiter }),
    });
    for (const { statement, owner } of open) talk.say(`  Left open: ${statement} (${owner})`);
    draft.save({
      intake: { ...intake, ...answered },
      open: { ...draft.value.open, [topic.id]: open },
      done: [...new Set([...done, topic.id])],
      memory: draft.value.memory,
    });
    return index + 1;
  } catch (error) {
    if (error instanceof Back) return Math.max(0, index - 1);
    throw error;
  }
}

function allOpen({ open }: TalkState): readonly OpenQuestion[] {
  return Object.values(open).flat();
}

/** Empty lists say nothing. */
function tidy(intake: Intake): Intake {
  const empty = (value: unknown): boolean =>
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(intake).filter(([, value]) => value !== undefined && !empty(value))) as unknown as Intake;
}

function nameFrom(id: string): string {
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** People of the earlier search who have no part in this repository: someone else has to do it. */
function noteStrangers(hiring: Hiring, id: string, { team }: Intake, context: Context): void {
  const gone = new Set((hiring.workspace.hire?.data.people ?? []).filter(({ active }) => active === false).map(({ id: person }) => person));
  for (const [part, person] of [
    ["hiring_manager", team.hiring_manager],
    ["recruiter", team.recruiter],
  ] as const)
    if (gone.has(person)) note(context, `${person} has no part here: hire intake ${id} --set team.${part}=PERSON\n`);
}

/** The brief, what is open, and the next step of each side; after a change, what now needs a reason. */
function showAfter(hiring: Hiring, before: Role | undefined, id: string, globals: Globals, context: Context): void {
  const after = load(context.files.snapshot(hiring.root, hiringNames)).workspace.roles.find((role) => role.id === id);
  const intake = after?.intake?.data;
  if (after === undefined || intake === undefined) return;
  const style = outputStyle(globals, context);
  const today = context.clock.now().slice(0, 10);
  if (before?.intake !== undefined && digest(before.intake.data) !== digest(intake)) {
    const { changes, agreed } = compareRoles(before, after, reweightOf(hiring.workspace));
    for (const { item, facet, text } of changes) context.output.out(`  ${item.type === "intake" ? facet : item.id}: ${text}\n`);
    const open = changes.filter((change) => needsReason(change, agreed));
    if (open.length > 0)
      context.output.out(
        `You both agreed on what stood there. Say why: ${[...new Set(open.map(({ item, facet }) => `hire explain ${item.type === "intake" ? facet : item.id}`))].join("   ")}\n`,
      );
    return;
  }
  if (intake.like !== undefined) noteStrangers(hiring, id, intake, context);
  context.output.out(briefText(intake, today, style));
  const { hiring_manager, recruiter } = intake.team;
  tell(
    context,
    weighable(intake).length === 0
      ? `\nNext: say what they must have: hire intake ${id}\n`
      : `\nNext: each of you alone (${hiring_manager}, ${recruiter}), before you talk about it:\n  hire weigh ${id}\n`,
  );
}
