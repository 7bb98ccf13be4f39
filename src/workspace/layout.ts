import type { Kind } from "../core/document.ts";

/** What a path says about the file: its kind, and the ids its place implies. */
export interface Placement {
  readonly kind: Kind;
  readonly ids: Readonly<Record<string, string>>;
}

const patterns: readonly (readonly [RegExp, Kind])[] = [
  [/^hire\.yaml$/u, "hire"],
  [/^markets\/(?<market>[^/]+)\.yaml$/u, "market"],
  [/^roles\/(?<role>[^/]+)\/intake\.yaml$/u, "intake"],
  [/^roles\/(?<role>[^/]+)\/rubric\.yaml$/u, "rubric"],
  [/^roles\/(?<role>[^/]+)\/outcome\.yaml$/u, "outcome"],
  [/^roles\/(?<role>[^/]+)\/priorities\/(?<person>[^/]+)\.yaml$/u, "priorities"],
  [/^roles\/(?<role>[^/]+)\/agreements\/(?<person>[^/]+)\.yaml$/u, "agreement"],
  [/^roles\/(?<role>[^/]+)\/updates\/(?<update>[^/]+)\.yaml$/u, "update"],
  [/^roles\/(?<role>[^/]+)\/candidates\/(?<candidate>[^/]+)\/candidate\.yaml$/u, "candidate"],
  [/^roles\/(?<role>[^/]+)\/candidates\/(?<candidate>[^/]+)\/events\.yaml$/u, "events"],
  [/^roles\/(?<role>[^/]+)\/candidates\/(?<candidate>[^/]+)\/decision\.yaml$/u, "decision"],
  [/^roles\/(?<role>[^/]+)\/candidates\/(?<candidate>[^/]+)\/evaluations\/(?<stage>[^/]+?)--(?<interviewer>[^/]+)\.yaml$/u, "evaluation"],
];

/** The kind of file a path (relative to the hiring root) stands for, or undefined where none belongs. */
export function placementOf(path: string): Placement | undefined {
  // Snapshots of one repository hold the same paths again and again.
  if (!placements.has(path)) placements.set(path, findPlacement(path));
  return placements.get(path);
}

const placements = new Map<string, Placement | undefined>();

function findPlacement(path: string): Placement | undefined {
  for (const [pattern, kind] of patterns) {
    const match = pattern.exec(path);
    if (match !== null) return { kind, ids: { ...match.groups } };
  }
  return undefined;
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
