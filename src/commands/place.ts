import type { Context } from "../context.ts";
import { Refusal } from "../core/refusal.ts";
import type { Repository } from "../ports.ts";
import { hiringFolders } from "../workspace/layout.ts";
import type { Globals } from "./command.ts";

/** What lies in a hiring root. */
export const hiringNames: readonly string[] = ["hire.yaml", ...hiringFolders];

/** Where a hiring repository lies: found, not read yet. */
export interface Place {
  readonly root: string;
  /** The root's folder within the work tree, "" for its top. */
  readonly folder: string;
  readonly repository: Repository | undefined;
}

export function startFolder(context: Context, globals: Globals): string {
  return globals.directory === undefined ? context.cwd : context.files.resolve(context.cwd, globals.directory);
}

/** Finds the hiring root by walking up to hire.yaml. */
export async function findHiring(context: Context, globals: Globals): Promise<Place> {
  const start = startFolder(context, globals);
  if (!context.files.exists(start)) throw new Refusal(`${start} does not exist`);
  const root = context.files.findUp(start, "hire.yaml");
  if (root === undefined)
    throw new Refusal(`no hire.yaml in ${start} or above it`, {
      hint: "hire init makes a hiring repository; hire demo shows one; -C DIR starts elsewhere",
    });
  const repository = await context.git.open(root);
  return { root, repository, folder: repository === undefined ? "" : folderIn(repository.top, root) };
}

/** Path of `root` relative to `top`, with forward slashes, "" for the top itself. */
export function folderIn(top: string, root: string): string {
  const normal = (path: string): string => path.replaceAll("\\", "/").replace(/\/$/u, "");
  return normal(root).startsWith(`${normal(top)}/`) ? normal(root).slice(normal(top).length + 1) : "";
}

/** A path of the hiring root as git names it, from the work tree's top. */
export function pathInTree({ folder }: Pick<Place, "folder">, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** A path of the work tree as the hiring root names it; undefined outside of it. */
export function pathInRoot({ folder }: Pick<Place, "folder">, path: string): string | undefined {
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

export function requireRepository(place: Place): Repository {
  if (place.repository === undefined)
    throw new Refusal(`${place.root} is in no git work tree`, { hint: "git init, then commit what is here" });
  return place.repository;
}
