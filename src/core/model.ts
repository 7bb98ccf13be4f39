// Generated from schemas/ by `npm run generate`. Do not edit.

/**
 * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
 */
export type Id = string;
/**
 * A moment: RFC 3339 date and time with an offset, such as 2026-11-03T10:12:00+02:00, quoted.
 */
export type Time = string;
/**
 * The first 12 hexadecimal digits of a SHA-256.
 */
export type Digest = string;
/**
 * A calendar date, YYYY-MM-DD, quoted.
 */
export type Date = string;
/**
 * candidates/<candidate>/events.yaml: what happened when, one line an event; readers sort by time and drop exact duplicates.
 */
export type Events = readonly CandidateEvent[];
/**
 * A promised response time: a number and 'business hours', 'business days', 'hours', 'days' or 'weeks'.
 */
export type Duration = string;
/**
 * How long something is kept: a number of days, weeks, months or years.
 */
export type Period = string;
/**
 * An age key that opens what is sealed to it: age1…, as age-keygen -y prints it.
 */
export type Recipient = string;

/**
 * One criterion as agreed.
 */
export interface CriterionTerms {
  /**
   * Its id.
   */
  readonly id: string;
  /**
   * Its weight.
   */
  readonly weight: number;
  /**
   * Whether it was required.
   */
  readonly required: boolean;
  /**
   * Its bar, if any.
   */
  readonly bar?: number;
  /**
   * Digest of what it covers, where it covers anything.
   */
  readonly covers?: string;
  /**
   * Digest of what a rating of it depends on.
   */
  readonly as_of: string;
}
/**
 * An agreement since replaced.
 */
export interface EarlierAgreement {
  /**
   * When.
   */
  readonly agreed_at: string;
  /**
   * Digest of the intake then.
   */
  readonly intake: string;
  /**
   * Digest of the rubric then.
   */
  readonly rubric: string;
}
/**
 * agreements/<person>.yaml: what this person agreed to, and when. Written by hire agree.
 */
export interface Agreement {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Who agreed; the same as the file's name.
   */
  readonly person: string;
  /**
   * For which side.
   */
  readonly as: "hiring-manager" | "recruiter";
  /**
   * When.
   */
  readonly agreed_at: string;
  /**
   * For people; never checked.
   */
  readonly summary?: string;
  /**
   * Digest of the intake as agreed.
   */
  readonly intake: string;
  /**
   * Digest of the rubric as agreed.
   */
  readonly rubric: string;
  readonly terms: Terms;
  /**
   * Earlier agreements of the same person, newest first.
   */
  readonly earlier?: readonly EarlierAgreement[];
}
/**
 * What was agreed, item by item, so that no history is needed to compare.
 */
export interface Terms {
  /**
   * The criteria as agreed.
   */
  readonly criteria: readonly CriterionTerms[];
  readonly items: Items;
}
/**
 * Digest of everything else agreed, by item.
 */
export interface Items {
  readonly [k: string]: Digest;
}
/**
 * candidates/<candidate>/candidate.yaml: a pseudonym and where it came from; never a name.
 */
export interface Candidate {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Two random words; the same as the folder's name.
   */
  readonly id: string;
  /**
   * How the candidate came to us.
   */
  readonly source?: string;
  /**
   * Pointer to the system that holds the identity.
   */
  readonly ats?: string;
  /**
   * true: a written sample profile, scored to calibrate, never ranked.
   */
  readonly calibration?: boolean;
  /**
   * The sample profile's text (calibration only).
   */
  readonly profile?: string;
  /**
   * Reason for which nothing may be erased.
   */
  readonly legal_hold?: string;
}
/**
 * One reason.
 */
export interface Reason {
  /**
   * The criterion it rests on.
   */
  readonly criterion?: string;
  /**
   * The reason.
   */
  readonly text: string;
}
/**
 * What the candidate is to be told, and by when.
 */
