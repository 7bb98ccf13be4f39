import { bech32 } from "@scure/base";
import { describe, expect, test } from "vitest";
import { registry } from "../../src/check/registry.ts";
import { type CheckResult, runChecks } from "../../src/check/run.ts";
import { compareWorkspaces } from "../../src/core/change/compare.ts";
import type { Base, Traced } from "../../src/core/base.ts";
import type { Doc, Kinds, Workspace } from "../../src/core/document.ts";
import { sealDigest } from "../../src/core/seal.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { load } from "../../src/workspace/load.ts";
import { fixture, searchFiles } from "../support/repo.ts";

/** In a file, `from` becomes `to`; an empty `from` makes the file, a null `to` deletes it. */
type Edit = readonly [file: string, from: string | RegExp, to: string | Uint8Array | null];

/** A commit of the range: who made it, and the files it touched. */
interface Commit {
  readonly by: string;
  readonly touches: readonly string[];
  readonly deletes?: readonly string[];
  readonly subject?: string;
}

const intake = "roles/backend/intake.yaml";
const rubric = "roles/backend/rubric.yaml";
const outcome = "roles/backend/outcome.yaml";
const otter = "roles/backend/candidates/amber-otter";

/** The sound search of test/fixtures/search with an agreement of each side and one evaluated candidate. */
const sound: Readonly<Record<string, string>> = {
  ...Object.fromEntries(searchFiles.map((path) => [path, fixture(`search/${path}`)])),
  ...Object.fromEntries(
    [
      "agreements/dana.yaml",
      "agreements/riku.yaml",
      "candidates/amber-otter/candidate.yaml",
      "candidates/amber-otter/events.yaml",
      "candidates/amber-otter/evaluations/design--ana.yaml",
      "candidates/amber-otter/evaluations/team--dana.yaml",
    ].map((path) => [`roles/backend/${path}`, fixture(`search/roles/backend/${path}`)]),
  ),
};

/** The sound files with some edits made. */
function edited(edits: readonly Edit[], known: Readonly<Record<string, string | Uint8Array>> = sound): Snapshot {
  const files: Record<string, string | Uint8Array> = { ...known };
  for (const [file, from, to] of edits) {
    const text = files[file] ?? "";
    if (to === null) {
      delete files[file];
      continue;
    }
    if (typeof to !== "string" || typeof text !== "string") {
      files[file] = to;
      continue;
    }
    const next = text.replace(from, to);
    if (next === text) throw new Error(`${file} does not hold ${String(from)}`);
    files[file] = next;
  }
  const encoder = new TextEncoder();
  return {
    revision: null,
    files: Object.entries(files).map(([path, content]) => {
      const bytes = typeof content === "string" ? encoder.encode(content) : content;
      return { path, kind: "file" as const, size: bytes.length, bytes };
    }),
  };
}

/** Where the head came from: the base's edits, and the commits since, newest first. */
interface From {
  readonly edits?: readonly Edit[];
  readonly commits?: readonly Commit[];
}

function check(edits: readonly Edit[], from?: From): CheckResult {
  const loaded = load(edited(edits));
  return runChecks(
    { workspace: loaded.workspace, former: new Map(), base: from === undefined ? undefined : baseOf(from, loaded.workspace) },
    loaded,
  );
}

function baseOf({ edits = [], commits = [] }: From, head: Workspace): Base {
  const { workspace } = load(edited(edits));
  const range = commits.map(({ by, touches, deletes = [], subject = "Change" }, index) => ({
    id: String(index).repeat(40),
    parents: index === commits.length - 1 ? [] : [String(index + 1).repeat(40)],
    authors: [`${by}@northwind.example`],
    subject,
    message: subject,
    files: [...touches.map((path) => ({ path, after: "0".repeat(40) })), ...deletes.map((path) => ({ path, after: null }))],
  }));
  const versions = new Map(
    [
      ...(head.hire === undefined ? [] : [head.hire]),
      ...head.roles.flatMap(({ candidates, agreements, updates, priorities }): readonly Doc<Kinds[Traced]>[] => [
        ...priorities,
        ...candidates.flatMap((candidate) => candidate.evaluations),
        ...agreements,
        ...updates,
      ]),
    ].flatMap((doc) =>
      range.some(({ files }) => files.some(({ path }) => path === doc.path))
        ? [
            [
              doc.path,
              range
                .filter(({ files }) => files.some(({ path }) => path === doc.path))
                .toReversed()
                .map((commit) => ({ commit, doc })),
            ] as const,
          ]
        : [],
    ),
  );
  return { workspace, changes: compareWorkspaces(workspace, head), commits: range, committed: true, versions };
}

function shown({ findings }: CheckResult): readonly string[] {
  return findings.map(({ rule, severity, file, line, column, message }) => `${file}:${line}:${column} ${severity} ${rule} ${message}`);
}

function found(edits: readonly Edit[], from?: From): readonly string[] {
  return shown(check(edits, from));
}

const turnOn = (rule: string): Edit => ["hire.yaml", "version: 1\n", `version: 1\nrules: { ${rule}: warning }\n`];
const evaluation = `${otter}/evaluations/design--ana.yaml`;
const events = `${otter}/events.yaml`;
const decision = `${otter}/decision.yaml`;
const update = "roles/backend/updates/2026-11-09-dana-pager-a1b2.yaml";
const reasons = "reasons: [{ criterion: failure-design, text: Strongest of four }]\n";

const held: Edit = [`${otter}/candidate.yaml`, /$/u, "legal_hold: A claim was announced\n"];
const erased: readonly Edit[] = ["candidate.yaml", "events.yaml", "evaluations/design--ana.yaml", "evaluations/team--dana.yaml"].map(
  (name) => [`${otter}/${name}`, "", null],
);

function decided(what: string, more: string): string {
  return `version: 1\ndecision: ${what}\nby: dana\ndecided_at: "2026-11-12T11:00:00+02:00"\n${more}`;
}

function updated(reason: string, change: string, day: string): string {
  return `version: 1\nkind: criteria\nby: dana\nat: "${day}T09:00:00+02:00"\nsummary: The pager\nreason: ${reason}\nexplains: [{ what: A change, change: ${change} }]\n`;
}

const key = (letter: string): string => bech32.encodeFromBytes("age", new Uint8Array(32).fill(letter.charCodeAt(0)));
const seals = (...keys: readonly string[]): Edit => [
  "hire.yaml",
  /$/u,
  `seal: [{ person: riku, key: ${keys[0] ?? ""} }, { person: dana, key: ${keys[1] ?? ""} }]\n`,
];
const sealedCard = `${otter}/evaluations/design--ana.sealed.yaml`;
const sealed = (text: string, ...keys: readonly string[]): Edit => [
  sealedCard,
  "",
  `version: 1\ncandidate: amber-otter\nstage: design\ninterviewer: ana\nsubmitted_at: "2026-11-10T17:05:00+02:00"\ndigest: ${sealDigest(text)}\nto: [${keys.join(", ")}]\nsealed: |\n  -----BEGIN AGE ENCRYPTED FILE-----\n  YWdl\n  -----END AGE ENCRYPTED FILE-----\n`,
];
const weights = "roles/backend/priorities/dana.yaml";
const weighed = (points: number): Edit => [
  weights,
  "",
  `version: 1\nperson: dana\nas: hiring-manager\ngiven_at: "2026-11-03T09:40:00+02:00"\npoints: [{ requirement: failure-design, points: ${points} }, { requirement: mentoring, points: ${100 - points} }]\n`,
];
const anas = sound[evaluation] ?? "";

