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

interface Question {
  readonly message: string;
  /** Why a good recruiter asks; shown on `?`. */
  readonly why?: string;
  readonly initial?: string | undefined;
  readonly check?: (text: string) => string | undefined;
}

const signs = "'-' leaves it open, '<' goes back, '?' says why we ask";

/** Asks in a terminal, with the signs that every question of a conversation understands. */
export class Talk {
  readonly #context: Context;
  readonly #style: Style;

  constructor(context: Context, style: Style) {
    this.#context = context;
    this.#style = style;
  }

  say(text: string): void {
    this.#context.output.err(`${wrap(text, this.#style.width).join("\n")}\n`);
  }

  /** Heading of a topic. */
  topic(position: string, title: string, lead: string): void {
    this.say(`\n${this.#style.bold(title)}  ${this.#style.dim(position)}\n${lead}`);
  }

  /** A text, or undefined where it is left open (`-` or nothing). */
  async ask({ message, why, initial, check }: Question): Promise<string | undefined> {
    for (;;) {
      const text = await this.#context.prompts.text(message, {
        ...(initial === undefined ? {} : { initial }),
        check: (words) => (words === "" || words === "-" || words === "<" || words === "?" ? undefined : check?.(words)),
      });
      if (text === "<") throw new Back();
      if (text === "?") this.say(`  ${why ?? "The other side will rely on it."} (${signs})`);
      else return text === "-" || text === "" ? undefined : text;
    }
  }

  /** Texts until an empty line; what stood there before is shown first, each to keep, change or drop. */
  async askList(message: string, before: readonly string[], why?: string): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const text of before) texts.push(...(await this.review(text)));
    for (;;) {
      const text = await this.ask({
        message: texts.length === 0 ? message : "And? (empty: no more)",
        ...(why === undefined ? {} : { why }),
      });
      if (text === undefined) return texts;
      texts.push(text);
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
    const changed = await this.ask({ message: "How should it read?", initial: text });
    return changed === undefined ? [] : [changed];
  }

  async choose<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T> {
    return this.#context.prompts.choose(message, choices, initial);
  }

  async confirm(message: string, initial: boolean): Promise<boolean> {
    return this.#context.prompts.confirm(message, initial);
  }
}
