import type { Context } from "../context.ts";
import type { Choice } from "../ports.ts";
import { type Style, wrap } from "../report/style.ts";

/** Someone asked to go back to the topic before. */
export class Back extends Error {
  constructor() {
    super("back");
    this.name = "Back";
  }
}

/** What was answered so far, by question: kept with the draft, and offered again when a topic is gone through again. */
export type Memory = Readonly<Record<string, string | readonly string[]>>;

interface Question {
  readonly message: string;
  /** Why a good recruiter asks; shown on `?`. */
  readonly why?: string;
  readonly initial?: string | undefined;
  readonly check?: (text: string) => string | undefined;
}

export const signs = "'-' leaves it open, '<' goes back, '?' says why we ask";

const back = Symbol("back");

/** Asks in a terminal, with the signs that every question of a conversation understands. */
export class Talk {
  readonly #context: Context;
  readonly #style: Style;
  readonly #keep: (memory: Memory) => void;
  #memory: Memory;
  #topic = "";

  /** `keep` is told after every answer what has been answered so far. */
  constructor(context: Context, style: Style, memory: Memory = {}, keep: (memory: Memory) => void = () => undefined) {
    this.#context = context;
    this.#style = style;
    this.#memory = memory;
    this.#keep = keep;
  }

  say(text: string): void {
    this.#context.output.err(
      `${text
        .split("\n")
        .flatMap((line) => wrap(line, this.#style.width, /^ */u.exec(line)?.[0].length ?? 0))
        .join("\n")}\n`,
    );
  }

  /** Heading of a topic. */
  topic(id: string, position: string, title: string, lead: string): void {
    this.#topic = id;
    this.say(`\n${this.#style.bold(title)}  ${this.#style.dim(position)}\n${lead}`);
  }

  /** A text, or undefined where it is left open (`-`, or nothing where nothing is suggested). */
  async ask({ message, why, initial, check }: Question): Promise<string | undefined> {
    const key = `${this.#topic}: ${message}`;
    const before = this.#memory[key];
    const suggested = typeof before === "string" ? before : initial;
    for (;;) {
      const text = await this.#context.prompts.text(message, {
        ...(suggested === undefined || suggested === "" ? {} : { initial: suggested }),
        check: (words) => (words === "" || words === "-" || words === "<" || words === "?" ? undefined : check?.(words)),
      });
      if (text === "<") throw new Back();
      if (text === "?") {
        this.say(`  ${why ?? "The other side will rely on it."} (${signs})`);
        continue;
      }
      this.#remember(key, text === "-" ? "" : text);
      return text === "-" || text === "" ? undefined : text;
    }
  }

  /** Texts until an empty line; what stood there before is shown first, each to keep, change or drop. */
  async askList(message: string, before: readonly string[], why?: string): Promise<readonly string[]> {
    const key = `${this.#topic}: ${message} (list)`;
    const remembered = this.#memory[key];
    const known = Array.isArray(remembered) ? (remembered as readonly string[]) : before;
    const texts: string[] = [];
    for (const [index, text] of known.entries()) {
      texts.push(...(await this.review(text)));
      this.#remember(key, [...texts, ...known.slice(index + 1)]);
    }
    for (;;) {
      const text = await this.#more(texts.length === 0 ? message : "And? (empty: no more)", why);
      if (text === undefined) return texts;
      texts.push(text);
      this.#remember(key, texts);
    }
  }

  /** One more text of a list; never remembered by itself, as the list is. */
  async #more(message: string, why: string | undefined): Promise<string | undefined> {
    for (;;) {
      const text = await this.#context.prompts.text(message);
      if (text === "<") throw new Back();
      if (text !== "?") return text === "-" || text === "" ? undefined : text;
      this.say(`  ${why ?? "The other side will rely on it."} (${signs})`);
    }
  }

  /** A text from before (a draft, or an earlier answer): kept, changed or dropped; never taken in silence. */
  async review(text: string): Promise<readonly string[]> {
    const choice = await this.choose(`"${text}"`, [
      { value: "keep" as const, label: "keep" },
      { value: "change" as const, label: "change" },
      { value: "drop" as const, label: "drop" },
    ]);
    if (choice === "keep") return [text];
    if (choice === "drop") return [];
    const changed = await this.#context.prompts.text("How should it read?", { initial: text, editable: true });
    return changed === "" ? [] : [changed];
  }

  async choose<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T> {
    const answer = await this.#context.prompts.choose<T | typeof back>(
      message,
      [...choices, { value: back, label: "(go back a topic)" }],
      initial,
    );
    if (answer === back) throw new Back();
    return answer;
  }

  #remember(key: string, answer: string | readonly string[]): void {
    this.#memory = { ...this.#memory, [key]: answer };
    this.#keep(this.#memory);
  }
}
