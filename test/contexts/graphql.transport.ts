import { UseGuards } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Args, GraphQLModule, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Public,
  RequireScopes,
  VodaPayAuth,
  VodaPayAuthGuard,
  VodaPayUser,
  type VodaPayPrincipal,
} from 'nestjs-vodapay';
import { startGuarded } from './merchant-with-guard.js';
import { outcomeOf, RECENT_MS, type TransportUnderTest } from './transport.js';

const NULLABLE = { nullable: true };

@Resolver()
class RoutesResolver {
  @UseGuards(VodaPayAuthGuard)
  @Query(() => String)
  me(@VodaPayUser() user: VodaPayPrincipal, @Args('authCode', NULLABLE) _authCode?: string) {
    return user.userId;
  }

  @Public()
  @Query(() => String)
  open() {
    return 'anybody';
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ optional: true })
  @Query(() => String, NULLABLE)
  maybe(@VodaPayUser('userId') userId: string | undefined) {
    return userId ?? null;
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ freshWithinMs: RECENT_MS })
  @Query(() => String)
  recent(@VodaPayUser('userId') userId: string) {
    return userId;
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Query(() => String)
  login(@Args('authCode', NULLABLE) _authCode: string, @VodaPayUser('userId') userId: string) {
    return userId;
  }

  @UseGuards(VodaPayAuthGuard, VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Mutation(() => String)
  twice(@Args('authCode', NULLABLE) _authCode: string, @VodaPayUser('userId') userId: string) {
    return userId;
  }

  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'], linking: 'existing-only' })
  @Query(() => String)
  known(@Args('authCode', NULLABLE) _authCode: string, @VodaPayUser('userId') userId: string) {
    return userId;
  }

  @UseGuards(VodaPayAuthGuard)
  @RequireScopes('USER_CONTACTINFO')
  @Query(() => String)
  contact(@VodaPayUser('userId') userId: string) {
    return userId;
  }

  @Query(() => String)
  bare() {
    return 'anybody';
  }

  @Query(() => String, NULLABLE)
  unguarded(@VodaPayUser('userId') userId: string | undefined) {
    return userId ?? null;
  }

  @VodaPayAuth()
  @Query(() => String)
  forgotten() {
    return 'anybody';
  }

  @UseGuards(VodaPayAuthGuard)
  @Public()
  @Query(() => String)
  contradictory() {
    return 'anybody';
  }
}

export const GRAPHQL: TransportUnderTest = {
  name: 'GraphQL on Apollo',
  takesAuthCodes: true,
  start: async (setUp) => {
    const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      graphiql: false,
    });
    const merchant = await startGuarded(setUp, { imports: [graphql], providers: [RoutesResolver] });
    return {
      merchant,
      call: async (route, { bearer, authCode } = {}) => {
        const args = authCode === undefined ? '' : `(authCode: ${JSON.stringify(authCode)})`;
        const query = `${route === 'twice' ? 'mutation' : 'query'} { ${route}${args} }`;
        const init = { body: { query }, ...(bearer === undefined ? {} : { bearer }) };
        const { data, errors } = (await merchant.request('POST', '/graphql', init)).body as unknown as GraphqlAnswer;
        const [error] = errors ?? [];
        return error === undefined ? { user: data?.[route] ?? null } : outcomeOf(refusalOf(error.extensions));
      },
      close: () => merchant.close(),
    };
  },
};

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, string | null>>;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Apollo has codes of its own for what isn't ours. */
function refusalOf(extensions: Readonly<Record<string, unknown>>): unknown {
  return String(extensions['code']).startsWith('VODAPAY_') ? extensions : undefined;
}
