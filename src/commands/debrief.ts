import { type Debrief, debriefOf, deciderOf } from "../core/debrief.ts";
import { list } from "../core/change/words.ts";
import { noVersions } from "../core/former.ts";
import { exitCode } from "../core/refusal.ts";
import { isInPlay } from "../core/rubric.ts";
import { staleRatings } from "../core/stale.ts";
import { debriefMarkdown } from "../report/debrief-markdown.ts";
import { debriefText } from "../report/debrief-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { decide, decisions } from "./decide.ts";
import { withEvent } from "./event-file.ts";
import { formatHelp, isForOthers, note, print } from "./print.ts";
import { save } from "./save.ts";
import { actorOf, canAsk, chooseBoth, formerOf, openHiring, refuseBrokenRole, requireRubric, viewerOf } from "./session.ts";

interface DebriefOptions {
  readonly full?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<DebriefOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .argument("[candidate]", "the candidate, or a sample profile")
      .option("--full", "with agreement figures")
      .option("--format <format>", formatHelp, collect)
      .addHelpText(
        "after",
        "\nWho has not scored is named first; then the widest gap first, with everyone's evidence side by side, and what the rubric's own rule says. On a terminal it goes on into the decision.",
      );
  },
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const { role, candidate } = await chooseBoth(hiring, args, context, globals);
    refuseBrokenRole(role);
    const rubric = requireRubric(role).data;
    const viewer = isForOthers(options.format) ? undefined : (await viewerOf(hiring, context, globals))?.id;
    const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
    const debrief = debriefOf(role, rubric, candidate, viewer, staleRatings(role, former));
    const decides = !debrief.hidden && !debrief.sample && debrief.scorecards.length > 0 && isInPlay(candidate);
    const ended = await print(
      {
        kind: "debrief",
        exit: exitCode.ok,
        json: () => ({ ...debrief }),
        text: (style) => debriefText(debrief, role, rubric, style, options.full === true),
        markdown: () => debriefMarkdown(debrief, role, rubric),
      },
      options.format,
      globals,
      context,
    );
    if (!decides || globals.json === true || options.format !== undefined) return ended;
    if (!canAsk(context, globals) || viewer === undefined) {
      note(context, `Next: ${nextOf(debrief)}\n`);
      return ended;
    }
    const mayDecide = viewer === deciderOf(role) && !debrief.missing.some(({ interviewer }) => interviewer === viewer);
    const next = await context.prompts.choose<(typeof decisions)[number] | "look" | "talked">(
      "What now?",
      [
        { value: "look", label: "nothing, I only looked" },
        { value: "talked", label: `we talked it through${mayDecide ? ", the decision comes later" : ""}` },
        ...(mayDecide ? decisions.map((value) => ({ value, label: `we talked: ${value}` })) : []),
      ],
      "look",
    );
    if (next === "look") return ended;
    const actor = await actorOf(hiring, context, globals);
    if (next !== "talked") return decide({ hiring, role, candidate, actor, choice: next, options: {}, debriefed: true, globals, context });
    const event = { at: context.clock.now(), what: "debriefed", by: actor.id } as const;
    await save(hiring, context, globals, [withEvent(hiring, role, candidate, event, context)], `Log ${candidate.id}: debriefed`, {
      "Hire-Role": role.id,
    });
    note(context, `Next: ${nextOf(debrief)}\n`);
    return ended;
  },
};

/** Whoever still owes a scorecard comes before a decision. */
function nextOf({ role, candidate, missing, verdict }: Debrief): string {
  const who = [...new Set(missing.map(({ interviewer }) => interviewer))];
  return who.length > 0
    ? `${list(who)} ${who.length === 1 ? "scores" : "score"}: hire score ${role} ${candidate}`
    : `${verdict?.decider ?? ""}: hire decide ${role} ${candidate} …   (offer, reject or hold)`;
}
