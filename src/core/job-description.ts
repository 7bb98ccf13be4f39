/** What a job description says, sorted into the topics of the intake; drafts to confirm, change or drop. */
export interface JobDescription {
  readonly title?: string;
  readonly work: readonly string[];
  readonly mustHaves: readonly string[];
  readonly niceToHaves: readonly string[];
  readonly sellingPoints: readonly string[];
  readonly why: readonly string[];
  /** Lines that speak of pay, place or start, wherever they stand. */
  readonly offer: readonly string[];
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

type Topic = "work" | "mustHaves" | "niceToHaves" | "sellingPoints" | "why" | "offer" | "other";

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

const offerLine =
  /[€$£]\s?\d|\d[\d.,]*\s?(?:[€$£]|EUR|USD|GBP|CHF|k\b)|\b(?:salary|remote|hybrid|on[\s-]site|start(?:ing)? date|visa|relocation)\b/iu;

/** Sorts the sections of a job description by their headings; the first heading of the first level is the title. */
export function readJobDescription(sections: readonly Section[]): JobDescription {
  const drafts: Record<Topic, string[]> = { work: [], mustHaves: [], niceToHaves: [], sellingPoints: [], why: [], offer: [], other: [] };
  const heading = sections.find(({ level, heading: text }) => level === 1 && text !== "")?.heading;
  // "(m/f/d)" and its like say nothing about the role.
  const title = heading?.replace(/\s*\((?:\p{L}{1,3}\s*[/|*]\s*)+\p{L}{1,3}\)/iu, "").trim();
  for (const { heading: text, points, paragraphs } of sections) {
    const topic = topics.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
    for (const text of [...points, ...(topic === "why" || points.length === 0 ? paragraphs : [])])
      drafts[offerLine.test(text) ? "offer" : topic].push(text);
    if (topic !== "why" && points.length > 0) for (const text of paragraphs) drafts[offerLine.test(text) ? "offer" : "other"].push(text);
  }
  return { ...(title === undefined ? {} : { title }), ...drafts };
}
