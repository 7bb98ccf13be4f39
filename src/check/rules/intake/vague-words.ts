/** Words that no one can score, why, and what to write instead. Kept short on purpose: few, and hardly ever meant otherwise. */
export const vagueWords: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /\brock[\s-]?stars?\b/iu, instead: "say what the person has done that few have" },
  { pattern: /\bninjas?\b/iu, instead: "say which skill, at which depth" },
  {
    pattern: /\b(?:coding|growth|marketing|sales|tech)\s+(?:gurus?|wizards?|unicorns?)\b|\bdata\s+(?:gurus?|unicorns?)\b/iu,
    instead: "say which skill, at which depth",
  },
  { pattern: /\b(?:culture|cultural)[\s-]fit\b/iu, instead: "name a way of working one can see: what do they do, and when does it show?" },
  {
    pattern: /\b(?:good|great|strong|excellent)\s+(?:communicator|communication(?:\s+skills)?|people\s+skills|interpersonal\s+skills)\b/iu,
    instead: "say who must understand what: 'explains an incident to customers in writing'",
  },
  { pattern: /\bteam[\s-]players?\b/iu, instead: "say what they do for the team, and when it shows" },
  { pattern: /\bself[\s-]starters?\b/iu, instead: "say what they began without being asked" },
  {
    pattern: /\b(?:can-do attitude|positive attitude|hard[\s-]working(?!\s+hours)|go-getters?|wears? many hats)\b/iu,
    instead: "say which behaviour, in which situation",
  },
  { pattern: /\bhit the ground running\b/iu, instead: "say what must work after how many weeks" },
  { pattern: /\bpersonality\b(?!\s+(?:disorder|test|assessment|model))/iu, instead: "name the behaviour, never the personality" },
];

/** Beginnings of words of which every match above holds one, or a letter that reads as s or k: most texts are done with at a look. */
export const suspectWords =
  /\b(?:coding|cultur|data|excellent|go-get|good|great|growth|hard|hit the|marketing|ninja|people|personality|positive|rock|sales|self|strong|team|tech|can-do|interpersonal|wear)|[\u017f\u212a]/i;
