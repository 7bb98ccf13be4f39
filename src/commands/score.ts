import type { Context } from "../context.ts";
import { asOf, digest } from "../core/digest.ts";
import { type CandidateFolder, oneLine, type Role } from "../core/document.ts";
import type { Criterion, Evaluation, Person, Rating, Rubric, Stage } from "../core/model.ts";
import { byTime, instant } from "../core/moment.ts";
import { suggest } from "../core/nearest.ts";
import { noVersions } from "../core/former.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { writersOf } from "../core/seal.ts";
import { openPath, sealedPath } from "../core/sealed-path.ts";
import { staleRatings } from "../core/stale.ts";
import { criterionOf, isSample, maySeeRatings, stageOf, stagesFor } from "../core/rubric.ts";
import { labelled, type Style, wrap } from "../report/style.ts";
import { editYaml } from "../workspace/edit.ts";
import { candidatePath, schemaHeader } from "../workspace/layout.ts";
import { loadDocument } from "../workspace/load.ts";
import { newFile } from "../workspace/write.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { type Draft, kept, type Kept, withDraft } from "./draft.ts";
import { readPairs, readSource, requireValid } from "./input.ts";
import { note, outputStyle, tell } from "./print.ts";
import { save } from "./save.ts";
import { askAboutKeys, holderWords, isSealing, seal, settleSealed } from "./seal.ts";
import { copyOf } from "./sealed-copies.ts";
import { actorOf, canAsk, chooseBoth, formerOf, type Hiring, openHiring, refuseUnreadable, requireRubric } from "./session.ts";

const recommendations = ["strong-hire", "hire", "mixed", "no-hire", "strong-no-hire"] as const;
const confidences = ["low", "medium", "high"] as const;

interface ScoreOptions {
  readonly stage?: string;
  readonly interviewer?: string;
  readonly rate?: readonly string[];
  readonly evidence?: readonly string[];
  readonly notAssessed?: readonly string[];
  readonly recommendation?: string;
  readonly confidence?: string;
  readonly keyReason?: string;
  readonly concern?: readonly string[];
  readonly interviewedAt?: string;
  readonly from?: string;
  readonly amend?: boolean;
  readonly because?: string;
}

/** What an interviewer says: everything of an evaluation but the stamps. */
interface Judgement {
  readonly ratings: Readonly<
    Record<string, { readonly rating: number | null; readonly evidence?: string; readonly not_assessed?: string }>
  >;
  readonly recommendation?: (typeof recommendations)[number];
  readonly confidence?: (typeof confidences)[number];
  readonly key_reason?: string;
  readonly concerns?: readonly string[];
}

