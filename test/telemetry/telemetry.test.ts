import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { context, metrics, trace } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { VodaPayLinkingService } from 'nestjs-vodapay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTRUMENTS } from '../../libs/vodapay/src/telemetry/instruments.js';
import { SPANS } from '../../libs/vodapay/src/telemetry/spans.js';
import { startMerchant, type Merchant } from '../login/start-merchant.js';
import { listen, startCollector, type Collector, type ReceivedSpan } from './collector.js';

const ANNA = '216610000000000000777';

let collector: Collector;
let tracing: NodeTracerProvider;
let scrape: Awaited<ReturnType<typeof listen>>;
let merchant: Merchant;

beforeAll(async () => {
  collector = await startCollector();
  tracing = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: collector.url }))],
  });
  tracing.register();
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [prometheus] }));
  scrape = await listen((request, response) => prometheus.getMetricsRequestHandler(request, response));
  merchant = await startMerchant({
    options: {
      session: { revalidateAfterMs: 60_000 },
      // Nothing listens there: its gauge says so, and nothing else changes.
      coordination: { redis: 'redis://127.0.0.1:1' },
      // The first failure opens it; the last tests make one.
      resilience: { circuitMinimumCalls: 1, circuitFailureRatio: 0.01 },
    },
  });
});

afterAll(async () => {
  await merchant.close();
  await tracing.shutdown();
  await Promise.all([collector.stop(), scrape.stop()]);
  // Files of a worker share their process: the next ones have nobody listening.
  for (const api of [trace, metrics, context]) api.disable();
});

const scraped = async (): Promise<string> => (await fetch(scrape.url)).text();

/** What arrives of the spans that the work makes. */
async function spansOf(work: () => Promise<unknown>): Promise<readonly ReceivedSpan[]> {
  await tracing.forceFlush();
  const before = collector.spans.length;
  await work();
  await tracing.forceFlush();
  return collector.spans.slice(before);
}

/** Name → the names that its spans nest in, outermost first. */
function nesting(spans: readonly ReceivedSpan[]): Readonly<Record<string, readonly string[]>> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const above = ({ parentSpanId }: ReceivedSpan): readonly string[] => {
    const parent = parentSpanId === undefined ? undefined : byId.get(parentSpanId);
    return parent === undefined ? [] : [...above(parent), parent.name];
  };
  return Object.fromEntries(spans.map((span) => [span.name, above(span)]));
}