export interface Tell {
  /**
   * What they are to be told, in words one would say to them.
   */
  readonly what?: string;
  /**
   * By when.
   */
  readonly by: string;
}
/**
 * candidates/<candidate>/decision.yaml: what was decided, and on what.
 */
export interface Decision {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * What was decided.
   */
  readonly decision: "offer" | "reject" | "hold";
  /**
   * Who decided.
   */
  readonly by: string;
  /**
   * Who typed it in, where that was someone else.
   */
  readonly entered_by?: string;
  /**
   * When.
   */
  readonly decided_at: string;
  /**
   * Reasons, tied to criteria.
   */
  readonly reasons?: readonly Reason[];
  /**
   * The reason, when the decision goes against the rubric's own rule.
   */
  readonly overrides?: string;
  readonly tell?: Tell;
}
/**
 * One criterion, rated from evidence.
 */
export interface Rating {
  /**
   * A criterion of the rubric.
   */
  readonly criterion: string;
  /**
   * The first 12 hexadecimal digits of a SHA-256.
   */
  readonly as_of: string;
  /**
   * A value of the scale, or null: not assessed. Null is missing, never a number.
   */
  readonly rating: number | null;
  /**
   * What was said or done that this rests on.
   */
  readonly evidence?: string;
  /**
   * Why there is no rating.
   */
  readonly not_assessed?: string;
}
/**
 * One change made late.
 */
export interface Amendment {
  /**
   * When.
   */
  readonly at: string;
  /**
   * Who.
   */
  readonly by: string;
  /**
   * Why.
   */
  readonly because: string;
}
/**
 * evaluations/<stage>--<person>.yaml: one interviewer's scorecard for one candidate.
 */
export interface Evaluation {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * The same as the candidate's folder.
   */
  readonly candidate: string;
  /**
   * The stage it scores; the same as in the file's name.
   */
  readonly stage: string;
  /**
   * Whose judgement this is; the same as in the file's name.
   */
  readonly interviewer: string;
  /**
   * Only when someone else typed it in.
   */
  readonly entered_by?: string;
  /**
   * When they met.
   */
  readonly interviewed_at?: string;
  /**
   * When the scorecard was handed in.
   */
  readonly submitted_at: string;
  /**
   * The first 12 hexadecimal digits of a SHA-256.
   */
  readonly rubric: string;
  /**
   * One for each criterion of the stage.
   */
  readonly ratings: readonly Rating[];
  /**
   * What the interviewer would do.
   */
  readonly recommendation?: "strong-hire" | "hire" | "mixed" | "no-hire" | "strong-no-hire";
  /**
   * How sure they are.
   */
  readonly confidence?: "low" | "medium" | "high";
  /**
   * The reason that weighed most.
   */
  readonly key_reason?: string;
  /**
   * What they would want to know more about.
   */
  readonly concerns?: readonly string[];
  /**
   * Changes made after another evaluation of this candidate was in.
   */
  readonly amendments?: readonly Amendment[];
}
/**
 * One thing that happened.
 */
export interface CandidateEvent {
  /**
   * When.
   */
  readonly at: string;
  /**
   * What happened.
   */
  what:
    | "presented"
    | "profile-accepted"
    | "profile-declined"
    | "scheduled"
    | "interviewed"
    | "debriefed"
    | "told"
    | "concern"
    | "offer"
    | "offer-accepted"
    | "offer-declined"
    | "withdrawn"
    | "on-hold"
    | "resumed";
  /**
   * Who did it or noted it.
   */
  readonly by: string;
  /**
   * Which stage (scheduled, interviewed).
   */
  readonly stage?: string;
  /**
   * Why (declined, withdrawn).
   */
  readonly reason?: string;
  /**
   * The criterion a declined profile rests on; 'other' for one that stands nowhere.
   */
  readonly criterion?: string;
  /**
   * The requirement a declined profile rests on.
   */
  readonly requirement?: string;
  /**
   * Anything the other side should know.
   */
  readonly note?: string;
}
/**
 * One person on our side.
 */
