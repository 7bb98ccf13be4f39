import type { CandidateFolder, Doc, Kind, Kinds, Role, Segment, Workspace } from "../core/document.ts";
import { visible, visibleLine } from "../core/escape.ts";
import { compareText, observe, type Place, startOf } from "../core/finding.ts";
import { isId } from "../core/id.ts";
import { groupBy } from "../core/group.ts";
import { lookAlikes } from "../core/look-alikes.ts";
import type { Suppression } from "../core/suppression.ts";
import { maxFileSize, type Snapshot, type SnapshotFile } from "../core/snapshot.ts";
import { hiringFolders, isHiringPath, placementOf, type Placement } from "./layout.ts";
import { suppressionsIn } from "./suppress.ts";
import { validate } from "./validate.ts";
import { locator, readYaml, type Reported } from "./yaml.ts";

export interface Loaded {
  readonly workspace: Workspace;
  readonly reported: readonly Reported[];
  readonly suppressions: readonly Suppression[];
  /** Hiring files looked at. */
  readonly files: number;
  /** Text of each readable file, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** What became of each file, by path. */
  readonly read: ReadonlyMap<string, ReadFile>;
}

interface ReadFile {
  readonly file: Content;
  readonly text: string | undefined;
  /** Undefined where the file cannot be used, which `reported` says. */
  readonly doc: Doc<unknown> | undefined;
  readonly reported: readonly Reported[];
}

interface LoadOptions {
  readonly known?: Loaded;
  readonly wanted?: (path: string) => boolean;
  /** False where someone else looks for names that clash, over more than this snapshot. */
  readonly clashes?: boolean;
}

/**
 * Reads a snapshot into the model. Bad files are reported and left out; they never throw. What `known` has read already,
 * byte for byte, is taken from there: two snapshots differ in few files. Paths that are not `wanted` are passed over.
 */
