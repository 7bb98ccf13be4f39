import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Change } from "../../src/core/change/change.ts";
import { compareRoles } from "../../src/core/change/compare.ts";
import { asOf, digest } from "../../src/core/digest.ts";
import type { Doc, Role } from "../../src/core/document.ts";
import { startOf } from "../../src/core/finding.ts";
import type { Intake, Rubric } from "../../src/core/model.ts";
import { setAt } from "../../src/workspace/set.ts";
import { fixture } from "../support/repo.ts";

const intake = parse(fixture("search/roles/backend/intake.yaml")) as Intake;
const rubric = parse(fixture("search/roles/backend/rubric.yaml")) as Rubric;

function doc<T>(path: string, data: T): Doc<T> {
  return { path, data, at: () => startOf(path) };
}

function role(over: { readonly rubric?: unknown; readonly intake?: unknown } = {}): Role {
  return {
    id: "backend",
    intake: doc("intake.yaml", (over.intake ?? intake) as Intake),
    rubric: doc("rubric.yaml", (over.rubric ?? rubric) as Rubric),
    priorities: [],
    sealed: [],
    agreements: [],
    updates: [],
    candidates: [],
    unreadable: [],
  };
}

const changes = (before: Role, after: Role): readonly Change[] => compareRoles(before, after, 0.05).changes;
const line = ({ item, facet, gravity, text }: Change): string => `${item.type}/${item.id} ${facet} ${gravity}: ${text}`;
const inRubric = (path: string, value: unknown): readonly string[] =>
  changes(role(), role({ rubric: setAt(rubric, path.split("."), value) })).map(line);
const inIntake = (path: string, value: unknown): readonly string[] =>
  changes(role(), role({ intake: setAt(intake, path.split("."), value) })).map(line);