export interface Person {
  /**
   * How files name this person.
   */
  readonly id: string;
  /**
   * How people call them.
   */
  readonly name: string;
  /**
   * The address git knows them by.
   */
  readonly email?: string;
  /**
   * Further addresses of the same person, in git's history for example.
   */
  readonly emails?: readonly string[];
  /**
   * IANA name, such as Europe/London, where it differs from the calendar's.
   */
  readonly timezone?: string;
  /**
   * Country or region code of their public holidays, such as FI or GB-ENG.
   */
  readonly holidays?: string;
  /**
   * false once they have left.
   */
  readonly active?: boolean;
}
/**
 * When business time runs.
 */
export interface Calendar {
  /**
   * IANA name, such as Europe/Helsinki.
   */
  readonly timezone?: string;
  /**
   * Country or region code of the public holidays, such as FI.
   */
  readonly holidays?: string;
  /**
   * Days on which business time runs.
   */
  readonly workdays?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  readonly hours?: Hours;
}
/**
 * Hours between which business time runs.
 */
export interface Hours {
  /**
   * Start of the day, HH:MM.
   */
  readonly from: string;
  /**
   * End of the day, HH:MM.
   */
  readonly to: string;
}
/**
 * Someone who can open what is sealed.
 */
export interface KeyHolder {
  /**
   * A person of hire.yaml.
   */
  readonly person: string;
  /**
   * Their age key, the public one.
   */
  readonly key: string;
}
/**
 * hire.yaml: the organisation, its people, its calendar and what everyone promises.
 */
export interface Hire {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * The name people know the organisation by.
   */
  readonly organization: string;
  /**
   * true: hire commits exactly the files it wrote; false: it only writes them.
   */
  readonly commit?: boolean;
  /**
   * Everyone who takes part in a search on our side. Candidates never stand here.
   */
  readonly people: readonly Person[];
  readonly calendar?: Calendar;
  readonly expectations?: Expectations;
  readonly rules?: Rules;
  readonly change?: ChangeLimits;
  /**
   * Who sees response times: of a side only, one's own too, or everyone's.
   */
  readonly people_metrics?: "sides" | "own" | "all";
  readonly retention?: Retention;
  /**
   * Scorecards and weights are handed in encrypted to these keys, and opened by one of their holders once all that are due are in: the recruiter's and a deputy's, so that a lost key is no lost search.
   *
   * @minItems 2
   */
  readonly seal?: readonly KeyHolder[];
}
/**
 * Promised response times of both sides; a role's intake may override them.
 */
export interface Expectations {
  /**
   * Hiring manager: from a presented profile to accepting or declining it.
   */
  readonly "profile-feedback"?: string;
  /**
   * Interviewer: from the interview to a submitted evaluation.
   */
  readonly scorecard?: string;
  /**
   * Hiring manager: from the last due evaluation to the debrief.
   */
  readonly debrief?: string;
  /**
   * Recruiter: from anything that happened to a candidate to telling them.
   */
  readonly "candidate-update"?: string;
  /**
   * Whoever an update asks: from the update to the answer.
   */
  readonly answer?: string;
}
/**
 * Severity by rule id.
 */
export interface Rules {
  /**
   * How grave a finding of this rule is; "off" silences it.
   */
  readonly [k: string]: "error" | "warning" | "info" | "off";
}
/**
 * From when a change counts.
 */
export interface ChangeLimits {
  /**
   * Share of the total weight, 0 to 1, from which moving it may change who is hired. Default 0.05.
   */
  readonly reweight?: number;
}
/**
 * How long a candidate's files are kept, counted from each candidate's decision.
 */
export interface Retention {
  /**
   * Kept this long after a rejection.
   */
  readonly reject?: string;
  /**
   * Kept this long after a hire.
   */
  readonly hire?: string;
  /**
   * Kept at least this long, as some laws ask.
   */
  readonly floor?: string;
  /**
   * Kept at most this long, as some laws ask.
   */
  readonly ceiling?: string;
}
/**
 * One thing that must be true after a while.
 */