/** For each rule: what breaks it, the one finding that follows, and a neighbour that must not trigger it. */
const pairs: readonly {
  readonly rule: string;
  readonly wrong: readonly Edit[];
  readonly finding: string;
  readonly right: readonly Edit[];
  /** For rules that look at where a change started: the base and the commits since, of the wrong case and of the right one. */
  readonly from?: From;
  readonly rightFrom?: From;
}[] = [
  {
    rule: "yaml/utf8",
    wrong: [[intake, "", new Uint8Array([0x74, 0x3a, 0x20, 0xff])]],
    finding: `${intake}:1:4 error yaml/utf8 is not UTF-8`,
    right: [[intake, "Senior", "Señior"]],
  },
  {
    rule: "yaml/empty",
    wrong: [[intake, /^[\s\S]*$/u, "# nothing yet\n"]],
    finding: `${intake}:1:1 error yaml/empty the file says nothing`,
    right: [[intake, /^/u, "# something\n"]],
  },
  {
    rule: "yaml/control",
    wrong: [[intake, "Senior", "Sen\u202eior"]],
    finding: `${intake}:2:11 error yaml/control holds the control character \\u202e`,
    right: [[intake, "Senior", "Sénior"]],
  },
  {
    rule: "yaml/line-end",
    wrong: [[intake, "status: open\n", "status: open\r"]],
    finding: `${intake}:3:13 error yaml/line-end a line ends with CR alone`,
    right: [[intake, /\n/gu, "\r\n"]],
  },
  {
    rule: "yaml/tab",
    wrong: [[intake, "  - { id: pager", "\t- { id: pager"]],
    finding: `${intake}:8:1 error yaml/tab a tab indents this line`,
    right: [[intake, "  - { id: pager", "    - { id: pager"]],
  },
  {
    rule: "yaml/syntax",
    wrong: [[intake, "title: Senior", 'title: "Senior']],
    finding: `${intake}:2:8 error yaml/syntax this quote is never closed`,
    right: [[intake, "title: Senior Backend Engineer", 'title: "Senior Backend Engineer"']],
  },
  {
    rule: "yaml/conflict",
    wrong: [[intake, "status: open\n", "<<<<<<< HEAD\nstatus: open\n=======\nstatus: draft\n>>>>>>> other\n"]],
    finding: `${intake}:3:1 error yaml/conflict holds an unresolved merge conflict`,
    right: [[intake, "Payments has", "Payments <<<<<<< has"]],
  },
  {
    rule: "yaml/duplicate-key",
    wrong: [[intake, "status: open", "status: open\nstatus: draft"]],
    finding: `${intake}:4:1 error yaml/duplicate-key 'status' stands here a second time`,
    right: [[intake, "status: open", "status: draft"]],
  },
  {
    rule: "yaml/alias",
    wrong: [[intake, "title: Senior", "title: &title Senior"]],
    finding: `${intake}:2:8 error yaml/alias uses an anchor`,
    right: [[intake, "title: Senior", "title: R&D Senior"]],
  },
  {
    rule: "yaml/tag",
    wrong: [[intake, "title: Senior", "title: !!str Senior"]],
    finding: `${intake}:2:8 error yaml/tag uses a tag`,
    right: [[intake, "title: Senior", "title: Now! Senior"]],
  },
  {
    rule: "yaml/directive",
    wrong: [[intake, "version: 1", "%YAML 1.1\n---\nversion: 1"]],
    finding: `${intake}:1:1 error yaml/directive uses a directive`,
    right: [[intake, "version: 1", "# %YAML 1.1\nversion: 1"]],
  },
  {
    rule: "yaml/multi",
    wrong: [[intake, /$/u, "---\nversion: 1\n"]],
    finding: `${intake}:18:1 error yaml/multi a second document begins`,
    right: [[intake, "Payments has", "Payments --- has"]],
  },
  {
    rule: "yaml/size",
    wrong: [[intake, "Payments", "x".repeat(262_145)]],
    finding: `${intake}:1:1 error yaml/size is 257 KiB, more than 256`,
    right: [[intake, "Payments", "x".repeat(100_000)]],
  },
  {
    rule: "yaml/depth",
    wrong: [[intake, "Senior", "[".repeat(70) + "]".repeat(70)]],
    finding: `${intake}:2:71 error yaml/depth is nested more than 64 deep`,
    right: [[intake, "panel: [ana, bo]", "panel: [ana]"]],
  },
  {
    rule: "yaml/number",
    wrong: [[intake, "max: 90000", "max: 1e400"]],
    finding: `${intake}:15:63 error yaml/number 1e400 is not read the same everywhere`,
    right: [[intake, "max: 90000", "max: 90000.5"]],
  },
  {
    rule: "yaml/hash",
    wrong: [[intake, "Payments has one", "Rank #1 has one"]],
    finding: `${intake}:6:6 warning yaml/hash the text is cut off here`,
    right: [[intake, "Payments has one", "Rank#1 has one"]],
  },
  {
    rule: "schema/required",
    wrong: [[intake, "title: Senior Backend Engineer\n", ""]],
    finding: `${intake}:1:1 error schema/required 'title' is missing`,
    right: [[intake, 'opened: "2026-11-02"\n', ""]],
  },
  {
    rule: "schema/unknown-key",
    wrong: [[intake, "why:", "wy:"]],
    finding: `${intake}:6:1 error schema/unknown-key 'wy' is no key here`,
    right: [[intake, "why:", "before:"]],
  },
  {
    rule: "schema/type",
    wrong: [[rubric, "required: true", "required: off"]],
    finding: `${rubric}:12:15 error schema/type 'off' stands where true or false is asked`,
    right: [[rubric, "required: true", "required: false"]],
  },
  {
    rule: "schema/format",
    wrong: [[intake, '"2026-11-02"', "2 Nov"]],
    finding: `${intake}:4:9 error schema/format '2 Nov' is no date`,
    right: [[intake, '"2026-11-02"', "2026-11-02"]],
  },
  {
    rule: "schema/enum",
    wrong: [[intake, "status: open", "status: opened"]],
    finding: `${intake}:3:9 error schema/enum 'opened' is none of draft, open, on-hold, filled, cancelled`,
    right: [[intake, "status: open", "status: on-hold"]],
  },
  {
    rule: "schema/range",
    wrong: [[rubric, "weight: 3", "weight: 0"]],
    finding: `${rubric}:13:13 error schema/range 0 is out of range: must be over 0`,
    right: [[rubric, "weight: 3", "weight: 0.5"]],
  },
  {
    rule: "schema/version",
    wrong: [[intake, "version: 1", "version: 2"]],
    finding: `${intake}:1:10 error schema/version version 2 is not known`,
    right: [[intake, "version: 1", "version: 1 # for now"]],
  },
  {
    rule: "layout/place",
    wrong: [[`${otter}/candidate.yaml`, "id: amber-otter", "id: brisk-heron"]],
    finding: `${otter}/candidate.yaml:2:5 error layout/place id 'brisk-heron' disagrees with the file's place`,
    right: [[`${otter}/candidate.yaml`, "source: referral", "source: agency"]],
  },
  {
    rule: "layout/id",
    wrong: [["roles/Data Engineer/intake.yaml", "", sound[intake] ?? ""]],
    finding: "roles/Data Engineer/intake.yaml:1:1 error layout/id 'Data Engineer' is no role id",
    right: [["roles/data-engineer/intake.yaml", "", sound[intake] ?? ""]],
  },
  {
    rule: "layout/case-clash",
    wrong: [["roles/Backend/intake.yaml", "", sound[intake] ?? ""]],
    finding: "roles/backend/agreements/dana.yaml:1:1 error layout/case-clash 'roles/backend' and 'roles/Backend' differ only in case",
    right: [["roles/backend-2/intake.yaml", "", sound[intake] ?? ""]],
  },
  {
    rule: "layout/stray",
    wrong: [["roles/backend/rubric.yml", "", "version: 1\n"]],
    finding: "roles/backend/rubric.yml:1:1 warning layout/stray belongs to no place that hire knows",
    right: [["roles/backend/README.md", "", "Notes\n"]],
  },
  {
    rule: "people/unknown",
    wrong: [[rubric, "interviewers: [dana, bo]", "interviewers: [dana, boo]"]],
    finding: `${rubric}:33:60 error people/unknown 'boo' is nobody in hire.yaml`,
    right: [[rubric, "interviewers: [dana, bo]", "interviewers: [dana, ana]"]],
  },
  {
    rule: "people/inactive",
    wrong: [[intake, "panel: [ana, bo]", "panel: [ana, cy]"]],
    finding: `${intake}:5:61 warning people/inactive cy is not active: has left, or was never here`,
    right: [[intake, "owner: dana", "owner: cy"]],
  },
  {
    rule: "people/address",
    from: { commits: [{ by: "dana", touches: ["hire.yaml"] }] },
    wrong: [["hire.yaml", "email: riku@northwind.example", "email: riku@elsewhere.example"]],
    finding: "hire.yaml:5:11 error people/address riku was given another address, and not by riku",
    rightFrom: { commits: [{ by: "riku", touches: ["hire.yaml"] }] },
    right: [["hire.yaml", "email: riku@northwind.example", "email: riku@elsewhere.example"]],
  },
  {
    rule: "people/calendar",
    wrong: [["hire.yaml", /$/u, "calendar: { timezone: Europe/Helsinky }\n"]],
    finding: "hire.yaml:9:23 error people/calendar 'Europe/Helsinky' is no time zone",
    right: [["hire.yaml", /$/u, 'calendar: { timezone: Europe/Kyiv, holidays: GB-ENG, hours: { from: "07:00", to: "15:00" } }\n']],
  },
  {
    rule: "intake/missing",
    wrong: [["roles/backend-2/candidates/wise-crane/candidate.yaml", "", "version: 1\nid: wise-crane\n"]],
    finding: "roles/backend-2/candidates/wise-crane/candidate.yaml:1:1 error intake/missing the role backend-2 has no intake.yaml",
    right: [["roles/backend/candidates/wise-crane/candidate.yaml", "", "version: 1\nid: wise-crane\n"]],
  },
  {
    rule: "intake/outcome-missing",
    wrong: [
      [intake, /outcomes:\n.*\n/u, ""],
      [intake, ", outcome: pager", ""],
      [rubric, ", pager]", "]"],
    ],
    finding: `${intake}:2:8 warning intake/outcome-missing the brief names no outcome`,
    right: [[intake, "result: Carries", "result: Bears"]],
  },
  {
    rule: "intake/outcome-unmeasured",
    wrong: [[intake, ", measure: Two rotations without escalation", ""]],
    finding: `${intake}:8:11 warning intake/outcome-unmeasured 'pager' does not say how one would know`,
    right: [[intake, "measure: Two", "measure: Three"]],
  },
  {
    rule: "intake/too-many-must-haves",
    wrong: [
      [
        intake,
        "  - { id: payments",
        `${["a", "b", "c", "d"].map((id) => `  - { id: ${id}, need: must-have, statement: Has done ${id}, prevalence: 0.5 }\n`).join("")}  - { id: payments`,
      ],
      [rubric, "covers: [mentoring]", "covers: [mentoring, a, b, c, d]"],
    ],
    finding: `${intake}:17:11 warning intake/too-many-must-haves 6 must-haves, more than 5; by the prevalences given, 0 % to 50 % of the pool bring 4 of them`,
    right: [
      [
        intake,
        "  - { id: payments",
        `${["a", "b", "c"].map((id) => `  - { id: ${id}, need: must-have, statement: Has done ${id} }\n`).join("")}  - { id: payments`,
      ],
      [rubric, "covers: [mentoring]", "covers: [mentoring, a, b, c]"],
    ],
  },
  {
    rule: "intake/must-have-untested",
    wrong: [[intake, "need: nice-to-have", "need: must-have"]],
    finding: `${intake}:14:11 error intake/must-have-untested no criterion covers the must-have 'payments'`,
    right: [[intake, "need: nice-to-have", "need: deal-breaker"]],
  },
  {
    rule: "intake/vague",
    wrong: [[intake, "statement: Knows card payments", "statement: A team player who knows card payments"]],
    finding: `${intake}:14:52 warning intake/vague no one can score 'team player'`,
    right: [[intake, "statement: Knows card payments", "statement: Played in a team of five on card payments"]],
  },
  {
    rule: "text/protected",
    wrong: [[intake, "statement: Knows card payments", "statement: A digital native for our young team"]],
    finding: `${intake}:14:52 error text/protected names or stands in for a protected matter: age`,
    right: [[intake, "statement: Knows card payments", "statement: Senior in the age of codebases; a young company with a native app"]],
  },
  {
    rule: "intake/assumption-open",
    wrong: [
      [intake, "status: confirmed", "status: open"],
      [events, "presented", "scheduled"],
    ],
    finding: `${intake}:17:11 info intake/assumption-open open: May they live elsewhere in Finland? (dana, by 2026-11-06)`,
    right: [[intake, "status: confirmed", "status: refuted"]],
  },
  {
    rule: "intake/pay-below-market",
    wrong: [
      [intake, "max: 90000", "max: 71999"],
      [intake, "min: 72000", "min: 60000"],
    ],
    finding: `${intake}:15:63 warning intake/pay-below-market at most 71 999, under the market's median of 72 000 EUR (Company pay survey, 2026-09-01)`,
    right: [[intake, "max: 90000", "max: 72000"]],
  },
  {
    rule: "rubric/no-criteria",
    wrong: [
      [rubric, /criteria:\n[\s\S]*?(?=stages:)/u, "criteria: []\n"],
      [rubric, /stages:\n.*\n.*\n/u, ""],
      [intake, /need: must-have/gu, "need: nice-to-have"],
      [evaluation, /^[\s\S]*$/u, "x"],
      [`${otter}/evaluations/team--dana.yaml`, /^[\s\S]*$/u, "x"],
    ],
    finding: `${rubric}:8:1 error rubric/no-criteria the rubric has no criterion`,
    right: [[rubric, "name: Bringing", "name: Taking"]],
  },
  {
    rule: "rubric/count",
    wrong: [
      [rubric, /  - id: mentoring\n[\s\S]*?(?=  - id: candour)/u, ""],
      [rubric, "assesses: [mentoring]", "assesses: [candour]"],
      [intake, "id: mentoring, need: must-have", "id: mentoring, need: nice-to-have"],
      [`${otter}/evaluations/team--dana.yaml`, "criterion: mentoring", "criterion: candour"],
    ],
    finding: `${rubric}:8:1 warning rubric/count 2 criteria`,
    right: [[rubric, "weight: 1", "weight: 2"]],
  },
  {
    rule: "rubric/anchors-missing",
    wrong: [[rubric, ", means: Has done it with gaps", ""]],
    finding: `${rubric}:21:9 warning rubric/anchors-missing nothing says what 3 looks like for 'mentoring'`,
    right: [[rubric, "means: Has done it with gaps", "means: Has done it"]],
  },
  {
    rule: "rubric/scale-order",
    wrong: [[rubric, "value: 2, label: Below", "value: 2, label: No evidence"]],
    finding: `${rubric}:5:14 error rubric/scale-order 'No evidence' (no evidence) counts for more than 'Strong no' (evidence against)`,
    right: [[rubric, "value: 2, label: Below", "value: 2, label: Little evidence"]],
  },
  {
    rule: "rubric/weight-dominates",
    wrong: [turnOn("rubric/weight-dominates")],
    finding: `${rubric}:13:13 warning rubric/weight-dominates 'failure-design' holds 60 % of the weight`,
    right: [turnOn("rubric/weight-dominates"), [rubric, "weight: 3", "weight: 2"]],
  },
  {
    rule: "rubric/weight-reason",
    wrong: [
      turnOn("rubric/weight-reason"),
      [rubric, "weight: 3", "weight: 3\n    weight_reason: Money"],
      [rubric, /weight: 1\n    covers: \[mentoring\]/u, "weight: 1\n    weight_reason: Time\n    covers: [mentoring]"],
    ],
    finding: `${rubric}:31:13 warning rubric/weight-reason 'candour' does not say why it weighs this`,
    right: [turnOn("rubric/weight-reason"), [rubric, "weight: 3", "weight: 1"]],
  },
  {
    rule: "rubric/single-assessor",
    wrong: [turnOn("rubric/single-assessor"), [rubric, "interviewers: [dana, bo]", "interviewers: [dana]"]],
    finding: `${rubric}:21:9 warning rubric/single-assessor only dana sees 'mentoring'`,
    right: [turnOn("rubric/single-assessor")],
  },
  {
    rule: "rubric/covers-unknown",
    wrong: [[rubric, "covers: [failure-design, pager]", "covers: [failure-design, pagr]"]],
    finding: `${rubric}:15:30 error rubric/covers-unknown 'pagr' is no requirement, way of working or outcome of the intake`,
    right: [[rubric, "covers: [mentoring]", "covers: [mentoring, says-unknown]"]],
  },
  {
    rule: "rubric/hidden-criterion",
    wrong: [[rubric, "    covers: [says-unknown]\n", ""]],
    finding: `${rubric}:26:9 warning rubric/hidden-criterion 'candour' covers nothing that the intake names`,
    right: [[rubric, "covers: [says-unknown]", "covers: [pager]"]],
  },
  {
    rule: "rubric/never-assessed",
    wrong: [
      [rubric, "assesses: [mentoring]", "assesses: [candour]"],
      [`${otter}/evaluations/team--dana.yaml`, "criterion: mentoring", "criterion: candour"],
    ],
    finding: `${rubric}:21:9 error rubric/never-assessed no stage assesses 'mentoring'`,
    right: [[rubric, "assesses: [mentoring]", "assesses: [mentoring, candour]"]],
  },
  {
    rule: "rubric/overloaded-stage",
    wrong: [[rubric, "assesses: [mentoring]", "assesses: [mentoring, candour, failure-design, mentoring, candour]"]],
    finding: `${rubric}:33:65 warning rubric/overloaded-stage 5 criteria in one stage, more than 4`,
    right: [[rubric, "assesses: [mentoring]", "assesses: [mentoring, candour, failure-design]"]],
  },
  {
    rule: "rubric/retired-reused",
    wrong: [[rubric, "stages:", "retired: [{ id: candour, reason: Gone }]\nstages:"]],
    finding: `${rubric}:26:9 error rubric/retired-reused 'candour' is retired`,
    right: [[rubric, "stages:", "retired: [{ id: charm, reason: Gone }]\nstages:"]],
  },
  {
    rule: "rubric/rename-clash",
    wrong: [[rubric, "name: Saying", "renamed_from: [mentoring]\n    name: Saying"]],
    finding: `${rubric}:27:20 error rubric/rename-clash 'mentoring' still stands as a criterion of its own`,
    right: [[rubric, "name: Saying", "renamed_from: [honesty]\n    name: Saying"]],
  },
  {
    rule: "priorities/edited",
    from: { edits: [weighed(60)], commits: [{ by: "riku", touches: [weights] }] },
    wrong: [weighed(50)],
    finding: `${weights}:5:1 error priorities/edited changed by someone else (commit 0000000)`,
    rightFrom: { edits: [weighed(60)], commits: [{ by: "dana", touches: [weights] }] },
    right: [weighed(50)],
  },
  {
    rule: "agreement/missing",
    wrong: [["roles/backend/agreements/riku.yaml", "as: recruiter", "as: hiring-manager"]],
    finding: `${intake}:5:42 error agreement/missing interviews began and the recruiter has not agreed`,
    right: [
      ["roles/backend/agreements/riku.yaml", "", null],
      [evaluation, "", null],
      [`${otter}/evaluations/team--dana.yaml`, "", null],
      [events, "what: interviewed", "what: scheduled"],
    ],
  },
  {
    rule: "agreement/stale",
    wrong: [[rubric, "bar: 3.5", "bar: 3"]],
    finding:
      "roles/backend/agreements/dana.yaml:4:12 error agreement/stale the hiring manager agreed on 2026-11-03; since then: decision; the words agreed to are not in this history",
    right: [
      [intake, "status: open", "status: on-hold"],
      [intake, 'answer: "Yes"', 'answer: "No"'],
      [rubric, "name: Saying", "name: Telling"],
    ],
  },
  {
    rule: "agreement/one-sided",
    wrong: [["roles/backend/agreements/riku.yaml", "as: recruiter", "as: hiring-manager"]],
    finding: "roles/backend/agreements/riku.yaml:3:5 error agreement/one-sided riku signed as hiring manager, which is dana",
    right: [["roles/backend/agreements/riku.yaml", "", null]],
  },
  {
    rule: "agreement/author",
    from: { commits: [{ by: "riku", touches: ["roles/backend/agreements/dana.yaml"] }] },
    wrong: [["roles/backend/agreements/dana.yaml", "10:12:00", "10:13:00"]],
    finding: "roles/backend/agreements/dana.yaml:2:9 error agreement/author dana did not sign this: commit 0000000 is by someone else",
    rightFrom: { commits: [{ by: "dana", touches: ["roles/backend/agreements/dana.yaml"] }] },
    right: [["roles/backend/agreements/dana.yaml", "10:12:00", "10:13:00"]],
  },
  {
    rule: "evaluation/unknown-criterion",
    wrong: [[evaluation, "criterion: candour", "criterion: candor"]],
    finding: `${evaluation}:11:18 error evaluation/unknown-criterion 'candor' is no criterion of the rubric`,
    right: [
      [rubric, "name: Saying", "renamed_from: [candor]\n    name: Saying"],
      [evaluation, "criterion: candour", "criterion: candor"],
    ],
  },
  {
    rule: "evaluation/unknown-stage",
    wrong: [[rubric, "{ id: design,", "{ id: deep,"]],
    finding: `${evaluation}:3:8 error evaluation/unknown-stage 'design' is no stage of the rubric`,
    right: [[rubric, "name: Design interview", "name: Deep dive"]],
  },
  {
    rule: "evaluation/unknown-candidate",
    wrong: [
      [
        "roles/backend/candidates/brisk-heron/evaluations/design--ana.yaml",
        "",
        (sound[evaluation] ?? "").replace("amber-otter", "brisk-heron"),
      ],
    ],
    finding:
      "roles/backend/candidates/brisk-heron/evaluations/design--ana.yaml:2:12 error evaluation/unknown-candidate there is no candidate.yaml for 'brisk-heron'",
    right: [["roles/backend/candidates/brisk-heron/candidate.yaml", "", "version: 1\nid: brisk-heron\n"]],
  },
  {
    rule: "evaluation/not-assigned",
    wrong: [turnOn("evaluation/not-assigned"), [rubric, "interviewers: [ana, bo]", "interviewers: [bo]"]],
    finding: `${evaluation}:4:14 warning evaluation/not-assigned ana was not asked to score this stage`,
    right: [turnOn("evaluation/not-assigned")],
  },
  {
    rule: "evaluation/evidence-missing",
    wrong: [[evaluation, ", evidence: Asked what nobody knew about the failover", ""]],
    finding: `${evaluation}:11:18 error evaluation/evidence-missing a rating without evidence`,
    right: [[evaluation, "evidence: Asked what nobody knew about the failover", "evidence: Asked what was not known"]],
  },
  {
    rule: "evaluation/off-scale",
    wrong: [[evaluation, "rating: 4", "rating: 6"]],
    finding: `${evaluation}:10:63 error evaluation/off-scale this rating is not on the scale`,
    right: [[evaluation, "rating: 4", "rating: 5"]],
  },
  {
    rule: "evaluation/incomplete",
    wrong: [[evaluation, /\n  - \{ criterion: candour.*\}/u, ""]],
    finding: `${evaluation}:9:1 warning evaluation/incomplete nothing on candour`,
    right: [[evaluation, /rating: 3, evidence: Asked.*\}/u, "rating: null, not_assessed: No time }"]],
  },
  {
    rule: "evaluation/contradicts",
    // Whoever else is asked would learn from it: nobody is.
    wrong: [
      [evaluation, /rating: [34]/gu, "rating: 2"],
      [rubric, "interviewers: [ana, bo]", "interviewers: [ana]"],
      [decision, "", decided("reject", reasons)],
    ],
    finding: `${evaluation}:12:17 warning evaluation/contradicts the recommendation does not follow from the ratings`,
    right: [[evaluation, "rating: 3", "rating: 2"]],
  },
  {
    rule: "evaluation/before-agreement",
    wrong: [[evaluation, 'interviewed_at: "2026-11-10', 'interviewed_at: "2026-11-01']],
    finding: `${evaluation}:5:17 error evaluation/before-agreement interviewed before both sides agreed (2026-11-03 10:30)`,
    right: [[evaluation, 'interviewed_at: "2026-11-10', 'interviewed_at: "2026-11-04']],
  },
  {
    rule: "evaluation/time-order",
    wrong: [[evaluation, 'submitted_at: "2026-11-10', 'submitted_at: "2026-11-09']],
    finding: `${evaluation}:6:15 warning evaluation/time-order handed in before the interview`,
    right: [[evaluation, 'submitted_at: "2026-11-10', 'submitted_at: "2026-11-11']],
  },
  {
    rule: "evaluation/stale",
    wrong: [[evaluation, /criterion: candour, as_of: \w+/u, 'criterion: candour, as_of: "0123456789ab"']],
    finding: `${evaluation}:11:34 warning evaluation/stale 'candour' was redefined since it was rated (as far as this history shows)`,
    right: [[evaluation, /rubric: \w+/u, "rubric: abcdef012345"]],
  },
  {
    rule: "evaluation/edited",
    from: { commits: [{ by: "ana", touches: [evaluation] }] },
    wrong: [[evaluation, "rating: 4", "rating: 2"]],
    finding: `${evaluation}:10:63 error evaluation/edited changed after another scorecard of this candidate was in, without an amendment`,
    rightFrom: { commits: [{ by: "ana", touches: [evaluation] }] },
    right: [
      [evaluation, "rating: 4", "rating: 2"],
      [evaluation, /$/u, 'amendments: [{ at: "2026-11-11T09:00:00+02:00", by: ana, because: Wrote 4 where I meant 2 }]\n'],
    ],
  },
  {
    rule: "evaluation/author",
    from: { edits: [[evaluation, "", null]], commits: [{ by: "riku", touches: [evaluation] }] },
    wrong: [],
    finding: `${evaluation}:4:14 info evaluation/author commit 0000000 is by someone else`,
    rightFrom: { edits: [[evaluation, "", null]], commits: [{ by: "riku", touches: [evaluation] }] },
    right: [[evaluation, "interviewer: ana", "interviewer: ana\nentered_by: riku"]],
  },
  {
    rule: "seal/missing",
    from: { edits: [seals(key("q"), key("p")), [evaluation, "", null]] },
    wrong: [seals(key("q"), key("p"))],
    finding: `${evaluation}:4:14 warning seal/missing was handed in open, where others are sealed`,
    rightFrom: { edits: [seals(key("q"), key("p")), [evaluation, "", null]] },
    right: [seals(key("q"), key("p")), [evaluation, "", null], sealed(anas, key("q"), key("p"))],
  },
  {
    rule: "seal/opened",
    from: { edits: [sealed(anas, key("q"), key("p")), [evaluation, "", null]] },
    wrong: [[evaluation, "rating: 4", "rating: 2"]],
    finding: `${evaluation}:1:1 error seal/opened is not what ana handed in sealed`,
    rightFrom: { edits: [sealed(anas, key("q"), key("p")), [evaluation, "", null]] },
    right: [],
  },
  {
    rule: "seal/early",
    from: { edits: [sealed(anas, key("q"), key("p")), [evaluation, "", null]] },
    wrong: [],
    finding: `${evaluation}:4:14 warning seal/early opened before bo handed in`,
    rightFrom: { edits: [sealed(anas, key("q"), key("p")), [evaluation, "", null]] },
    right: [[rubric, "interviewers: [ana, bo]", "interviewers: [ana]"]],
  },
  {
    rule: "seal/keys",
    wrong: [seals(key("q"), key("p")), [evaluation, "", null], sealed(anas, key("q"), key("z"))],
    finding: `${sealedCard}:7:1 warning seal/keys is sealed to other keys than those of hire.yaml`,
    right: [seals(key("q"), key("p")), [evaluation, "", null], sealed(anas, key("p"), key("q"))],
  },
  {
    rule: "seal/holders",
    from: { edits: [seals(key("q"), key("p"))] },
    wrong: [seals(key("q"), key("z"))],
    finding: "hire.yaml:9:1 warning seal/holders a new key of dana opens what is sealed from now on; a key of dana no longer does",
    rightFrom: { edits: [seals(key("q"), key("p"))] },
    right: [seals(key("q"), key("p"))],
  },
  {
    rule: "candidate/personal-data",
    wrong: [[events, "what: presented, by: riku", 'what: presented, by: riku, note: "Call +358 40 123 4567"']],
    finding: `${events}:1:71 error candidate/personal-data holds a phone number`,
    right: [[events, "what: presented, by: riku", 'what: presented, by: riku, note: "On 2026-11-05 at 10:00, 12 000 req/s, 3.5"']],
  },
  {
    rule: "candidate/event-order",
    wrong: [[events, /^/u, '- { at: "2026-11-04T09:00:00+02:00", what: profile-accepted, by: dana }\n']],
    finding: `${events}:1:9 error candidate/event-order profile-accepted before presented`,
    right: [[events, /^/u, '- { at: "2026-11-06T09:00:00+02:00", what: profile-accepted, by: dana }\n']],
  },
  {
    rule: "candidate/event-edited",
    from: { commits: [{ by: "riku", touches: [events] }] },
    wrong: [[events, /- \{[^\n]*interviewed[^\n]*\n/u, ""]],
    finding: `${events}:1:1 warning candidate/event-edited 'interviewed' by ana (2026-11-10) was taken away or changed by someone else`,
    rightFrom: { commits: [{ by: "ana", touches: [events] }] },
    right: [[events, /- \{[^\n]*interviewed[^\n]*\n/u, ""]],
  },
  {
    rule: "candidate/calibration",
    from: {},
    wrong: [[`${otter}/candidate.yaml`, "source: referral", "source: referral\ncalibration: true"]],
    finding: `${otter}/candidate.yaml:4:14 error candidate/calibration a rated candidate was made a sample profile`,
    rightFrom: {},
    right: [[`${otter}/candidate.yaml`, "source: referral", "source: referral\ncalibration: false"]],
  },
  {
    rule: "candidate/erased",
    from: {
      commits: [
        { by: "riku", touches: [] },
        { by: "riku", touches: [], deletes: [evaluation] },
      ],
    },
    wrong: erased,
    finding: `${intake}:2:8 info candidate/erased amber-otter was erased, with 2 scorecards (commit 1111111)`,
    // Whom nobody judged leaves nothing behind.
    rightFrom: { edits: erased.filter(([file]) => file.includes("/evaluations/")) },
    right: erased,
  },
  {
    rule: "candidate/legal-hold",
    from: { edits: [held] },
    wrong: erased,
    finding: `${intake}:2:8 error candidate/legal-hold amber-otter is under a legal hold and was erased`,
    rightFrom: { edits: [held] },
    right: [held],
  },
  {
    rule: "decision/no-reasons",
    wrong: [[decision, "", decided("reject", "")]],
    finding: `${decision}:2:11 error decision/no-reasons 'reject' without a reason`,
    right: [[decision, "", decided("reject", reasons)]],
  },
  {
    rule: "decision/too-few-evaluations",
    wrong: [
      [decision, "", decided("offer", reasons)],
      [`${otter}/evaluations/team--dana.yaml`, "", null],
    ],
    finding: `${decision}:2:11 warning decision/too-few-evaluations an offer on 1 of 2 scorecards`,
    right: [[decision, "", decided("offer", reasons)]],
  },
  {
    rule: "decision/against-rule",
    wrong: [
      [decision, "", decided("offer", reasons)],
      [evaluation, "rating: 4", "rating: 2"],
    ],
    finding: `${decision}:2:11 error decision/against-rule an offer against the rubric's rule`,
    right: [
      [decision, "", `${decided("offer", reasons)}overrides: The pager starts in six months, and Bo covers it until then.\n`],
      [evaluation, "rating: 4", "rating: 2"],
    ],
  },
  {
    rule: "update/reason-thin",
    wrong: [[update, "", updated("as discussed", "0123456789ab", "2026-11-02")]],
    finding: `${update}:6:9 error update/reason-thin a reason that says nothing`,
    right: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]],
  },
  {
    rule: "update/unmatched",
    wrong: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-09")]],
    finding: `${update}:7:38 error update/unmatched explains no change that was made since both sides agreed`,
    right: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]],
  },
  {
    rule: "update/edited",
    from: { edits: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]] },
    wrong: [[update, "", updated("Nobody is alone, and never was in this rotation", "0123456789ab", "2026-11-02")]],
    finding: `${update}:6:9 error update/edited reason was rewritten after it was read`,
    rightFrom: { edits: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]] },
    right: [
      [
        update,
        "",
        `# A comment\n${updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")}answers: [{ by: riku, at: "2026-11-09T11:00:00+02:00", answer: agreed }]\n`,
      ],
    ],
  },
  {
    rule: "update/author",
    from: { commits: [{ by: "riku", touches: [update] }] },
    wrong: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]],
    finding: `${update}:3:5 error update/author dana did not say this: commit 0000000 is by someone else`,
    rightFrom: { commits: [{ by: "dana", touches: [update] }] },
    right: [[update, "", updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02")]],
  },
  {
    rule: "change/unexplained",
    from: {},
    wrong: [[rubric, "weight: 3", "weight: 6"]],
    finding: `${rubric}:13:13 error change/unexplained failure-design: weight 60 % → 75 %, without a reason (may change who is hired)`,
    rightFrom: {},
    right: [[rubric, "name: Saying", "name: Telling"]],
  },
  {
    rule: "change/objected",
    from: {},
    wrong: [
      [
        update,
        "",
        `${updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-09")}answers: [{ by: riku, at: "2026-11-09T11:00:00+02:00", answer: objects, because: Nobody asked me }]\n`,
      ],
    ],
    finding: `${update}:8:64 warning change/objected riku objects`,
    rightFrom: {},
    right: [
      [
        update,
        "",
        `${updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-09")}answers: [{ by: riku, at: "2026-11-09T11:00:00+02:00", answer: agreed }]\n`,
      ],
    ],
  },
  {
    rule: "market/order",
    wrong: [["markets/backend-fi.yaml", "p25: 61000", "p25: 51000"]],
    finding: "markets/backend-fi.yaml:7:25 error market/order p25 is under p10",
    right: [["markets/backend-fi.yaml", "p25: 61000", "p25: 52000"]],
  },
  {
    rule: "outcome/mismatch",
    wrong: [
      [intake, "status: open", "status: filled"],
      [outcome, "", 'version: 1\nresult: hired\nclosed_on: "2026-11-20"\nhires: [amber-oter]\n'],
    ],
    finding: `${outcome}:4:9 error outcome/mismatch 'amber-oter' is no candidate of this role`,
    right: [
      [intake, "status: open", "status: filled"],
      [
        outcome,
        "",
        'version: 1\nresult: hired\nclosed_on: "2026-11-20"\nhires: [amber-otter]\nreviews: [{ outcome: pager, due: "2027-02-01" }]\n',
      ],
    ],
  },
  {
    rule: "suppress/reason",
    wrong: [[intake, "status: open", "# hire-ignore intake/vague\nstatus: open"]],
    finding: `${intake}:3:1 error suppress/reason 'intake/vague' is silenced without a reason`,
    right: [
      [intake, "  - { id: payments", "  # hire-ignore intake/vague: the client's own words\n  - { id: payments"],
      [intake, "Knows card payments", "A team player"],
    ],
  },
  {
    rule: "suppress/unknown",
    wrong: [[intake, "status: open", "# hire-ignore intake/vauge: the client's own words\nstatus: open"]],
    finding: `${intake}:3:1 error suppress/unknown there is no rule 'intake/vauge'`,
    right: [[intake, /why: (Payments) (.*)/u, 'why: "$1 # hire-ignore intake/vauge: $2"']],
  },
  {
    rule: "suppress/unused",
    wrong: [[intake, "status: open", "# hire-ignore intake/vague: the client's own words\nstatus: open"]],
    finding: `${intake}:3:1 error suppress/unused 'intake/vague' finds nothing here`,
    right: [
      [intake, /^/u, "# hire-ignore intake/vague: the client's own words\n"],
      [intake, "Knows card payments", "A team player"],
    ],
  },
];

