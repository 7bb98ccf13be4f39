import { inDocument } from "../check/rules/candidate/personal-data.ts";
import type { Context } from "../context.ts";
import type { Doc, Kinds } from "../core/document.ts";
import type { Priorities } from "../core/model.ts";
import { Refusal } from "../core/refusal.ts";
import { giverOf, holdersOf, type Sealed, sealDigest } from "../core/seal.ts";
import { openPath, sealedPath } from "../core/sealed-path.ts";
import { placementOf, schemaHeader } from "../workspace/layout.ts";
import { loadDocument, problemsOf } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { decryptWith, encryptTo } from "./age.ts";
import type { Globals } from "./command.ts";
import { knownNames } from "./names-store.ts";
import { note } from "./print.ts";
import type { NewText } from "./save.ts";
import { dropCopies, keepCopy, keepKeys, keysBefore } from "./sealed-copies.ts";
import type { Place } from "./place.ts";
import { canAsk, type Hiring } from "./session.ts";

/** What is known of a hand-in while it is sealed. */
type Head<K extends "evaluation" | "priorities"> = Omit<Kinds[`sealed-${K}`], "version" | "digest" | "to" | "sealed">;

/** Lengths of what is sealed are multiples of this many bytes: how long it is would tell what it says. */
const block = 4096;

/** Whether what is handed in is to be sealed. */
export function isSealing({ workspace }: Pick<Hiring, "workspace">): boolean {
  return holdersOf(workspace.hire?.data).length > 0;
}

/** "riku or eva" */
export function holderWords({ workspace }: Pick<Hiring, "workspace">): string {
  return holdersOf(workspace.hire?.data)
    .map(({ person }) => person)
    .join(" or ");
}

/**
 * A file as it is handed in sealed, with what others may know of it. It is looked over first: what nobody can read,
 * nobody can put right. A copy stays in this clone's git directory until it is opened: for who gave it, and should the keys
 * be lost.
 */
export async function seal<K extends "evaluation" | "priorities">(
  hiring: Hiring,
  open: NewText,
  kind: K,
  head: Head<K>,
  context: Context,
): Promise<NewText> {
  const text = withSecret(open.text, context);
  refusePrivate(hiring, { path: open.path, text }, context, "take it out: names and addresses stay out of the repository");
  keepCopy(hiring, open.path, text, context);
  return { ...(await sealedFile(hiring, `sealed-${kind}`, open.path, text, { version: 1, ...head })), says: open.text };
}

/** The same text to today's keys. */
export async function sealAgain(hiring: Hiring, doc: Doc<Sealed>, text: string): Promise<NewText> {
  const { digest: _, to: __, sealed: ___, ...head } = doc.data;
  return sealedFile(hiring, "interviewer" in doc.data ? "sealed-evaluation" : "sealed-priorities", openPath(doc.path), text, head);
}

async function sealedFile(
  { workspace }: Hiring,
  kind: "sealed-evaluation" | "sealed-priorities",
  path: string,
  text: string,
  head: object,
): Promise<NewText> {
  const to = holdersOf(workspace.hire?.data).map(({ key }) => key);
  const sealed = await encryptTo(text + "\n".repeat(block - (Buffer.byteLength(text) % block)), to).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`seal in hire.yaml: ${error.message}`, { hint: error.hint, cause: error });
  });
  const place = sealedPath(path);
  return { path: place, text: newFile(schemaHeader(place, kind), { ...head, digest: sealDigest(text), to, sealed }) };
}

