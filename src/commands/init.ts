import type { Context } from "../context.ts";
import type { Hire, Person } from "../core/model.ts";
import { toId } from "../core/id.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { hiringFolders } from "../workspace/layout.ts";
import { load } from "../workspace/load.ts";
import { editYaml } from "../workspace/edit.ts";
import { fillTemplate, yamlText } from "../workspace/template.ts";
import { inlineValue } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { schemaFiles } from "./schema.ts";
import type { Identity, Repository } from "../ports.ts";
import { suggest } from "../core/nearest.ts";
import { note } from "./print.ts";
import { type NewText, save } from "./save.ts";
import { folderIn, hiringNames, startFolder } from "./place.ts";
import { canAsk, type Hiring } from "./session.ts";

interface InitOptions {
  readonly organization?: string;
  readonly person?: readonly string[];
  readonly timezone?: string;
  readonly ci?: string;
  readonly hook?: boolean;
  readonly mergeDriver?: boolean;
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
      .option("--ci <host>", "write the workflow that checks pull requests: github, gitlab or none")
      .option("--hook", "a pre-commit hook in this clone, that says what a commit would break")
      .option("--merge-driver", "git in this clone brings hiring files together field by field, as hire sync does")
      .addHelpText("after", "\nRun again with --person, --ci, --hook or --merge-driver to add these; nothing else is touched then.");
  },
  async run({ args: [folder], options, globals, context }) {
    const start = startFolder(context, globals);
    const root = folder === undefined ? start : context.files.resolve(start, folder);
    const host = hostOf(options.ci);
    if (context.files.exists(context.files.resolve(root, "hire.yaml"))) return addTo(root, options, host, globals, context);

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
    await addWorkflows(hiring, host, globals, context);
    if (options.hook === true) await addHook(hiring, context);
    if (options.mergeDriver === true) await addMergeDriver(hiring, context);
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

type Added = Pick<Hiring, "root" | "folder" | "workspace"> & { readonly repository: Repository | undefined };

/** Adds to a hiring repository that is there already. */
async function addTo(root: string, options: InitOptions, host: Host, globals: Globals, context: Context): Promise<typeof exitCode.ok> {
  if (options.person === undefined && options.ci === undefined && options.hook !== true && options.mergeDriver !== true)
    throw new Refusal(`${root} is a hiring repository already`, {
      hint: 'hire init --person "Bo Chen <bo@example.org>" adds people, --ci github|gitlab a workflow, --hook a pre-commit hook, --merge-driver a merge driver; hire schema --write refreshes the schemas',
    });
  const { workspace } = load(context.files.snapshot(root, hiringNames));
  if (workspace.hire === undefined) throw new Refusal("hire.yaml cannot be used", { hint: "hire check says what is wrong with it" });
  const repository = await context.git.open(root);
  const hiring: Added = { root, folder: repository === undefined ? "" : folderIn(repository.top, root), repository, workspace };
  if (options.person !== undefined) await addPeople(hiring, workspace.hire.data, options.person, globals, context);
  await addWorkflows(hiring, host, globals, context);
  if (options.hook === true) await addHook(hiring, context);
  if (options.mergeDriver === true) await addMergeDriver(hiring, context);
  return exitCode.ok;
}

async function addPeople(hiring: Added, hire: Hire, persons: readonly string[], globals: Globals, context: Context): Promise<void> {
  const known = new Set(hire.people.map(({ email, name }) => email ?? name));
  const added = persons.map(parsePerson).filter(({ email, name }) => !known.has(email ?? name));
  const people = uniqueIds([...hire.people, ...added]);
  const text = editYaml(context.files.read(context.files.resolve(hiring.root, "hire.yaml")) ?? "", { ...hire, people });
  const subject = `Add ${added.map(({ name }) => name).join(", ") || "nobody"} to the people who hire`;
  await save(hiring, context, globals, [{ path: "hire.yaml", text }], subject);
}

const hosts = ["github", "gitlab", "none"] as const;
type Host = (typeof hosts)[number];

function hostOf(given: string | undefined): Host {
  const host = given === undefined ? "none" : hosts.find((name) => name === given);
  if (host === undefined) throw new Refusal(`--ci ${given ?? ""} is none of ${hosts.join(", ")}`, { hint: suggest(given ?? "", hosts) });
  return host;
}

/** Writes the workflows of a host to where it looks for them: at the work tree's top, wherever the hiring root lies. */
async function addWorkflows(hiring: Added, host: Host, globals: Globals, context: Context): Promise<void> {
  const { repository, folder, workspace } = hiring;
  if (host === "none") return;
  if (repository === undefined) throw new Refusal(`${hiring.root} is in no git work tree`, { hint: "git init, then hire init --ci again" });
  const values = {
    version: context.version,
    directory: directoryFlag(folder),
    branch: await branchWord(repository),
  };
  const fill = (template: string): string => fillTemplate(context.files.shipped(`templates/ci/${template}`), values);
  const { files } = context;
  const hasOwn = files.exists(files.resolve(repository.top, ".gitlab-ci.yml"));
  const own = files.read(files.resolve(repository.top, ".gitlab-ci.yml"))?.startsWith("# Written by `hire init") === true;
  const texts: readonly NewText[] =
    host === "github"
      ? [
          { path: ".github/workflows/hire.yml", text: fill("github.yml") },
          { path: ".github/workflows/hire-comment.yml", text: fill("github-comment.yml") },
        ]
      : [{ path: hasOwn && !own ? ".gitlab/hire.gitlab-ci.yml" : ".gitlab-ci.yml", text: fill("gitlab.yml") }];
  const missing = texts.filter(({ path, text }) => {
    const known = files.read(files.resolve(repository.top, path));
    if (known !== undefined && known !== text)
      note(context, `${path} is there already and stays as it is; without it, this would write it anew.\n`);
    return known === undefined;
  });
  if (missing.length > 0)
    await save({ root: repository.top, folder: "", repository, workspace }, context, globals, missing, "Check pull requests with hire");
  if (host === "gitlab" && hasOwn && !own)
    note(context, "There is a .gitlab-ci.yml already; add to it:\ninclude: [{ local: .gitlab/hire.gitlab-ci.yml }]\n");
  if (host === "github")
    note(
      context,
      "On GitHub, make the check `hire` required for the main branch, and let only code owners change .github: until then it only tells.\n",
    );
}

async function addHook({ repository, folder, root }: Added, context: Context): Promise<void> {
  if (repository === undefined) throw new Refusal(`${root} is in no git work tree`, { hint: "git init, then hire init --hook again" });
  const { files } = context;
  const line = `hire ${directoryFlag(folder)}check --staged --changed --new`;
  const { folder: hooks, own } = await repository.hooks();
  if (!own)
    throw new Refusal(`git looks for hooks in ${hooks}, which something else takes care of`, {
      hint: `add this to its pre-commit: ${line}`,
    });
  const path = files.resolve(hooks, "pre-commit");
  const known = files.read(path);
  if (known !== undefined && !known.includes("Written by `hire init --hook`"))
    throw new Refusal(`there is a pre-commit hook already: ${path}`, { hint: `add this line to it: ${line}` });
  files.write(
    files.resolve(hooks, ".."),
    path,
    fillTemplate(files.shipped("templates/hooks/pre-commit"), { directory: directoryFlag(folder) }),
    {
      executable: true,
    },
  );
  note(context, `Written: ${path}. It checks what each commit in this clone would break.\n`);
}

/** Settings of this clone alone: a driver that others' clones lack would be no driver there. */
async function addMergeDriver({ repository, folder, root }: Added, context: Context): Promise<void> {
  if (repository === undefined)
    throw new Refusal(`${root} is in no git work tree`, { hint: "git init, then hire init --merge-driver again" });
  const { files } = context;
  const attributes = await repository.ownFile("info/attributes");
  const known = files.read(attributes) ?? "";
  const wanted = ["hire.yaml", ...hiringFolders.map((name) => `${name}/**/*.yaml`)].map(
    (pattern) => `${folder === "" ? "" : `${folder}/`}${pattern} merge=hire`,
  );
  const missing = wanted.filter((line) => !known.split(/\r?\n/u).includes(line));
  if (missing.length > 0) {
    const kept = known === "" || known.endsWith("\n") ? known : `${known}\n`;
    files.write(files.resolve(attributes, "../.."), attributes, `${kept}${missing.join("\n")}\n`);
  }
  await repository.configure("merge.hire.name", "hiring files, field by field");
  await repository.configure("merge.hire.driver", `hire ${directoryFlag(folder)}merge-file %O %A %B %P`);
  note(context, "git merge, rebase and pull in this clone now bring hiring files together field by field.\n");
}

/** What leads hire from the work tree's top to the hiring root, on a command line. */
function directoryFlag(folder: string): string {
  if (!/^[\w./-]*$/u.test(folder))
    throw new Refusal(`${folder} would have to be quoted on a command line`, {
      hint: "give the folder a name of letters, digits and hyphens",
    });
  return folder === "" ? "" : `-C ${folder} `;
}

/** The default branch, as a word of YAML. */
async function branchWord(repository: Repository): Promise<string> {
  const remote = await repository.symbolic("refs/remotes/origin/HEAD");
  if (remote !== undefined) return yamlText(remote.replace(/^origin\//u, ""));
  for (const name of ["main", "master"]) if ((await repository.lookUp(`refs/heads/${name}`)) !== undefined) return name;
  return yamlText((await repository.branch()) ?? "main");
}
