import type { Role } from "../core/document.ts";
import { acceptanceOf, isOpen, recordOf } from "../core/promises.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { dueMarkdown, dueText } from "../report/due-text.ts";
import { calendarsOf, promisesIn } from "./calendars.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { print } from "./print.ts";
import { chooseRole, openHiring, refuseBrokenRole, viewerOf } from "./session.ts";

interface DueOptions {
  readonly who?: string;
  readonly all?: boolean;
  readonly ics?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<DueOptions> = {
  declare(program) {
    program
      .argument("[role]", "only this role (default: all)")
      .option("--who <person>", "only what this person owes")
      .option("--all", "what was kept and what was late, too")
      .option("--ics", "what is open, for a calendar (short for --format ics)")
      .option("--format <format>", "text, markdown, json or ics, with =FILE to write it there; may be given more than once", collect)
      .addHelpText(
        "after",
        "\nEvery response that hire.yaml or a brief promises: who owes whom what, by when, what is late. Counted in the business time of whoever owes it: workdays, hours, time zone and public holidays of hire.yaml; time on hold does not run.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const people = hiring.workspace.hire?.data.people ?? [];
    if (options.who !== undefined && !people.some(({ id }) => id === options.who))
      throw new Refusal(`there is no person '${options.who}'`, {
        hint: suggest(
          options.who,
          people.map(({ id }) => id),
        ),
      });
    const roles: readonly Role[] = roleId === undefined ? hiring.workspace.roles : [await chooseRole(hiring, roleId, context, globals)];
    for (const role of roles) refuseBrokenRole(role);
    const now = context.clock.now();
    const calendarOf = await calendarsOf(hiring.workspace);
    const promises = await promisesIn(hiring, roles, now, calendarOf);
    const { who } = options;
    const own = who === undefined ? promises : promises.filter(({ owner }) => owner === who);
    const metrics = hiring.workspace.hire?.data.people_metrics ?? "sides";
    const viewer = (await viewerOf(hiring, context, globals))?.id;
    const due = {
      now,
      who: who ?? null,
      promises: own,
      // One person's times are a side's only where that side is one person's; else they are shown as hire.yaml allows.
      sides: recordOf(who === undefined || metrics === "all" || (metrics === "own" && who === viewer) ? own : promises),
      acceptance: acceptanceOf(roles),
      timezone: calendarOf(viewer ?? "").timezone,
    };
    const shown = { ...due, calendar: calendarOf(viewer ?? ""), all: options.all === true };
    return print(
      {
        kind: "due",
        exit: exitCode.ok,
        json: () => due,
        text: (style) => dueText(shown, style),
        markdown: () => dueMarkdown(shown),
        others: { ics: async () => (await import("../report/ics.ts")).ics(own.filter(isOpen), now) },
      },
      options.ics === true ? [...(options.format ?? []), "ics"] : options.format,
      globals,
      context,
    );
  },
};
