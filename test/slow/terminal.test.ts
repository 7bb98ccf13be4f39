import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { agreedRepo, fixture, TestRepo, rated } from "../support/repo.ts";
import { ctrlCKey, down, Terminal } from "../support/terminal.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

test("the intake as a conversation: Ctrl-C loses nothing, '<' goes back, '-' leaves open, '?' says why", async () => {
  repo = new TestRepo();
  repo.write("hire.yaml", fixture("search/hire.yaml"));
  const funnel = "funnel: [{ stage: screen, pass: 0.5 }, { stage: offer, pass: 0.2 }]\nqualified_per_week: 1\nweeks_to_first_offer: 4\n";
  repo.write("markets/backend-fi.yaml", `${fixture("search/markets/backend-fi.yaml")}${funnel}`);
  repo.commit("Begin");
  const first = new Terminal(repo, ["intake", "backend", "--as", "riku"]);
  await first.answer("What is the role called?", "");
  await first.press("Who is the hiring manager?", "\r");
  await first.press("Who is the recruiter?", "\r");
  await first.answer("Why this person, and why now?", "?");
  await first.until("decides what may flex later");
  await first.answer("Why this person, and why now?", "Payments has one person on call");
  await first.press("Is the money approved, and by whom?", "\r");
  await first.answer("Who held or covers it", "<");
  await first.answer("Why this person, and why now?", "");
  await first.press("Is the money approved, and by whom?", "\r");
  await first.answer("Who held or covers it", "-");
  await first.until("Left open: Who held or covers this work");
  await first.press("After 90 days, what is true", ctrlCKey);
  await first.until("your answers are kept, and the same command goes on from here");
  expect(await first.end()).toBe(130);
  expect(repo.git("status", "--porcelain")).toBe("");

  const second = new Terminal(repo, ["intake", "backend", "--as", "riku"], 120);
  await second.answer("Go on where you stopped?", "y");
  await second.until("Going on with Backend");
  await second.answer("After 90 days, what is true", "Carries the pager alone");
  await second.answer("How would you know?", "Two rotations");
  await second.answer("After 1 year, what is true", "-");
  await second.answer("What will they really do?", "Own the ledger");
  await second.answer("And? (empty: no more)", "");
  await second.answer("What must they have done", "Designed for failure");
  await second.answer("And? (empty: no more)", "Knows our bank");
  await second.answer("And? (empty: no more)", "");
  await second.press("Could someone succeed in the first 90 days without it?", "\r");
  await second.answer("What would fail without it?", "Could not take the pager");
  await second.answer("How will we find out", "Design interview");
  await second.press("Could someone succeed in the first 90 days without it?", `${down}\r`);
  await second.answer("What would you accept instead?", "Two months of ramp-up");
  await second.answer("of 100 who would otherwise do, how many have it?", "30");
  await second.until("designed-for-failure together: 30 of 100 who would otherwise do");
  await second.answer("Currency?", "");
  await second.answer("From, a year?", "60000");
  await second.answer("Up to, a year?", "70000");
  await second.press("Which market is it?", "\r");
  await second.until("The market: 70 000 EUR is between what the 25th (61 000) and the 50th of 100 earn (72 000).");
  await second.press("Where is the work done?", "\r");
  await second.answer("In which place?", "Helsinki");
  await second.answer("Which level", "-");
  await second.answer("Start by when?", "2027-02-01");
  // 4 weeks to a first offer, and ln(0.2)/0.1 = 16.1 more: 21 weeks from 3 November, 30 March.
  await second.until("10 of 100 come through: 10 candidates for a hire on average, 16 to be 80 % sure of one.");
  await second.until("21 weeks to be as sure of it, which is past 2027-02-01");
  await second.answer("What gives first", "start_by");
  await second.answer("And? (empty: no more)", "");
  await second.answer("What do the ones who do well here do?", "Says what is not known");
  await second.answer("And? (empty: no more)", "");
  await second.answer("when would one see it?", "Incident calls");
  await second.press("Is it missing in the team today?", "\r");
  await second.answer("What would make us stop?", "");
  await second.press('"Knows our bank"', "\r");
  await second.answer("And? (empty: no more)", "");
  await second.answer("Why would a good candidate want this?", "Real ownership");
  await second.answer("And? (empty: no more)", "");
  await second.answer("What would an honest colleague warn of?", "-");
  await second.answer("Where are such people?", "Meetups");
  await second.answer("And? (empty: no more)", "");
  await second.answer("Where should we not look?", "");
  await second.answer("A real profile in a line", "Ran the queue at a bank");
  await second.answer("And? (empty: no more)", "");
  await second.answer("what would make you meet them?", "Carried a ledger");
  await second.answer("And what would make you decline?", "Never on call");
  await second.answer("Who interviews?", "ana, bo");
  await second.press("Who decides?", "\r");
  await second.answer("Who must be told", "");
  await second.answer("a presented profile is answered within", "");
  await second.answer("a scorecard is in within", "");
  await second.answer("a candidate hears from us within", "");
  await second.press("Is that what you both mean?", "\r");
  expect(await second.end()).toBe(0);
  expect(second.shown).toContain("hire weigh backend");

  const intake = parse(repo.read("roles/backend/intake.yaml")) as {
    requirements: { id: string; need: string }[];
    assumptions: { statement: string; owner: string; due: string }[];
    why: string;
  };
  expect(intake.why).toBe("Payments has one person on call");
  expect(intake.requirements.map(({ id, need }) => `${id} ${need}`)).toEqual([
    "designed-for-failure must-have",
    "knows-our-bank nice-to-have",
  ]);
  expect(intake.assumptions.map(({ statement, owner }) => `${statement} ${owner}`)).toEqual([
    "Is the money approved? dana",
    "Who held or covers this work, and what went wrong? dana",
    "What must be true after 1 year? dana",
    "Which level is it? dana",
    "What would an honest colleague warn of? dana",
  ]);
  expect((await repo.hire(["check"])).code).toBe(0);
  expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Begin the intake for Backend");
});

