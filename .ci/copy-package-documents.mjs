// A published package shows its README and licence; they are kept once, at the root.
import { copyFileSync } from 'node:fs';

for (const name of ['README.md', 'LICENSE']) {
  copyFileSync(new URL(`../${name}`, import.meta.url), new URL(`../libs/vodapay/${name}`, import.meta.url));
}