export interface Outcome {
  /**
   * How other files name it.
   */
  readonly id: string;
  /**
   * By when: '90 days', '1 year'.
   */
  readonly by?: string;
  /**
   * What will be true.
   */
  readonly result: string;
  /**
   * How one would know.
   */
  readonly measure?: string;
}
/**
 * A soft skill as behaviour.
 */
export interface WayOfWorking {
  /**
   * How other files name it.
   */
  readonly id: string;
  /**
   * What the person does, as one could film it.
   */
  readonly behaviour: string;
  /**
   * In which situation it shows.
   */
  readonly seen_when?: string;
  /**
   * Whether the team lacks it now.
   */
  readonly missing_today?: boolean;
}
/**
 * One thing a candidate must or should bring.
 */
export interface Requirement {
  /**
   * How other files name it.
   */
  readonly id: string;
  /**
   * How much it is needed. A deal-breaker ends an application and needs a job reason.
   */
  readonly need: "must-have" | "nice-to-have" | "deal-breaker";
  /**
   * What the person has done or can do, so that it can be tested.
   */
  readonly statement: string;
  /**
   * The job reason.
   */
  readonly why?: string;
  /**
   * The outcome that depends on it.
   */
  readonly outcome?: string;
  /**
   * What would fail in the first 90 days without it.
   */
  readonly without_it?: string;
  /**
   * How we will find out.
   */
  readonly test?: string;
  /**
   * What we would give for it, or accept without it.
   */
  readonly trade?: string;
  /**
   * Share of plausible candidates who bring it, 0 to 1.
   */
  readonly prevalence?: number;
}
/**
 * A real profile, without its name, and our reaction.
 */
export interface Profile {
  /**
   * The profile in a line.
   */
  readonly like: string;
  /**
   * What would make us meet this person.
   */
  readonly yes?: string;
  /**
   * What would make us decline.
   */
  readonly no?: string;
}
/**
 * Something taken as true until someone finds out.
 */
export interface Assumption {
  /**
   * How other files and commands name it.
   */
  readonly id: string;
  /**
   * What is assumed, or the question still open.
   */
  readonly statement: string;
  /**
   * Who raised it.
   */
  readonly raised_by?: string;
  /**
   * Who finds out.
   */
  readonly owner: string;
  /**
   * By when.
   */
  readonly due: string;
  /**
   * Whether it still stands open.
   */
  readonly status: "open" | "confirmed" | "refuted";
  /**
   * What was found out.
   */
  readonly answer?: string;
}
/**
 * roles/<role>/intake.yaml: what the hiring manager and the recruiter agreed to look for, and why.
 */
export interface Intake {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * The title people would search for.
   */
  readonly title: string;
  /**
   * Where the search stands.
   */
  readonly status: "draft" | "open" | "on-hold" | "filled" | "cancelled";
  /**
   * The day the search began.
   */
  readonly opened?: string;
  /**
   * How many people are to be hired.
   */
  readonly openings?: number;
  /**
   * The search this one starts from: what was learnt there stands beside this brief.
   */
  readonly like?: string;
  /**
   * The level on the organisation's own ladder.
   */
  readonly level?: string;
  readonly team: Team;
  /**
   * Why this person is needed, and what happens if nobody comes.
   */
  readonly why?: string;
  /**
   * Who held or covers the work, and what went wrong.
   */
  readonly before?: string;
  /**
   * What success looks like, measurably.
   */
  readonly outcomes?: readonly Outcome[];
  /**
   * What the person will really do.
   */
  readonly work?: readonly string[];
  /**
   * How the team works together, as things one can observe.
   */
  readonly culture?: string;
  /**
   * Soft skills as behaviour one can see; never personality.
   */
  readonly ways_of_working?: readonly WayOfWorking[];
  /**
   * Ranked: the first is the most important.
   */
  readonly requirements?: readonly Requirement[];
  readonly location?: Location;
  readonly compensation?: Compensation;
  /**
   * When the person should start at the latest.
   */
  readonly start_by?: string;
  /**
   * What gives first if the market says no: requirement ids or fields of this brief.
   */
  readonly flexes?: readonly string[];
  readonly sourcing?: Sourcing;
  /**
   * Two or three real profiles, and what each would make us say.
   */
  readonly profiles?: readonly Profile[];
  /**
   * Why a good candidate would want this.
   */
  readonly selling_points?: readonly string[];
  /**
   * What an honest colleague would warn of.
   */
  readonly downsides?: readonly string[];
  readonly expectations?: RoleExpectations;
  /**
   * What is not known yet: every question skipped in the conversation becomes one.
   */
  readonly assumptions?: readonly Assumption[];
}
/**
 * Who takes part in this search.
 */
