import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Intake, SearchOutcome } from "../../src/core/model.ts";
import { outputOf } from "../support/outputs.ts";
import { ctrlC, scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, onceMade, TestRepo } from "../support/repo.ts";

const flat = (text: string): string => text.replaceAll(/\s+/gu, " ");
const outcome = "roles/backend/outcome.yaml";

const events: Readonly<Record<string, readonly string[]>> = {
  "amber-otter": [
    '{ at: "2026-11-04T09:00:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-04T15:00:00+02:00", what: profile-accepted, by: dana }',
    '{ at: "2026-11-06T10:00:00+02:00", what: interviewed, stage: design, by: ana }',
    '{ at: "2026-11-09T10:00:00+02:00", what: interviewed, stage: team, by: dana }',
    '{ at: "2026-11-16T10:00:00+02:00", what: offer, by: riku }',
    '{ at: "2026-11-20T10:00:00+02:00", what: offer-accepted, by: riku }',
  ],
  "brisk-heron": [
    '{ at: "2026-11-05T09:00:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-05T15:00:00+02:00", what: profile-accepted, by: dana }',
    '{ at: "2026-11-09T12:00:00+02:00", what: interviewed, stage: design, by: ana }',
  ],
  "calm-finch": [
    '{ at: "2026-11-05T09:10:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-05T15:10:00+02:00", what: profile-declined, by: dana, reason: Works alone, requirement: mentoring }',
    '{ at: "2026-11-06T09:00:00+02:00", what: told, by: riku }',
  ],
  "dusky-lynx": ['{ at: "2026-11-14T09:00:00+02:00", what: presented, by: riku }'],
};

/** Three weeks of a search, three days of them on hold; Saturday 21 November. */
const search = onceMade(async () => {
  const repo = await agreedRepo();
  for (const [candidate, lines] of Object.entries(events)) {
    repo.write(`roles/backend/candidates/${candidate}/candidate.yaml`, `version: 1\nid: ${candidate}\n`);
    repo.write(`roles/backend/candidates/${candidate}/events.yaml`, lines.map((line) => `- ${line}\n`).join(""));
  }
  repo.commit("Meet people");
  repo.later(7);
  repo.edit("roles/backend/intake.yaml", "status: open", "status: on-hold");
  repo.commit("Hold the search");
  repo.later(3);
  repo.edit("roles/backend/intake.yaml", "status: on-hold", "status: open");
  repo.commit("Go on");
  repo.edit("roles/backend/rubric.yaml", "weight: 3", "weight: 5");
  repo.commit("Weigh failures more");
  await repo.ok("explain", "failure-design", "--reason", "Bo leaves the rotation in January, so the new hire is alone on call.");
  repo.edit("roles/backend/rubric.yaml", "bar: 3.5", "bar: 3.8");
  repo.commit("Raise the bar");
  repo.later(8);
  return repo;
});

let repo: TestRepo;
beforeEach(async () => {
  repo = await search();
});
afterEach(() => repo[Symbol.dispose]());

const ended = ["close", "backend", "--as", "riku", "--result", "hired", "--told", "brisk-heron", "--later"];