test("weighing and scoring as conversations, with the remainder running, and no one else's scores", async () => {
  repo = await agreedRepo();
  await repo.ok("candidate", "add", "--id", "amber-otter");
  await repo.ok(
    "score",
    "amber-otter",
    "--as",
    "bo",
    "--stage",
    "design",
    ...rated({ "failure-design": [5, "Took a ledger through an outage"], candour: [2, "Guessed at two numbers"] }),
  );

  const weigh = new Terminal(repo, ["weigh", "--as", "riku"]);
  await weigh.answer("failure-design, 100 left:", "60");
  await weigh.answer("mentoring, 40 left:", "30");
  await weigh.answer("payments, 10 left:", "");
  await weigh.answer("Without which could nobody do the job?", "mentoring");
  await weigh.until("Still to weigh: dana");
  expect(await weigh.end()).toBe(0);

  const score = new Terminal(repo, ["score", "amber-otter", "--as", "ana"]);
  await score.until("Designing for failure");
  await score.until("- Names failure modes unprompted");
  await score.until("Names failure modes and one remedy each");
  await score.press("Rating", "4\r");
  await score.answer("Evidence: what did they say or do?", "Named the split-brain first");
  await score.press("Rating", ctrlCKey);
  expect(await score.end()).toBe(130);

  const resumed = new Terminal(repo, ["score", "amber-otter", "--as", "ana"]);
  await resumed.answer("Go on where you stopped?", "y");
  await resumed.until("Saying what is not known");
  await resumed.press("Rating", "\r");
  await resumed.answer("Why not?", "Nothing came up");
  await resumed.press("All in all, what would you do?", "\u001b[A\r");
  await resumed.press("How sure are you?", "\r");
  await resumed.answer("The reason that weighed most?", "Carried a ledger");
  await resumed.answer("Anything you would want to know more about?", "");
  await resumed.until("Designing for failure: Named the split-brain first");
  await resumed.press("Hand it in?", "\r");
  expect(await resumed.end()).toBe(0);
  expect(score.shown + resumed.shown).not.toMatch(/Guessed|Took a ledger/u);
  const evaluation = parse(repo.read("roles/backend/candidates/amber-otter/evaluations/design--ana.yaml")) as {
    ratings: { rating: number | null }[];
    recommendation: string;
  };
  expect(evaluation.ratings.map(({ rating }) => rating)).toEqual([4, null]);
  expect(evaluation.recommendation).toBe("hire");
});

