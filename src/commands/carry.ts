import { type Doc, isOver, type Role, roleTitle } from "../core/document.ts";
import { mapTexts, textsIn } from "../core/free-text.ts";
import { Refusal } from "../core/refusal.ts";
import type { Context } from "../context.ts";
import { mentionsOf } from "../check/rules/people/mentions.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath } from "../workspace/layout.ts";
import type { Globals } from "./command.ts";
import { chooseRole, type Hiring, type NewText, openHiring, refuseBrokenRole, save } from "./session.ts";

export interface Carried {
  readonly into: string;
  readonly files: readonly string[];
  /** Updates that stayed behind: they are only about a candidate. */
  readonly left: number;
  /** People who were not known there before. */
  readonly people: readonly string[];
}

/**
 * Takes a search that has ended into another hiring repository: brief, rubric, updates and lessons, and no candidate.
 * Texts that name one say "a candidate"; updates that are only about one stay behind. Who is named there and unknown in
 * the other repository is added as someone who has no part in it any more, without an address.
 */
export async function carry(from: Hiring, id: string, folder: string, globals: Globals, context: Context): Promise<Carried> {
  const { files } = context;
  const target = files.resolve(context.cwd, folder);
  if (!files.exists(files.resolve(target, "hire.yaml")))
    throw new Refusal(`${folder} is no hiring repository`, { hint: `hire init ${folder} makes one` });
  if (target === from.root) throw new Refusal("that is this repository", { hint: "--carry takes a search into another one" });
  const source = await chooseRole(await openHiring(context, { ...globals, directory: from.root }), id, context, globals);
  refuseBrokenRole(source);
  if (source.outcome === undefined || !isOver(source)) throw new Refusal(`${id} has not ended yet: there is nothing to carry`);
  const there = await openHiring(context, { ...globals, directory: target });
  const hire = there.workspace.hire;
  if (hire === undefined) throw new Refusal(`${folder}/hire.yaml cannot be used`, { hint: `hire check -C ${folder}` });
  if (there.workspace.roles.some((role) => role.id === id) || files.exists(files.resolve(there.root, rolePath(id))))
    throw new Refusal(`${folder} has a role '${id}' already`, { hint: "a search is carried once; move the other one's folder first" });
  const { texts, left } = carriedTexts(source, from, context);
  const people = strangers(source, from, hire.data.people);
  const market = source.intake?.data.compensation?.market;
  const marketPath = `markets/${market ?? ""}.yaml`;
  const figures =
    market === undefined || files.exists(files.resolve(there.root, marketPath))
      ? undefined
      : files.read(files.resolve(from.root, marketPath));
  const added: readonly NewText[] = [
    ...texts,
    ...(figures === undefined ? [] : [{ path: marketPath, text: figures }]),
    ...(people.length === 0
      ? []
      : [
          {
            path: "hire.yaml",
            text: editYaml(files.read(files.resolve(there.root, "hire.yaml")) ?? "", {
              ...hire.data,
              people: [...hire.data.people, ...people],
            }),
          },
        ]),
  ];
  await save(there, context, globals, added, `Carry over the search for ${roleTitle(source)}`, { "Hire-Role": id });
  return { into: target, files: texts.map(({ path }) => path), left, people: people.map(({ id: person }) => person) };
}

function carriedTexts(role: Role, { root }: Hiring, { files }: Context): { readonly texts: readonly NewText[]; readonly left: number } {
  const { intake, rubric, outcome } = role;
  // What means something else here, too, is no name.
  const taken = new Set(
    [intake?.data.requirements, intake?.data.outcomes, intake?.data.ways_of_working, rubric?.data.criteria, rubric?.data.stages].flatMap(
      (items) => (items ?? []).map(({ id }) => id),
    ),
  );
  const ids = role.candidates.map(({ id }) => id).filter((id) => !taken.has(id));
  const isNamed = (text: string): boolean => ids.some((id) => named(id).test(text));
  const nameless = (text: string): string => ids.reduce((words, id) => words.replace(named(id, "gu"), "a candidate"), text);
  // First what is said, as data; then comments, which are all that is left.
  const written = ({ path, data }: Doc<unknown>): NewText => ({
    path,
    text: nameless(editYaml(files.read(files.resolve(root, path)) ?? "", mapTexts(data, nameless))),
  });
  const updates = role.updates.filter(
    (update) => !isNamed(update.path) && ((update.data.explains ?? []).length > 0 || !textsIn(update).some(({ text }) => isNamed(text))),
  );
  const ended =
    outcome === undefined
      ? []
      : [{ ...outcome, data: Object.fromEntries(Object.entries(outcome.data).filter(([key]) => key !== "hires")) }];
  const docs = [...(intake === undefined ? [] : [intake]), ...(rubric === undefined ? [] : [rubric]), ...updates, ...ended];
  return { texts: docs.map(written), left: role.updates.length - updates.length };
}

/** A candidate's id as a word of its own. */
function named(id: string, flags = "u"): RegExp {
  return new RegExp(`(?<![a-z0-9-])${id}(?![a-z0-9-])`, flags);
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
