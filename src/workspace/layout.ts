import type { Kind } from "../core/document.ts";
import { sealedEnding } from "../core/sealed-path.ts";

/** What a path says about the file: its kind, and the ids its place implies. */
export interface Placement {
  readonly kind: Kind;
  readonly ids: Readonly<Record<string, string>>;
}

/** The kind of file a path (relative to the hiring root) stands for, or undefined where none belongs. */
export function placementOf(path: string): Placement | undefined {
  // Snapshots of one repository hold the same paths again and again.
  const known = placements.get(path);
  if (known !== undefined) return known ?? undefined;
  const found = findPlacement(path);
  placements.set(path, found ?? null);
  return found;
}

/** Null for what has no place. */
const placements = new Map<string, Placement | null>();

const roleFiles: Readonly<Record<string, Kind>> = { intake: "intake", rubric: "rubric", outcome: "outcome" };
const roleFolders: Readonly<Record<string, readonly [kind: Kind, id: string]>> = {
  priorities: ["priorities", "person"],
  agreements: ["agreement", "person"],
  updates: ["update", "update"],
};
const sealedWeights: readonly [kind: Kind, id: string] = ["sealed-priorities", "person"];
const candidateFiles: Readonly<Record<string, Kind>> = { candidate: "candidate", events: "events", decision: "decision" };

function findPlacement(path: string): Placement | undefined {
  if (path === "hire.yaml") return { kind: "hire", ids: {} };
  const parts = path.split("/");
  const last = parts.at(-1) ?? "";
  if (!last.endsWith(".yaml") || last === ".yaml") return undefined;
  const isSealed = last.endsWith(sealedEnding);
  const name = last.slice(0, -(isSealed ? sealedEnding : ".yaml").length);
  const [top, role = "", folder = "", candidate = "", inner] = parts;
  const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
  if (top === "markets") return parts.length === 2 && !isSealed ? { kind: "market", ids: { market: name } } : undefined;
  if (top !== "roles" || role === "") return undefined;
  if (parts.length === 3) {
    const kind = isSealed ? undefined : own(roleFiles, name);
    return kind === undefined ? undefined : { kind, ids: { role } };
  }
  if (parts.length === 4) {
    const known = isSealed ? (folder === "priorities" ? sealedWeights : undefined) : own(roleFolders, folder);
    return known === undefined || name === "" ? undefined : { kind: known[0], ids: { role, [known[1]]: name } };
  }
  if (folder !== "candidates" || candidate === "") return undefined;
  if (parts.length === 5) {
    const kind = isSealed ? undefined : own(candidateFiles, name);
    return kind === undefined ? undefined : { kind, ids: { role, candidate } };
  }
  if (parts.length !== 6 || inner !== "evaluations") return undefined;
  const cut = name.indexOf("--", 1);
  return cut === -1 || cut + 2 === name.length
    ? undefined
    : {
        kind: isSealed ? "sealed-evaluation" : "evaluation",
        ids: { role, candidate, stage: name.slice(0, cut), interviewer: name.slice(cut + 2) },
      };
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
