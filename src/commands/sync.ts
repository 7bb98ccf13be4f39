import type { Context } from "../context.ts";
import { visible, visibleLine } from "../core/escape.ts";
import type { Finding } from "../core/finding.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import type { CommitBetween, Repository, Upstream } from "../ports.ts";
import { toJson } from "../report/json.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { tellPending } from "./pending.ts";
import { tell } from "./print.ts";
import { dropCopies } from "./sealed-copies.ts";
import { findHiring, pathInRoot, type Place, requireRepository } from "./place.ts";
import { Conflicts, type Taken } from "./sync-conflicts.ts";

export const command: CommandDefinition<Taken> = {
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
      const started = context.clock.elapsed();
      for (let attempt = 1; ; attempt += 1) {
        const round = await once(place, { repository, upstream }, conflicts, context);
        if (round.joined !== undefined && round.findings.length === 0) await repository.noteShared(upstream, round.joined);
        if (round.joined !== undefined) return show(round, upstream, globals, context);
        // Others were faster: their commits first.
        if (attempt >= mostAttempts || context.clock.elapsed() - started > patience)
          throw new Refusal(`others keep sharing to ${visible(upstream.remote)}/${visible(upstream.branch)}`, {
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

async function once(
  place: Place,
  { repository, upstream }: { readonly repository: Repository; readonly upstream: Upstream },
  conflicts: Conflicts,
  context: Context,
): Promise<Round> {
  const { newErrors, personalDataIn } = await import("./sync-guard.ts");
  const head = await repository.resolve("HEAD");
  const there = await repository.fetch(upstream);
  const subjectsOf = (commits: readonly CommitBetween[]): readonly string[] => commits.map(({ subject }) => subject);
  if (there === undefined) {
    const own = await repository.unshared(upstream.remote, head);
    const findings = await personalDataIn(place, own, undefined, upstream.branch, context);
    const joined = findings.length > 0 || (await repository.push(upstream, head)) ? head : undefined;
    return { shared: subjectsOf(own), taken: [], joined, created: true, findings };
  }
  if (there === head) return { shared: [], taken: [], joined: head, findings: [] };
  const base = await repository.mergeBase(head, there);
  if (base !== there && base !== head) await refuseOneForTwo(place, { base, head, there }, conflicts);
  const { head: joined, isOpen } =
    base === there
      ? { head, isOpen: false }
      : base === head
        ? { head: there, isOpen: false }
        : await repository.replay(base, head, there, conflicts.merge);
  if (isOpen) throw conflicts.refusal();
  await repository.requireLandable(head, joined);
  const taken = subjectsOf(await repository.between(base, there));
  const own = joined === there ? [] : await repository.between(there, joined);
  const findings = [
    ...(base === there || base === head ? [] : await newErrors(place, joined, [head, there], context)),
    ...(await personalDataIn(place, own, there, upstream.branch, context)),
  ];
  const round = { shared: subjectsOf(own), taken, findings };
  if (findings.length === 0 && joined !== there && !(await repository.push(upstream, joined))) return { ...round, joined: undefined };
  if (joined !== head) await repository.land(head, joined);
  // What others opened or erased is not kept here any longer.
  await dropCopies(place, context);
  return { ...round, joined };
}

/** One pseudonym given on both sides at once: joined, two people would be one. */
async function refuseOneForTwo(
  place: Place,
  { base, head, there }: Readonly<Record<"base" | "head" | "there", string>>,
  conflicts: Conflicts,
): Promise<void> {
  const repository = requireRepository(place);
  const addedBy = async (side: string): Promise<readonly string[]> =>
    (await repository.between(base, side)).flatMap(({ files }) =>
      files.flatMap(({ path, before, after }) => {
        const own = before === null && after !== null ? pathInRoot(place, path) : undefined;
        return own !== undefined && /^roles\/[^/]+\/candidates\/[^/]+\/candidate\.yaml$/u.test(own) ? [own] : [];
      }),
    );
  const [mine, theirs] = [await addedBy(head), await addedBy(there)];
  const path = mine.find((own) => theirs.includes(own) && !conflicts.isSettled(own));
  if (path !== undefined)
    throw new Refusal(`both sides added ${path.split("/").at(-2) ?? ""}: one person, or two under one pseudonym?`, {
      hint: `one: hire sync --mine ${path}; two: give yours another one where it was added, git rebase --interactive ${base.slice(0, 12)}`,
    });
}

function show(
  { shared, taken, joined, created = false, findings }: Round,
  upstream: Upstream,
  globals: Globals,
  context: Context,
): ExitCode {
  const exit = findings.length > 0 ? exitCode.findings : exitCode.ok;
  const where = `${visible(upstream.remote)}/${visible(upstream.branch)}`;
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
      .map(({ file, line, column, rule, message }) => `  ${visibleLine(file)}:${line}:${column} ${rule}: ${message}`);
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
