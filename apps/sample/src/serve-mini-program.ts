import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import type { LinkingPolicy } from 'nestjs-vodapay';
import type { Environment } from './environment.js';

/** Beside the built sample, and from its sources. `npm run build` makes it of `apps/sample/web`. */
const PLACES = ['../sample-web', '../../../dist/apps/sample-web'];

/** What a customer is asked to share: no more than the policy needs. `ask` looks for accounts by the wallet's e-mail. */
const SCOPES: Readonly<Record<LinkingPolicy, readonly string[]>> = {
  create: ['auth_base', 'auth_user'],
  ask: ['auth_base', 'auth_user', 'USER_CONTACTINFO'],
  'existing-only': ['auth_base', 'auth_user'],
};

/** Serves the mini program, and tells it what to ask for and which origin may show it: with that one alone it talks. */
export function serveMiniProgram(app: NestExpressApplication, { embeddedBy, linkingPolicy }: Environment): void {
  app.useStaticAssets(builtFolder());
  app.use('/mini-program.json', (_: Request, response: Response) => {
    response.json({ embeddedBy: embeddedBy ?? null, scopes: SCOPES[linkingPolicy] });
  });
}

function builtFolder(): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const folder = folders.find((path) => existsSync(`${path}/index.html`));
  if (folder === undefined) throw new Error('The mini program is not built. Run: npm run build:web');
  return folder;
}
