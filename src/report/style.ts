import { colours } from "./colours.js";
import { widths } from "./widths.js";

/** How text is laid out and coloured. Meaning never rests on colour alone. */
export interface Style {
  readonly width: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const asIs = (text: string): string => text;

export function styleFor(colour: boolean, width: number): Style {
  if (!colour) return { width, bold: asIs, dim: asIs, red: asIs, yellow: asIs, green: asIs, cyan: asIs };
  const { bold, dim, red, yellow, green, cyan } = new (colours().Chalk)({ level: 1 });
  return { width, bold, dim, red, yellow, green, cyan };
}

/** Columns a text takes in a terminal; colour takes none. */
export const columns = (text: string): number => (usual.test(text) ? text.length : widths().default(text));

/** Letters and signs of which each takes one column. */
const usual = /^[ -~·–—‘’“”…→▁-█]*$/u;

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columns(text))) + text;
}

/**
 * Lines of at most `width` columns, broken between words; every line but the first begins with `hang` spaces. A word
 * wider than a line stands on a line of its own. Line ends in the text are kept, as are runs of spaces within a line.
 */
export function wrap(text: string, width: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    let indent = lines.length === 0 ? 0 : hang;
    for (const [, space = "", word = ""] of paragraph.matchAll(/( *)([^ ]+(?: %(?![^ ]))?)/gu)) {
      if (line !== "" && indent + columns(line) + space.length + columns(word) > width) {
        lines.push(" ".repeat(indent) + line);
        indent = hang;
        line = word;
      } else line += space + word;
    }
    lines.push(line === "" ? "" : " ".repeat(indent) + line);
  }
  return lines;
}

/** Text that follows a label on the same line and wraps under itself. */
export function labelled(label: string, text: string, width: number): readonly string[] {
  const indent = columns(label);
  const [first = "", ...rest] = wrap(text, Math.max(20, width - indent));
  return [label + first, ...rest.map((line) => " ".repeat(indent) + line)];
}

/** A left part and a right part on one line, or on two where they do not fit. */
export function spread(left: string, right: string, width: number): readonly string[] {
  const gap = width - columns(left) - columns(right);
  return gap >= 2 ? [left + " ".repeat(gap) + right] : [left, `  ${right}`];
}
