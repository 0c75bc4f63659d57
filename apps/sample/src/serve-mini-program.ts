import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';

/** Beside the built sample, and from its sources. `npm run build` makes it of `apps/sample/web`. */
const PLACES = ['../sample-web', '../../../dist/apps/sample-web'];

/** Serves the mini program, and tells it which origin may show it in a frame: with that one alone it exchanges messages. */
export function serveMiniProgram(app: NestExpressApplication, embeddedBy: string | undefined): void {
  app.useStaticAssets(builtFolder());
  app.use('/mini-program.json', (_: Request, response: Response) => {
    response.json({ embeddedBy: embeddedBy ?? null });
  });
}

function builtFolder(): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const folder = folders.find((path) => existsSync(`${path}/index.html`));
  if (folder === undefined) throw new Error('The mini program is not built. Run: npm run build:web');
  return folder;
}
