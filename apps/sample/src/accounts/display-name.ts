import type { VodaPayProfile } from 'nestjs-vodapay';

/** Columns count code points or UTF-16 units, depending on the database; this fits both. */
const MAX_UNITS = 64;

/** What the shop calls a new customer: nickname, else name, on one line; null when VodaPay told neither. */
export function displayName(profile: VodaPayProfile): string | null {
  const told = [profile.nickName, profile.fullName, [profile.firstName, profile.lastName].filter(Boolean).join(' ')];
  return told.map(onOneLine).find((name) => name !== '') ?? null;
}

function onOneLine(text: string | undefined): string {
  const clean = (text ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  let short = '';
  for (const character of clean) {
    if (short.length + character.length > MAX_UNITS) break;
    short += character;
  }
  return short.trimEnd();
}
