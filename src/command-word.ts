/** The command named on the command line: the first word that is no flag and no flag's value; `help X` means X. */
export function commandWord(argv: readonly string[]): string | undefined {
  const words: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (word === "-C" || word === "--directory" || word === "--as" || word === "--color") index += 1;
    else if (!word.startsWith("-")) words.push(word);
  }
  return words[0] === "help" ? words[1] : words[0];
}
