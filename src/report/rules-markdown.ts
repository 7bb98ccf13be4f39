import { areas, type Rule } from "../check/rule.ts";

/** One rule as a page. */
export function ruleMarkdown(rule: Rule): string {
  const { id, summary, why, wrong, right, limits } = rule;
  const block = (text: string): string => `\`\`\`yaml\n${text}\n\`\`\``;
  return `${[
    `# ${id}`,
    `${summary} (${howGrave(rule)})`,
    why,
    ...(wrong === "" ? ["Wrong: a file with nothing in it."] : ["Wrong:", block(wrong)]),
    "Right:",
    block(right),
    ...(limits === undefined ? [] : [limits]),
    settingOf(rule),
  ].join("\n\n")}\n`;
}

/** All rules as a table that leads to their pages. */
export function rulesMarkdown(rules: readonly Rule[]): string {
  const rows = areas.flatMap((area) =>
    rules
      .filter(({ id }) => id.startsWith(`${area}/`))
      .map((rule) => `| [${rule.id}](${rule.id}.md) | ${howGrave(rule)} | ${rule.summary.replaceAll("|", "\\|")} |`),
  );
  return ["# The rules of hire check", "", "| rule | | what holds |", "|---|---|---|", ...rows, ""].join("\n");
}

/** How grave a rule is, and when, in a phrase. */
export function howGrave({ severity, practice, applied, checkBase, check }: Rule): string {
  return [
    severity === "off" ? "off unless hire.yaml turns it on" : severity,
    ...(practice === true ? ["info on a draft role, silent on a filled or cancelled one"] : []),
    ...(checkBase !== undefined && check === undefined && applied === undefined ? ["with a base"] : []),
  ].join("; ");
}

/** How it is set or silenced. */
export function settingOf({ id, guard, applied }: Rule): string {
  if (guard === true)
    return `It guards what was agreed: of a change, its severity is taken from the base (rules in hire.yaml there), and no comment silences it.`;
  if (applied === "suppressing") return `Set it in hire.yaml: rules: { ${id}: warning }.`;
  return `Set it in hire.yaml (rules: { ${id}: warning }), or silence one case on the line above it: # hire-ignore ${id}: why it is right here.`;
}
