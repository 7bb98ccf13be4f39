import type { Context } from "../context.ts";
import { count, list } from "../core/change/words.ts";
import { type CandidateFolder, type Doc, type Role, roleTitle } from "../core/document.ts";
import { visible, visibleLine } from "../core/escape.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import {
  giverOf,
  holdersOf,
  isForHolders,
  type Opening,
  type Sealed,
  sealedIn,
  scorecardsToOpen,
  waitedFor,
  weightsToOpen,
} from "../core/seal.ts";
import { openPath } from "../core/sealed-path.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { note, tell } from "./print.ts";
import { type NewText, type Removal, save } from "./save.ts";
import { askAboutKeys, isSealing, sealAgain, settleSealed, unseal } from "./seal.ts";
import { copyOf, dropCopies } from "./sealed-copies.ts";
import { actorOf, canAsk, chooseBoth, chooseRole, committedRole, type Hiring, openHiring } from "./session.ts";

interface UnsealOptions {
  readonly identity?: string;
  readonly stage?: string;
  readonly without?: readonly string[];
  readonly reseal?: boolean;
  readonly giveUp?: string;
}

/** What is opened together. */
interface Batch extends Opening<Sealed> {
  /** In a sentence: "amber-otter", "the weights". */
  readonly name: string;
  readonly candidate: CandidateFolder | undefined;
}

export const command: CommandDefinition<UnsealOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role (default: the only one)")
      .argument("[candidate]", "the candidate (default: everything of the role that can be opened)")
      .option("--identity <file>", "your age key file")
      .option("--stage <stage>", "the scorecards of one stage, once all of that stage are in: who holds a later one can read them then")
      .option("--without <person>", "do not wait for them, as when they have left; may be given more than once", collect)
      .option("--give-up <person>", "take away, unopened, what someone who has left handed in and no key opens any more")
      .option("--reseal", "open nothing: seal to the keys that hire.yaml names now, what you can read or have given yourself")
      .addHelpText(
        "after",
        "\nWhere hire.yaml sets seal, scorecards and weights are handed in encrypted to its holders' keys, and one of them opens them together: a candidate's scorecards once nobody asked for one is out, weights once both sides' are in. What is opened is exactly what was handed in; hire check can tell.",
      );
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    if (options.reseal === true) return reseal(hiring, args[0], options, globals, context);
    const isRoleAlone = args[1] === undefined && (args[0] === undefined || hiring.workspace.roles.some(({ id }) => id === args[0]));
    const { role, candidate } = isRoleAlone
      ? { role: await chooseRole(hiring, args[0], context, globals), candidate: undefined }
      : await chooseBoth(hiring, args, context, globals);
    refuseBroken(role, candidate);
    if (options.giveUp !== undefined) return giveUp(hiring, { role, candidate }, options.giveUp, globals, context);
    const without = (options.without ?? []).flatMap((words) => words.split(",")).map((word) => word.trim());
    if (without.includes(actor.id))
      throw new Refusal("your own is out: it comes before you see the others'", { hint: "hire score, or hire weigh" });
    const batches = batchesOf(await asCommitted(hiring, role), candidate, without, options);
    const ready = batches.filter(({ waitingFor }) => waitingFor.length === 0);
    if (ready.length === 0) throw nothingToOpen(role, candidate, batches);
    const identity = await readIdentity(options, globals, context);

    const opened: { readonly batch: Batch; readonly texts: readonly (NewText | Removal)[] }[] = [];
    const refused: Refusal[] = [];
    for (const batch of ready) {
      try {
        opened.push({ batch, texts: await open(hiring, batch, identity, context) });
      } catch (error) {
        // What cannot be opened keeps nobody else's closed.
        if (!(error instanceof Refusal)) throw error;
        refused.push(error);
      }
    }
    const [first] = refused;
    if (opened.length === 0 && first !== undefined) throw first;
    const names = opened.map(({ batch }) => batch.name);
    await save(
      hiring,
      context,
      globals,
      opened.flatMap(({ texts }) => texts),
      `Unseal ${names.length > 3 ? count(names.length, "candidate") : list(names)} for ${roleTitle(role)}${without.length === 0 ? "" : `, without ${list(without)}`}`,
      { "Hire-Role": role.id },
    );
    await dropCopies(hiring, context);
    tell(
      context,
      openedText(
        role,
        opened.map(({ batch }) => batch),
        batches,
      ),
    );
    for (const { message, hint } of refused) note(context, `${message}\n${hint === undefined ? "" : `${hint}\n`}`);
    return refused.length > 0 ? exitCode.findings : exitCode.ok;
  },
};

