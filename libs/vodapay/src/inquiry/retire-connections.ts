import type { HttpService } from '@nestjs/axios';
import type { RetirableAdapter } from './http-adapter.js';

/** Lets the connections to the wallet go, where they are this library's: an application's mock may have none. */
export function retireConnections({ axiosRef }: HttpService): void {
  const adapter: unknown = (axiosRef as HttpService['axiosRef'] | undefined)?.defaults?.adapter;
  if (isRetirable(adapter)) adapter.retire();
}

function isRetirable(adapter: unknown): adapter is RetirableAdapter {
  return typeof adapter === 'function' && 'retire' in adapter && typeof adapter.retire === 'function';
}
