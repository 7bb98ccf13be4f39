/** A protected matter as people name it or stand in for it in writing. */
export interface ProtectedWords {
  readonly matter: string;
  readonly why: string;
  /** The lawful way to say what is usually meant. */
  readonly instead: string;
  /** Each with a small neighbourhood, so that the same word about a product, a machine or the company is let pass. */
  readonly patterns: readonly RegExp[];
}

const nationality =
  "(?:eu|us|u\\.s\\.|uk|american|british|german|finnish|swedish|norwegian|danish|french|italian|spanish|dutch|polish|irish|swiss|austrian|european|indian|chinese|russian|ukrainian|turkish|estonian|national)";
const language =
  "(?:speakers?|english|german|finnish|swedish|norwegian|danish|french|italian|spanish|dutch|polish|portuguese|russian|chinese|mandarin|japanese|arabic|tongue)";

/**
 * Short on purpose: matters that the law of the European Union (Directives 2000/43, 2000/78, 2006/54, 2023/970), the
 * United Kingdom (Equality Act 2010) and the United States (Title VII, ADEA, ADA, and state law on pay and criminal
 * history) tie to a hiring decision, in the words in which they turn up in briefs, rubrics and notes.
 */
export const protectedWords: readonly ProtectedWords[] = [
  {
    matter: "age",
    why: "Age decides nothing that cannot be asked for directly.",
    instead: "name the skill or the experience, and how it shows",
    patterns: [
      /\b(?:under|below|over|above|younger than|older than|not over|no older than|up to)\s+(?:the\s+age\s+of\s+)?[2-6]\d\s*(?:years\s+(?:old|of age)|\byo\b)/iu,
      /\b(?:under|over|below|above)\s+(?:the\s+age\s+of\s+)[1-9]\d\b|\b(?:not|no)\s+older\s+than\s+[2-6]\d\b|\b(?:maximum|minimum|max\.?|min\.?|at most|at least)\s+[2-6]\d\s+years\s+old\b/iu,
      /\b(?:must|should|ideally|preferably)\s+(?:be\s+)?(?:under|below|over|above|younger than|older than)\s+[2-6]\d\b(?!\s*(?:%|[a-z]))/iu,
      /\bage[ds]?\s+(?:between\s+)?[1-6]\d\s*(?:-|–|to|and|or)\s*[1-7]\d\b/iu,
      /\b(?:maximum|minimum|upper|lower|ideal|preferred)\s+age\b|\bage\s+(?:limit|group|bracket)s?\s+(?:of|for|is|under|between|:)|\b(?:his|her|their|candidate'?s|applicant'?s)\s+age\b/iu,
      /\byoung(?:er)?(?:\s*(?:,|and|&)\s*\w+)?\s+(?:team|people|person|candidate|applicant|professional|talent|colleague|employee|man|men|woman|women|guy|girl|lad|blood)s?\b/iu,
      /\b(?:too|very|rather|quite|fairly|a bit)\s+(?:old|young)\s+(?:for\s+(?:the|this|our|a)\s+(?:role|job|team|position)|to\s+(?:learn|change|adapt|lead|fit|manage))/iu,
      /\b(?:youthful|middle-aged|over-?aged?|over the hill)\b|\b(?:too|is|was|seems|looks)\s+(?:an?\s+|rather\s+)?elderly\b|\b(?:close|near)(?:ing)? (?:to )?retirement\b|\bretirement age\b/iu,
      /\b(?:want|wants|prefer|only|ideally|preferably|hire|hiring|looking for)\s+(?:an?\s+)?(?:millennial|boomer|gen[\s-]?[xyz]|generation [xyz])s?\b/iu,
    ],
  },
  {
    matter: "age, in other words",
    why: "It names when someone was born, not what they can do.",
    instead: "name the tools and media the work needs: 'runs a channel of our size today'",
    patterns: [
      /\bdigital natives?\b/iu,
      /\b(?:recent|fresh)\s+(?:college\s+|university\s+)?grad(?:uate)?s?\b/iu,
      /\bfresh out of (?:college|university|school)\b/iu,
    ],
  },
  {
    matter: "a maximum of experience",
    why: "An upper limit on years shuts out older people, whatever was meant by it.",
    instead: "say what the work is like and what it pays: 'a first role with guidance', without an upper limit",
    patterns: [
      /\b(?:at most|no more than|not more than|maximum(?: of)?|max\.?|up to|less than|fewer than|under)\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|ten)\s+years?(?:'|’)?\s+(?:of\s+)?(?:\w+\s+){0,3}experience\b/iu,
      /\b(?:\d{1,2}|two|three|four|five|six|seven|eight|ten)\s+years?(?:'|’)?\s+(?:of\s+)?(?:\w+\s+){0,2}experience\s+(?:at most|maximum|max)\b/iu,
      /\boverqualified\b/iu,
    ],
  },
  {
    matter: "sex and gender",
    why: "The work asks for a skill, which people of every gender have.",
    instead: "say 'they' and name the role, not who holds it: 'sales representative', 'chair'",
    patterns: [
      /\b(?:salesm[ae]n|saleswom[ae]n|waitress(?:es)?|stewardess(?:es)?|handym[ae]n|cleaning lad(?:y|ies)|headmaster|housewi(?:fe|ves)|girl friday)\b/iu,
      /\b(?:male|female|masculine|feminine)\s+(?:candidate|applicant|colleague|employee|engineer|developer|designer|manager|leader|person|voice|energy)s?\b/iu,
      /\b(?:(?:a|the|our|some|young|strong|good|right|need|want)\s+)(?:man|woman|guy|girl|lady|gentleman|lad)\s+(?:who|with|that|for|to)\b/iu,
      /\b(?:prefer(?:ably|s|red)?|ideally|only|looking for|need)\s+(?:an?\s+)?(?:m[ae]n|wom[ae]n|males?|females?|guys?|girls?)\b/iu,
      /\b(?:his|her|their|candidate'?s|applicant'?s)\s+(?:gender|sex|sexual orientation)\b|\b(?:transgender|homosexual|lesbian|bisexual)\b/iu,
    ],
  },
  {
    matter: "pregnancy and family plans",
    why: "Who cares for whom at home is nobody's criterion.",
    instead: "name the hours and the travel the work needs, and ask everyone whether they can",
    patterns: [
      /\bpregnan(?:t|cy)\b|\b(?:on|from|after|before|takes?|took|taking|planned|his|her|their)\s+(?:maternity|paternity|parental)\s+leave\b(?!\s+(?:law|rule|polic|case|cover))|\bfamily\s+(?:plan(?:s|ning)|status|situation|responsibilities|commitments)\b/iu,
      /\b(?:has|have|hasn'?t|haven'?t|having|wants?|expecting|planning)\s+(?:got\s+)?(?:to have\s+)?(?:no\s+|any\s+|small\s+|young\s+|two\s+|three\s+|\d\s+)?(?:small\s+|young\s+)?(?:kids|children|a baby|babies)\b/iu,
      /\b(?:is|as|being|was)\s+an?\s+(?:single|working|young|new)\s+(?:mother|father|mum|mom|dad|parent)\b|\b(?:is|was|are|newly|recently)\s+(?:married|unmarried|divorced|newly-?wed)\b|\bmarital status\b|\b(?:his|her|their)\s+childcare\b/iu,
    ],
  },
  {
    matter: "origin and native language",
    why: "A mother tongue is where someone was born, not how well they write.",
    instead: "say what must be understood by whom: 'writes to customers in Finnish without an editor'",
    patterns: [
      new RegExp(
        `\\bnative(?:[\\s-]level)?\\s+${language}\\b|\\bmother[\\s-]tongue\\b|\\b(?:ideally|preferably|must be)\\s+an?\\s+native\\b(?!\\s+(?:app|mobile|ios|android|client))`,
        "iu",
      ),
      /\b(?:strong|heavy|thick|foreign|slight|no|without an?|funny|regional)\s+accents?\b(?!\s+colou?r)/iu,
      /\b(?:ethnicity|ethnic\s+(?:origin|background|group|minority)|skin colou?r|racial\s+(?:origin|background|group)|race\s+or\s+(?:colou?r|ethnicity|religion|origin)|foreign-?born|migration background)\b|\b(?:no|only|is an?|isn'?t an?|not an?)\s+(?:foreigner|immigrant)s?\b/iu,
      /\b(?:white|black|asian|caucasian|arab|roma)\s+(?:candidate|applicant|colleague|person|man|woman)s?\b/iu,
      new RegExp(`\\b${nationality}\\s+nationality\\b`, "iu"),
      /\b(?:his|her|their|candidate'?s|applicant'?s)\s+(?:race|nationality|origin|country of origin|birthplace|surname)\b/iu,
    ],
  },
  {
    matter: "citizenship",
    why: "What the law asks for is a right to work, which many without the citizenship have.",
    instead: "ask everyone the same, late: 'may work in Finland when the work begins'",
    patterns: [
      new RegExp(
        `\\b${nationality}\\s+(?:citizens?|citizenship|nationals?)\\b|\\b(?:must have|has|have|holds?|with)\\s+an?\\s+${nationality}\\s+passport\\b`,
        "iu",
      ),
      /\b(?:must|should|has to|have to)\s+be\s+an?\s+(?:\w+\s+)?(?:citizen|national)\b|\bcitizens?\s+only\b|\b(?:holds?|has|have)\s+(?:an?\s+)?(?:\w+\s+)?citizenship\b|\bcitizenship\s+(?:is\s+)?required\b/iu,
    ],
  },
  {
    matter: "religion and belief",
    why: "What someone believes is no part of the work.",
    instead: "name the days and hours the work needs, and ask everyone whether they can",
    patterns: [
      /\b(?:his|her|their|candidate'?s|applicant'?s|same|what|which)\s+(?:religion|faith|religious\s+\w+|political\s+(?:views?|opinions?|party))\b/iu,
      /\b(?:headscar(?:f|ves)|hijabs?|church-?goers?|church member(?:ship)?|practi[cs]ing\s+(?:christian|muslim|jew|catholic|hindu)|atheists?|devout)\b|\b(?:a|is|was)\s+(?:christian|muslim|jew|jewish|catholic|hindu|buddhist)\b|\btrade union member/iu,
    ],
  },
  {
    matter: "disability and health",
    why: "What counts is whether the work can be done, with adjustments where they are needed.",
    instead: "name the task itself: 'carries 20 kg over stairs', 'on call every third week'",
    patterns: [
      /\b(?:able-?bodied|physically fit|good health(?!\s+(?:and|&|care))|perfect health|handicapped|wheelchair[\s-]bound|mentally ill|hearing impaired|speech impediment)\b/iu,
      /\b(?:his|her|their|candidate'?s|applicant'?s|a|any|no|without|has|have|hidden)\s+(?:disabilit(?:y|ies)|chronic (?:illness|disease|condition)|mental (?:illness|health (?:issue|problem|history)s?)|medical (?:history|condition|issue)s?|health (?:issue|problem|condition|history)s?)\b/iu,
      /\b(?:his|her|their|candidate'?s|applicant'?s)\s+(?:health|depression|anxiety|autism|adhd|illness|burn-?out)\b|\b(?:has|have|had|suffers from)\s+(?:adhd|autism|depression|anxiety|burn-?out)\b|\bno\s+wheelchair|\b(?:sick|illness)[\s-](?:days|leave|record)\b|\b(?:is|seems?|looks?|probably|maybe)\s+(?:autistic|depressed|bipolar|obese|overweight)\b|\b(?:he|she|they|candidate|applicant)\s+(?:is|are|seems?|looks?)\s+disabled\b/iu,
    ],
  },
  {
    matter: "criminal convictions",
    why: "Where a check is lawful, the law says when and by whom it is made; never by an interviewer's note.",
    instead: "leave it to the check that the law asks for, after an offer",
    patterns: [
      /\b(?:criminal|police|arrest)\s+(?:record|history|background|convictions?)\b|\b(?:prior|previous|past|spent|no)\s+convictions?\b|\bconvicted\b|\bex-?(?:con|offender|convict)s?\b|\b(?:been|was) (?:in (?:prison|jail)|arrested)\b/iu,
    ],
  },
  {
    matter: "salary history",
    why: "Pay that follows the last pay carries every old injustice on; asking is unlawful in many places.",
    instead: "state the range, and ask what they expect",
    patterns: [
      /\b(?:salary|pay|wage|compensation)\s+history\b(?!\s+(?:ban|law|rule|question))|\b(?:current|previous|past|last|former|present)\s+(?:salary|pay|wage|compensation|income|earnings)\b|\b(?:last|recent|latest|three|two|his|her|their|your)\s+(?:\w+\s+)?pay\s?slips?\b/iu,
      /\b(?:what|how much)\s+(?:do|did|does|are|were|was)\s+(?:you|they|he|she|the candidate)\s+(?:currently\s+|now\s+|last\s+)?(?:earn|earning|make|making|paid|being paid)\b|\bcurrently\s+(?:earns?|makes?)\s+\d|\bearns\s+\d/iu,
    ],
  },
  {
    matter: "gaps between jobs",
    why: "Gaps are children, illness, care and bad luck far more often than they are a lack of skill.",
    instead: "ask about the most recent work that shows the skill, whenever it was",
    patterns: [
      /\b(?:employment|career|cv|résumé|resume|work|job)[\s-](?:history\s+)?gaps?\b|\bgaps?\s+in\s+(?:the|his|her|their|your)?\s*(?:cv|résumé|resume|employment|career|work history|job history)\b(?!\s+(?:site|page))|\bcareer breaks?\b|\b(?:currently|continuously|presently)\s+(?:employed|unemployed)\b|\blong-?term unemployed\b|\bjob[\s-]hoppers?\b/iu,
    ],
  },
];

/**
 * Beginnings of words of which every match above holds one: what makes looking cheap. A test holds the two together. Two
 * letters that read as s and k, and that this form of looking does not take for them, are looked at closer.
 */
export const suspectWords =
  /\b(?:accent|adhd|anxiety|arab|arrest|asian|atheist|autis|babies|baby|bipolar|birthplace|bisexual|black|bodied|boomer|buddhist|burn|career|catholic|caucasian|child|christian|chronic|church|citizen|compensation|convict|criminal|currently|dad|depress|devout|disab|divorce|earn|elderly|employed|ethnic|faith|family|father|female|feminin|foreign|gap|girl|grad|guy|handicap|handym|headmaster|headscar|health|hearing|hijab|hindu|homosexual|housewi|illness|immigra|income|jail|jew|kid|ladies|lady|lesbian|male|marital|marri|masculin|maternity|medical|mental|migra|millennial|mom|mother|mum|muslim|national|native|newly|obese|overqual|overweight|parent|passport|paternity|physically|police|politic|pregnan|prison|race|racial|religi|retire|roma|salary|salesm|salesw|sex|sexual|sick|skin|speech|stewardess|surname|transgender|unemploy|unmarri|wage|waitress|wheelchair|white|woman|women|year|young|youth|age[ds]?\b|ex-?(?:con|off)|gen[\s-]?[xyz]|generation [xyz]|how much|job[\s-]hop|lads?\b|man\b|men\b|middle-age|digital native|cleaning lad|country of|old\b|older than|origin\b|over-?age|over the hill|employment[\s-]|fresh out|pay\b|pay ?slip|trade union|yo\b|what (?:do|did|does|are|were|was)|(?:must|should|ideally|preferably) (?:be )?(?:under|below|over|above|younger))|[\u017f\u212a]/i;
