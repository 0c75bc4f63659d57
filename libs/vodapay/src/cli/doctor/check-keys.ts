import { isSameKey } from '../../protocol/is-same-key.js';
import { readKeyMaterial } from '../../protocol/key-material.js';
import { parsePrivateKey } from '../../protocol/parse-private-key.js';
import { parsePublicKey } from '../../protocol/parse-public-key.js';
import type { GivenKey } from '../read-key-variable.js';
import type { Facts } from './facts.js';
import { fine, problem, warning, type Finding } from './finding.js';

const MAKE_ONE = 'Make a pair with: nestjs-vodapay keygen. Its public half is registered at VodaPay.';
const FROM_THE_PORTAL = "Take VodaPay's own public key from its portal; it is nothing that you make.";
/** A key that is there but cannot be read as it is: nobody should make a new one for that. */
const AS_IT_IS: readonly (readonly [complaint: RegExp, next: string])[] = [
  [/an encrypted private key came/, 'Decrypt it: openssl pkey -in <the key> -out <new file>.'],
  [
    /without a whole block came/,
    'Copy it whole, its first and last line too. In an env file write it in double quotes, or in one line with \\n.',
  ],
];
const WHOLE_NUMBER = /^[1-9]\d{0,8}$/;

/** Both keys, as each is and as they go together. */
export function checkKeys({ privateKey, publicKey, variables }: Facts): readonly Finding[] {
  if (kindOf(privateKey) === 'public' && kindOf(publicKey) === 'private') {
    const says = `${privateKey.variable} and ${publicKey.variable} are swapped: the first holds a public key, the second a private one.`;
    return [problem(says, `Swap them. ${FROM_THE_PORTAL}`)];
  }
  return [
    ...checkPrivateKey(privateKey),
    ...checkPublicKey(publicKey, privateKey),
    ...['VODAPAY_KEY_VERSION', 'VODAPAY_PUBLIC_KEY_VERSION'].flatMap((name) => checkVersion(name, variables[name])),
  ];
}

function checkPrivateKey(given: GivenKey): readonly Finding[] {
  const { variable, text, readableByOthers } = given;
  if (text === undefined) return [problem(given.problem ?? `${variable} is not set.`, given.next ?? MAKE_ONE)];
  if (kindOf(given) === 'public') {
    return [problem(`${variable} holds a public key; your private key belongs there.`, MAKE_ONE)];
  }
  const complaint = complaintOf(() => parsePrivateKey(text, variable));
  if (complaint !== undefined) return [problem(complaint, nextFor(complaint, MAKE_ONE))];
  const open = 'can be read by other users of this machine.';
  return readableByOthers === true
    ? [warning(`The file of ${variable} ${open}`, 'Let its owner alone read it: chmod 600.')]
    : [fine(`${variable} holds a private RSA key.`)];
}

function checkPublicKey(given: GivenKey, own: GivenKey): readonly Finding[] {
  const { variable, text } = given;
  if (text === undefined) return [problem(given.problem ?? `${variable} is not set.`, given.next ?? FROM_THE_PORTAL)];
  if (kindOf(given) === 'private') {
    const says = `${variable} holds a private key; VodaPay's public key belongs there.`;
    return [problem(says, `${FROM_THE_PORTAL} If the private key is yours, keep it out of this variable.`)];
  }
  const complaint = complaintOf(() => parsePublicKey(text, variable));
  if (complaint !== undefined) return [problem(complaint, nextFor(complaint, FROM_THE_PORTAL))];
  if (isOwn(text, own)) {
    const says = `${variable} holds your own public key, the half of ${own.variable}; no answer of VodaPay's verifies with it.`;
    return [problem(says, FROM_THE_PORTAL)];
  }
  return [fine(`${variable} holds a public RSA key that is not your own.`)];
}

function checkVersion(variable: string, text: string | undefined): readonly Finding[] {
  if (text === undefined || WHOLE_NUMBER.test(text)) return [];
  return [
    problem(`${variable} must be a whole number from 1.`, 'It is the version under which the key is registered.'),
  ];
}

function isOwn(publicText: string, own: GivenKey): boolean {
  const { text } = own;
  if (text === undefined || complaintOf(() => parsePrivateKey(text, own.variable)) !== undefined) return false;
  return isSameKey(parsePrivateKey(text, own.variable), parsePublicKey(publicText, 'public key'));
}

function kindOf({ text }: GivenKey): 'private' | 'public' | 'other' | undefined {
  return text === undefined ? undefined : readKeyMaterial(text).kind;
}

function nextFor(complaint: string, otherwise: string): string {
  return AS_IT_IS.find(([pattern]) => pattern.test(complaint))?.[1] ?? otherwise;
}

function complaintOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message.replace(/^VodaPayModule: option /, '');
  }
}
