import type { Context } from "../context.ts";
import { unheard } from "../core/escape.ts";
import { suggest } from "../core/nearest.ts";
import { type ExitCode, exitCode, Refusal } from "../core/refusal.ts";
import { toJson } from "../report/json.ts";
import { type Style, styleFor, wrap } from "../report/style.ts";
import type { Globals } from "./command.ts";

/** One answer, in every format it has. */
export interface Answer {
  readonly kind: string;
  readonly exit: ExitCode;
  json(): Readonly<Record<string, unknown>>;
  text(style: Style): string;
  markdown?(): string;
  /** Formats that only this answer has, by name; what makes them is loaded when they are asked for. */
  readonly others?: Readonly<Record<string, () => Promise<string>>>;
}

export const formatHelp = "text, markdown or json, with =FILE to write it there; may be given more than once";

/** Whether others read what is printed: anything but text and JSON on stdout. Then it shows what anyone may see. */
export function isForOthers(formats: readonly string[] | undefined): boolean {
  return (formats ?? []).some((format) => format !== "text" && format !== "json");
}

/** Prints an answer in the formats asked for; at most one goes to stdout. */
export async function print(answer: Answer, formats: readonly string[] | undefined, globals: Globals, context: Context): Promise<ExitCode> {
  const asked = [...(formats ?? []), ...(globals.json === true ? ["json"] : [])];
  const wanted = [...new Set(asked.length === 0 ? ["text"] : asked)].map((format) => {
    const [name = "", ...file] = format.split("=");
    return { name, file: file.length === 0 ? undefined : file.join("=") };
  });
  const nameless = wanted.find(({ file }) => file === "");
  if (nameless !== undefined) throw new Refusal(`--format ${nameless.name}= names no file`, { hint: `--format ${nameless.name}=FILE` });
  if (wanted.filter(({ file }) => file === undefined).length > 1)
    throw new Refusal("two formats cannot share stdout", { hint: "give all but one a file: --format json=report.json" });
  for (const { name, file } of wanted) {
    const text = await render(answer, name, file === undefined ? outputStyle(globals, context) : styleFor(false, 80));
    // Annotations are meant to be heard, and what `hire ci` prints as text hushes what stands before them.
    const isHeard = context.env["GITHUB_ACTIONS"] !== "true" || name === "github" || (answer.kind === "ci" && name === "text");
    if (file === undefined) context.output.out(isHeard ? text : unheard(text));
    else {
      const path = context.files.resolve(context.cwd, file);
      context.files.write(context.files.resolve(path, ".."), path, text);
      context.output.err(`Wrote ${file}\n`);
    }
  }
  return answer.exit;
}

async function render(answer: Answer, format: string, style: Style): Promise<string> {
  if (format === "text") return answer.text(style);
  if (format === "json") return toJson(answer.kind, answer.exit, answer.json());
  if (format === "markdown" && answer.markdown !== undefined) return answer.markdown();
  const other = answer.others?.[format];
  if (other !== undefined) return other();
  const known = ["text", "json", ...(answer.markdown === undefined ? [] : ["markdown"]), ...Object.keys(answer.others ?? {})];
  throw new Refusal(`'${format}' is no format of this command`, { hint: suggest(format, known) ?? `known: ${known.join(", ")}` });
}

export function outputStyle(globals: Globals, { output }: Context): Style {
  return styleFor(globals.color === "always" || (globals.color === "auto" && output.colour), output.width);
}

/** A short answer, which went well: JSON where that is asked for, else sentences. JSON is never wrapped. */
export function answer(
  kind: string,
  fields: Readonly<Record<string, unknown>>,
  text: () => string,
  globals: Globals,
  context: Context,
): void {
  if (globals.json === true) context.output.out(toJson(kind, exitCode.ok, fields));
  else tell(context, text());
}

/** The answer in sentences: each line wrapped under itself. */
export function tell(context: Context, text: string): void {
  context.output.out(wrapLines(text, context));
}

/** A word on the side, wrapped the same way. */
export function note(context: Context, text: string): void {
  context.output.err(wrapLines(text, context));
}

function wrapLines(text: string, { output, env }: Context): string {
  const lines = text.split("\n").flatMap((line) => wrap(line, output.width, (/^ */u.exec(line)?.[0].length ?? 0) + 2));
  const whole = lines.join("\n");
  return env["GITHUB_ACTIONS"] === "true" ? unheard(whole) : whole;
}
