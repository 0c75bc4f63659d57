import type { VodaPayPrincipal } from 'nestjs-vodapay';

/** What every route of the contract answers. */
export const view = (user: VodaPayPrincipal | undefined): { readonly user: string | null } => ({
  user: user?.userId ?? null,
});
