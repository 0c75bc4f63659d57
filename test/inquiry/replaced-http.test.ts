import { inspect } from 'node:util';
import http from 'node:http';
import { HttpModule, HttpService } from '@nestjs/axios';
import { Test } from '@nestjs/testing';
import axios, { AxiosError, AxiosHeaders, type AxiosAdapter, type AxiosInstance, type AxiosResponse } from 'axios';
import { of, throwError, type Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpClient } from '../../libs/vodapay/src/inquiry/create-http-client.js';
import { vodaPayHttpConfig } from '../../libs/vodapay/src/inquiry/http-config.js';
import { VodaPayInquiryService } from '../../libs/vodapay/src/inquiry/vodapay-inquiry.service.js';
import { VODAPAY_CLOCK, VODAPAY_OPTIONS } from '../../libs/vodapay/src/vodapay.tokens.js';
import { ACCESS_TOKEN, AUTH_CODE, CLIENT_ID, inquiryOver, resolvedOptions } from './inquiry-under-test.js';
import { S, signatureHeaders, success, USER_ID } from './scripted-wallet.js';
import { useScriptedWallet } from './use-scripted-wallet.js';

const wallet = useScriptedWallet();

afterEach(() => void vi.restoreAllMocks());

const text = JSON.stringify({ result: S, userInfo: { userId: USER_ID } });
const answerHeaders = (): Record<string, string> =>
  signatureHeaders(
    { path: '/v2/customers/user/inquiryUserInfo', headers: { 'client-id': CLIENT_ID }, body: '', verified: true },
    text,
  );

/** An HttpService as a test of an application would write it. */
const mock = (answer: () => Observable<unknown>): HttpService => ({ request: answer }) as unknown as HttpService;

