import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Change } from "../../src/core/change/change.ts";
import { compareWorkspaces } from "../../src/core/change/compare.ts";
import { facetKeys } from "../../src/core/change/describe.ts";
import type { Doc, Workspace } from "../../src/core/document.ts";
import { startOf } from "../../src/core/finding.ts";
import type { Hire, Intake, Rubric } from "../../src/core/model.ts";
import { changeLines } from "../../src/report/diff-text.ts";
import { styleFor } from "../../src/report/style.ts";
import { setAt } from "../../src/workspace/set.ts";
import { fixture } from "../support/repo.ts";

interface Files {
  readonly hire: Hire;
  readonly intake: Intake | undefined;
  readonly rubric: Rubric | undefined;
}

const files: Files = {
  hire: parse(fixture("search/hire.yaml")) as Hire,
  intake: setAt(parse(fixture("search/roles/backend/intake.yaml")), ["location"], { mode: "hybrid", place: "Helsinki" }) as Intake,
  rubric: parse(fixture("search/roles/backend/rubric.yaml")) as Rubric,
};

function workspace({ hire, intake, rubric }: Files): Workspace {
  const doc = <T>(path: string, data: T): Doc<T> => ({ path, data, at: () => startOf(path) });
  return {
    hire: doc("hire.yaml", hire),
    markets: [],
    roles: [
      {
        id: "backend",
        ...(intake === undefined ? {} : { intake: doc("intake.yaml", intake) }),
        ...(rubric === undefined ? {} : { rubric: doc("rubric.yaml", rubric) }),
        priorities: [],
        sealed: [],
        agreements: [],
        updates: [],
        candidates: [],
        unreadable: [],
      },
    ],
    unreadable: [],
  };
}

type Edit = readonly [path: string, value: unknown];

function edited([path, value]: Edit): Files {
  return setAt(files, path.split("."), value) as Files;
}

const key = ({ item, facet }: Change): string => `${item.type}.${facet}`;

function changesOf(edit: Edit): ReturnType<typeof compareWorkspaces> {
  return compareWorkspaces(workspace(files), workspace(edited(edit)));
}

const anchors = files.rubric?.criteria[0]?.anchors ?? [];
const [first, second, third] = files.intake?.requirements ?? [];
const scale = files.rubric?.scale ?? [];