describe("the end of a search", () => {
  test("starts with who has not heard from us, and is refused until that is settled", async () => {
    const { code, stderr } = await repo.hire(["close", "backend", "--result", "hired"]);
    expect(code).toBe(2);
    // The hire has heard; who was declined was told; who is still in the search has to hear that it is over.
    expect(flat(stderr)).toContain("not told yet how it ends: brisk-heron and dusky-lynx");
    expect(stderr).toContain("--told brisk-heron; or --later");
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("one commit says how it ended, what it took, and when to look back", async () => {
    const closed = outputOf<{ unheard: readonly { candidate: string }[] }>(
      await repo.ok(...ended, "--thank", "dana=Answered the same day", "--keep", "Weighing alone", "--change", "Debrief at once", "--json"),
    );
    expect(closed.unheard.map(({ candidate }) => candidate)).toEqual(["dusky-lynx"]);
    expect(parse(repo.read(outcome)) as SearchOutcome).toEqual({
      version: 1,
      result: "hired",
      closed_on: "2026-11-21",
      closed_by: "riku",
      hires: ["amber-otter"],
      thanks: [{ to: "dana", from: "riku", for: "Answered the same day" }],
      keep: ["Weighing alone"],
      change: ["Debrief at once"],
      figures: {
        // Opened on the 2nd, accepted on the 20th: 18 days, of which 10 to 13 November on hold.
        days: 15,
        on_hold: 3,
        changes: { made: 2, explained: 1 },
        promises: [],
        // Presented: four, of whom dana accepted two. Design: two, one went on to the team. The offer was accepted.
        funnel: [
          { stage: "presented", reached: 4, went_on: 2 },
          { stage: "design", reached: 2, went_on: 1 },
          { stage: "team", reached: 1, went_on: 1 },
          { stage: "offer", reached: 1, went_on: 1 },
        ],
      },
      // 90 days from the day it ended, as the brief names no start.
      reviews: [{ outcome: "pager", due: "2027-02-19" }],
    });
    expect(repo.read("roles/backend/intake.yaml")).toContain("status: filled");
    expect(repo.read("roles/backend/candidates/brisk-heron/events.yaml")).toContain("what: told, by: riku");
    expect(repo.git("log", "-1", "--format=%s")).toBe("Close the search for Senior Backend Engineer: hired\n");
    expect(repo.git("status", "--porcelain")).toBe("");
    expect((await repo.hire(["check"])).stdout).not.toContain("outcome");
  });

  test("who was left in the search stays on the recruiter's list until they were told", async () => {
    await repo.ok(...ended);
    expect(flat(await repo.ok("--as", "riku"))).toContain("tell dusky-lynx how it ended: presented 7 days ago");
    expect(await repo.ok("--as", "dana")).toContain("Nothing is yours to do.");
    repo.later(1);
    await repo.ok("log", "backend", "dusky-lynx", "told", "--as", "riku");
    expect(await repo.ok("--as", "riku")).toContain("Nothing is yours to do.");
  });

  test("is asked for on a terminal, by both sides; Ctrl-C keeps every answer", async () => {
    const first = scriptedPrompts(["has heard", "not yet", "hired", "2027-01-11", "Answered the same day", ctrlC]);
    expect((await repo.hire(["close", "backend", "--as", "riku"], { prompts: first })).code).toBe(130);
    expect(first.asked.slice(0, 2)).toEqual(["brisk-heron:", "dusky-lynx:"]);
    expect(repo.git("status", "--porcelain")).toBe("");
    const second = scriptedPrompts([true, "Found her in nine days", "Weighing alone", "", "", ""]);
    const { code, stdout } = await repo.hire(["close", "backend", "--as", "riku"], { prompts: second });
    expect(code).toBe(0);
    expect(second.asked[1]).toContain("And dana, what do you thank riku for?");
    expect(parse(repo.read(outcome))).toMatchObject({
      thanks: [
        { from: "riku", to: "dana", for: "Answered the same day" },
        { from: "dana", to: "riku", for: "Found her in nine days" },
      ],
      keep: ["Weighing alone"],
      reviews: [{ outcome: "pager", due: "2027-04-11" }],
    });
    expect(stdout).toContain('dana to riku: "Found her in nine days"');
  });

  test("figures are of the search as it ends: what is noted with it counts, and what only a longer history tells is left out", async () => {
    repo.write("hire.yaml", `${repo.read("hire.yaml")}expectations: { candidate-update: 3 business days }\n`);
    repo.commit("Promise news");
    const shallow = new TestRepo();
    shallow.git("fetch", "--quiet", "--depth", "1", `file://${repo.root}`, "main");
    shallow.git("reset", "--quiet", "--hard", "FETCH_HEAD");
    shallow.later(19);
    await shallow.ok(...ended);
    expect(parse(shallow.read(outcome))).toMatchObject({ figures: { funnel: expect.anything() as unknown } });
    expect(shallow.read(outcome)).not.toMatch(/days:|on_hold:/u);
    shallow[Symbol.dispose]();
    const closed = outputOf<{ figures: { promises: readonly unknown[] } }>(await repo.ok(...ended, "--told", "dusky-lynx", "--json"));
    const due = outputOf<{ sides: readonly { side: string; kept: number; all: number }[] }>(await repo.ok("due", "backend", "--json"));
    expect(closed.figures.promises).toMatchObject(due.sides.map(({ side, kept, all }) => ({ side, kept, all })));
  });

  test("who was met counts as accepted, in whatever stage: the funnel and the share of accepted profiles are one count", async () => {
    await repo.ok("log", "backend", "dusky-lynx", "interviewed", "--stage", "design", "--as", "riku");
    repo.edit("roles/backend/candidates/dusky-lynx/events.yaml", "stage: design", "stage: gone");
    repo.commit("A stage that went");
    const { figures } = outputOf<{ figures: { funnel: readonly unknown[] } }>(await repo.ok(...ended, "--json"));
    const { acceptance } = outputOf<{ acceptance: { presented: number; accepted: number } }>(await repo.ok("due", "backend", "--json"));
    expect(figures.funnel[0]).toEqual({ stage: "presented", reached: acceptance.presented, went_on: acceptance.accepted });
    expect(acceptance).toMatchObject({ presented: 4, accepted: 3 });
  });

  test("a cancelled search has lessons, and nothing to look back at", async () => {
    await repo.ok("close", "backend", "--as", "riku", "--result", "cancelled", "--later", "--change", "Ask for the budget first");
    const said = parse(repo.read(outcome)) as SearchOutcome;
    expect([said.hires, said.reviews, said.figures?.days]).toEqual([undefined, undefined, 16]);
    expect(repo.read("roles/backend/intake.yaml")).toContain("status: cancelled");
    expect(await repo.ok("wins")).toContain("Ended without a hire, and what was learnt");
  });

  test("what cannot be is refused, with the remedy", async () => {
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await repo.hire(["close", "backend", "--as", "riku", ...args]);
      expect(code).toBe(2);
      return flat(stderr);
    };
    expect(await refused("--later")).toContain("how did it end?");
    expect(await refused("--later", "--result", "hird")).toContain("did you mean 'hired'?");
    // What is misspelt is said before anybody is asked about.
    expect(await refused("--result", "canceled")).toContain("did you mean 'cancelled'?");
    expect(await refused("--later", "--hired", "amber-oter")).toContain("did you mean 'amber-otter'?");
    expect(await refused("--later", "--result", "hired", "--on", "2027-01-01")).toContain("has not come yet");
    expect(await refused("--later", "--result", "hired", "--on", "2026-10-01")).toContain("the search was opened on 2026-11-02 only");
    expect(await refused("--later", "--hired", "calm-finch")).toContain("calm-finch was declined or left");
    // Who said yes has to hear of it most.
    expect(await refused("--result", "cancelled")).toContain("not told yet how it ends: brisk-heron, dusky-lynx and amber-otter");
    expect(await refused("--later", "--result", "hired", "--thank", "riku=me")).toContain("nobody thanks themselves");
    repo.write("roles/backend/candidates/brisk-heron/events.yaml", "x: [");
    expect((await repo.hire(["close", "backend", "--as", "riku", "--later", "--result", "hired"])).stderr).toContain(
      "the figures would leave out",
    );
    repo.git("checkout", "--", "roles");
    expect(await refused("--later", "--result", "hired", "--thank", "dnaa=x")).toContain("there is no person 'dnaa' known: dana, riku");
    expect(await refused("--review", "pager=right")).toContain("a look back comes after the end");
    expect(await refused("--carry", ".")).toContain("has not ended yet");
    await repo.ok(...ended);
    expect(await refused("--result", "cancelled")).toContain("ended on 2026-11-21: hired");
    expect(await refused("--review", "pagr=right")).toContain("did you mean 'pager'?");
    expect(await refused("--review", "pager=yes")).toContain("was the brief right?");
  });

  test("lessons are texts like any other: words the law protects are found in them", async () => {
    await repo.ok(...ended, "--change", "Look for young people");
    expect((await repo.hire(["check"])).stdout).toContain("outcome.yaml");
  });
});

describe("after the end", () => {
  test("a look back becomes due, is asked about the brief and not the person, and counts as a promise", async () => {
    await repo.ok(...ended);
    repo.later(89);
    expect(await repo.ok("--as", "dana")).not.toContain("look back");
    repo.later(3);
    expect(flat(await repo.ok("--as", "dana"))).toContain("look back: was the brief right about pager: Carries the payments pager alone?");
    expect(flat(await repo.ok("due", "--who", "dana"))).toContain("look back: was the brief right about pager?, due 19 Feb");
    const prompts = scriptedPrompts(["no", "The ledger mattered more", "", "", "", ""]);
    expect((await repo.hire(["close", "backend", "--as", "dana"], { prompts })).code).toBe(0);
    expect(prompts.asked[0]).toContain("(the brief, not the person)");
    expect((parse(repo.read(outcome)) as SearchOutcome).reviews).toEqual([
      { outcome: "pager", due: "2027-02-19", reviewed_on: "2027-02-21", brief_was_right: false, note: "The ledger mattered more" },
    ]);
    expect(await repo.ok("--as", "dana")).toContain("Nothing is yours to do.");
    expect(flat(await repo.ok("wins"))).toContain(
      "Looking back, the brief was right about 0 of 1 outcome. The brief was wrong about pager: Carries the payments pager alone (The ledger mattered more)",
    );
  });

  test("what came too early to say is looked at again on another day; nobody thanks twice", async () => {
    await repo.ok(...ended, "--thank", "dana=Quick");
    repo.later(91);
    const prompts = scriptedPrompts(["too early", "=", "Found her", "", ""]);
    expect((await repo.hire(["close", "backend", "--as", "riku"], { prompts })).code).toBe(0);
    expect(prompts.asked).toContain("And dana, what do you thank riku for? (empty: they say it later, with hire close)");
    expect(parse(repo.read(outcome))).toMatchObject({
      reviews: [{ outcome: "pager", due: "2027-05-21" }],
      thanks: [
        { from: "riku", to: "dana" },
        { from: "dana", to: "riku", entered_by: "riku" },
      ],
    });
    const again = scriptedPrompts(["", ""]);
    await repo.hire(["close", "backend", "--as", "dana"], { prompts: again });
    expect(again.asked.join(" ")).not.toContain("thank");
    expect(await repo.ok("tell", "backend", "--digest", "--since", "2026-11-01")).toContain("the search ended: hired");
  });

  test("the wall names people of ours and no candidate, in every format", async () => {
    expect(await repo.ok("wins")).toContain("No search has ended yet");
    await repo.ok(...ended, "--thank", "dana=Answered <b>the same</b> day");
    const text = await repo.ok("wins");
    expect(flat(text)).toContain("Senior Backend Engineer · 1 hired, 21 Nov · dana + riku, with ana and bo");
    expect(flat(text)).toContain("Filled in 15 days, 3 days on hold left out.");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const markdown = await repo.ok("wins", "--format", "markdown");
    expect(markdown).toContain("&lt;b&gt;the same&lt;/b&gt;");
    outputOf(await repo.ok("wins", "--json"));
    for (const shown of [text, markdown, await repo.ok("wins", "--json")]) expect(shown).not.toMatch(/otter|heron|finch|lynx/u);
  });

  test("--carry takes criteria, updates and lessons into another repository, and no candidate", async () => {
    await repo.ok("tell", "backend", "--kind", "process", "--summary", "Is brisk-heron still free?", "--as", "dana");
    await repo.ok(
      "tell",
      "backend",
      "--kind",
      "market",
      "--summary",
      "Two rivals hire now",
      "--reason",
      "amber-otter said so",
      "--as",
      "riku",
    );
    await repo.ok(...ended, "--change", "Debrief at once, as with brisk-heron");
    using other = new TestRepo();
    other.write("hire.yaml", "version: 1\norganization: Southwind\npeople:\n  - { id: zoe, name: Zoe }   # first of us\n");
    other.commit("Begin");
    const { carried } = outputOf<{ carried: { left: number; people: readonly string[] } }>(
      await repo.ok("close", "backend", "--as", "dana", "--carry", other.root, "--json"),
    );
    // What was agreed and promised stayed with the candidates.
    expect(await other.ok("report", "backend")).toContain("Nobody's agreement is in this repository.");
    expect(await other.ok("report", "backend")).not.toMatch(/Kept promises|Still to weigh/u);
    const next = await other.hire(["intake", "next", "--like", "backend", "--set", "team.recruiter=zoe", "--as", "zoe"]);
    expect(flat(next.stderr)).toContain("dana has no part here: hire intake next --set team.hiring_manager=PERSON");
    expect((parse(other.read("roles/next/intake.yaml")) as Intake).assumptions?.[0]?.owner).toBe("zoe");
    expect((parse(other.read("roles/next/intake.yaml")) as Intake).title).toBe("Next");
    expect(carried).toMatchObject({ left: 2, people: ["dana", "riku", "ana", "bo"] });
    const tree = other.git("ls-files").split("\n");
    expect(tree.filter((path) => path.includes("candidates/") || path.includes("priorities/") || path.includes("agreements/"))).toEqual([]);
    for (const path of tree.filter((name) => name !== "")) expect(other.read(path)).not.toMatch(/otter|heron|finch|lynx/u);
    expect(other.read(outcome)).toContain("Debrief at once, as with a candidate");
    expect(other.read("hire.yaml")).toContain("# first of us");
    expect(other.read("hire.yaml")).toContain("{ id: dana, name: Dana Reyes, active: false }");
    expect(other.git("status", "--porcelain")).toBe("");
    expect(await other.ok("wins")).toContain("1 hired");
    const again = await repo.hire(["close", "backend", "--as", "dana", "--carry", other.root]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("has a role 'backend' already")]);
    expect((await repo.hire(["close", "backend", "--as", "dana", "--carry", "."])).stderr).toContain("that is this repository");
  });

  test("--carry names no candidate: in no case, spelling, id, comment, file name, market or subject, erased or of another role", async () => {
    await repo.ok("candidate", "add", "backend", "--id", "late-robin", "--as", "riku");
    repo.git("rm", "--quiet", "-r", "roles/backend/candidates/late-robin");
    await repo.ok(
      "intake",
      "design",
      "--title",
      "Design",
      "--set",
      "team.hiring_manager=dana",
      "--set",
      "team.recruiter=riku",
      "--as",
      "riku",
    );
    await repo.ok("candidate", "add", "design", "--id", "nordic-fox", "--as", "riku");
    repo.edit(
      "roles/backend/intake.yaml",
      "title: Senior Backend Engineer",
      "title: Engineer like amber-otter   # for Amber-Otter and AMBER OTTERS",
    );
    repo.edit(
      "roles/backend/intake.yaml",
      "why: ",
      "culture: Brisk Heron, nordic_fox and late\u2011robin liked it, AmberOtter too; nearly swift.\nwhy: ".replace("\\u2011", "\u2011"),
    );
    repo.edit("roles/backend/intake.yaml", "id: remote-ok", "id: remote-amber-otter-ok");
    repo.edit("markets/backend-fi.yaml", "version: 1", "version: 1 # brisk-heron told us");
    await repo.ok("tell", "backend", "--kind", "market", "--summary", "Amber-Otter wants more", "--as", "riku");
    repo.commit("Write names");
    await repo.ok(...ended);
    using other = new TestRepo();
    other.write("hire.yaml", "version: 1\norganization: Southwind\npeople: [{ id: zoe, name: Zoe }]\n");
    other.commit("Begin");
    await repo.ok("close", "backend", "--as", "dana", "--carry", other.root);
    const names = /amber.?otter|brisk.?heron|nordic.?fox|late.?robin/iu;
    for (const path of other.git("ls-files").trim().split("\n")) expect(`${path}\n${other.read(path)}`).not.toMatch(names);
    expect(other.git("log", "--format=%B")).not.toMatch(names);
    expect(other.read("roles/backend/intake.yaml")).toContain("id: remote-candidate-ok");
    expect(other.read("roles/backend/intake.yaml")).toContain("nearly swift");
    expect((await other.hire(["check"])).code).toBe(0);
    repo.git("mv", "roles/design", "roles/nordic-fox-design");
    repo.commit("Name a role after a candidate");
    const named = await repo.hire([
      "close",
      "nordic-fox-design",
      "--as",
      "dana",
      "--result",
      "cancelled",
      "--later",
      "--carry",
      other.root,
    ]);
    expect([named.code, flat(named.stderr)]).toEqual([2, expect.stringContaining("the role's own id names a candidate")]);
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("--carry: a candidate's id that may be any word stays, and is pointed at; what cannot be carried closes nothing", async () => {
    await repo.ok("candidate", "add", "backend", "--id", "senior", "--as", "riku");
    const head = repo.git("rev-parse", "HEAD");
    const nowhere = await repo.hire([...ended, "--told", "senior", "--carry", "nowhere"]);
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("nowhere is no hiring repository")]);
    using other = new TestRepo();
    other.write("hire.yaml", "version: 1\norganization: Southwind\npeople: [{ id: dana, name: Dana Smith }]\n");
    other.commit("Begin");
    const namesake = await repo.hire([...ended, "--told", "senior", "--carry", other.root]);
    expect([namesake.code, flat(namesake.stderr)]).toEqual([2, expect.stringContaining("'dana' is Dana Reyes here and Dana Smith in")]);
    expect(repo.git("rev-parse", "HEAD")).toBe(head);
    other.edit("hire.yaml", "Dana Smith", "Dana Reyes");
    other.commit("The same Dana");
    repo.edit("roles/backend/intake.yaml", "why: ", "level: senior\nwhy: ");
    repo.commit("Name the level");
    const text = flat(await repo.ok(...ended, "--told", "senior", "--carry", other.root));
    expect(text).toContain(
      "A word that is also a candidate's id, a known name or an address stands in roles/backend/intake.yaml: look whether it names them there.",
    );
    expect(other.read("roles/backend/intake.yaml")).toContain("level: senior");
  });

  test("what does not fit an outcome is found", async () => {
    await repo.ok(...ended);
    await repo.ok("intake", "backend", "--set", "status=open", "--as", "dana");
    expect(flat((await repo.hire(["check"])).stdout)).toContain("the search ended (hired), and its status is 'open'");
    repo.edit("roles/backend/intake.yaml", "status: open", "status: filled");
    repo.edit(outcome, "outcome: pager", "outcome: pagr");
    expect((await repo.hire(["check"])).stdout).toContain("'pagr' is no outcome of the brief");
    repo.write(outcome, "result: [");
    const wins = await repo.hire(["wins"]);
    expect(flat(wins.stderr)).toContain("Left out, as they cannot be read: roles/backend/outcome.yaml");
    expect((await repo.hire(["intake", "next", "--like", "backend"])).stderr).toContain("outcome.yaml cannot be used as it is");
  });

  test("--like starts the next search from it: brief, rubric, lessons, and how candidates really came through", async () => {
    await repo.ok(...ended, "--change", "Debrief at once");
    await repo.ok("close", "backend", "--as", "dana", "--review", "pager=wrong: the ledger mattered more");
    const text = await repo.ok("intake", "payments", "--like", "backend", "--title", "Payments Engineer", "--as", "riku");
    const brief = parse(repo.read("roles/payments/intake.yaml")) as Intake;
    expect(brief).toMatchObject({ title: "Payments Engineer", status: "open", like: "backend", opened: "2026-11-21" });
    expect(brief.why).toBeUndefined();
    expect(brief.requirements?.map(({ id }) => id)).toEqual(["failure-design", "mentoring", "payments"]);
    expect(brief.assumptions?.map(({ statement, owner }) => [owner, statement])).toEqual([
      ["riku", "Last time you wanted to change this: Debrief at once. What do you do now?"],
      ["dana", "Last time the brief was wrong about pager: Carries the payments pager alone (the ledger mattered more). What is true now?"],
    ]);
    expect(brief.assumptions?.map(({ id }) => id)).toEqual(["debrief-at-once", "pager-carries-the-payments-pager-alone"]);
    expect(text).toContain("Still open (2)");
    expect(repo.read("roles/payments/rubric.yaml")).toBe(repo.read("roles/backend/rubric.yaml"));
    const market = flat(await repo.ok("market", "payments"));
    // One hired of four presented: ln(0.2) / ln(0.75) = 5.6 candidates.
    expect(market).toContain("Last time Senior Backend Engineer, hired 2026-11-21: 4 presented, 2 went on;");
    expect(market).toContain("At that rate 6 candidates to be 80 % sure of one; it was one search.");
    outputOf(await repo.ok("market", "payments", "--json"));
    const { code, stderr } = await repo.hire(["intake", "payments", "--like", "backend"]);
    expect([code, flat(stderr)]).toEqual([2, expect.stringContaining("payments has begun already")]);
  });
});
