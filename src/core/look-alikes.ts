/** Cyrillic letters that read as Latin ones, as Unicode's confusables list pairs them. */
export const lookAlikes: ReadonlyMap<string, string> = new Map(
  [..."аеорсухіјѕԁһѡАВЕКМНОРСТХІЈЅ"].map((letter, index) => [letter, "aeopcyxijsdhwABEKMHOPCTXIJS"[index] ?? letter]),
);
