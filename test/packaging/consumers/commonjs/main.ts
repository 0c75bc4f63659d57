import { VodaPayError } from 'nestjs-vodapay';
import { signIn } from './app';

async function main(): Promise<void> {
  // Hidden from TypeScript, which would turn it into a require.
  const load = new Function('name', 'return import(name)') as (name: string) => Promise<{ VodaPayError: unknown }>;
  const oneClass = (await load('nestjs-vodapay')).VodaPayError === VodaPayError;
  console.log(JSON.stringify({ ...(await signIn('2166100000000000000112')), oneClass, node: process.version }));
}

void main();
