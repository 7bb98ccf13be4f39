import type { Context } from "../context.ts";
import { isId } from "../core/id.ts";
import { type CandidateFolder, type Doc, oneLine, type Role, roleTitle } from "../core/document.ts";
import { noVersions } from "../core/former.ts";
import type { Candidate, Decision } from "../core/model.ts";
import { byTime, shortDate } from "../core/moment.ts";
import { mapTexts } from "../core/free-text.ts";
import { Nameless } from "../core/nameless.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { pipelineOf } from "../core/pipeline.ts";
import { rankCandidates } from "../core/rank.ts";
import { evaluationsOut, handedIn, maySeeRatings } from "../core/rubric.ts";
import { staleRatings } from "../core/stale.ts";
import { candidateId } from "../workspace/candidate-id.ts";
import { candidatePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import { columns, padEnd, type Style, wrap } from "../report/style.ts";
import { decisionSentences } from "../report/debrief-text.ts";
import { candidateMarkdown } from "../report/candidate-markdown.ts";
import { rankedLines } from "../report/rank-text.ts";
import type { CommandDefinition, Globals, Invocation } from "./command.ts";
import { readText } from "./input.ts";
import { changeNames, cleanName, keyOf, readNames } from "./names-store.ts";
import { answer, note, print } from "./print.ts";
import { save } from "./save.ts";
import { pathInTree } from "./place.ts";
import { actorOf, canAsk, chooseBoth, chooseRole, formerOf, type Hiring, openHiring, refuseUnreadable, viewerOf } from "./session.ts";

interface CandidateOptions {
  readonly id?: string;
  readonly source?: string;
  readonly ats?: string;
  readonly calibration?: boolean;
  readonly profile?: string;
  readonly from?: string;
  readonly name?: string;
  readonly export?: string;
}

const actions: Readonly<Record<string, (invocation: Invocation<CandidateOptions>) => Promise<ExitCode>>> = { add, list, show };

export const command: CommandDefinition<CandidateOptions> = {
  declare(program) {
    program
      .argument("<action>", "add, list or show")
      .argument("[role]", "the role")
      .argument("[candidate]", "the candidate (show)")
      .option("--id <id>", "use this pseudonym instead of two random words (add)")
      .option("--name <name>", "who it is: kept on this machine alone, and in no file of the repository (add)")
      .option("--export <file>", "everything that stands here about the candidate, as Markdown, to be handed to them (show)")
      .option("--source <text>", "how the candidate came to us (add)")
      .option("--ats <pointer>", "pointer to the system that holds the identity (add)")
      .option("--calibration", "a written sample profile, scored to calibrate, never ranked (add)")
      .option("--profile <text>", "the sample profile's text (add --calibration)")
      .option("--from <file>", "the same from a text file, or - for standard input (add --calibration)")
      .addHelpText("after", "\nCandidates stand here under a pseudonym; hire names keeps who they are, on this machine alone.");
  },
  writes: ([name]) => name === "add",
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
  if (options.name !== undefined && hiring.repository === undefined)
    throw new Refusal("names are kept in the git directory, and there is none", { hint: "git init" });
  const name = options.name === undefined ? undefined : cleanName(options.name);
  const profile = await profileOf(options, globals, context);
  const source = options.source ?? (calibration ? "sample profile" : await askSource(context, globals));
  const candidate: Candidate = {
    version: 1,
    id,
    ...(source === undefined ? {} : { source }),
    ...(options.ats === undefined ? {} : { ats: options.ats }),
    ...(calibration ? { calibration } : {}),
    ...(profile === undefined ? {} : { profile }),
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
  if (name !== undefined) await changeNames(hiring, context, (names) => void names.set(keyOf(role.id, id), name));
  const next = calibration
    ? `Next, each alone, both sides and everyone who interviews: hire score ${role.id} ${id}\nThen: hire debrief ${role.id} ${id}\n`
    : `Next: hire log ${role.id} ${id} presented   once the hiring manager has the profile\n`;
  answer("candidate-added", { role: role.id, candidate: id }, () => `${id}\n${next}`, globals, context);
  return exitCode.ok;
}

/** A sample's text, which it cannot do without; nobody else has one. */
async function profileOf(
  { calibration, profile, from }: CandidateOptions,
  globals: Globals,
  context: Context,
): Promise<string | undefined> {
  if (calibration !== true) {
    if (profile !== undefined || from !== undefined)
      throw new Refusal("only a sample profile has a text here: candidates' own stay where only you can see them", {
        hint: "--calibration",
      });
    return undefined;
  }
  if (profile !== undefined && from !== undefined) throw new Refusal("--profile, or --from?");
  const asked = canAsk(context, globals) && profile === undefined && from === undefined;
  const text = asked
    ? await context.prompts.text("The sample profile, in a few sentences (what someone did, never who):")
    : (profile ?? (from === undefined ? "" : readText(from, context))).trim();
  if (text === "") throw new Refusal("a calibration profile needs its text", { hint: '--profile "…", or --from FILE' });
  return text;
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
  const names = readNames(hiring, context);
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
            names.get(keyOf(role.id, candidate)) ?? "",
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

async function show({ args: [, ...words], options, globals, context }: Invocation<CandidateOptions>): Promise<ExitCode> {
  const hiring = await openHiring(context, globals);
  const { role, candidate } = await chooseBoth(hiring, words, context, globals);
  const name = readNames(hiring, context).get(keyOf(role.id, candidate.id));
  const viewer = await viewerOf(hiring, context, globals);
  if (options.export !== undefined) {
    if (!maySeeRatings(role, candidate, viewer?.id))
      throw candidate.sealed.length > 0
        ? new Refusal(`scorecards of ${candidate.id} are sealed: what is written would not be all there is`, {
            hint: `hire unseal ${role.id} ${candidate.id} opens them`,
          })
        : new Refusal("scores are hidden from you until your own scorecard is in", { hint: `hire score ${role.id} ${candidate.id}` });
    return exportTo(options.export, hiring, { role, candidate, name }, context);
  }
  const rubric = role.rubric?.data;
  const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
  const ranking = rubric === undefined ? undefined : rankCandidates(role, rubric, viewer?.id, staleRatings(role, former));
  const entry = ranking?.ranked.find((other) => other.candidate === candidate.id);
  const maySee = maySeeRatings(role, candidate, viewer?.id);
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
        profile: candidate.candidate?.data.profile ?? null,
        events,
        scores: entry ?? null,
        hidden: ranking?.hidden.find((other) => other.candidate === candidate.id) ?? null,
        waitingFor: waiting,
        sealed: candidate.sealed.map(({ data: { stage, interviewer } }) => ({ stage, interviewer })),
        decision: decisionFor(candidate, maySee),
      }),
      text: (style) => showText(role, candidate, { style, name, entry, maySee, waiting, events, now: context.clock.now() }),
    },
    undefined,
    globals,
    context,
  );
}

