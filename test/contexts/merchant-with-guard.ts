import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { VodaPayAuthGuard } from 'nestjs-vodapay';
import { startMerchant, type Merchant, type MerchantSetUp } from '../login/start-merchant.js';

const EVERYWHERE: Provider = { provide: APP_GUARD, useExisting: VodaPayAuthGuard };

/** The wallet's deadline: none of these tests is about it, and a busy machine must not make it one. Milliseconds. */
const PATIENT_MS = 30_000;

/** A merchant with these parts, and the guard on all routes where that is asked for. */
export function startGuarded(
  { global, ...setUp }: MerchantSetUp & { readonly global: boolean },
  { controllers = [], providers = [], imports = [] }: NonNullable<MerchantSetUp['module']>,
  prepare?: MerchantSetUp['prepare'],
): Promise<Merchant> {
  const guards = global ? [EVERYWHERE] : [];
  const module = { imports, controllers, providers: [...providers, ...guards] };
  const options = { timeoutMs: PATIENT_MS, ...setUp.options };
  return startMerchant({ ...setUp, options, module, ...(prepare === undefined ? {} : { prepare }) });
}
