import type { Context } from "../context.ts";
import { type Former, noVersions } from "../core/former.ts";
import { needsHistory } from "../core/sign-off.ts";
import { defaultReweight } from "../core/change/compare.ts";
import type { CandidateFolder, Doc, Kinds, Role, Workspace } from "../core/document.ts";
import { visibleLine } from "../core/escape.ts";
import type { Intake, Market, Person, Rubric } from "../core/model.ts";
import { suggest } from "../core/nearest.ts";
import { addressesOf } from "../core/person.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { isCriteriaPath, isDecisivePath, rolePath } from "../workspace/layout.ts";
import type * as reader from "../workspace/load.ts";
import type { Loaded } from "../workspace/load.ts";
import type { Globals } from "./command.ts";
import { findHiring, hiringNames, pathInTree, type Place, requireRepository } from "./place.ts";

/** The parser and the validators are loaded by those commands only that read hiring files. */
export const loadReader = (): Promise<typeof reader> => import("../workspace/load.ts");

/** An open hiring repository: its files as they are on disk, and git around them where there is any. */
export interface Hiring extends Place {
  readonly loaded: Loaded;
  /** Which paths were looked at: of others nobody knows how they stood. */
  readonly wanted: (path: string) => boolean;
  readonly workspace: Workspace;
}

/** Reads what lies there, as far as it is wanted. */
export async function openHiring(
  context: Context,
  globals: Globals,
  wanted: (path: string) => boolean = () => true,
  found?: Place,
): Promise<Hiring> {
  const place = found ?? (await findHiring(context, globals));
  const { loadInTurns } = await loadReader();
  const loaded = await loadInTurns(context.files.snapshot(place.root, hiringNames, wanted), { wanted });
  return { ...place, loaded, wanted, workspace: loaded.workspace };
}

/** The same reading, of a commit. */
export async function loadCommit(
  place: Place & { readonly loaded?: Loaded },
  commit: string,
  wanted: (path: string) => boolean = () => true,
): Promise<Loaded> {
  const { load } = await loadReader();
  const snapshot = await requireRepository(place).readTree(commit, place.folder, hiringNames, wanted);
  return load(snapshot, { ...(place.loaded === undefined ? {} : { known: place.loaded }), wanted });
}

/** Earlier versions of the roles that need a look back (stale-looking agreements, ratings under old words): git is asked once for all. */
export async function formerOf(place: Place, roles: readonly Role[]): Promise<Former> {
  const asking = roles.filter(needsHistory);
  const { repository } = place;
  if (repository === undefined || asking.length === 0) return new Map(asking.map(({ id }) => [id, noVersions]));
  const histories = await repository.histories(
    asking.flatMap(({ id }) => (["rubric", "intake"] as const).map((kind) => pathInTree(place, criteriaPath(id, kind)))),
  );
  const { loadDocument } = await loadReader();
  const versionsOf = <K extends "rubric" | "intake">(role: string, kind: K): readonly Doc<Kinds[K]>[] => {
    const path = criteriaPath(role, kind);
    return (histories.get(pathInTree(place, path)) ?? []).flatMap(({ bytes }) => loadDocument(path, kind, bytes) ?? []);
  };
  return new Map(asking.map(({ id }) => [id, { rubrics: versionsOf(id, "rubric"), intakes: versionsOf(id, "intake") }]));
}

const criteriaPath = (role: string, kind: "rubric" | "intake"): string => rolePath(role, `${kind}.yaml`);

/** A role as HEAD has it, as far as its criteria go; undefined where it has none. */
export async function committedRole(hiring: Hiring, id: string): Promise<Role | undefined> {
  const head = await hiring.repository?.head();
  return head === undefined ? undefined : (await loadCommit(hiring, head, isCriteriaPath)).workspace.roles.find((role) => role.id === id);
}

export function marketsOf({ markets }: Workspace): readonly Market[] {
  return markets.map(({ data }) => data);
}

export function reweightOf(workspace: Workspace): number {
  return workspace.hire?.data.change?.reweight ?? defaultReweight;
}

/** The role asked for; the only one there is; or one chosen on a terminal. */
export async function chooseRole(hiring: Hiring, id: string | undefined, context: Context, globals: Globals): Promise<Role> {
  const { roles } = hiring.workspace;
  if (id !== undefined) {
    const role = roles.find((known) => known.id === id);
    if (role !== undefined) return role;
    throw new Refusal(`there is no role '${id}'`, {
      hint:
        suggest(
          id,
          roles.map((known) => known.id),
        ) ?? "hire intake <role> begins one",
    });
  }
  const [only, ...others] = roles;
  if (only === undefined) throw new Refusal("there is no role yet", { hint: "hire intake <role> begins one" });
  if (others.length === 0) return only;
  if (!canAsk(context, globals))
    throw new Refusal("which role?", { hint: `name it: ${roles.map((role) => visibleLine(role.id)).join(", ")}` });
  return context.prompts.choose(
    "Which role?",
    roles.map((role) => ({ value: role, label: role.intake?.data.title ?? role.id, hint: role.id })),
  );
}

