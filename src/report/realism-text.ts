import { count, list, number } from "../core/change/words.ts";
import type { Compensation, Intake } from "../core/model.ts";
import type { Flex, FunnelNeeds, Past, Pool, Realism } from "../core/realism.ts";
import { funnelSentence } from "./closing-text.ts";
import { md } from "./markdown.ts";
import { labelled, padEnd, type Style, wrap } from "./style.ts";

/** Figures older than this are said to be old, in days. */
const old = 365;

interface Part {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** Whether a brief is realistic: pay, pool, funnel, weeks and what each flex would gain, each with its bounds and its source. */
export function realismText(title: string, realism: Realism, intake: Intake, style: Style): string {
  const parts = partsOf(realism, intake);
  const widest = Math.max(...parts.map((part) => part.title.length));
  const lines = [style.bold(`${title}: is the brief realistic?`)];
  for (const part of parts)
    for (const [index, sentence] of part.sentences.entries())
      lines.push(...labelled(`  ${padEnd(index === 0 ? part.title : "", widest)}  `, sentence, style.width));
  lines.push(...wrap(sourceSentence(realism), style.width));
  return `${lines.join("\n")}\n`;
}

/** The same as Markdown; every text from files inert. */
export function realismMarkdown(title: string, realism: Realism, intake: Intake): string {
  const parts = partsOf(realism, intake).map((part) => `- **${part.title}** ${part.sentences.map(md).join(" ")}`);
  return `## ${md(title)}: is the brief realistic?\n\n${parts.join("\n")}\n\n${md(sourceSentence(realism))}\n`;
}

function partsOf(realism: Realism, intake: Intake): readonly Part[] {
  return [
    { title: "Pay", sentences: [paySentence(realism, intake.compensation)] },
    { title: "Pool", sentences: poolSentences(realism) },
    { title: "Funnel", sentences: funnelSentences(realism) },
    ...(realism.past === null ? [] : [{ title: "Last time", sentences: pastSentences(realism.past, realism.confidence) }]),
    ...(realism.flexes.length === 0 ? [] : [{ title: "Flexes", sentences: realism.flexes.map((flex) => flexSentence(flex, realism)) }]),
  ];
}

const ordinal = (share: number): string => `${Math.round(share * 100)} of 100 earn no more`;

function paySentence({ pay, payRefused, market }: Realism, compensation: Compensation | undefined): string {
  const words = {
    "unknown market": `there is no market '${compensation?.market ?? ""}' here: markets/${compensation?.market ?? ""}.yaml would hold it.`,
    "no market": "the brief names no market (hire intake --set compensation.market=…), so nobody can say where the pay lies.",
    "no pay": "the brief names no pay yet.",
    "no percentiles": `${market?.id ?? "the market"} has no pay percentiles.`,
    "other currency": `${market?.id ?? "the market"} counts pay in another currency or period.`,
  };
  if (payRefused !== null) return words[payRefused];
  const end = (name: "min" | "max"): readonly string[] => {
    const value = compensation?.[name];
    if (value === undefined) return [];
    const share = pay?.[name] ?? null;
    return [
      `${number(value)} ${compensation?.currency ?? ""}: ${share === null ? "outside of what the market file knows" : ordinal(share)}`,
    ];
  };
  return `${[...end("min"), ...end("max")].join("; ")}.`;
}

const people = (share: number): string => String(Math.round(share * 100));

function poolWords({ least, most, independent }: Pool): string {
  // One thing alone is as common as it is.
  if (people(least) === people(most)) return `${people(most)} of 100`;
  return `between ${people(least)} and ${people(most)} of 100 (${people(independent)} if none says anything of another)`;
}

export function poolSentences({ pool, counted, uncounted }: Realism): readonly string[] {
  const missing =
    uncounted.length === 0
      ? []
      : [`How common ${list(uncounted)} ${uncounted.length === 1 ? "is" : "are"}, nobody wrote down (prevalence in the brief).`];
  if (pool === null)
    return ["the brief says of no must-have how common it is.", ...(counted.length === 0 && uncounted.length > 0 ? missing : [])];
  return [`${list(counted)} together: ${poolWords(pool)} who would otherwise do. Shares are the brief's own.`, ...missing];
}

function funnelSentences({ funnel, confidence, market }: Realism): readonly string[] {
  if (funnel === null) return [market === null ? "no market is named." : `${market.id} has no funnel that can be counted with.`];
  return [`${needsWords(funnel, confidence)}.`, weeksSentence(funnel, confidence)];
}

export function needsWords({ candidates, candidatesFor, pass }: FunnelNeeds, confidence: number): string {
  return `${(pass * 100).toFixed(pass < 0.1 ? 1 : 0)} of 100 come through: ${count(Math.ceil(candidates), "candidate")} for a hire on average, ${Math.ceil(candidatesFor)} to be ${Math.round(confidence * 100)} % sure of one`;
}

function weeksSentence({ weeksFor }: FunnelNeeds, confidence: number): string {
  return weeksFor === null
    ? "How long that takes nobody can say: the market file has no qualified candidates a week, or no weeks to a first offer."
    : `${count(Math.ceil(weeksFor), "week")} to be ${Math.round(confidence * 100)} % sure of one hire.`;
}

function pastSentences({ title, result, closedOn, figures, needs }: Past, confidence: number): readonly string[] {
  return [
    `${title}, ${result}${closedOn === null ? "" : ` ${closedOn}`}: ${funnelSentence(figures.funnel)}`,
    ...(figures.days === undefined ? [] : [`It took ${count(figures.days, "day")}.`]),
    ...(needs === null
      ? []
      : [
          `At that rate ${count(Math.ceil(needs.candidatesFor), "candidate")} to be ${Math.round(confidence * 100)} % sure of one; it was one search.`,
        ]),
  ];
}

export function flexSentence({ id, pool }: Flex, realism: Realism): string {
  if (pool === null || realism.pool === null) return `${id}: no figure says what giving it up would gain.`;
  return `without ${id}: ${poolWords(pool)}, instead of ${poolWords(realism.pool)}.`;
}

function sourceSentence({ market }: Realism): string {
  if (market === null) return "No market figures: markets/<market>.yaml holds them, each with source and date.";
  const age = market.days > old ? ` These are ${Math.floor(market.days / 30)} months old: ask for newer ones.` : "";
  return `Pay and funnel: ${market.source}, ${market.asOf}.${age} A market says what is usual, not whom you will meet.`;
}
