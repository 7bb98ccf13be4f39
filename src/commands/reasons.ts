import type { Command } from "commander";
import type { Context } from "../context.ts";
import { type Change, labelOf } from "../core/change/change.ts";
import { isReason, leastReason, type Scores } from "../core/change/explain.ts";
import type { Role } from "../core/document.ts";
import type { Person, Update } from "../core/model.ts";
import { suggest } from "../core/nearest.ts";
import { Refusal } from "../core/refusal.ts";
import { collect, type Globals } from "./command.ts";
import type { NewText } from "./save.ts";
import { canAsk, type Hiring } from "./session.ts";
import { newUpdate } from "./update-file.ts";

const outcomes = ["keep", "rescore", "void"] as const satisfies readonly Scores[];
const kinds = ["criteria", "budget", "priority", "timeline", "stakeholder", "market", "process"] as const;

/** What a person may say about a change by flags. */
export interface ReasonOptions {
  readonly reason?: string;
  readonly scores?: string;
  readonly reads?: string;
  readonly for?: readonly string[];
  readonly summary?: string;
  readonly kind?: string;
}

export function declareReasons(program: Command): void {
  program
    .option("--reason <text>", `why, in at least ${leastReason} characters the other side can weigh`)
    .option("--scores <what>", `${outcomes.join(", ")}: what happens to what was scored under the old meaning`)
    .option("--reads <how>", "same: ratings given yesterday would still stand")
    .option("--for <person>", "who is asked to agree or object (default: the other side); may be given more than once", collect)
    .option("--summary <text>", "the news in a line")
    .option("--kind <kind>", `${kinds.join(", ")} (default: criteria)`);
}

/** Why, whom to ask, and what happens to scores. */
export interface Reasons {
  readonly reason: string;
  readonly kind: Update["kind"];
  readonly asked: readonly string[];
  readonly scores?: Scores;
  readonly reads?: "same";
  readonly summary?: string;
}

/** Takes the reasons from flags, and asks for what is missing; `guided` also asks whom to ask. */
export async function askReasons(
  meant: readonly Change[],
  { role, actor, hiring, guided }: { readonly role: Role; readonly actor: Person; readonly hiring: Hiring; readonly guided: boolean },
  options: ReasonOptions,
  globals: Globals,
  context: Context,
): Promise<Reasons> {
  const kind = kinds.find((name) => name === (options.kind ?? "criteria"));
  if (kind === undefined)
    throw new Refusal(`--kind ${options.kind ?? ""} is none of ${kinds.join(", ")}`, { hint: suggest(options.kind ?? "", kinds) });
  if (options.reads !== undefined && options.reads !== "same")
    throw new Refusal(`--reads ${options.reads}`, { hint: "--reads same, or leave it out" });
  const people = hiring.workspace.hire?.data.people.map(({ id }) => id) ?? [];
  const reason = options.reason ?? (await askReason(meant.length, globals, context));
  if (!isReason(reason))
    throw new Refusal("this reason says too little", {
      hint: `at least ${leastReason} characters: what happened, and why it changes what you look for`,
    });
  const team = role.intake?.data.team;
  const others = team === undefined ? [] : [...new Set([team.hiring_manager, team.recruiter])].filter((person) => person !== actor.id);
  const asked = options.for ?? (guided && canAsk(context, globals) ? await askWhom(others, people, context) : others);
  refuseStranger(asked, people);
  const breaking = meant.some(({ gravity }) => gravity === "breaking");
  const fate = await fateOf(options, breaking, globals, context);
  return { reason, kind, asked, ...fate, ...(options.summary === undefined ? {} : { summary: options.summary }) };
}

async function askReason(changes: number, globals: Globals, context: Context): Promise<string> {
  if (!canAsk(context, globals)) throw new Refusal("why?", { hint: '--reason "what happened, and why it changes what you look for"' });
  return context.prompts.text(changes > 1 ? `Why? One reason for these ${changes} changes` : "Why?", {
    check: (text) => (isReason(text) ? undefined : `At least ${leastReason} characters that the other side can weigh`),
  });
}

export async function askWhom(others: readonly string[], people: readonly string[], { prompts }: Context): Promise<readonly string[]> {
  const list = (text: string): readonly string[] => text.split(/[\s,]+/u).filter((word) => word !== "" && word !== "-");
  const text = await prompts.text("Whom do you ask to agree or object? ('-': nobody)", {
    initial: others.join(" "),
    check: (words) => {
      const stranger = list(words).find((person) => !people.includes(person));
      return stranger === undefined ? undefined : `There is no person '${stranger}': ${people.join(", ")}`;
    },
  });
  return list(text);
}

export function refuseStranger(asked: readonly string[], people: readonly string[]): void {
  const stranger = asked.find((person) => !people.includes(person));
  if (stranger !== undefined) throw new Refusal(`there is no person '${stranger}'`, { hint: suggest(stranger, people) });
}

type Fate = Pick<Reasons, "scores" | "reads">;

async function fateOf(options: ReasonOptions, breaking: boolean, globals: Globals, context: Context): Promise<Fate> {
  const reads: Fate = options.reads === "same" ? { reads: "same" } : {};
  if (options.scores !== undefined) {
    const scores = outcomes.find((name) => name === options.scores);
    if (scores === undefined)
      throw new Refusal(`--scores ${options.scores} is none of ${outcomes.join(", ")}`, { hint: suggest(options.scores, outcomes) });
    return { ...reads, scores };
  }
  if (!breaking || reads.reads === "same") return reads;
  if (!canAsk(context, globals))
    throw new Refusal("what happens to scores given under the old meaning?", { hint: `--scores ${outcomes.join(" | ")}, or --reads same` });
  return context.prompts.choose<Fate>("What happens to scores given under the old meaning?", [
    { value: { scores: "keep" }, label: "keep: they stand as they are" },
    { value: { scores: "rescore" }, label: "rescore: they count again once rated under the new meaning" },
    { value: { scores: "void" }, label: "void: they count no longer" },
    { value: { reads: "same" }, label: "same: it reads the same, a rating given yesterday would still stand" },
  ]);
}

/** An update that explains changes, as a file to be written. `meant` is what people see, `named` all that it covers. */
export function updateFile(
  role: Role,
  actor: Person,
  meant: readonly Change[],
  named: readonly Change[],
  reasons: Reasons,
  context: Context,
): { readonly update: Update; readonly id: string; readonly file: NewText } {
  const at = context.clock.now();
  const { kind, reason, asked, scores, reads } = reasons;
  const update: Update = {
    version: 1,
    kind,
    by: actor.id,
    at,
    summary: reasons.summary ?? shortened(meant.map(inWords).join("; ")),
    reason,
    explains: named.map((change) => ({
      what: inWords(change),
      change: change.fingerprint,
      item: `${change.item.type}/${change.item.id}`,
      facet: change.facet,
      was: change.was,
      now: change.now,
      ...(reads === undefined ? {} : { reads }),
    })),
    ...(scores === undefined ? {} : { scores }),
    ...(asked.length === 0 ? {} : { for: [...asked] }),
  };
  const about = labelOf(meant[0] ?? named[0] ?? { item: { type: "rubric", id: "change" }, facet: "" });
  return { update, ...newUpdate(role, update, about, context) };
}

export function inWords(change: Change): string {
  return `${labelOf(change)}: ${change.text}`;
}

const longestSummary = 120;

/** A text cut between words. */
function shortened(text: string): string {
  return text.length <= longestSummary ? text : `${text.slice(0, text.lastIndexOf(" ", longestSummary))} …`;
}
