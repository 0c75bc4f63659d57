import { createRequire } from 'node:module';
import { VodaPayError } from 'nestjs-vodapay';
import { signIn } from './app.js';

const required = createRequire(import.meta.url)('nestjs-vodapay') as { VodaPayError: unknown };
const oneClass = required.VodaPayError === VodaPayError;

console.log(JSON.stringify({ ...(await signIn('2166100000000000000121')), oneClass, node: process.version }));