describe("each facet of a rubric, by gravity and in words", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ["a criterion removed", "criteria.mentoring", undefined, ["criterion/mentoring presence breaking: removed, held 20 %"]],
    [
      "an optional criterion added",
      "criteria.new",
      { id: "new", name: "New", means: "New", weight: 1 },
      ["criterion/new presence material: added, holds 17 %"],
    ],
    [
      "a required criterion added",
      "criteria.new",
      { id: "new", name: "New", means: "New", weight: 1, required: true },
      ["criterion/new presence breaking: added as required, holds 17 %"],
    ],
    ["a name", "criteria.mentoring.name", "Mentors", ['criterion/mentoring name editorial: name "Bringing others along" → "Mentors"']],
    [
      "meaning redefined",
      "criteria.mentoring.means",
      "Brings juniors to leave their own work.",
      ['criterion/mentoring meaning breaking: means "…to carry their…" → "…to leave their…"'],
    ],
    [
      "meaning mended",
      "criteria.mentoring.means",
      "Brings the juniors to carry their own work",
      [
        'criterion/mentoring meaning editorial: means "Brings juniors to carry their own work." → "Brings the juniors to carry their own work"',
      ],
    ],
    [
      "a signal deleted",
      "criteria.failure-design.signals",
      ["Knows what the client sees"],
      ['criterion/failure-design meaning breaking: signal removed: "Names failure modes unprompted"'],
    ],
    ["a signal added", "criteria.mentoring.signals", ["Names one"], ['criterion/mentoring meaning breaking: signal added: "Names one"']],
    [
      "a signal's dash",
      "criteria.failure-design.signals",
      ["Names failure modes - unprompted", "Knows what the client sees"],
      ['criterion/failure-design meaning editorial: signal "…modes unprompted" → "…modes - unprompted"'],
    ],
    [
      "an anchor redefined",
      "criteria.failure-design.anchors.3.means",
      "Names failure modes and two remedies each",
      ['criterion/failure-design anchors breaking: anchor 3 "…and one remedy each" → "…and two remedies each"'],
    ],
    [
      "an anchor removed",
      "criteria.failure-design.anchors.3",
      undefined,
      ["criterion/failure-design anchors breaking: anchor of 3 removed"],
    ],
    [
      "anchors added where none stood",
      "criteria.mentoring.anchors",
      [{ value: 1, means: "None" }],
      ["criterion/mentoring anchors material: anchor of 1 added"],
    ],
    [
      "an anchor added beside others",
      "criteria.failure-design.anchors",
      [...(rubric.criteria[0]?.anchors ?? []), { value: 4, means: "More" }],
      ["criterion/failure-design anchors breaking: anchor of 4 added"],
    ],
    ["required", "criteria.mentoring.required", true, ["criterion/mentoring required material: is required now"]],
    ["a weight", "criteria.failure-design.weight", 5, ["criterion/failure-design weight material: weight 60 % → 71 %"]],
    ["a small weight move", "criteria.failure-design.weight", 3.2, ["criterion/failure-design weight editorial: weight 60 % → 62 %"]],
    ["a bar", "criteria.failure-design.bar", 2, ["criterion/failure-design bar material: bar 3 → 2"]],
    [
      "what it covers",
      "criteria.failure-design.covers",
      ["failure-design"],
      ["criterion/failure-design covers material: covers: no longer pager"],
    ],
    [
      "scale values",
      "scale",
      rubric.scale.slice(1),
      [
        "scale/scale values breaking: values 1 2 3 4 5 → 2 3 4 5",
        "scale/scale meanings breaking: meaning of 1 removed",
        "scale/scale labels editorial: labels",
      ],
    ],
    ["scale meanings", "scale.3.means", undefined, ["scale/scale meanings breaking: meaning of 3 removed"]],
    ["a scale meaning added", "scale.4.means", "Clear evidence", ["scale/scale meanings breaking: meaning of 4 added"]],
    ["a scale label", "scale.3.label", "Fine", ['scale/scale labels editorial: label 3 "Meets" → "Fine"']],
    ["a stage removed", "stages.team", undefined, ["stage/team presence material: stage removed"]],
    ["what a stage assesses", "stages.team.assesses", ["mentoring", "candour"], ["stage/team assesses material: assesses: now candour"]],
    ["who holds a stage", "stages.team.interviewers", ["dana"], ["stage/team interviewers material: interviewers: no longer bo"]],
    ["a stage's name", "stages.team.name", "Team talk", ['stage/team name editorial: name "Team interview" → "Team talk"']],
    [
      "a stage's questions",
      "stages.design.questions",
      ["Walk us through an outage.", "And then?"],
      ['stage/design questions editorial: question added: "And then?"'],
    ],
    ["a stage's minutes", "stages.design.minutes", 45, ["stage/design minutes editorial: minutes 60 → 45"]],
    ["the decision bar", "decision.bar", 3, ["decision/decision bar material: decision bar 3.5 → 3"]],
    ["evaluations needed", "decision.evaluations", 1, ["decision/decision evaluations material: evaluations needed 2 → 1"]],
    [
      "the tie-break",
      "decision.tie_break",
      "A coin",
      ['decision/decision tie_break material: tie-break "The hiring manager decides" → "A coin"'],
    ],
  ])("%s", (_, path, value, expected) => expect(inRubric(path, value)).toEqual(expected));

  test("a criterion taken out of the rubric and its stage is one change", () => {
    const without = setAt(setAt(rubric, ["criteria", "candour"], undefined), ["stages", "design", "assesses"], ["failure-design"]);
    expect(changes(role(), role({ rubric: without })).map(line)).toEqual(["criterion/candour presence breaking: removed, held 20 %"]);
  });
  test("a whole rubric", () => {
    const { rubric: _, ...without } = role();
    expect(changes(without, role()).map(line)).toEqual(["rubric/rubric presence editorial: new: 3 criteria"]);
    expect(changes(role(), without).map(line)).toEqual(["rubric/rubric presence breaking: rubric removed"]);
  });
});

