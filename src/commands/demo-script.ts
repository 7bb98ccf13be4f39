/** One step of the sample search: who did what, how many days before today and when. */
export interface DemoStep {
  readonly as: string;
  readonly daysAgo: number;
  readonly time: string;
  readonly args: readonly string[];
  /** A template given on standard input. */
  readonly input?: string;
}

export const demoPeople = [
  { id: "dana", name: "Dana Reyes", email: "dana@northwind.example" },
  { id: "riku", name: "Riku Aho", email: "riku@northwind.example" },
  { id: "ana", name: "Ana Silva", email: "ana@northwind.example" },
  { id: "bo", name: "Bo Chen", email: "bo@northwind.example" },
  { id: "mika", name: "Mika Laine", email: "mika@northwind.example" },
] as const;

type Scores = Readonly<Record<string, readonly [rating: number | string, evidence: string]>>;

function score(
  as: string,
  daysAgo: number,
  time: string,
  candidate: string,
  stage: string,
  recommendation: string,
  scores: Scores,
): DemoStep {
  const flags = Object.entries(scores).flatMap(([criterion, [rating, evidence]]) =>
    typeof rating === "string"
      ? ["--not-assessed", `${criterion}=${rating}`]
      : ["--rate", `${criterion}=${rating}`, "--evidence", `${criterion}=${evidence}`],
  );
  return {
    as,
    daysAgo,
    time,
    args: [
      "score",
      "backend-engineer",
      candidate,
      "--stage",
      stage,
      ...flags,
      "--recommendation",
      recommendation,
      "--confidence",
      "medium",
    ],
  };
}

/** A sample profile's scorecard: the two criteria it says something of. */
function calibrate(
  as: string,
  daysAgo: number,
  time: string,
  design: readonly [number, string],
  incident: readonly [number, string],
): DemoStep {
  return score(as, daysAgo, time, "oak-sample", "calibration", "mixed", {
    "failure-design": design,
    "incident-lead": incident,
    candour: ["The profile does not say", ""],
    mentoring: [3, "Two juniors, no word on what became of them."],
  });
}

const log = (as: string, daysAgo: number, time: string, candidate: string, ...rest: readonly string[]): DemoStep => ({
  as,
  daysAgo,
  time,
  args: ["log", "backend-engineer", candidate, ...rest],
});
const add = (daysAgo: number, time: string, candidate: string, source: string): DemoStep => ({
  as: "riku",
  daysAgo,
  time,
  args: ["candidate", "add", "backend-engineer", "--id", candidate, "--source", source],
});

/** Up to the agreement of both sides. */
export const untilAgreement: readonly DemoStep[] = [
  { as: "dana", daysAgo: 19, time: "09:10", args: ["intake", "backend-engineer", "--from", "-"], input: "backend-intake.yaml" },
  {
    as: "riku",
    daysAgo: 19,
    time: "10:05",
    args: [
      "weigh",
      "backend-engineer",
      "--points",
      "failure-design=35",
      "--points",
      "incidents=30",
      "--points",
      "mentoring=30",
      "--points",
      "payments=5",
    ],
  },
  {
    as: "dana",
    daysAgo: 19,
    time: "11:40",
    args: [
      "weigh",
      "backend-engineer",
      "--points",
      "failure-design=50",
      "--points",
      "incidents=25",
      "--points",
      "mentoring=10",
      "--points",
      "payments=15",
    ],
  },
  { as: "dana", daysAgo: 18, time: "14:20", args: ["rubric", "backend-engineer", "--from", "-"], input: "backend-rubric.yaml" },
  { as: "dana", daysAgo: 18, time: "15:02", args: ["agree", "backend-engineer"] },
  { as: "riku", daysAgo: 18, time: "15:30", args: ["agree", "backend-engineer"] },
];

