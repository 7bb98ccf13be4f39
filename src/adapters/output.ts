import { writeSync } from "node:fs";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { Output } from "../ports.ts";
import { isTerminal } from "./terminal.ts";

const widest = 120;

export function nodeOutput(env: Readonly<Record<string, string | undefined>>): Output {
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "" && env["FORCE_COLOR"] !== "0";
  const terminal = isTerminal(1);
  return {
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    width: terminal ? Math.min(widest, Math.max(40, process.stdout.columns || 80)) : 80,
    colour: forced || (terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb"),
    terminal,
  };
}

/** Writes synchronously, so that nothing is cut when the process ends; a reader that left early is no error of ours. */
function writeAll(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EAGAIN") continue;
      if (descriptor === 2) return;
      throw new Refusal(code === "EPIPE" ? "the reader of the output left" : `the output cannot be written (${code ?? "unknown"})`, {
        exitCode: exitCode.io,
        cause: error,
      });
    }
  }
}
