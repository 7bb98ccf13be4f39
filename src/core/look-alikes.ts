/** Cyrillic letters that read as Latin ones. */
export const lookAlikes: ReadonlyMap<string, string> = new Map(
  [..."аеорсухіјѕԁһѡАВЕКМНОРСТХІЈЅ"].map((letter, index) => [letter, "aeopcyxijsdhwABEKMHOPCTXIJS"[index] ?? letter]),
);
