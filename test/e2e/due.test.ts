import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const events: Readonly<Record<string, readonly string[]>> = {
  "amber-otter": [
    '{ at: "2026-11-03T15:40:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-05T16:40:00+02:00", what: profile-accepted, by: dana }',
    '{ at: "2026-11-10T10:00:00+02:00", what: interviewed, stage: talk, by: ana }',
    '{ at: "2026-11-12T10:00:00+02:00", what: debriefed, by: dana }',
    '{ at: "2026-11-16T10:00:00-05:00", what: told, by: riku }',
  ],
  "brisk-heron": [
    '{ at: "2026-11-13T15:00:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-25T11:00:00+02:00", what: profile-accepted, by: dana }',
    '{ at: "2026-11-25T20:00:00+02:00", what: interviewed, stage: talk, by: ana }',
    '{ at: "2026-11-30T12:00:00+02:00", what: debriefed, by: dana }',
    '{ at: "2026-12-01T12:00:00-05:00", what: told, by: riku }',
  ],
  "calm-finch": ['{ at: "2026-12-11T16:00:00+02:00", what: presented, by: riku }'],
  "dusky-lynx": [
    '{ at: "2026-11-04T09:00:00+02:00", what: presented, by: riku }',
    '{ at: "2026-11-04T10:00:00+02:00", what: profile-declined, by: dana, reason: Not from a bank, criterion: other }',
    '{ at: "2026-11-04T17:00:00+02:00", what: told, by: riku }',
  ],
};
const cards: Readonly<Record<string, string>> = { "amber-otter": "2026-11-11T09:00:00+02:00", "brisk-heron": "2026-11-27T10:00:00+02:00" };

/** Six weeks: two time zones with their own holidays, and a week on hold. */
async function sixWeeks(): Promise<void> {
  repo = new TestRepo();
  repo.write(
    "hire.yaml",
    `version: 1
organization: Northwind
people:
  - { id: dana, name: Dana Reyes, email: dana@northwind.example }
  - { id: riku, name: Riku Aho, email: riku@northwind.example, timezone: America/New_York, holidays: US }
  - { id: ana, name: Ana Silva, email: ana@northwind.example }
calendar: { timezone: Europe/Helsinki, holidays: FI, workdays: [mon, tue, wed, thu, fri], hours: { from: "09:00", to: "17:00" } }
expectations: { profile-feedback: 2 business days, scorecard: 1 business day, debrief: 2 business days, candidate-update: 3 business days }
`,
  );
  repo.write("roles/backend/intake.yaml", "version: 1\ntitle: Backend\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku }\n");
  repo.write(
    "roles/backend/rubric.yaml",
    `version: 1
scale: [{ value: 1, label: "No" }, { value: 2, label: "Yes" }]
criteria: [{ id: design, name: Design, means: Designs it, weight: 1 }]
stages: [{ id: talk, name: Talk, interviewers: [ana], assesses: [design] }]
decision: { bar: 1, evaluations: 1, rule: weighted-mean }
`,
  );
  for (const [candidate, lines] of Object.entries(events)) {
    repo.write(`roles/backend/candidates/${candidate}/candidate.yaml`, `version: 1\nid: ${candidate}\n`);
    repo.write(`roles/backend/candidates/${candidate}/events.yaml`, lines.map((line) => `- ${line}\n`).join(""));
    const at = cards[candidate];
    if (at !== undefined)
      repo.write(
        `roles/backend/candidates/${candidate}/evaluations/talk--ana.yaml`,
        `version: 1\ncandidate: ${candidate}\nstage: talk\ninterviewer: ana\nsubmitted_at: "${at}"\nrubric: "000000000000"\nratings: [{ criterion: design, as_of: "000000000000", rating: 2, evidence: What was said }]\n`,
      );
  }
  repo.commit("Begin");
  // Tuesday 17 November, noon, for a week.
  repo.later(14 + 3 / 24);
  repo.edit("roles/backend/intake.yaml", "status: open", "status: on-hold");
  repo.commit("Hold the search");
  repo.later(7);
  repo.edit("roles/backend/intake.yaml", "status: on-hold", "status: open");
  repo.commit("Go on");
  // Tuesday 15 December, noon.
  repo.later(21);
}

interface Due {
  readonly promises: readonly {
    readonly kind: string;
    readonly owner: string;
    readonly candidate: string;
    readonly due: string;
    readonly done: string | null;
    readonly took: number | null;
    readonly late: number;
  }[];
  readonly sides: readonly {
    readonly side: string;
    readonly kept: number;
    readonly all: number;
    readonly median: number;
    readonly slowest: number;
  }[];
}
const hours = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 3_600_000);