/** Who is asked for a scorecard cannot be told of files that cannot be read. */
function refuseBroken(role: Role, candidate: CandidateFolder | undefined): void {
  const broken = role.unreadable.filter(
    (path) => !path.includes("/candidates/") || candidate === undefined || path.includes(`/candidates/${candidate.id}/`),
  );
  if (broken.length > 0)
    throw new Refusal(`${list(broken.map(visibleLine))} cannot be read: who is still out cannot be told`, {
      exitCode: exitCode.findings,
      hint: "hire check says what is wrong, and where",
    });
}

/** A role as it is here, and with those who are asked as HEAD says: what is not committed lets nobody off. */
async function asCommitted(hiring: Hiring, role: Role): Promise<readonly [here: Role, ...there: Role[]]> {
  const committed = await committedRole(hiring, role.id);
  if (committed?.intake === undefined || committed.rubric === undefined) return [role];
  return [role, { ...role, intake: committed.intake, rubric: committed.rubric }];
}

/** What of a role, or of one candidate, is sealed, and who is still waited for, by any of its views. */
function batchesOf(
  views: readonly [here: Role, ...there: Role[]],
  candidate: CandidateFolder | undefined,
  without: readonly string[],
  { stage }: UnsealOptions,
): readonly Batch[] {
  const [role] = views;
  const waiting = (of: (view: Role) => readonly string[]): readonly string[] => [...new Set(views.flatMap(of))];
  const weights: Batch = {
    name: "the weights",
    candidate: undefined,
    sealed: weightsToOpen(role).sealed,
    waitingFor: waiting((view) => weightsToOpen(view).waitingFor),
  };
  const cards = (candidate === undefined ? role.candidates : [candidate]).map((own): Batch => ({
    name: own.id,
    candidate: own,
    sealed: scorecardsToOpen(role, own, stage).sealed,
    waitingFor: waiting((view) => waitedFor(view, own, stage)),
  }));
  const all = [...(candidate === undefined && stage === undefined ? [weights] : []), ...cards].filter(({ sealed }) => sealed.length > 0);
  const waited = new Set(all.flatMap(({ waitingFor }) => waitingFor));
  const stranger = without.find((person) => !waited.has(person));
  if (stranger !== undefined && all.length > 0)
    throw new Refusal(`nothing here waits for '${visible(stranger)}'`, { hint: suggest(stranger, waited) ?? waitedWords(waited) });
  return all.map((batch) => ({ ...batch, waitingFor: batch.waitingFor.filter((person) => !without.includes(person)) }));
}

function waitedWords(people: ReadonlySet<string>): string | undefined {
  return people.size === 0 ? undefined : `still out: ${list([...people])}`;
}

function nothingToOpen(role: Role, candidate: CandidateFolder | undefined, batches: readonly Batch[]): Refusal {
  if (batches.length === 0) return new Refusal(`nothing is sealed of ${candidate?.id ?? role.id}`);
  return new Refusal(batches.map(({ name, waitingFor }) => `${name}: ${list(waitingFor)} still out`).join("; "), {
    hint: "all are opened together; --without PERSON does not wait for someone, as when they have left",
  });
}

async function readIdentity({ identity }: UnsealOptions, globals: Globals, context: Context): Promise<string> {
  const { files, cwd, env } = context;
  const at = (path: string): string => files.resolve(cwd, path.replace(/^~(?=\/)/u, env["HOME"] ?? "~"));
  const path =
    identity ??
    (canAsk(context, globals)
      ? await context.prompts.text("Where is your age key file?", {
          check: (words) => (files.read(at(words)) === undefined ? "There is no such file" : undefined),
        })
      : undefined);
  if (path === undefined) throw new Refusal("with which key?", { hint: "--identity KEYFILE: the file that age-keygen wrote" });
  const text = files.read(at(path));
  if (text === undefined) throw new Refusal(`there is no file ${visible(path)}`);
  return text;
}

