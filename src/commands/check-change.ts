import type { Base } from "../core/base.ts";
import { blobId } from "../core/digest.ts";
import type { Finding } from "../core/finding.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Context } from "../context.ts";
import { numbered } from "../report/findings.ts";
import type { Loaded } from "../workspace/load.ts";
import { load, loadInTurns } from "../workspace/load.ts";
import type { CheckResult } from "../check/run.ts";
import { discreetRules, ruleCount } from "./check-tree.ts";
import { baseOf, judge } from "./judge.ts";
import { hiringNames, type Place, requireRepository } from "./place.ts";
import type { Range } from "./range.ts";
import { loadCommit } from "./session.ts";

/** What of a check's flags says what is looked at. */
export interface Scope {
  readonly staged?: boolean;
  readonly changed?: boolean;
  readonly new?: boolean;
}

/** What the rules say, and what they looked at. */
export interface Looked {
  readonly result: CheckResult;
  readonly files: number;
  readonly rules: number;
  /** Rules whose findings are never quoted. */
  readonly discreet: readonly string[];
}

/** What is asked for of the working tree, or of what is staged, and against a base. */
export async function lookAtChange(place: Place, range: Range | undefined, options: Scope, context: Context): Promise<Looked> {
  const everything = (): boolean => true;
  const snapshot =
    options.staged === true
      ? await requireRepository(place).readIndex(place.folder, hiringNames, everything, context.env["GIT_INDEX_FILE"])
      : context.files.snapshot(place.root, hiringNames, everything);
  const scope = options.changed === true ? await changedIn(place, snapshot, range) : undefined;
  const loaded =
    scope === undefined ? await loadInTurns(snapshot) : load({ ...snapshot, files: snapshot.files.filter(({ path }) => scope(path)) });
  let base: Base | undefined;
  // What became of the base is told of everything, then cut to what is asked for.
  if (range !== undefined) base = await baseOf(place, range, scope === undefined ? loaded : load(snapshot, { known: loaded }));
  const result = await judge(place, loaded, context, base);
  const inScope = scope === undefined ? result.findings : result.findings.filter(({ file }) => scope(file));
  const findings = options.new === true ? await onlyNew(inScope, place, range, loaded, scope ?? everything, context) : inScope;
  return { result: { ...result, findings }, files: loaded.files, rules: ruleCount, discreet: discreetRules };
}

/** What was not found before: by rule, file and message, however many lines were added above it. */
async function onlyNew(
  findings: readonly Finding[],
  place: Place,
  range: Range | undefined,
  loaded: Loaded,
  wanted: (path: string) => boolean,
  context: Context,
): Promise<readonly Finding[]> {
  const repository = requireRepository(place);
  const commit = range?.base ?? (await repository.head());
  if (findings.length === 0 || commit === undefined) return findings;
  const before = await judge(place, await loadCommit({ ...place, loaded }, commit, wanted), context);
  const known = new Set(numbered(before.findings).map(({ key }) => key.join("\0")));
  return numbered(findings).flatMap(({ finding, key }) => (known.has(key.join("\0")) ? [] : [finding]));
}

/**
 * Which files to look at: those of roles in which something differs from the base (HEAD, where none is named), and all
 * of them where what every role refers to differs.
 */
async function changedIn(place: Place, snapshot: Snapshot, range: Range | undefined): Promise<(path: string) => boolean> {
  const repository = requireRepository(place);
  const commit = range?.base ?? (await repository.head());
  const old = commit === undefined ? new Map<string, string>() : await repository.listTree(commit, place.folder, hiringNames);
  const gone = new Set(old.keys());
  const changed = new Set<string>();
  for (const { path, id, bytes } of snapshot.files) {
    gone.delete(path);
    const before = old.get(path);
    if (before === undefined || before !== (id ?? (bytes === null ? undefined : blobId(bytes, before.length)))) changed.add(path);
  }
  const all = [...changed, ...gone];
  if (all.some((path) => !path.startsWith("roles/"))) return () => true;
  const roles = new Set(all.map((path) => path.split("/")[1]));
  return (path) => !path.startsWith("roles/") || path === "roles/" || roles.has(path.split("/")[1]);
}
