import { ago } from "../core/align.ts";
import { list } from "../core/change/words.ts";
import { acceptedIn, endedRole, reviewedOutcome, reviewsDue, type Unheard, unheardIn } from "../core/closing.ts";
import type { CandidateFolder, Role } from "../core/document.ts";
import type { Intake, Person, Review, SearchOutcome, Thanks } from "../core/model.ts";
import { addDays, daysBetween, isDate, shortDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { Refusal } from "../core/refusal.ts";
import { isInPlay, isSample } from "../core/rubric.ts";
import type { Context } from "../context.ts";
import type { Globals } from "./command.ts";
import { readPairs } from "./input.ts";
import { note } from "./print.ts";
import { canAsk, type Hiring } from "./session.ts";

/** What is asked at the end of a search, and after it; every answer may be given by a flag. */

const results = ["hired", "cancelled"] as const satisfies readonly SearchOutcome["result"][];

/** What a person may say about the end of a search by flags. */
export interface CloseOptions {
  readonly result?: string;
  readonly hired?: readonly string[];
  readonly on?: string;
  readonly told?: readonly string[];
  readonly later?: boolean;
  readonly starts?: string;
  readonly thank?: readonly string[];
  readonly keep?: readonly string[];
  readonly change?: readonly string[];
  readonly review?: readonly string[];
  readonly carry?: string;
}

/** A search that is being closed, or said more of, and by whom. */
export interface Closing {
  readonly hiring: Hiring;
  readonly role: Role;
  readonly intake: Intake;
  readonly actor: Person;
  readonly options: CloseOptions;
  readonly globals: Globals;
  readonly context: Context;
}

interface End {
  readonly result: SearchOutcome["result"];
  readonly hires: readonly string[];
}

/** How it ends, as far as the flags and what is logged say so. */
export function endOf({ role, options }: Closing): End {
  const result = givenResult(options) ?? "hired";
  return { result, hires: result === "cancelled" ? [] : (options.hired ?? acceptedIn(role)) };
}

interface Told {
  readonly told: readonly string[];
  /** Who was asked about. */
  readonly asked: readonly string[];
}

/** Who has heard how it ends, of those who had not: asked one by one, and nobody twice. */
export async function toldOf(closing: Closing, closedOn: string, end: End, before?: Told): Promise<Told> {
  const { role, intake, options, globals, context } = closing;
  const waiting = unheardIn(endedRole(role, outcomeOf(closing, closedOn, end)));
  const given = before?.told ?? options.told ?? [];
  for (const id of given)
    if (!role.candidates.some((candidate) => candidate.id === id))
      throw new Refusal(`there is no candidate '${id}' for ${role.id}`, {
        hint: suggest(
          id,
          waiting.map(({ candidate }) => candidate),
        ),
      });
  const open = waiting.filter(({ candidate }) => !given.includes(candidate) && before?.asked.includes(candidate) !== true);
  const asked = [...(before?.asked ?? []), ...open.map(({ candidate }) => candidate)];
  if (open.length === 0 || options.later === true) return { told: given, asked };
  if (!canAsk(context, globals))
    throw new Refusal(`not told yet how it ends: ${list(open.map(({ candidate }) => candidate))}`, {
      hint: `tell them, then --told ${open[0]?.candidate ?? ""}; or --later, and it stays on ${intake.team.recruiter}'s list`,
    });
  note(context, `${before === undefined ? "First, who" : "Also, who"} has not heard from us how it ends:\n${unheardLines(open, context)}`);
  const told = [...given];
  for (const { candidate } of open)
    if (
      await context.prompts.choose(`${candidate}:`, [
        { value: true, label: "has heard: note it" },
        { value: false, label: `not yet: it stays on ${intake.team.recruiter}'s list` },
      ])
    )
      told.push(candidate);
  return { told, asked };
}

export function outcomeOf({ actor }: Closing, closedOn: string, { result, hires }: End): SearchOutcome {
  return { version: 1, result, closed_on: closedOn, closed_by: actor.id, ...(hires.length === 0 ? {} : { hires: [...hires] }) };
}

function unheardLines(open: readonly Unheard[], { clock }: Context): string {
  const today = clock.now();
  return open
    .map(
      ({ candidate, state, since }) =>
        `  ${candidate}: ${state}${since === null ? "" : ` ${shortDate(since, today)}, ${ago(daysBetween(since, today.slice(0, 10)))}`}\n`,
    )
    .join("");
}

/** How it ended by flags; undefined where they leave it open, refused where they say what cannot be. */
function givenResult({ result: given, hired }: CloseOptions): SearchOutcome["result"] | undefined {
  if (given === undefined) return hired === undefined ? undefined : "hired";
  const result = results.find((name) => name === given);
  if (result === undefined) throw new Refusal(`--result ${given} is none of ${results.join(", ")}`, { hint: suggest(given, results) });
  if (result === "cancelled" && hired !== undefined) throw new Refusal("--hired does not go with --result cancelled");
  return result;
}

export async function resultOf({ options, globals, context }: Closing): Promise<SearchOutcome["result"]> {
  const given = givenResult(options);
  if (given !== undefined) return given;
  if (!canAsk(context, globals)) throw new Refusal("how did it end?", { hint: `--result ${results.join("|")}` });
  return context.prompts.choose("How did it end?", [
    { value: "hired" as const, label: "hired: someone said yes" },
    { value: "cancelled" as const, label: "cancelled: the search ends without a hire" },
  ]);
}

export async function hiresOf({ role, options, globals, context }: Closing): Promise<readonly string[]> {
  const accepted = acceptedIn(role);
  const candidates = role.candidates.filter((candidate) => !isSample(candidate));
  const possible = candidates
    .filter((candidate) => accepted.includes(candidate.id) || isInPlay(candidate) || isOffered(candidate))
    .map(({ id }) => id);
  for (const id of options.hired ?? []) {
    if (possible.includes(id)) continue;
    const known = candidates.some((candidate) => candidate.id === id);
    throw new Refusal(known ? `${id} was declined or left: nobody hires them by that` : `there is no candidate '${id}' for ${role.id}`, {
      hint: known ? `hire log ${role.id} ${id} offer-accepted, if they said yes after all` : suggest(id, possible),
    });
  }
  if (options.hired !== undefined) return [...new Set(options.hired)];
  if (accepted.length > 0) return accepted;
  if (!canAsk(context, globals) || possible.length === 0)
    throw new Refusal("who was hired? Nobody has accepted an offer", {
      hint: `--hired CANDIDATE, or: hire log ${role.id} CANDIDATE offer-accepted`,
    });
  return [
    await context.prompts.choose(
      "Who was hired? (nobody's yes is logged)",
      possible.map((id) => ({ value: id, label: id })),
    ),
  ];
}

function isOffered({ decision }: CandidateFolder): boolean {
  return decision?.data.decision === "offer";
}

/** The first day of work; looks back are counted from it. */
export async function firstDayOf({ intake, options, globals, context }: Closing, closedOn: string): Promise<string> {
  const given = dayOf(options.starts, "--starts", closedOn);
  if (given !== undefined) return given;
  const usual = intake.start_by !== undefined && intake.start_by > closedOn ? intake.start_by : closedOn;
  if (!canAsk(context, globals) || (intake.outcomes ?? []).length === 0) return usual;
  return context.prompts.text("When is the first day of work? (we look back at the brief from there)", {
    initial: usual,
    check: (text) => (isDate(text) ? undefined : `A date such as ${usual}`),
  });
}

export function dayOf(given: string | undefined, flag: string, example: string): string | undefined {
  if (given !== undefined && !isDate(given)) throw new Refusal(`${flag} ${given} is no date`, { hint: `write it as ${example}` });
  return given;
}

/** Thanks and lessons: by flags, and asked of both sides on a terminal. */
export async function wordsOf(
  { hiring, role, intake, actor, options, globals, context }: Closing,
  asks: boolean,
): Promise<{ readonly thanks: readonly Thanks[]; readonly keep: readonly string[]; readonly change: readonly string[] }> {
  const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
  const given = readPairs(options.thank ?? [], "--thank person=text").map(([to, text]): Thanks => {
    if (!people.includes(to)) throw new Refusal(`there is no person '${to}'`, { hint: suggest(to, people) });
    if (text === "") throw new Refusal(`--thank ${to}: what for?`);
    if (to === actor.id) throw new Refusal("nobody thanks themselves", { hint: "--thank OTHER=TEXT" });
    return { to, from: actor.id, for: text };
  });
  if (!asks || !canAsk(context, globals)) return { thanks: given, keep: options.keep ?? [], change: options.change ?? [] };
  const { hiring_manager: manager, recruiter } = intake.team;
  const thanks = [...given];
  const both = [...new Set([manager, recruiter])];
  for (const from of both.toSorted((a, b) => Number(b === actor.id) - Number(a === actor.id))) {
    const to = from === manager ? recruiter : manager;
    const hasThanked = (role.outcome?.data.thanks ?? []).some((known) => known.from === from && known.to === to);
    if (from === to || hasThanked || (options.thank !== undefined && from === actor.id)) continue;
    const text = await context.prompts.text(
      from === actor.id
        ? `${from}, what do you thank ${to} for? (empty: later)`
        : `And ${from}, what do you thank ${to} for? (empty: they say it later, with hire close)`,
    );
    if (text !== "") thanks.push({ to, from, ...(from === actor.id ? {} : { entered_by: actor.id }), for: text });
  }
  return {
    thanks,
    keep: options.keep ?? (await lines("What do we do again next time? (empty: no more)", context)),
    change: options.change ?? (await lines("What do we do differently? (empty: no more)", context)),
  };
}

async function lines(message: string, { prompts }: Context): Promise<readonly string[]> {
  const texts: string[] = [];
  for (;;) {
    const text = await prompts.text(texts.length === 0 ? message : `And? ${texts.length} so far (empty: no more)`);
    if (text === "") return texts;
    texts.push(text);
  }
}

/** Days after which a look back that came too early is due again, unless another day is named. */
const lookAgainIn = 90;

/** Looks back: by flags, or asked where one is due. What was answered before may be answered again by flag. */
export async function reviewsNow(
  { role, options, globals, context }: Closing,
  known: readonly Review[],
  today: string,
): Promise<readonly Review[]> {
  const answers = new Map<string, Pick<Review, "brief_was_right" | "note">>();
  const postponed = new Map<string, string>();
  for (const [outcome, text] of readPairs(options.review ?? [], "--review outcome='right: …'")) {
    const ids = known.map((review) => review.outcome);
    if (!ids.includes(outcome)) throw new Refusal(`no look back at '${outcome}' is planned`, { hint: suggest(outcome, ids) });
    const [, word = "", seen = ""] = /^(right|wrong)(?::\s*(.*))?$/isu.exec(text) ?? [];
    if (word === "")
      throw new Refusal(`--review ${outcome}: was the brief right?`, { hint: `--review ${outcome}="right: what was seen", or "wrong: …"` });
    answers.set(outcome, { brief_was_right: word.toLowerCase() === "right", ...(seen === "" ? {} : { note: seen }) });
  }
  if (options.review === undefined && canAsk(context, globals))
    for (const review of reviewsDue(role, today)) {
      const right = await context.prompts.choose(
        `Was the brief right about ${reviewedOutcome(role, review)}? (the brief, not the person)`,
        [
          { value: true, label: "yes: it was what mattered" },
          { value: false, label: "no: something else mattered" },
          { value: undefined, label: "too early to say" },
        ],
      );
      if (right === undefined) {
        const later = await context.prompts.text("Look again when?", {
          initial: addDays(today, lookAgainIn),
          check: (text) => (isDate(text) && text > today ? undefined : `A day to come, such as ${addDays(today, lookAgainIn)}`),
        });
        postponed.set(review.outcome, later);
        continue;
      }
      const seen = await context.prompts.text("What was seen, in a line? (empty: nothing more)");
      answers.set(review.outcome, { brief_was_right: right, ...(seen === "" ? {} : { note: seen }) });
    }
  return known.map((review) => {
    const said = answers.get(review.outcome);
    const due = postponed.get(review.outcome);
    if (due !== undefined) return { ...review, due };
    return said === undefined ? review : { ...review, reviewed_on: today, ...said };
  });
}
