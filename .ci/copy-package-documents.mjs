// A published package shows its README and licence; they are kept once, at the root.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { packageReadme } from './package-readme.mjs';

const atRoot = (name) => new URL(`../${name}`, import.meta.url);
const inPackage = (name) => new URL(`../libs/vodapay/${name}`, import.meta.url);

writeFileSync(inPackage('README.md'), packageReadme(readFileSync(atRoot('README.md'), 'utf8')));
copyFileSync(atRoot('LICENSE'), inPackage('LICENSE'));