/** What is sealed, opened with a key: exactly what was handed in, and fit to be read. */
export async function unseal(hiring: Hiring, doc: Doc<Sealed>, identity: string, context: Context): Promise<NewText> {
  const path = openPath(doc.path);
  const mended = `let ${giverOf(doc.data)} hand it in again`;
  const padded = await decryptWith(doc.data.sealed, identity).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${doc.path}: ${error.message}`, {
      hint: "a holder of one of its keys opens it; where those are lost, whoever gave it seals it again: hire unseal --reseal",
      cause: error,
    });
  });
  const text = padded.replace(/\n+$/u, "\n");
  if (sealDigest(text) !== doc.data.digest)
    throw new Refusal(`${doc.path} holds something else than was handed in`, { hint: `git log says who changed it; ${mended}` });
  if (!saysWithin(doc, text))
    throw new Refusal(`${doc.path} says something else outside than inside`, { hint: `git log says who changed it; ${mended}` });
  const [problem] = problemsOf(path, text);
  if (problem !== undefined)
    throw new Refusal(`what is sealed in ${doc.path} is no file of its kind: ${problem.observation.message}`, { hint: mended });
  refusePrivate(hiring, { path, text }, context, `${mended}, without it: hire score --amend`);
  // Whoever opens it cannot say it in other words.
  return { path, text, says: "" };
}

/** Whether what stands outside for all to read is what was handed in. */
function saysWithin({ path, data }: Doc<Sealed>, text: string): boolean {
  const { version: _, digest: __, to: ___, sealed: ____, ...outside } = data;
  const inside = "interviewer" in data ? loadDocument(openPath(path), "evaluation", text)?.data : ofRound(path, text);
  return inside !== undefined && Object.entries(outside).every(([key, value]) => inside[key as keyof typeof inside] === value);
}

function ofRound(path: string, text: string): (Priorities & { readonly round: number }) | undefined {
  const given = loadDocument(openPath(path), "priorities", text)?.data;
  return given === undefined ? undefined : { ...given, round: (given.earlier ?? []).length + 1 };
}

/** Words of a file that say who a candidate is. */
function refusePrivate(place: Place, { path, text }: NewText, context: Context, hint: string): void {
  const kind = placementOf(path)?.kind;
  const doc = kind === undefined ? undefined : loadDocument(path, kind, text);
  const [found] = doc === undefined ? [] : inDocument(doc, knownNames(place, context), path.includes("/candidates/"));
  if (found !== undefined) throw new Refusal(`${path}: line ${found.line} ${found.message}`, { hint });
}

/**
 * Whoever changes a key in hire.yaml reads what is handed in from then on, and whoever takes them out has it handed in open:
 * it is said to those who hand in.
 */
export async function askAboutKeys(hiring: Hiring, context: Context, globals: Globals): Promise<void> {
  const holders = holdersOf(hiring.workspace.hire?.data);
  const before = keysBefore(hiring, context) ?? [];
  const strange = before.length === 0 ? [] : holders.filter(({ key }) => !before.includes(key)).map(({ person }) => person);
  const isDropped = before.length > 0 && holders.length === 0;
  if (strange.length === 0 && !isDropped) return;
  const since = "Since you last handed something in sealed, hire.yaml";
  note(
    context,
    isDropped
      ? `${since} names no key any more: this is handed in open, for whoever may read the repository.\n`
      : `${since} has a new key, of ${strange.join(", ")}: whose it is, ask them.\n`,
  );
  if (canAsk(context, globals) && !(await context.prompts.confirm(isDropped ? "Hand it in open?" : "Seal it to that key, too?", false)))
    throw new Refusal(isDropped ? "not handed in" : "not handed in: ask whose key it is first", {
      hint: "git log -p hire.yaml says who changed it",
    });
}

/** What is handed in is saved: by which keys is remembered, and what is open by now is let go. */
export async function settleSealed(hiring: Hiring, context: Context): Promise<void> {
  const keys = holdersOf(hiring.workspace.hire?.data).map(({ key }) => key);
  if (keys.length > 0 || keysBefore(hiring, context) !== undefined) keepKeys(hiring, keys, context);
  await dropCopies(hiring, context);
}

const secret = /^# sealed with [0-9a-f]{32}\n/mu;

/** A text with a line that nobody can guess: its digest would else tell which of a few likely texts it is. */
function withSecret(text: string, { random }: Context): string {
  const line = `# sealed with ${Array.from({ length: 32 }, () => random.below(16).toString(16)).join("")}\n`;
  const rest = text.replaceAll("\r\n", "\n").replace(secret, "").replace(/\n+$/u, "\n");
  const head = /^# yaml-language-server:.*\n/u.exec(rest)?.[0] ?? "";
  return `${head}${line}${rest.slice(head.length)}`;
}