describe('an HttpService that an application replaces', () => {
  const bytes = Buffer.from(text);
  it.each([
    ['a Buffer and AxiosHeaders', bytes, () => new AxiosHeaders(answerHeaders())],
    ['an ArrayBuffer', new Uint8Array(bytes).buffer, answerHeaders],
    ['a Uint8Array', new Uint8Array(bytes), answerHeaders],
    ['a text', text, answerHeaders],
    [
      'headers in upper case',
      text,
      () => Object.fromEntries(Object.entries(answerHeaders()).map(([name, value]) => [name.toUpperCase(), value])),
    ],
    ['headers of fetch', text, () => new Headers(answerHeaders())],
  ])('may answer with %s', async (_title, data, headers) => {
    const service = mock(() => of({ status: 200, headers: headers(), data }));
    await expect(inquiryOver({}, Date.now, service).inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({
      userId: USER_ID,
    });
  });

  it('is told to give bytes when it gives a parsed answer', async () => {
    const service = mock(() => of({ status: 200, headers: answerHeaders(), data: JSON.parse(text) as unknown }));
    await expect(inquiryOver({}, Date.now, service).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      code: 'VODAPAY_RESPONSE_MALFORMED',
      message: expect.stringContaining('Buffer'),
    });
  });

  it('may answer without headers or data', async () => {
    const service = mock(() => of({ status: 200 }));
    await expect(inquiryOver({}, Date.now, service).inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({
      stage: 'answer',
    });
  });

  it('may reject for a status: the answer within is judged', async () => {
    const service = mock(() => {
      const response = { status: 503, headers: new AxiosHeaders({ 'Retry-After': '1' }), data: '' } as AxiosResponse;
      return throwError(() => new AxiosError('Request failed', 'ERR_BAD_RESPONSE', undefined, undefined, response));
    });
    await expect(
      inquiryOver({ maxAttempts: 1 }, Date.now, service).inquiryUserInfo(ACCESS_TOKEN),
    ).rejects.toMatchObject({
      code: 'VODAPAY_WALLET_UNAVAILABLE',
      retryAfterMs: 1_000,
    });
  });

  it('keeps its interceptors: they see each attempt', async () => {
    const seen: unknown[] = [];
    const instance = axios.create(vodaPayHttpConfig(resolvedOptions()));
    instance.interceptors.request.use((config) => {
      seen.push(config.url);
      return config;
    });
    wallet.script(success);
    await inquiryOver({ baseUrl: wallet.baseUrl }, Date.now, new HttpService(instance)).inquiryUserInfo(ACCESS_TOKEN);
    expect(seen).toEqual([`${wallet.baseUrl}/v2/customers/user/inquiryUserInfo`]);
  });

  it("of the module's own HttpService may be added, and taken off, while it runs", async () => {
    const client = createHttpClient(resolvedOptions());
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl }, Date.now, new HttpService(client));
    const seen: unknown[] = [];
    wallet.script(success, success, success);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    const interceptor = client.interceptors.response.use((answer) => {
      seen.push(answer.status);
      return answer;
    });
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    client.interceptors.response.eject(interceptor);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    expect(seen).toEqual([200]);
  });

  it("of the module's own HttpService may have headers and another adapter in their defaults", async () => {
    const client = createHttpClient(resolvedOptions());
    const inquiry = inquiryOver({ baseUrl: wallet.baseUrl }, Date.now, new HttpService(client));
    client.defaults.headers.common['X-Egress'] = 'merchant';
    wallet.script(success);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    expect(wallet.calls[0]?.headers['x-egress']).toBe('merchant');
    const own = client.defaults.adapter as AxiosAdapter;
    const asked: unknown[] = [];
    client.defaults.adapter = (config) => {
      asked.push(config.headers.get('X-Egress'));
      return own(config);
    };
    wallet.script(success);
    await inquiry.inquiryUserInfo(ACCESS_TOKEN);
    expect(asked).toEqual(['merchant']);
  });

  it.each<[string, (defaults: AxiosInstance['defaults']) => unknown]>([
    ['for every method', ({ headers }) => (headers['X-Egress'] = 'merchant')],
    ['in another case than ours', ({ headers }) => Object.assign(headers.common, { accept: '*/*', 'client-id': '1' })],
    ['that is switched off', ({ headers }) => (headers.common['X-Egress'] = false)],
    ['that is a number, or several', ({ headers }) => Object.assign(headers.post, { 'X-One': 1, 'X-Two': ['a', 'b'] })],
    ['in the place of all of them', (defaults) => Object.assign(defaults, { headers: { 'X-Egress': 'merchant' } })],
  ])("of the module's own HttpService sends a default header %s as axios does", async (_title, change) => {
    const now = Date.now();
    const sentBy = async (client: AxiosInstance): Promise<unknown> => {
      change(client.defaults);
      wallet.script(success);
      await inquiryOver({ baseUrl: wallet.baseUrl }, () => now, new HttpService(client)).inquiryUserInfo(ACCESS_TOKEN);
      return wallet.calls.at(-1)?.headers;
    };
    const throughAxios = createHttpClient(resolvedOptions());
    throughAxios.interceptors.request.use((config) => config);
    expect(await sentBy(createHttpClient(resolvedOptions()))).toEqual(await sentBy(throughAxios));
  });

  it("works over axios' own adapter, with the same refusals", async () => {
    const inquiry = inquiryOver(
      { baseUrl: wallet.baseUrl, maxAttempts: 1, timeoutMs: 300 },
      Date.now,
      new HttpService(axios.create()),
    );
    wallet.script(success);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    expect(wallet.calls[0]?.verified).toBe(true);
    wallet.script((_call, response) => void response.writeHead(302, { Location: '/other' }).end());
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_REDIRECT' });
    expect(wallet.calls).toHaveLength(1);
    wallet.script((_call, response) => void response.end(Buffer.alloc(1_048_577)));
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_TOO_LARGE' });
    wallet.script((_call, response) => {
      response.writeHead(200, { 'Content-Length': '500' }).write('{');
      setImmediate(() => response.destroy());
    });
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_RESPONSE_INCOMPLETE' });
    wallet.script(() => undefined);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).rejects.toMatchObject({ code: 'VODAPAY_DEADLINE_EXCEEDED' });
  });

  it('may come from HttpModule with our configuration', async () => {
    const options = resolvedOptions({ baseUrl: wallet.baseUrl });
    const provideOptions = { provide: VODAPAY_OPTIONS, useValue: options };
    const module = await Test.createTestingModule({
      imports: [
        HttpModule.registerAsync({
          useFactory: vodaPayHttpConfig,
          inject: [VODAPAY_OPTIONS],
          extraProviders: [provideOptions],
        }),
      ],
      providers: [VodaPayInquiryService, provideOptions, { provide: VODAPAY_CLOCK, useValue: Date.now }],
    }).compile();
    wallet.script(success);
    await expect(module.get(VodaPayInquiryService).inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({
      userId: USER_ID,
    });
    await module.close();
  });

  it('may fail as axios does when nothing was sent, and an auth code is then tried again', async () => {
    let calls = 0;
    const service = mock(() => {
      calls += 1;
      return throwError(() =>
        AxiosError.from(
          Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED', syscall: 'connect' }),
        ),
      );
    });
    await expect(inquiryOver({}, Date.now, service).applyToken(AUTH_CODE)).rejects.toMatchObject({ neverSent: true });
    expect(calls).toBe(3);
  });
});

