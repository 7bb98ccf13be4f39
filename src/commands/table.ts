import type { CommandDefinition } from "./command.ts";

export interface TableEntry {
  readonly name: string;
  readonly summary: string;
  /** Called by other programs: the list of commands does not name it. */
  readonly hidden?: boolean;
  /** Loads the command's own chunk: nothing heavy is on the path of a command that does not use it. */
  load(): Promise<{ readonly command: CommandDefinition<never> }>;
}

/** All commands, in the order of a search. */
export const commandTable: readonly TableEntry[] = [
  { name: "init", summary: "make a hiring repository", load: () => import("./init.ts") },
  { name: "demo", summary: "build a sample repository with real history and walk through it", load: () => import("./demo.ts") },
  { name: "intake", summary: "the intake conversation: what you look for, and why", load: () => import("./intake.ts") },
  { name: "weigh", summary: "your own 100 points on what matters, before seeing anyone else's", load: () => import("./weigh.ts") },
  { name: "rubric", summary: "draft a rubric from the intake and the weights, then edit it", load: () => import("./rubric.ts") },
  { name: "agree", summary: "sign intake and rubric as they stand", load: () => import("./agree.ts") },
  { name: "candidate", summary: "add a candidate, list a role's pipeline, show one", load: () => import("./candidate.ts") },
  { name: "review", summary: "answer presented profiles in seconds: meet, decline, ask", load: () => import("./review.ts") },
  { name: "log", summary: "note what happened to a candidate", load: () => import("./log.ts") },
  { name: "score", summary: "the scorecard: anchors, rating, evidence", load: () => import("./score.ts") },
  {
    name: "debrief",
    summary: "a candidate's scorecards side by side, widest gap first, and on into the decision",
    load: () => import("./debrief.ts"),
  },
  { name: "rank", summary: "candidates in order, with what the order rests on", load: () => import("./rank.ts") },
  { name: "decide", summary: "record a decision, its reasons and what the candidate is told", load: () => import("./decide.ts") },
  {
    name: "change",
    summary: "change what is looked for, the guided way: what, why, whom to ask, what happens to scores",
    load: () => import("./change.ts"),
  },
  { name: "diff", summary: "what changed in the criteria, how grave, explained or not", load: () => import("./diff.ts") },
  { name: "drift", summary: "the timeline since the agreement: what moved when, and how far", load: () => import("./drift.ts") },
  { name: "explain", summary: "give the reason for a change made by hand", load: () => import("./explain.ts") },
  {
    name: "tell",
    summary: "news for the other side: budget, priority, timeline, stakeholder, market, process",
    load: () => import("./tell.ts"),
  },
  { name: "answer", summary: "agree or object to a change that asks you", load: () => import("./answer.ts") },
  { name: "check", summary: "check files, references and practice", load: () => import("./check.ts") },
  {
    name: "ci",
    summary: "check and diff against the pull request's base, in the outputs of the CI it runs on",
    load: () => import("./ci.ts"),
  },
  { name: "rules", summary: "the rules that check applies, or one with reason and example", load: () => import("./rules.ts") },
  {
    name: "market",
    summary: "is the brief realistic: pay, pool, funnel, weeks, and what each flex would gain",
    load: () => import("./market.ts"),
  },
  { name: "due", summary: "every promised response: who owes whom what, by when, what is late", load: () => import("./due.ts") },
  {
    name: "close",
    summary: "end a search: who has not heard, outcome, thanks, lessons; later: was the brief right?",
    load: () => import("./close.ts"),
  },
  { name: "wins", summary: "hires made, by whom together, how fast, what was learnt", load: () => import("./wins.ts") },
  { name: "report", summary: "the alignment report: both sides on one page", load: () => import("./report.ts") },
  { name: "unseal", summary: "open sealed scorecards and weights, once all that are due are in", load: () => import("./unseal.ts") },
  { name: "names", summary: "who candidates are, on this machine alone; hand them on encrypted", load: () => import("./names.ts") },
  { name: "forget", summary: "erase a candidate, and say honestly what remains where", load: () => import("./forget.ts") },
  { name: "sync", summary: "take what others shared, bring yours together with it, share it", load: () => import("./sync.ts") },
  { name: "merge-file", summary: "what git calls to bring a hiring file together", hidden: true, load: () => import("./merge-file.ts") },
  { name: "schema", summary: "print or write the JSON Schemas of files and outputs", load: () => import("./schema.ts") },
];