test("the search that the cases start from is sound, by itself and as a change of itself", () => {
  expect(found([])).toEqual([]);
  expect(found([], {})).toEqual([]);
});

describe("each rule", () => {
  // Both of two that clash, both ends of a scale, and both who agreed.
  const twice = new Set(["layout/case-clash", "rubric/anchors-missing", "agreement/stale"]);
  test.each(pairs)("$rule fires at the place", ({ rule, wrong, finding, from }) => {
    const own = found(wrong, from).filter((line) => line.includes(` ${rule} `));
    expect(own.join("\n")).toContain(finding);
    expect(own).toHaveLength(twice.has(rule) ? 2 : 1);
  });
  test.each(pairs)("$rule is silent on its neighbour", ({ rule, right, rightFrom }) =>
    expect(found(right, rightFrom).filter((line) => line.includes(` ${rule} `))).toEqual([]),
  );
  test.each(pairs)("$rule has a neighbour that can be read", ({ rule, right, rightFrom }) =>
    expect(found(right, rightFrom).filter((line) => / error (?:yaml|schema)\//u.test(line) && !line.includes(` ${rule} `))).toEqual([]),
  );
  test("has its pair here, and its words", () => {
    expect(pairs.map(({ rule }) => rule)).toEqual(registry.map(({ id }) => id));
    for (const { id, summary, why, wrong, right } of registry)
      for (const text of [summary, why, id.startsWith("yaml/") ? "-" : wrong, right]) expect(text, id).not.toBe("");
  });
});

describe("what guards an agreement", () => {
  const guards = registry.filter(({ guard }) => guard === true).map(({ id }) => id);
  test("is known", () =>
    expect(guards.toSorted()).toEqual([
      "agreement/author",
      "agreement/missing",
      "agreement/one-sided",
      "agreement/stale",
      "candidate/calibration",
      "candidate/erased",
      "candidate/event-edited",
      "candidate/legal-hold",
      "change/objected",
      "change/unexplained",
      "evaluation/edited",
      "people/address",
      "priorities/edited",
      "seal/early",
      "seal/holders",
      "seal/missing",
      "seal/opened",
      "update/author",
      "update/edited",
    ]));

  const own = (lines: readonly string[], rule: string): readonly string[] => lines.filter((line) => line.includes(` ${rule} `));
  const guarding = pairs.filter(({ rule }) => guards.some((id) => id === rule));
  test.each(guarding)("$rule is not turned off by the change that it judges", ({ rule, wrong, from = {} }) => {
    const lines = own(found(wrong, from), rule);
    expect(lines).not.toEqual([]);
    // To turn it off is a change of its own, too.
    const off: Edit = ["hire.yaml", /$/u, `rules: { ${rule}: off }\n`];
    expect(own(found([...wrong, off], from), rule)).toEqual(expect.arrayContaining([...lines]));
  });
  // A comment changes the very text that was sealed.
  test.each(guarding.filter(({ rule }) => rule !== "seal/early"))(
    "$rule is not silenced by a comment",
    ({ rule, wrong, finding, from = {} }) => {
      const [file = ""] = finding.split(":");
      const comment: Edit = [file, /^/u, `# hire-ignore ${rule}: it is known\n`];
      expect(own(found([...wrong, comment], from), rule)).toHaveLength(own(found(wrong, from), rule).length);
    },
  );

  test("is no softer where the change calls the role a draft", () => {
    const lines = found(
      [
        [rubric, "bar: 3.5", "bar: 3"],
        [intake, "status: open", "status: draft"],
      ],
      {},
    );
    expect(lines.filter((line) => line.includes(" error agreement/stale "))).not.toEqual([]);
  });

  test("knows people by the addresses they had before the change", () => {
    const lines = found(
      [
        ["roles/backend/agreements/dana.yaml", "10:12:00", "10:13:00"],
        ["hire.yaml", "dana@northwind.example", "mallory@northwind.example"],
      ],
      { commits: [{ by: "mallory", touches: ["roles/backend/agreements/dana.yaml", "hire.yaml"] }] },
    );
    expect(lines.filter((line) => line.includes(" error agreement/author "))).not.toEqual([]);
  });
});

describe("whose words these are", () => {
  const reason = updated("Bo leaves the rotation in January, so one is alone", "0123456789ab", "2026-11-02");
  const saying = (...commits: readonly string[]): readonly string[] =>
    found([[update, "", reason]], { commits: commits.map((by) => ({ by, touches: [update] })) }).filter((line) =>
      line.includes(" update/author "),
    );

  test("is told by the commit that first brought them, whoever touched the file later", () => {
    expect(saying("riku", "dana")).toEqual([]);
    expect(saying("dana", "riku")).toEqual([`${update}:3:5 error update/author dana did not say this: commit 1111111 is by someone else`]);
  });
  test("is a warning where no address of the person is known", () =>
    expect(
      found(
        [
          [update, "", reason],
          ["hire.yaml", ", email: dana@northwind.example", ""],
        ],
        { edits: [["hire.yaml", ", email: dana@northwind.example", ""]], commits: [{ by: "riku", touches: [update] }] },
      ),
    ).toContain(`${update}:3:5 warning update/author no address of dana is known, so nobody can tell who said this`));
});

describe("a sample profile", () => {
  test("that was rated is not made a candidate", () =>
    expect(
      found([], { edits: [[`${otter}/candidate.yaml`, "source: referral", "source: referral\ncalibration: true"]] }).filter((line) =>
        line.includes(" candidate/calibration "),
      ),
    ).toEqual([`${otter}/candidate.yaml:1:1 error candidate/calibration a sample profile was made a candidate`]));
});

describe("what happened", () => {
  test("is not taken away with its whole file by someone else", () => {
    const lines = found([[events, "", null]], { commits: [{ by: "riku", touches: [], deletes: [events] }] });
    expect(lines.filter((line) => line.includes(" candidate/event-edited "))).toEqual([
      `${otter}/candidate.yaml:1:1 warning candidate/event-edited 'interviewed' by ana (2026-11-10) was taken away or changed by someone else`,
    ]);
  });
});

describe("a candidate who is gone", () => {
  const about = (lines: readonly string[]): readonly string[] => lines.filter((line) => / candidate\/(?:erased|legal-hold) /u.test(line));
  const gone = Object.keys(sound)
    .filter((path) => path.startsWith("roles/"))
    .map((path): Edit => [path, "", null]);
  const moved = (from: string, to: string, more: Readonly<Record<string, string>> = {}): readonly Edit[] =>
    Object.entries({ ...sound, ...more }).flatMap(([path, text]): readonly Edit[] =>
      path.startsWith(from)
        ? [
            [path, "", null],
            [path.replace(from, to), "", text],
          ]
        : [],
    );
  const heron = "roles/backend/candidates/brisk-heron";
  const heldText = `${sound[`${otter}/candidate.yaml`] ?? ""}${held[2] as string}`;
  const onHold = "error candidate/legal-hold amber-otter is under a legal hold and";
  const reject: Edit = [decision, "", decided("reject", reasons)];

  test("is counted with a role that went, agreed on or not, running or over", () => {
    const line = "hire.yaml:1:10 info candidate/erased the role backend went, and with it 1 judged candidate";
    const unsigned = ["dana", "riku"].map((person): Edit => [`roles/backend/agreements/${person}.yaml`, "", null]);
    for (const edits of [[], unsigned, [[intake, "status: open", "status: filled"] as const]])
      expect(about(found(gone, { edits })), JSON.stringify(edits)).toEqual([line]);
  });
  test("is who was rejected, and whose decision alone was taken away", () => {
    expect(about(found([], { edits: [reject] }))).toEqual([
      `${otter}/candidate.yaml:2:5 info candidate/erased the decision about amber-otter was taken away`,
    ]);
  });
  test.each<readonly [string, readonly Edit[]]>([
    ["is called something else", moved(`${otter}/`, `${heron}/`)],
    ["went along with the role", moved("roles/backend/", "roles/payments/")],
    [
      "is looked at for another role",
      [...moved(`${otter}/`, "roles/payments/candidates/amber-otter/"), ["roles/payments/intake.yaml", "", sound[intake] ?? ""]],
    ],
    [
      "stayed where the role was copied from",
      moved("roles/backend/", "roles/payments/").filter(([path, , to]) => to !== null && !path.includes("/candidates/")),
    ],
    ["cannot be read", [[`${otter}/candidate.yaml`, "id: ", "id "], ...erased.slice(1)]],
  ])("is not one who %s", (_, edits) => expect(about(found(edits, {}))).toEqual([]));

  describe("under a legal hold", () => {
    test("is an error with the whole role, and under the severity of any other rule", () => {
      expect(about(found(gone, { edits: [held] }))).toEqual([`hire.yaml:1:10 ${onHold} was erased`]);
      const severity: Edit = ["hire.yaml", /$/u, "rules: { candidate/erased: warning }\n"];
      expect(about(found([severity, ...erased], { edits: [severity, held] }))).toEqual([`${intake}:2:8 ${onHold} was erased`]);
    });
    test("is not replaced by another who shares an event", () => {
      const [first = ""] = (sound[events] ?? "").split("\n");
      const decoy: readonly Edit[] = [
        [`${heron}/candidate.yaml`, "", "version: 1\nid: brisk-heron\n"],
        [`${heron}/events.yaml`, "", `${first}\n`],
      ];
      expect(about(found([...erased, ...decoy], { edits: [held] }))).toEqual([`${intake}:2:8 ${onHold} was erased`]);
    });
    test("loses nothing that stood in it, where it moves to another role or stays", () => {
      const there = "roles/payments/candidates/amber-otter/";
      const emptied = (sound[evaluation] ?? "")
        .replace(/rating: 4, evidence: [^}]*/u, 'rating: null, not_assessed: "" ')
        .replace('""', "No time");
      const own = { [`${otter}/candidate.yaml`]: heldText, [evaluation]: emptied };
      const line = `${intake}:2:8 ${onHold} was erased`;
      expect(about(found(moved(`${otter}/`, there, own), { edits: [held] }))).toEqual([line]);
      expect(about(found([[events, "what: presented", "what: told"]], { edits: [held] }))).toEqual([
        `${otter}/candidate.yaml:2:5 ${onHold} lost events`,
      ]);
      expect(about(found([[decision, "", decided("hold", reasons)]], { edits: [held, reject] }))).toEqual([
        `${otter}/candidate.yaml:2:5 ${onHold} lost decision`,
      ]);
      // What is added takes nothing away.
      const more: Edit = [events, /$/u, '- { at: "2026-11-12T09:00:00+02:00", what: told, by: riku }\n'];
      expect(about(found([held, more], { edits: [held] }))).toEqual([]);
    });
    test("is not hollowed out, though the hold is lifted in the same change", () => {
      expect(about(found([[events, "", null]], { edits: [held, reject] }))).toEqual([
        `${otter}/candidate.yaml:2:5 ${onHold} lost decision and events`,
      ]);
      // That it was lifted is told.
      expect(about(found([], { edits: [held] }))).toEqual([
        `${otter}/candidate.yaml:2:5 info candidate/legal-hold the legal hold on amber-otter was lifted`,
      ]);
    });
    test("may move, and be called something else, with everything", () => {
      for (const to of [`${heron}/`, "roles/payments/candidates/amber-otter/"])
        expect(about(found(moved(`${otter}/`, to, { [`${otter}/candidate.yaml`]: heldText }), { edits: [held] })), to).toEqual([]);
      // Whoever has nothing but their own file yet, too.
      const bare = erased.slice(1);
      const [, renamed] = moved(`${otter}/candidate.yaml`, `${heron}/candidate.yaml`, {
        [`${otter}/candidate.yaml`]: heldText.replace("amber-otter", "brisk-heron"),
      });
      expect(about(found([...erased, ...(renamed === undefined ? [] : [renamed])], { edits: [held, ...bare] }))).toEqual([]);
    });
  });
});

describe("a scorecard", () => {
  const edited = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.includes(" error evaluation/edited "));
  const amended = (...reasons: readonly string[]): string =>
    `amendments: [${reasons.map((because, day) => `{ at: "2026-11-1${day}T09:00:00+02:00", by: ana, because: ${because} }`).join(", ")}]\n`;

  test("is not taken away once another one of the candidate is in", () =>
    expect(edited(found([[evaluation, "", null]], { commits: [{ by: "ana", touches: [evaluation] }] }))).toEqual([
      `${otter}/candidate.yaml:2:5 error evaluation/edited the scorecard design--ana.yaml was deleted after another one of amber-otter was in`,
    ]));

  test("is not amended by writing earlier amendments anew", () => {
    const from = { edits: [[evaluation, /$/u, amended("First thought")]] as const, commits: [{ by: "ana", touches: [evaluation] }] };
    const change: Edit = [evaluation, "rating: 4", "rating: 2"];
    expect(edited(found([[evaluation, /$/u, amended("Another", "Second thought")], change], from))).toHaveLength(1);
    expect(edited(found([[evaluation, /$/u, amended("First thought", "Second thought")], change], from))).toEqual([]);
  });
});