export const command: CommandDefinition<ScoreOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .argument("[candidate]", "the candidate")
      .option("--stage <stage>", "which stage (default: the one you are asked to score)")
      .option("--rate <criterion=value>", "a rating; may be given more than once", collect)
      .option("--evidence <criterion=text>", "what was said or done that it rests on", collect)
      .option("--not-assessed <criterion=why>", "no rating, and why", collect)
      .option("--recommendation <word>", recommendations.join(", "))
      .option("--confidence <word>", confidences.join(", "))
      .option("--key-reason <text>", "the reason that weighed most")
      .option("--concern <text>", "what you would want to know more about; may be given more than once", collect)
      .option("--interviewed-at <time>", "when you met, RFC 3339 (default: as logged)")
      .option("--from <file>", "a scorecard as YAML (ratings, recommendation, …), or - for standard input")
      .option("--interviewer <person>", "whose judgement this is, where you only type it in")
      .option("--amend", "change your own scorecard; with --because once another one is in")
      .option("--because <text>", "why you change it")
      .addHelpText("after", "\nOthers' scores of this candidate stay hidden from you until yours are in.");
  },
  writes: () => true,
  async run({ args, options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const { role, candidate } = await chooseBoth(hiring, args, context, globals);
    const actor = await actorOf(hiring, context, globals);
    const rubric = requireRubric(role).data;
    const interviewer = interviewerOf(options, actor, hiring.workspace.hire?.data.people ?? []);
    const stage = await chooseStage(role, candidate, interviewer.id, options.stage, context, globals);
    const criteria = stage.assesses.flatMap((id) => criterionOf(rubric, id) ?? []);
    const path = candidatePath(role.id, candidate.id, "evaluations", `${stage.id}--${interviewer.id}.yaml`);
    for (const name of [path, sealedPath(path)]) refuseUnreadable(role, name.split("/").slice(-3).join("/"));
    const known = candidate.evaluations.find((evaluation) => evaluation.path === path);
    const sealed = known === undefined ? candidate.sealed.find((card) => openPath(card.path) === path) : undefined;
    if (sealed !== undefined && !writersOf(sealed.data).includes(actor.id))
      throw new Refusal(`${interviewer.id}'s scorecard is in, and sealed`, { hint: `${interviewer.id} can change it: --amend` });
    if (known !== undefined && interviewer.id !== actor.id && !maySeeRatings(role, candidate, actor.id))
      throw new Refusal(`${interviewer.id}'s scorecard is hidden from you until yours is in`, {
        hint: `hire score ${role.id} ${candidate.id}`,
      });
    const late = candidate.evaluations.some(({ data }) => data.interviewer !== interviewer.id);
    const told = judgementFromFlags(options, rubric, context);
    const again = known === undefined ? undefined : await askedAgain(hiring, role, known.path, Object.keys(told?.ratings ?? {}));
    const because = options.because ?? again;
    const submitted = (known ?? sealed)?.data.submitted_at;
    if (submitted !== undefined) refuseUnlessAmended(options, late && because === undefined, submitted);
    const copy = sealed === undefined ? undefined : copyOf(hiring, sealed.data.digest, context);
    if (sealed !== undefined && copy === undefined)
      note(context, "What you handed in is sealed, and not kept on this machine: say all of it again.\n");
    const mine = known?.data ?? (copy === undefined ? undefined : loadDocument(path, "evaluation", copy)?.data);
    const { before, gone } = splitKnown(mine, criteria, rubric);
    const given =
      told !== undefined
        ? kept(mergeKnown(told, before))
        : canAsk(context, globals)
          ? await converse(role, candidate, stage, criteria, rubric, interviewer, actor, before, context, globals)
          : undefined;
    if (given === undefined)
      throw new Refusal("how do you rate them?", {
        hint: `--rate ${criteria[0]?.id ?? "criterion"}=4 --evidence ${criteria[0]?.id ?? "criterion"}="…" for each of ${criteria.map(({ id }) => id).join(", ")}; or --from FILE`,
      });
    const judgement = given.result;
    refuseJudgement(judgement, criteria, rubric, stage);

    const now = context.clock.now();
    const evaluation = requireValid(
      "evaluation",
      {
        version: 1,
        candidate: candidate.id,
        stage: stage.id,
        interviewer: interviewer.id,
        ...(interviewer.id === actor.id ? {} : { entered_by: actor.id }),
        ...interviewedAt(options, candidate, stage, interviewer.id, mine),
        submitted_at: submitted ?? now,
        rubric: digest(rubric),
        ratings: [
          ...criteria.flatMap((criterion) =>
            stamp(criterion, rubric, judgement, before, told === undefined || told.ratings[criterion.id] !== undefined),
          ),
          ...gone,
        ],
        ...(judgement.recommendation === undefined ? {} : { recommendation: judgement.recommendation }),
        ...(judgement.confidence === undefined ? {} : { confidence: judgement.confidence }),
        ...(judgement.key_reason === undefined ? {} : { key_reason: judgement.key_reason }),
        ...(judgement.concerns === undefined || judgement.concerns.length === 0 ? {} : { concerns: judgement.concerns }),
        ...amendmentsOf(because, actor, now, late, mine),
      },
      path,
    );
    const old = copy ?? context.files.read(context.files.resolve(hiring.root, path));
    const text = old === undefined ? newFile(schemaHeader(path, "evaluation"), evaluation) : editYaml(old, evaluation);
    const { candidate: id, stage: at, interviewer: by, entered_by, submitted_at } = evaluation;
    const seals = known === undefined && isSealing(hiring);
    if (known === undefined) await askAboutKeys(hiring, context, globals);
    const file = seals
      ? await seal(
          hiring,
          { path, text },
          "evaluation",
          { candidate: id, stage: at, interviewer: by, ...(entered_by === undefined ? {} : { entered_by }), submitted_at },
          context,
        )
      : { path, text };
    // What is handed in open takes the place of what was sealed.
    const left = seals || !candidate.sealed.some((card) => openPath(card.path) === path) ? [] : [{ path: sealedPath(path), text: null }];
    await save(
      hiring,
      context,
      globals,
      [file, ...left],
      `${submitted === undefined ? "Score" : "Amend the score of"} ${candidate.id}: ${stage.id}, ${interviewer.id}`,
      { "Hire-Role": role.id },
    );
    given.forget();
    await settleSealed(hiring, context);
    if (seals) {
      tell(
        context,
        `${candidate.id}: your scorecard for ${stage.name} is in, sealed. ${holderWords(hiring)} can open it once all are in: hire unseal ${role.id} ${candidate.id}\n`,
      );
      return exitCode.ok;
    }
    tell(
      context,
      `${candidate.id}: your scorecard for ${stage.name} is in.${candidate.evaluations.length > 0 && known === undefined ? ` Beside the others': hire debrief ${role.id} ${candidate.id}` : ""}\n`,
    );
    return exitCode.ok;
  },
};

