import type { Context } from "../context.ts";
import { visible } from "../core/escape.ts";
import { type Finding, mayBeHidden } from "../core/finding.ts";
import { type Choice, type Conflict, placeInWords } from "../core/merge.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { MergeFile, Repository, Upstream } from "../ports.ts";
import { toJson } from "../report/json.ts";
import { inlineValue } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { tellPending } from "./pending.ts";
import { note, tell } from "./print.ts";
import type { Range } from "./range.ts";
import { canAsk, findHiring, loadCommit, type Place, requireRepository } from "./session.ts";

interface SyncOptions {
  readonly mine?: readonly string[];
  readonly theirs?: readonly string[];
}

export const command: CommandDefinition<SyncOptions> = {
  declare(program) {
    program
      .option(
        "--mine <what>",
        "where both sides changed one thing: take yours; what as it is named, or all; may be given more than once",
        collect,
      )
      .option("--theirs <what>", "the same, taking theirs", collect)
      .addHelpText(
        "after",
        "\nTakes what others shared, brings yours onto it file by file and field by field, looks the result over and shares it.\nNever by force, and nothing that is changed here and not committed is touched.",
      );
  },
  async run({ options, globals, context }) {
    const place = await findHiring(context, globals);
    const repository = requireRepository(place);
    const upstream = await repository.shared();
    const head = await repository.head();
    if (head === undefined) throw new Refusal("there is no commit yet to share", { hint: "git status" });
    return repository.exclusively(async () => {
      // What was cut off waits for a command that saves: what is shared cannot be taken back.
      tellPending(place, context);
      const conflicts = new Conflicts(place, options, context, globals);
      const started = performance.now();
      for (let attempt = 1; ; attempt += 1) {
        const round = await once(place, repository, conflicts, context);
        if (round.joined !== undefined) return show(round, upstream, globals, context);
        // Others were faster: their commits first.
        if (attempt >= mostAttempts || performance.now() - started > patience)
          throw new Refusal(`others keep sharing to ${upstream.remote}/${upstream.branch}`, {
            exitCode: exitCode.unknown,
            hint: "nothing is lost: hire sync again",
          });
        await new Promise((done) => setTimeout(done, 20 + context.random.below(Math.min(6000, 100 * 2 ** attempt))));
      }
    });
  },
};

/** How long others are given way, in milliseconds. */
const patience = 60_000;
const mostAttempts = 60;

/** Commits named before the rest is counted. */
const mostNamed = 20;

function lines(subjects: readonly string[]): readonly string[] {
  const shown = subjects.slice(0, mostNamed).map((subject) => `  ${visible(subject)}`);
  return subjects.length > mostNamed ? [...shown, `  and ${subjects.length - mostNamed} more`] : shown;
}

interface Round {
  /** Subjects of what was shared and taken, newest first. */
  readonly shared: readonly string[];
  readonly taken: readonly string[];
  /** The commit that both sides have now; undefined where others were faster. */
  readonly joined: string | undefined;
  /** What is wrong with the two together, and was with neither. */
  readonly findings: readonly Finding[];
}

async function once(place: Place, repository: Repository, conflicts: Conflicts, context: Context): Promise<Round> {
  const upstream = await repository.shared();
  const head = await repository.resolve("HEAD");
  const there = await repository.fetch(upstream);
  const subjects = async (from: string | undefined, to: string): Promise<readonly string[]> =>
    from === undefined || from === to ? [] : (await repository.between(from, to)).map(({ subject }) => subject);
  if (there === undefined || there === head) {
    const isNew = there === undefined;
    const told = isNew ? await personalDataIn(place, head, undefined, context) : [];
    if (told.length > 0) return { shared: [], taken: [], joined: head, findings: told };
    const joined = isNew && !(await repository.push(upstream, head)) ? undefined : head;
    return {
      shared: isNew ? (await repository.between(undefined, head)).map(({ subject }) => subject) : [],
      taken: [],
      joined,
      findings: [],
    };
  }
  const base = await repository.mergeBase(head, there);
  const { head: joined, isOpen } =
    base === there
      ? { head, isOpen: false }
      : base === head
        ? { head: there, isOpen: false }
        : await repository.replay(base, head, there, conflicts.merge);
  if (isOpen) throw conflicts.refusal();
  await repository.requireLandable(head, joined);
  const [taken, shared] = [await subjects(base, there), await subjects(there, joined)];
  const findings = [
    ...(base === there || base === head ? [] : await newErrors(place, joined, [head, there], context)),
    ...(joined === there ? [] : await personalDataIn(place, joined, there, context)),
  ];
  if (findings.length > 0) {
    if (joined !== head) await repository.land(head, joined);
    return { shared, taken, joined, findings };
  }
  if (joined !== there && !(await repository.push(upstream, joined))) return { shared, taken, joined: undefined, findings };
  if (joined !== head) await repository.land(head, joined);
  return { shared, taken, joined, findings };
}

