import { registry } from "../check/registry.ts";
import type { Rule } from "../check/rule.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { ruleMarkdown } from "../report/rules-markdown.ts";
import { ruleText, rulesText } from "../report/rules-text.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { print } from "./print.ts";

interface RulesOptions {
  readonly format?: readonly string[];
}

export const command: CommandDefinition<RulesOptions> = {
  declare(program) {
    program
      .argument("[id]", "one rule, such as rubric/covers-unknown, or an area, such as rubric")
      .option("--format <format>", "text, markdown or json, with =FILE to write it there; may be given more than once", collect)
      .addHelpText(
        "after",
        "\nSet how grave a rule is in hire.yaml: rules: { rubric/weight-reason: warning }, or silence one case where it stands:\n# hire-ignore rule/id: why it is right here",
      );
  },
  async run({ args: [id], options, globals, context }) {
    const rules = chosen(id);
    const [only, ...others] = rules;
    const one = id !== undefined && others.length === 0 ? only : undefined;
    return print(
      {
        kind: "rules",
        exit: exitCode.ok,
        json: () => ({ rules: rules.map(ruleJson) }),
        text: (style) => (one === undefined ? rulesText(rules, style) : ruleText(one, style)),
        markdown: () => rules.map(ruleMarkdown).join("\n"),
      },
      options.format,
      globals,
      context,
    );
  },
};

function chosen(id: string | undefined): readonly Rule[] {
  if (id === undefined) return registry;
  const rules = registry.filter((rule) => rule.id === id || rule.id.startsWith(`${id}/`));
  if (rules.length > 0) return rules;
  throw new Refusal(`there is no rule '${id}'`, {
    hint:
      suggest(
        id,
        registry.map((rule) => rule.id),
      ) ?? "hire rules lists them",
  });
}

function ruleJson({
  id,
  severity,
  summary,
  why,
  wrong,
  right,
  limits,
  practice,
  guard,
  checkBase,
  check,
  checkShared,
  applied,
}: Rule): Readonly<Record<string, unknown>> {
  return {
    id,
    severity,
    summary,
    why,
    wrong,
    right,
    limits: limits ?? null,
    practice: practice === true,
    guard: guard === true,
    needsBase: checkBase !== undefined && check === undefined && checkShared === undefined && applied === undefined,
  };
}
