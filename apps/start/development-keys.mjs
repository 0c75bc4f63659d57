import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key pairs of the sample and of the local wallet, made on the first run and kept. Only private keys are kept for
 * good; public ones are written anew each time, so that the two always belong together.
 */
export function developmentKeys(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { merchant: keyPair(folder, 'merchant'), wallet: keyPair(folder, 'wallet') };
}

function keyPair(folder, owner) {
  const privateKeyFile = join(folder, `${owner}-private-key.pem`);
  const publicKeyFile = join(folder, `${owner}-public-key.pem`);
  if (!existsSync(privateKeyFile)) writeWhole(privateKeyFile, newPrivateKey());
  const publicKey = createPublicKey(createPrivateKey(readFileSync(privateKeyFile)));
  writeWhole(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  return { privateKeyFile, publicKeyFile };
}

function newPrivateKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** Under another name first: a start that is interrupted leaves no half key behind. */
function writeWhole(path, text) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
