import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createApp } from '../../apps/sample/src/create-app.js';
import { readEnvironment } from '../../apps/sample/src/environment.js';
import { SampleLogger } from '../../apps/sample/src/sample-logger.js';
import { startWallet, type WalletOptions } from '../../apps/wallet/src/start-wallet.js';
import { newKeys } from './keys.js';

const CLIENT_ID = 'SAMPLE-UNDER-TEST';

export type Wallet = Awaited<ReturnType<typeof startWallet>>;

/** A local wallet, and the variables with which a sample trusts it and is trusted by it. */
export interface WalletForSample {
  readonly wallet: Wallet;
  readonly variables: NodeJS.ProcessEnv;
}

export async function startWalletForSample(options: WalletOptions = {}): Promise<WalletForSample> {
  const merchant = newKeys();
  const wallet = await startWallet({ ...options, clientId: CLIENT_ID, merchantPublicKey: merchant.publicKey });
  const variables = {
    VODAPAY_BASE_URL: wallet.url,
    VODAPAY_CLIENT_ID: CLIENT_ID,
    VODAPAY_PRIVATE_KEY: merchant.privateKey,
    VODAPAY_PUBLIC_KEY: wallet.publicKey,
  };
  return { wallet, variables };
}

export interface RunningSample {
  readonly url: string;
  readonly dataSource: DataSource;
  stop(): Promise<void>;
}

/** The sample, listening on this port; unless given, on a free one. */
export async function startSample(variables: NodeJS.ProcessEnv, port = 0): Promise<RunningSample> {
  const app = await createApp(readEnvironment(variables), new SampleLogger());
  await app.listen(port, '127.0.0.1');
  return {
    url: await app.getUrl(),
    dataSource: app.get(DataSource),
    stop: async () => {
      app.getHttpServer().closeAllConnections();
      await app.close();
      Logger.flush();
    },
  };
}

/** A folder for a database file, and its removal. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'sample-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