export interface Team {
  /**
   * Owns outcomes, must-haves and the decision; owes quick feedback.
   */
  readonly hiring_manager: string;
  /**
   * Knows market and candidates; owes qualified profiles and prompt news.
   */
  readonly recruiter: string;
  /**
   * Who interviews.
   */
  readonly panel?: readonly Id[];
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly decider?: string;
  /**
   * Who must be told, without a say.
   */
  readonly informed?: readonly Id[];
}
/**
 * Where the work is done.
 */
export interface Location {
  /**
   * How much of it in one place.
   */
  readonly mode: "on-site" | "hybrid" | "remote";
  /**
   * Town, country or time zones.
   */
  readonly place?: string;
}
/**
 * What is paid, and on whose word.
 */
export interface Compensation {
  /**
   * ISO 4217 code.
   */
  readonly currency: string;
  /**
   * What one figure covers.
   */
  readonly period: "hour" | "day" | "month" | "year";
  /**
   * Lower end of the range.
   */
  readonly min?: number;
  /**
   * Upper end of the range.
   */
  readonly max?: number;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly market?: string;
  /**
   * Whether candidates see the range.
   */
  readonly published?: boolean;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly approved_by?: string;
}
/**
 * Where to look, and where not.
 */
export interface Sourcing {
  /**
   * Places, communities and companies to look in.
   */
  readonly where?: readonly string[];
  /**
   * Where not to look, and for what reason.
   */
  readonly avoid?: readonly string[];
}
/**
 * Promised response times for this role, where they differ from hire.yaml.
 */
export interface RoleExpectations {
  /**
   * Hiring manager: from a presented profile to accepting or declining it.
   */
  readonly "profile-feedback"?: string;
  /**
   * Interviewer: from the interview to a submitted evaluation.
   */
  readonly scorecard?: string;
  /**
   * Hiring manager: from the last due evaluation to the debrief.
   */
  readonly debrief?: string;
  /**
   * Recruiter: from anything that happened to a candidate to telling them.
   */
  readonly "candidate-update"?: string;
  /**
   * Whoever an update asks: from the update to the answer.
   */
  readonly answer?: string;
}
/**
 * One stage of the funnel.
 */
export interface PassRate {
  /**
   * Name of the stage.
   */
  readonly stage: string;
  /**
   * Share that passes it, 0 to 1.
   */
  readonly pass: number;
}
/**
 * markets/<market>.yaml: what the market pays and how candidates come through, from a dated source.
 */
export interface Market {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly id: string;
  /**
   * Where the figures come from.
   */
  readonly source: string;
  /**
   * The day the figures describe.
   */
  readonly as_of: string;
  /**
   * ISO 4217 code.
   */
  readonly currency?: string;
  /**
   * What one pay figure covers.
   */
  readonly period?: "hour" | "day" | "month" | "year";
  readonly pay?: Pay;
  /**
   * Share of candidates that pass each stage, in order.
   */
  readonly funnel?: readonly PassRate[];
  /**
   * Qualified applicants a week, on average.
   */
  readonly qualified_per_week?: number;
  /**
   * From the first contact to an offer, on average.
   */
  readonly weeks_to_first_offer?: number;
}
/**
 * Pay percentiles, ascending.
 */
