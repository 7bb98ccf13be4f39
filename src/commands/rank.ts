import { roleTitle } from "../core/document.ts";
import { exitCode } from "../core/refusal.ts";
import { noVersions } from "../core/former.ts";
import { certaintyOf } from "../core/order-certainty.ts";
import { rankCandidates } from "../core/rank.ts";
import { staleRatings } from "../core/stale.ts";
import { rankText } from "../report/rank-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, isForOthers, print } from "./print.ts";
import { chooseRole, formerOf, openHiring, refuseBrokenRole, requireRubric, viewerOf } from "./session.ts";

interface RankOptions {
  readonly full?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<RankOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--full", "every figure: who takes which place how often, and each weight at which another leads")
      .option("--format <format>", formatHelp.replace("text, markdown or json", "text or json"), collect)
      .addHelpText(
        "after",
        "\nA candidate whose scorecard from you is still out stays hidden; so does everyone with a scorecard out where nobody says who is looking.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const rubric = requireRubric(role).data;
    refuseBrokenRole(role);
    const viewer = isForOthers(options.format) ? undefined : await viewerOf(hiring, context, globals);
    const former = await formerOf(hiring, [role]);
    const stale = staleRatings(role, former.get(role.id) ?? noVersions);
    const ranking = rankCandidates(role, rubric, viewer?.id, stale);
    const certainty = certaintyOf(role, rubric, ranking, stale);
    return print(
      {
        kind: "rank",
        exit: exitCode.ok,
        json: () => ({ ...ranking, certainty }),
        text: (style) => rankText(roleTitle(role), ranking, certainty, rubric, style, options.full === true),
      },
      options.format,
      globals,
      context,
    );
  },
};
