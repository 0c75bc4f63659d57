// The entry point nestjs-vodapay/swagger: apart from the main one, so that @nestjs/swagger stays optional.
export { ApiVodaPayAuth } from './swagger/api-vodapay-auth.decorator.js';
export type { ApiVodaPayAuthOptions } from './swagger/api-vodapay-auth.decorator.js';
