import type { Context } from "../context.ts";
import { count, list } from "../core/change/words.ts";
import { deciderOf, unreadableOf } from "../core/debrief.ts";
import { type CandidateFolder, type Role, roleTitle } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import { noVersions } from "../core/former.ts";
import type { Decision, Person, Reason, Rubric } from "../core/model.ts";
import { instant, isDate, shortDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { againstRule, scoreCandidate } from "../core/rank.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { criterionOf, isInPlay, isSample, maySeeRatings } from "../core/rubric.ts";
import { staleRatings } from "../core/stale.ts";
import { editYaml } from "../workspace/edit.ts";
import { candidatePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { withEvent } from "./event-file.ts";
import { readPairs, requireValid } from "./input.ts";
import { answer } from "./print.ts";
import { remembering } from "./remembering.ts";
import { refuseUncommittable, save } from "./save.ts";
import {
  actorOf,
  canAsk,
  chooseBoth,
  formerOf,
  type Hiring,
  openHiring,
  refuseUnreadable,
  requireIntake,
  requireRubric,
} from "./session.ts";

export const decisions = ["offer", "reject", "hold"] as const;
type Choice = (typeof decisions)[number];

interface DecideOptions {
  readonly reason?: readonly string[];
  readonly override?: string;
  readonly tell?: string;
  readonly tellBy?: string;
  readonly by?: string;
  readonly again?: boolean;
}

export const command: CommandDefinition<DecideOptions> = {
  declare(program) {
    program
      .argument("[words...]", "[role] [candidate] offer, reject or hold")
      .usage("[role] [candidate] offer|reject|hold [options]")
      .option("--reason <criterion=text>", "what it rests on; 'other' for what is no criterion; may be given more than once", collect)
      .option("--override <text>", "why, where an offer goes against the rubric's own rule")
      .option("--tell <text>", "what the candidate is to be told")
      .option("--tell-by <date>", "by when (default: as promised under candidate-update)")
      .option("--by <person>", "whose decision this is, where you only type it in")
      .option("--again", "decide once more, where it was decided already")
      .addHelpText(
        "after",
        "\nA person decides; the rubric's own rule only says what it would say. hire debrief goes through the scorecards first.",
      );
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const words = args.filter((word) => word !== undefined);
    const said = decisions.find((known) => known === words.at(-1));
    if (said === undefined) refuseMisspelt(words.at(-1));
    if (said === undefined && !canAsk(context, globals))
      throw new Refusal("which decision?", { hint: `hire decide ${words.join(" ")} ${decisions.join("|")}` });
    if (words.length > (said === undefined ? 2 : 3))
      throw new Refusal("too many words", { hint: `hire decide [role] [candidate] ${said ?? decisions.join("|")}` });
    const hiring = await openHiring(context, globals);
    const actor = await actorOf(hiring, context, globals);
    const { role, candidate } = await chooseBoth(hiring, said === undefined ? words : words.slice(0, -1), context, globals);
    const choice =
      said ??
      (await context.prompts.choose(
        `${candidate.id}: which decision?`,
        decisions.map((value) => ({ value, label: value })),
      ));
    return decide({ hiring, role, candidate, actor, choice, options, globals, context });
  },
};

/** A word that is nearly a decision was meant as one; any other is a role or a candidate. */
function refuseMisspelt(word = ""): void {
  const hint = suggest(word, decisions);
  if (hint?.startsWith("did you mean") === true) throw new Refusal(`'${word}' is no decision`, { hint });
}

export interface Deciding {
  readonly hiring: Hiring;
  readonly role: Role;
  readonly candidate: CandidateFolder;
  readonly actor: Person;
  readonly choice: Choice;
  readonly options: DecideOptions;
  /** Whether it was talked through just now: then that is noted with it. */
  readonly debriefed?: boolean;
  readonly globals: Globals;
  readonly context: Context;
}

/** Records a decision with its reasons; refused without them, or where it is not this person's to make. */
export async function decide(deciding: Deciding): Promise<ExitCode> {
  const { hiring, role, candidate, actor, choice, options, debriefed = false, globals, context } = deciding;
  const rubric = requireRubric(role).data;
  const decider = refuseUndecidable(deciding);
  const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
  const old = staleRatings(role, former).filter((rating) => rating.candidate === candidate.id);
  const score = scoreCandidate(rubric, candidate.id, candidate.evaluations, old);
  const { evaluations: asked } = rubric.decision;
  const against =
    choice === "offer"
      ? [...againstRule(score), ...(score.evaluations < asked ? [`${score.evaluations} of ${count(asked, "scorecard")} in`] : [])]
      : [];
  const path = candidatePath(role.id, candidate.id, "decision.yaml");
  refuseUnreadable(role, `${candidate.id}/decision.yaml`);
  // Better now than after every answer.
  await refuseUncommittable(hiring, globals, [path]);
  const told = await remembering(`decide-${role.id}-${candidate.id}-${choice}-${actor.id}`, context, globals, async (asking) => ({
    reasons: await reasonsOf(options, rubric, asking, globals),
    overrides: await overrideOf(options, against, asking, globals),
    tell: await tellOf({ ...deciding, context: asking }),
  }));
  const { reasons, overrides, tell } = told.result;
  const now = context.clock.now();
  const decision: Decision = requireValid(
    "decision",
    {
      version: 1,
      decision: choice,
      by: decider,
      ...(decider === actor.id ? {} : { entered_by: actor.id }),
      decided_at: now,
      reasons,
      ...(overrides === undefined ? {} : { overrides }),
      ...(tell === undefined ? {} : { tell }),
    },
    path,
  );
  const known = context.files.read(context.files.resolve(hiring.root, path));
  const text = known === undefined ? newFile(schemaHeader(path, "decision"), decision) : editYaml(known, decision);
  const talked = debriefed ? [withEvent(hiring, role, candidate, { at: now, what: "debriefed", by: actor.id }, context)] : [];
  await save(hiring, context, globals, [{ path, text }, ...talked], `Decide on ${candidate.id} for ${roleTitle(role)}: ${choice}`, {
    "Hire-Role": role.id,
  });
  told.forget();
  const said = (): string => {
    const news = tell === undefined ? "" : `Tell them by ${shortDate(tell.by, now)}, then:\n  hire log ${role.id} ${candidate.id} told\n`;
    return `${candidate.id}: ${choice}, decided by ${decider}${against.length === 0 ? "" : `, against the rubric's own rule (${list(against)})`}.\n${news}`;
  };
  answer(
    "decision",
    { role: role.id, candidate: candidate.id, decision: choice, by: decider, against, tellBy: tell?.by ?? null },
    said,
    globals,
    context,
  );
  return exitCode.ok;
}

/** Whose decision it is; refused where there is none to make, or they have not said their own word yet. */
function refuseUndecidable({ hiring, role, candidate, actor, options }: Deciding): string {
  requireIntake(role);
  const decider = deciderOf(role) ?? actor.id;
  const by = options.by ?? actor.id;
  const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
  if (!people.includes(by)) throw new Refusal(`there is no person '${by}'`, { hint: suggest(by, people) });
  if (by !== decider)
    throw new Refusal(`${decider} decides on candidates for ${roleTitle(role)}, not ${by}`, {
      hint: by === actor.id ? `--by ${decider}, where you only type it in` : undefined,
    });
  const broken = unreadableOf(role, candidate);
  if (broken.length > 0)
    throw new Refusal(`${list(broken.map(visibleLine))} cannot be read: a decision would leave out what it says`, {
      hint: "hire check says what is wrong, and where",
    });
  if (isSample(candidate)) throw new Refusal(`${candidate.id} is a sample profile: it is scored to calibrate, and nobody decides on it`);
  const known = candidate.decision?.data;
  if (known !== undefined && known.decision !== "hold" && options.again !== true)
    throw new Refusal(`${candidate.id} was decided on: ${known.decision}, by ${known.by} on ${known.decided_at.slice(0, 10)}`, {
      hint: "--again decides once more; git keeps both",
    });
  if ((known === undefined || known.decision === "hold") && !isInPlay(candidate))
    throw new Refusal(`${candidate.id} is out of the search: there is nothing to decide`, {
      hint: `hire log ${role.id} ${candidate.id} resumed, if they are back`,
    });
  if (candidate.sealed.length > 0)
    throw new Refusal(`scorecards of ${candidate.id} are sealed, and a decision rests on what they say`, {
      hint: `hire unseal ${role.id} ${candidate.id} opens them`,
    });
  for (const person of new Set([actor.id, decider]))
    if (!maySeeRatings(role, candidate, person))
      throw new Refusal(
        `${person === actor.id ? "your" : `${person}'s`} own scorecard of ${candidate.id} is still out: it comes before any decision`,
        {
          hint: `hire score ${role.id} ${candidate.id}`,
        },
      );
  return decider;
}

async function reasonsOf(options: DecideOptions, rubric: Rubric, context: Context, globals: Globals): Promise<readonly Reason[]> {
  const ids = rubric.criteria.map(({ id }) => id);
  if (options.reason !== undefined) {
    return readPairs(options.reason, "--reason criterion=text").map(([name, text]) => {
      if (text === "") throw new Refusal(`--reason ${name}: for what reason?`);
      if (name === "other") return { text };
      const criterion = criterionOf(rubric, name);
      if (criterion === undefined)
        throw new Refusal(`'${name}' is no criterion`, {
          hint: `${suggest(name, ids) ?? `one of ${ids.join(", ")}`}; or other=TEXT for what is none`,
        });
      return { criterion: criterion.id, text };
    });
  }
  if (!canAsk(context, globals))
    throw new Refusal("what does it rest on?", {
      hint: `--reason ${ids[0] ?? "criterion"}="…"; or --reason other="…" for what is no criterion`,
    });
  const reasons: Reason[] = [];
  for (;;) {
    const criterion = await context.prompts.choose<string | null | undefined>(reasons.length === 0 ? "What does it rest on?" : "And?", [
      ...(reasons.length === 0 ? [] : [{ value: undefined, label: "that is all" }]),
      ...rubric.criteria.map(({ id, name }) => ({ value: id, label: name })),
      { value: null, label: "something that is no criterion" },
    ]);
    if (criterion === undefined) return reasons;
    const text = await context.prompts.text("How so?", {
      check: (words) => (words.length < 3 ? "A sentence: whoever asks why will read it" : undefined),
    });
    reasons.push(criterion === null ? { text } : { criterion, text });
  }
}

/** An override belongs to an offer that goes against the rule, and to no other; then it has its reason. */
async function overrideOf(
  { override }: DecideOptions,
  against: readonly string[],
  context: Context,
  globals: Globals,
): Promise<string | undefined> {
  if (against.length === 0) {
    if (override !== undefined)
      throw new Refusal("there is nothing to override: this goes against no rule", { hint: "leave --override out" });
    return undefined;
  }
  if (override !== undefined) {
    const problem = thin(override);
    if (problem !== undefined) throw new Refusal(`--override: ${problem}`);
    return override;
  }
  if (!canAsk(context, globals))
    throw new Refusal(`an offer goes against the rubric's own rule: ${against.join("; ")}`, { hint: '--override "why, in a sentence"' });
  return context.prompts.text(`An offer goes against the rubric's own rule: ${against.join("; ")}. Why all the same?`, {
    check: thin,
  });
}

const thin = (words: string): string | undefined => (words.trim().length < 10 ? "A sentence: it stands beside the decision" : undefined);

/** What the candidate is to hear, and by when: as promised, unless another day is named. */
async function tellOf({ hiring, role, choice, options, globals, context }: Deciding): Promise<Decision["tell"]> {
  const now = context.clock.now();
  const promised = await promisedDay(role, hiring, now);
  const problem = (date: string): string | undefined => {
    if (!isDate(date)) return `'${date}' is no date: write it as ${promised}`;
    return date < now.slice(0, 10) ? `${date} has gone by` : undefined;
  };
  if (options.tellBy !== undefined) {
    const wrong = problem(options.tellBy);
    if (wrong !== undefined) throw new Refusal(`--tell-by: ${wrong}`);
  }
  const asks = canAsk(context, globals) && options.tell === undefined;
  const what = asks ? await context.prompts.text("What will the candidate be told? (empty: said later)") : options.tell;
  const by =
    asks && options.tellBy === undefined
      ? await context.prompts.text("By when?", { initial: promised, check: problem })
      : (options.tellBy ?? promised);
  // Who is held hears of it where someone says so; who is offered or declined, always.
  if (choice === "hold" && (what ?? "") === "" && options.tellBy === undefined) return undefined;
  return { ...(what === undefined || what === "" ? {} : { what }), by };
}

/** What is promised where nobody promised anything. */
const usualUpdate = "3 business days";

/** The day by which a candidate is to hear of what happens now, in the recruiter's business time. */
async function promisedDay(role: Role, { workspace }: Hiring, now: string): Promise<string> {
  const [{ calendarsOf }, { dueAt, timeAt }] = await Promise.all([import("./calendars.ts"), import("../core/business-time.ts")]);
  const promise = { ...workspace.hire?.data.expectations, ...role.intake?.data.expectations }["candidate-update"] ?? usualUpdate;
  const calendar = (await calendarsOf(workspace))(role.intake?.data.team.recruiter ?? "");
  const due = dueAt(promise, instant(now), calendar);
  return due === null ? now.slice(0, 10) : timeAt(due, calendar.timezone).slice(0, 10);
}
