import { align, type Alignment } from "../core/align.ts";
import { briefingsOf } from "../core/briefing.ts";
import { needsReason } from "../core/change/change.ts";
import { list } from "../core/change/words.ts";
import type { Context } from "../context.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { noVersions } from "../core/former.ts";
import type { Update } from "../core/model.ts";
import { addDays, isDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { briefingMarkdown, briefingText } from "../report/briefing-text.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { answer, formatHelp, note, print } from "./print.ts";
import { askWhom, refuseStranger } from "./reasons.ts";
import { remembering } from "./remembering.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, chooseRole, formerOf, type Hiring, marketsOf, openHiring, reweightOf } from "./session.ts";
import { newUpdate } from "./update-file.ts";

/** News of criteria comes with the change itself: hire change, hire explain. */
const kinds = ["budget", "priority", "timeline", "stakeholder", "market", "process"] as const;

const kindWords: Readonly<Record<(typeof kinds)[number], string>> = {
  budget: "budget: what can be paid, or whether the role is funded",
  priority: "priority: what matters more or less now",
  timeline: "timeline: when someone has to start, or decide",
  stakeholder: "stakeholder: who has a say, or no longer has",
  market: "market: what candidates or competitors tell us",
  process: "process: how we go about it",
};

interface TellOptions {
  readonly kind?: string;
  readonly summary?: string;
  readonly reason?: string;
  readonly for?: readonly string[];
  readonly digest?: boolean;
  readonly since?: string;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<TellOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--kind <kind>", kinds.join(", "))
      .option("--summary <text>", "the news in a line")
      .option("--reason <text>", "why, or what it means for the search")
      .option("--for <person>", "who is asked to agree or object (default: the other side); may be given more than once", collect)
      .option("--digest", "nothing new: what everyone on the team should know, ready to be sent")
      .option("--since <date>", "from this day on (--digest; default: a week ago)")
      .option("--format <format>", `${formatHelp} (--digest)`, collect)
      .addHelpText(
        "after",
        "\nNews for the other side, before it surprises them. What changed in the brief without a word is named first, with the command that explains it.",
      );
  },
  writes: () => true,
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    if (options.digest === true) return digest(hiring, role, options, globals, context);
    if (options.since !== undefined || options.format !== undefined) throw new Refusal("--since and --format go with --digest");
    const actor = await actorOf(hiring, context, globals);
    const untold = await untoldOf(hiring, role, context);
    if (untold.length > 0) {
      note(context, `Changed in the brief, and nobody was told why: ${list(untold)}. hire explain ${untold.join(" ")}\n`);
      const explains = canAsk(context, globals) && options.summary === undefined && (await context.prompts.confirm("Say why now?", true));
      if (explains) return (await import("./explain.ts")).command.run({ args: untold, options: { role: role.id }, globals, context });
    }
    const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
    const told = await remembering(`tell-${role.id}-${actor.id}`, context, globals, (asking) =>
      askNews(role, actor.id, people, options, asking, globals),
    );
    const { kind, summary, reason, asked } = told.result;
    const update: Update = {
      version: 1,
      kind,
      by: actor.id,
      at: context.clock.now(),
      summary,
      ...(reason === "" ? {} : { reason }),
      ...(asked.length === 0 ? {} : { for: [...asked] }),
    };
    const { id, file } = newUpdate(role, update, summary, context);
    await save(hiring, context, globals, [file], `Tell of ${roleTitle(role)}: ${summary}`, { "Hire-Role": role.id, "Hire-Update": id });
    const said =
      asked.length === 0 ? "" : `${list(asked)} ${asked.length === 1 ? "is" : "are"} asked to agree or object:\n  hire answer ${id}\n`;
    answer(
      "told",
      { role: role.id, update: id, asked, untold },
      () => `Told: ${summary.replace(/[.?!]$/u, "")}.\n${said}`,
      globals,
      context,
    );
    return exitCode.ok;
  },
};

