import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE: ReadonlySet<unknown> = new Set(['serious', 'critical']);

/** What axe finds serious or critical in the page and in the frames in it, a line each. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) {
    // Past the Content-Security-Policy, which allows no script of another place.
    await frame.evaluate(AXE);
    const { violations } = (await frame.evaluate(
      `axe.run(document, { iframes: false, resultTypes: ['violations'] })`,
    )) as AxeResults;
    for (const { id, impact, nodes } of violations) {
      if (GRAVE.has(impact)) found.push(`${id} (${impact}): ${nodes.map(({ html }) => html).join(' ')}`);
    }
  }
  return found;
}