test("an agenda for the talk, and from the scorecards on into the decision", async () => {
  repo = await agreedRepo();
  for (const [person, design] of [
    ["dana", 60],
    ["riku", 30],
  ] as const)
    await repo.ok("weigh", "--as", person, "--points", `failure-design=${design}`, "--points", `mentoring=${100 - design}`);
  const weigh = new Terminal(repo, ["weigh", "--as", "dana"]);
  await weigh.until("1 failure-design: you gave it 60, riku 30: worth 3.2 to you and 4.1 to riku");
  await weigh.press("What now?", `${down}\r`);
  await weigh.answer("failure-design, 100 left:", "45");
  await weigh.answer("mentoring, 55 left:", "45");
  await weigh.answer("payments, 10 left:", "");
  await weigh.answer("Without which could nobody do the job?", "failure-design, mentoring");
  await weigh.until("you weighed again, alone; round 2 is shown");
  expect(await weigh.end()).toBe(0);

  await repo.ok("candidate", "add", "--id", "amber-otter");
  const score = (person: string, stage: string, ratings: Parameters<typeof rated>[0]): Promise<string> =>
    repo.ok("score", "amber-otter", "--as", person, "--stage", stage, ...rated(ratings));
  await score("ana", "design", { "failure-design": [4, "Named the split-brain first"], candour: [4, "Said what nobody knew"] });
  await score("bo", "design", { "failure-design": [2, "Could not say what breaks"], candour: [4, "Asked, did not guess"] });
  await score("bo", "team", { mentoring: [5, "Her juniors run the service"] });
  const early = new Terminal(repo, ["debrief", "amber-otter", "--as", "dana"]);
  await early.until("Not in yet: dana (Team interview)");
  expect(await early.end()).toBe(0);
  expect(early.shown).not.toMatch(/split-brain|juniors/u);
  await score("dana", "team", { mentoring: [4, "Two juniors on call after a year"] });

  const debrief = new Terminal(repo, ["debrief", "amber-otter", "--as", "dana"]);
  await debrief.until("Designing for failure  2 apart");
  await debrief.press("What now?", `${down.repeat(2)}\r`);
  await debrief.press("What does it rest on?", "\r");
  await debrief.answer("How so?", "Names what breaks, and what the client sees");
  await debrief.press("And?", "\r");
  await debrief.answer("What will the candidate be told?", "We would like you to join");
  await debrief.answer("By when?", "");
  await debrief.until("amber-otter: offer, decided by dana");
  expect(await debrief.end()).toBe(0);
  const [screen = ""] = debrief.shown.split("What now?");
  for (const line of screen.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Decide on amber-otter for Senior Backend Engineer: offer");
});

test("the rest of a search as conversations: init, rubric, agree, candidates, events, and what both see at the end", async () => {
  repo = new TestRepo();
  const at = (args: readonly string[]): Terminal => new Terminal(repo, args);
  const init = at(["init", "."]);
  await init.answer("What is the organisation called?", "Northwind");
  await init.answer("You:", "");
  await init.answer("And:", "Riku Aho <riku@northwind.example>");
  await init.answer("And:", "Ana Silva <ana@northwind.example>");
  await init.answer("And:", "");
  expect(await init.end()).toBe(0);
  await repo.ok(
    "intake",
    "backend",
    "--title",
    "Backend",
    "--set",
    "team={ hiring_manager: dana, recruiter: riku, panel: [ana] }",
    "--set",
    "requirements=[{ id: design, need: must-have, statement: Designs for failure }, { id: mentoring, need: must-have, statement: Brings others along }]",
  );
  for (const person of ["dana", "riku"]) await repo.ok("weigh", "--as", person, "--points", "design=60", "--points", "mentoring=40");

  const rubric = at(["rubric"]);
  await rubric.answer("What do you see or hear at 1", "Cannot say what breaks");
  await rubric.answer("What do you see or hear at 3", "?");
  await rubric.until("each interviewer has their own");
  await rubric.press("What do you see or hear at 3", ctrlCKey);
  expect(await rubric.end()).toBe(130);
  const again = at(["rubric"]);
  await again.answer("Go on where you stopped?", "y");
  await again.until("What do you see or hear at 1");
  await again.answer("(Cannot say what breaks)", "");
  await again.answer("What do you see or hear at 3", "Names one remedy");
  await again.answer("What do you see or hear at 5", "-");
  for (const value of [1, 3, 5]) await again.answer(`What do you see or hear at ${value}`, "-");
  expect(await again.end()).toBe(0);
  expect(repo.read("roles/backend/rubric.yaml")).toContain("- { value: 1, means: Cannot say what breaks }");

  for (const person of ["dana", "riku"]) {
    const agree = at(["agree", "--as", person]);
    await agree.until("design");
    await agree.answer("Agree as", "y");
    expect(await agree.end()).toBe(0);
  }
  const add = at(["candidate", "add", "--id", "amber-otter"]);
  await add.answer("How did they come to us?", "referral");
  expect(await add.end()).toBe(0);
  await repo.ok("candidate", "add", "--id", "brisk-heron");
  await repo.ok("log", "brisk-heron", "presented");
  const log = at(["log", "profile-declined"]);
  await log.press("Which candidate?", `${down}\r`);
  await log.answer("For what reason?", "Always worked alone");
  await log.press("What does it rest on?", `${down}\r`);
  expect(await log.end()).toBe(0);
  expect(repo.read("roles/backend/candidates/brisk-heron/events.yaml")).toContain("requirement: mentoring");
  const score = at(["score", "amber-otter", "--as", "ana"]);
  for (const evidence of ["Named the split-brain first", "One junior owns billing now"]) {
    await score.press("Rating", "4\r");
    await score.answer("Evidence: what did they say or do?", evidence);
  }
  await score.press("All in all", "\r");
  await score.press("How sure are you?", "\r");
  await score.answer("The reason that weighed most?", "Has carried it");
  await score.answer("Anything you would want to know more about?", "");
  await score.press("Hand it in?", "\r");
  expect(await score.end()).toBe(0);
  await repo.ok("rubric", "--set", "criteria.design.weight=90");
  const explain = at(["explain", "design"]);
  await explain.answer("Why?", "Bo leaves in January, so the new hire is alone on call.");
  expect(await explain.end()).toBe(0);
  const report = at(["report", "--as", "riku"]);
  await report.until("design weight 60 % → 69 %");
  await report.until("Bo leaves in January");
  await report.until("amber-otter");
  expect(await report.end()).toBe(0);
  expect(repo.git("status", "--porcelain")).toBe("");

  // The guided change, interrupted and taken up again; then the other side answers it.
  const begun = at(["change"]);
  await begun.press("What changes?", "\r");
  await begun.press("What about it?", "\r");
  await begun.answer("How much does it weigh", "40");
  await begun.press("What else changes?", ctrlCKey);
  expect(await begun.end()).toBe(130);
  const change = at(["change"]);
  await change.answer("Go on where you stopped?", "y");
  await change.press("What else changes?", "\r");
  await change.answer("Why?", "Sam came back, so nobody is alone on call any more.");
  await change.answer("Whom do you ask", "");
  await change.until("Sam came back");
  expect(await change.end()).toBe(0);
  const answer = at(["answer", "--as", "riku"]);
  await answer.press("Which update?", "\r");
  await answer.press("Do you agree?", `${down}\r`);
  await answer.answer("Because?", "The pool is too small for that");
  await answer.until("Objected");
  expect(await answer.end()).toBe(0);
  const drift = at(["drift"]);
  await drift.until("OBJECTS");
  expect(await drift.end()).toBe(0);
});

test("the end of a search as a conversation: who has not heard first, Ctrl-C on the way, thanks from both sides", async () => {
  repo = await agreedRepo();
  for (const id of ["amber-otter", "brisk-heron"]) {
    await repo.ok("candidate", "add", "backend", "--id", id, "--as", "riku");
    await repo.ok("log", "backend", id, "presented", "--as", "riku");
  }
  await repo.ok("log", "backend", "amber-otter", "offer-accepted", "--as", "riku");
  const first = new Terminal(repo, ["close", "backend", "--as", "riku"]);
  await first.until("First, who has not heard from us how it ends:");
  await first.press("brisk-heron:", "\r");
  await first.press("How did it end?", "\r");
  await first.press("When is the first day of work?", ctrlCKey);
  await first.until("your answers are kept, and the same command goes on from here");
  expect(await first.end()).toBe(130);
  const second = new Terminal(repo, ["close", "backend", "--as", "riku"]);
  await second.answer("Go on where you stopped?", "y");
  await second.answer("When is the first day of work?", "2027-02-01");
  await second.answer("riku, what do you thank dana for?", "Answered the same day");
  await second.answer("And dana, what do you thank riku for?", "Found her in a week");
  await second.answer("What do we do again next time?", "Weighing alone");
  await second.answer("And? 1 so far", "");
  await second.answer("What do we do differently?", "");
  await second.until("dana to riku:");
  await second.until("We look back at the brief: pager 2 May 2027");
  expect(await second.end()).toBe(0);
  expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Close the search for Senior Backend Engineer: hired");
});