function interviewerOf(options: ScoreOptions, actor: Person, people: readonly Person[]): Person {
  if (options.interviewer === undefined) return actor;
  const person = people.find(({ id }) => id === options.interviewer);
  if (person === undefined)
    throw new Refusal(`there is no person '${options.interviewer}'`, {
      hint: suggest(
        options.interviewer,
        people.map(({ id }) => id),
      ),
    });
  return person;
}

async function chooseStage(
  role: Role,
  candidate: CandidateFolder,
  interviewer: string,
  id: string | undefined,
  context: Context,
  globals: Globals,
): Promise<Stage> {
  const stages = stagesFor(role, candidate);
  if (id !== undefined) {
    const stage = stageOf(role, candidate, id);
    if (stage === undefined)
      throw new Refusal(`${role.id} has no stage '${id}'`, {
        hint: suggest(
          id,
          stages.map((known) => known.id),
        ),
      });
    return stage;
  }
  const own = stages.filter(({ interviewers }) => interviewers?.includes(interviewer) === true);
  const likely = own.length > 0 ? own : stages;
  const [first, ...others] = likely;
  if (first !== undefined && others.length === 0) return first;
  if (!canAsk(context, globals)) throw new Refusal("which stage?", { hint: `--stage ${likely.map((stage) => stage.id).join(" | ")}` });
  return context.prompts.choose(
    "Which stage?",
    likely.map((stage) => ({ value: stage, label: stage.name })),
  );
}

function refuseUnlessAmended(options: ScoreOptions, late: boolean, submitted: string): void {
  if (options.amend !== true)
    throw new Refusal(`this scorecard was handed in on ${submitted.slice(0, 10)}`, {
      hint: "--amend changes it; --because TEXT says why, once another scorecard is in",
    });
  if (late) throw new Refusal("another scorecard of this candidate is in: a late change needs its reason", { hint: "--because TEXT" });
}