describe("a file that cannot be read", () => {
  const broken: Edit = [intake, "status: open", "status: opened"];
  const error = `${intake}:3:9 error schema/enum`;
  test("is an error, whatever hire.yaml says of the rule", () =>
    expect(found([broken, ["hire.yaml", /$/u, "rules: { schema/enum: off }\n"]])).toEqual([expect.stringContaining(error)]));
  test("is an error, whatever a comment says", () =>
    expect(found([[intake, "status: open", "status: opened # hire-ignore schema/enum: it is known"]]).join("\n")).toContain(error));
});

describe("what is known by its id", () => {
  const more = (file: string, list: string, entry: string): Edit => [file, `${list}:\n`, `${list}:\n  - ${entry}\n`];
  const points = "[{ requirement: mentoring, points: 40 }, { requirement: mentoring, points: 60 }]";
  test.each<readonly [string, Edit, string]>([
    ["a person", more("hire.yaml", "people", "{ id: riku, name: Rik }"), "hire.yaml:6:11 error schema/range 'riku'"],
    ["an outcome", more(intake, "outcomes", "{ id: pager, result: Carries it }"), `${intake}:9:11 error schema/range 'pager'`],
    ["a stage", more(rubric, "stages", "{ id: design, name: Again, assesses: [candour] }"), `${rubric}:33:11 error schema/range 'design'`],
    [
      "what someone weighed",
      [weights, "", `version: 1\nperson: dana\nas: hiring-manager\ngiven_at: "2026-11-03T09:40:00+02:00"\npoints: ${points}\n`],
      `${weights}:5:65 error schema/range 'mentoring'`,
    ],
  ])("%s that stands there twice is an error at the second", (_, edit, line) =>
    expect(found([edit]).filter((one) => one.includes("a second time"))).toEqual([`${line} stands here a second time`]),
  );
});

