import type { Context } from "../context.ts";
import { type CandidateFolder, type Role, roleTitle } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import { candidateDocuments, searchDocuments } from "../core/free-text.ts";
import { shortDate } from "../core/moment.ts";
import { Nameless } from "../core/nameless.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { type Keeping, keepingOf } from "../core/retention.ts";
import { isInPlay, isSample } from "../core/rubric.ts";
import { padEnd, type Style, wrap } from "../report/style.ts";
import { candidatePath } from "../workspace/layout.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { changeNames, keyOf, readNames } from "./names-store.ts";
import { note, print } from "./print.ts";
import { dropPending } from "./pending.ts";
import { refuseUncommittable, save } from "./save.ts";
import { dropCopiesOf } from "./sealed-copies.ts";
import { pathInTree } from "./place.ts";
import { actorOf, canAsk, chooseBoth, chooseRole, type Hiring, openHiring } from "./session.ts";

interface ForgetOptions {
  readonly due?: boolean;
  readonly early?: boolean;
  readonly yes?: boolean;
}

export const command: CommandDefinition<ForgetOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .argument("[candidate]", "the candidate")
      .option("--due", "whose time is up, by retention in hire.yaml; erases nobody")
      .option("--early", "before the floor of hire.yaml's retention has passed, as when they ask for it")
      .option("--yes", "without asking")
      .addHelpText(
        "after",
        "\nRetention is counted from each candidate's decision. A legal hold (legal_hold in candidate.yaml) goes before everything.\nThis is no legal advice: which periods hold for you, someone who knows the law has to say.",
      );
  },
  writes: (_, { due }) => due !== true,
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    if (options.due === true) return showDue(hiring, args[0], globals, context);
    if (args[0] === undefined && !canAsk(context, globals))
      throw new Refusal("whom?", { hint: "hire forget ROLE CANDIDATE; hire forget --due lists whose time is up" });
    const { role, candidate } = await chooseBoth(hiring, args, context, globals);
    await actorOf(hiring, context, globals);
    const keeping = keepingOf(role, candidate, retentionOf(hiring), today(context));
    refuseUnknown(role, candidate);
    refuseHeld(keeping, options, context);
    if (options.yes !== true) await askFirst(candidate, globals, context);

    const folder = candidatePath(role.id, candidate.id);
    // What was to be written about them is not written any more.
    dropPending(hiring, folder, context);
    const paths = context.files.snapshot(hiring.root, [folder]).files.map(({ path }) => path);
    await refuseUncommittable(hiring, globals, paths);
    const known = readNames(hiring, context).get(keyOf(role.id, candidate.id));
    // What is this clone's own goes first: should the rest be cut off, the candidate is still here to be asked for again.
    if (known !== undefined) await changeNames(hiring, context, (names) => void names.delete(keyOf(role.id, candidate.id)));
    const drafts = forgetOwn(hiring, candidate.id, context);
    await save(
      hiring,
      context,
      globals,
      paths.map((path) => ({ path, text: null })),
      // The pseudonym stays out of one more place.
      `Erase a candidate for ${roleTitle(role)}`,
      { "Hire-Role": role.id },
    );
    const copies = dropCopiesOf(hiring, folder, context);
    const left = context.files.snapshot(hiring.root, [folder]).files.map(({ path }) => path);
    if (left.length > 0)
      throw new Refusal(`${left.join(", ")} could not be erased`, {
        exitCode: exitCode.io,
        hint: "remove it by hand (git rm), then the same command again",
      });
    const account = {
      role: role.id,
      candidate: candidate.id,
      files: paths,
      name: known !== undefined,
      drafts: drafts + copies,
      commits: (await hiring.repository?.commitsTouching(pathInTree(hiring, folder))) ?? 0,
      mentions: mentionsOf(role, candidate),
      ats: candidate.candidate?.data.ats ?? null,
      trees:
        hiring.repository === undefined
          ? 0
          : context.files.folders(context.files.resolve(hiring.repository.ownFolder, "../worktrees")).length,
      rewrite: `git filter-repo --invert-paths --path ${pathInTree(hiring, folder)}/`,
    };
    return print(
      { kind: "forgotten", exit: exitCode.ok, json: () => account, text: (style) => accountText(account, style) },
      undefined,
      globals,
      context,
    );
  },
};

