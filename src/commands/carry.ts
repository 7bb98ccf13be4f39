import { updateName } from "../core/change/explain.ts";
import { isOver, type Kind, oneLine, type Role, roleTitle } from "../core/document.ts";
import { personalDataIn } from "../core/personal-data.ts";
import { mapTexts, textsIn } from "../core/free-text.ts";
import { Nameless } from "../core/nameless.ts";
import { addressesOf } from "../core/person.ts";
import { Refusal } from "../core/refusal.ts";
import type { Context } from "../context.ts";
import { mentionsOf } from "../check/rules/people/mentions.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { Globals } from "./command.ts";
import { type NewText, refuseUncommittable, save } from "./save.ts";
import { knownNames } from "./names-store.ts";
import { chooseRole, type Hiring, loadReader, openHiring, refuseBrokenRole } from "./session.ts";

export interface Carried {
  readonly into: string;
  readonly files: readonly string[];
  /** Updates that stayed behind: they are only about a candidate. */
  readonly left: number;
  /** People who were not known there before. */
  readonly people: readonly string[];
  /** Carried files that hold a word which is also a candidate's id: nobody but a person can tell what it means there. */
  readonly doubtful: readonly string[];
  /** Whether the history was cut off: who was erased before that is not known here. */
  readonly partial: boolean;
}

/** Another hiring repository, and what leaves no name behind: looked at before anything is written anywhere. */
export interface CarryTarget {
  readonly there: Hiring;
  readonly folder: string;
  readonly nameless: Nameless;
}

/** The repository to carry a role into; refused where that cannot be. */
export async function carryTarget(from: Hiring, role: Role, folder: string, globals: Globals, context: Context): Promise<CarryTarget> {
  const { files } = context;
  const target = files.resolve(context.cwd, folder);
  if (!files.exists(files.resolve(target, "hire.yaml")))
    throw new Refusal(`${folder} is no hiring repository`, { hint: `hire init ${folder} makes one` });
  const there = await openHiring(context, { ...globals, directory: target });
  if (there.root === from.root) throw new Refusal("that is this repository", { hint: "--carry takes a search into another one" });
  const hire = there.workspace.hire;
  if (hire === undefined) throw new Refusal(`${folder}/hire.yaml cannot be used`, { hint: `hire check -C ${folder}` });
  if (files.exists(files.resolve(there.root, rolePath(role.id))))
    throw new Refusal(`${folder} has a role '${role.id}' already`, { hint: "a search is carried once; move the other one's folder first" });
  for (const person of from.workspace.hire?.data.people ?? []) {
    const other = hire.data.people.find((known) => known.id === person.id);
    if (other !== undefined && other.name !== person.name && !addressesOf(other).some((address) => addressesOf(person).includes(address)))
      throw new Refusal(`'${person.id}' is ${oneLine(person.name)} here and ${oneLine(other.name)} in ${folder}`, {
        hint: "one of them needs another id, or the same name in both hire.yaml files",
      });
  }
  await refuseUncommittable(there, globals, ["hire.yaml", rolePath(role.id, "intake.yaml")]);
  const nameless = new Nameless(await candidatesOf(from), idsOf(from, role));
  if (nameless.names(role.id))
    throw new Refusal(`the role's own id names a candidate: ${role.id}`, {
      hint: `rename its folder first: git mv roles/${role.id} roles/NAME`,
    });
  const { problemsOf } = await loadReader();
  for (const { path, text } of carriedTexts(from, role, there, nameless).texts) {
    const [problem] = problemsOf(path, text);
    if (problem !== undefined)
      throw new Refusal(`${path} could not be carried: ${problem.observation.message}`, { hint: problem.observation.hint });
  }
  return { there, folder, nameless };
}

/**
 * Takes a search that has ended into another hiring repository: brief, rubric, updates and lessons, and no candidate.
 * What names one, of this role or any other, now or ever, says "a candidate"; updates that are only about one stay behind.
 * Files are written anew, without their comments: what those say nobody can tell. Who is named there and unknown in the
 * other repository is added as someone without a part in it, without an address.
 */
