import { html, type Markup, nothing, unit } from "./markup.ts";

/** Units across a drawing: the width of a telephone, so that its letters can be read there; elsewhere it is scaled up. */
export const wide = 360;

/** Pixels a unit of what is scrolled: letters as large as beside it. */
const letters = 1.2;

export interface Figure {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence: read aloud where nobody sees it. */
  readonly says: string;
  readonly width?: number;
  readonly height: number;
  readonly drawn: readonly Markup[];
  /** The signs, in words. */
  readonly key?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture with its title, what it says, and the same as a table behind it. */
export function figure({ id, title, says, width = wide, height, drawn, key, head, rows }: Figure): Markup {
  // What is wider than the page keeps its letters' size and is scrolled. An attribute, as the page allows no styles but its own.
  const size = width > wide ? html` class="wide" width="${unit(width * letters)}" height="${unit(height * letters)}"` : nothing;
  const svg = html`<svg viewBox="0 0 ${unit(width)} ${unit(height)}" ${size} role="img" aria-labelledby="${id}-title ${id}-says">
    ${drawn}
  </svg>`;
  return html`<figure id="${id}">
    <figcaption>
      <h4 id="${id}-title">${title}</h4>
      <p id="${id}-says">${says}</p>
    </figcaption>
    ${width > wide ? html`<div class="scroll" tabindex="0" role="region" aria-label="${title}, drawn">${svg}</div>` : svg}
    ${key === undefined ? nothing : html`<p class="key">${key}</p>`}
    <details>
      <summary>The same as a table</summary>
      ${table(title, head, rows)}
    </details>
  </figure> `;
}

/** A table that can be scrolled by itself, by keyboard, too. */
export function table(name: string, head: readonly string[], rows: readonly (readonly (string | Markup)[])[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = "", ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

interface Label {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly of?: string;
}

export function label(text: string, { x, y, anchor = "start", of = "label" }: Label): Markup {
  return html`<text class="${of}" x="${unit(x)}" y="${unit(y)}" text-anchor="${anchor}">${text}</text>`;
}

export function rule(x1: number, y1: number, x2: number, y2: number, of = "axis"): Markup {
  return html`<line class="${of}" x1="${unit(x1)}" y1="${unit(y1)}" x2="${unit(x2)}" y2="${unit(y2)}" />`;
}

export function box(x: number, y: number, width: number, height: number, of: string): Markup {
  return html`<rect class="${of}" x="${unit(x)}" y="${unit(y)}" width="${unit(Math.max(0, width))}" height="${unit(height)}" rx="2" />`;
}

export function dot(x: number, y: number, radius: number, of: string): Markup {
  return html`<circle class="${of}" cx="${unit(x)}" cy="${unit(y)}" r="${radius}" />`;
}

export function diamond(x: number, y: number, of: string): Markup {
  return html`<path
    class="${of}"
    d="M${unit(x - 5)} ${unit(y)} L${unit(x)} ${unit(y - 5)} L${unit(x + 5)} ${unit(y)} L${unit(x)} ${unit(y + 5)} Z"
  />`;
}

/** A text that takes at most so many letters; the whole stands in the table. */
export function short(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** A text on one line or two, between words, of at most so many letters each. */
export function inTwo(text: string, most: number): readonly string[] {
  const cut = text.lastIndexOf(" ", most);
  return text.length <= most || cut < 1 ? [short(text, most)] : [text.slice(0, cut), short(text.slice(cut + 1), most)];
}

/** Places at least `gap` apart, in the order of those wanted, as near to them as may be, between `from` and `to`. */
export function apart(wanted: readonly number[], gap: number, from: number, to: number): readonly number[] {
  const order = wanted.map((value, index) => ({ value, index })).toSorted((a, b) => a.value - b.value || a.index - b.index);
  const placed: number[] = [];
  let last = from - gap;
  for (const { value, index } of order) {
    last = Math.max(value, last + gap);
    placed[index] = last;
  }
  let next = to + gap;
  for (const { index } of order.toReversed()) {
    next = Math.min(placed[index] ?? 0, next - gap);
    placed[index] = next;
  }
  return placed;
}
