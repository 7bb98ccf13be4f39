import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, fixture, TestRepo, rated } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const people = [
  "Dana Reyes <dana@northwind.example>",
  "Riku Aho <riku@northwind.example>",
  "Ana Silva <ana@northwind.example>",
  "Bo Chen <bo@northwind.example>",
].flatMap((person) => ["--person", person]);

async function init(): Promise<void> {
  repo = new TestRepo();
  await repo.ok("init", ".", "--organization", "Northwind", "--timezone", "Europe/Helsinki", ...people);
}

/** Three candidates are met by three people; then one weight moves. */
async function meetAndChange(): Promise<void> {
  const interviewers = ["ana", "bo", "dana"];
  for (const [index, candidate] of ["amber-otter", "brisk-heron", "calm-finch"].entries()) {
    await repo.ok("candidate", "add", "backend", "--id", candidate, "--source", "referral", "--as", "riku");
    await repo.ok("log", "backend", candidate, "presented", "--as", "riku");
    await repo.ok("log", "backend", candidate, "profile-accepted", "--as", "dana");
    for (const person of interviewers) {
      const stage = person === "dana" ? "team" : "design";
      const rated = stage === "team" ? ["mentoring"] : ["failure-design", "candour"];
      await repo.ok("log", "backend", candidate, "interviewed", "--stage", stage, "--as", person);
      await repo.ok(
        "score",
        "backend",
        candidate,
        "--as",
        person,
        "--stage",
        stage,
        ...rated.flatMap((id) => ["--rate", `${id}=${5 - index}`, "--evidence", `${id}=What ${person} heard of ${candidate} about ${id}`]),
        "--recommendation",
        index < 2 ? "hire" : "mixed",
      );
    }
    await repo.ok("score", "backend", candidate, "--as", "bo", "--stage", "team", "--not-assessed", "mentoring=no time was left");
  }
}