export interface Pay {
  /**
   * 10 of 100 people earn at most this.
   */
  readonly p10?: number;
  /**
   * 25 of 100 people earn at most this.
   */
  readonly p25?: number;
  /**
   * 50 of 100 people earn at most this.
   */
  readonly p50?: number;
  /**
   * 75 of 100 people earn at most this.
   */
  readonly p75?: number;
  /**
   * 90 of 100 people earn at most this.
   */
  readonly p90?: number;
}
/**
 * One thank-you.
 */
export interface Thanks {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly to: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly from: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly entered_by?: string;
  /**
   * What for.
   */
  readonly for: string;
}
/**
 * Whether the brief was right about one outcome.
 */
export interface Review {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly outcome: string;
  /**
   * When to look back.
   */
  readonly due: string;
  /**
   * Whether the brief (not the person) was right.
   */
  readonly brief_was_right?: boolean;
  /**
   * What was seen.
   */
  readonly note?: string;
  /**
   * When that was looked at.
   */
  readonly reviewed_on?: string;
}
/**
 * Promised responses of one side.
 */
export interface SideFigures {
  /**
   * Whose they were.
   */
  readonly side: "hiring manager" | "recruiter" | "interviewers";
  /**
   * Promises kept in time.
   */
  readonly kept: number;
  /**
   * Promises that were due.
   */
  readonly all: number;
  /**
   * Median response, in business hours.
   */
  readonly median_hours?: number;
}
/**
 * How many reached a step, and went on from it.
 */
export interface FunnelStep {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly stage: string;
  /**
   * Candidates who reached it.
   */
  readonly reached: number;
  /**
   * Those who reached a later one.
   */
  readonly went_on: number;
}
/**
 * roles/<role>/outcome.yaml: how the search ended, thanks, and what was learnt.
 */
export interface SearchOutcome {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * How it ended.
   */
  readonly result: "hired" | "cancelled";
  /**
   * When.
   */
  readonly closed_on: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly closed_by?: string;
  /**
   * Candidates hired.
   */
  readonly hires?: readonly Id[];
  /**
   * From one side to the other.
   */
  readonly thanks?: readonly Thanks[];
  /**
   * What to do again.
   */
  readonly keep?: readonly string[];
  /**
   * What to do differently.
   */
  readonly change?: readonly string[];
  readonly figures?: SearchFigures;
  /**
   * After the hire: was the brief right?
   */
  readonly reviews?: readonly Review[];
}
/**
 * The search in figures, as of its end: kept here, as candidates are erased one day.
 */
export interface SearchFigures {
  /**
   * Whole days from opening until the last hire accepted, or until it closed; time on hold left out.
   */
  readonly days?: number;
  /**
   * Whole days on hold, left out of the days.
   */
  readonly on_hold?: number;
  readonly changes?: ChangeFigures;
  /**
   * How each side kept its promised response times.
   */
  readonly promises?: readonly SideFigures[];
  /**
   * How candidates came through, step by step.
   */
  readonly funnel: readonly FunnelStep[];
}
/**
 * Changes of the criteria that needed a reason since both sides agreed, and how many have one.
 */
export interface ChangeFigures {
  /**
   * Changes that needed a reason.
   */
  readonly made: number;
  /**
   * Those that have one.
   */
  readonly explained: number;
}
/**
 * Points for one requirement or one criterion.
 */
export interface Point {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly requirement?: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly criterion?: string;
  /**
   * Its part of the 100.
   */
  readonly points: number;
}
/**
 * One earlier round.
 */
export interface EarlierPriorities {
  /**
   * When they were given.
   */
  readonly given_at: string;
  /**
   * The 100 points of that round.
   *
   * @minItems 1
   */
  readonly points: readonly Point[];
  /**
   * What nobody could do the job without, as they saw it then.
   */
  readonly must_haves?: readonly Id[];
}
/**
 * priorities/<person>.yaml: what one person finds important, given before seeing anyone else's.
 */