/** Everything about one candidate in one file: what they may ask to see. */
async function exportTo(
  file: string,
  hiring: Hiring,
  { role, candidate, name }: { readonly role: Role; readonly candidate: CandidateFolder; readonly name: string | undefined },
  context: Context,
): Promise<ExitCode> {
  const folder = candidatePath(role.id, candidate.id);
  const { files } = context.files.snapshot(hiring.root, [folder]);
  const commits = (await hiring.repository?.commitsTouching(pathInTree(hiring, folder))) ?? 0;
  const text = candidateMarkdown({
    role,
    candidate: withoutOthers(candidate, hiring),
    name,
    commits,
    paths: files.map(({ path }) => path),
    on: context.clock.now().slice(0, 10),
  });
  if (file === "-") context.output.out(text);
  else {
    const path = context.files.resolve(context.cwd, file);
    context.files.write(context.files.resolve(path, ".."), path, text, { private: true });
    note(context, `Wrote ${file}. It names who judged and what they said: look at it before it is handed on.\n`);
  }
  return exitCode.ok;
}

/** The same without other candidates, whom they were compared with: those are not theirs to know. */
function withoutOthers(candidate: CandidateFolder, { workspace }: Hiring): CandidateFolder {
  const others = workspace.roles.flatMap((role) => role.candidates.map(({ id }) => id)).filter((id) => id !== candidate.id);
  const nameless = new Nameless(others);
  const cleaned = <T>(doc: Doc<T>): Doc<T> => ({ ...doc, data: mapTexts(doc.data, (text) => nameless.of(text)) });
  const { events, decision, evaluations } = candidate;
  return {
    ...candidate,
    ...(events === undefined ? {} : { events: cleaned(events) }),
    ...(decision === undefined ? {} : { decision: cleaned(decision) }),
    evaluations: evaluations.map(cleaned),
  };
}

