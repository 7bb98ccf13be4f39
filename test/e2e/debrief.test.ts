import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { outputOf } from "../support/outputs.ts";
import { ctrlC, scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, onceMade, rated, type TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

/** Two candidates, each met by ana and bo, and by dana and bo; dana's card of the second is still out. */
const scored = onceMade(async () => {
  const made = await agreedRepo();
  const score = (
    candidate: string,
    person: string,
    stage: string,
    ratings: Parameters<typeof rated>[0],
    ...rest: readonly string[]
  ): Promise<string> => made.ok("score", "backend", candidate, "--as", person, "--stage", stage, ...rated(ratings), ...rest);
  for (const candidate of ["amber-otter", "brisk-heron"]) {
    await made.ok("candidate", "add", "backend", "--id", candidate, "--as", "riku");
    await made.ok("log", "backend", candidate, "presented", "--as", "riku");
  }
  await score(
    "amber-otter",
    "ana",
    "design",
    { "failure-design": [4, "Named the split-brain before I asked"], candour: [3, "Said twice that she did not know"] },
    "--recommendation",
    "hire",
    "--confidence",
    "high",
    "--key-reason",
    "Has carried a ledger",
    "--concern",
    "Schema migration",
  );
  await score(
    "amber-otter",
    "bo",
    "design",
    { "failure-design": [1, "Could not say what breaks first"], candour: [3, "Guessed once, and said so"] },
    "--recommendation",
    "no-hire",
  );
  await score("amber-otter", "bo", "team", { mentoring: [4, "Brought two juniors to on-call"] });
  await score("amber-otter", "dana", "team", { mentoring: [5, "Her juniors run the service now"] }, "--recommendation", "hire");
  await score("brisk-heron", "ana", "design", {
    "failure-design": [5, "Ran it through a real outage"],
    candour: [4, "Told us what nobody knew"],
  });
  await score("brisk-heron", "bo", "design", {
    "failure-design": [4, "Knows what the client sees"],
    candour: [4, "Asked instead of guessing"],
  });
  return made;
});

describe("a debrief", () => {
  test("goes through the widest gap first, with everyone's evidence, and says what the rubric's own rule says", async () => {
    repo = await scored();
    const { code, stdout, stderr } = await repo.hire(["debrief", "backend", "amber-otter", "--as", "riku"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`amber-otter for Senior Backend Engineer: debrief

  ana   Design interview: hire, high confidence: Has carried a ledger; would
        want to know: Schema migration
  bo    Design interview: no hire
  bo    Team interview: no recommendation
  dana  Team interview: hire

Designing for failure  3 apart · mean 2.5 · bar 3
  4  ana  Named the split-brain before I asked
  1  bo   Could not say what breaks first

Bringing others along  1 apart · mean 4.5
  5  dana  Her juniors run the service now
  4  bo    Brought two juniors to on-call

Saying what is not known  alike · mean 3.0
  3  ana  Said twice that she did not know
  3  bo   Guessed once, and said so

2 of 3 pairs of ratings lie within one point. A few ratings show where to talk;
they cannot show who is right.
The rubric's own rule would say no: the total of 3.0 is under the bar of 3.5.
Below the bar on Designing for failure (2.5, bar 3).
dana decides, and says why where it is an offer all the same.
`);
    expect(stderr).toBe("Next: dana: hire decide backend amber-otter …   (offer, reject or hold)\n");
    expect((await repo.hire(["debrief", "amber-otter", "--as", "riku", "--full"])).stdout).toContain(
      "3 apart · mean 2.5 · bar 3 · r_wg −1.25",
    );
  });

  test("names who has not scored first, and shows them nothing", async () => {
    repo = await scored();
    const shown = await repo.ok("debrief", "brisk-heron", "--as", "ana");
    expect(shown.split("\n").slice(0, 2)).toEqual([
      "brisk-heron for Senior Backend Engineer: debrief",
      "Not in yet: dana (Team interview) and bo (Team interview)",
    ]);
    expect(shown).toContain("Nobody assessed: Bringing others along.");
    for (const who of [
      ["--as", "dana"],
      ["--as", "bo"],
      ["--as", "dana", "--json"],
      ["--format", "markdown", "--as", "ana"],
    ]) {
      const { stdout, stderr } = await repo.hire(["debrief", "brisk-heron", ...who]);
      expect(stdout + stderr, who.join(" ")).not.toMatch(/outage|client sees|mean|\b[45]\.\d/u);
      expect(stdout).toMatch(/Not in yet|"missing"/u);
    }
    const json = outputOf<{ hidden: boolean; criteria: unknown[]; verdict: unknown }>(
      await repo.ok("debrief", "brisk-heron", "--as", "dana", "--json"),
    );
    expect(json).toMatchObject({ hidden: true, criteria: [], verdict: null });
  });

  test("as JSON and as Markdown, with evidence inert", async () => {
    repo = await scored();
    const { criteria, verdict } = outputOf<{
      criteria: { criterion: string; spread: number }[];
      verdict: { against: string[]; decider: string };
    }>(await repo.ok("debrief", "amber-otter", "--as", "riku", "--json"));
    expect(criteria.map(({ criterion, spread }) => [criterion, spread])).toEqual([
      ["failure-design", 3],
      ["mentoring", 1],
      ["candour", 0],
    ]);
    expect(verdict).toMatchObject({ against: ["the total is under the bar", "below the bar on failure-design"], decider: "dana" });
    const file = "roles/backend/candidates/amber-otter/evaluations/design--bo.yaml";
    repo.edit(file, "Could not say what breaks first", '"<script>x</script> | [a](b)"');
    const shown = await repo.ok("debrief", "amber-otter", "--format", "markdown");
    expect(shown).toContain("**Designing for failure** 3 apart");
    expect(shown).toContain("script");
    expect(shown).not.toMatch(/<script>|(?<!\\)\[a/u);
    repo.edit(file, "rating: 1", "rating: [1");
    expect(await repo.ok("debrief", "amber-otter", "--as", "riku")).toMatch(
      /Cannot be read: roles\/backend\/candidates\/amber-otter\/evaluations\/design--bo\.yaml/u,
    );
    const { stderr } = await repo.hire(["decide", "amber-otter", "reject", "--reason", "other=None", "--as", "dana"]);
    expect(stderr).toContain("cannot be read: a decision would leave out what it says");
  });

  test("on a terminal it goes on into the decision, and notes that you talked", async () => {
    repo = await scored();
    const script = scriptedPrompts([
      "we talked: offer",
      "Bringing others along",
      "Her juniors run the service now",
      "that is all",
      "The pager starts in six months, and Bo covers it until then",
      "We would like to make you an offer",
      "=",
    ]);
    const { code, stdout } = await repo.hire(["debrief", "amber-otter", "--as", "dana"], { prompts: script });
    expect(code).toBe(0);
    expect(stdout).toContain("amber-otter: offer, decided by dana, against the rubric's own rule");
    expect(script.left).toEqual([]);
    expect(parse(repo.read("roles/backend/candidates/amber-otter/decision.yaml"))).toMatchObject({
      decision: "offer",
      by: "dana",
      reasons: [{ criterion: "mentoring", text: "Her juniors run the service now" }],
      overrides: "The pager starts in six months, and Bo covers it until then",
      tell: { what: "We would like to make you an offer", by: "2026-11-05" },
    });
    expect(repo.read("roles/backend/candidates/amber-otter/events.yaml")).toContain("what: debriefed, by: dana");
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Decide on amber-otter for Senior Backend Engineer: offer");
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("whoever does not decide notes the talk, and no more", async () => {
    repo = await scored();
    await repo.hire(["debrief", "amber-otter", "--as", "ana"], { prompts: scriptedPrompts(["we talked it through"]) });
    expect(repo.read("roles/backend/candidates/amber-otter/events.yaml")).toContain("what: debriefed, by: ana");
    const { stderr } = await repo.hire(["debrief", "amber-otter", "--as", "ana"], { prompts: scriptedPrompts(["we talked: offer"]) });
    expect(stderr).toContain("none of nothing, I only looked | we talked it through is we talked: offer");
  });
});

describe("a decision", () => {
  const decide = (...args: readonly string[]): ReturnType<TestRepo["hire"]> => repo.hire(["decide", "backend", ...args]);
  const because = ["--reason", "failure-design=Could not say what breaks first"] as const;

  test("rests on reasons, says what the candidate hears and by when, and shows in what comes next", async () => {
    repo = await scored();
    const { code, stdout } = await decide("amber-otter", "reject", "--as", "dana", ...because, "--tell", "We go on with others");
    expect([code, stdout]).toEqual([
      0,
      "amber-otter: reject, decided by dana.\nTell them by 5 Nov, then:\n  hire log backend amber-otter told\n",
    ]);
    expect(repo.read("roles/backend/candidates/amber-otter/decision.yaml")).toContain(
      "- { criterion: failure-design, text: Could not say what breaks first }",
    );
    expect(await repo.ok("report", "--as", "riku")).toContain("tell amber-otter by 5 Nov: rejected today");
    expect((await repo.hire(["check"])).stdout).not.toContain("decision/");
    const again = await decide("amber-otter", "hold", "--as", "dana", ...because);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("was decided on: reject, by dana on 2026-11-03") });
    expect((await decide("amber-otter", "hold", "--as", "dana", "--again", ...because)).code).toBe(0);
  });

  test("against the rule needs its reason, and only then", async () => {
    repo = await scored();
    const refused = await decide("amber-otter", "offer", "--as", "dana", ...because);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        "an offer goes against the rubric's own rule: the total is under the bar; below the bar on failure-design",
      ),
    });
    expect(await decide("amber-otter", "reject", "--as", "dana", ...because, "--override", "Because I say so")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("there is nothing to override"),
    });
    const { code, stdout } = await decide(
      "amber-otter",
      "offer",
      "--as",
      "dana",
      ...because,
      "--override",
      "Bo covers the pager until May",
      "--json",
    );
    expect(code).toBe(0);
    expect(outputOf(stdout)).toMatchObject({ decision: "offer", by: "dana", tellBy: "2026-11-05" });
    expect((await repo.hire(["check"])).stdout).not.toContain("decision/against-rule");
  });

  test("Ctrl-C keeps what was answered, and the same command goes on behind it", async () => {
    repo = await scored();
    const begun = scriptedPrompts(["Saying what is not known", "Said twice that she did not know", "that is all", ctrlC]);
    expect((await repo.hire(["decide", "amber-otter", "reject", "--as", "dana"], { prompts: begun })).code).toBe(130);
    const on = scriptedPrompts([true, "We go on with others", "="]);
    expect((await repo.hire(["decide", "amber-otter", "reject", "--as", "dana"], { prompts: on })).code).toBe(0);
    expect(on.asked).toEqual([
      "You were interrupted here before. Go on where you stopped?",
      "What will the candidate be told? (empty: said later)",
      "By when?",
    ]);
    expect(parse(repo.read("roles/backend/candidates/amber-otter/decision.yaml"))).toMatchObject({
      reasons: [{ criterion: "candour", text: "Said twice that she did not know" }],
      tell: { what: "We go on with others" },
    });
    // Saved: nothing is left to go on with.
    const again = scriptedPrompts(["Bringing others along", "Her juniors run it", "that is all", "", "="]);
    await repo.hire(["decide", "amber-otter", "hold", "--again", "--as", "dana"], { prompts: again });
    expect(again.asked[0]).toBe("What does it rest on?");
  });

  test("where nothing can be committed it says so before the first question", async () => {
    repo = await scored();
    repo.git("checkout", "--quiet", "--detach");
    const script = scriptedPrompts([]);
    const { code } = await repo.hire(["decide", "amber-otter", "reject", "--as", "dana"], { prompts: script });
    expect([code, script.asked]).toEqual([2, []]);
  });

  test("is the decider's, typed in by someone else or not, and comes after their own scorecard", async () => {
    repo = await scored();
    expect(await decide("amber-otter", "reject", "--as", "riku", ...because)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("dana decides on candidates for Senior Backend Engineer, not riku"),
    });
    expect((await decide("amber-otter", "reject", "--as", "riku", "--by", "dana", ...because)).code).toBe(0);
    expect(parse(repo.read("roles/backend/candidates/amber-otter/decision.yaml"))).toMatchObject({ by: "dana", entered_by: "riku" });
    const early = await decide("brisk-heron", "offer", "--as", "dana", ...because);
    expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining("your own scorecard of brisk-heron is still out") });
    const typed = await decide("brisk-heron", "offer", "--as", "riku", "--by", "dana", ...because);
    expect(typed).toMatchObject({ code: 2, stderr: expect.stringContaining("dana's own scorecard of brisk-heron is still out") });
  });

  test("what makes no sense is refused with the way on", async () => {
    repo = await scored();
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await decide(...args, "--as", "dana");
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused("amber-otter", "ofer")).toContain("did you mean 'offer'?");
    expect(await refused("amber-otter", "reject")).toContain('--reason failure-design="…"');
    expect(await refused("amber-otter", "reject", "--reason", "candor=Guessed")).toContain("did you mean 'candour'?");
    expect(await refused("amber-otter", "reject", ...because, "--tell-by", "2026-11-02")).toContain("2026-11-02 has gone by");
    expect(await refused("amber-otter", "reject", ...because, "--tell-by", "Friday")).toContain("is no date");
    await repo.ok("log", "brisk-heron", "withdrawn", "--reason", "Took another offer", "--as", "riku");
    expect(await refused("brisk-heron", "reject", ...because)).toContain("is out of the search");
  });
});

