import { inCommit, inDocument, inLines } from "../check/rules/candidate/personal-data.ts";
import type { RangeCommit } from "../core/base.ts";
import type { Context } from "../context.ts";
import type { Kind } from "../core/document.ts";
import { type Finding, type Observation, observe, startOf } from "../core/finding.ts";
import type { CommitBetween } from "../ports.ts";
import { placementOf } from "../workspace/layout.ts";
import { load, loadDocument } from "../workspace/load.ts";
import { suppressionsIn } from "../workspace/suppress.ts";
import { inRoot, judge } from "./judge.ts";
import { knownNames } from "./names-store.ts";
import { type Place, requireRepository } from "./place.ts";
import { loadCommit } from "./session.ts";

const rule = "candidate/personal-data";

/**
 * Candidates' data in what is about to be shared: every version of a file that a commit brings, file names and messages.
 * Once pushed, it is everywhere, though the next commit takes it out. What the shared branch (`there`) has already is not
 * asked about. The name of the branch is shared with the first of it.
 */
export async function personalDataIn(
  place: Place,
  between: readonly CommitBetween[],
  there: string | undefined,
  branch: string,
  context: Context,
): Promise<readonly Finding[]> {
  const { hire } = load(context.files.snapshot(place.root, ["hire.yaml"])).workspace;
  if (hire?.data.rules?.[rule] === "off") return [];
  const names = knownNames(place, context);
  const commits = inRoot(between, place.folder);
  const inFiles = await inVersions(place, commits, names);
  const known = there === undefined || inFiles.length === 0 ? new Set<string>() : await wordsAt(place, there, inFiles, names);
  const found = [
    ...inFiles.flatMap(({ words, id, observation }) =>
      known.has(words) ? [] : [{ ...observation, message: `${observation.message} (commit ${id.slice(0, 7)})` }],
    ),
    ...commits.flatMap((commit) => inCommit(commit, names)),
  ];
  if (there === undefined && names?.(branch) === true)
    found.push(
      observe(startOf("hire.yaml"), "the branch has the name of a candidate in its own", "git branch --move gives it another one"),
    );
  return found.map((observation) => ({ ...observation, rule, severity: "error" as const }));
}

type Names = ReturnType<typeof knownNames>;

interface Found {
  readonly observation: Observation;
  /** The file and its words: where they stand moves as lines are added. */
  readonly words: string;
}

/** What each version of a file holds that the commits bring. */
async function inVersions(
  place: Place,
  commits: readonly RangeCommit[],
  names: Names,
): Promise<readonly (Found & { readonly id: string })[]> {
  const brought = commits.flatMap(({ id, files }) =>
    files.flatMap(({ path, after }) => {
      return after === null ? [] : [{ id, path, after, kind: placementOf(path)?.kind }];
    }),
  );
  const repository = requireRepository(place);
  const idsOf = (isOurs: boolean): readonly string[] => [
    ...new Set(brought.flatMap(({ after, kind }) => ((kind !== undefined) === isOurs ? [after] : []))),
  ];
  const blobs = new Map(await repository.blobs(idsOf(true)));
  // Of what has no place here, names alone are looked for; a submodule's commit is no file.
  for (const id of names === undefined ? [] : idsOf(false))
    for (const [one, bytes] of await repository.blobs([id]).catch(() => new Map<string, Uint8Array>())) blobs.set(one, bytes);
  return brought.flatMap(({ id, path, after, kind }) => inText(path, kind, blobs.get(after), names).map((found) => ({ ...found, id })));
}

/** What the same files hold in a commit. */
async function wordsAt(place: Place, commit: string, found: readonly Found[], names: Names): Promise<ReadonlySet<string>> {
  const paths = new Set(found.map(({ observation }) => observation.file));
  const snapshot = await requireRepository(place).readTree(
    commit,
    place.folder,
    [...new Set([...paths].map((path) => path.split("/", 1)[0] ?? path))],
    (path) => paths.has(path) || path.endsWith("/"),
  );
  return new Set(
    snapshot.files.flatMap(({ path, bytes }) => {
      const kind = placementOf(path)?.kind;
      return bytes === null ? [] : inText(path, kind, bytes, names).map(({ words }) => words);
    }),
  );
}

/** What a file holds, but for what its comments silence with a reason. */
function inText(path: string, kind: Kind | undefined, bytes: Uint8Array | undefined, names: Names): readonly Found[] {
  if (bytes === undefined) return [];
  const text = new TextDecoder().decode(bytes);
  const doc = kind === undefined ? undefined : loadDocument(path, kind, bytes);
  const observations = doc === undefined ? inLines(path, text, names) : inDocument({ ...doc, text }, names, path.includes("/candidates/"));
  const lines = text.split("\n");
  const silenced = suppressionsIn(path, text).filter((one) => one.rule === rule && one.reason !== undefined);
  return observations.flatMap((observation) => {
    const { line, endLine } = observation;
    if (silenced.some((one) => one.line === undefined || one.line === line)) return [];
    return [
      {
        observation,
        words: `${path}\n${lines
          .slice(line - 1, endLine)
          .join("\n")
          .trim()}`,
      },
    ];
  });
}

/** Errors of a commit that none of the commits it was made from has. */
export async function newErrors(place: Place, joined: string, from: readonly string[], context: Context): Promise<readonly Finding[]> {
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