/** A decision as far as it may be shown: its reasons, and what the candidate hears, tell what the scorecards say. */
function decisionFor({ decision }: CandidateFolder, maySee: boolean): Decision | null {
  if (decision === undefined) return null;
  const { reasons: _, overrides: __, tell, ...rest } = decision.data;
  return maySee ? decision.data : { ...rest, ...(tell === undefined ? {} : { tell: { by: tell.by } }) };
}

interface Shown {
  readonly style: Style;
  readonly name: string | undefined;
  readonly entry: ReturnType<typeof rankCandidates>["ranked"][number] | undefined;
  readonly maySee: boolean;
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

/** Why no score is shown. */
function hiddenWords(role: Role, { id, sealed }: CandidateFolder, isWaiting: boolean): string {
  if (sealed.length === 0) return "Scores are hidden until your own scorecard is in.";
  return isWaiting ? "They are opened together, once all are in." : `All are in: hire unseal ${role.id} ${id} opens them`;
}

function showText(role: Role, candidate: CandidateFolder, { style, name, entry, maySee, waiting, events, now }: Shown): string {
  const source = candidate.candidate?.data.source;
  const lines = [`${style.bold(candidate.id)} for ${roleTitle(role)}${source === undefined ? "" : `, ${oneLine(source)}`}`, ""];
  if (name !== undefined) lines.splice(1, 0, `  ${name} (known on this machine alone)`);
  for (const event of events) {
    const detail = [event.stage, event.reason, event.note].filter((part) => part !== undefined).join("; ");
    lines.push(`  ${padEnd(shortDate(event.at, now), 7)} ${event.what} by ${event.by}${detail === "" ? "" : `: ${oneLine(detail)}`}`);
  }
  if (events.length === 0) lines.push("  Nothing has happened yet.");
  const decision = decisionFor(candidate, maySee);
  if (decision !== null)
    lines.push("", ...decisionSentences(decision, role.rubric?.data).flatMap((text) => wrap(`  ${text}`, style.width, 4)));
  lines.push("");
  const profile = candidate.candidate?.data.profile;
  if (profile !== undefined)
    lines.push(
      ...profile
        .trim()
        .split("\n")
        .flatMap((line) => wrap(`  ${line}`, style.width, 2)),
      "",
    );
  if (waiting.length > 0)
    lines.push(`  Scorecards still out: ${waiting.map(({ interviewer, stage }) => `${interviewer} (${stage})`).join(", ")}`);
  if (candidate.sealed.length > 0)
    lines.push(`  Scorecards in and sealed: ${candidate.sealed.map(({ data }) => `${data.interviewer} (${data.stage})`).join(", ")}`);
  if (entry === undefined)
    lines.push(
      handedIn(candidate).length === 0
        ? "  No scorecard yet."
        : maySee
          ? `  See how they lie: hire debrief ${role.id} ${candidate.id}`
          : `  ${hiddenWords(role, candidate, waiting.length > 0)}`,
    );
  else lines.push(...rankedLines(entry, role.rubric?.data, style));
  return `${lines.join("\n")}\n`;
}
