/** The guarded routes, their module and their settings. */
export function signInFiles(ending: string): Readonly<Record<string, string>> {
  return {
    'vodapay-environment.ts': ENVIRONMENT,
    'vodapay-accounts.module.ts': accountsModule(ending),
    'vodapay-sign-in.module.ts': signInModule(ending),
    'vodapay-sign-in.controller.ts': CONTROLLER,
    'vodapay-sign-in.spec.ts': spec(ending),
  };
}

const ENVIRONMENT = `import { existsSync, readFileSync } from 'node:fs';
import type { VodaPayModuleOptions } from 'nestjs-vodapay';

/** VodaPay's settings. \`.env\` gives what the environment doesn't; \`.env.example\` says what they mean. */
export function vodaPayEnvironment(): Omit<VodaPayModuleOptions, 'accounts'> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return {
    baseUrl: required('VODAPAY_BASE_URL'),
    clientId: required('VODAPAY_CLIENT_ID'),
    privateKey: readFileSync(required('VODAPAY_PRIVATE_KEY_FILE'), 'utf8'),
    vodapayPublicKey: readFileSync(required('VODAPAY_PUBLIC_KEY_FILE'), 'utf8'),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new TypeError(\`\${name} is not set. See .env.example.\`);
  return value;
}
`;

const accountsModule = (ending: string): string => `import { Module } from '@nestjs/common';
import { VodaPayAccounts } from './vodapay-accounts${ending}';

@Module({ providers: [VodaPayAccounts], exports: [VodaPayAccounts] })
export class VodaPayAccountsModule {}
`;

const signInModule = (ending: string): string => `import { Module } from '@nestjs/common';
import { VodaPayModule } from 'nestjs-vodapay';
import { VodaPayAccounts } from './vodapay-accounts${ending}';
import { VodaPayAccountsModule } from './vodapay-accounts.module${ending}';
import { vodaPayEnvironment } from './vodapay-environment${ending}';
import { VodaPaySignInController } from './vodapay-sign-in.controller${ending}';

@Module({
  imports: [
    VodaPayModule.forRootAsync({
      isGlobal: true,
      imports: [VodaPayAccountsModule],
      inject: [VodaPayAccounts],
      useFactory: (accounts: VodaPayAccounts) => ({ ...vodaPayEnvironment(), accounts }),
    }),
  ],
  controllers: [VodaPaySignInController],
})
export class VodaPaySignInModule {}
`;

const CONTROLLER = `import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { VodaPayAuth, VodaPayAuthGuard, VodaPayUser } from 'nestjs-vodapay';
import type { VodaPayPrincipal } from 'nestjs-vodapay';

@Controller('vodapay')
@UseGuards(VodaPayAuthGuard)
export class VodaPaySignInController {
  /** Takes the mini program's auth code, \`{ "authCode": "…" }\`, and nothing else. */
  @Post('login')
  @HttpCode(200)
  @VodaPayAuth({ credentials: ['authCode'] })
  login(@VodaPayUser() user: VodaPayPrincipal) {
    // By name: the token is not serialised with the principal, so that it gets into no log.
    return { token: user.session?.token, expiresAt: user.session?.expiresAt, outcome: user.outcome };
  }

  /** Takes that token as \`Authorization: Bearer …\`, like every guarded route. */
  @Get('me')
  me(@VodaPayUser() user: VodaPayPrincipal) {
    return { accountId: user.accountId, vodaPayUserId: user.userId };
  }
}
`;

const spec = (ending: string): string => `import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { signInAs, VodaPayTestingModule } from 'nestjs-vodapay/testing';
import { AppModule } from '../app.module${ending}';
import { VodaPayAccounts } from './vodapay-accounts${ending}';

describe('signing in with VodaPay', () => {
  let app: INestApplication;

  beforeAll(async () => {
    process.env.DATABASE_FILE = ':memory:';
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const testing = await VodaPayTestingModule.replaceIn(builder, { accounts: VodaPayAccounts }).compile();
    app = testing.createNestApplication();
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app?.close());

  it('opens the guarded route to who is signed in', async () => {
    const { headers } = await signInAs(app, '216610000000000000001');
    const me = await fetch(\`\${await app.getUrl()}/vodapay/me\`, { headers });
    expect(me.status).toBe(200);
    expect(await me.json()).toMatchObject({ vodaPayUserId: '216610000000000000001' });
  });

  it('keeps it shut to everybody else', async () => {
    expect((await fetch(\`\${await app.getUrl()}/vodapay/me\`)).status).toBe(401);
  });
});
`;