/** What is new, why, and who is asked: from flags, and asked for where they leave it open. */
async function askNews(
  role: Role,
  actor: string,
  people: readonly string[],
  options: TellOptions,
  context: Context,
  globals: Globals,
): Promise<{ readonly kind: Update["kind"]; readonly summary: string; readonly reason: string; readonly asked: readonly string[] }> {
  const kind = await kindOf(options.kind, context, globals);
  const summary = options.summary ?? (await ask("What is new, in a line?", "--summary", context, globals));
  if (summary.trim() === "") throw new Refusal("what is new?", { hint: '--summary "…"' });
  const asks = canAsk(context, globals);
  const reason =
    options.reason ?? (asks ? await context.prompts.text("Why, or what does it mean for the search? (empty: no more to say)") : "");
  const team = role.intake?.data.team;
  const others = team === undefined ? [] : [...new Set([team.hiring_manager, team.recruiter])].filter((person) => person !== actor);
  const asked = options.for ?? (asks && options.summary === undefined ? await askWhom(others, people, context) : others);
  refuseStranger(asked, people);
  return { kind, summary, reason, asked };
}

const aWeek = 7;

/** What everyone should know, without a word of what scorecards say. */
async function digest(
  hiring: Hiring,
  role: Role,
  { since: given, format }: TellOptions,
  globals: Globals,
  context: Context,
): Promise<ExitCode> {
  const now = context.clock.now();
  if (given !== undefined && !isDate(given)) throw new Refusal(`--since ${given} is no date`, { hint: `write it as ${now.slice(0, 10)}` });
  const since = `${given ?? addDays(now.slice(0, 10), -aWeek)}T00:00:00${now.slice(19)}`;
  const { next } = await alignmentFor(hiring, role, now);
  const briefings = briefingsOf(role, since, next);
  return print(
    {
      kind: "digest",
      exit: exitCode.ok,
      json: () => ({ role: role.id, since, briefings }),
      text: (style) => briefingText(briefings, since, now, style),
      markdown: () => briefingMarkdown(briefings, since, now),
    },
    format,
    globals,
    context,
  );
}

/** Parts of the brief that changed since it was agreed on, and that nobody explained. */
async function untoldOf(hiring: Hiring, role: Role, context: Context): Promise<readonly string[]> {
  const { since } = await alignmentFor(hiring, role, context.clock.now());
  const open = (since?.changes ?? []).filter(
    (change) => change.file.endsWith("intake.yaml") && needsReason(change, since?.agreed ?? false),
  );
  return [...new Set(open.map(({ item, facet }) => (item.type === "intake" ? facet : item.id)))];
}

/** The alignment as everyone may see it. */
async function alignmentFor(hiring: Hiring, role: Role, now: string): Promise<Alignment> {
  const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
  return align(role, former, undefined, now, {
    reweight: reweightOf(hiring.workspace),
    markets: marketsOf(hiring.workspace),
    statistics: false,
  });
}

async function kindOf(given: string | undefined, context: Context, globals: Globals): Promise<(typeof kinds)[number]> {
  const kind = kinds.find((known) => known === given);
  if (kind !== undefined) return kind;
  if (given !== undefined)
    throw new Refusal(`--kind ${given} is none of ${kinds.join(", ")}`, {
      hint: given === "criteria" ? "hire change tells of criteria together with the change" : suggest(given, kinds),
    });
  if (!canAsk(context, globals)) throw new Refusal("what is it about?", { hint: `--kind ${kinds.join(" | ")}` });
  return context.prompts.choose(
    "What is it about?",
    kinds.map((value) => ({ value, label: kindWords[value] })),
  );
}

async function ask(question: string, flag: string, context: Context, globals: Globals): Promise<string> {
  if (!canAsk(context, globals)) throw new Refusal(question, { hint: `${flag} "…"` });
  return context.prompts.text(question, { check: (text) => (text.length < 3 ? "A line, so that others know at once" : undefined) });
}
