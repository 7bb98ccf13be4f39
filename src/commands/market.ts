import { exitCode, Refusal } from "../core/refusal.ts";
import { lessonsOf } from "../core/lessons.ts";
import { realismOf } from "../core/realism.ts";
import { roleTitle } from "../core/document.ts";
import { realismMarkdown, realismText } from "../report/realism-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, print } from "./print.ts";
import { chooseRole, marketsOf, openHiring, requireIntake } from "./session.ts";

interface MarketOptions {
  readonly confidence?: string;
  readonly format?: readonly string[];
}

const usualConfidence = 0.8;

export const command: CommandDefinition<MarketOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--confidence <share>", "how sure one hire should be, for the candidates and weeks it takes, such as 0.95 (default: 0.8)")
      .option("--format <format>", formatHelp, collect)
      .addHelpText(
        "after",
        "\nHolds the brief against markets/<market>.yaml: where its pay lies, how many have all must-haves (bounds, never one false number), what the funnel asks for, and what each flex would gain. Every figure with source and date; what nobody wrote down is named.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const intake = requireIntake(role).data;
    const confidence = options.confidence === undefined ? usualConfidence : Number(options.confidence);
    if (!(confidence > 0 && confidence < 1))
      throw new Refusal(`--confidence ${options.confidence ?? ""} is no share between 0 and 1`, { hint: "--confidence 0.95" });
    const model = hiring.workspace.roles.find(({ id }) => id === intake.like);
    const past = model === undefined ? undefined : lessonsOf(model);
    const realism = realismOf(intake, marketsOf(hiring.workspace), confidence, context.clock.now().slice(0, 10), past);
    const title = roleTitle(role);
    return print(
      {
        kind: "market",
        exit: exitCode.ok,
        json: () => ({ role: role.id, ...realism }),
        text: (style) => realismText(title, realism, intake, style),
        markdown: () => realismMarkdown(title, realism, intake),
      },
      options.format,
      globals,
      context,
    );
  },
};
