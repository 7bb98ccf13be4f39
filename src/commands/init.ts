import type { Context } from "../context.ts";
import type { Hire, Person } from "../core/model.ts";
import { toId } from "../core/id.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { load } from "../workspace/load.ts";
import { editYaml } from "../workspace/edit.ts";
import { fillTemplate, yamlText } from "../workspace/template.ts";
import { inlineValue } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { schemaFiles } from "./schema.ts";
import type { Identity } from "../ports.ts";
import { canAsk, folderIn, hiringNames, type NewText, save, startFolder } from "./session.ts";

interface InitOptions {
  readonly organization?: string;
  readonly person?: readonly string[];
  readonly timezone?: string;
}

export const command: CommandDefinition<InitOptions> = {
  declare(program) {
    program
      .argument("[dir]", "where (default: here)")
      .option("--organization <name>", "the organisation's name")
      .option(
        "--person <who>",
        'someone on our side: "Dana Reyes <dana@example.org>", or "dana: Dana Reyes <dana@example.org>"; may be given more than once',
        collect,
      )
      .option("--timezone <zone>", "IANA time zone of the calendar (default: this machine's)")
      .addHelpText("after", "\nRun again with --person to add people; nothing else is touched then.");
  },
  async run({ args: [folder], options, globals, context }) {
    const start = startFolder(context, globals);
    const root = folder === undefined ? start : context.files.resolve(start, folder);
    if (context.files.exists(context.files.resolve(root, "hire.yaml"))) return addPeople(root, options, globals, context);

    const organization = options.organization ?? (await askOrganization(context, globals));
    const people = await askPeople(options, globals, context, await context.git.identity(start));
    if (people.length === 0)
      throw new Refusal("a hiring repository needs at least one person", { hint: 'hire init --person "Dana Reyes <dana@example.org>"' });
    const values = {
      organization: yamlText(organization),
      people: people.map((person) => `  - ${inlineValue(person)}`).join("\n"),
      timezone: yamlText(options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
      today: JSON.stringify(context.clock.now().slice(0, 10)),
    };
    context.files.makeFolder(root);
    const repository = (await context.git.open(root)) ?? (await context.git.create(root));
    const texts: readonly NewText[] = [
      { path: "hire.yaml", text: fillTemplate(context.files.shipped("templates/hire.yaml"), values) },
      { path: "markets/example.yaml", text: fillTemplate(context.files.shipped("templates/market.yaml"), values) },
      ...schemaFiles(context),
      ...["README.md", ".gitattributes"].flatMap((path) => keepOrCreate(context, root, path, { organization })),
    ];
    const hiring = {
      root,
      folder: folderIn(repository.top, root),
      repository,
      workspace: load(context.files.snapshot(root, hiringNames)).workspace,
    };
    await save(hiring, context, globals, texts, "Begin a hiring repository");
    context.output.out(
      [
        `${organization}: a hiring repository in ${root}`,
        ...people.map(({ id, name }) => `  ${id}  ${name}`),
        "",
        "Next: hire intake <role>   the conversation that begins a search",
        "",
      ].join("\n"),
    );
    return exitCode.ok;
  },
};

function keepOrCreate(context: Context, root: string, path: string, values: Readonly<Record<string, string>>): readonly NewText[] {
  const template = fillTemplate(context.files.shipped(`templates/${path.replace(/^\./u, "")}`), values);
  const known = context.files.read(context.files.resolve(root, path));
  if (known === undefined) return [{ path, text: template }];
  if (path === "README.md" || known.includes("events.yaml merge=union")) return [];
  return [{ path, text: `${known}${known.endsWith("\n") || known === "" ? "" : "\n"}${template}` }];
}

async function askOrganization(context: Context, globals: Globals): Promise<string> {
  if (!canAsk(context, globals)) throw new Refusal("whose hiring is this?", { hint: "--organization NAME" });
  return context.prompts.text("What is the organisation called?", { check: (text) => (text === "" ? "A name, please" : undefined) });
}

async function askPeople(options: InitOptions, globals: Globals, context: Context, identity: Identity): Promise<readonly Person[]> {
  if (options.person !== undefined) return uniqueIds(options.person.map(parsePerson));
  if (!canAsk(context, globals)) return identity.name === undefined ? [] : [personOf(identity.name, identity.email)];
  const people: Person[] = [];
  context.output.err("Who takes part on our side? Recruiter, hiring manager, interviewers. An empty line ends the list.\n");
  for (;;) {
    const initial =
      people.length === 0 && identity.name !== undefined
        ? `${identity.name}${identity.email === undefined ? "" : ` <${identity.email}>`}`
        : undefined;
    const line = await context.prompts.text(people.length === 0 ? "You:" : "And:", {
      ...(initial === undefined ? {} : { initial }),
      check: (text) => (text === "" || isPerson(text) ? undefined : "Write it as: Dana Reyes <dana@example.org>"),
    });
    if (line === "") return uniqueIds(people);
    people.push(parsePerson(line));
  }
}

const personForm = /^(?:(?<id>[a-z0-9-]+):\s*)?(?<name>[^<>]+?)(?:\s*<(?<email>[^<>@\s]+@[^<>@\s]+)>)?$/u;

function isPerson(text: string): boolean {
  return personForm.test(text);
}

function parsePerson(text: string): Person {
  const { id, name, email } = personForm.exec(text.trim())?.groups ?? {};
  if (name === undefined) throw new Refusal(`'${text}' is no person`, { hint: 'write it as "Dana Reyes <dana@example.org>"' });
  return personOf(name, email, id);
}

function personOf(name: string, email?: string, id?: string): Person {
  return { id: id ?? toId(name.split(/\s+/u)[0] ?? name), name, ...(email === undefined ? {} : { email }) };
}

/** Two people of one first name become dana and dana-2. */
function uniqueIds(people: readonly Person[]): readonly Person[] {
  const taken = new Set<string>();
  return people.map((person) => {
    let { id } = person;
    for (let number = 2; taken.has(id); number += 1) id = `${person.id}-${number}`;
    taken.add(id);
    return { ...person, id };
  });
}

async function addPeople(root: string, options: InitOptions, globals: Globals, context: Context): Promise<typeof exitCode.ok> {
  if (options.person === undefined)
    throw new Refusal(`${root} is a hiring repository already`, {
      hint: 'hire init --person "Bo Chen <bo@example.org>" adds people; hire schema --write refreshes the schemas',
    });
  const { workspace } = load(context.files.snapshot(root, hiringNames));
  if (workspace.hire === undefined) throw new Refusal("hire.yaml cannot be used", { hint: "hire check says what is wrong with it" });
  const hire: Hire = workspace.hire.data;
  const known = new Set(hire.people.map(({ email, name }) => email ?? name));
  const added = options.person.map(parsePerson).filter(({ email, name }) => !known.has(email ?? name));
  const people = uniqueIds([...hire.people, ...added]);
  const path = context.files.resolve(root, "hire.yaml");
  const text = editYaml(context.files.read(path) ?? "", { ...hire, people });
  const repository = await context.git.open(root);
  const folder = repository === undefined ? "" : folderIn(repository.top, root);
  await save(
    { root, folder, repository, workspace },
    context,
    globals,
    [{ path: "hire.yaml", text }],
    `Add ${added.map(({ name }) => name).join(", ") || "nobody"} to the people who hire`,
  );
  return exitCode.ok;
}