describe("six weeks with holidays, a week on hold and two time zones", () => {
  test("due times and medians, as a person counted them", async () => {
    await sixWeeks();
    const { promises, sides } = outputOf<Due>(await repo.ok("due", "--json"));
    const told = promises
      .toSorted((a, b) => (`${a.candidate}${a.kind}` < `${b.candidate}${b.kind}` ? -1 : 1))
      .map(({ candidate, kind, owner, due, took, late }) => [candidate, kind, owner, due, hours(took), hours(late)]);
    expect(told).toEqual([
      // Told Monday 10:00 in New York. Tuesday 8 h, Wednesday is Veterans Day, Thursday 8 h, Friday 8 h: due at its close; Monday one hour late.
      ["amber-otter", "candidate-update", "riku", "2026-11-13T17:00:00-05:00", 25, 1],
      // The card came Wednesday 09:00, so all of Wednesday and Thursday; debriefed Thursday 10:00, nine hours on.
      ["amber-otter", "debrief", "dana", "2026-11-12T17:00:00+02:00", 9, 0],
      // Presented Tuesday 15:40: two days end Thursday 15:40; answered an hour later.
      ["amber-otter", "profile-feedback", "dana", "2026-11-05T15:40:00+02:00", 17, 1],
      // Tuesday 10:00 to Wednesday 09:00: seven hours of Tuesday.
      ["amber-otter", "scorecard", "ana", "2026-11-11T10:00:00+02:00", 7, 0],
      // Wednesday 13:00 in New York: 4 h, Thanksgiving, Friday 8 h, Monday 8 h, Tuesday 4 h; told an hour before.
      ["brisk-heron", "candidate-update", "riku", "2026-12-01T13:00:00-05:00", 23, 0],
      // Friday 10:00 to Monday 12:00: 7 h and 3 h; due on Tuesday at 10:00.
      ["brisk-heron", "debrief", "dana", "2026-12-01T10:00:00+02:00", 10, 0],
      // Friday 2 h, Monday 8 h, Tuesday 3 h until noon, a week on hold, Tuesday 3 h; then 2 h and 2 h late.
      ["brisk-heron", "profile-feedback", "dana", "2026-11-24T15:00:00+02:00", 20, 4],
      // Wednesday 20:00 is after hours: all of Thursday; handed in Friday 10:00.
      ["brisk-heron", "scorecard", "ana", "2026-11-26T17:00:00+02:00", 9, 1],
      // Friday 1 h, Monday 8 h, Tuesday 7 h: due today at 16:00.
      ["calm-finch", "profile-feedback", "dana", "2026-12-15T16:00:00+02:00", null, 0],
      // Declined 10:00, 03:00 in New York; told at 10:00 there, an hour after opening.
      ["dusky-lynx", "candidate-update", "riku", "2026-11-06T17:00:00-05:00", 1, 0],
      ["dusky-lynx", "profile-feedback", "dana", "2026-11-05T17:00:00+02:00", 1, 0],
    ]);
    expect(sides.map(({ side, kept, all, median, slowest }) => [side, kept, all, hours(median), hours(slowest)])).toEqual([
      // 1, 9, 10, 17 and 20 h; of five promises three were kept.
      ["hiring manager", 3, 5, 10, 20],
      // 1, 23 and 25 h.
      ["recruiter", 2, 3, 23, 25],
      // 7 and 9 h.
      ["interviewers", 1, 2, 8, 9],
    ]);
  });

  test("in words: what is late, what comes next, who kept what, and the reason that stands nowhere", async () => {
    await sixWeeks();
    expect(await repo.ok("due", "--as", "dana")).toBe(`Due
  dana  calm-finch: answer the profile, due 15 Dec 16:00
        hire review backend

Kept by the hiring manager: 3 of 5 promises; median 1 day 2 hours, slowest 2
  days 4 hours
Kept by the recruiter: 2 of 3 promises; median 2 days 7 hours, slowest 3 days
Kept by the interviewers: 1 of 2 promises; median 1 day, slowest 1 day 1 hour
Of 4 presented profiles, 2 were accepted, 1 declined, 1 waits.
Declined for what stands in no brief and no rubric: "Not from a bank". Say it
  there, or let it go.
`);
    repo.later(2);
    const late = await repo.ok("due", "--who", "dana");
    expect(late).toContain("Late\n  dana  calm-finch: answer the profile, due 15 Dec 16:00, 1 day 4 hours late");
    expect(await repo.ok("due", "--who", "ana")).toContain("Nobody owes anybody anything.");
    expect((await repo.ok("due", "--all")).replaceAll(/\s+/gu, " ")).toContain(
      "brisk-heron: hand in the scorecard (Talk), due 26 Nov 17:00, done 27 Nov 10:00, 1 hour late",
    );
    expect(await repo.ok("due", "--format", "markdown")).toContain(
      "| dana | calm-finch: answer the profile | 15 Dec 16:00 | 1 day 4 hours |",
    );
  });

  test("for calendars, with entries that keep their place", async () => {
    await sixWeeks();
    const ics = await repo.ok("due", "--ics");
    expect(ics).toContain("SUMMARY:dana: calm-finch\\, answer the profile\r\n");
    // 16:00 in Helsinki.
    expect(ics).toContain("DTEND:20261215T140000Z");
    const uid = /UID:.*/u.exec(ics)?.[0];
    expect(/UID:.*/u.exec(await repo.ok("due", "--format", "ics"))?.[0]).toBe(uid);
    expect(await repo.ok("due", "--ics", "--who", "ana")).toContain("END:VCALENDAR");
    for (const line of ics.split("\r\n")) expect(line.length).toBeLessThanOrEqual(75);
  });
});

