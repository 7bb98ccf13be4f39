import { readFileSync } from "node:fs";
import { join } from "node:path";
import { spawn, type IPty } from "@lydell/node-pty";
import { packageRoot, type TestRepo } from "./repo.ts";

/** The built tool in a real terminal, with a person at it who waits for what they answer. */
export class Terminal {
  readonly #pty: IPty;
  #screen = "";
  #read = 0;
  #ended: { readonly code: number } | undefined;

  constructor(repo: TestRepo, args: readonly string[], columns = 80) {
    this.#pty = spawn(process.execPath, [join(packageRoot, "bin/hire.js"), ...args], {
      cwd: repo.root,
      cols: columns,
      rows: 40,
      env: { ...repo.env, TERM: "xterm-256color", NO_COLOR: "1" },
    });
    this.#pty.onData((data) => (this.#screen += data));
    this.#pty.onExit(({ exitCode }) => (this.#ended = { code: exitCode }));
  }

  /** Everything shown so far, without the terminal's own control sequences. */
  get shown(): string {
    // eslint-disable-next-line no-control-regex -- escape sequences are what is taken out
    return this.#screen.replaceAll(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b[()][A-Z0-9]|\r/gu, "");
  }

  /** Waits until a text is shown that was not there at the last answer. */
  async until(text: string): Promise<void> {
    for (let waited = 0; waited < 20_000; waited += 20) {
      const at = this.shown.indexOf(text, this.#read);
      if (at !== -1) {
        this.#read = at + text.length;
        return;
      }
      if (this.#ended !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`never shown: ${text}\n--- shown since:\n${this.shown.slice(this.#read)}`);
  }

  async answer(question: string, text: string): Promise<void> {
    await this.press(question, `${text}\r`);
  }

  async press(question: string, keys: string): Promise<void> {
    await this.until(question);
    await this.#isListening();
    this.#pty.write(keys);
  }

  /**
   * A prompt listens a moment after it is drawn; on a busy machine that moment is long. Where the system says so, it has
   * come when the process was found asleep three times in a row, not just waiting for its turn.
   */
  async #isListening(): Promise<void> {
    for (let asleep = 0, waited = 0; asleep < 3 && waited < 5000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      asleep = isAsleep(this.#pty.pid) ? asleep + 1 : 0;
    }
  }

  async end(): Promise<number> {
    for (let waited = 0; waited < 20_000; waited += 20) {
      if (this.#ended !== undefined) return this.#ended.code;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#pty.kill();
    throw new Error(`still running:\n${this.shown.slice(-2000)}`);
  }
}

/** Whether a process waits for something to happen; where nobody knows, it is taken to. */
function isAsleep(pid: number): boolean {
  try {
    return /^\d+ \(.*\) S /u.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

export const down = "\u001b[B";
export const ctrlCKey = "\u0003";