/** The search itself, with one change that was explained and one that was not. */
export const sinceAgreement: readonly DemoStep[] = [
  {
    as: "riku",
    daysAgo: 18,
    time: "16:00",
    args: [
      "candidate",
      "add",
      "backend-engineer",
      "--id",
      "oak-sample",
      "--calibration",
      "--profile",
      "Seven years on payment queues at a bank. Redesigned the retry path after an outage; was never on call herself. Trained two juniors.",
    ],
  },
  calibrate("dana", 18, "16:20", [2, "A redesign on paper: she has not carried it at night."], [2, "Was not there when it failed."]),
  calibrate("riku", 18, "16:25", [4, "Redesigned the very part that failed."], [3, "Wrote the review, by the look of it."]),
  calibrate("ana", 18, "16:40", [3, "Knows the remedies; nothing on what the client saw."], [2, "No incident of her own."]),
  calibrate("bo", 18, "17:10", [3, "One failure mode, thought through."], [2, "Nothing she led."]),
  add(17, "09:12", "amber-otter", "referral"),
  log("riku", 17, "09:20", "amber-otter", "presented"),
  log("dana", 17, "15:40", "amber-otter", "profile-accepted"),
  add(16, "10:00", "brisk-heron", "sourced"),
  log("riku", 16, "10:10", "brisk-heron", "presented"),
  log("dana", 15, "09:30", "brisk-heron", "profile-accepted"),
  add(15, "11:00", "calm-finch", "applied"),
  log("riku", 15, "11:05", "calm-finch", "presented"),
  log("dana", 14, "16:45", "calm-finch", "profile-declined", "--requirement", "mentoring", "--reason", "Has always worked alone"),
  log("riku", 13, "09:15", "calm-finch", "told"),
  log("ana", 12, "10:00", "amber-otter", "interviewed", "--stage", "design"),
  score("ana", 12, "17:05", "amber-otter", "design", "hire", {
    "failure-design": [4, "Walked through the 2024 queue outage, named the split-brain before I asked."],
    candour: [4, "Said twice that the root cause was never proven."],
  }),
  score("bo", 11, "09:40", "amber-otter", "design", "mixed", {
    "failure-design": [3, "Knew the usual remedies; had not tried two of the three."],
    candour: [4, "Asked what we do not know about our own failover."],
  }),
  log("dana", 11, "13:00", "amber-otter", "interviewed", "--stage", "team"),
  score("dana", 11, "16:30", "amber-otter", "team", "hire", {
    "incident-lead": [4, "Ran the bridge for six hours and wrote the review the same night."],
    mentoring: [3, "One junior now owns the billing jobs."],
  }),
  log("ana", 10, "10:00", "brisk-heron", "interviewed", "--stage", "design"),
  score("ana", 10, "15:20", "brisk-heron", "design", "hire", {
    "failure-design": [5, "Took a ledger through the loss of a region; showed the drill plan."],
    candour: [3, "Said so when I pressed."],
  }),
  score("bo", 9, "11:10", "brisk-heron", "design", "hire", {
    "failure-design": [4, "Clear on what the client sees in each failure."],
    candour: [3, "Guessed at one number, then took it back."],
  }),
  log("dana", 9, "14:00", "brisk-heron", "interviewed", "--stage", "team"),
  score("dana", 8, "10:15", "brisk-heron", "team", "mixed", {
    "incident-lead": [3, "Has led two incidents, both small."],
    mentoring: ["we ran out of time", ""],
  }),
  {
    as: "dana",
    daysAgo: 7,
    time: "09:10",
    args: [
      "change",
      "backend-engineer",
      "--set",
      "criteria.failure-design.weight=12",
      "--reason",
      "Bo leaves the rotation in January, so the new hire is alone on call from week six.",
      "--scores",
      "keep",
    ],
  },
  { as: "riku", daysAgo: 7, time: "11:30", args: ["answer", "agree", "--role", "backend-engineer"] },
  add(6, "09:00", "dusky-lynx", "sourced"),
  log("riku", 6, "09:05", "dusky-lynx", "presented"),
  log("riku", 5, "16:00", "dusky-lynx", "concern", "--note", "Holds another offer until Friday"),
  {
    as: "riku",
    daysAgo: 5,
    time: "16:30",
    args: [
      "intake",
      "backend-engineer",
      "--set",
      "assumptions.remote-ok.status=confirmed",
      "--set",
      "assumptions.remote-ok.answer=Anywhere in Finland with one day a week in Helsinki",
    ],
  },
  {
    as: "dana",
    daysAgo: 4,
    time: "17:50",
    args: ["rubric", "backend-engineer", "--retire", "mentoring", "--reason", "Not needed this year"],
  },
  add(3, "09:30", "early-swift", "applied"),
  log("riku", 3, "09:35", "early-swift", "presented"),
  log("dana", 2, "11:00", "early-swift", "profile-accepted"),
  log("ana", 1, "10:00", "early-swift", "interviewed", "--stage", "design"),
  score("bo", 1, "16:10", "early-swift", "design", "mixed", {
    "failure-design": [3, "Solid on retries and timeouts, thin on consistency."],
    candour: [4, "Drew the line between known and assumed on the board."],
  }),
  { as: "mika", daysAgo: 1, time: "16:40", args: ["intake", "product-designer", "--from", "-"], input: "designer-intake.yaml" },
];
