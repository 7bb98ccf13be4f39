import { writeSync } from "node:fs";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { Output } from "../ports.ts";
import { isTerminal } from "./terminal.ts";

const widest = 120;

export function nodeOutput(env: Readonly<Record<string, string | undefined>>): Output {
  const terminal = isTerminal(1);
  return {
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    width: terminal ? Math.min(widest, Math.max(40, process.stdout.columns || 80)) : 80,
    colour: isColoured(env, terminal),
    terminal,
  };
}

/** FORCE_COLOR decides where it says anything, "0" and "false" against; else NO_COLOR and a dumb terminal are against, a terminal is for. */
export function isColoured(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  const forced = env["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced !== "0" && forced !== "false";
  return terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
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
