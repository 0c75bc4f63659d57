// Compiled, never run: every entry point that needs no package which only some applications have.
import { VodaPayModule, type VodaPayModuleOptions } from 'nestjs-vodapay';
import { contentToSign } from 'nestjs-vodapay/protocol';
import { VodaPayTestingModule } from 'nestjs-vodapay/testing';

export const signed: string = contentToSign({ path: '/v2', clientId: 'c', time: 't', body: '{}' });
export const kit: typeof VodaPayTestingModule = VodaPayTestingModule;
export const declare = (options: VodaPayModuleOptions) => VodaPayModule.forRoot({ ...options, isGlobal: true });

// @ts-expect-error a policy that nobody knows: the options are types here, and not any
export const wrong: VodaPayModuleOptions['responseSignature'] = 'sometimes';
