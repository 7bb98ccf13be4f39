import { describe, expect, test } from "vitest";
import { registry } from "../../src/check/registry.ts";
import { runChecks } from "../../src/check/run.ts";
import { load } from "../../src/workspace/load.ts";
import { fixture, searchFiles } from "../support/repo.ts";

/** In a file, `from` becomes `to`; an empty `from` makes the file, a null `to` deletes it. */
type Edit = readonly [file: string, from: string | RegExp, to: string | null];

const intake = "roles/backend/intake.yaml";
const rubric = "roles/backend/rubric.yaml";
const otter = "roles/backend/candidates/amber-otter";

/** The sound search of test/fixtures/search with an agreement of each side and one evaluated candidate. */
const base: Readonly<Record<string, string>> = {
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

function found(edits: readonly Edit[]): readonly string[] {
  const files: Record<string, string> = { ...base };
  for (const [file, from, to] of edits) {
    const text = files[file] ?? "";
    if (to === null) {
      delete files[file];
      continue;
    }
    const next = from === "" ? to : text.replace(from, to);
    if (next === text) throw new Error(`${file} does not hold ${String(from)}`);
    files[file] = next;
  }
  const encoder = new TextEncoder();
  const snapshot = {
    revision: null,
    files: Object.entries(files).map(([path, text]) => ({ path, kind: "file" as const, size: text.length, bytes: encoder.encode(text) })),
  };
  const loaded = load(snapshot);
  return runChecks({ workspace: loaded.workspace, former: new Map() }, loaded).findings.map(
    ({ rule, severity, file, line, column, message }) => `${file}:${line}:${column} ${severity} ${rule} ${message}`,
  );
}

const turnOn = (rule: string): Edit => ["hire.yaml", "version: 1\n", `version: 1\nrules: { ${rule}: warning }\n`];
const evaluation = `${otter}/evaluations/design--ana.yaml`;
const events = `${otter}/events.yaml`;

/** For each rule: what breaks it, the one finding that follows, and a neighbour that must not trigger it. */
const pairs: readonly {
  readonly rule: string;
  readonly wrong: readonly Edit[];
  readonly finding: string;
  readonly right: readonly Edit[];
}[] = [
  {
    rule: "people/unknown",
    wrong: [[rubric, "interviewers: [dana, bo]", "interviewers: [dana, boo]"]],
    finding: `${rubric}:33:60 error people/unknown 'boo' is nobody in hire.yaml`,
    right: [[rubric, "interviewers: [dana, bo]", "interviewers: [dana, ana]"]],
  },
  {
    rule: "people/inactive",
    wrong: [[intake, "panel: [ana, bo]", "panel: [ana, cy]"]],
    finding: `${intake}:5:61 warning people/inactive cy has left`,
    right: [[intake, "owner: dana", "owner: cy"]],
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
        (base[evaluation] ?? "").replace("amber-otter", "brisk-heron"),
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
    wrong: [[evaluation, /rating: [34]/gu, "rating: 2"]],
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
];

test("the base is sound", () => expect(found([])).toEqual([]));

describe("each rule", () => {
  test.each(pairs)("$rule fires at the place", ({ rule, wrong, finding }) =>
    expect(
      found(wrong)
        .filter((line) => line.includes(` ${rule} `))
        .join("\n"),
    ).toContain(finding),
  );
  test.each(pairs)("$rule is silent on its neighbour", ({ rule, right }) =>
    expect(found(right).filter((line) => line.includes(` ${rule} `))).toEqual([]),
  );
  test("has its pair here, and its words", () => {
    expect(pairs.map(({ rule }) => rule)).toEqual(registry.filter((rule) => rule.applied !== "reading").map(({ id }) => id));
    for (const { id, summary, why, wrong, right } of registry)
      for (const text of [summary, why, id.startsWith("yaml/") ? "-" : wrong, right]) expect(text, id).not.toBe("");
  });
});

describe("one finding a cause", () => {
  test("a broken rubric yields its own finding and a count of what was skipped", () => {
    const files = { ...base, [rubric]: (base[rubric] ?? "").replace("weight: 3", "weight: many") };
    const encoder = new TextEncoder();
    const loaded = load({
      revision: null,
      files: Object.entries(files).map(([path, text]) => ({ path, kind: "file" as const, size: text.length, bytes: encoder.encode(text) })),
    });
    const { findings, skipped } = runChecks({ workspace: loaded.workspace, former: new Map() }, loaded);
    expect(findings.map(({ rule }) => rule)).toEqual(["schema/type"]);
    expect(skipped).toEqual([{ file: rubric, checks: 19 }]);
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
