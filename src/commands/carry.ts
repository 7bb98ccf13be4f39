import { type Doc, isOver, oneLine, type Role, roleTitle } from "../core/document.ts";
import { mapTexts, textsIn } from "../core/free-text.ts";
import { Nameless } from "../core/nameless.ts";
import { addressesOf } from "../core/person.ts";
import { Refusal } from "../core/refusal.ts";
import type { Context } from "../context.ts";
import { mentionsOf } from "../check/rules/people/mentions.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath } from "../workspace/layout.ts";
import type { Globals } from "./command.ts";
import { chooseRole, type Hiring, type NewText, openHiring, refuseBrokenRole, refuseUncommittable, save } from "./session.ts";

export interface Carried {
  readonly into: string;
  readonly files: readonly string[];
  /** Updates that stayed behind: they are only about a candidate. */
  readonly left: number;
  /** People who were not known there before. */
  readonly people: readonly string[];
  /** Carried files that hold a word which is also a candidate's id: nobody but a person can tell what it means there. */
  readonly doubtful: readonly string[];
}

/** Another hiring repository, looked at before anything is written anywhere. */
export interface CarryTarget {
  readonly there: Hiring;
  readonly folder: string;
}

/** The repository to carry a role into; refused where that cannot be. */
export async function carryTarget(from: Hiring, id: string, folder: string, globals: Globals, context: Context): Promise<CarryTarget> {
  const { files } = context;
  const target = files.resolve(context.cwd, folder);
  if (!files.exists(files.resolve(target, "hire.yaml")))
    throw new Refusal(`${folder} is no hiring repository`, { hint: `hire init ${folder} makes one` });
  const there = await openHiring(context, { ...globals, directory: target });
  if (there.root === from.root) throw new Refusal("that is this repository", { hint: "--carry takes a search into another one" });
  const hire = there.workspace.hire;
  if (hire === undefined) throw new Refusal(`${folder}/hire.yaml cannot be used`, { hint: `hire check -C ${folder}` });
  if (files.exists(files.resolve(there.root, rolePath(id))))
    throw new Refusal(`${folder} has a role '${id}' already`, { hint: "a search is carried once; move the other one's folder first" });
  for (const person of from.workspace.hire?.data.people ?? []) {
    const other = hire.data.people.find((known) => known.id === person.id);
    if (other !== undefined && other.name !== person.name && !addressesOf(other).some((address) => addressesOf(person).includes(address)))
      throw new Refusal(`'${person.id}' is ${oneLine(person.name)} here and ${oneLine(other.name)} in ${folder}`, {
        hint: "one of them needs another id, or the same name in both hire.yaml files",
      });
  }
  await refuseUncommittable(there, globals, ["hire.yaml", rolePath(id, "intake.yaml")]);
  return { there, folder };
}

/**
 * Takes a search that has ended into another hiring repository: brief, rubric, updates and lessons, and no candidate.
 * Texts that name one, of this role or any other, now or ever, say "a candidate"; updates that are only about one stay
 * behind. Who is named there and unknown in the other repository is added as someone without a part in it, without an
 * address.
 */
export async function carry(
  from: Hiring,
  id: string,
  { there, folder }: CarryTarget,
  globals: Globals,
  context: Context,
): Promise<Carried> {
  const { files } = context;
  const source = await chooseRole(await openHiring(context, { ...globals, directory: from.root }), id, context, globals);
  refuseBrokenRole(source);
  if (source.outcome === undefined || !isOver(source)) throw new Refusal(`${id} has not ended yet: there is nothing to carry`);
  const nameless = new Nameless(await candidatesOf(from), idsOf(source));
  const written = (path: string, text: string): NewText => ({ path, text: nameless.of(text) });
  const { texts, left } = carriedTexts(source, from, nameless, context);
  const hire = there.workspace.hire?.data;
  const people = strangers(source, from, hire?.people ?? []);
  const market = source.intake?.data.compensation?.market;
  const marketPath = `markets/${market ?? ""}.yaml`;
  const figures =
    market === undefined || files.exists(files.resolve(there.root, marketPath))
      ? undefined
      : files.read(files.resolve(from.root, marketPath));
  const added: readonly NewText[] = [
    ...texts,
    ...(figures === undefined ? [] : [written(marketPath, figures)]),
    ...(people.length === 0 || hire === undefined
      ? []
      : [
          {
            path: "hire.yaml",
            text: editYaml(files.read(files.resolve(there.root, "hire.yaml")) ?? "", { ...hire, people: [...hire.people, ...people] }),
          },
        ]),
  ];
  await save(there, context, globals, added, `Carry over the search for ${nameless.of(roleTitle(source))}`, { "Hire-Role": id });
  return {
    into: folder,
    files: texts.map(({ path }) => path),
    left,
    people: people.map(({ id: person }) => person),
    doubtful: added.filter(({ path, text }) => path !== "hire.yaml" && nameless.isDoubtful(text)).map(({ path }) => path),
  };
}

/** Every candidate of a repository, as far as its files and its history know them: who was erased is named nowhere either. */
async function candidatesOf({ repository, folder, workspace }: Hiring): Promise<ReadonlySet<string>> {
  const ids = new Set(workspace.roles.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  if (repository === undefined || (await repository.head()) === undefined) return ids;
  const top = folder === "" ? "" : `${folder.replaceAll(/[\\*?[\]]/gu, "\\$&")}/`;
  await repository.walk([`${top}roles/*/candidates/**`], undefined, ({ files }) => {
    for (const { path } of files) {
      const id = /(?:^|\/)roles\/[^/]+\/candidates\/([^/]+)\//u.exec(path)?.[1];
      if (id !== undefined) ids.add(id);
    }
  });
  return ids;
}

/** Ids that a search itself is made of: what means something here is no name. */
function idsOf({ id, intake, rubric }: Role): ReadonlySet<string> {
  const items = [
    intake?.data.requirements,
    intake?.data.outcomes,
    intake?.data.ways_of_working,
    rubric?.data.criteria,
    rubric?.data.stages,
  ];
  return new Set([id, ...items.flatMap((list) => (list ?? []).map((item) => item.id))]);
}

function carriedTexts(
  role: Role,
  { root }: Hiring,
  nameless: Nameless,
  { files }: Context,
): { readonly texts: readonly NewText[]; readonly left: number } {
  const { intake, rubric, outcome } = role;
  // First what is said, as data; then comments, which are all that is left.
  const written = ({ path, data }: Doc<unknown>): NewText => ({
    path: path
      .split("/")
      .map((part, index) => (index < 2 ? part : part.replace(/^(.*)\.yaml$/u, (_, name: string) => `${nameless.of(name)}.yaml`)))
      .join("/"),
    text: nameless.of(
      editYaml(
        files.read(files.resolve(root, path)) ?? "",
        mapTexts(data, (text) => nameless.of(text)),
      ),
    ),
  });
  const updates = role.updates.filter(
    (update) =>
      (update.data.explains ?? []).length > 0 || !(nameless.names(update.path) || textsIn(update).some(({ text }) => nameless.names(text))),
  );
  const ended =
    outcome === undefined
      ? []
      : [{ ...outcome, data: Object.fromEntries(Object.entries(outcome.data).filter(([key]) => key !== "hires")) }];
  const docs = [...(intake === undefined ? [] : [intake]), ...(rubric === undefined ? [] : [rubric]), ...updates, ...ended];
  return { texts: docs.map(written), left: role.updates.length - updates.length };
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
