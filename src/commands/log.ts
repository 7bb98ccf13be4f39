import type { Context } from "../context.ts";
import type { Role } from "../core/document.ts";
import type { CandidateEvent } from "../core/model.ts";
import { instant } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { stagesOf } from "../core/rubric.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { withEvent } from "./event-file.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, chooseBoth, openHiring } from "./session.ts";

const kinds = [
  "presented",
  "profile-accepted",
  "profile-declined",
  "scheduled",
  "interviewed",
  "debriefed",
  "told",
  "concern",
  "offer",
  "offer-accepted",
  "offer-declined",
  "withdrawn",
  "on-hold",
  "resumed",
] as const satisfies readonly CandidateEvent["what"][];
const withReason: ReadonlySet<string> = new Set(["profile-declined", "offer-declined", "withdrawn"]);
const withStage: ReadonlySet<string> = new Set(["scheduled", "interviewed"]);

interface LogOptions {
  readonly at?: string;
  readonly by?: string;
  readonly stage?: string;
  readonly reason?: string;
  readonly criterion?: string;
  readonly requirement?: string;
  readonly note?: string;
}

export const command: CommandDefinition<LogOptions> = {
  declare(program) {
    program
      .argument("<words...>", "[role] [candidate] event")
      .usage("[role] [candidate] EVENT [options]")
      .option("--at <time>", "when, RFC 3339 with an offset (default: now)")
      .option("--by <person>", "who did it (default: who is acting)")
      .option("--stage <stage>", "which stage (scheduled, interviewed)")
      .option("--reason <text>", "why (profile-declined, offer-declined, withdrawn)")
      .option("--criterion <id>", "the criterion a declined profile rests on; 'other' for one that stands nowhere")
      .option("--requirement <id>", "the requirement a declined profile rests on")
      .option("--note <text>", "anything the other side should know")
      .addHelpText("after", `\nEvents: ${kinds.join(", ")}`);
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const words = args.filter((word) => word !== undefined);
    const what = kinds.find((kind) => kind === words.at(-1));
    if (what === undefined)
      throw new Refusal(`'${words.at(-1) ?? ""}' is no event`, {
        hint: suggest(words.at(-1) ?? "", kinds) ?? `events: ${kinds.join(", ")}`,
      });
    if (words.length > 3) throw new Refusal("too many words", { hint: "hire log [role] [candidate] EVENT" });
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    const { role, candidate } = await chooseBoth(hiring, words.slice(0, -1), context, globals);
    const at = options.at ?? context.clock.now();
    if (Number.isNaN(instant(at))) throw new Refusal(`'${at}' is no time`, { hint: 'write it as "2026-11-05T09:12:00+02:00"' });
    if (instant(at) > instant(context.clock.now()) + 60_000)
      throw new Refusal(`${at} has not come yet`, { hint: "log what happened; leave --at out for now" });
    const by = options.by ?? actor.id;
    const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
    if (!people.includes(by)) throw new Refusal(`there is no person '${by}'`, { hint: suggest(by, people) });
    const stages = role.rubric === undefined ? [] : stagesOf(role.rubric.data).map(({ id }) => id);
    if (options.stage !== undefined && !stages.includes(options.stage))
      throw new Refusal(`${role.id} has no stage '${options.stage}'`, { hint: suggest(options.stage, stages) });
    if (
      options.criterion !== undefined &&
      options.criterion !== "other" &&
      !(role.rubric?.data.criteria ?? []).some(({ id }) => id === options.criterion)
    )
      throw new Refusal(`the rubric has no criterion '${options.criterion}'`, {
        hint: `${
          suggest(
            options.criterion,
            (role.rubric?.data.criteria ?? []).map(({ id }) => id),
          ) ?? ""
        } or 'other', for one that stands nowhere`.trim(),
      });
    if (options.requirement !== undefined && !(role.intake?.data.requirements ?? []).some(({ id }) => id === options.requirement))
      throw new Refusal(`the intake has no requirement '${options.requirement}'`, {
        hint: suggest(
          options.requirement,
          (role.intake?.data.requirements ?? []).map(({ id }) => id),
        ),
      });
    if (withStage.has(what) && options.stage === undefined && stages.length > 1 && !canAsk(context, globals))
      throw new Refusal(`${what}: which stage?`, { hint: `--stage ${stages.join(" | ")}` });
    const stage =
      options.stage ??
      (withStage.has(what) && stages.length > 0
        ? stages.length === 1
          ? stages[0]
          : await context.prompts.choose(
              "Which stage?",
              stages.map((value) => ({ value, label: value })),
            )
        : undefined);
    let { reason } = options;
    if (withReason.has(what) && reason === undefined) {
      if (!canAsk(context, globals))
        throw new Refusal(`${what}: for what reason?`, {
          hint: what === "profile-declined" ? "--reason TEXT, and --requirement ID or --criterion ID (or other)" : "--reason TEXT",
        });
      reason = await context.prompts.text("For what reason?", {
        check: (text) => (text === "" ? "Both sides will want to know" : undefined),
      });
    }
    const restsOn =
      what === "profile-declined" && options.criterion === undefined && options.requirement === undefined
        ? await askWhatItRestsOn(role, context, globals)
        : {};
    const event: CandidateEvent = {
      at,
      what,
      by,
      ...(stage === undefined ? {} : { stage }),
      ...(reason === undefined ? {} : { reason }),
      ...(options.criterion === undefined ? {} : { criterion: options.criterion }),
      ...(options.requirement === undefined ? {} : { requirement: options.requirement }),
      ...restsOn,
      ...(options.note === undefined ? {} : { note: options.note }),
    };
    await save(
      hiring,
      context,
      globals,
      [withEvent(hiring, role, candidate, event, context)],
      `Log ${candidate.id}: ${what}${stage === undefined ? "" : ` (${stage})`}`,
      { "Hire-Role": role.id },
    );
    context.output.out(`${candidate.id}: ${what}${stage === undefined ? "" : `, ${stage}`}\n`);
    return exitCode.ok;
  },
};

/** A declined profile rests on something agreed, or on something that stands nowhere; both sides should know which. */
async function askWhatItRestsOn(
  role: Role,
  context: Context,
  globals: Globals,
): Promise<{ readonly criterion?: string; readonly requirement?: string }> {
  if (!canAsk(context, globals))
    throw new Refusal("a declined profile rests on something", {
      hint: "--requirement ID or --criterion ID; --criterion other if it stands nowhere",
    });
  return context.prompts.choose<{ readonly criterion?: string; readonly requirement?: string }>("What does it rest on?", [
    ...(role.intake?.data.requirements ?? []).map(({ id, statement }) => ({ value: { requirement: id }, label: statement })),
    { value: { criterion: "other" }, label: "something that stands nowhere yet" },
  ]);
}
