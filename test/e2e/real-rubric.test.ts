import { afterAll, beforeAll, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { fixture, TestRepo } from "../support/repo.ts";

/** Six versions of a public rubric, committed in turn; what a careful reader says of each step is what diff must say. */
const versions = ["1-4895699", "2-2f28ada", "3-6963cfb", "4-4e68ebe", "5-0ddd343", "6-511a892"] as const;
const path = "roles/engineering-manager/rubric.yaml";

interface Diff {
  readonly roles: readonly {
    readonly changes: readonly {
      readonly item: { readonly type: string; readonly id: string };
      readonly facet: string;
      readonly gravity: string;
      readonly text: string;
    }[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

let repo: TestRepo;
const commits: string[] = [];

beforeAll(async () => {
  repo = new TestRepo();
  repo.write("hire.yaml", fixture("search/hire.yaml"));
  repo.write(
    "roles/engineering-manager/intake.yaml",
    "version: 1\ntitle: Engineering Manager\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku, panel: [ana, bo] }\n",
  );
  for (const [index, version] of versions.entries()) {
    repo.write(path, fixture(`engineering-manager/${version}.yaml`));
    commits.push(repo.commit(`Version ${index + 1}`));
    if (index > 0) continue;
    // Agreed, met and scored before anything changed.
    await repo.ok("agree", "--as", "dana");
    await repo.ok("agree", "--as", "riku");
    await repo.ok("candidate", "add", "--id", "amber-otter");
    const criteria = [
      "performance-management-team-development",
      "technical-direction-architecture-input",
      "delivery-accountability",
      "stakeholder-communication-influence",
      "hiring-team-composition",
    ];
    for (const person of ["ana", "bo"]) {
      await repo.ok(
        "score",
        "amber-otter",
        "--as",
        person,
        ...criteria.flatMap((id, at) => [
          "--rate",
          `${id}=${person === "ana" ? 4 : 3 + (at % 2)}`,
          "--evidence",
          `${id}=What ${person} heard about ${id}`,
        ]),
        "--recommendation",
        "hire",
      );
    }
  }
});
afterAll(() => repo[Symbol.dispose]());

async function diff(from: number, to: number): Promise<Diff> {
  return outputOf<Diff>((await repo.hire(["diff", commits[from - 1] ?? "", commits[to - 1] ?? "", "--json"])).stdout);
}

const told = ({ roles }: Diff): readonly string[] =>
  roles.flatMap(({ changes }) => changes.map(({ item, facet, gravity }) => `${gravity} ${item.type}/${item.id} ${facet}`));

const punctuation = [
  "delivery-accountability",
  "hiring-team-composition",
  "performance-management-team-development",
  "stakeholder-communication-influence",
  "technical-direction-architecture-input",
].map((id) => `editorial criterion/${id} meaning`);

test("1 → 2: all five scale meanings deleted, the rest is punctuation in five criteria", async () => {
  const changes = await diff(1, 2);
  expect(told(changes).toSorted()).toEqual(["breaking scale/scale meanings", ...punctuation]);
  expect(changes.roles[0]?.changes[0]?.text).toBe("meanings of 1, 2, 3, 4 and 5 removed");
});
test.each([
  [2, 3],
  [3, 4],
  [4, 5],
])("%i → %i: layout only, no change", async (from, to) => expect(told(await diff(from, to))).toEqual([]));
test("5 → 6: one article, wording", async () => {
  const changes = await diff(5, 6);
  expect(told(changes)).toEqual(["editorial criterion/delivery-accountability meaning"]);
  expect(changes.roles[0]?.changes[0]?.text).toBe('means "…maintaining sustainable…" → "…maintaining a sustainable…"');
});
test("1 → 6: the same as 1 → 2 plus the article", async () =>
  expect(told(await diff(1, 6)).toSorted()).toEqual(["breaking scale/scale meanings", ...punctuation]));

test("a reformatted, commented and reordered version is no change", async () => {
  const text = fixture("engineering-manager/6-511a892.yaml");
  const criteria = text.split(/^(?= {2}- id: )/mu);
  const [head = "", ...items] = criteria;
  const tail = items.at(-1)?.split(/^(?=decision)/mu) ?? [];
  const blocks = [...items.slice(0, -1), tail[0] ?? ""]
    .toReversed()
    .map(
      (block) =>
        `  # moved\n${block.replaceAll('"', "'").replaceAll("doesn't", "doesn''t").replaceAll("team's", "team''s").replaceAll("\\'gut feel\\'", '"gut feel"')}`,
    );
  repo.write(path, `# laid out anew\n${head}${blocks.join("\n")}${tail[1] ?? ""}`.replaceAll("\n", "\r\n"));
  expect(await repo.ok("diff")).toContain("No change in what was agreed");
  repo.write(path, text);
});

test("evaluations given before can be ranked and reported, and what they rest on is said", async () => {
  const { ranked } = outputOf<{ ranked: { candidate: string; total: number; stale: number }[] }>(await repo.ok("rank", "--json"));
  expect(ranked.map(({ candidate, total, stale }) => [candidate, total.toFixed(2), stale])).toEqual([["amber-otter", "3.70", 10]]);
  const report = await repo.ok("report", "--as", "dana");
  expect(report).toContain("! scale meanings of 1, 2, 3, 4 and 5 removed   SCORES NOT COMPARABLE");
  expect(report).toContain("NO REASON GIVEN · hire explain scale");
  expect(report).toContain("10 ratings given under another meaning");
});

test("the article alone makes no rating stale", async () => {
  const alone = new TestRepo();
  try {
    alone.write("hire.yaml", fixture("search/hire.yaml"));
    alone.write("roles/engineering-manager/intake.yaml", repo.read("roles/engineering-manager/intake.yaml"));
    alone.write(path, fixture("engineering-manager/5-0ddd343.yaml"));
    alone.commit("Five");
    await alone.ok("candidate", "add", "--id", "amber-otter");
    await alone.ok(
      "score",
      "amber-otter",
      "--as",
      "ana",
      ...punctuation.flatMap((line) => ["--not-assessed", `${line.split(/[/ ]/u)[2] ?? ""}=not now`]).slice(2),
      "--rate",
      "delivery-accountability=4",
      "--evidence",
      "delivery-accountability=Named three late projects",
    );
    alone.write(path, fixture("engineering-manager/6-511a892.yaml"));
    alone.commit("Six");
    expect(outputOf<{ ranked: { stale: number }[] }>(await alone.ok("rank", "--json", "--as", "ana")).ranked[0]?.stale).toBe(0);
  } finally {
    alone[Symbol.dispose]();
  }
});

test("what check finds in each version is worth reading, and said once", async () => {
  const found = async (version: number): Promise<readonly string[]> => {
    repo.git("checkout", "--quiet", commits[version - 1] ?? "");
    const { findings } = outputOf<{ findings: { severity: string; rule: string; file: string; message: string }[] }>(
      (await repo.hire(["check", "--json"])).stdout,
    );
    return findings.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`);
  };
  const brief = "warning intake/outcome-missing the brief names no outcome";
  expect(await found(1)).toEqual([brief]);
  const since = "since then: scale meanings of 1, 2, 3, 4 and 5 removed";
  const stale =
    "warning evaluation/stale 'performance-management-team-development', 'technical-direction-architecture-input', 'delivery-accountability' and 2 more were redefined since they were rated";
  const sixth = [
    `error agreement/stale the hiring manager agreed on 2026-11-03; ${since}`,
    `error agreement/stale the recruiter agreed on 2026-11-03; ${since}`,
    stale,
    stale,
    brief,
    "warning rubric/anchors-missing nothing says what 1, 3 and 5 look like, for any criterion",
  ];
  for (const version of [2, 3, 4, 5, 6]) expect(await found(version)).toEqual(sixth);
});
