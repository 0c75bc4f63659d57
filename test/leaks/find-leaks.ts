import type { Recording, RecordedOutput, RecordedSecret } from './read-recording.js';

export interface Leak {
  /** What was said where: `log`, `answer`… */
  readonly saidIn: string;
  /** What it held. */
  readonly kind: string;
  /** The place, the value itself cut to its first characters. */
  readonly excerpt: string;
}

/** What is secret by its form, whoever made it. */
const SHAPES: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'session token', pattern: /vps_[A-Za-z0-9_-]{20,}/g },
  { kind: 'link ticket', pattern: /vpt_[A-Za-z0-9_-]{20,}/g },
  { kind: "one of VodaPay's handles", pattern: /(?<![0-9])000000000[1-9][A-Za-z0-9]{20,}/g },
  { kind: 'key', pattern: /-----BEGIN [A-Z ]+-----/g },
  { kind: 'signature', pattern: /(?:[A-Za-z0-9+/_-]|%2[BF]){300,}/gi },
  { kind: 'e-mail', pattern: /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g },
  { kind: 'phone', pattern: /\+[1-9][0-9]{9,14}(?![0-9])|(?<![0-9A-Za-z-])27-?[67][0-9]{8}(?![0-9])/g },
];

const SHOWN_CHARACTERS = 6;

/** Every secret or personal datum in what was said: the noted values, and whatever looks like one. */
export function findLeaks(recording: Recording): readonly Leak[] {
  const noted = indexByPrefix(recording.secrets);
  return recording.output
    .map(withoutOwnTicket)
    .flatMap((entry) => [...leaksByShape(entry), ...leaksByValue(entry, noted)]);
}

/** A login that needs a proof is answered with the client's own ticket, in this one field of a refusal's body. */
function withoutOwnTicket(entry: RecordedOutput): RecordedOutput {
  if (entry.kind !== 'answer') return entry;
  return { ...entry, text: entry.text.replaceAll(/"ticket":"vpt_[A-Za-z0-9_-]{43}"/g, '"ticket":""') };
}

function leaksByShape({ kind: saidIn, text }: RecordedOutput): readonly Leak[] {
  return SHAPES.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({
      saidIn,
      kind,
      excerpt: excerpt(text, match.index, match[0].length),
    })),
  );
}

const PREFIX_LENGTH = 8;
type NotedSecrets = ReadonlyMap<string, readonly RecordedSecret[]>;

/** Thousands of secrets are looked up by their first characters, so that the text is walked once. */
function indexByPrefix(secrets: readonly RecordedSecret[]): NotedSecrets {
  const index = new Map<string, RecordedSecret[]>();
  for (const secret of distinct(secrets.flatMap(formsOf))) {
    const prefix = secret.value.slice(0, PREFIX_LENGTH);
    index.set(prefix, [...(index.get(prefix) ?? []), secret]);
  }
  return index;
}

/** A value may be said URL-encoded, a key line by line, a phone number without its punctuation. */
function formsOf({ kind, value }: RecordedSecret): readonly RecordedSecret[] {
  const lines = value.split(/\r?\n|\\n/).filter((line) => !line.startsWith('-----'));
  const digits = kind.includes('phone') ? [value.replaceAll(/[^0-9]/g, '')] : [];
  return [...lines, ...lines.map((line) => encodeURIComponent(line)), ...digits]
    .filter((form) => form.length >= PREFIX_LENGTH)
    .map((form) => ({ kind, value: form }));
}

function distinct(secrets: readonly RecordedSecret[]): readonly RecordedSecret[] {
  return [...new Map(secrets.map((secret) => [secret.value, secret])).values()];
}

function leaksByValue({ kind: saidIn, text }: RecordedOutput, noted: NotedSecrets): readonly Leak[] {
  const leaks: Leak[] = [];
  for (let at = 0; at + PREFIX_LENGTH <= text.length; at += 1) {
    for (const { kind, value } of noted.get(text.slice(at, at + PREFIX_LENGTH)) ?? []) {
      if (text.startsWith(value, at)) leaks.push({ saidIn, kind, excerpt: excerpt(text, at, value.length) });
    }
  }
  return leaks;
}

function excerpt(text: string, at: number, length: number): string {
  const before = text.slice(Math.max(0, at - 120), at);
  const after = text.slice(at + length, at + length + 60);
  return `${before}${text.slice(at, at + SHOWN_CHARACTERS)}…(${length} characters)${after}`;
}