describe("phone numbers in a scorecard", () => {
  test.each(["+ 358401234567", "212\u2011555\u20110123", "\uff0b358401234567", "9:040/123456"])("%s", (number) =>
    expect(found([[evaluation, "Walked through the queue outage before I asked", `"Call ${number} back, please"`]])).toEqual([
      expect.stringMatching(/ error candidate\/personal-data holds a phone number$/u),
    ]),
  );
});

describe("keys that things are sealed to", () => {
  test("one that was mistyped is an error, at its place", () =>
    expect(
      found([
        seals(
          key("q"),
          key("p").replace(/.$/u, (last) => (last === "q" ? "p" : "q")),
        ),
      ]),
    ).toEqual(["hire.yaml:9:116 error seal/keys nothing can be sealed to this key: it was mistyped, or is a plugin's"]));
});

describe("one finding a cause", () => {
  test("a broken rubric yields its own finding and a count of what was skipped", () => {
    const files = { ...sound, [rubric]: (sound[rubric] ?? "").replace("weight: 3", "weight: many") };
    const encoder = new TextEncoder();
    const loaded = load({
      revision: null,
      files: Object.entries(files).map(([path, text]) => ({ path, kind: "file" as const, size: text.length, bytes: encoder.encode(text) })),
    });
    const { findings, skipped } = runChecks({ workspace: loaded.workspace, former: new Map() }, loaded);
    expect(findings.map(({ rule }) => rule)).toEqual(["schema/type"]);
    expect(skipped).toEqual([{ file: rubric, checks: 22 }]);
  });
});

