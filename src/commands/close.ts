import { ago } from "../core/align.ts";
import { count, list } from "../core/change/words.ts";
import { acceptedIn, figuresOf, reviewedOutcome, reviewsDue, reviewsOf, type Unheard, unheardIn, winOf } from "../core/closing.ts";
import { type CandidateFolder, type Role, roleTitle } from "../core/document.ts";
import { startOf } from "../core/finding.ts";
import type { Intake, Person, Review, SearchOutcome, Thanks } from "../core/model.ts";
import { addDays, daysBetween, isDate, shortDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { isInPlay, isSample } from "../core/rubric.ts";
import type { Context } from "../context.ts";
import { winsText } from "../report/closing-text.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { Carried, CarryTarget } from "./carry.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { withEvent } from "./event-file.ts";
import { readPairs, requireValid } from "./input.ts";
import { answer, note, outputStyle } from "./print.ts";
import { remembering } from "./remembering.ts";
import {
  actorOf,
  canAsk,
  chooseRole,
  type Hiring,
  type NewText,
  openHiring,
  refuseBrokenRole,
  refuseUncommittable,
  refuseUnreadable,
  requireIntake,
  save,
} from "./session.ts";

const results = ["hired", "cancelled"] as const satisfies readonly SearchOutcome["result"][];

interface CloseOptions {
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

export const command: CommandDefinition<CloseOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--result <result>", "how it ended: hired or cancelled")
      .option("--hired <candidate>", "who was hired (default: who accepted an offer); may be given more than once", collect)
      .option("--on <date>", "the day it ended (default: today)")
      .option("--told <candidate>", "has heard from us how it ends; may be given more than once", collect)
      .option("--later", "those who have not heard yet are told later: it stays on the recruiter's list")
      .option("--starts <date>", "the first day of work, from which looks back are counted (default: start_by of the brief)")
      .option("--thank <person=text>", "your thanks to someone, and what for; may be given more than once", collect)
      .option("--keep <text>", "what to do again next time; may be given more than once", collect)
      .option("--change <text>", "what to do differently next time; may be given more than once", collect)
      .option("--review <outcome=text>", "after the hire: 'right: …' or 'wrong: …', was the brief right about it?", collect)
      .option("--carry <dir>", "take the search without its candidates into another hiring repository")
      .addHelpText(
        "after",
        "\nEnds a search: first who has not heard from us, then how it ended, thanks from both sides, what to keep and to change, and the search in figures.\nOnce it is closed, the same command adds thanks and lessons, and asks what is due: was the brief right (the brief, not the person)?",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    refuseBrokenRole(role);
    refuseUnreadable(role, "outcome.yaml");
    if (role.outcome === undefined && role.unreadable.length > 0)
      throw new Refusal(`${list(role.unreadable)} cannot be read: the figures would leave out what stands there`, {
        exitCode: exitCode.findings,
        hint: "hire check says what is wrong, and where",
      });
    const intake = requireIntake(role).data;
    const adds = [options.thank, options.keep, options.change, options.review].some((given) => given !== undefined);
    const ends = [options.result, options.hired, options.on, options.told, options.starts].some((given) => given !== undefined);
    const closing = async (): Promise<Closing> => ({
      hiring,
      role,
      intake,
      actor: await actorOf(hiring, context, globals),
      options,
      globals,
      context,
    });
    if (role.outcome === undefined && options.carry !== undefined && !ends && !canAsk(context, globals))
      throw new Refusal(`${role.id} has not ended yet: there is nothing to carry`, { hint: `hire close ${role.id} --result hired` });
    // Whatever cannot be carried is said before anything is closed.
    const target = options.carry === undefined ? undefined : await carryInto(hiring, role, options.carry, globals, context);
    if (role.outcome === undefined) {
      if (options.review !== undefined)
        throw new Refusal("a look back comes after the end of a search", { hint: `hire close ${role.id} --result hired` });
      await close(await closing());
    } else if (ends || options.later === true) {
      throw new Refusal(`${roleTitle(role)} ended on ${role.outcome.data.closed_on}: ${role.outcome.data.result}`, {
        hint: `what is wrong there is mended in ${role.outcome.path}; thanks, lessons and looks back are added: --thank, --keep, --change, --review`,
      });
    } else if (adds || (options.carry === undefined && canAsk(context, globals) && globals.json !== true)) await amend(await closing());
    const carried = target === undefined ? null : await (await import("./carry.ts")).carry(hiring, role.id, target, globals, context);
    show(await chooseRole(await openHiring(context, globals), role.id, context, globals), carried, globals, context);
    return exitCode.ok;
  },
};

async function carryInto(hiring: Hiring, { id }: Role, folder: string, globals: Globals, context: Context): Promise<CarryTarget> {
  return (await import("./carry.ts")).carryTarget(hiring, id, folder, globals, context);
}

interface Closing {
  readonly hiring: Hiring;
  readonly role: Role;
  readonly intake: Intake;
  readonly actor: Person;
  readonly options: CloseOptions;
  readonly globals: Globals;
  readonly context: Context;
}

/** The search ends: what is said of it is saved as one. */
async function close(closing: Closing): Promise<void> {
  const { hiring, role, intake, actor, options, globals, context } = closing;
  const path = rolePath(role.id, "outcome.yaml");
  await refuseUncommittable(hiring, globals, [path, rolePath(role.id, "intake.yaml")]);
  const today = context.clock.now().slice(0, 10);
  const closedOn = dayOf(options.on, "--on", today) ?? today;
  if (intake.opened !== undefined && closedOn < intake.opened)
    throw new Refusal(`--on: the search was opened on ${intake.opened} only`, { hint: `a day from ${intake.opened} to ${today}` });
  if (closedOn > today) throw new Refusal(`--on: ${closedOn} has not come yet`, { hint: "a search is closed once it has ended" });
  const said = await remembering(`close-${role.id}-${actor.id}`, context, globals, async (asking) => {
    const own = { ...closing, context: asking };
    // Before anything else: people wait for a word. Who else has to hear is known once it is said how it ended.
    const asked = await toldOf(own, closedOn, endOf(own));
    const result = await resultOf(own);
    const hires = result === "hired" ? await hiresOf(own) : [];
    const told = await toldOf(own, closedOn, { result, hires }, asked);
    const starts = result === "hired" ? await firstDayOf(own, closedOn) : closedOn;
    return { told: told.told, result, hires, starts, ...(await wordsOf(own, true)) };
  });
  const { told, result, hires, starts, thanks, keep, change } = said.result;
  const at = context.clock.now();
  const ending = outcomeOf(closing, closedOn, { result, hires });
  const draft: SearchOutcome = {
    ...ending,
    ...(thanks.length === 0 ? {} : { thanks: [...thanks] }),
    ...(keep.length === 0 ? {} : { keep: [...keep] }),
    ...(change.length === 0 ? {} : { change: [...change] }),
  };
  const reviews = result === "hired" ? reviewsOf(intake, starts) : [];
  const outcome = requireValid(
    "outcome",
    {
      ...draft,
      figures: await figuresFor(closing, withTold(withOutcome(role, ending), told, at, actor), ending),
      ...(reviews.length === 0 ? {} : { reviews: [...reviews] }),
    },
    path,
  );
  const brief = rolePath(role.id, "intake.yaml");
  const status = result === "hired" ? ("filled" as const) : ("cancelled" as const);
  const texts: readonly NewText[] = [
    { path, text: newFile(schemaHeader(path, "outcome"), outcome) },
    { path: brief, text: editYaml(context.files.read(context.files.resolve(hiring.root, brief)) ?? "", { ...intake, status }) },
    ...role.candidates
      .filter(({ id }) => told.includes(id))
      .map((candidate) => withEvent(hiring, role, candidate, { at, what: "told", by: actor.id }, context)),
  ];
  await save(hiring, context, globals, texts, `Close the search for ${roleTitle(role)}: ${result}`, { "Hire-Role": role.id });
  said.forget();
}

/** Thanks, lessons and looks back, added to a search that has ended. */
async function amend(closing: Closing): Promise<void> {
  const { hiring, role, actor, options, globals, context } = closing;
  const known = role.outcome?.data;
  if (known === undefined) throw new Error(`${role.id} has no outcome`);
  const path = rolePath(role.id, "outcome.yaml");
  await refuseUncommittable(hiring, globals, [path]);
  const today = context.clock.now().slice(0, 10);
  const asks = options.thank === undefined && options.keep === undefined && options.change === undefined && options.review === undefined;
  const said = await remembering(`close-${role.id}-${actor.id}`, context, globals, async (asking) => {
    const own = { ...closing, context: asking };
    return { reviews: await reviewsNow(own, known.reviews ?? [], today), ...(await wordsOf(own, asks)) };
  });
  const { reviews, thanks, keep, change } = said.result;
  const outcome = requireValid(
    "outcome",
    {
      ...known,
      ...joined("thanks", known.thanks, thanks),
      ...joined("keep", known.keep, keep),
      ...joined("change", known.change, change),
      ...(reviews.length === 0 ? {} : { reviews }),
    },
    path,
  );
  const looked = reviews.some((review, index) => review !== known.reviews?.[index]);
  const text = editYaml(context.files.read(context.files.resolve(hiring.root, path)) ?? "", outcome);
  if (thanks.length + keep.length + change.length > 0 || looked)
    await save(
      hiring,
      context,
      globals,
      [{ path, text }],
      `${looked ? "Look back at" : "Add to the end of"} the search for ${roleTitle(role)}`,
      {
        "Hire-Role": role.id,
      },
    );
  said.forget();
}

function joined<T>(name: string, known: readonly T[] | undefined, more: readonly T[]): Readonly<Record<string, readonly T[]>> {
  const all = [...(known ?? []), ...more];
  return all.length === 0 ? {} : { [name]: all };
}

/** A role with what is about to be logged of it. */
function withTold(role: Role, told: readonly string[], at: string, { id }: Person): Role {
  return {
    ...role,
    candidates: role.candidates.map((candidate) => {
      if (!told.includes(candidate.id)) return candidate;
      const data = [...(candidate.events?.data ?? []), { at, what: "told" as const, by: id }];
      return { ...candidate, events: { path: "", at: () => startOf(""), ...candidate.events, data } };
    }),
  };
}

/** The search in figures, as it stands once it is over. */
async function figuresFor(
  { hiring, role, context }: Closing,
  ended: Role,
  { result, closed_on: closedOn, hires = [] }: SearchOutcome,
): Promise<SearchOutcome["figures"]> {
  const [{ calendarsOf, holdsOf, promisesIn }, { driftSoFar }] = await Promise.all([
    import("./calendars.ts"),
    import("./drift-timeline.ts"),
  ]);
  const now = context.clock.now();
  const { repository } = hiring;
  return figuresOf(ended, {
    result,
    closedOn,
    hires,
    // What was on hold stands in the history of the brief: without all of it, nobody knows.
    holds: repository === undefined || repository.shallow ? undefined : ((await holdsOf(hiring, now)).get(role.id) ?? []),
    promises: await promisesIn(hiring, [ended], now, await calendarsOf(hiring.workspace)),
    drift: (await driftSoFar(hiring, role, context))?.events,
  });
}

interface End {
  readonly result: SearchOutcome["result"];
  readonly hires: readonly string[];
}

/** How it ends, as far as the flags and what is logged say so. */
function endOf({ role, options }: Closing): End {
  const result = options.result === "cancelled" ? ("cancelled" as const) : ("hired" as const);
  return { result, hires: result === "cancelled" ? [] : (options.hired ?? acceptedIn(role)) };
}

interface Told {
  readonly told: readonly string[];
  /** Who was asked about. */
  readonly asked: readonly string[];
}

/** Who has heard how it ends, of those who had not: asked one by one, and nobody twice. */
async function toldOf(closing: Closing, closedOn: string, end: End, before?: Told): Promise<Told> {
  const { role, intake, options, globals, context } = closing;
  const waiting = unheardIn(withOutcome(role, outcomeOf(closing, closedOn, end)));
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

function outcomeOf({ actor }: Closing, closedOn: string, { result, hires }: End): SearchOutcome {
  return { version: 1, result, closed_on: closedOn, closed_by: actor.id, ...(hires.length === 0 ? {} : { hires: [...hires] }) };
}

/** A role as it stands once its search is over. */
function withOutcome(role: Role, data: SearchOutcome): Role {
  const { intake } = role;
  const status = data.result === "hired" ? ("filled" as const) : ("cancelled" as const);
  return {
    ...role,
    ...(intake === undefined ? {} : { intake: { ...intake, data: { ...intake.data, status } } }),
    outcome: { path: "", data, at: () => startOf("") },
  };
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

async function resultOf({ options, globals, context }: Closing): Promise<SearchOutcome["result"]> {
  const given = options.result ?? (options.hired === undefined ? undefined : "hired");
  if (given !== undefined) {
    const result = results.find((name) => name === given);
    if (result === undefined) throw new Refusal(`--result ${given} is none of ${results.join(", ")}`, { hint: suggest(given, results) });
    if (result === "cancelled" && options.hired !== undefined) throw new Refusal("--hired does not go with --result cancelled");
    return result;
  }
  if (!canAsk(context, globals)) throw new Refusal("how did it end?", { hint: `--result ${results.join("|")}` });
  return context.prompts.choose("How did it end?", [
    { value: "hired" as const, label: "hired: someone said yes" },
    { value: "cancelled" as const, label: "cancelled: the search ends without a hire" },
  ]);
}

async function hiresOf({ role, options, globals, context }: Closing): Promise<readonly string[]> {
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
async function firstDayOf({ intake, options, globals, context }: Closing, closedOn: string): Promise<string> {
  const given = dayOf(options.starts, "--starts", closedOn);
  if (given !== undefined) return given;
  const usual = intake.start_by !== undefined && intake.start_by > closedOn ? intake.start_by : closedOn;
  if (!canAsk(context, globals) || (intake.outcomes ?? []).length === 0) return usual;
  return context.prompts.text("When is the first day of work? (we look back at the brief from there)", {
    initial: usual,
    check: (text) => (isDate(text) ? undefined : `A date such as ${usual}`),
  });
}

function dayOf(given: string | undefined, flag: string, example: string): string | undefined {
  if (given !== undefined && !isDate(given)) throw new Refusal(`${flag} ${given} is no date`, { hint: `write it as ${example}` });
  return given;
}

/** Thanks and lessons: by flags, and asked of both sides on a terminal. */
async function wordsOf(
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
async function reviewsNow(
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

/** What stands there now, who is still to hear, and what comes next. */
function show(role: Role, carried: Carried | null, globals: Globals, context: Context): void {
  const win = winOf(role);
  const outcome = role.outcome?.data;
  if (win === undefined || outcome === undefined) return;
  const now = context.clock.now();
  const unheard = unheardIn(role);
  const reviews = outcome.reviews ?? [];
  const open = reviews.filter(({ brief_was_right: right }) => right === undefined);
  const fields = {
    role: role.id,
    result: outcome.result,
    closedOn: outcome.closed_on,
    hires: outcome.hires ?? [],
    unheard,
    figures: outcome.figures ?? null,
    reviews: reviews.map(({ outcome: of, due, brief_was_right: right, note: seen }) => ({
      outcome: of,
      due,
      right: right ?? null,
      note: seen ?? null,
    })),
    carried,
  };
  const sentences = [
    ...(unheard.length === 0
      ? []
      : [
          `Still to hear from us: ${unheard.map(({ candidate }) => candidate).join(", ")}. Once they have: hire log ${role.id} ${unheard.length === 1 ? (unheard[0]?.candidate ?? "") : "CANDIDATE"} told`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `We look back at the brief: ${open.map(({ outcome: of, due }) => `${of} ${shortDate(due, now)}`).join(", ")} (hire close ${role.id}).`,
        ]),
    ...(win.thanks.length === 0 ? ["Nobody has thanked anybody yet: hire close, on both sides."] : []),
    `hire wins shows it among the others; hire intake NEW --like ${role.id} starts the next search from it.`,
    ...(carried === null ? [] : carriedSentences(role, carried)),
  ];
  answer(
    "closed",
    fields,
    () => `${winsText({ wins: [win], today: now }, outputStyle(globals, context))}\n${sentences.join("\n")}\n`,
    globals,
    context,
  );
}

function carriedSentences({ id }: Role, { into, files, left, people, doubtful }: Carried): readonly string[] {
  return [
    `Carried into ${into}: ${count(files.length, "file")} of ${id}, and no candidate.`,
    ...(left > 0 ? [`Left behind: ${count(left, "update that is", "updates that are")} only about a candidate.`] : []),
    ...(people.length > 0 ? [`Known there now, without a part in it: ${list(people)}.`] : []),
    ...(doubtful.length > 0 ? [`A word that is also a candidate's id stands in ${list(doubtful)}: look whether it names them there.`] : []),
  ];
}
