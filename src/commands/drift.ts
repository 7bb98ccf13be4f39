import { exitCode, Refusal } from "../core/refusal.ts";
import { driftJson, driftMarkdown, driftText } from "../report/drift-text.ts";
import { isCriteriaPath, isOfRole } from "../workspace/layout.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { driftOf } from "./drift-timeline.ts";
import { formatHelp, print } from "./print.ts";
import { findHiring, requireRepository } from "./place.ts";
import { chooseRole, openHiring, refuseBrokenRole } from "./session.ts";

interface DriftOptions {
  readonly since?: string;
  readonly allowPartial?: boolean;
  readonly full?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<DriftOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--since <revision>", "count from this commit instead of the first agreement of both sides")
      .option("--allow-partial", "go on where the history was cut off, from what can be seen")
      .option("--full", "every commit, however many")
      .option("--format <format>", formatHelp, collect)
      .addHelpText(
        "after",
        "\nThe timeline since the agreement: what changed when, by whom, with a reason or without, and how far the criteria are\nfrom what was first agreed.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const wanted = (path: string): boolean =>
      isCriteriaPath(path) && (roleId === undefined || !path.startsWith("roles/") || isOfRole(path, roleId));
    const place = await findHiring(context, globals);
    const repository = requireRepository(place);
    const [head, hiring] = await Promise.all([repository.head(), openHiring(context, globals, wanted, place)]);
    const role = await chooseRole(hiring, roleId, context, globals);
    refuseBrokenRole(role);
    if (head === undefined) throw new Refusal("there is no history yet", { hint: "commit once, then change something" });
    const report = await driftOf(hiring, repository, role, head, options, context);
    return print(
      {
        kind: "drift",
        exit: exitCode.ok,
        json: () => driftJson(report),
        text: (style) => driftText(report, options.full === true, style),
        markdown: () => driftMarkdown(report),
      },
      options.format,
      globals,
      context,
    );
  },
};
