import type { Context } from "../context.ts";
import { isId } from "../core/id.ts";
import { type CandidateFolder, oneLine, type Role, roleTitle } from "../core/document.ts";
import type { Candidate } from "../core/model.ts";
import { byTime, shortDate } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { pipelineOf } from "../core/pipeline.ts";
import { rankCandidates } from "../core/rank.ts";
import { evaluationsOut } from "../core/rubric.ts";
import { candidateId } from "../workspace/candidate-id.ts";
import { candidatePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import { columns, padEnd, type Style } from "../report/style.ts";
import { rankedLines } from "../report/rank-text.ts";
import type { CommandDefinition, Globals, Invocation } from "./command.ts";
import { answer, print } from "./print.ts";
import { actorOf, canAsk, chooseBoth, chooseRole, openHiring, refuseUnreadable, save, viewerOf } from "./session.ts";

interface CandidateOptions {
  readonly id?: string;
  readonly source?: string;
  readonly ats?: string;
  readonly calibration?: boolean;
  readonly profile?: string;
}

const actions: Readonly<Record<string, (invocation: Invocation<CandidateOptions>) => Promise<ExitCode>>> = { add, list, show };

export const command: CommandDefinition<CandidateOptions> = {
  declare(program) {
    program
      .argument("<action>", "add, list or show")
      .argument("[role]", "the role")
      .argument("[candidate]", "the candidate (show)")
      .option("--id <id>", "use this pseudonym instead of two random words (add)")
      .option("--source <text>", "how the candidate came to us (add)")
      .option("--ats <pointer>", "pointer to the system that holds the identity (add)")
      .option("--calibration", "a written sample profile, scored to calibrate, never ranked (add)")
      .option("--profile <text>", "the sample profile's text (add --calibration)")
      .addHelpText("after", "\nCandidates stand here under a pseudonym. Keep names where only you can see them.");
  },
  async run(invocation) {
    const [name = ""] = invocation.args;
    const action = actions[name];
    if (action === undefined)
      throw new Refusal(`'${name}' is nothing one can do with a candidate`, { hint: suggest(name, Object.keys(actions)) });
    return action(invocation);
  },
};

async function add({ args: [, roleId], options, globals, context }: Invocation<CandidateOptions>): Promise<ExitCode> {
  const hiring = await openHiring(context, globals);
  await actorOf(hiring, context, globals);
  const role = await chooseRole(hiring, roleId, context, globals);
  const taken = new Set(hiring.workspace.roles.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const id = options.id ?? candidateId((limit) => context.random.below(limit), taken);
  if (!isId(id)) throw new Refusal(`'${id}' is no id`, { hint: "lower-case letters, digits and single hyphens; no name of a person" });
  if (role.candidates.some((candidate) => candidate.id === id))
    throw new Refusal(`${role.id} has a candidate '${id}' already`, { hint: "leave --id out for two random words" });
  refuseUnreadable(role, `${id}/candidate.yaml`);
  const calibration = options.calibration === true;
  if (calibration && options.profile === undefined) throw new Refusal("a calibration profile needs its text", { hint: '--profile "…"' });
  const source = options.source ?? (calibration ? "sample profile" : await askSource(context, globals));
  const candidate: Candidate = {
    version: 1,
    id,
    ...(source === undefined ? {} : { source }),
    ...(options.ats === undefined ? {} : { ats: options.ats }),
    ...(calibration ? { calibration } : {}),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  };
  const path = candidatePath(role.id, id, "candidate.yaml");
  await save(
    hiring,
    context,
    globals,
    [{ path, text: newFile(schemaHeader(path, "candidate"), candidate) }],
    `Add ${id} to ${roleTitle(role)}`,
    { "Hire-Role": role.id },
  );
  const next = calibration ? "" : `Next: hire log ${role.id} ${id} presented   once the hiring manager has the profile\n`;
  answer("candidate-added", { role: role.id, candidate: id }, () => `${id}\n${next}`, globals, context);
  return exitCode.ok;
}

async function askSource(context: Context, globals: Globals): Promise<string | undefined> {
  if (!canAsk(context, globals)) return undefined;
  const source = await context.prompts.text("How did they come to us? (referral, sourced, applied; empty: not said)");
  return source === "" ? undefined : source;
}

async function list({ args: [, roleId], globals, context }: Invocation<CandidateOptions>): Promise<ExitCode> {
  const hiring = await openHiring(context, globals);
  const role = await chooseRole(hiring, roleId, context, globals);
  const pipeline = pipelineOf(role);
  return print(
    {
      kind: "candidates",
      exit: exitCode.ok,
      json: () => ({ role: role.id, candidates: pipeline }),
      text: (style) => {
        if (pipeline.length === 0) return `${roleTitle(role)} has no candidate yet. Next: hire candidate add ${role.id}\n`;
        const widest = Math.max(...pipeline.map(({ candidate }) => columns(candidate)));
        const lines = pipeline.map(({ candidate, state, since, told, scorecards, calibration }) =>
          [
            `  ${padEnd(candidate, widest)}  ${padEnd(calibration ? "calibration" : state, 18)}`,
            since === null ? "" : padEnd(shortDate(since, context.clock.now()), 7),
            scorecards > 0 ? `${scorecards} ${scorecards === 1 ? "scorecard" : "scorecards"}` : "",
            told ? "" : style.yellow("not told yet"),
          ]
            .filter((part) => part !== "")
            .join("  "),
        );
        return `${style.bold(roleTitle(role))}\n${lines.join("\n")}\n`;
      },
    },
    undefined,
    globals,
    context,
  );
}

async function show({ args: [, ...words], globals, context }: Invocation<CandidateOptions>): Promise<ExitCode> {
  const hiring = await openHiring(context, globals);
  const { role, candidate } = await chooseBoth(hiring, words, context, globals);
  const viewer = await viewerOf(hiring, context, globals);
  const rubric = role.rubric?.data;
  const ranking = rubric === undefined ? undefined : rankCandidates({ ...role, candidates: [{ ...candidate }] }, rubric, viewer?.id);
  const entry = ranking?.ranked[0];
  const waiting = evaluationsOut(role, candidate);
  const events = (candidate.events?.data ?? []).toSorted((a, b) => byTime(a.at, b.at));
  return print(
    {
      kind: "candidate",
      exit: exitCode.ok,
      json: () => ({
        role: role.id,
        candidate: candidate.id,
        source: candidate.candidate?.data.source ?? null,
        events,
        scores: entry ?? null,
        hidden: ranking?.hidden[0] ?? null,
        waitingFor: waiting,
        decision: candidate.decision?.data ?? null,
      }),
      text: (style) => showText(role, candidate, { style, entry, waiting, events, now: context.clock.now() }),
    },
    undefined,
    globals,
    context,
  );
}

interface Shown {
  readonly style: Style;
  readonly entry: ReturnType<typeof rankCandidates>["ranked"][number] | undefined;
  readonly waiting: ReturnType<typeof evaluationsOut>;
  readonly events: readonly {
    readonly at: string;
    readonly what: string;
    readonly by: string;
    readonly note?: string;
    readonly reason?: string;
    readonly stage?: string;
  }[];
  readonly now: string;
}

function showText(role: Role, candidate: CandidateFolder, { style, entry, waiting, events, now }: Shown): string {
  const source = candidate.candidate?.data.source;
  const lines = [`${style.bold(candidate.id)} for ${roleTitle(role)}${source === undefined ? "" : `, ${oneLine(source)}`}`, ""];
  for (const event of events) {
    const detail = [event.stage, event.reason, event.note].filter((part) => part !== undefined).join("; ");
    lines.push(`  ${padEnd(shortDate(event.at, now), 7)} ${event.what} by ${event.by}${detail === "" ? "" : `: ${oneLine(detail)}`}`);
  }
  if (events.length === 0) lines.push("  Nothing has happened yet.");
  if (candidate.decision !== undefined) lines.push("", `  Decided: ${candidate.decision.data.decision}, by ${candidate.decision.data.by}`);
  lines.push("");
  if (waiting.length > 0)
    lines.push(`  Scorecards still out: ${waiting.map(({ interviewer, stage }) => `${interviewer} (${stage})`).join(", ")}`);
  if (entry === undefined)
    lines.push(candidate.evaluations.length > 0 ? "  Scores are hidden until your own scorecard is in." : "  No scorecard yet.");
  else lines.push(...rankedLines(entry, role.rubric?.data, style));
  return `${lines.join("\n")}\n`;
}