export interface Priorities {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly person: string;
  /**
   * On which side they weigh.
   */
  readonly as: "hiring-manager" | "recruiter" | "panel";
  /**
   * When they were given.
   */
  readonly given_at: string;
  /**
   * 100 points over requirements, or over criteria once there is a rubric.
   *
   * @minItems 1
   */
  readonly points: readonly Point[];
  /**
   * What nobody could do the job without, as this person sees it: ids of what they weighed.
   */
  readonly must_haves?: readonly Id[];
  /**
   * Earlier rounds of weighing, newest first: what this person gave before the talk.
   */
  readonly earlier?: readonly EarlierPriorities[];
}
/**
 * One step of the scale.
 */
export interface ScaleValue {
  /**
   * The number an interviewer gives.
   */
  readonly value: number;
  /**
   * A short name for it.
   */
  readonly label: string;
  /**
   * What it stands for, for every criterion.
   */
  readonly means?: string;
}
/**
 * What a value looks like for this criterion.
 */
export interface Anchor {
  /**
   * A value of the scale.
   */
  readonly value: number;
  /**
   * What one sees or hears at this value.
   */
  readonly means: string;
}
/**
 * One thing candidates are judged on.
 */
export interface Criterion {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly id: string;
  /**
   * A short name for people.
   */
  readonly name: string;
  /**
   * What is judged, in a sentence.
   */
  readonly means: string;
  /**
   * Whether falling below its bar needs the decider's word.
   */
  readonly required?: boolean;
  /**
   * Relative: any positive number. Its share of the total is what counts.
   */
  readonly weight: number;
  /**
   * Why it weighs what it weighs.
   */
  readonly weight_reason?: string;
  /**
   * Below it on a required criterion the decider must say so and why.
   */
  readonly bar?: number;
  /**
   * Requirements, ways of working and outcomes of the intake it stands for.
   */
  readonly covers?: readonly Id[];
  /**
   * What to look and listen for.
   */
  readonly signals?: readonly string[];
  /**
   * What values look like for this criterion.
   */
  readonly anchors?: readonly Anchor[];
  /**
   * Earlier ids of the same criterion, newest first.
   *
   * @minItems 1
   */
  readonly renamed_from?: readonly Id[];
}
/**
 * A criterion no longer used.
 */
export interface RetiredCriterion {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly id: string;
  /**
   * Why it went.
   */
  readonly reason: string;
}
/**
 * One interview, or another way to find out.
 */
export interface Stage {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly id: string;
  /**
   * A short name for people.
   */
  readonly name: string;
  /**
   * Who holds it.
   */
  readonly interviewers?: readonly Id[];
  /**
   * How long it takes.
   */
  readonly minutes?: number;
  /**
   * Criteria rated in this stage.
   *
   * @minItems 1
   */
  readonly assesses: readonly Id[];
  /**
   * Asked of every candidate.
   */
  readonly questions?: readonly string[];
}
/**
 * roles/<role>/rubric.yaml: how candidates are judged.
 */
export interface Rubric {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * The rating scale, ascending.
   *
   * @minItems 2
   */
  readonly scale: readonly ScaleValue[];
  /**
   * What candidates are judged on.
   */
  readonly criteria: readonly Criterion[];
  /**
   * Criteria no longer used: an id never comes back with another meaning.
   */
  readonly retired?: readonly RetiredCriterion[];
  /**
   * The interviews. Without any there is one stage, interview, that assesses everything.
   *
   * @minItems 1
   */
  readonly stages?: readonly Stage[];
  readonly decision: DecisionRule;
}
/**
 * What the ratings come to.
 */