describe('a network mock that replaces http.request', () => {
  it('is used, though it is installed after the service was made', async () => {
    const inquiry = inquiryOver({ baseUrl: 'http://wallet.example' });
    const original = http.request;
    const target = new URL(wallet.baseUrl);
    const replaced = vi
      .spyOn(http, 'request')
      .mockImplementation(((url: URL, options: http.RequestOptions) =>
        original(Object.assign(new URL(url), { host: target.host }), options)) as typeof http.request);
    wallet.script(success);
    await expect(inquiry.inquiryUserInfo(ACCESS_TOKEN)).resolves.toMatchObject({ userId: USER_ID });
    expect(replaced).toHaveBeenCalledOnce();
  });
});

describe('an error of the HTTP layer', () => {
  it('that quotes the request is passed on without its message, but with the place where it arose', async () => {
    const service = mock(() =>
      throwError(() => Object.assign(new Error(`cannot send ${ACCESS_TOKEN}`), { config: { data: ACCESS_TOKEN } })),
    );
    const failure: unknown = await inquiryOver({ maxAttempts: 1 }, Date.now, service)
      .inquiryUserInfo(ACCESS_TOKEN)
      .catch((error: unknown) => error);
    const shown = inspect(failure, { depth: 20, showHidden: true });
    expect(failure).toMatchObject({ code: 'VODAPAY_UNREACHABLE' });
    expect(shown).not.toContain(ACCESS_TOKEN);
    expect(shown).toContain('replaced-http.test');
  });

  it('shows nothing of its message either where that has lines like frames of a stack', async () => {
    const service = mock(() => throwError(() => new Error(`cannot send\n    at ${ACCESS_TOKEN} (request.js:1:1)`)));
    const failure: unknown = await inquiryOver({ maxAttempts: 1 }, Date.now, service)
      .inquiryUserInfo(ACCESS_TOKEN)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'VODAPAY_UNREACHABLE' });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain(ACCESS_TOKEN);
  });

  it('is a TypeError at start-up when an agent switches TLS verification off', () => {
    const httpsAgent = { options: { rejectUnauthorized: false } };
    const service = new HttpService(axios.create({ httpsAgent }));
    expect(() => inquiryOver({}, Date.now, service)).toThrow(/rejectUnauthorized/);
    expect(() => inquiryOver({}, Date.now, service)).toThrow(TypeError);
  });
});
