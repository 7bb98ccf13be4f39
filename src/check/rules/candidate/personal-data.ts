import type { Base } from "../../../core/base.ts";
import type { Doc } from "../../../core/document.ts";
import { observe, type Observation, startOf } from "../../../core/finding.ts";
import { candidateDocuments, searchDocuments, textsIn } from "../../../core/free-text.ts";
import { personalDataIn, suspectData } from "../../../core/personal-data.ts";
import { defineRule } from "../../rule.ts";

export const candidatePersonalData = defineRule({
  id: "candidate/personal-data",
  severity: "error",
  summary: "Candidates' files, their names and the commits that carry them hold no address, phone number or link to a person.",
  why: "What git keeps is copied to every clone and is hard to take back. Who a candidate is belongs where it can be erased.",
  wrong: "note: Call her on +358 40 123 4567",
  right: "note: Call her before Friday",
  limits:
    "It knows e-mail addresses, phone numbers and links to profiles by their form. A name has no form: those that hire names keeps in this clone are looked for, as a whole; in CI nobody knows them. Files that have no place here (layout/stray) are not opened. Commit messages and the names of files are looked at with a base. What is found is pointed at, never quoted.",
  discreet: true,
  needs: [],
  check: (role, { names }) => [
    ...role.candidates.flatMap((candidate) => candidateDocuments(candidate).flatMap((doc) => inDocument(doc, names, true))),
    ...searchDocuments(role).flatMap((doc) => inDocument(doc, names, false)),
  ],
  checkShared: ({ names, workspace: { hire, markets } }) =>
    [...(hire === undefined ? [] : [hire]), ...markets].flatMap((doc) => inDocument(doc, names, false)),
  checkBase: (base, { names }) => base.commits.flatMap((commit) => inCommit(commit, names)),
});

type Finder = ((text: string) => boolean) | undefined;

const remedy = "take it out, here and in the history (git rebase), and keep it where candidates' data can be erased";

/** Forms are looked for in candidates' own files: elsewhere an address may be anyone's. Names are a candidate's everywhere. */
export function inDocument(doc: Doc<unknown>, names: Finder, isOwn: boolean): readonly Observation[] {
  const found: Observation[] = [];
  if (names?.(doc.path) === true) found.push(observe(startOf(doc.path), "is named after a candidate", remedy));
  const texts = names === undefined ? (isOwn ? textsIn(doc, suspectData) : []) : textsIn(doc);
  for (const { path, text } of texts) {
    // Who is on our side stands there by name, and may be a candidate, too.
    if (doc.path === "hire.yaml" && path[0] === "people") continue;
    const [data] = isOwn ? personalDataIn(text) : [];
    const kind = data?.kind ?? (names?.(text) === true ? "the name of a candidate" : undefined);
    if (kind !== undefined) found.push(observe(doc.at(...path), `holds ${kind}`, remedy));
  }
  if (found.length === 0) found.push(...inComments(doc, names, isOwn));
  return found;
}

/** The names of candidates in a text that has no place here, line by line. */
export function inLines(path: string, text: string, names: Finder): readonly Observation[] {
  if (names === undefined) return [];
  return text.split("\n").flatMap((line, index) => {
    const place = { file: path, line: index + 1, column: 1, endLine: index + 1, endColumn: line.length + 1 };
    return names(line) ? [observe(place, "holds the name of a candidate", remedy)] : [];
  });
}

/** Comments are no values, and are shared all the same. */
function inComments(doc: Doc<unknown>, names: Finder, isOwn: boolean): readonly Observation[] {
  if (doc.text?.includes("#") !== true) return [];
  return doc.text.split("\n").flatMap((line, index) => {
    const [, comment] = /(?:^|\s)#(.*)$/u.exec(line) ?? [];
    if (comment === undefined) return [];
    const [data] = isOwn ? personalDataIn(comment) : [];
    const kind = data?.kind ?? (names?.(comment) === true ? "the name of a candidate" : undefined);
    const column = line.length - comment.length;
    const place = { file: doc.path, line: index + 1, column, endLine: index + 1, endColumn: line.length + 1 };
    return kind === undefined ? [] : [observe(place, `a comment holds ${kind}`, remedy)];
  });
}

export function inCommit(
  { id, message, files }: Pick<Base["commits"][number], "id" | "message" | "files">,
  names: Finder,
): readonly Observation[] {
  const isAboutCandidates = files.some(({ path }) => /^roles\/[^/]+\/candidates\//u.test(path));
  const [data] = isAboutCandidates ? personalDataIn(withoutAddressesOfOurs(message)) : [];
  const kind = data?.kind ?? (names?.(message) === true ? "the name of a candidate" : undefined);
  const reworded = "reword it before it is pushed: git rebase --interactive";
  return [
    ...(kind === undefined ? [] : [observe(startOf("hire.yaml"), `the message of commit ${id.slice(0, 7)} holds ${kind}`, reworded)]),
    ...files.flatMap(({ path, after }) => {
      const [inPath] = path.startsWith("roles/") ? personalDataIn(path) : [];
      const what = inPath?.kind ?? (names?.(path) === true ? "the name of a candidate" : undefined);
      return what === undefined || after === null
        ? []
        : [
            observe(
              startOf("hire.yaml"),
              `a file that commit ${id.slice(0, 7)} brought has ${what} in its name`,
              "rename it, here and in the history",
            ),
          ];
    }),
  ];
}

/** Who wrote and signed a commit says so in its trailers, with their address. */
function withoutAddressesOfOurs(message: string): string {
  return message.replaceAll(/^[A-Za-z][\w-]*-by: .*$/gmu, "");
}