describe("the same evidence twice", () => {
  const said = "Asked what nobody knew about the failover";
  test.each([
    ["word for word", said, 1],
    ["in other marks and other capitals", '"\u201casked what nobody knew: About the FAILOVER!\u201d"', 1],
    ["with another end", `${said} at night`, 0],
  ])("%s", (_, second, times) =>
    expect(
      found([[evaluation, "Walked through the queue outage before I asked", second]]).filter((line) =>
        line.includes("the same evidence as for"),
      ),
    ).toHaveLength(times),
  );
  test("among many", () => {
    const ratings = Array.from(
      { length: 30 },
      (_, at) => `  - { criterion: c${at}, as_of: abcdef012345, rating: 3, evidence: "${said} ${at % 29}" }\n`,
    );
    const lines = found([[evaluation, /ratings:\n(?: {2}.*\n)+/u, `ratings:\n${ratings.join("")}`]]);
    expect(lines.filter((line) => line.includes("evidence-missing"))).toEqual([expect.stringContaining("the same evidence as for 'c0'")]);
  });
});

describe("severities", () => {
  test("are set in hire.yaml", () =>
    expect(
      found([
        ["hire.yaml", "version: 1\n", 'version: 1\nrules: { intake/vague: "off" }\n'],
        [intake, "Knows card payments", "A team player"],
      ]).filter((line) => line.includes("vague")),
    ).toEqual([]));
  test("practice is info on a draft, and silent once filled", () => {
    const vague: Edit = [intake, "Knows card payments", "A team player"];
    expect(
      found([vague, [intake, "status: open", "status: draft"]])
        .filter((line) => line.includes("vague"))
        .map((line) => line.split(" ")[1]),
    ).toEqual(["info"]);
    expect(found([vague, [intake, "status: open", "status: filled"]])).toEqual([]);
  });
});
