import { visible } from "../../core/escape.ts";

/** Markup of our own making: it may stand in a page as it is. Everything else is text, and inert there. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Part[] | null | undefined;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as a page may hold it, between tags or in a quoted attribute; control characters are shown. */
export function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}

function written(part: Part): string {
  if (part === null || part === undefined) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(written).join("");
}

/** A template whose own text is markup, and whose values are text unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((own, index) => own + (index < parts.length ? written(parts[index]) : "")).join("") };
}

export const nothing: Markup = { markup: "" };

/** A number as a drawing needs it: a tenth of a unit is finer than any eye. */
export function unit(value: number): string {
  return String(Math.round(value * 10) / 10);
}
