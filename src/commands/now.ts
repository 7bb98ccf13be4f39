import { type Action, align } from "../core/align.ts";
import { roleTitle } from "../core/document.ts";
import { compareText } from "../core/finding.ts";
import { noVersions } from "../core/former.ts";
import { addressesOf } from "../core/person.ts";
import { shortDate } from "../core/moment.ts";
import { isOpen, type Promised, promisedFor } from "../core/promises.ts";
import { exitCode, type ExitCode } from "../core/refusal.ts";
import { labelled, type Style, wrap } from "../report/style.ts";
import type { Context } from "../context.ts";
import { calendarsOf, promisesIn } from "./calendars.ts";
import type { Globals } from "./command.ts";
import { tellPending } from "./pending.ts";
import { answer, outputStyle } from "./print.ts";
import { canAsk, formerOf, type Hiring, marketsOf, openHiring, personWith, reweightOf, viewerOf } from "./session.ts";

/** What is yours now, with the promise behind it where there is one. */
interface Mine extends Action {
  readonly role: string;
  readonly due: string | null;
  readonly late: boolean;
}

interface News {
  readonly by: string;
  readonly subject: string;
}

interface Now {
  readonly person: string | null;
  readonly yours: readonly Mine[];
  /** Late promises of others. */
  readonly others: readonly Promised[];
  /** Commits by others since this was last looked at here; null where nobody ever looked. */
  readonly news: readonly News[] | null;
}

const mostNews = 5;

/** `hire` alone: what is yours now, what others owe, what is new since you last looked. Enter starts the first. */
export async function now(globals: Globals, context: Context): Promise<ExitCode> {
  const hiring = await openHiring(context, globals);
  const person = (await viewerOf(hiring, context, globals))?.id;
  const shown = await lookAround(hiring, person, context);
  answer("now", { ...shown }, () => nowText(shown, context, outputStyle(globals, context)), globals, context);
  tellPending(hiring, context);
  if (!shown.yours.some(({ command }) => isRunnable(command)) || globals.json === true || !canAsk(context, globals)) return exitCode.ok;
  const choices = shown.yours.flatMap(({ text, command }) => (isRunnable(command) ? [{ value: command, label: text }] : []));
  const next = await context.prompts.choose("What now?", [...choices, { value: "", label: "nothing now" }], choices[0]?.value);
  if (next === "") return exitCode.ok;
  const { main } = await import("../main.ts");
  return main(
    [
      ...next.split(" ").slice(1),
      ...(globals.as === undefined ? [] : ["--as", globals.as]),
      ...(globals.directory === undefined ? [] : ["-C", globals.directory]),
    ],
    context,
  );
}

/** Whether a command can be started as it stands: one with something left to fill in is shown only. */
function isRunnable(command: string | undefined): command is string {
  return command !== undefined && !/[…|"]/u.test(command);
}

async function lookAround(hiring: Hiring, person: string | undefined, context: Context): Promise<Now> {
  const at = context.clock.now();
  const { workspace } = hiring;
  const roles = workspace.roles.filter((role) => role.intake !== undefined);
  const former = await formerOf(hiring, roles);
  const promises = await promisesIn(hiring, roles, at, await calendarsOf(workspace));
  const open = promises.filter(isOpen);
  const basis = { reweight: reweightOf(workspace), markets: marketsOf(workspace), statistics: false };
  const yours = roles.flatMap((role) =>
    align(role, former.get(role.id) ?? noVersions, person, at, basis)
      .next.filter((entry) => entry.person === person)
      .flatMap(({ actions }) =>
        actions.map((action): Mine => {
          const promised = person === undefined ? undefined : promisedFor(open, person, action.command);
          const many = roles.length > 1;
          const command =
            many && action.command?.startsWith("hire explain ") === true ? `${action.command} --role ${role.id}` : action.command;
          return {
            ...action,
            text: many ? `${roleTitle(role)}: ${action.text}` : action.text,
            ...(command === undefined ? {} : { command }),
            role: role.id,
            due: promised?.due ?? null,
            late: (promised?.late ?? 0) > 0,
          };
        }),
      ),
  );
  return {
    person: person ?? null,
    yours: yours.toSorted((a, b) => Number(b.late) - Number(a.late) || compareText(a.due ?? "9", b.due ?? "9")),
    others: open.filter(({ owner, late }) => owner !== person && late > 0),
    news: await newsFor(hiring, person, context),
  };
}

/** What others committed since the last look, newest first; the look itself is noted in the git directory. */
async function newsFor({ repository, workspace }: Hiring, person: string | undefined, context: Context): Promise<readonly News[] | null> {
  const head = await repository?.head();
  if (repository === undefined || head === undefined || person === undefined) return null;
  const path = context.files.resolve(repository.ownFolder, `seen-${person}.json`);
  const seen = lastSeen(context.files.read(path));
  try {
    context.files.write(repository.ownFolder, path, JSON.stringify({ head }), { private: true, fleeting: true });
  } catch {
    // Where it cannot be noted, the same is new once more.
  }
  if (seen === undefined || seen === head || (await repository.lookUp(seen)) === undefined) return seen === head ? [] : null;
  const people = workspace.hire?.data.people ?? [];
  const own = people.find(({ id }) => id === person);
  const mine = own === undefined ? [] : addressesOf(own);
  const nameOf = (address: string): string => personWith(people, address)?.id ?? address;
  return (await repository.between(seen, head))
    .filter(({ authors }) => !authors.some((address) => mine.includes(address)))
    .map(({ authors, subject }) => ({ by: nameOf(authors[0] ?? ""), subject }));
}

function lastSeen(text: string | undefined): string | undefined {
  try {
    const { head } = JSON.parse(text ?? "{}") as { readonly head?: unknown };
    return typeof head === "string" && /^[0-9a-f]{40,64}$/u.test(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

function nowText({ person, yours, others, news }: Now, { clock }: Context, style: Style): string {
  const at = clock.now();
  const lines: string[] = [];
  const part = (title: string, own: readonly string[]): void => {
    if (own.length > 0) lines.push(style.bold(title), ...own, "");
  };
  part(
    `Yours now, ${person ?? ""}`,
    yours.flatMap(({ text, command, due, late }, index) => [
      ...labelled(
        `${String(index + 1).padStart(3)} `,
        `${text}${due === null ? "" : `, due ${shortDate(due, at)} ${due.slice(11, 16)}${late ? ", LATE" : ""}`}`,
        style.width,
      ),
      ...(command === undefined ? [] : [`    ${style.dim(command)}`]),
    ]),
  );
  if (person === null) lines.push(style.bold("Nobody in hire.yaml has your address: --as PERSON says who you are."), "");
  else if (yours.length === 0) lines.push("Nothing is yours to do.", "");
  part(
    "Late from others",
    others.flatMap(({ owner, candidate, title, what, due }) =>
      wrap(`  ${owner}  ${candidate ?? title}: ${what}, due ${shortDate(due, at)}`, style.width, 4),
    ),
  );
  if (news !== null)
    part("New since you last looked", [
      ...news.slice(0, mostNews).flatMap(({ by, subject }) => wrap(`  ${by}: ${subject}`, style.width, 4)),
      ...(news.length > mostNews ? [`  and ${news.length - mostNews} more: git log`] : []),
    ]);
  return `${lines.join("\n").replace(/\n+$/u, "")}\n`;
}
