import type { Context } from "../context.ts";
import { type CandidateFolder, oneLine, type Role, roleTitle } from "../core/document.ts";
import type { CandidateEvent, Person, Update } from "../core/model.ts";
import { byTime, shortDate } from "../core/moment.ts";
import { eventsOf } from "../core/events.ts";
import { isUnanswered } from "../core/pipeline.ts";
import { exitCode } from "../core/refusal.ts";
import { isInPlay } from "../core/rubric.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { withEvent } from "./event-file.ts";
import { answer, note } from "./print.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, chooseRole, type Hiring, openHiring, requireIntake } from "./session.ts";
import { newUpdate } from "./update-file.ts";

interface Waiting {
  readonly candidate: string;
  readonly source: string | null;
  readonly ats: string | null;
  readonly since: string;
  readonly concern: string | null;
}

export const command: CommandDefinition = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .addHelpText(
        "after",
        "\nGoes through the profiles that wait for an answer, the oldest first: meet, decline (which requirement?), ask, or later. Each answer is saved at once.\nWithout a terminal it lists them; hire log answers: hire log ROLE CANDIDATE profile-accepted",
      );
  },
  async run({ args: [roleId], globals, context }) {
    let hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const waiting = waitingIn(role);
    if (!canAsk(context, globals) || globals.json === true || waiting.length === 0) {
      answer("review", { role: role.id, waiting }, () => listText(role, waiting, context), globals, context);
      return exitCode.ok;
    }
    const actor = await actorOf(hiring, context, globals);
    const answered = { met: 0, declined: 0, asked: 0 };
    for (const [index, profile] of waiting.entries()) {
      note(context, `\n${index + 1} of ${waiting.length}  ${profileWords(profile, context)}\n`);
      const next = await context.prompts.choose<"meet" | "decline" | "ask" | "later">("What do you say?", [
        { value: "meet", label: "meet" },
        { value: "decline", label: "decline: which requirement does it rest on?" },
        { value: "ask", label: "ask the recruiter something first" },
        { value: "later", label: "later" },
      ]);
      if (next === "later") continue;
      // Each answer is saved at once, so the next one starts from what is there now.
      const at = { hiring, role: roleOf(hiring, role.id), actor, globals, context };
      if (next === "ask") await askAbout(profile, at);
      else await saveAnswer(profile, next, at);
      answered[next === "meet" ? "met" : next === "decline" ? "declined" : "asked"] += 1;
      hiring = await openHiring(context, globals);
    }
    context.output.out(`${roleTitle(role)}: ${answered.met} to meet, ${answered.declined} declined, ${answered.asked} asked about.\n`);
    return exitCode.ok;
  },
};

interface Answering {
  readonly hiring: Hiring;
  readonly role: Role;
  readonly actor: Person;
  readonly globals: Globals;
  readonly context: Context;
}

function roleOf({ workspace }: Hiring, id: string): Role {
  const role = workspace.roles.find((known) => known.id === id);
  if (role === undefined) throw new Error(`role ${id} went away`);
  return role;
}

function candidateOf({ candidates }: Role, id: string): CandidateFolder {
  const candidate = candidates.find((known) => known.id === id);
  if (candidate === undefined) throw new Error(`candidate ${id} went away`);
  return candidate;
}

/** Presented profiles without a yes or no, the oldest first. */
function waitingIn(role: Role): readonly Waiting[] {
  return role.candidates
    .flatMap((candidate): readonly Waiting[] => {
      const since = eventsOf(candidate).findLast(({ what }) => what === "presented")?.at;
      // A sample is never in play.
      if (since === undefined || !isUnanswered(candidate) || !isInPlay(candidate)) return [];
      return [
        {
          candidate: candidate.id,
          source: candidate.candidate?.data.source ?? null,
          ats: candidate.candidate?.data.ats ?? null,
          since,
          concern: eventsOf(candidate).findLast(({ what }) => what === "concern")?.note ?? null,
        },
      ];
    })
    .toSorted((a, b) => byTime(a.since, b.since));
}

function profileWords({ candidate, source, ats, since, concern }: Waiting, { clock }: Context): string {
  return [
    candidate,
    ...(source === null ? [] : [oneLine(source)]),
    `presented ${shortDate(since, clock.now())}`,
    ...(ats === null ? [] : [oneLine(ats)]),
    ...(concern === null ? [] : [oneLine(concern)]),
  ].join(" · ");
}

function listText(role: Role, waiting: readonly Waiting[], context: Context): string {
  if (waiting.length === 0) return `${roleTitle(role)}: no profile waits for an answer.\n`;
  return `${roleTitle(role)}: waiting for an answer\n${waiting.map((profile) => `  ${profileWords(profile, context)}\n`).join("")}Answer them on a terminal, or one by one:\n  hire log ${role.id} ${waiting[0]?.candidate ?? ""} profile-accepted\n`;
}

async function saveAnswer(
  { candidate: id }: Waiting,
  said: "meet" | "decline",
  { hiring, role, actor, globals, context }: Answering,
): Promise<void> {
  const at = context.clock.now();
  const event: CandidateEvent =
    said === "meet"
      ? { at, what: "profile-accepted", by: actor.id }
      : { at, what: "profile-declined", by: actor.id, ...(await whyDeclined(role, context)) };
  await save(hiring, context, globals, [withEvent(hiring, role, candidateOf(role, id), event, context)], `Log ${id}: ${event.what}`, {
    "Hire-Role": role.id,
  });
}

/** What a declined profile rests on: a requirement of the brief, or something that stands nowhere yet. */
async function whyDeclined(role: Role, { prompts }: Context): Promise<Pick<CandidateEvent, "reason" | "requirement" | "criterion">> {
  const rests = await prompts.choose<{ readonly requirement?: string; readonly criterion?: string }>("Which requirement does it rest on?", [
    ...(requireIntake(role).data.requirements ?? []).map(({ id, statement }) => ({
      value: { requirement: id },
      label: oneLine(statement),
    })),
    { value: { criterion: "other" }, label: "something that stands nowhere yet" },
  ]);
  const reason = await prompts.text("What is missing, in a line?", {
    check: (text) => (text.length < 3 ? "Both sides will want to know" : undefined),
  });
  return { reason, ...rests };
}

/** A question is news that asks for an answer. */
async function askAbout({ candidate }: Waiting, { hiring, role, actor, globals, context }: Answering): Promise<void> {
  const question = await context.prompts.text("What do you want to know?", {
    check: (text) => (text.length < 3 ? "A question" : undefined),
  });
  const { recruiter } = requireIntake(role).data.team;
  const update: Update = {
    version: 1,
    kind: "process",
    by: actor.id,
    at: context.clock.now(),
    summary: `${candidate}: ${question}`,
    ...(recruiter === actor.id ? {} : { for: [recruiter] }),
  };
  const { id, file } = newUpdate(role, update, `${candidate}-question`, context);
  await save(hiring, context, globals, [file], `Ask about ${candidate} for ${roleTitle(role)}`, {
    "Hire-Role": role.id,
    "Hire-Update": id,
  });
}
