import { count, list } from "../core/change/words.ts";
import { endedRole, figuresOf, reviewsOf, unheardIn } from "../core/closing.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import { startOf } from "../core/finding.ts";
import { winOf } from "../core/lessons.ts";
import type { Person, SearchOutcome } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { Context } from "../context.ts";
import { winsText } from "../report/closing-text.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { Carried, CarryTarget } from "./carry.ts";
import {
  type CloseOptions,
  type Closing,
  dayOf,
  endOf,
  firstDayOf,
  hiresOf,
  outcomeOf,
  resultOf,
  reviewsNow,
  toldOf,
  wordsOf,
} from "./close-talk.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { withEvent } from "./event-file.ts";
import { requireValid } from "./input.ts";
import { answer, outputStyle } from "./print.ts";
import { remembering } from "./remembering.ts";
import { type NewText, refuseUncommittable, save } from "./save.ts";
import { actorOf, canAsk, chooseRole, type Hiring, openHiring, refuseBrokenRole, refuseUnreadable, requireIntake } from "./session.ts";

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
      throw new Refusal(`${list(role.unreadable.map(visibleLine))} cannot be read: the figures would leave out what stands there`, {
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

async function carryInto(hiring: Hiring, role: Role, folder: string, globals: Globals, context: Context): Promise<CarryTarget> {
  return (await import("./carry.ts")).carryTarget(hiring, role, folder, globals, context);
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
  const ended = endedRole(role, ending);
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
      figures: await figuresFor(closing, withTold(ended, told, at, actor), ending),
      ...(reviews.length === 0 ? {} : { reviews: [...reviews] }),
    },
    path,
  );
  const brief = rolePath(role.id, "intake.yaml");
  const texts: readonly NewText[] = [
    { path, text: newFile(schemaHeader(path, "outcome"), outcome) },
    { path: brief, text: editYaml(context.files.read(context.files.resolve(hiring.root, brief)) ?? "", ended.intake?.data ?? intake) },
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

function carriedSentences({ id }: Role, { into, files, left, people, doubtful, partial }: Carried): readonly string[] {
  return [
    `Carried into ${into}: ${count(files.length, "file")} of ${id}, and no candidate.`,
    ...(left > 0 ? [`Left behind: ${count(left, "update that is", "updates that are")} only about a candidate.`] : []),
    ...(people.length > 0 ? [`Known there now, without a part in it: ${list(people)}.`] : []),
    ...(doubtful.length > 0
      ? [`A word that is also a candidate's id, a known name or an address stands in ${list(doubtful)}: look whether it names them there.`]
      : []),
    ...(partial ? ["The history was cut off when it was fetched: whoever was erased before that may still be named."] : []),
  ];
}
