import { Interrupted, type Choice, type Prompts } from "../../src/ports.ts";

/** Nobody to ask. */
export const silentPrompts: Prompts = {
  interactive: false,
  text: () => Promise.reject(new Error("asked without a terminal")),
  choose: () => Promise.reject(new Error("asked without a terminal")),
  confirm: () => Promise.reject(new Error("asked without a terminal")),
  edit: () => Promise.reject(new Error("asked without a terminal")),
};

/** Ctrl-C at this point of a script. */
export const ctrlC = Symbol("Ctrl-C");

type Line = string | boolean | typeof ctrlC;

/**
 * A person who answers from a script, one line a question: a text, the beginning of a choice's label, or yes and no.
 * What is left of the script stays in `left`, what was asked in `asked`.
 */
export function scriptedPrompts(script: readonly Line[]): Prompts & { readonly asked: readonly string[]; readonly left: readonly Line[] } {
  const left = [...script];
  const asked: string[] = [];
  const next = (message: string): string | boolean => {
    asked.push(message);
    const line = left.shift();
    if (line === undefined) throw new Error(`no answer to: ${message}`);
    if (line === ctrlC) throw new Interrupted();
    return line;
  };
  return {
    asked,
    left,
    interactive: true,
    async text(message, { initial, check } = {}) {
      const answer = next(message);
      const text = answer === "=" ? (initial ?? "") : String(answer);
      const problem = check?.(text);
      if (problem !== undefined) throw new Error(`${message} ${text}: ${problem}`);
      return text;
    },
    async choose<T>(message: string, choices: readonly Choice<T>[], initial?: T) {
      const answer = next(message);
      if (answer === "=") {
        if (initial === undefined) throw new Error(`${message} has no answer to keep`);
        return initial;
      }
      const choice = choices.find(({ label }) => label.startsWith(String(answer)));
      if (choice === undefined)
        throw new Error(`${message}: none of ${choices.map(({ label }) => label).join(" | ")} is ${String(answer)}`);
      return choice.value;
    },
    async confirm(message) {
      return next(message) === true;
    },
    edit: () => Promise.reject(new Error("no editor")),
  };
}
