import type { Context } from "../context.ts";
import { visible } from "../core/escape.ts";
import { type Finding, mayBeHidden, type Observation } from "../core/finding.ts";
import { type Choice, type Conflict, placeInWords } from "../core/merge.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { CommitBetween, MergeFile, Repository, Upstream } from "../ports.ts";
import { toJson } from "../report/json.ts";
import type { Kind } from "../core/document.ts";
import { placementOf } from "../workspace/layout.ts";
import { inlineValue } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { knownNames } from "./names-store.ts";
import { tellPending } from "./pending.ts";
import { note, tell } from "./print.ts";
import { canAsk, findHiring, loadCommit, loadReader, type Place, requireRepository } from "./session.ts";

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
        if (round.joined !== undefined && round.findings.length === 0) await repository.noteShared(upstream, round.joined);
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
  /** Whether the shared branch is new, whatever its commits are. */
  readonly created?: boolean;
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
    const own = isNew ? await repository.unshared(upstream.remote, head) : [];
    const told = await personalDataIn(place, own, undefined, context);
    if (told.length > 0) return { shared: [], taken: [], joined: head, findings: told };
    const joined = isNew && !(await repository.push(upstream, head)) ? undefined : head;
    return {
      shared: own.map(({ subject }) => subject),
      taken: [],
      joined,
      created: isNew,
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
    ...(joined === there ? [] : await personalDataIn(place, await repository.between(there, joined), there, context)),
  ];
  if (findings.length > 0) {
    if (joined !== head) await repository.land(head, joined);
    return { shared, taken, joined, findings };
  }
  if (joined !== there && !(await repository.push(upstream, joined))) return { shared, taken, joined: undefined, findings };
  if (joined !== head) await repository.land(head, joined);
  return { shared, taken, joined, findings };
}

/**
 * Candidates' data in what is about to be shared: every version of a file that a commit brings, file names and messages.
 * Once pushed, it is everywhere, though the next commit takes it out. What the shared branch has already is not asked about.
 */
async function personalDataIn(
  place: Place,
  commits: readonly CommitBetween[],
  there: string | undefined,
  context: Context,
): Promise<readonly Finding[]> {
  const [{ inCommit, inDocument }, { load, loadDocument }] = [
    await import("../check/rules/candidate/personal-data.ts"),
    await loadReader(),
  ];
  const repository = requireRepository(place);
  const prefix = place.folder === "" ? "" : `${place.folder}/`;
  const names = knownNames(place, context);
  const graded = load(context.files.snapshot(place.root, ["hire.yaml"])).workspace.hire?.data.rules?.["candidate/personal-data"];
  if (graded === "off") return [];
  const brought = commits.flatMap(({ id, files }) =>
    files.flatMap(({ path, after }) => {
      const inRoot = path.startsWith(prefix) ? path.slice(prefix.length) : "";
      const placement = placementOf(inRoot);
      return after === null || placement === undefined || !inRoot.startsWith("roles/") ? [] : [{ id, path: inRoot, after, placement }];
    }),
  );
  const blobs = await repository.blobs([...new Set(brought.map(({ after }) => after))]);
  const linesOf = (path: string, kind: Kind, bytes: Uint8Array | undefined): readonly (Observation & { readonly words: string })[] => {
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    const doc = bytes === undefined || text.includes("hire-ignore candidate/personal-data") ? undefined : loadDocument(path, kind, bytes);
    const lines = text.split("\n");
    const isOwn = path.includes("/candidates/");
    return doc === undefined
      ? []
      : inDocument({ ...doc, text }, names, isOwn).map((found) => ({
          ...found,
          words: lines
            .slice(found.line - 1, found.endLine)
            .join("\n")
            .trim(),
        }));
  };
  const shared = there === undefined ? [] : (await loadCommit(place, there)).read;
  const known = new Map<string, ReadonlySet<string>>();
  const isKnown = (path: string, kind: Kind, words: string): boolean => {
    if (!known.has(path)) {
      const text = new Map(shared).get(path)?.text;
      known.set(path, new Set(text === undefined ? [] : linesOf(path, kind, new TextEncoder().encode(text)).map((line) => line.words)));
    }
    return known.get(path)?.has(words) === true;
  };
  const found = [
    ...brought.flatMap(({ id, path, after, placement: { kind } }) =>
      linesOf(path, kind, blobs.get(after)).flatMap(({ words, ...observation }) =>
        isKnown(path, kind, words) ? [] : [{ ...observation, message: `${observation.message} (commit ${id.slice(0, 7)})` }],
      ),
    ),
    ...commits.flatMap(({ id, message, files }) =>
      inCommit({ id, message, files: files.map(({ path, after }) => ({ path: path.slice(prefix.length), after })) }, names),
    ),
  ];
  return found.map((observation) => ({ ...observation, rule: "candidate/personal-data", severity: "error" as const }));
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

function show(
  { shared, taken, joined, created = false, findings }: Round,
  upstream: Upstream,
  globals: Globals,
  context: Context,
): ExitCode {
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
    if (findings.some(({ rule }) => rule === "candidate/personal-data"))
      text.push("Private words go out of the commits, too: git reset --soft to the commit before them, mend, and commit anew.");
  } else if (shared.length > 0) text.push(`Shared on ${where}, ${commits(shared.length)}:`, ...lines(shared));
  else if (created) text.push(`Shared as ${where}, which is new; its commits were known there.`);
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
