import { afterAll, beforeAll } from 'vitest';
import { ScriptedWallet } from './scripted-wallet.js';

/** A wallet that listens during the tests of the file or the surrounding `describe`. */
export function useScriptedWallet(): ScriptedWallet {
  const wallet = new ScriptedWallet();
  beforeAll(async () => void (await wallet.listen()));
  afterAll(() => wallet.close());
  return wallet;
}