describe("a login's spans, at a collector", () => {
  it('nest: guard, login, applyToken, inquiry, link and session, with an HTTP client span for each attempt', async () => {
    const spans = await spansOf(() => merchant.login(ANNA));
    const login = ['vodapay.guard', 'vodapay.login'];
    expect(nesting(spans)).toEqual({
      'vodapay.guard': [],
      'vodapay.login': ['vodapay.guard'],
      'vodapay.applyToken': login,
      'POST /v2/authorizations/applyToken': [...login, 'vodapay.applyToken'],
      'vodapay.inquiryUserInfo': login,
      'POST /v2/customers/user/inquiryUserInfo': [...login, 'vodapay.inquiryUserInfo'],
      'vodapay.link': login,
      'vodapay.session.open': login,
    });
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it("of an attempt follow OpenTelemetry's conventions for HTTP clients", async () => {
    const spans = await spansOf(() => merchant.login(ANNA));
    const attempt = spans.find(({ name }) => name === 'POST /v2/authorizations/applyToken');
    const { hostname, port } = new URL(merchant.wallet.url);
    expect(attempt).toMatchObject({ kind: 3, status: 0 });
    expect(attempt?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'server.address': hostname,
      'server.port': Number(port),
      'url.full': `${merchant.wallet.url}/v2/authorizations/applyToken`,
      'vodapay.instance': 'default',
      'vodapay.operation': 'applyToken',
      'vodapay.result.code': 'SUCCESS',
    });
  });

  it('stand below the span of whoever called, so that a traceparent that the application takes in goes on', async () => {
    const spans = await spansOf(() =>
      trace.getTracer('the application').startActiveSpan('its own', async (span) => {
        await merchant.inquiry.applyToken('0000000001NOSUCHCODE').catch(() => undefined);
        span.end();
      }),
    );
    expect(nesting(spans)['POST /v2/authorizations/applyToken']).toEqual(['its own', 'vodapay.applyToken']);
  });

  it('of a refusal tell its code and no text, and the attempts after the first are counted', async () => {
    const spans = await spansOf(() => merchant.login(ANNA, 'inquiry:U'));
    const named = (name: string) => spans.filter((span) => span.name === name);
    const resends = named('POST /v2/customers/user/inquiryUserInfo').map(
      ({ attributes }) => attributes['http.request.resend_count'],
    );
    expect(resends).toEqual([undefined, 1, 2]);
    expect(named('vodapay.guard')[0]).toMatchObject({ status: 2, events: 0 });
    expect(named('vodapay.guard')[0]?.attributes['error.type']).toMatch(/^VODAPAY_/);
  });

  it('of a request without credentials are no failure of the application', async () => {
    const [guard] = await spansOf(() => merchant.request('GET', '/me'));
    expect(guard).toMatchObject({ name: 'vodapay.guard', status: 0 });
    expect(guard?.attributes['error.type']).toBe('VODAPAY_CREDENTIALS_MISSING');
  });

  it('of a request with a session are the guard, and when it is due the question to the wallet', async () => {
    const bearer = await merchant.signedIn(ANNA);
    const fresh = await spansOf(() => merchant.request('GET', '/me', { bearer }));
    expect(Object.keys(nesting(fresh))).toEqual(['vodapay.guard']);
    merchant.clock.now += 61_000;
    const due = await spansOf(() => merchant.request('GET', '/me', { bearer }));
    expect(nesting(due)).toEqual({
      'vodapay.guard': [],
      'vodapay.session.revalidate': ['vodapay.guard'],
      'vodapay.inquiryUserInfo': ['vodapay.guard', 'vodapay.session.revalidate'],
      'POST /v2/customers/user/inquiryUserInfo': [
        'vodapay.guard',
        'vodapay.session.revalidate',
        'vodapay.inquiryUserInfo',
      ],
    });
  });
});

describe('nothing of a person or a secret (R19)', () => {
  it('stands in a span or a metric: no id, token, code, name, e-mail or phone', async () => {
    const { body } = await merchant.login(ANNA);
    const { body: me } = await merchant.request('GET', '/me', { bearer: String(body['token']) });
    await tracing.forceFlush();
    const told = [...collector.bodies, await scraped()].join('\n');
    const profile = JSON.stringify(merchant.wallet.users.find(ANNA) ?? {});
    const personal = [...profile.matchAll(/"([^"]{5,})"(?!:)/g)].map(([, text]) => text ?? '');
    const ids = [ANNA, body['accountId'], body['token'], me['linkId'], Object(me['session'])['id']].map(String);
    expect(personal.length).toBeGreaterThan(5);
    expect([...personal, ...ids].filter((value) => told.includes(value))).toEqual([]);
    expect(told).not.toMatch(/000000000[1-3][A-Za-z0-9]{20}|vps_|vpt_/);
  });

  it('can: every attribute is one of the closed list', () => {
    const keys = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    const allowed =
      /^(vodapay\.(instance|operation|credential|outcome|result\.code)|error\.type|http\.(request\.(method|resend_count)|response\.status_code)|server\.(address|port)|url\.full)$/;
    expect([...keys].filter((key) => !allowed.test(key))).toEqual([]);
    const names = new Set(collector.spans.map(({ name }) => name));
    expect([...names].filter((name) => !(name in SPANS) && name !== 'its own')).toEqual([]);
  });
});

describe('a Prometheus scrape', () => {
  it('shows every metric of the table, under the name that Prometheus gives it', async () => {
    const bearer = await merchant.signedIn(ANNA);
    await merchant.request('GET', '/me', { bearer });
    const { body } = await merchant.request('GET', '/me', { bearer });
    await merchant.app.get(VodaPayLinkingService).removeAccount(String(body['accountId']));
    await merchant.login(ANNA, 'USED_CODE');
    await merchant.login(ANNA, 'inquiry:503');
    const text = await scraped();
    const ending = { counter: '_total', histogram: '_bucket', gauge: '' };
    const missing = Object.values(INSTRUMENTS).filter(
      ({ name, kind }) => !text.includes(`\n${name.replaceAll('.', '_')}${ending[kind]}{`),
    );
    expect(missing).toEqual([]);
  });

  it('tells attempts by result code, logins by outcome, lookups by hit, sessions by reason, links by kind, circuits', async () => {
    const text = await scraped();
    for (const sample of [
      /vodapay_circuit_open\{vodapay_operation="applyToken"[^}]*\} 0/,
      /vodapay_circuit_open\{vodapay_operation="inquiryUserInfo"[^}]*\} 1/,
      /vodapay_circuit_changes_total\{vodapay_operation="inquiryUserInfo",vodapay_circuit_state="open"[^}]*\} 1/,
      /vodapay_wallet_attempt_duration_count\{[^}]*vodapay_result_code="SUCCESS"/,
      /vodapay_wallet_attempt_duration_count\{[^}]*vodapay_result_code="USED_CODE"[^}]*error_type="VODAPAY_AUTH_CODE_USED"/,
      /vodapay_login_duration_count\{vodapay_credential="authCode",vodapay_outcome="created"/,
      /vodapay_login_duration_bucket\{[^}]*le="0.075"\}/,
      /vodapay_session_cache_lookups_total\{vodapay_cache_result="hit"[^}]*\} [1-9]/,
      /vodapay_session_cache_lookups_total\{vodapay_cache_result="miss"[^}]*\} [1-9]/,
      /vodapay_sessions_ended_total\{vodapay_session_end="link"[^}]*\} [1-9]/,
      /vodapay_link_changes_total\{vodapay_link_change="linked"[^}]*\} [1-9]/,
      /vodapay_link_changes_total\{vodapay_link_change="unlinked"[^}]*\} [1-9]/,
    ]) {
      expect(text).toMatch(sample);
    }
  });
});
