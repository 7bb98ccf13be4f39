import { Refusal } from "../core/refusal.ts";

/**
 * Texts for certain eyes only: age (https://age-encryption.org/v1), in its armoured form. Recipients are `age1…` keys,
 * identities `AGE-SECRET-KEY-1…` lines of a file as `age-keygen` writes it.
 */
export async function encryptTo(text: string, recipients: readonly string[]): Promise<string> {
  if (recipients.length === 0)
    throw new Refusal("for whose eyes?", { hint: "--to age1…, as age-keygen -y prints it; may be given more than once" });
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient.trim());
    } catch (error) {
      throw new Refusal(`'${recipient.slice(0, 80)}' is no age recipient`, {
        hint: "one begins with age1; age-keygen -y prints it",
        cause: error,
      });
    }
  }
  return armor.encode(await encrypter.encrypt(text));
}

export async function decryptWith(armoured: string, identityFile: string): Promise<string> {
  const identities = identityFile
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (/^-----BEGIN /mu.test(identityFile))
    throw new Refusal("the identity file holds a key that is itself encrypted, or of another kind", {
      hint: "age --decrypt KEYFILE opens one with a passphrase; keys begin with AGE-SECRET-KEY-1, and age-keygen makes them",
    });
  if (identities.length === 0)
    throw new Refusal("the identity file holds no key", { hint: "a line that begins with AGE-SECRET-KEY-1: age-keygen makes one" });
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch (error) {
      // The line is a secret: it is not quoted.
      throw new Refusal("the identity file holds a line that is no age key", { hint: "keys begin with AGE-SECRET-KEY-1", cause: error });
    }
  }
  try {
    return await decrypter.decrypt(armor.decode(armoured), "text");
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    throw new Refusal(
      /no identity matched/iu.test(said) ? "this was encrypted for other keys than yours" : `this is no whole age file (${said})`,
      {
        hint: "ask whoever sent it to encrypt it to your key: age-keygen -y KEYFILE prints it",
        cause: error,
      },
    );
  }
}
