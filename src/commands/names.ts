import { visible } from "../core/escape.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { columns, padEnd } from "../report/style.ts";
import { decryptWith, encryptTo } from "./age.ts";
import { collect, type CommandDefinition, type Invocation } from "./command.ts";
import { readText } from "./input.ts";
import { changeNames, cleanName, keyOf, namesIn, readNames, textOf } from "./names-store.ts";
import { note, tell } from "./print.ts";
import { findHiring, requireRepository } from "./place.ts";
import { chooseBoth, openHiring } from "./session.ts";

interface NamesOptions {
  readonly to?: readonly string[];
  readonly output?: string;
  readonly identity?: string;
  readonly replace?: boolean;
}

const actions: Readonly<Record<string, (invocation: Invocation<NamesOptions>) => Promise<ExitCode>>> = {
  list,
  set,
  remove,
  export: hand,
  import: take,
};

export const command: CommandDefinition<NamesOptions> = {
  declare(program) {
    program
      .argument("<action>", "list, set, remove, export or import")
      .argument("[words...]", "set, remove: role and candidate, and (set) the name; import: the file, or - for standard input")
      .option("--to <recipient>", "an age key that may read it, age1…; may be given more than once (export)", collect)
      .option("--output <file>", "write it there instead of printing it (export)")
      .option("--identity <file>", "your age key file (import)")
      .option("--replace", "where a candidate has another name here already, take the new one (import)")
      .addHelpText(
        "after",
        "\nWho candidates are stands in no file of the repository: names are kept in this clone's git directory, shown on this machine only, and handed to colleagues encrypted for their eyes (age-keygen makes a key; age-keygen -y prints what to send).",
      );
  },
  async run(invocation) {
    const [name = ""] = invocation.args;
    const action = actions[name];
    if (action === undefined)
      throw new Refusal(`'${visible(name)}' is nothing one can do with names`, {
        hint: suggest(name, Object.keys(actions)) ?? "list, set, remove, export, import",
      });
    if (invocation.globals.json === true)
      throw new Refusal("names are for people's eyes: there is no JSON of them", { hint: "hire names export --to age1… hands them on" });
    return action(invocation);
  },
};

async function list({ globals, context }: Invocation<NamesOptions>): Promise<ExitCode> {
  const names = [...readNames(await findHiring(context, globals), context)];
  if (names.length === 0) {
    tell(context, "No name is kept here. Next: hire names set ROLE CANDIDATE NAME, or hire candidate add --name NAME\n");
    return exitCode.ok;
  }
  const widest = Math.max(...names.map(([key]) => columns(key)));
  context.output.out(names.map(([key, name]) => `${padEnd(key, widest)}  ${name}\n`).join(""));
  return exitCode.ok;
}

async function set({ args: [, ...words], globals, context }: Invocation<NamesOptions>): Promise<ExitCode> {
  const name = words.at(-1);
  if (name === undefined || words.length < 2) throw new Refusal("who is it?", { hint: 'hire names set ROLE CANDIDATE "Kim Lee"' });
  const hiring = await openHiring(context, globals);
  const { role, candidate } = await chooseBoth(hiring, words.slice(0, -1), context, globals);
  await changeNames(hiring, context, (names) => void names.set(keyOf(role.id, candidate.id), cleanName(name)));
  note(context, `Kept on this machine alone, in ${requireRepository(hiring).ownFolder}.\n`);
  return exitCode.ok;
}

async function remove({ args: [, ...words], globals, context }: Invocation<NamesOptions>): Promise<ExitCode> {
  const place = await findHiring(context, globals);
  const [role, candidate] = words;
  if (role === undefined) throw new Refusal("whose name?", { hint: "hire names remove ROLE CANDIDATE" });
  let isGone = false;
  await changeNames(place, context, (names) => {
    const keys = [...names.keys()].filter((key) => (candidate === undefined ? key.endsWith(`/${role}`) : key === keyOf(role, candidate)));
    for (const key of keys) isGone = names.delete(key) || isGone;
  });
  if (!isGone) throw new Refusal("there is no such name here", { hint: "hire names list" });
  note(context, "The name is gone from this machine. Whoever it was handed to still has it.\n");
  return exitCode.ok;
}

async function hand({ options, globals, context }: Invocation<NamesOptions>): Promise<ExitCode> {
  const names = readNames(await findHiring(context, globals), context);
  if (names.size === 0) throw new Refusal("there is no name here to hand on", { hint: "hire names list" });
  const text = await encryptTo(textOf(names), options.to ?? []);
  const amount = `${names.size} ${names.size === 1 ? "name" : "names"}`;
  if (options.output === undefined) context.output.out(text);
  else {
    const path = context.files.resolve(context.cwd, options.output);
    context.files.write(context.files.resolve(path, ".."), path, text, { private: true });
  }
  note(
    context,
    `${amount}, readable with ${options.to?.length === 1 ? "that key" : "those keys"} only. They take them up with: hire names import FILE --identity KEYFILE\n`,
  );
  return exitCode.ok;
}

async function take({ args: [, file], options, globals, context }: Invocation<NamesOptions>): Promise<ExitCode> {
  if (file === undefined) throw new Refusal("which file?", { hint: "hire names import FILE --identity KEYFILE" });
  if (options.identity === undefined) throw new Refusal("with which key?", { hint: "--identity KEYFILE: the file that age-keygen wrote" });
  const place = await openHiring(context, globals);
  const here = new Set(place.workspace.roles.flatMap((role) => role.candidates.map(({ id }) => keyOf(role.id, id))));
  const key = context.files.read(context.files.resolve(context.cwd, options.identity));
  if (key === undefined) throw new Refusal(`there is no file ${visible(options.identity)}`);
  const told = namesIn(await decryptWith(readText(file, context), key));
  if (told === undefined) throw new Refusal("what it holds are no names of candidates", { hint: "hire names export makes such a file" });
  const kept: string[] = [];
  // Whoever was erased here is not brought back by an older file.
  const strange = [...told.keys()].filter((candidate) => !here.has(candidate));
  let taken = 0;
  await changeNames(place, context, (names) => {
    for (const [candidate, name] of told) {
      if (!here.has(candidate)) continue;
      const known = names.get(candidate);
      if (known === name) continue;
      if (known !== undefined && options.replace !== true) kept.push(candidate);
      else {
        names.set(candidate, name);
        taken += 1;
      }
    }
  });
  note(context, `${taken} taken up, on this machine alone.\n`);
  if (strange.length > 0)
    note(context, `No candidates here, and left out: ${strange.join(", ")}. hire sync, where they are to come still.\n`);
  if (kept.length > 0) note(context, `${kept.join(", ")}: another name stands here already, and stays. --replace takes the new one.\n`);
  return exitCode.ok;
}
