import { type Rule, areas } from "../check/rule.ts";
import { howGrave, settingOf } from "./rules-markdown.ts";
import { labelled, padEnd, type Style, wrap } from "./style.ts";

/** The catalogue: each rule in a line, by area. */
export function rulesText(rules: readonly Rule[], style: Style): string {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const lines = areas.flatMap((area) => {
    const own = rules.filter(({ id }) => id.startsWith(`${area}/`));
    if (own.length === 0) return [];
    return [
      ...own.flatMap(({ id, severity, summary }) => {
        const [first = "", ...rest] = wrap(summary, Math.max(24, style.width - widest - 13));
        const indent = " ".repeat(widest + 13);
        return [`  ${padEnd(id, widest)}  ${padEnd(severity, 9)}${first}`, ...rest.map((line) => indent + line)];
      }),
      "",
    ];
  });
  return `${[...lines, ...wrap(`${rules.length} rules. hire rules ID says why one is there, what breaks it and what puts it right.`, style.width)].join("\n")}\n`;
}

export function ruleText(rule: Rule, style: Style): string {
  const { id, summary, why, wrong, right, limits } = rule;
  const block = (title: string, text: string): readonly string[] => [title, ...text.split("\n").map((line) => `  ${line}`), ""];
  return `${[
    `${style.bold(id)}  ${howGrave(rule)}`,
    "",
    ...wrap(summary, style.width),
    ...wrap(why, style.width),
    "",
    ...(wrong === "" ? [] : block(style.red("wrong"), wrong)),
    ...block(style.green("right"), right),
    ...(limits === undefined ? [] : [...labelled("", limits, style.width), ""]),
    ...labelled("", settingOf(rule), style.width),
  ].join("\n")}\n`;
}
