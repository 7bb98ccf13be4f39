import type { Kind } from "../core/document.ts";

/** What a path says about the file: its kind, and the ids its place implies. */
export interface Placement {
  readonly kind: Kind;
  readonly ids: Readonly<Record<string, string>>;
}

// Patterns, as they are asked of every file: taking paths apart takes four times as long. A name of any length that
// somebody else chose is gone through once: a scorecard's first two hyphens, from its second letter on, part it.
const scorecard =
  /^roles\/([^/]+)\/candidates\/([^/]+)\/evaluations\/([^/](?:[^/-]|-(?!-))*)--((?!\.sealed\.yaml$)[^/]+?)(\.sealed)?\.yaml$/u;
const candidateFile = /^roles\/([^/]+)\/candidates\/([^/]+)\/(candidate|events|decision)\.yaml$/u;
const roleFile = /^roles\/([^/]+)\/(intake|rubric|outcome)\.yaml$/u;
const givenFile = /^roles\/([^/]+)\/(priorities|agreements|updates)\/((?!\.sealed\.yaml$)[^/]+?)(\.sealed)?\.yaml$/u;
const marketFile = /^markets\/([^/]+)(?<!\.sealed)\.yaml$/u;

/** No disk takes a longer one; a commit may hold it all the same. In characters. */
const longestPath = 4096;

/** The kind of file a path (relative to the hiring root) stands for, or undefined where none belongs. */
export function placementOf(path: string): Placement | undefined {
  if (path.length > longestPath) return undefined;
  const card = scorecard.exec(path);
  if (card !== null) {
    const [, role = "", candidate = "", stage = "", interviewer = "", sealed] = card;
    return { kind: sealed === undefined ? "evaluation" : "sealed-evaluation", ids: { role, candidate, stage, interviewer } };
  }
  const [, role = "", candidate = "", kind] = candidateFile.exec(path) ?? [];
  if (kind !== undefined) return { kind: kind as "candidate" | "events" | "decision", ids: { role, candidate } };
  return placementOfSearch(path);
}

/** The same for what is about the search, not about a candidate. */
function placementOfSearch(path: string): Placement | undefined {
  if (path === "hire.yaml") return { kind: "hire", ids: {} };
  const own = roleFile.exec(path);
  if (own !== null) return { kind: own[2] as "intake" | "rubric" | "outcome", ids: { role: own[1] ?? "" } };
  const [, market] = marketFile.exec(path) ?? [];
  if (market !== undefined) return { kind: "market", ids: { market } };
  const [given, role = "", folder, name = "", sealed] = givenFile.exec(path) ?? [];
  if (given === undefined || (sealed !== undefined && folder !== "priorities")) return undefined;
  if (folder === "priorities") return { kind: sealed === undefined ? "priorities" : "sealed-priorities", ids: { role, person: name } };
  return folder === "agreements" ? { kind: "agreement", ids: { role, person: name } } : { kind: "update", ids: { role, update: name } };
}

/** Folders that hold hiring files and nothing else. */
export const hiringFolders: readonly string[] = ["markets", "roles"];

export function isHiringPath(path: string): boolean {
  return path === "hire.yaml" || hiringFolders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** Whether a file bears on what is looked for: everything but the candidates. */
export function isCriteriaPath(path: string): boolean {
  return !/^roles\/[^/]+\/candidates\//u.test(path);
}

/**
 * Whether a file decides what was agreed, what changed and whether it was explained. Nothing is said where such a file
 * cannot be read: it would be said as if it had gone, and without an agreement nothing would need a reason.
 */
export function isDecisivePath(path: string): boolean {
  return /^hire\.yaml$|\/(?:rubric|intake)\.yaml$|\/(?:updates|agreements)\//u.test(path);
}

/** Whether a path holds criteria, or anything else of some roles. */
export function isCriteriaOrOf(path: string, roles: ReadonlySet<string>): boolean {
  return isCriteriaPath(path) || roles.has(path.split("/", 2)[1] ?? "");
}

/** Whether a path lies in a role's folder, or is a folder on the way to it. */
export function isOfRole(path: string, role: string): boolean {
  const folder = `roles/${role}/`;
  return path.startsWith(folder) || folder.startsWith(path);
}

/** A path's own `../` way to the schema that `hire schema --write` keeps beside the files, as editors read it. */
export function schemaHeader(path: string, kind: Kind): string {
  return `# yaml-language-server: $schema=${"../".repeat(path.split("/").length - 1)}.hire/schemas/${kind}.schema.json`;
}

export const rolePath = (role: string, ...rest: readonly string[]): string => ["roles", role, ...rest].join("/");
export const candidatePath = (role: string, candidate: string, ...rest: readonly string[]): string =>
  rolePath(role, "candidates", candidate, ...rest);