describe("each facet of an intake, by gravity and in words", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      "a requirement removed",
      "requirements.payments",
      undefined,
      ['requirement/payments presence material: nice-to-have removed: "Knows card payments"'],
    ],
    ["need", "requirements.payments.need", "must-have", ["requirement/payments need material: nice-to-have → must-have"]],
    [
      "statement redefined",
      "requirements.payments.statement",
      "Knows bank payments",
      ['requirement/payments statement material: statement "Knows card payments" → "Knows bank payments"'],
    ],
    [
      "statement mended",
      "requirements.payments.statement",
      "Knows the card payments.",
      ['requirement/payments statement editorial: statement "Knows card payments" → "Knows the card payments."'],
    ],
    ["prose", "requirements.payments.trade", "Two months", ['requirement/payments prose editorial: trade added: "Two months"']],
    [
      "an outcome added",
      "outcomes.ledger",
      { id: "ledger", result: "The ledger survives" },
      ['outcome/ledger presence material: outcome added: "The ledger survives"'],
    ],
    ["an outcome redefined", "outcomes.pager.by", "1 year", ['outcome/pager text material: by "90 days" → "1 year"']],
    [
      "a way of working redefined",
      "ways_of_working.says-unknown.behaviour",
      "Says what is known during an incident",
      ['way-of-working/says-unknown text material: behaviour "…is not known…" → "…is known…"'],
    ],
    ["pay", "compensation.max", 82000, ["intake/intake compensation material: max 90 000 → 82 000 EUR"]],
    ["level", "level", "senior", ["intake/intake level material: added: senior"]],
    ["place", "location", { mode: "remote" }, ["intake/intake location material: mode added: remote"]],
    ["start", "start_by", "2027-01-01", ["intake/intake start_by material: none → 2027-01-01"]],
    ["openings", "openings", 2, ["intake/intake openings material: 1 → 2"]],
    ["team", "team.decider", "bo", ["intake/intake team material: decider added: bo"]],
    ["status", "status", "on-hold", ["intake/intake status editorial: open → on-hold"]],
    ["the rest", "why", "Payments has nobody on call.", ['intake/intake prose editorial: why "…has one person on…" → "…has nobody on…"']],
    ["an assumption confirmed", "assumptions.remote-ok.status", "open", []],
  ])("%s", (_, path, value, expected) => expect(inIntake(path, value)).toEqual(expected));

  test("rank of must-haves", () => {
    const [first, second, ...rest] = intake.requirements ?? [];
    expect(changes(role(), role({ intake: { ...intake, requirements: [second, first, ...rest] } })).map(line)).toEqual([
      "requirement/mentoring rank material: rank 2 → 1",
    ]);
  });
});

test("shares that move only because others did are one line", () => {
  const { shifted } = compareRoles(role(), role({ rubric: setAt(rubric, ["criteria", "failure-design", "weight"], 5) }), 0.05);
  expect(shifted?.criteria).toEqual(["mentoring", "candour"]);
  expect([shifted?.from, shifted?.to].map((share) => share?.toFixed(4))).toEqual(["0.4000", "0.2857"]);
});

describe("renames", () => {
  const renamed = setAt(
    setAt(rubric, ["criteria", "mentoring", "id"], "growing-others"),
    ["criteria", "growing-others", "renamed_from"],
    ["mentoring"],
  );
  const after = {
    ...(renamed as Rubric),
    stages: rubric.stages?.map((stage) => ({
      ...stage,
      assesses: stage.assesses.map((id) => (id === "mentoring" ? "growing-others" : id)),
    })),
  };
  test("a declared rename is no change", () => expect(changes(role(), role({ rubric: after }))).toEqual([]));
  test("the fingerprint follows the chain", () => {
    const direct = changes(role(), role({ rubric: setAt(rubric, ["criteria", "mentoring", "weight"], 9) }))[0];
    const through = changes(role(), role({ rubric: setAt(after, ["criteria", "growing-others", "weight"], 9) }))[0];
    expect(through?.fingerprint).toBe(direct?.fingerprint);
  });
});

