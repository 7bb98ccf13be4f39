import { visible } from "../core/escape.ts";

/** Text from files as inert Markdown: no HTML, mention, link, fence, table pipe or list mark comes out of it. */
export function md(text: string): string {
  return visible(text)
    .replaceAll(/\s+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~]/gu, (character) => `\\${character}`)
    .replaceAll("@", "@\u200b")
    .replaceAll(/:\/\//gu, ":\u200b//")
    .replaceAll(/\bwww\./giu, "www\u200b.")
    .replace(/^([-=]|\d+\.)/u, "\\$1");
}

export function mdTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