export function load(snapshot: Snapshot, options: LoadOptions = {}): Loaded {
  const reading = readAll(snapshot, options);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

const filesATurn = 4;

/** The same, letting others take their turn between files: git's answers, for example. */
export async function loadInTurns(snapshot: Snapshot, options: LoadOptions = {}): Promise<Loaded> {
  const reading = readAll(snapshot, options);
  let files = 0;
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
    // A turn costs as much as a small file: every so often is enough.
    files += 1;
    if (files % filesATurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Yields after each file that had to be parsed. */
function* readAll(
  snapshot: Snapshot,
  { known, wanted = () => true, clashes = true }: LoadOptions,
): Generator<undefined, Loaded, undefined> {
  const reported: Reported[] = [];
  const texts = new Map<string, string>();
  const read = new Map<string, ReadFile>();
  const docs: { readonly path: string; readonly placement: Placement; readonly doc: Doc<unknown> }[] = [];
  const unreadable: string[] = [];
  const suppressions: Suppression[] = [];
  const hiring = snapshot.files.filter(({ path }) => isHiringPath(path) && wanted(path)).toSorted((a, b) => compareText(a.path, b.path));
  if (clashes) reported.push(...nameClashes(hiring.map(({ path }) => path)));
  for (const file of hiring) {
    const placement = placementOf(file.path);
    const broken = refuseFile(file, placement);
    if (broken !== undefined) {
      reported.push(broken);
      if (placement !== undefined) unreadable.push(file.path);
      continue;
    }
    if (placement === undefined) continue;
    if (file.text === undefined && file.bytes === null) {
      reported.push({ rule: "layout/place", observation: observe(startOf(file.path), "cannot be read") });
      unreadable.push(file.path);
      continue;
    }
    const before = known?.read.get(file.path);
    const own = before !== undefined && isSame(before.file, file) ? before : readDocument(file, placement);
    read.set(file.path, own);
    reported.push(...own.reported);
    if (own.text !== undefined) texts.set(file.path, own.text);
    if (own.doc === undefined) unreadable.push(file.path);
    else {
      docs.push({ path: file.path, placement, doc: own.doc });
      if (own.text !== undefined) suppressions.push(...suppressionsIn(file.path, own.text));
    }
    if (own !== before) yield;
  }
  return { workspace: assemble(docs, unreadable), reported, suppressions, files: hiring.length, texts, read };
}

type Content = Pick<SnapshotFile, "path" | "bytes" | "text">;

/** Whether two files hold the same, byte for byte. */
function isSame(a: Content, b: Content): boolean {
  if (a.text !== undefined && b.text !== undefined) return a.text === b.text;
  return a.bytes !== null && b.bytes !== null && Buffer.compare(a.bytes, b.bytes) === 0;
}

/** Reads and checks one file by its place. */
function readDocument(file: Content, placement: Placement): ReadFile {
  const { path } = file;
  const { value, reported, text } = readYaml(path, file.text ?? file.bytes ?? new Uint8Array());
  if (value === undefined || text === undefined) return { file, text, doc: undefined, reported };
  const locate = locator(path, text);
  const invalid = validate(placement.kind, value, locate);
  if (invalid.length > 0) return { file, text, doc: undefined, reported: [...reported, ...invalid] };
  const doc: Doc<unknown> = { path, data: value, text, at: (...segments: readonly Segment[]) => locate(segments) };
  return {
    file,
    text,
    doc,
    reported: [...reported, ...misplaced(doc, placement), ...upsideDown(doc, placement), ...twice(doc, placement)],
  };
}

/** What would be wrong with a text if it stood at a path: asked before it is written. */
export function problemsOf(path: string, text: string): readonly Reported[] {
  const placement = placementOf(path);
  const bytes = new TextEncoder().encode(text);
  const file: SnapshotFile = { path, kind: "file", size: bytes.length, bytes };
  const refused = refuseFile(file, placement);
  if (refused !== undefined || placement === undefined) return refused === undefined ? [] : [refused];
  return readDocument(file, placement).reported;
}

/** Parses one file alone, by its kind: earlier versions from the history, for example. Undefined where it is invalid. */
export function loadDocument<K extends Kind>(path: string, kind: K, content: Uint8Array | string): Doc<Kinds[K]> | undefined {
  const file: Content = typeof content === "string" ? { path, bytes: null, text: content } : { path, bytes: content };
  return readDocument(file, { kind, ids: {} }).doc as Doc<Kinds[K]> | undefined;
}

function refuseFile(file: SnapshotFile, placement: Placement | undefined): Reported | undefined {
  const say = (rule: string, message: string, hint?: string): Reported => ({
    rule,
    observation: observe(startOf(file.path), message, hint),
  });
  if (file.kind !== "file") {
    const what = file.kind === "symlink" ? "a symbolic link" : file.kind === "submodule" ? "a submodule" : "no regular file";
    return say("layout/place", `is ${what}: only regular files are read`, "put the file itself here");
  }
  if (placement === undefined) {
    if (file.path.split("/").some((part) => part.startsWith(".")) || /(?:^|\/)README\.md$/u.test(file.path)) return undefined;
    const renamed = file.path.replace(/\.yml$/u, ".yaml");
    return say(
      "layout/stray",
      "belongs to no place that hire knows",
      placementOf(renamed) !== undefined && renamed !== file.path
        ? `rename it to ${renamed}`
        : "move it out, or see the README for the places",
    );
  }
  for (const name in placement.ids) {
    const id = placement.ids[name] ?? "";
    if (name === "update" ? !/^[a-z0-9-]+$/u.test(id) : !isId(id))
      return say("layout/id", `'${visibleLine(id)}' is no ${name} id`, "lower-case letters, digits and single hyphens, at most 63");
  }
  if (file.size > maxFileSize)
    return say("yaml/size", `is ${Math.ceil(file.size / 1024)} KiB, more than ${maxFileSize / 1024}`, "split it, or shorten it");
  return undefined;
}

/** A name as the eye reads it, in lower case. */
function skeletonOf(name: string): string {
  if (/^[\u0000-\u007f]*$/u.test(name)) return name.toLowerCase();
  return [...name.normalize("NFKC").toLowerCase()].map((letter) => lookAlikes.get(letter) ?? letter).join("");
}

/** Whether a path, or one of several with NULs between them, may clash: small Latin letters do with nothing but others. */
export function mayClash(paths: string): boolean {
  return !/^[a-z0-9/._\0-]*$/u.test(paths);
}

/** Names beside each other that differ only in case or in letters that look alike, among paths in their order. */
export function nameClashes(paths: readonly string[]): readonly Reported[] {
  // The usual case, and the cheap one.
  if (!paths.some(mayClash)) return [];
  const seen = new Map<string, string>();
  const known = new Set<string>();
  return paths.flatMap((path): readonly Reported[] => {
    const found: Reported[] = [];
    // From the top down, each folder once.
    for (let end = path.indexOf("/"); ; end = path.indexOf("/", end + 1)) {
      const name = end === -1 ? path : path.slice(0, end);
      if (!known.has(name)) {
        known.add(name);
        const skeleton = skeletonOf(name);
        const other = seen.get(skeleton);
        if (other === undefined) seen.set(skeleton, name);
        else
          found.push({
            rule: "layout/case-clash",
            observation: observe(
              startOf(path),
              `'${visible(name)}' and '${visible(other)}' differ only in case or in letters that look alike`,
              "rename one of them",
            ),
          });
      }
      if (end === -1) return found;
    }
  });
}

const scorecardKeys = [
  ["candidate", "candidate"],
  ["stage", "stage"],
  ["interviewer", "interviewer"],
] as const;

/** Keys whose value a file's place implies, and the name of that id. */
const placedKeys: Partial<Record<Kind, readonly (readonly [key: string, id: string])[]>> = {
  market: [["id", "market"]],
  priorities: [["person", "person"]],
  "sealed-priorities": [["person", "person"]],
  agreement: [["person", "person"]],
  candidate: [["id", "candidate"]],
  evaluation: scorecardKeys,
  "sealed-evaluation": scorecardKeys,
};

/** Ids inside a file that disagree with its place. */
function misplaced(doc: Doc<unknown>, { kind, ids }: Placement): readonly Reported[] {
  const data = doc.data as Readonly<Record<string, unknown>>;
  return (placedKeys[kind] ?? []).flatMap(([key, name]) => {
    const expected = ids[name];
    return expected === undefined || data[key] === expected
      ? []
      : [
          {
            rule: "layout/place",
            observation: observe(
              doc.at(key),
              `${key} '${String(data[key])}' disagrees with the file's place`,
              `write '${expected}', or move the file`,
            ),
          },
        ];
  });
}

type Entries = readonly { readonly path: string; readonly placement: Placement; readonly doc: Doc<unknown> }[];

/** A pay range whose end lies under its beginning: no schema can say so. */
function upsideDown(doc: Doc<unknown>, { kind }: Placement): readonly Reported[] {
  const pay = kind === "intake" ? (doc.data as Kinds["intake"]).compensation : undefined;
  if (pay?.min === undefined || pay.max === undefined || pay.max >= pay.min) return [];
  return [
    {
      rule: "schema/range",
      observation: observe(doc.at("compensation", "max"), `${pay.max} is under the minimum of ${pay.min}`, "exchange the two"),
    },
  ];
}

/** A list whose entries are known by a key, and how one of them is called where its key alone would not say it. */
type KeyedList = readonly [list: string, key: string, called?: (key: string) => string];

/** Lists in which a key that stands twice would make readers differ on which of the two counts. Criteria have a rule of their own. */
const keyedLists: Partial<Record<Kind, readonly KeyedList[]>> = {
  hire: [
    ["people", "id"],
    ["seal", "person", (person) => `a key of '${person}'`],
    ["seal", "key", () => "this key"],
  ],
  intake: [
    ["outcomes", "id"],
    ["ways_of_working", "id"],
    ["requirements", "id"],
    ["assumptions", "id"],
  ],
  priorities: [
    ["points", "requirement"],
    ["points", "criterion"],
  ],
  rubric: [
    ["retired", "id"],
    ["stages", "id"],
  ],
  evaluation: [["ratings", "criterion", (criterion) => `a rating of '${criterion}'`]],
};

/** Entries of a list that claim one value or id. */
function twice(doc: Doc<unknown>, { kind }: Placement): readonly Reported[] {
  const data = doc.data as Readonly<Record<string, readonly Readonly<Record<string, string>>[] | undefined>>;
  const found = (keyedLists[kind] ?? []).flatMap(([list, name, called = (key) => `'${key}'`]) =>
    repeated(data[list] ?? [], (entry) => entry[name]).map(({ index, key }) => secondTime(doc.at(list, index, name), called(visible(key)))),
  );
  if (kind !== "rubric") return found;
  const anchors = (doc.data as Kinds["rubric"]).criteria.flatMap(({ anchors: own = [] }, at) =>
    repeated(own, ({ value }) => value).map(({ index, key }) =>
      secondTime(doc.at("criteria", at, "anchors", index, "value"), `an anchor for ${key}`),
    ),
  );
  return [...found, ...anchors];
}

/** Entries whose key stood before. */
function repeated<T, K>(entries: readonly T[], keyOf: (entry: T) => K | undefined): readonly { readonly index: number; readonly key: K }[] {
  const seen = new Set<K>();
  return entries.flatMap((entry, index) => {
    const key = keyOf(entry);
    if (key === undefined) return [];
    if (seen.has(key)) return [{ index, key }];
    seen.add(key);
    return [];
  });
}

function secondTime(place: Place, what: string): Reported {
  return { rule: "schema/range", observation: observe(place, `${what} stands here a second time`, "keep one of the two") };
}

function assemble(docs: Entries, unreadable: readonly string[]): Workspace {
  const byRole = new Map(groupBy(docs, ({ placement }) => placement.ids["role"] ?? ""));
  byRole.delete("");
  for (const path of unreadable) {
    const role = placementOf(path)?.ids["role"];
    if (role !== undefined && !byRole.has(role)) byRole.set(role, []);
  }
  const hire = docs.find(({ placement }) => placement.kind === "hire")?.doc as Doc<Kinds["hire"]> | undefined;
  return {
    ...(hire === undefined ? {} : { hire }),
    markets: ofKind(docs, "market"),
    roles: [...byRole].toSorted(([a], [b]) => compareText(a, b)).map(([id, own]) => assembleRole(id, own, unreadable)),
    unreadable: unreadable.filter((path) => !path.startsWith(`${hiringFolders[1]}/`)),
  };
}

function ofKind<K extends Kind>(entries: Entries, kind: K): readonly Doc<Kinds[K]>[] {
  const found: Doc<Kinds[K]>[] = [];
  for (const { placement, doc } of entries) if (placement.kind === kind) found.push(doc as Doc<Kinds[K]>);
  return found;
}

function assembleRole(id: string, entries: Entries, unreadable: readonly string[]): Role {
  const byCandidate = new Map(groupBy(entries, ({ placement }) => placement.ids["candidate"] ?? ""));
  const own = byCandidate.get("") ?? [];
  byCandidate.delete("");
  const [intake] = ofKind(own, "intake");
  const [rubric] = ofKind(own, "rubric");
  const [outcome] = ofKind(own, "outcome");
  return {
    id,
    ...(intake === undefined ? {} : { intake }),
    ...(rubric === undefined ? {} : { rubric }),
    ...(outcome === undefined ? {} : { outcome }),
    priorities: ofKind(own, "priorities"),
    sealed: ofKind(own, "sealed-priorities"),
    agreements: ofKind(own, "agreement"),
    updates: ofKind(own, "update"),
    candidates: [...byCandidate].map(([candidate, theirs]) => assembleCandidate(candidate, theirs)),
    unreadable: unreadable.filter((path) => placementOf(path)?.ids["role"] === id),
  };
}

function assembleCandidate(id: string, entries: Entries): CandidateFolder {
  const [candidate] = ofKind(entries, "candidate");
  const [events] = ofKind(entries, "events");
  const [decision] = ofKind(entries, "decision");
  return {
    id,
    ...(candidate === undefined ? {} : { candidate }),
    ...(events === undefined ? {} : { events }),
    ...(decision === undefined ? {} : { decision }),
    evaluations: ofKind(entries, "evaluation"),
    sealed: ofKind(entries, "sealed-evaluation"),
  };
}