export interface DecisionRule {
  /**
   * The total from which the rubric itself says yes, on the scale.
   */
  readonly bar: number;
  /**
   * How many evaluations a decision needs at least.
   */
  readonly evaluations: number;
  /**
   * How the total is computed.
   */
  readonly rule: "weighted-mean";
  /**
   * What decides between equal totals.
   */
  readonly tie_break?: string;
}
/**
 * evaluations/<stage>--<person>.sealed.yaml: a scorecard that is in and that nobody can read before it is opened with those of all who are due.
 */
export interface SealedEvaluation {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly candidate: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly stage: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly interviewer: string;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly entered_by?: string;
  /**
   * When the scorecard was handed in.
   */
  readonly submitted_at: string;
  /**
   * SHA-256 of the file that is sealed, which holds a secret of its own: whoever has it opened can see that it is the one that was handed in.
   */
  readonly digest: string;
  /**
   * The keys that open it: those of hire.yaml's seal when it was handed in.
   *
   * @minItems 1
   */
  readonly to: readonly Recipient[];
  /**
   * The file itself, encrypted with age, in its armoured form.
   */
  readonly sealed: string;
}
/**
 * priorities/<person>.sealed.yaml: weights that are in and that nobody can read before both sides' are opened.
 */
export interface SealedPriorities {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly person: string;
  /**
   * On which side they weigh.
   */
  readonly as: "hiring-manager" | "recruiter" | "panel";
  /**
   * When they were given.
   */
  readonly given_at: string;
  /**
   * Which time this person weighs, from 1.
   */
  readonly round: number;
  /**
   * SHA-256 of the file that is sealed, which holds a secret of its own: whoever has it opened can see that it is the one that was handed in.
   */
  readonly digest: string;
  /**
   * The keys that open it: those of hire.yaml's seal when it was handed in.
   *
   * @minItems 1
   */
  readonly to: readonly Recipient[];
  /**
   * The file itself, encrypted with age, in its armoured form.
   */
  readonly sealed: string;
}
/**
 * One change, named by its fingerprint.
 */
export interface ExplainedChange {
  /**
   * The change in words, for people.
   */
  readonly what: string;
  /**
   * The first 12 hexadecimal digits of a SHA-256.
   */
  readonly change: string;
  /**
   * What changed: type/id, such as criterion/failure-design.
   */
  readonly item?: string;
  /**
   * Which side of it.
   */
  readonly facet?: string;
  /**
   * The first 12 hexadecimal digits of a SHA-256.
   */
  readonly was?: string;
  /**
   * The first 12 hexadecimal digits of a SHA-256.
   */
  readonly now?: string;
  /**
   * Whether a rating given yesterday would still stand.
   */
  readonly reads?: "same" | "changed";
}
/**
 * One person's answer.
 */
export interface Answer {
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly by: string;
  /**
   * When.
   */
  readonly at: string;
  /**
   * What they say.
   */
  readonly answer: "agreed" | "objects";
  /**
   * Why they object.
   */
  readonly because?: string;
}
/**
 * updates/<date>-<person>-<slug>-<xxxx>.yaml: news for the other side, and explanations of changes.
 */
export interface Update {
  /**
   * Version of this file's form. Always 1 for now; a later hire migrates files and keeps their comments.
   */
  readonly version: 1;
  /**
   * What the news is about.
   */
  readonly kind: "criteria" | "budget" | "priority" | "timeline" | "stakeholder" | "market" | "process";
  /**
   * Lower-case letters, digits and single hyphens, at most 63 characters; no name that Windows reserves for a device.
   */
  readonly by: string;
  /**
   * When.
   */
  readonly at: string;
  /**
   * The news in a line.
   */
  readonly summary: string;
  /**
   * Why, in words the other side can weigh.
   */
  readonly reason?: string;
  /**
   * The changes this explains.
   */
  readonly explains?: readonly ExplainedChange[];
  /**
   * What happens to what was scored under the old meaning.
   */
  readonly scores?: "keep" | "rescore" | "void";
  /**
   * Who is asked to answer.
   */
  readonly for?: readonly Id[];
  /**
   * What those asked said.
   */
  readonly answers?: readonly Answer[];
}
