/** More is a document, no reason. */
const LONGEST = 200;

/** An address of any kind, or five digits of a number, however they are grouped. */
const LOOKS_LIKE_A_CONTACT = /@|(?:\d[\s().-]*){5}/;

/** Why the application makes no account, fit for the log: it was asked for words without personal data (R19). */
export function conflictWords(words: string): string {
  if (LOOKS_LIKE_A_CONTACT.test(words))
    return 'withheld: they hold what looks like an e-mail address or a phone number';
  return words.slice(0, LONGEST);
}