describe("odd lives of candidates", () => {
  interface One {
    readonly due: string;
    readonly done: string | null;
    readonly lapsed: string | null;
    readonly late: number;
    readonly kind: string;
  }
  async function lived(
    expectations: string,
    lines: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<readonly One[]> {
    await sixWeeks();
    repo.edit("hire.yaml", /expectations: .*/u, `expectations: { ${expectations} }`);
    for (const candidate of Object.keys(events)) repo.git("rm", "-r", "--quiet", `roles/backend/candidates/${candidate}`);
    repo.write("roles/backend/candidates/grey-owl/candidate.yaml", "version: 1\nid: grey-owl\n");
    repo.write("roles/backend/candidates/grey-owl/events.yaml", lines.map((line) => `- ${line}\n`).join(""));
    for (const [path, text] of Object.entries(more)) repo.write(`roles/backend/candidates/grey-owl/${path}`, text);
    return outputOf<{ promises: readonly One[] }>(await repo.ok("due", "--json")).promises;
  }
  const presented = '{ at: "2026-11-03T10:00:00+02:00", what: presented, by: riku }';

  test("what was overdue when they left stays broken; what was not due yet was never promised", async () => {
    const left = (at: string): string => `{ at: "${at}", what: withdrawn, by: riku, reason: Another offer }`;
    const [late] = await lived("profile-feedback: 2 business days", [presented, left("2026-11-05T12:00:00+02:00")]);
    expect(late).toMatchObject({ done: null, lapsed: "2026-11-05T12:00:00+02:00", late: 2 * 3_600_000 });
    expect(await repo.ok("due", "--all")).toContain("Kept by the hiring manager: 0 of 1 promise");
    expect(await repo.ok("due")).toContain("Of 1 presented profile, 0 were accepted, 0 declined, 1 left before an answer.");
    repo[Symbol.dispose]();
    expect(await lived("profile-feedback: 2 business days", [presented, left("2026-11-05T09:00:00+02:00")])).toEqual([]);
  });

  test("presented twice is one question; met is an answer; on hold and back still waits for one", async () => {
    const again = '{ at: "2026-11-04T10:00:00+02:00", what: presented, by: riku }';
    const met = '{ at: "2026-11-04T12:00:00+02:00", what: scheduled, stage: talk, by: riku }';
    const promises = await lived("profile-feedback: 2 business days", [presented, again, met]);
    expect(promises).toMatchObject([{ done: "2026-11-04T12:00:00+02:00", late: 0 }]);
    repo[Symbol.dispose]();
    await lived("profile-feedback: 2 business days", [
      presented,
      '{ at: "2026-11-03T11:00:00+02:00", what: on-hold, by: riku }',
      '{ at: "2026-11-04T11:00:00+02:00", what: resumed, by: riku }',
    ]);
    expect(await repo.ok("review", "backend")).toContain("  grey-owl · presented 3 Nov\n");
    expect(await repo.ok("due", "--who", "dana")).toContain("grey-owl: answer the profile");
  });

  test("hours and days run day and night, and so does being late; a hold within a hold counts once", async () => {
    const yes = '{ at: "2026-11-08T22:00:00+02:00", what: profile-accepted, by: dana }';
    const [hours] = await lived("profile-feedback: 4 hours", ['{ at: "2026-11-06T16:00:00+02:00", what: presented, by: riku }', yes]);
    expect(hours).toMatchObject({ due: "2026-11-06T20:00:00+02:00", late: 50 * 3_600_000 });
    repo[Symbol.dispose]();
    // The search was on hold from the 17th to the 24th, noon to noon; the candidate within that.
    const [day] = await lived("profile-feedback: 1 day", [
      '{ at: "2026-11-17T09:00:00+02:00", what: presented, by: riku }',
      '{ at: "2026-11-18T10:00:00+02:00", what: on-hold, by: riku }',
      '{ at: "2026-11-20T10:00:00+02:00", what: resumed, by: riku }',
    ]);
    expect(day?.due).toBe("2026-11-25T09:00:00+02:00");
  });

  test("the day named with a decision goes before the promise, and its end is late by the clock", async () => {
    const decision = (by: string): string =>
      `version: 1\ndecision: reject\nby: dana\ndecided_at: "2026-11-05T12:00:00+02:00"\nreasons: [{ text: No }]\ntell: { by: "${by}" }\n`;
    const lines = [presented, '{ at: "2026-11-04T12:00:00+02:00", what: interviewed, stage: talk, by: ana }'];
    const news = async (by: string): Promise<One | undefined> =>
      (await lived("candidate-update: 1 business day", lines, { "decision.yaml": decision(by) })).find(
        ({ kind }) => kind === "candidate-update",
      );
    expect(await news("2026-12-18")).toMatchObject({ due: "2026-12-18T17:00:00-05:00", late: 0 });
    repo[Symbol.dispose]();
    expect((await news("2026-12-12"))?.late).toBeGreaterThan(48 * 3_600_000);
  });

  test("fifteen hundred who never heard are counted in no time to speak of", async () => {
    await sixWeeks();
    for (let index = 0; index < 1500; index += 1)
      repo.write(
        `roles/backend/candidates/c-${index}/events.yaml`,
        `- { at: "2025-01-${String(10 + (index % 20)).padStart(2, "0")}T10:${String(index % 60).padStart(2, "0")}:00+02:00", what: profile-declined, by: dana, reason: No, criterion: other }\n`,
      );
    const { promises } = outputOf<Due>(await repo.ok("due", "--json"));
    expect(promises.filter(({ kind, done }) => kind === "candidate-update" && done === null)).toHaveLength(1500);
  });
});

describe("what cannot be counted is said with the way on", () => {
  test.each([
    ["timezone: Europe/Helsinky", "hire.yaml: 'Europe/Helsinky' is no time zone"],
    ["holidays: ATLANTIS", "hire.yaml: nobody knows the holidays of 'ATLANTIS'"],
    ['hours: { from: "22:00", to: "06:00" }', "by these hours nobody ever works"],
    ["workdays: []", "without a workday nobody ever works"],
  ])("%s", async (line, message) => {
    repo = await agreedRepo();
    repo.write("hire.yaml", `${repo.read("hire.yaml")}calendar: { ${line} }\n`);
    expect(await repo.hire(["due"])).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  test("nobody of that name, no promise, an answer that is asked for", async () => {
    repo = await agreedRepo();
    expect((await repo.hire(["due", "--who", "dan"])).stderr).toContain("did you mean 'dana'?");
    expect(await repo.ok("due")).toContain("Nothing is promised yet, or nothing has happened.");
    repo.write("hire.yaml", `${repo.read("hire.yaml")}expectations: { answer: 1 business day }\n`);
    repo.commit("Promise answers");
    await repo.ok(
      "change",
      "backend",
      "--as",
      "dana",
      "--set",
      "criteria.mentoring.weight=3",
      "--reason",
      "Two juniors join in January and need someone beside them.",
    );
    const asked = await repo.ok("due", "--who", "riku");
    expect(asked).toContain("riku  Senior Backend Engineer: agree or object:");
    await repo.ok("answer", "agree", "--as", "riku");
    expect(await repo.ok("due", "--who", "riku", "--all")).toContain("Done\n  riku  Senior Backend Engineer: agree or object:");
  });
});

describe("people's own figures", () => {
  const byPerson = async (viewer: string): Promise<readonly string[]> => {
    const said = outputOf<{ roles: readonly { keptBy: readonly { person: string; kept: number; all: number }[] }[] }>(
      await repo.ok("report", "backend", "--as", viewer, "--json"),
    );
    return (said.roles[0]?.keptBy ?? []).map(({ person, kept, all }) => `${person} ${kept} of ${all}`);
  };

  test("are shown as people_metrics says: a side's only, each their own too, or all", async () => {
    await sixWeeks();
    expect(await byPerson("dana")).toEqual([]);
    expect(await repo.ok("report", "backend", "--as", "dana")).toMatch(/^Kept promises: hiring manager \d of \d · .*\d of \d$/mu);
    repo.write("hire.yaml", `${repo.read("hire.yaml")}people_metrics: own\n`);
    expect(await byPerson("ana")).toEqual([expect.stringMatching(/^ana \d of 2$/u)]);
    // A page is for everyone: nobody's own.
    expect(await repo.ok("report", "backend", "--as", "ana", "--format", "html")).not.toContain(`"end">ana</text>`);
    repo.edit("hire.yaml", "people_metrics: own", "people_metrics: all");
    expect(await byPerson("ana")).toHaveLength(3);
    expect((await repo.ok("report", "backend", "--as", "ana")).replaceAll(/\s+/gu, " ")).toMatch(/; (?:riku|dana|ana) \d of \d · /u);
    expect(await repo.ok("report", "backend", "--format", "html")).toContain(`"end">ana</text>`);
  });
});
