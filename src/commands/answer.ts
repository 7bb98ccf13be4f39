import { updateName } from "../core/change/explain.ts";
import type { Context } from "../context.ts";
import { type Doc, oneLine, type Role, roleTitle } from "../core/document.ts";
import type { Person, Update } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { answerOf, waitingFor } from "../core/updates.ts";
import { wrap } from "../report/style.ts";
import { editYaml } from "../workspace/edit.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { requireValid } from "./input.ts";
import { tell } from "./print.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, type Hiring, openHiring } from "./session.ts";

interface AnswerOptions {
  readonly role?: string;
  readonly because?: string;
}

const answers = ["agree", "object"] as const;
type Answer = (typeof answers)[number];

interface Asked {
  readonly role: Role;
  readonly update: Doc<Update>;
}

export const command: CommandDefinition<AnswerOptions> = {
  declare(program) {
    program
      .argument(
        "[words...]",
        "the update (its name, or the fingerprint of a change it explains; default: the one that asks you), then agree or object",
      )
      .option("--because <text>", "why you object")
      .option("--role <role>", "only updates of this role")
      .addHelpText(
        "after",
        '\nAn objection stays on the report until you agree after all, or both sides sign again.\n  hire answer agree\n  hire answer 2026-11-09-dana-pay-x1y2 object --because "We promised 90 000 to two people"',
      );
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    const words = args.filter((word) => word !== undefined);
    const said = answers.find((word) => word === words.at(-1));
    const [name, ...rest] = said === undefined ? words : words.slice(0, -1);
    if (rest.length > 0)
      throw new Refusal(`'${words.at(-1) ?? ""}' is neither agree nor object`, {
        hint: suggest(words.at(-1) ?? "", answers) ?? "hire answer [update] agree|object",
      });
    const { role, update } = await findUpdate(hiring, name, options.role, actor, context, globals);
    refuseOutsider(role, update, actor);
    const answer = said ?? (await ask(role, update, globals, context));
    const because = answer === "object" ? await askBecause(options.because, globals, context) : options.because;
    const standing = answerOf(update.data, actor.id);
    if (standing !== undefined && (standing.answer === "agreed") === (answer === "agree") && because === undefined) {
      tell(
        context,
        `You ${standing.answer === "agreed" ? "agreed" : "objected"} on ${shortDate(standing.at, context.clock.now())}; it stands.\n`,
      );
      return exitCode.ok;
    }
    const next = requireValid(
      "update",
      {
        ...update.data,
        answers: [
          ...(update.data.answers ?? []),
          {
            by: actor.id,
            at: context.clock.now(),
            answer: answer === "agree" ? "agreed" : "objects",
            ...(because === undefined ? {} : { because }),
          },
        ],
      },
      update.path,
    );
    const text = context.files.read(context.files.resolve(hiring.root, update.path)) ?? "";
    await save(
      hiring,
      context,
      globals,
      [{ path: update.path, text: editYaml(text, next) }],
      `${answer === "agree" ? "Agree to" : "Object to"}: ${oneLine(update.data.summary)}`.slice(0, 100),
      { "Hire-Role": role.id, "Hire-Update": updateName(update) },
    );
    tell(
      context,
      answer === "agree"
        ? `Agreed: ${oneLine(update.data.summary)}\n`
        : `Objected: ${oneLine(update.data.summary)}\n  It stays on the report until it is settled: talk to ${update.data.by}, then hire answer ${updateName(update)} agree, or both of you hire agree ${role.id}\n`,
    );
    return exitCode.ok;
  },
};

/** The update named, or the one that waits for this person's answer. */
async function findUpdate(
  hiring: Hiring,
  name: string | undefined,
  roleId: string | undefined,
  actor: Person,
  context: Context,
  globals: Globals,
): Promise<Asked> {
  const roles = hiring.workspace.roles.filter(({ id }) => roleId === undefined || id === roleId);
  if (roles.length === 0)
    throw new Refusal(`there is no role '${roleId ?? ""}'`, {
      hint: suggest(
        roleId ?? "",
        hiring.workspace.roles.map(({ id }) => id),
      ),
    });
  const all = roles.flatMap((role) => role.updates.map((update): Asked => ({ role, update })));
  if (name !== undefined) {
    const found = all.filter(
      ({ update }) =>
        updateName(update) === name || update.path === name || (update.data.explains ?? []).some(({ change }) => change === name),
    );
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    throw new Refusal(only === undefined ? `there is no update '${name}'` : `'${name}' is explained by several updates`, {
      hint:
        only === undefined
          ? suggest(
              name,
              all.map(({ update }) => updateName(update)),
            )
          : found.map(({ update }) => updateName(update)).join(", "),
    });
  }
  const waiting = all.filter(({ role, update }) => waitingFor(role, update).includes(actor.id));
  const [only, ...others] = waiting;
  if (only === undefined)
    throw new Refusal(`nothing waits for ${actor.id}'s answer`, { hint: "hire answer UPDATE agree|object answers a certain one" });
  if (others.length === 0) return only;
  if (!canAsk(context, globals)) throw new Refusal("which update?", { hint: waiting.map(({ update }) => updateName(update)).join("\n") });
  return context.prompts.choose(
    "Which update?",
    waiting.map((value) => ({ value, label: oneLine(value.update.data.summary), hint: updateName(value.update) })),
  );
}

function refuseOutsider(role: Role, { data }: Doc<Update>, actor: Person): void {
  if (data.by === actor.id) throw new Refusal("this update is your own: others answer it");
  const team = role.intake?.data.team;
  if (![...(data.for ?? []), team?.hiring_manager, team?.recruiter].includes(actor.id))
    throw new Refusal(`${actor.name} was not asked, and speaks for neither side of ${roleTitle(role)}`, {
      hint: `asked: ${(data.for ?? []).join(", ") || "nobody"}`,
    });
}

async function ask(role: Role, update: Doc<Update>, globals: Globals, context: Context): Promise<Answer> {
  if (!canAsk(context, globals)) throw new Refusal("agree or object?", { hint: `hire answer ${updateName(update)} agree|object` });
  const { by, at, reason, summary, explains, scores } = update.data;
  const lines = [
    `${roleTitle(role)}: ${oneLine(summary)}`,
    ...(explains ?? []).map(({ what }) => `  ${oneLine(what)}`),
    `${by}, ${shortDate(at, context.clock.now())}: "${oneLine(reason ?? "no reason given")}"${scores === undefined ? "" : ` Scores: ${scores}.`}`,
  ];
  context.output.err(`${lines.flatMap((line) => wrap(line, context.output.width, 2)).join("\n")}\n`);
  return context.prompts.choose("Do you agree?", [
    { value: "agree" as const, label: "agree" },
    { value: "object" as const, label: "object: it stays on the report until it is settled" },
  ]);
}

async function askBecause(given: string | undefined, globals: Globals, context: Context): Promise<string> {
  const least = 5;
  const because =
    given ??
    (canAsk(context, globals)
      ? await context.prompts.text("Because?", {
          check: (text) => (text.trim().length >= least ? undefined : "A few words: the other side will want to know"),
        })
      : undefined);
  if (because === undefined || because.trim().length < least) throw new Refusal("why do you object?", { hint: '--because "…"' });
  return because;
}