function retentionOf({ workspace }: Hiring): Parameters<typeof keepingOf>[2] {
  return workspace.hire?.data.retention ?? {};
}

function today(context: Context): string {
  return context.clock.now().slice(0, 10);
}

/** Whether they are under a hold, and since when it ended, cannot be told of files that cannot be read. */
function refuseUnknown(role: Role, { id }: CandidateFolder): void {
  const telling = new Set(["candidate.yaml", "decision.yaml", "events.yaml"].map((name) => candidatePath(role.id, id, name)));
  const broken = role.unreadable.filter((path) => telling.has(path));
  if (broken.length > 0)
    throw new Refusal(`${broken.map(visibleLine).join(", ")} cannot be read, and may hold a legal hold or the day it ended`, {
      exitCode: exitCode.findings,
      hint: "hire check says what is wrong; mend it first",
    });
}

function refuseHeld({ hold, state, notBefore, notAfter, candidate }: Keeping, { early }: ForgetOptions, context: Context): void {
  if (hold !== null)
    throw new Refusal(`${candidate} is under a legal hold: ${hold}`, { hint: "whoever set it lifts it: legal_hold in candidate.yaml" });
  if (early === true) return;
  if (state === "person")
    throw new Refusal(`hire.yaml asks to keep ${candidate}'s files until ${notBefore ?? ""} and to erase them by ${notAfter ?? ""}`, {
      hint: "a person has to decide which of the two holds: --early erases now",
    });
  if (notBefore !== null && today(context) < notBefore)
    throw new Refusal(`${candidate}'s files are to be kept until ${notBefore} (retention.floor in hire.yaml)`, {
      hint: "--early erases all the same, as when they ask for it and no law stands against it",
    });
}

async function askFirst(candidate: CandidateFolder, globals: Globals, context: Context): Promise<void> {
  if (!canAsk(context, globals)) throw new Refusal(`erase everything about ${candidate.id}?`, { hint: "--yes" });
  if (isInPlay(candidate)) note(context, `${candidate.id} is still in the search.\n`);
  if (!(await context.prompts.confirm(`Erase everything about ${candidate.id}?`, false))) throw new Refusal("nothing was erased");
}

/** What this clone keeps of its own that may hold words about a candidate: drafts; what was found and drawn from files is made again. */
function forgetOwn({ repository }: Hiring, candidate: string, { files }: Context): number {
  if (repository === undefined) return 0;
  const own = repository.ownFolder;
  let drafts = 0;
  for (const { path } of files.snapshot(own, ["drafts"]).files) {
    const absolute = files.resolve(own, path);
    if (!path.includes(candidate) && files.read(absolute)?.includes(candidate) !== true) continue;
    files.remove(absolute);
    drafts += 1;
  }
  for (const name of files.names(own)) if (/^(?:check-|edit-).*|^seen-/u.test(name)) files.remove(files.resolve(own, name));
  for (const { path } of files.snapshot(own, ["drift"]).files) files.remove(files.resolve(own, path));
  return drafts;
}

/** Files outside of the candidate's own that name them. */
function mentionsOf(role: Role, candidate: CandidateFolder): readonly string[] {
  const nameless = new Nameless([candidate.id]);
  const names = (text: string | undefined): boolean =>
    text !== undefined && (nameless.names(text) || nameless.isDoubtful(text) || text.includes(candidate.id));
  const others = role.candidates.filter(({ id }) => id !== candidate.id).flatMap(candidateDocuments);
  return [...searchDocuments(role), ...others].filter(({ text, path }) => names(text) || names(path)).map(({ path }) => path);
}

interface Account {
  readonly role: string;
  readonly candidate: string;
  readonly files: readonly string[];
  readonly name: boolean;
  readonly drafts: number;
  readonly commits: number;
  readonly mentions: readonly string[];
  readonly ats: string | null;
  /** Other work trees of this clone. */
  readonly trees: number;
  readonly rewrite: string;
}