/** Candidates' data, in files, their names and messages, that what is shared has not yet: once pushed, it is everywhere. */
async function personalDataIn(place: Place, commit: string, there: string | undefined, context: Context): Promise<readonly Finding[]> {
  const { baseOf, judge } = await import("./judge.ts");
  const loaded = await loadCommit(place, commit);
  const isData = ({ rule }: Finding): boolean => rule === "candidate/personal-data";
  const range: Range | undefined = there === undefined ? undefined : { base: there, head: commit, label: "what is shared" };
  const base = range === undefined ? undefined : await baseOf(place, range, loaded);
  const found = (await judge(place, loaded, context, base)).findings.filter(isData);
  if (found.length === 0 || there === undefined) return found;
  const known = new Set(
    (await judge(place, await loadCommit(place, there), context)).findings.filter(isData).map(({ file, line }) => `${file} ${line}`),
  );
  return found.filter(({ file, line, message }) => /\bcommit\b/u.test(message) || !known.has(`${file} ${line}`));
}

/** Errors of a commit that none of the commits it was made from has. */
async function newErrors(place: Place, joined: string, from: readonly string[], context: Context): Promise<readonly Finding[]> {
  const { judge } = await import("./judge.ts");
  const of = async (commit: string): Promise<readonly Finding[]> => {
    const { findings } = await judge(place, await loadCommit(place, commit), context);
    return findings.filter(({ severity }) => severity === "error");
  };
  const errors = await of(joined);
  if (errors.length === 0) return [];
  // What a message says may differ with what it was brought together with: the rule and the file do not.
  const keyOf = ({ rule, file }: Finding): string => `${rule} ${file}`;
  const known = new Set((await Promise.all(from.map(of))).flat().map(keyOf));
  return errors.filter((finding) => !known.has(keyOf(finding)));
}

function show({ shared, taken, joined, findings }: Round, upstream: Upstream, globals: Globals, context: Context): ExitCode {
  const exit = findings.length > 0 ? exitCode.findings : exitCode.ok;
  const where = `${upstream.remote}/${upstream.branch}`;
  const commits = (count: number): string => `${count} ${count === 1 ? "commit" : "commits"}`;
  if (globals.json === true) {
    const told = findings.map(({ file, line, column, rule, message }) => ({ file, line, column, rule, message }));
    context.output.out(
      toJson("synced", exit, { ...upstream, head: joined, shared: findings.length > 0 ? [] : shared, taken, findings: told }),
    );
    return exit;
  }
  const text = taken.length === 0 ? [] : [`Taken from ${where}, ${commits(taken.length)}:`, ...lines(taken)];
  if (findings.length > 0) {
    const named = findings
      .slice(0, mostNamed)
      .map(({ file, line, column, rule, message }) => `  ${file}:${line}:${column} ${rule}: ${message}`);
    text.push("Not shared, for what it would bring:", ...named);
    if (findings.length > named.length) text.push(`  and ${findings.length - named.length} more`);
    text.push("Mend it (hire check says more), then: hire sync");
  } else if (shared.length > 0) text.push(`Shared on ${where}, ${commits(shared.length)}:`, ...lines(shared));
  else if (taken.length === 0) text.push(`Nothing new here or on ${where}.`);
  tell(context, `${text.join("\n")}\n`);
  return exit;
}

/** What both sides changed in different ways: asked of a person, or heard from flags, once for each thing. */
class Conflicts {
  readonly #place: Place;
  readonly #options: SyncOptions;
  readonly #context: Context;
  readonly #asks: boolean;
  readonly #chosen = new Map<string, Choice>();
  readonly #open = new Map<string, { readonly path: string; readonly conflict: Conflict }>();

  constructor(place: Place, options: SyncOptions, context: Context, globals: Globals) {
    this.#place = place;
    this.#options = options;
    this.#context = context;
    this.#asks = canAsk(context, globals);
  }

  readonly merge: MergeFile = async ({ path: whole, base, ours, theirs }) => {
    const { folder } = this.#place;
    const path = folder !== "" && whole.startsWith(`${folder}/`) ? whole.slice(folder.length + 1) : whole;
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

  #choiceOf(path: string, conflict: Conflict): Choice | undefined {
    const name = nameOf(path, conflict);
    const has = (list: readonly string[] | undefined): boolean => list?.some((word) => word === name || word === "all") === true;
    return this.#chosen.get(name) ?? (has(this.#options.mine) ? "ours" : has(this.#options.theirs) ? "theirs" : undefined);
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
      ([name, { conflict }]) =>
        `  ${name}: yours ${shown(conflict.ours)}, theirs ${shown(conflict.theirs)}, before ${shown(conflict.base)}`,
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