/** Why a late change is made, where the team itself asked for it: every criterion rated again is one to be rated again. */
async function askedAgain(hiring: Hiring, role: Role, path: string, rated: readonly string[]): Promise<string | undefined> {
  if (rated.length === 0) return undefined;
  const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
  const due = new Set(
    staleRatings(role, former)
      .filter((rating) => rating.path === path && rating.scores === "rescore")
      .map(({ criterion }) => criterionOf(role.rubric?.data ?? { criteria: [] }, criterion)?.id),
  );
  return rated.every((id) => due.has(id)) ? `Rated again: what ${rated.join(", ")} means was changed` : undefined;
}

/** What was handed in before, under today's ids, as far as the stage still assesses it; and the rest, which stays as it is. */
function splitKnown(
  known: Evaluation | undefined,
  criteria: readonly Criterion[],
  rubric: Rubric,
): { readonly before: Evaluation | undefined; readonly gone: readonly Rating[] } {
  if (known === undefined) return { before: undefined, gone: [] };
  const today = (rating: Rating): Criterion | undefined => {
    const criterion = criterionOf(rubric, rating.criterion);
    return criterion !== undefined && criteria.includes(criterion) ? criterion : undefined;
  };
  return {
    before: {
      ...known,
      ratings: known.ratings.flatMap((rating) => {
        const criterion = today(rating);
        return criterion === undefined ? [] : [{ ...rating, criterion: criterion.id }];
      }),
    },
    gone: known.ratings.filter((rating) => today(rating) === undefined),
  };
}

function judgementFromFlags(options: ScoreOptions, rubric: Rubric, context: Context): Judgement | undefined {
  const { rate, evidence, notAssessed, from } = options;
  const overall = {
    ...(options.recommendation === undefined ? {} : { recommendation: oneOf(options.recommendation, recommendations, "--recommendation") }),
    ...(options.confidence === undefined ? {} : { confidence: oneOf(options.confidence, confidences, "--confidence") }),
    ...(options.keyReason === undefined ? {} : { key_reason: options.keyReason }),
    ...(options.concern === undefined ? {} : { concerns: options.concern }),
  };
  if (from === undefined && rate === undefined && evidence === undefined && notAssessed === undefined) {
    if (options.amend === true && Object.keys(overall).length > 0) return { ratings: {}, ...overall };
    return undefined;
  }
  const base = from === undefined ? { ratings: {} } : judgementFromFile(from, context);
  const ratings: Record<string, { rating: number | null; evidence?: string; not_assessed?: string }> = { ...base.ratings };
  const idOf = (written: string): string => criterionOf(rubric, written)?.id ?? written;
  for (const [name, value] of readPairs(rate ?? [], "--rate criterion=value")) {
    if (!Number.isFinite(Number(value)) || value === "")
      throw new Refusal(`${name}: '${value}' is no rating`, {
        hint: `a value of the scale: ${rubric.scale.map((step) => step.value).join(", ")}; or --not-assessed ${name}="why"`,
      });
    const { not_assessed: _, ...rest } = ratings[idOf(name)] ?? {};
    ratings[idOf(name)] = { ...rest, rating: Number(value) };
  }
  for (const [name, text] of readPairs(evidence ?? [], "--evidence criterion=text"))
    ratings[idOf(name)] = { rating: null, ...ratings[idOf(name)], evidence: text };
  for (const [name, why] of readPairs(notAssessed ?? [], "--not-assessed criterion=why"))
    ratings[idOf(name)] = { rating: null, not_assessed: why };
  return { ...base, ...overall, ratings };
}

