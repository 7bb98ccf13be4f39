const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/u;
const idPattern = new RegExp(`(?!${deviceName.source})^[a-z0-9]+(?:-[a-z0-9]+)*$`, "u");

export function isId(text: string): boolean {
  return text.length <= 63 && idPattern.test(text);
}

/** A text as an id: "Senior Backend Engineer" → "senior-backend-engineer"; "item" where nothing is left of it. */
export function toId(text: string, longest = 63): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  let id = words.slice(0, longest);
  if (words.length > longest) id = id.slice(0, Math.max(id.lastIndexOf("-"), 1));
  id = id.replaceAll(/-+$/gu, "");
  if (id === "") return "item";
  return deviceName.test(id) ? `${id}-role` : id;
}

/** An id for a text that no other item has yet: a number is added on collision. */
export function freeId(text: string, taken: Iterable<string>, longest = 40): string {
  const known = new Set(taken);
  const id = toId(text, longest);
  if (!known.has(id)) return id;
  let number = 2;
  while (known.has(`${id}-${number}`)) number += 1;
  return `${id}-${number}`;
}