export async function carry(
  from: Hiring,
  id: string,
  { there, folder, nameless }: CarryTarget,
  globals: Globals,
  context: Context,
): Promise<Carried> {
  const source = await chooseRole(await openHiring(context, { ...globals, directory: from.root }), id, context, globals);
  refuseBrokenRole(source);
  if (source.outcome === undefined || !isOver(source)) throw new Refusal(`${id} has not ended yet: there is nothing to carry`);
  const { texts, left } = carriedTexts(from, source, there, nameless);
  const hire = there.workspace.hire?.data;
  const people = strangers(source, from, hire?.people ?? []);
  const { files } = context;
  const known =
    people.length === 0 || hire === undefined
      ? []
      : [
          {
            path: "hire.yaml",
            text: editYaml(files.read(files.resolve(there.root, "hire.yaml")) ?? "", { ...hire, people: [...hire.people, ...people] }),
          },
        ];
  await save(there, context, globals, [...texts, ...known], `Carry over the search for ${nameless.of(roleTitle(source))}`, {
    "Hire-Role": id,
  });
  const names = knownNames(from, context);
  const isPrivate = (text: string): boolean => names?.(text) === true || personalDataIn(text).length > 0;
  return {
    into: folder,
    files: texts.map(({ path }) => path),
    left,
    people: people.map(({ id: person }) => person),
    doubtful: texts.filter(({ text }) => nameless.isDoubtful(text) || isPrivate(text)).map(({ path }) => path),
    partial: from.repository?.shallow === true,
  };
}

/** Every candidate of a repository, as far as its files and its history know them: who was erased is named nowhere either. */
async function candidatesOf({ repository, workspace }: Hiring): Promise<ReadonlySet<string>> {
  const ids = new Set(workspace.roles.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  if (repository === undefined || (await repository.head()) === undefined) return ids;
  // Wherever the hiring root lay then.
  await repository.walk(["**/candidates/**"], undefined, ({ files }) => {
    for (const { path } of files) {
      const id = /(?:^|\/)roles\/[^/]+\/candidates\/([^/]+)\//u.exec(path)?.[1];
      if (id !== undefined) ids.add(id);
    }
  });
  return ids;
}

/** Ids that mean something else, too: people, and what a search itself is made of. */
function idsOf({ workspace }: Hiring, { id, intake, rubric }: Role): ReadonlySet<string> {
  const items = [
    intake?.data.requirements,
    intake?.data.outcomes,
    intake?.data.ways_of_working,
    rubric?.data.criteria,
    rubric?.data.stages,
  ];
  const people = (workspace.hire?.data.people ?? []).map((person) => person.id);
  return new Set([id, ...people, ...items.flatMap((list) => (list ?? []).map((item) => item.id))]);
}

/** What is carried, as it will stand there; and how many updates are not, as they are only about a candidate. */
function carriedTexts(
  { workspace }: Hiring,
  role: Role,
  there: Hiring,
  nameless: Nameless,
): { readonly texts: readonly NewText[]; readonly left: number } {
  const { id, intake, rubric, outcome } = role;
  const written = (path: string, kind: Kind, data: object): NewText => ({
    path,
    text: newFile(
      schemaHeader(path, kind),
      mapTexts(data, (text) => nameless.of(text)),
    ),
  });
  const updates = role.updates.filter(
    (update) =>
      (update.data.explains ?? []).length > 0 ||
      !(nameless.names(updateName(update)) || textsIn(update).some(({ text }) => nameless.names(text))),
  );
  const { hires: _hires, ...ended } = outcome?.data ?? {};
  const market = workspace.markets.find(({ data }) => data.id === intake?.data.compensation?.market)?.data;
  const marketId = nameless.of(market?.id ?? "");
  return {
    left: role.updates.length - updates.length,
    texts: [
      ...(intake === undefined ? [] : [written(rolePath(id, "intake.yaml"), "intake", intake.data)]),
      ...(rubric === undefined ? [] : [written(rolePath(id, "rubric.yaml"), "rubric", rubric.data)]),
      ...updates.map((update) => written(rolePath(id, "updates", `${nameless.of(updateName(update))}.yaml`), "update", update.data)),
      ...(outcome === undefined ? [] : [written(rolePath(id, "outcome.yaml"), "outcome", ended)]),
      ...(market === undefined || there.workspace.markets.some(({ data }) => data.id === marketId)
        ? []
        : [written(`markets/${marketId}.yaml`, "market", market)]),
    ],
  };
}

function strangers(
  role: Role,
  { workspace }: Hiring,
  known: readonly { readonly id: string }[],
): readonly { readonly id: string; readonly name: string; readonly active: false }[] {
  const carried: Role = { ...role, candidates: [], priorities: [], agreements: [] };
  const ids = new Set(mentionsOf(carried).map(({ person }) => person));
  return (workspace.hire?.data.people ?? [])
    .filter(({ id }) => ids.has(id) && !known.some((person) => person.id === id))
    .map(({ id, name }) => ({ id, name, active: false as const }));
}