function judgementFromFile(source: string, context: Context): Judgement {
  const { value } = readSource(source, context);
  const data = value as Partial<Evaluation>;
  if (!Array.isArray(data.ratings))
    throw new Refusal(`${source} has no list of ratings`, { hint: "ratings: [{ criterion: …, rating: 4, evidence: … }]" });
  return {
    ratings: Object.fromEntries(
      (data.ratings as readonly Partial<Rating>[]).map(({ criterion, rating, evidence, not_assessed }) => [
        String(criterion),
        {
          rating: rating ?? null,
          ...(evidence === undefined ? {} : { evidence }),
          ...(not_assessed === undefined ? {} : { not_assessed }),
        },
      ]),
    ),
    ...(data.recommendation === undefined ? {} : { recommendation: data.recommendation }),
    ...(data.confidence === undefined ? {} : { confidence: data.confidence }),
    ...(data.key_reason === undefined ? {} : { key_reason: data.key_reason }),
    ...(data.concerns === undefined ? {} : { concerns: data.concerns }),
  };
}

function oneOf<T extends string>(word: string, words: readonly T[], flag: string): T {
  const found = words.find((known) => known === word);
  if (found === undefined) throw new Refusal(`${flag} ${word} is none of ${words.join(", ")}`, { hint: suggest(word, words) });
  return found;
}

