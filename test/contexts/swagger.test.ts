import { Controller, Get, Post } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ApiVodaPayAuth } from 'nestjs-vodapay/swagger';
import { beforeAll, describe, expect, it } from 'vitest';
import { VODAPAY_ERRORS } from '../../libs/vodapay/src/errors/vodapay-errors.js';

@Controller()
class RoutesController {
  @ApiVodaPayAuth()
  @Get('me')
  me(): void {}

  @ApiVodaPayAuth({ optional: true })
  @Get('maybe')
  maybe(): void {}

  @ApiVodaPayAuth({ credentials: ['authCode'] })
  @Post('login')
  login(): void {}
}

let description: OpenAPIObject;
beforeAll(async () => {
  const testing = await Test.createTestingModule({ controllers: [RoutesController] }).compile();
  const app = testing.createNestApplication();
  await app.init();
  description = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
  await app.close();
});

describe('The description of a guarded route', () => {
  it('asks for the bearer, and names every code of each refusal from the table of errors', () => {
    const me = description.paths['/me']?.get;
    expect(me?.security).toEqual([{ bearer: [] }]);
    expect(Object.keys(me?.responses ?? {})).toEqual(expect.arrayContaining(['400', '401', '403', '502', '503']));
    const codes = Object.entries(VODAPAY_ERRORS).filter(([, { status }]) => status === 401);
    expect(me?.responses['401']).toMatchObject({
      headers: { 'WWW-Authenticate': {} },
      content: { 'application/json': { schema: { properties: { code: { enum: codes.map(([code]) => code) } } } } },
    });
    expect(me?.responses['503']).toMatchObject({ headers: { 'Retry-After': {} } });
  });

  it('leaves the bearer to the client where the route is optional', () => {
    expect(description.paths['/maybe']?.get?.security).toEqual(expect.arrayContaining([{}, { bearer: [] }]));
  });

  it('asks a login for an auth code in the body and for no bearer', () => {
    const login = description.paths['/login']?.post;
    expect(login?.security).toBeUndefined();
    expect(login?.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { required: ['authCode'] } } },
    });
    expect(Object.keys(login?.responses ?? {})).toEqual(expect.arrayContaining(['409', '429', '504']));
  });
});
