import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { VodaPayAuth, VodaPayAuthGuard, VodaPayUser } from 'nestjs-vodapay';

@Resolver()
export class LoginResolver {
  @UseGuards(VodaPayAuthGuard)
  @VodaPayAuth({ credentials: ['authCode'] })
  @Query(() => String)
  login(@Args('authCode') _authCode: string, @VodaPayUser('userId') userId: string) {
    return userId;
  }
}
