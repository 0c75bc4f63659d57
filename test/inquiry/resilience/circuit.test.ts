import { describe, expect, it } from 'vitest';
import { VODAPAY_ERRORS, type VodaPayErrorCode } from '../../../libs/vodapay/src/errors/vodapay-errors.js';
import { VodaPayError } from '../../../libs/vodapay/src/errors/vodapay-error.js';
import { outcomeOfError, type CallOutcome } from '../../../libs/vodapay/src/inquiry/resilience/call-outcome.js';
import { Circuit } from '../../../libs/vodapay/src/inquiry/resilience/circuit.js';
import { DEFAULTS } from '../../../libs/vodapay/src/vodapay.options.js';
import { GivenClock } from './given-clock.js';

const PROBE_EVERY_MS = DEFAULTS.resilience.circuitProbeEveryMs;

function circuitUnderTest() {
  const clock = new GivenClock();
  const told: string[] = [];
  const circuit = new Circuit('applyToken', DEFAULTS.resilience, clock.read, (state) => told.push(state));
  const call = (outcome: CallOutcome, times = 1): void => {
    for (let index = 0; index < times; index += 1) circuit.record(circuit.admit(), outcome);
  };
  const refusal = (): VodaPayError | undefined => {
    try {
      circuit.admit();
      return undefined;
    } catch (error) {
      return error as VodaPayError;
    }
  };
  return { clock, circuit, told, call, refusal };
}

describe('The circuit of an operation', () => {
  it('opens at half of at least 20 calls failed within 10 s', () => {
    const { circuit, call, told } = circuitUnderTest();
    call('answered', 10);
    call('failed', 9);
    expect(circuit.status.state).toBe('closed');
    call('failed');
    expect(circuit.status).toEqual({ state: 'open', retryAfterMs: PROBE_EVERY_MS });
    expect(told).toEqual(['open']);
  });

  it('stays closed below 20 calls, below one half, and when the failures are older than 10 s', () => {
    const few = circuitUnderTest();
    few.call('failed', 19);
    expect(few.circuit.status.state).toBe('closed');
    const rare = circuitUnderTest();
    rare.call('answered', 60);
    rare.call('failed', 59);
    expect(rare.circuit.status.state).toBe('closed');
    const old = circuitUnderTest();
    old.call('failed', 19);
    old.clock.now += 11_000;
    old.call('failed', 19);
    expect(old.circuit.status.state).toBe('closed');
  });

  it('does not count what says nothing about the wallet', () => {
    const { circuit, call } = circuitUnderTest();
    call('untold', 100);
    call('failed', 19);
    expect(circuit.status.state).toBe('closed');
  });

  it('refuses while it is open, and says when to come again', () => {
    const { clock, call, refusal } = circuitUnderTest();
    call('failed', 20);
    clock.now += 1_500;
    expect(refusal()).toMatchObject({
      code: 'VODAPAY_CIRCUIT_OPEN',
      status: 503,
      retryAfterMs: PROBE_EVERY_MS - 1_500,
      neverSent: true,
    });
  });

  it('lets one probe out in each interval, also while one hangs', () => {
    const { clock, circuit, call, refusal } = circuitUnderTest();
    call('failed', 20);
    let probes = 0;
    for (let second = 0; second < 60; second += 1) {
      clock.now += 1_000;
      for (let request = 0; request < 100; request += 1) if (refusal() === undefined) probes += 1;
    }
    expect(probes).toBe(60_000 / PROBE_EVERY_MS);
    expect(circuit.status.state).toBe('half-open');
  });

  it('closes when a probe is answered, and begins to count anew', () => {
    const { clock, circuit, call, told } = circuitUnderTest();
    call('failed', 20);
    clock.now += PROBE_EVERY_MS;
    call('answered');
    expect(circuit.status).toEqual({ state: 'closed', retryAfterMs: 0 });
    call('failed', 19);
    expect(circuit.status.state).toBe('closed');
    expect(told).toEqual(['open', 'closed']);
  });

  it('closes when a probe is answered after the next one went out', () => {
    const { clock, circuit, call, told } = circuitUnderTest();
    call('failed', 20);
    clock.now += PROBE_EVERY_MS;
    const slow = circuit.admit();
    clock.now += PROBE_EVERY_MS;
    const next = circuit.admit();
    circuit.record(slow, 'answered');
    expect(circuit.status.state).toBe('closed');
    circuit.record(next, 'failed');
    expect(told).toEqual(['open', 'closed']);
  });

  it('lets one at a time reserve the probe, and all when it is closed', () => {
    const { clock, circuit, call } = circuitUnderTest();
    const open = { code: 'VODAPAY_CIRCUIT_OPEN', retryAfterMs: PROBE_EVERY_MS };
    const reserve = (): unknown => {
      try {
        return circuit.reserve();
      } catch (error) {
        return error;
      }
    };
    expect([reserve(), reserve()]).toEqual([expect.any(Function), expect.any(Function)]);
    call('failed', 20);
    expect(reserve()).toMatchObject(open);
    clock.now += PROBE_EVERY_MS;
    const end = circuit.reserve();
    expect(reserve()).toMatchObject(open);
    end();
    circuit.reserve();
    call('answered');
    expect(reserve()).toEqual(expect.any(Function));
  });

  it.each(['failed', 'untold'] as const)('stays open for another interval after a probe that %s', (outcome) => {
    const { clock, circuit, call } = circuitUnderTest();
    call('failed', 20);
    clock.now += PROBE_EVERY_MS;
    call(outcome);
    expect(circuit.status).toEqual({ state: 'open', retryAfterMs: PROBE_EVERY_MS });
  });

  it('takes no notice of what calls of another time come to know', () => {
    const { clock, circuit, call } = circuitUnderTest();
    const early = circuit.admit();
    call('failed', 20);
    circuit.record(early, 'answered');
    expect(circuit.status.state).toBe('open');
    clock.now += PROBE_EVERY_MS;
    const hanging = circuit.admit();
    clock.now += PROBE_EVERY_MS;
    call('answered');
    circuit.record(hanging, 'failed');
    expect(circuit.status.state).toBe('closed');
  });
});

describe('What a failure says about the wallet', () => {
  const codes = Object.keys(VODAPAY_ERRORS) as VodaPayErrorCode[];
  const withOutcome = (outcome: CallOutcome): readonly string[] =>
    codes.filter((code) => outcomeOfError(new VodaPayError(code)) === outcome).sort();

  it('is a failure for transport, 5xx and deadline, and for nothing else', () => {
    expect(withOutcome('failed')).toEqual([
      'VODAPAY_DEADLINE_EXCEEDED',
      'VODAPAY_RESPONSE_INCOMPLETE',
      'VODAPAY_UNREACHABLE',
      'VODAPAY_WALLET_UNAVAILABLE',
    ]);
    expect(withOutcome('throttled')).toEqual(['VODAPAY_TRAFFIC_LIMITED']);
  });

  it('is nothing for a caller who left and for our own side', () => {
    expect(withOutcome('untold')).toEqual(['VODAPAY_KEY_SERVICE_UNAVAILABLE', 'VODAPAY_REQUEST_ABORTED']);
    expect(outcomeOfError(new TypeError('a programming mistake'))).toBe('untold');
  });
});