const mutations: readonly (readonly [string, unknown])[] = [
  ["criteria.mentoring.weight", 4],
  ["criteria.failure-design.means", "Other"],
  ["criteria.failure-design.anchors.3", undefined],
  ["criteria.candour.required", true],
  ["criteria.extra", { id: "extra", name: "Extra", means: "Extra", weight: 2 }],
  ["scale.3.means", "Other"],
  ["decision.bar", 4],
  ["stages.team", undefined],
  ["criteria.mentoring", undefined],
];
const version = fc
  .subarray([...mutations])
  .map((chosen) => chosen.reduce<unknown>((data, [path, value]) => setAt(data, path.split("."), value), rubric));

function shuffled(data: unknown, random: () => number): unknown {
  if (Array.isArray(data)) {
    const items = data.map((item) => shuffled(item, random));
    return items.every((item) => typeof item === "object" && item !== null && ("id" in item || "value" in item))
      ? items.toSorted(() => random() - 0.5)
      : items;
  }
  if (typeof data === "object" && data !== null)
    return Object.fromEntries(
      Object.entries(data)
        .map(([key, value]) => [key, key === "requirements" ? value : shuffled(value, random)] as const)
        .toSorted(() => random() - 0.5),
    );
  return data;
}

describe("laws", () => {
  test("a fingerprint is of the change alone: not of the verdict, the role's name, other edits, or whether it was explained", () => {
    const prints = (before: Role, after: Role, reweight: number): ReadonlyMap<string, string> =>
      new Map(compareRoles(before, after, reweight).changes.map(({ item, facet, fingerprint }) => [`${item.id} ${facet}`, fingerprint]));
    fc.assert(
      fc.property(version, version, fc.double({ min: 0.001, max: 1, noNaN: true }), (a, b, reweight) => {
        const plain = prints(role({ rubric: a }), role({ rubric: b }), 0.05);
        const elsewhere = { ...role({ rubric: b, intake: { ...intake, level: "senior" } }), id: "elsewhere" };
        const other = prints(role({ rubric: a }), elsewhere, reweight);
        for (const [key, fingerprint] of plain) expect(other.get(key)).toBe(fingerprint);
        expect(new Set(plain.values()).size).toBe(plain.size);
      }),
    );
  });
  test("nothing differs from itself", () => {
    fc.assert(
      fc.property(version, (data) => {
        expect(changes(role({ rubric: data }), role({ rubric: data }))).toEqual([]);
      }),
    );
  });
  test("there and back are mirrors: the same items and facets, from and to exchanged", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const forth = changes(role({ rubric: a }), role({ rubric: b })).map(({ item, facet, was, now }) =>
          [item.id, facet, was, now].join(" "),
        );
        const back = changes(role({ rubric: b }), role({ rubric: a })).map(({ item, facet, was, now }) =>
          [item.id, facet, now, was].join(" "),
        );
        expect(forth.toSorted()).toEqual(back.toSorted());
      }),
    );
  });
  test("order changes nothing: no change, no digest, no as_of, no fingerprint", () => {
    fc.assert(
      fc.property(version, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (data, stream) => {
        const random = (): number => stream.next().value ?? 0;
        const other = shuffled(data, random) as Rubric;
        const sorted = { ...other, scale: other.scale.toSorted((a, b) => a.value - b.value) };
        expect(changes(role({ rubric: data }), role({ rubric: sorted }))).toEqual([]);
        expect(digest(sorted)).toBe(digest(data));
        expect(
          changes(role(), role({ rubric: sorted }))
            .map(({ fingerprint }) => fingerprint)
            .toSorted(),
        ).toEqual(
          changes(role(), role({ rubric: data }))
            .map(({ fingerprint }) => fingerprint)
            .toSorted(),
        );
        for (const criterion of sorted.criteria) {
          const same = (data as Rubric).criteria.find(({ id }) => id === criterion.id);
          expect(asOf(criterion, sorted.scale)).toBe(same === undefined ? "" : asOf(same, (data as Rubric).scale));
        }
        const brief = shuffled(intake, random) as Intake;
        expect(changes(role(), role({ intake: brief }))).toEqual([]);
        expect(digest(brief)).toBe(digest(intake));
      }),
    );
  });
});