/** What nobody can open any more, of someone who is not here to hand it in again: else the candidate could never be decided on. */
async function giveUp(
  hiring: Hiring,
  { role, candidate }: { readonly role: Role; readonly candidate: CandidateFolder | undefined },
  person: string,
  globals: Globals,
  context: Context,
): Promise<ExitCode> {
  const known = hiring.workspace.hire?.data.people.find(({ id }) => id === person);
  if (known?.active !== false)
    throw new Refusal(known === undefined ? `there is no person '${visible(person)}'` : `${person} is still here`, {
      hint:
        known === undefined ? undefined : `${person} hands it in again (hire score --amend); who has left is active: false in hire.yaml`,
    });
  const sealed = (candidate?.sealed ?? sealedIn(role)).filter(({ data }) => giverOf(data) === person);
  if (sealed.length === 0) throw new Refusal(`nothing of ${person}'s is sealed here`);
  await save(
    hiring,
    context,
    globals,
    sealed.map(({ path }) => ({ path, text: null })),
    `Give up what ${person} sealed for ${roleTitle(role)}`,
    { "Hire-Role": role.id },
  );
  tell(context, `Given up, unopened: ${list(sealed.map(({ path }) => path))}. The check of this change says so.\n`);
  return exitCode.ok;
}

async function open(
  hiring: Hiring,
  { sealed, candidate }: Batch,
  identity: string,
  context: Context,
): Promise<readonly (NewText | Removal)[]> {
  const texts: (NewText | Removal)[] = [];
  for (const doc of sealed) {
    if (candidate?.evaluations.some(({ path }) => path === openPath(doc.path)) === true)
      throw new Refusal(`${giverOf(doc.data)}'s scorecard of ${candidate.id} is open already, and another one was sealed since`, {
        hint: `${giverOf(doc.data)} changes it openly: hire score --amend --because "…"; that takes the sealed one away`,
      });
    texts.push(await unseal(hiring, doc, identity, context), { path: doc.path, text: null });
  }
  return texts;
}

function openedText(role: Role, opened: readonly Batch[], batches: readonly Batch[]): string {
  const lines = opened.map(({ candidate, sealed }) =>
    candidate === undefined
      ? `The weights of ${list(sealed.map(({ data }) => giverOf(data)))} are open: hire weigh ${role.id}`
      : `${candidate.id}: ${count(sealed.length, "scorecard")} open: hire debrief ${role.id} ${candidate.id}`,
  );
  const waiting = batches
    .filter(({ waitingFor }) => waitingFor.length > 0)
    .map(({ name, waitingFor }) => `Still sealed: ${name}, until ${list(waitingFor)} handed in`);
  return [...lines, ...waiting].map((line) => `${line}\n`).join("");
}

/** Seals to today's keys what was sealed to others: after a holder has left or a key is lost. */
async function reseal(
  hiring: Hiring,
  roleId: string | undefined,
  options: UnsealOptions,
  globals: Globals,
  context: Context,
): Promise<ExitCode> {
  if (!isSealing(hiring)) throw new Refusal("hire.yaml names no key to seal to", { hint: "seal: in hire.yaml; see the README" });
  const roles = roleId === undefined ? hiring.workspace.roles : [await chooseRole(hiring, roleId, context, globals)];
  const hire = hiring.workspace.hire?.data;
  const docs = roles.flatMap(sealedIn).filter(({ data }) => !isForHolders(data, hire));
  if (docs.length === 0) {
    tell(context, "Nothing is sealed to other keys than today's.\n");
    return exitCode.ok;
  }
  await askAboutKeys(hiring, context, globals);
  const identity = options.identity === undefined ? undefined : await readIdentity(options, globals, context);
  const texts: NewText[] = [];
  const left: Doc<Sealed>[] = [];
  let why: Refusal | undefined;
  for (const doc of docs) {
    try {
      const own = copyOf(hiring, doc.data.digest, context);
      const text = own ?? (identity === undefined ? undefined : (await unseal(hiring, doc, identity, context)).text);
      if (text === undefined) left.push(doc);
      else texts.push(await sealAgain(hiring, doc, text));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left.push(doc);
      why ??= error;
    }
  }
  const others = [...new Set(left.map(({ data }) => giverOf(data)))];
  const remedy = `--identity with a key it was sealed to; where none is left, ${list(others)} ${others.length === 1 ? "does" : "do"} it in their own clone (hire unseal --reseal), or ${others.length === 1 ? "hands" : "hand"} it in again`;
  if (texts.length === 0)
    throw new Refusal(why?.message ?? `${count(left.length, "file")} sealed to other keys, and no copy of it is kept here`, {
      hint: remedy,
    });
  await save(hiring, context, globals, texts, `Seal ${count(texts.length, "file")} to today's keys`);
  await settleSealed(hiring, context);
  tell(context, `${count(texts.length, "file")} sealed to the keys of ${list(holdersOf(hire).map(({ person }) => person))}.\n`);
  if (left.length > 0)
    note(context, `Left as ${left.length === 1 ? "it is" : "they are"}: ${list(left.map(({ path }) => path))}. ${remedy}\n`);
  return exitCode.ok;
}
