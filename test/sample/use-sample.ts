import { afterAll, beforeAll } from 'vitest';
import { startSample, startWalletForSample, temporaryFolder, type RunningSample, type Wallet } from './start-sample.js';

/** A sample on a database of its own, and the wallet it trusts. */
export interface SampleUnderTest {
  sample: RunningSample;
  wallet: Wallet;
}

/** Runs both for the tests of a file. */
export function useSample(settings: (wallet: Wallet) => NodeJS.ProcessEnv = () => ({})): SampleUnderTest {
  const folder = temporaryFolder();
  const fixture = {} as SampleUnderTest;

  beforeAll(async () => {
    const { wallet, variables } = await startWalletForSample();
    fixture.wallet = wallet;
    const DATABASE_URL = `sqlite:${folder.path}/sample.sqlite`;
    fixture.sample = await startSample({ ...variables, DATABASE_URL, ...settings(wallet) });
  });

  afterAll(async () => {
    await fixture.sample?.stop();
    await fixture.wallet?.stop();
    folder.remove();
  });
  return fixture;
}