/** Each facet: an edit that must trigger it, what people then read, and a neighbour that must not. */
const table: Readonly<Record<string, readonly [edit: Edit, golden: string, neighbour: Edit]>> = {
  "setting.severity": [
    ["hire.rules", { "rubric/weight-reason": "off" }],
    "! rubric/weight-reason  severity default → off     MAY CHANGE WHO IS HIRED",
    ["hire.people_metrics", "all"],
  ],
  "setting.value": [
    ["hire.change", { reweight: 0.2 }],
    "! reweight    default → 0.2                        MAY CHANGE WHO IS HIRED",
    ["hire.organization", "Other"],
  ],
  "rubric.presence": [
    ["rubric", undefined],
    "! rubric      rubric removed                         SCORES NOT COMPARABLE",
    ["rubric.criteria.mentoring.weight", 2],
  ],
  "intake.presence": [
    ["intake", undefined],
    "! intake      intake brief removed                   SCORES NOT COMPARABLE",
    ["intake.status", "on-hold"],
  ],
  "criterion.presence": [
    ["rubric.criteria.mentoring", undefined],
    "! mentoring   removed, held 20 %                     SCORES NOT COMPARABLE",
    ["rubric.criteria.mentoring.name", "Growing others"],
  ],
  "criterion.name": [
    ["rubric.criteria.mentoring.name", "Growing others"],
    '~ mentoring   name "Bringing others along" → "Growing others"      WORDING',
    ["rubric.criteria.mentoring.means", "Brings seniors to carry their own work."],
  ],
  "criterion.meaning": [
    ["rubric.criteria.mentoring.means", "Brings seniors to carry their own work."],
    '! mentoring   means "Brings juniors to…" → "Brings   SCORES NOT COMPARABLE\n              seniors to…"',
    ["rubric.criteria.failure-design.signals", ["Knows what the client sees", "Names failure modes unprompted"]],
  ],
  "criterion.anchors": [
    ["rubric.criteria.failure-design.anchors", anchors.slice(0, 2)],
    "! failure-design  anchor of 5 removed                SCORES NOT COMPARABLE",
    ["rubric.criteria.failure-design.anchors", anchors.toReversed()],
  ],
  "criterion.required": [
    ["rubric.criteria.mentoring.required", true],
    "! mentoring   is required now                      MAY CHANGE WHO IS HIRED",
    ["rubric.criteria.mentoring.required", false],
  ],
  "criterion.weight": [
    ["rubric.criteria.mentoring.weight", 2],
    "! mentoring   weight 20 % → 33 %                   MAY CHANGE WHO IS HIRED",
    ["rubric.criteria.mentoring.weight_reason", "It grew."],
  ],
  "criterion.bar": [
    ["rubric.criteria.failure-design.bar", 2],
    "! failure-design  bar 3 → 2                        MAY CHANGE WHO IS HIRED",
    ["rubric.decision.bar", 3],
  ],
  "criterion.covers": [
    ["rubric.criteria.failure-design.covers", ["failure-design"]],
    "! failure-design  covers: no longer pager          MAY CHANGE WHO IS HIRED",
    ["rubric.criteria.failure-design.covers", ["pager", "failure-design"]],
  ],
  "scale.values": [
    ["rubric.scale", scale.map((step) => ({ ...step, value: step.value * 2 }))],
    "! scale       values 1 2 3 4 5 → 2 4 6 8 10          SCORES NOT COMPARABLE",
    ["rubric.scale", scale.toReversed()],
  ],
  "scale.meanings": [
    ["rubric.scale.3.means", "Has done it without gaps"],
    '! scale       meaning 3 "…it with gaps" → "…it       SCORES NOT COMPARABLE\n              without gaps"',
    ["rubric.scale.3.label", "Fine"],
  ],
  "scale.labels": [
    ["rubric.scale.3.label", "Fine"],
    '~ scale       label 3 "Meets" → "Fine"                             WORDING',
    ["rubric.scale.3.means", "Has done it"],
  ],
  "stage.presence": [
    ["rubric.stages.team", undefined],
    "! team        stage removed                        MAY CHANGE WHO IS HIRED",
    ["rubric.stages", files.rubric?.stages?.toReversed()],
  ],
  "stage.name": [
    ["rubric.stages.team.name", "Team talk"],
    '~ team        name "Team interview" → "Team talk"                  WORDING',
    ["rubric.stages.team.minutes", 30],
  ],
  "stage.assesses": [
    ["rubric.stages.team.assesses", ["mentoring", "candour"]],
    "! team        assesses: now candour                MAY CHANGE WHO IS HIRED",
    ["rubric.stages.design.assesses", ["candour", "failure-design"]],
  ],
  "stage.interviewers": [
    ["rubric.stages.team.interviewers", ["dana"]],
    "! team        interviewers: no longer bo           MAY CHANGE WHO IS HIRED",
    ["rubric.stages.team.interviewers", ["bo", "dana"]],
  ],
  "stage.questions": [
    ["rubric.stages.design.questions", ["Walk us through an outage.", "And then?"]],
    '~ design      question added: "And then?"                          WORDING',
    ["rubric.stages.design.name", "Design talk"],
  ],
  "stage.minutes": [
    ["rubric.stages.design.minutes", 45],
    "~ design      minutes 60 → 45                                      WORDING",
    ["rubric.stages.team.name", "Team talk"],
  ],
  "decision.bar": [
    ["rubric.decision.bar", 3],
    "! decision    decision bar 3.5 → 3                 MAY CHANGE WHO IS HIRED",
    ["rubric.criteria.failure-design.bar", 2],
  ],
  "decision.evaluations": [
    ["rubric.decision.evaluations", 1],
    "! decision    evaluations needed 2 → 1             MAY CHANGE WHO IS HIRED",
    ["rubric.decision.bar", 3],
  ],
  "decision.rule": [
    ["rubric.decision.rule", "median"],
    "! decision    rule weighted-mean → median          MAY CHANGE WHO IS HIRED",
    ["rubric.decision.tie_break", "A coin"],
  ],
  "decision.tie_break": [
    ["rubric.decision.tie_break", "A coin"],
    '! decision    tie-break "The hiring manager        MAY CHANGE WHO IS HIRED\n              decides" → "A coin"',
    ["rubric.decision.evaluations", 1],
  ],
  "requirement.presence": [
    ["intake.requirements.payments", undefined],
    '! payments    nice-to-have removed: "Knows card    MAY CHANGE WHO IS HIRED\n              payments"',
    ["intake.requirements.payments.trade", "Two months"],
  ],
  "requirement.need": [
    ["intake.requirements.payments.need", "must-have"],
    "! payments    nice-to-have → must-have             MAY CHANGE WHO IS HIRED",
    ["intake.requirements.payments.why", "Cards are our trade"],
  ],
  "requirement.statement": [
    ["intake.requirements.payments.statement", "Knows bank payments"],
    '! payments    statement "Knows card payments" →    MAY CHANGE WHO IS HIRED\n              "Knows bank payments"',
    ["intake.requirements.payments.prevalence", 0.3],
  ],
  "requirement.rank": [
    ["intake.requirements", [second, first, third]],
    "! mentoring   rank 2 → 1                           MAY CHANGE WHO IS HIRED",
    ["intake.requirements.payments", undefined],
  ],
  "requirement.prose": [
    ["intake.requirements.payments.trade", "Two months"],
    '~ payments    trade added: "Two months"                            WORDING',
    ["intake.requirements.payments.need", "must-have"],
  ],
  "outcome.presence": [
    ["intake.outcomes.pager", undefined],
    '! pager       outcome removed: "Carries the        MAY CHANGE WHO IS HIRED\n              payments pager alone"',
    ["intake.outcomes.pager.by", "1 year"],
  ],
  "outcome.text": [
    ["intake.outcomes.pager.by", "1 year"],
    '! pager       by "90 days" → "1 year"              MAY CHANGE WHO IS HIRED',
    ["intake.requirements.payments.why", "90 days"],
  ],
  "way-of-working.presence": [
    ["intake.ways_of_working.says-unknown", undefined],
    '! says-unknown  way of working removed: "Says      MAY CHANGE WHO IS HIRED\n                what is not known during an\n                incident"',
    ["intake.ways_of_working.says-unknown.seen_when", "Reviews"],
  ],
  "way-of-working.text": [
    ["intake.ways_of_working.says-unknown.seen_when", "Reviews"],
    '! says-unknown  seen when "Incident calls" →       MAY CHANGE WHO IS HIRED\n                "Reviews"',
    ["intake.culture", "Reviews"],
  ],
  "intake.compensation": [
    ["intake.compensation.max", 82_000],
    "! compensation  max 90 000 → 82 000 EUR            MAY CHANGE WHO IS HIRED",
    ["intake.flexes", ["payments"]],
  ],
  "intake.level": [
    ["intake.level", "senior"],
    "! level       added: senior                        MAY CHANGE WHO IS HIRED",
    ["intake.title", "Backend Engineer"],
  ],
  "intake.location": [
    ["intake.location.place", "Tampere"],
    "! location    place Helsinki → Tampere             MAY CHANGE WHO IS HIRED",
    ["intake.level", "senior"],
  ],
  "intake.start_by": [
    ["intake.start_by", "2027-01-01"],
    "! start by    none → 2027-01-01                    MAY CHANGE WHO IS HIRED",
    ["intake.opened", "2026-11-03"],
  ],
  "intake.openings": [
    ["intake.openings", 2],
    "! openings    1 → 2                                MAY CHANGE WHO IS HIRED",
    ["intake.openings", 1],
  ],
  "intake.team": [
    ["intake.team.decider", "bo"],
    "! team        decider added: bo                    MAY CHANGE WHO IS HIRED",
    ["intake.team.panel", ["bo", "ana"]],
  ],
  "intake.status": [
    ["intake.status", "on-hold"],
    "~ status      open → on-hold                                        STATUS",
    ["intake.assumptions.remote-ok.status", "open"],
  ],
  "intake.prose": [
    ["intake.why", "Payments has nobody on call."],
    '~ prose       why "…has one person on…" → "…has nobody on…"        WORDING',
    ["intake.assumptions.remote-ok.answer", "No"],
  ],
};

test("every facet has its row", () => expect(Object.keys(table).toSorted()).toEqual([...facetKeys].toSorted()));

describe.each(Object.entries(table))("%s", (facet, [edit, golden, neighbour]) => {
  test("is seen, graded and put into words", () => {
    const [changes] = changesOf(edit);
    const own = changes?.changes.filter((change) => key(change) === facet) ?? [];
    expect(own).toHaveLength(1);
    const [change] = own;
    if (changes === undefined || change === undefined) return;
    expect(change.from === undefined || change.to === undefined).toBe(false);
    expect(change.fingerprint).toMatch(/^[0-9a-f]{12}$/u);
    const { shifted: _, ...rest } = changes;
    const [, ...lines] = changeLines({ changes: { ...rest, changes: own }, agreements: [] }, styleFor(false, 76));
    expect(lines.map((text) => text.slice(2)).join("\n")).toBe(golden);
  });
  test("is silent beside it", () => {
    expect(changesOf(neighbour).flatMap(({ changes }) => changes.map(key))).not.toContain(facet);
  });
});
