import { list } from "../core/change/words.ts";
import { visibleLine } from "../core/escape.ts";
import { winOf } from "../core/lessons.ts";
import { exitCode } from "../core/refusal.ts";
import { winsMarkdown, winsText } from "../report/closing-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, note, print } from "./print.ts";
import { openHiring } from "./session.ts";

export const command: CommandDefinition<{ readonly format?: readonly string[] }> = {
  declare(program) {
    program
      .option("--format <format>", formatHelp, collect)
      .addHelpText(
        "after",
        "\nThe wall: hires made, by whom together, how fast, thanks from both sides, and what was learnt. Newest first; candidates are counted, not named.",
      );
  },
  async run({ options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const wins = hiring.workspace.roles
      .flatMap((role) => winOf(role) ?? [])
      .toSorted((a, b) => (a.closedOn === b.closedOn ? 0 : a.closedOn < b.closedOn ? 1 : -1));
    const broken = hiring.workspace.roles.flatMap(({ unreadable }) => unreadable.filter((path) => path.endsWith("/outcome.yaml")));
    if (broken.length > 0)
      note(context, `Left out, as they cannot be read: ${list(broken.map(visibleLine))} (hire check says what is wrong)\n`);
    const wall = { wins, today: context.clock.now() };
    return print(
      {
        kind: "wins",
        exit: exitCode.ok,
        json: () => ({ searches: wins, unreadable: broken }),
        text: (style) => winsText(wall, style),
        markdown: () => winsMarkdown(wall),
      },
      options.format,
      globals,
      context,
    );
  },
};