function accountText({ candidate, files, name, drafts, commits, mentions, ats, rewrite, trees }: Account, style: Style): string {
  const count = (amount: number, one: string, many = `${one}s`): string => `${amount} ${amount === 1 ? one : many}`;
  const remains = [
    ...(commits === 0
      ? []
      : [
          `${count(commits, "commit")} of this clone's history ${commits === 1 ? "holds" : "hold"} what was written, and every clone and fork of it: whoever has one can read it; git reflog names the pseudonym for a while`,
        ]),
    ...(mentions.length === 0 ? [] : [`the pseudonym stands in ${mentions.join(", ")}: look whether it says more than that`]),
    "the host of the repository may keep pull requests, caches, CI logs and their artifacts, pages that were sent, and backups",
    ...(name ? ["whoever the name was handed to has it still: hire names remove there"] : []),
    ...(trees === 0 ? [] : [`${count(trees, "other work tree")} of this clone (git worktree list): what stands there`]),
    ...(ats === null ? [] : [`the applicant system: ${ats}`]),
  ];
  const steps = [
    "share the erasure (hire sync), and have everyone do the same and delete what they were sent",
    `where the history must go, too: ${rewrite}`,
    "then, by whoever runs the host: a forced push of the rewritten history, deletion of its pull requests' references and caches, and a fresh clone for everyone",
  ];
  const list = (items: readonly string[]): readonly string[] => items.flatMap((item) => wrap(`  · ${item}`, style.width, 4));
  return [
    style.bold(`Erased: ${candidate}`),
    ...list([
      `${count(files.length, "file")} about them in this work tree`,
      ...(name ? ["their name, on this machine"] : []),
      ...(drafts > 0 ? [`${count(drafts, "draft")} or sealed ${drafts === 1 ? "copy" : "copies"} of this clone`] : []),
    ]),
    style.bold("What remains, and where"),
    ...list(remains),
    style.bold("What is left to do"),
    ...list(steps),
    "",
  ].join("\n");
}

async function showDue(hiring: Hiring, roleId: string | undefined, globals: Globals, context: Context): Promise<ExitCode> {
  const { roles } = hiring.workspace;
  const chosen = roleId === undefined ? roles : [await chooseRole(hiring, roleId, context, globals)];
  const retention = hiring.workspace.hire?.data.retention;
  const keepings = chosen
    .flatMap((role) =>
      role.candidates
        .filter((candidate) => !isSample(candidate))
        .map((candidate) => keepingOf(role, candidate, retention ?? {}, today(context))),
    )
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || ((a.until ?? "") < (b.until ?? "") ? -1 : 1));
  return print(
    {
      kind: "retention",
      exit: exitCode.ok,
      json: () => ({ set: retention !== undefined, candidates: keepings }),
      text: (style) => dueText(keepings, retention !== undefined, today(context), style),
    },
    undefined,
    globals,
    context,
  );
}

const order: readonly Keeping["state"][] = ["due", "person", "kept", "held", "unset", "open"];

function dueText(keepings: readonly Keeping[], isSet: boolean, now: string, style: Style): string {
  const told = keepings.filter(({ state }) => state !== "open");
  if (!isSet)
    return `${wrap("hire.yaml says nothing of how long candidates' files are kept: retention: { reject: 6 months, hire: 24 months }", style.width, 0).join("\n")}\n`;
  if (told.length === 0) return "Nobody's candidacy has ended.\n";
  const widest = Math.max(...told.map(({ candidate }) => candidate.length));
  const lines = told.flatMap((keeping) => {
    const { role, candidate, ended, state, until, hold, notBefore, notAfter } = keeping;
    const how = ended === null ? "" : `${ended.how === "hire" ? "hired" : "no"}, ${shortDate(ended.on, now)}`;
    const words: Readonly<Record<Keeping["state"], string>> = {
      due: `since ${until ?? ""}: hire forget ${role} ${candidate}`,
      person: `to be kept until ${notBefore ?? ""} and erased by ${notAfter ?? ""}: a person decides`,
      kept: until === null ? `kept; a person decides on ${notAfter ?? ""}` : `kept until ${until}`,
      held: `legal hold: ${hold ?? ""}`,
      unset: "no period is set for it",
      open: "",
    };
    const line = `  ${padEnd(candidate, widest)}  ${padEnd(how, 16)} ${words[state]}`;
    return wrap(line, style.width, widest + 21).map((text) => (state === "due" ? style.yellow(text) : text));
  });
  const due = told.filter(({ state }) => state === "due").length;
  return `${style.bold(due === 0 ? "Nobody's time is up" : due === 1 ? "One candidate's time is up" : `The time of ${due} candidates is up`)}\n${lines.join("\n")}\n`;
}
