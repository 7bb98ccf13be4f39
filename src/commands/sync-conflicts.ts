import type { Context } from "../context.ts";
import { visible } from "../core/escape.ts";
import { mayBeHidden } from "../core/finding.ts";
import { type Choice, type Conflict, placeInWords } from "../core/merge.ts";
import { Refusal } from "../core/refusal.ts";
import type { MergeFile } from "../ports.ts";
import { inlineValue } from "../workspace/write.ts";
import type { Globals } from "./command.ts";
import { note } from "./print.ts";
import { pathInRoot, type Place } from "./place.ts";
import { canAsk } from "./session.ts";

/** What is to be taken where both sides changed one thing: names of conflicts, or "all". */
export interface Taken {
  readonly mine?: readonly string[];
  readonly theirs?: readonly string[];
}

/** What both sides changed in different ways: asked of a person, or heard from flags, once for each thing. */
export class Conflicts {
  readonly #place: Place;
  readonly #taken: Taken;
  readonly #context: Context;
  readonly #asks: boolean;
  readonly #chosen = new Map<string, Choice>();
  readonly #open = new Map<string, { readonly path: string; readonly conflict: Conflict }>();

  constructor(place: Place, taken: Taken, context: Context, globals: Globals) {
    this.#place = place;
    this.#taken = taken;
    this.#context = context;
    this.#asks = canAsk(context, globals);
  }

  readonly merge: MergeFile = async ({ path: whole, base, ours, theirs }) => {
    const path = pathInRoot(this.#place, whole) ?? whole;
    const { mergeTexts } = await import("../workspace/merge.ts");
    for (;;) {
      const open: Conflict[] = [];
      const merged = mergeTexts(path, base, ours, theirs, (conflict) => {
        const choice = this.#choiceOf(path, conflict);
        if (choice === undefined) open.push(conflict);
        return choice;
      });
      if (merged.conflicts.length === 0) return merged.text;
      if (!this.#asks) {
        for (const conflict of open) this.#open.set(nameOf(path, conflict), { path, conflict });
        return undefined;
      }
      for (const conflict of open) this.#chosen.set(nameOf(path, conflict), await this.#ask(path, conflict));
    }
  };

  /** Whether a person said already what is to be of a file. */
  isSettled(path: string): boolean {
    const { mine = [], theirs = [] } = this.#taken;
    return [...mine, ...theirs].some((word) => word === path || word === "all");
  }

  #choiceOf(path: string, conflict: Conflict): Choice | undefined {
    const name = nameOf(path, conflict);
    const has = (list: readonly string[] | undefined): boolean => list?.some((word) => word === name || word === "all") === true;
    return this.#chosen.get(name) ?? (has(this.#taken.mine) ? "ours" : has(this.#taken.theirs) ? "theirs" : undefined);
  }

  #ask(path: string, conflict: Conflict): Promise<Choice> {
    const { prompts } = this.#context;
    const say = wordsFor(path);
    note(this.#context, `\n${visible(path)}: ${visible(placeInWords(conflict.path, conflict.about))}, before ${say(conflict.base)}\n`);
    return prompts.choose<Choice>("Both sides changed it. Which holds?", [
      { value: "theirs", label: `theirs: ${say(conflict.theirs)}` },
      { value: "ours", label: `yours: ${say(conflict.ours)}` },
    ]);
  }

  refusal(): Refusal {
    const all = [...this.#open].map(
      ([
        name,
        {
          path,
          conflict: { base, ours, theirs },
        },
      ]) => {
        const say = wordsFor(path);
        return `  ${name}: yours ${say(ours)}, theirs ${say(theirs)}, before ${say(base)}`;
      },
    );
    const [first = ""] = this.#open.keys();
    return new Refusal(
      `both sides changed ${all.length === 1 ? "one thing" : `${all.length} things`} in different ways\n${all.join("\n")}`,
      {
        hint: `choose on a terminal, or: hire sync --mine ${quoted(first)} (or --theirs; "all" for all of them)`,
      },
    );
  }
}

function quoted(name: string): string {
  return /^[\w./#-]+$/u.test(name) ? name : `'${name}'`;
}

/** A conflict's name on the command line: the file, and the way into it. */
function nameOf(path: string, { path: way, about }: Conflict): string {
  const inside = [...way.map(String), ...(about === "order" ? ["order"] : [])].join(".");
  return visible(inside === "" ? path : `${path}#${inside}`).replaceAll("\n", "\\x0a");
}

/** How values of a file are said: of a scorecard or someone's points not at all, as whoever reads may not see them yet. */
function wordsFor(path: string): (value: unknown) => string {
  return mayBeHidden(path) ? (value) => (value === undefined ? "nothing" : "(not shown)") : shown;
}

/** A value in a sentence, on one line and not too long. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = visible(typeof value === "string" ? JSON.stringify(value) : inlineValue(value)).replaceAll("\n", " ");
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
