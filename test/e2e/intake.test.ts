import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import type { Intake } from "../../src/core/model.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { fixture, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

function begin(): void {
  repo = new TestRepo();
  repo.write("hire.yaml", fixture("search/hire.yaml"));
  repo.commit("Begin");
}

const description = `# Senior Backend Engineer

## What you will do
- Own the **ledger** service
- Join a [rota](https://example.org) of three

**Requirements:**
* 5 years of Java
* Has run a service on call

### Nice to have
- Kafka
`;

test("a job description prepares the conversation: every line is kept, changed or dropped, none in silence", async () => {
  begin();
  repo.write("jd.md", description);
  const open = Array.from({ length: 40 }, () => "-");
  const prompts = scriptedPrompts([
    "=",
    "Dana",
    "Riku",
    "-",
    "not yet",
    "-", // title, people, why, money, before
    "-",
    "-", // outcomes
    "keep",
    "change",
    "Join a rota of four",
    "-", // work
    "drop",
    "keep",
    "-",
    "no",
    "-",
    "-",
    "-", // must-haves: Java dropped, on call kept and challenged
    "=",
    "-",
    "-",
    "hybrid",
    "-",
    "-",
    "-", // offer
    "-",
    "-",
    "-", // flexes, ways, deal-breakers
    "keep",
    "-",
    "A course", // nice to have
    "-",
    "-",
    "-",
    "-",
    "-", // selling, downsides, where, avoid, profiles
    "-",
    "Dana",
    "-", // panel, decider, informed
    "=",
    "=",
    "=",
    "yes, save it",
    ...open,
  ]);
  const { code, stdout, stderr } = await repo.hire(["intake", "--from", "jd.md"], { prompts });
  expect(stderr).not.toContain("hire:");
  expect(code).toBe(0);
  expect(prompts.left).toHaveLength(open.length);
  const intake = parse(repo.read("roles/senior-backend-engineer/intake.yaml")) as Intake;
  expect(intake.title).toBe("Senior Backend Engineer");
  expect(intake.work).toEqual(["Own the ledger service", "Join a rota of four"]);
  expect(intake.requirements?.map(({ need, statement }) => `${need}: ${statement}`)).toEqual([
    "must-have: Has run a service on call",
    "nice-to-have: Kafka",
  ]);
  expect(intake.assumptions?.length).toBeGreaterThan(8);
  expect(intake.assumptions?.every(({ owner, due }) => ["dana", "riku"].includes(owner) && due === "2026-11-09")).toBe(true);
  expect(stdout).toContain("Still open (");
});

test("without a terminal nothing in a job description is taken", async () => {
  begin();
  repo.write("jd.md", description);
  const { code, stderr } = await repo.hire(["intake", "--from", "jd.md"]);
  expect(code).toBe(2);
  expect(stderr).toContain("nothing in it is taken unasked");
});

test("an intake with mistakes is refused with the place, and nothing is written", async () => {
  begin();
  repo.write("in.yaml", fixture("search/roles/backend/intake.yaml").replace("need: nice-to-have", "need: nice"));
  const { code, stderr } = await repo.hire(["intake", "backend", "--from", "in.yaml"]);
  expect([code, stderr]).toEqual([2, "hire: in.yaml:14:27 'nice' is none of must-have, nice-to-have, deal-breaker\n"]);
  expect(repo.git("status", "--porcelain", "roles")).toBe("");
  expect((await repo.hire(["intake", "backend", "--set", "team.recruiter=riku", "--title", "X"])).stderr).toContain(
    "who is the hiring manager, and who the recruiter?",
  );
});