/** The candidate asked for, or one chosen on a terminal. */
export async function chooseCandidate(role: Role, id: string | undefined, context: Context, globals: Globals): Promise<CandidateFolder> {
  const { candidates } = role;
  if (id !== undefined) {
    const candidate = candidates.find((known) => known.id === id);
    if (candidate !== undefined) return candidate;
    throw new Refusal(`there is no candidate '${id}' for ${role.id}`, {
      hint:
        suggest(
          id,
          candidates.map((known) => known.id),
        ) ?? `hire candidate add ${role.id} adds one`,
    });
  }
  const [only, ...others] = candidates;
  if (only === undefined) throw new Refusal(`${role.id} has no candidate yet`, { hint: `hire candidate add ${role.id}` });
  if (others.length === 0) return only;
  if (!canAsk(context, globals))
    throw new Refusal("which candidate?", { hint: `name one: ${candidates.map((candidate) => candidate.id).join(", ")}` });
  return context.prompts.choose(
    "Which candidate?",
    candidates.map((candidate) => ({ value: candidate, label: candidate.id })),
  );
}

/** `[role] [candidate]` as people write it: either may be left out where the other, or the repository, says which. */
export async function chooseBoth(
  hiring: Hiring,
  words: readonly (string | undefined)[],
  context: Context,
  globals: Globals,
): Promise<{ readonly role: Role; readonly candidate: CandidateFolder }> {
  const [first, second] = words;
  const { roles } = hiring.workspace;
  const isRole = roles.some(({ id }) => id === first);
  const holders = roles.filter(({ candidates }) => candidates.some(({ id }) => id === first));
  const [holder] = holders.length === 1 ? holders : roles.length === 1 ? roles : [];
  const short = first !== undefined && second === undefined && !isRole && holder !== undefined;
  const role = short ? holder : await chooseRole(hiring, first, context, globals);
  return { role, candidate: await chooseCandidate(role, short ? first : second, context, globals) };
}

export function canAsk(context: Context, globals: Globals): boolean {
  return globals.input && context.prompts.interactive;
}

/** The person whose address this is, in whatever case. */
export function personWith(people: readonly Person[], email: string): Person | undefined {
  const wanted = email.toLowerCase();
  return people.find((person) => addressesOf(person).includes(wanted));
}

/** Who is acting, where that is known: reading needs no identity. */
export async function viewerOf(hiring: Hiring, context: Context, globals: Globals): Promise<Person | undefined> {
  const people = hiring.workspace.hire?.data.people ?? [];
  if (globals.as !== undefined) {
    const person = people.find(({ id }) => id === globals.as);
    if (person === undefined)
      throw new Refusal(`there is no person '${globals.as}' in hire.yaml`, {
        hint: suggest(
          globals.as,
          people.map(({ id }) => id),
        ),
      });
    return person;
  }
  const email = (await context.git.identity(hiring.root)).email;
  return email === undefined ? undefined : personWith(people, email);
}

/** Who is acting; refused where nobody knows. */
export async function actorOf(hiring: Hiring, context: Context, globals: Globals): Promise<Person> {
  if (hiring.workspace.hire === undefined) throw new Refusal("hire.yaml cannot be used", { hint: "hire check says what is wrong with it" });
  const person = await viewerOf(hiring, context, globals);
  if (person !== undefined) return person;
  const email = (await context.git.identity(hiring.root)).email;
  throw new Refusal(email === undefined ? "who are you? git knows no user.email" : `nobody in hire.yaml has the address ${email}`, {
    hint: `say --as PERSON (${hiring.workspace.hire.data.people.map(({ id }) => id).join(", ")}), or add your address to hire.yaml`,
  });
}

export function requireIntake(role: Role): Doc<Intake> {
  if (role.intake !== undefined) return role.intake;
  refuseUnreadable(role, "intake.yaml");
  throw new Refusal(`${role.id} has no intake brief yet`, { hint: `hire intake ${role.id}` });
}

export function requireRubric(role: Role): Doc<Rubric> {
  if (role.rubric !== undefined) return role.rubric;
  refuseUnreadable(role, "rubric.yaml");
  throw new Refusal(`${role.id} has no rubric yet`, { hint: `hire rubric ${role.id}` });
}

/** Refuses to speak of a role whose criteria cannot be read. */
export function refuseBrokenRole({ unreadable }: Role): void {
  const broken = unreadable.filter(isDecisivePath);
  if (broken.length > 0)
    throw new Refusal(`${broken.map(visibleLine).join(", ")} cannot be read`, {
      exitCode: exitCode.findings,
      hint: "hire check says what is wrong, and where",
    });
}

/** A file that exists and cannot be used is never written over. */
export function refuseUnreadable(role: Role | undefined, name: string): void {
  const broken = role?.unreadable.find((path) => path.endsWith(`/${name}`));
  if (broken !== undefined) throw new Refusal(`${broken} cannot be used as it is`, { hint: "hire check says what is wrong, and where" });
}