/** An amendment says only what changes; the rest stays as it was handed in. */
function mergeKnown(judgement: Judgement, known: Evaluation | undefined): Judgement {
  if (known === undefined) return judgement;
  const before = Object.fromEntries(
    known.ratings.map(({ criterion, rating, evidence, not_assessed }) => [
      criterion,
      { rating, ...(evidence === undefined ? {} : { evidence }), ...(not_assessed === undefined ? {} : { not_assessed }) },
    ]),
  );
  const { recommendation, confidence, key_reason, concerns } = known;
  return {
    ...(recommendation === undefined ? {} : { recommendation }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(key_reason === undefined ? {} : { key_reason }),
    ...(concerns === undefined ? {} : { concerns }),
    ...judgement,
    ratings: {
      ...before,
      ...Object.fromEntries(Object.entries(judgement.ratings).map(([id, rating]) => [id, { ...before[id], ...rating }])),
    },
  };
}

function refuseJudgement({ ratings }: Judgement, criteria: readonly Criterion[], rubric: Rubric, stage: Stage): void {
  const known = criteria.map(({ id }) => id);
  const values = rubric.scale.map(({ value }) => value);
  for (const [id, { rating, evidence, not_assessed }] of Object.entries(ratings)) {
    if (!known.includes(id))
      throw new Refusal(`${stage.name} does not assess '${id}'`, { hint: suggest(id, known) ?? `it assesses ${known.join(", ")}` });
    if (rating !== null && !values.includes(rating))
      throw new Refusal(`${id}: ${rating} is not on the scale`, { hint: `the scale is ${values.join(", ")}` });
    if (rating !== null && (evidence ?? "").trim() === "")
      throw new Refusal(`${id}: what is the rating based on?`, { hint: `--evidence ${id}="what was said or done"` });
    if (rating === null && (not_assessed ?? "").trim() === "")
      throw new Refusal(`${id}: no rating, and no reason why not`, { hint: `--rate ${id}=… or --not-assessed ${id}="why"` });
  }
  const missing = known.filter((id) => ratings[id] === undefined);
  if (missing.length > 0)
    throw new Refusal(`${missing.join(", ")}: neither rated nor said why not`, {
      hint: missing.map((id) => `--rate ${id}=… or --not-assessed ${id}="why"`).join("\n"),
    });
}

/** A rating given `now`, even the same as before, is one under today's words; the others keep the words they were given under. */
function stamp(
  criterion: Criterion,
  rubric: Rubric,
  { ratings }: Judgement,
  known: Evaluation | undefined,
  now: boolean,
): readonly Rating[] {
  const given = ratings[criterion.id];
  if (given === undefined) return [];
  const before = known?.ratings.find((rating) => rating.criterion === criterion.id);
  return [
    {
      criterion: criterion.id,
      as_of: before === undefined || now ? asOf(criterion, rubric.scale) : before.as_of,
      rating: given.rating,
      ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
      ...(given.rating === null && given.not_assessed !== undefined ? { not_assessed: given.not_assessed } : {}),
    },
  ];
}

function interviewedAt(
  options: ScoreOptions,
  candidate: CandidateFolder,
  stage: Stage,
  interviewer: string,
  known: Evaluation | undefined,
): { readonly interviewed_at?: string } {
  if (options.interviewedAt !== undefined) {
    if (Number.isNaN(instant(options.interviewedAt)))
      throw new Refusal(`'${options.interviewedAt}' is no time`, { hint: 'write it as "2026-11-10T10:00:00+02:00"' });
    return { interviewed_at: options.interviewedAt };
  }
  if (known?.interviewed_at !== undefined) return { interviewed_at: known.interviewed_at };
  const events = (candidate.events?.data ?? [])
    .filter(({ what, stage: at }) => what === "interviewed" && (at === undefined || at === stage.id))
    .toSorted((a, b) => byTime(a.at, b.at));
  const at = (events.findLast(({ by }) => by === interviewer) ?? events.at(-1))?.at;
  return at === undefined ? {} : { interviewed_at: at };
}

function amendmentsOf(
  given: string | undefined,
  actor: Person,
  now: string,
  late: boolean,
  known: Evaluation | undefined,
): { readonly amendments?: Evaluation["amendments"] } {
  if (known === undefined) return {};
  const because = given?.trim() ?? "";
  if (!late && because === "") return known.amendments === undefined ? {} : { amendments: known.amendments };
  return { amendments: [...(known.amendments ?? []), { at: now, by: actor.id, because }] };
}

/** The scorecard as a conversation: for each criterion what it means, what to look for and what the values look like. */
async function converse(
  role: Role,
  candidate: CandidateFolder,
  stage: Stage,
  criteria: readonly Criterion[],
  rubric: Rubric,
  interviewer: Person,
  actor: Person,
  known: Evaluation | undefined,
  context: Context,
  globals: Globals,
): Promise<Kept<Judgement>> {
  const { output } = context;
  const style = outputStyle(globals, context);
  const empty: Judgement = known === undefined ? { ratings: {} } : mergeKnown({ ratings: {} }, known);
  const profile = candidate.candidate?.data.profile;
  if (isSample(candidate) && profile !== undefined)
    output.err(`${wrap(`A sample profile: ${oneLine(profile)}`, style.width).join("\n")}\n\n`);
  const count = `${criteria.length} ${criteria.length === 1 ? "criterion" : "criteria"}`;
  note(
    context,
    `${candidate.id}, ${stage.name}: ${count}. Rate what you heard and saw; "not assessed" is a good answer.\nBehind a question, '<' goes back to the criterion before.\n`,
  );
  return withDraft<Judgement, Judgement>(
    // What an interviewer began is theirs: whoever types for them begins anew.
    `score-${role.id}-${candidate.id}-${stage.id}-${interviewer.id}${actor.id === interviewer.id ? "" : `-by-${actor.id}`}`,
    empty,
    context,
    globals,
    async (draft) => {
      let index = draft.resumed && known === undefined ? criteria.findIndex(({ id }) => draft.value.ratings[id] === undefined) : 0;
      if (index === -1) index = criteria.length;
      for (;;) {
        while (index < criteria.length) index = await rateOne(index, criteria, rubric, draft, context, style);
        const judgement = { ...draft.value, ...(await askOverall(draft.value, context)) };
        draft.save(judgement);
        output.err(`\n${summaryLines(judgement, criteria, style).join("\n")}\n`);
        const again = await context.prompts.choose("Hand it in?", [
          { value: -1, label: "yes, hand it in" },
          ...criteria.map(({ name }, at) => ({ value: at, label: `go back to: ${name}` })),
        ]);
        if (again === -1) return judgement;
        await rateOne(again, criteria, rubric, draft, context, style);
      }
    },
  );
}

/** Rates one criterion and keeps the answer; returns the index to go on with. */
async function rateOne(
  index: number,
  criteria: readonly Criterion[],
  rubric: Rubric,
  draft: Draft<Judgement>,
  { prompts, output }: Context,
  style: Style,
): Promise<number> {
  const criterion = criteria[index];
  if (criterion === undefined) return criteria.length;
  output.err(`\n${criterionCard(criterion, rubric, `${index + 1} of ${criteria.length}`, style).join("\n")}\n`);
  const before = draft.value.ratings[criterion.id];
  // Last, so that a digit typed is the value meant; chosen to begin with, so that an Enter too many rates nobody.
  const rating = await prompts.choose<number | null>(
    "Rating",
    [...rubric.scale.map(({ value, label }) => ({ value, label: `${value} ${label}` })), { value: null, label: "not assessed" }],
    before?.rating ?? null,
  );
  const words = rating === null ? before?.not_assessed : before?.evidence;
  const least = rating === null ? 3 : 10;
  const text = await prompts.text(rating === null ? "Why not?" : "Evidence: what did they say or do?", {
    ...(words === undefined ? {} : { initial: words }),
    check: (written) => (written === "<" || written.length >= least ? undefined : "A sentence, so that others can weigh it"),
  });
  if (text === "<") return Math.max(0, index - 1);
  draft.save({
    ...draft.value,
    ratings: { ...draft.value.ratings, [criterion.id]: rating === null ? { rating, not_assessed: text } : { rating, evidence: text } },
  });
  return index + 1;
}

async function askOverall(known: Judgement, { prompts }: Context): Promise<Omit<Judgement, "ratings">> {
  const recommendation = await prompts.choose(
    "All in all, what would you do?",
    recommendations.map((value) => ({ value, label: value.replaceAll("-", " ") })),
    known.recommendation ?? "mixed",
  );
  const confidence = await prompts.choose(
    "How sure are you?",
    confidences.map((value) => ({ value, label: value })),
    known.confidence ?? "medium",
  );
  const reason = await prompts.text("The reason that weighed most?", {
    ...(known.key_reason === undefined ? {} : { initial: known.key_reason }),
    check: (text) => (text.length >= 3 ? undefined : "A few words: it is what the others read first"),
  });
  const concern = await prompts.text("Anything you would want to know more about? (empty: no)", {
    initial: known.concerns?.join("; ") ?? "",
  });
  return { recommendation, confidence, key_reason: reason, ...(concern === "" ? {} : { concerns: concern.split(/;\s*/u) }) };
}

function summaryLines(
  { ratings, recommendation, confidence, key_reason }: Judgement,
  criteria: readonly Criterion[],
  style: Style,
): readonly string[] {
  return [
    ...criteria.flatMap(({ id, name }) => {
      const { rating = null, evidence, not_assessed } = ratings[id] ?? {};
      return labelled(`  ${rating ?? "-"}  `, `${name}: ${evidence ?? not_assessed ?? ""}`, style.width);
    }),
    ...wrap(`  ${recommendation?.replaceAll("-", " ") ?? ""}, ${confidence ?? ""} confidence: ${key_reason ?? ""}`, style.width, 2),
  ];
}

function criterionCard(criterion: Criterion, rubric: Rubric, position: string, style: Style): readonly string[] {
  const anchors = new Map((criterion.anchors ?? []).map(({ value, means }) => [value, means]));
  return [
    `${style.bold(criterion.name)}  ${style.dim(position)}`,
    ...wrap(criterion.means, style.width),
    ...((criterion.signals ?? []).length > 0
      ? ["Look for:", ...(criterion.signals ?? []).flatMap((signal) => labelled("  - ", signal, style.width))]
      : []),
    ...rubric.scale.flatMap(({ value, label, means }) =>
      labelled(`  ${value}  `, anchors.get(value) ?? `${label}${means === undefined ? "" : `: ${means}`}`, style.width),
    ),
  ];
}
