import type { Doc, Role } from "../core/document.ts";
import type { Agreement, Intake, Rubric, Update } from "../core/model.ts";
import { placementOf, rolePath } from "./layout.ts";
import { loadDocument } from "./load.ts";

/** A commit of the first-parent history, and the files it changed; paths relative to the work tree's top. */
interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: { readonly name?: string; readonly email?: string };
  readonly at: string;
  readonly files: readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[];
}

/** What a commit did to the files of one role, by their paths within its folder; null where a file went. */
export interface RoleCommit extends Omit<Commit, "files"> {
  readonly files: ReadonlyMap<string, string | null>;
  /** The role's folder before, where this commit renamed it. */
  readonly renamedFrom: string | null;
}

const ofCriteria = /^(?:rubric\.yaml|intake\.yaml|(?:agreements|updates)\/[^/]+\.yaml)$/u;

/** What git is asked for: the criteria of every role, as a role's folder may have had another name. */
export function criteriaPatterns(folder: string): readonly string[] {
  const top = folder === "" ? "" : `${folder.replaceAll(/[*?[\]\\]/gu, "\\$&")}/`;
  return ["rubric.yaml", "intake.yaml", "agreements/*", "updates/*"].map((name) => `${top}roles/*/${name}`);
}

/** Picks the commits that touched one role, newest first; where its folder was renamed, what it was called before is followed. */
export class RoleTracer {
  readonly #prefix: string;
  #name: string;

  constructor(folder: string, role: string) {
    this.#prefix = folder === "" ? "" : `${folder}/`;
    this.#name = role;
  }

  /** What a commit did to the role; undefined where it did nothing. */
  take({ files: all, ...commit }: Commit): RoleCommit | undefined {
    const own = filesOf(all, `${this.#prefix}roles/${this.#name}/`);
    if (own.length === 0) return undefined;
    const came = new Map(own.filter(({ before }) => before === null).map(({ path, after }) => [path, after]));
    const renamedFrom = came.has("rubric.yaml") || came.has("intake.yaml") ? formerName(all, this.#prefix, this.#name, came) : null;
    const gone = renamedFrom === null ? [] : filesOf(all, `${this.#prefix}roles/${renamedFrom}/`).filter(({ after }) => after === null);
    this.#name = renamedFrom ?? this.#name;
    return {
      ...commit,
      renamedFrom,
      files: new Map([...gone.map(({ path }) => [path, null] as const), ...own.map(({ path, after }) => [path, after] as const)]),
    };
  }
}

function filesOf(files: Commit["files"], start: string): Commit["files"] {
  return files.flatMap((file) => {
    const path = file.path.slice(start.length);
    return file.path.startsWith(start) && ofCriteria.test(path) ? [{ ...file, path }] : [];
  });
}

/** The role whose folder went in the same commit, with a file that came here byte for byte. */
function formerName(files: Commit["files"], prefix: string, name: string, came: ReadonlyMap<string, string | null>): string | null {
  for (const { path, before, after } of files) {
    const [, other = "", rest = ""] = path.startsWith(prefix) ? (/^roles\/([^/]+)\/(.+)$/u.exec(path.slice(prefix.length)) ?? []) : [];
    if (other !== "" && other !== name && after === null && ofCriteria.test(rest) && came.get(rest) === before) return other;
  }
  return null;
}

/** A role as it stood, and which of its files could not be read then. */
export interface RoleState {
  readonly role: Role;
  readonly unreadable: readonly string[];
}

/** Makes roles of files by their object ids; each is parsed once. */
export class RoleReader {
  readonly #id: string;
  readonly #docs = new Map<string, Doc<unknown> | undefined>();

  constructor(id: string) {
    this.#id = id;
  }

  /** Whether a file is known already, readable or not. */
  has(path: string, blob: string): boolean {
    return this.#docs.has(`${blob} ${path}`);
  }

  add(path: string, blob: string, bytes: Uint8Array): void {
    const full = rolePath(this.#id, path);
    const placement = placementOf(full);
    this.#docs.set(`${blob} ${path}`, placement === undefined ? undefined : loadDocument(full, placement.kind, bytes));
  }

  /** The document of a file, or undefined where it cannot be read. */
  doc(path: string, blob: string): Doc<unknown> | undefined {
    return this.#docs.get(`${blob} ${path}`);
  }

  /** A state by its files. Where rubric or brief cannot be read, `before`'s stands. */
  state(files: ReadonlyMap<string, string>, before?: Role): RoleState {
    const unreadable: string[] = [];
    const read = <T>(path: string, old: Doc<T> | undefined): Doc<T> | undefined => {
      const blob = files.get(path);
      if (blob === undefined) return undefined;
      const doc = this.doc(path, blob) as Doc<T> | undefined;
      if (doc === undefined) unreadable.push(path);
      return doc ?? old;
    };
    const all = <T>(folder: string): readonly Doc<T>[] =>
      [...files].flatMap(([path, blob]) => (path.startsWith(folder) ? ((this.doc(path, blob) as Doc<T> | undefined) ?? []) : []));
    const rubric = read<Rubric>("rubric.yaml", before?.rubric);
    const intake = read<Intake>("intake.yaml", before?.intake);
    const role: Role = {
      id: this.#id,
      ...(rubric === undefined ? {} : { rubric }),
      ...(intake === undefined ? {} : { intake }),
      agreements: all<Agreement>("agreements/"),
      updates: all<Update>("updates/"),
      priorities: [],
      sealed: [],
      candidates: [],
      unreadable: [],
    };
    return { role, unreadable };
  }
}
