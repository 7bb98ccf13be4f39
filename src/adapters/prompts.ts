import { Refusal } from "../core/refusal.ts";
import { Interrupted, type Choice, type Prompts } from "../ports.ts";
import { isTerminal } from "./terminal.ts";

/** Questions in a terminal, on stderr, so that stdout carries the answer alone. */
export function nodePrompts(env: Readonly<Record<string, string | undefined>>): Prompts {
  const ask = async (question: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { default: inquirer } = await import("inquirer");
    const prompt = inquirer.createPromptModule({ input: process.stdin, output: process.stderr });
    try {
      const answers: Readonly<Record<string, unknown>> = await prompt([{ name: "value", ...question }] as never);
      return answers["value"];
    } catch (error) {
      if (error instanceof Error && /ExitPromptError|AbortPromptError|CancelPromptError/u.test(error.name)) throw new Interrupted();
      throw error;
    }
  };
  return {
    // Asking process.stdin would open it, which costs every command some milliseconds.
    interactive: isTerminal(0) && isTerminal(2),
    async text(message, { initial, editable = false, check } = {}) {
      const validate = (text: string): string | true => check?.(text.trim()) ?? true;
      return String(
        await ask({
          type: "input",
          message,
          ...(initial === undefined ? {} : { default: initial, prefill: editable ? "editable" : "tab" }),
          validate,
        }),
      ).trim();
    },
    async choose<T>(message: string, choices: readonly Choice<T>[], initial?: T) {
      return (await ask({
        type: "select",
        message,
        pageSize: 12,
        loop: false,
        choices: choices.map(({ value, label, hint }) => ({ value, name: label, ...(hint === undefined ? {} : { description: hint }) })),
        ...(initial === undefined ? {} : { default: initial }),
      })) as T;
    },
    confirm: async (message, initial) => (await ask({ type: "confirm", message, default: initial })) as boolean,
    async edit(path) {
      const { spawn } = await import("node:child_process");
      await new Promise<void>((resolve, reject) => {
        const editor = env["VISUAL"] || env["EDITOR"] || (process.platform === "win32" ? "notepad" : "vi");
        const [command = "vi", ...args] = editor.split(" ");
        const child = spawn(command, [...args, path], { stdio: ["inherit", process.stderr.fd, "inherit"] });
        child.on("error", (error) =>
          reject(new Refusal(`the editor '${editor}' could not be started`, { hint: "set EDITOR to the one you use", cause: error })),
        );
        child.on("close", (code) =>
          code === 0 ? resolve() : reject(new Refusal(`the editor ended with ${code}: nothing was changed by hire`)),
        );
      });
    },
  };
}