describe("a whole search", () => {
  test("by flags alone", async () => {
    await init();
    const set = (path: string, value: string): readonly string[] => ["--set", `${path}=${value}`];
    await repo.ok(
      "intake",
      "backend",
      "--title",
      "Senior Backend Engineer",
      ...set("team", "{ hiring_manager: dana, recruiter: riku, panel: [ana, bo] }"),
      ...set("why", "Payments has one person on call"),
      ...set(
        "requirements",
        "[{ id: failure-design, need: must-have, statement: Has designed services that stay correct }, { id: mentoring, need: must-have, statement: Has brought juniors along }]",
      ),
      ...set("outcomes", "[{ id: pager, by: 90 days, result: Carries the pager, measure: Two rotations }]"),
      ...set("ways_of_working", "[{ id: candour, behaviour: Says what is not known }]"),
    );
    const alone = await repo.ok("weigh", "backend", "--as", "dana", "--points", "failure-design=70", "--points", "mentoring=30");
    expect(alone).toContain("Still to weigh: riku");
    expect(alone).not.toContain("70");
    const both = await repo.ok("weigh", "backend", "--as", "riku", "--points", "failure-design=40", "--points", "mentoring=60");
    expect(both).toMatch(/failure-design +70 +40 +30/u);
    await repo.ok(
      "rubric",
      "backend",
      "--as",
      "dana",
      "--set",
      "stages=[{ id: design, name: Design, interviewers: [ana, bo], assesses: [failure-design, candour] }, { id: team, name: Team, interviewers: [dana, bo], assesses: [mentoring] }]",
    );
    expect(repo.read("roles/backend/rubric.yaml")).toContain("weight: 55\n");
    expect(await repo.ok("agree", "backend", "--as", "dana")).toContain("Now riku for the recruiter");
    expect(await repo.ok("agree", "backend", "--as", "riku")).toContain("Both sides have agreed");
    await meetAndChange();
    const order = await repo.ok("rank", "backend", "--as", "riku");
    expect(order).toMatch(/1 +amber-otter +5\.0 of 100 %/u);
    await repo.ok("rubric", "backend", "--as", "dana", "--set", "criteria.failure-design.weight=100");
    const diff = await repo.ok("diff", "HEAD~1", "HEAD");
    expect(diff).toContain("failure-design  weight 38 % → 53 %");
    expect(diff).toContain("NO REASON GIVEN   hire explain failure-design");
    const report = await repo.ok("report", "backend", "--as", "dana");
    expect(report).toContain("! failure-design weight 38 % → 53 %   MAY CHANGE WHO IS HIRED");
    expect(report).toContain("give the reason for failure-design");
    await repo.ok(
      "explain",
      "failure-design",
      "--as",
      "dana",
      "--reason",
      "Bo leaves the rotation in January, so the new hire is alone on call.",
    );
    expect(await repo.ok("diff", "HEAD~2", "HEAD", "--fail-on", "unexplained")).toContain('dana, 3 Nov: "Bo leaves');
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("from files, with the same result", async () => {
    await init();
    repo.write("in/intake.yaml", fixture("search/roles/backend/intake.yaml").replace(", market: backend-fi", ""));
    repo.write("in/rubric.yaml", fixture("search/roles/backend/rubric.yaml"));
    repo.write("in/points.yaml", "failure-design: 60\nmentoring: 30\npayments: 10\n");
    repo.write(
      "in/score.yaml",
      "ratings:\n  - { criterion: failure-design, rating: 4, evidence: Named the split-brain first }\n  - { criterion: candour, rating: null, not_assessed: Nothing came up }\nrecommendation: hire\n",
    );
    await repo.ok("intake", "backend", "--from", "in/intake.yaml");
    expect(repo.read("roles/backend/intake.yaml")).toBe(repo.read("in/intake.yaml"));
    await repo.ok("weigh", "--as", "dana", "--from", "in/points.yaml");
    expect(
      (await repo.hire(["weigh", "--as", "riku", "--from", "-"], { stdin: "failure-design: 60\nmentoring: 30\npayments: 10\n" })).stdout,
    ).toContain("The two sides differ in 0 of 100 points");
    await repo.ok("rubric", "--from", "in/rubric.yaml");
    await repo.ok("agree", "--as", "dana");
    await repo.ok("agree", "--as", "riku");
    await repo.ok("candidate", "add", "--id", "amber-otter");
    await repo.ok("score", "amber-otter", "--as", "ana", "--from", "in/score.yaml");
    const evaluation = repo.read("roles/backend/candidates/amber-otter/evaluations/design--ana.yaml");
    expect(evaluation).toMatch(/rubric: [0-9a-f"]{12,14}\n/u);
    expect(evaluation).toMatch(/criterion: failure-design, as_of: [0-9a-f"]{12,14}, rating: 4, evidence: Named the split-brain first/u);
    expect((await repo.hire(["check"])).code).toBe(0);
  });
});

describe("who may see what", () => {
  test("scores stay hidden from an interviewer whose own are out, and from outputs without an identity", async () => {
    repo = await agreedRepo();
    await repo.ok("candidate", "add", "--id", "amber-otter");
    await repo.ok(
      "score",
      "amber-otter",
      "--as",
      "ana",
      ...rated({ "failure-design": [5, "Named the split-brain first"], candour: [4, "Guessed at the numbers twice"] }),
    );
    for (const args of [["rank"], ["report"], ["candidate", "show", "amber-otter"]]) {
      for (const as of ["bo", "dana"]) {
        for (const extra of [[], ["--json"]]) {
          const { stdout } = await repo.hire([...args, "--as", as, ...extra]);
          expect(stdout, `${args.join(" ")} ${as}`).not.toMatch(/4\.8|4\.75|Guessed|"total"/u);
        }
      }
    }
    expect(await repo.ok("report", "--format", "markdown", "--as", "riku")).not.toContain("4.8");
    expect(await repo.ok("rank", "--as", "riku")).toContain("4.8 of 80 %");
    expect(await repo.ok("rank", "--as", "bo")).toContain("amber-otter  hidden until bo, dana handed in");
  });

  test("points stay hidden until both sides are in", async () => {
    repo = await agreedRepo();
    await repo.ok("weigh", "--as", "dana", "--points", "failure-design=83", "--points", "mentoring=17");
    for (const args of [
      ["report", "--as", "riku"],
      ["report", "--json", "--as", "riku"],
      ["report", "--format", "markdown"],
      ["weigh", "--as", "ana", "--points", "failure-design=50", "--points", "mentoring=50"],
    ])
      expect((await repo.hire(args)).stdout).not.toContain("83");
  });
});

describe("agreements", () => {
  test("nobody agrees with themselves", async () => {
    repo = await agreedRepo();
    repo.edit("roles/backend/intake.yaml", "recruiter: riku", "recruiter: dana");
    repo.commit("Leave Dana alone");
    const { code, stderr } = await repo.hire(["agree", "backend", "--as", "dana"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("dana speaks for both sides of Senior Backend Engineer: an agreement needs two"),
    ]);
    expect(stderr).toContain("hire intake backend --set team.recruiter=PERSON");
  });

  test("a typo, an assumption and a hold make nothing stale; a redefinition does", async () => {
    repo = await agreedRepo();
    await repo.ok("candidate", "add", "--id", "amber-otter");
    await repo.ok(
      "score",
      "amber-otter",
      "--as",
      "ana",
      ...rated({ "failure-design": [4, "Named the split-brain first"], candour: [4, "Said what nobody knew"] }),
    );
    repo.edit("roles/backend/rubric.yaml", "Designs services that stay correct", "Designs sevrices that stay correct");
    repo.edit("roles/backend/rubric.yaml", "Names failure modes unprompted", "Names the failure modes — unprompted");
    repo.edit("roles/backend/intake.yaml", "status: open", "status: on-hold");
    repo.edit("roles/backend/intake.yaml", 'answer: "Yes"', "answer: Anywhere in Finland");
    repo.commit("Mend");
    const { findings } = outputOf<{ findings: { rule: string }[] }>((await repo.hire(["check", "--json"])).stdout);
    expect(findings).toEqual([]);
    expect(await repo.ok("report", "--as", "dana")).toContain("Since then only wording changed");
    repo.edit("roles/backend/rubric.yaml", "stay correct", "stay fast");
    const after = outputOf<{ findings: { rule: string; message: string }[] }>((await repo.hire(["check", "--json"])).stdout);
    expect(after.findings.map(({ rule }) => rule).toSorted()).toEqual(["agreement/stale", "agreement/stale", "evaluation/stale"]);
    expect(after.findings.find(({ rule }) => rule === "evaluation/stale")?.message).toBe(
      "'failure-design' was redefined since it was rated",
    );
  });

  test("signing again shows only what changed since, and keeps the earlier one", async () => {
    repo = await agreedRepo();
    expect(await repo.ok("agree", "--as", "dana")).toContain("nothing has changed since");
    repo.edit("roles/backend/rubric.yaml", "bar: 3.5", "bar: 4");
    repo.commit("Raise the bar");
    const { stdout } = await repo.hire(["agree", "--as", "dana"]);
    expect(stdout).toContain("Since you agreed on 3 Nov, 1 thing changed");
    expect(stdout).toContain("decision bar 3.5 → 4");
    expect(repo.read("roles/backend/agreements/dana.yaml")).toMatch(/earlier:\n {2}- \{ agreed_at: /u);
    expect((await repo.hire(["agree", "--as", "ana"])).stderr).toContain("Ana Silva is not the hiring manager or recruiter");
  });
});

describe("explanations", () => {
  const reason = "Bo leaves the rotation in January, so the new hire is alone on call.";

  test("a thin reason, and a breaking change without a word on scores, explain nothing", async () => {
    repo = await agreedRepo();
    await repo.ok("rubric", "--retire", "candour", "--reason", "Seen elsewhere");
    expect((await repo.hire(["explain", "candour", "--reason", "because"])).stderr).toContain("this reason says too little");
    expect((await repo.hire(["explain", "candour", "--reason", reason])).stderr).toContain("--scores keep | rescore | void");
    await repo.ok("explain", "candour", "--reason", reason, "--scores", "keep");
    expect((await repo.hire(["diff", "HEAD~2", "HEAD", "--fail-on", "unexplained"])).code).toBe(0);
    expect((await repo.hire(["diff", "HEAD~2", "HEAD", "--fail-on", "breaking"])).code).toBe(1);
  });

  test("steps chain, and an old explanation never covers a new move", async () => {
    repo = await agreedRepo();
    const base = repo.git("rev-parse", "HEAD").trim();
    for (const weight of [4, 5]) {
      await repo.ok("rubric", "--set", `criteria.failure-design.weight=${weight}`);
      await repo.ok("explain", "failure-design", "--reason", reason);
    }
    expect((await repo.hire(["diff", base, "HEAD", "--fail-on", "unexplained"])).code).toBe(0);
    await repo.ok("rubric", "--set", "criteria.failure-design.weight=3");
    const back = repo.git("rev-parse", "HEAD").trim();
    await repo.ok("rubric", "--set", "criteria.failure-design.weight=5");
    expect((await repo.hire(["diff", back, "HEAD", "--fail-on", "unexplained"])).code).toBe(1);
  });

  test("a change made by hand and not committed waits for its explanation to be committed with it", async () => {
    repo = await agreedRepo();
    repo.edit("roles/backend/rubric.yaml", "weight: 3", "weight: 6");
    const { stderr } = await repo.hire(["explain", "failure-design", "--reason", reason]);
    expect(stderr).toMatch(/Not\s+committed/u);
    expect(stderr).toMatch(
      /git add roles\/backend\/updates\/2026-11-03-dana-failure-design-\w{4}\.yaml roles\/backend\/rubric\.yaml && git commit/u,
    );
    expect(await repo.ok("diff", "--fail-on", "unexplained")).toContain('dana, 3 Nov: "Bo leaves');
  });
});
