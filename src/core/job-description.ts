/** What a job description says, sorted into the topics of the intake; drafts to confirm, change or drop. */
export interface JobDescription {
  readonly title?: string;
  readonly work: readonly string[];
  readonly mustHaves: readonly string[];
  readonly niceToHaves: readonly string[];
  readonly sellingPoints: readonly string[];
  readonly why: readonly string[];
  /** What stands under headings that say nothing about where it belongs. */
  readonly other: readonly string[];
}

/** A heading of a document, and the bullet points and paragraphs under it. */
export interface Section {
  readonly heading: string;
  readonly level: number;
  readonly points: readonly string[];
  readonly paragraphs: readonly string[];
}

type Topic = "work" | "mustHaves" | "niceToHaves" | "sellingPoints" | "why" | "other";

/** The first that fits counts, so that "nice to have qualifications" is no must-have. */
const topics: readonly (readonly [RegExp, Topic])[] = [
  [/nice[\s-]to[\s-]have|bonus|plus(?:es)?\b|preferred|desirable|optional|extra credit/iu, "niceToHaves"],
  [/benefit|offer|perk|why (?:join|us|work)|we give|what's in it|compensation|salary/iu, "sellingPoints"],
  [
    /require|qualif|must|skill|experience|you (?:have|bring|are)|who you are|what you bring|your profile|looking for|about you/iu,
    "mustHaves",
  ],
  [
    /respons|what you(?:'|’)?(?:ll| will)? do|you will|duties|tasks|day[\s-]to[\s-]day|the (?:role|job|work)|your (?:role|mission|work)/iu,
    "work",
  ],
  [/about (?:us|the (?:team|company))|who we are|the team|why now|background/iu, "why"],
];

/** Sorts the sections of a job description by their headings; the first heading of the first level is the title. */
export function readJobDescription(sections: readonly Section[]): JobDescription {
  const drafts: Record<Topic, string[]> = { work: [], mustHaves: [], niceToHaves: [], sellingPoints: [], why: [], other: [] };
  const title = sections.find(({ level, heading }) => level === 1 && heading !== "")?.heading;
  for (const { heading, points, paragraphs } of sections) {
    const topic = topics.find(([pattern]) => pattern.test(heading))?.[1] ?? "other";
    drafts[topic].push(...points);
    if (topic === "why") drafts.why.push(...paragraphs);
    else if (points.length === 0) drafts[topic].push(...paragraphs);
  }
  return { ...(title === undefined ? {} : { title }), ...drafts };
}