describe("a sample profile", () => {
  const sample = async (): Promise<void> => {
    repo = await agreedRepo();
    await repo.ok(
      "candidate",
      "add",
      "backend",
      "--id",
      "oak-sample",
      "--calibration",
      "--profile",
      "Ran the queue at a bank for two years, never on call",
      "--as",
      "riku",
    );
  };
  const score = (person: string, design: number, mentoring: number, candour: number): Promise<string> =>
    repo.ok(
      "score",
      "backend",
      "oak-sample",
      "--as",
      person,
      ...rated({
        "failure-design": [design, `${person} reads a queue at a bank as ${design}`],
        mentoring: [mentoring, `${person} finds no word on others`],
        candour: [candour, `${person} sees nothing said of it`],
      }),
    );

  test("is scored by both sides and the panel, each alone, on everything; gaps stand in the report with the evidence", async () => {
    await sample();
    await score("dana", 2, 3, 3);
    for (const args of [["debrief", "oak-sample"], ["report"], ["candidate", "show", "oak-sample"], ["report", "--full"]])
      for (const extra of [[], ["--json"]]) {
        const { stdout } = await repo.hire([...args, "--as", "riku", ...extra]);
        expect(stdout, args.join(" ")).not.toMatch(/dana (?:reads|finds|sees)/u);
      }
    expect(await repo.ok("report", "--as", "riku")).toMatch(
      /score the sample profile oak-sample, alone\n? +hire score backend oak-sample/u,
    );
    await score("riku", 5, 3, 4);
    await score("ana", 3, 3, 3);
    const shown = await repo.ok("report", "--as", "riku");
    expect(shown).toContain(`Sample profile oak-sample
Not in yet: bo (hire score backend oak-sample).
More than a point apart on Designing for failure: say what you each mean by the
numbers, or mend the anchors.
Designing for failure  3 apart · mean 3.3 · bar 3
  5  riku  riku reads a queue at a bank as 5
  3  ana   ana reads a queue at a bank as 3
  2  dana  dana reads a queue at a bank as 2
`);
    expect(shown.replaceAll(/\s+/gu, " ")).toContain("2 of 3 pairs of their ratings of sample profiles lie within a point");
    const page = await repo.ok("report", "--format", "markdown");
    expect(page).not.toContain("reads a queue");
    await score("bo", 2, 3, 3);
    expect(await repo.ok("report", "--format", "markdown")).toContain("| 5 | riku | riku reads a queue at a bank as 5 |");
    const report = outputOf<{ roles: { beginning: Record<string, unknown>; interviewers: { criteria: { refused: string }[] } }[] }>(
      await repo.ok("report", "--as", "riku", "--json"),
    );
    expect(report.roles[0]?.beginning).toEqual({ weights: null, mustHaves: null, calibration: { pairs: 3, within: 2, share: 2 / 3 } });
    expect(report.roles[0]?.interviewers.criteria.map(({ refused }) => refused)).toEqual(["one rater", "one rater", "one rater"]);
    expect((await repo.hire(["check"])).code).toBe(0);
  });

  test("is never ranked, decided on or met, and needs its text", async () => {
    await sample();
    await score("dana", 2, 3, 3);
    expect(await repo.ok("rank", "--as", "dana")).toContain("No candidate yet.");
    expect((await repo.hire(["decide", "oak-sample", "reject", "--reason", "mentoring=None", "--as", "dana"])).stderr).toContain(
      "is a sample profile",
    );
    expect((await repo.hire(["candidate", "add", "--calibration", "--as", "riku"])).stderr).toContain(
      "a calibration profile needs its text",
    );
    expect((await repo.hire(["candidate", "add", "--profile", "Someone", "--as", "riku"])).stderr).toContain(
      "only a sample profile has a text here",
    );
    expect(
      (await repo.hire(["candidate", "add", "--calibration", "--from", "-", "--as", "riku"], { stdin: "Has led\ntwo teams\n" })).code,
    ).toBe(0);
    expect(await repo.ok("candidate", "show", "oak-sample", "--as", "dana")).toContain(
      "  Ran the queue at a bank for two years, never on call",
    );
  });
});
