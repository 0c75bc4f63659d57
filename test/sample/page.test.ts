import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const page = (file: string): URL => new URL(`../../apps/sample/page/${file}`, import.meta.url);
const load = async <T>(file: string): Promise<T> => (await import(/* @vite-ignore */ page(file).href)) as T;

interface Refusal {
  readonly statusCode: number;
  readonly code: string;
  readonly next: string;
  readonly message?: string;
}

describe('what a customer reads when something went wrong', () => {
  it.each<[Refusal, RegExp]>([
    [{ statusCode: 503, code: 'VODAPAY_UNREACHABLE', next: 'new-auth-code' }, /^VodaPay did not answer properly\. /],
    [
      { statusCode: 504, code: 'VODAPAY_DEADLINE_EXCEEDED', next: 'new-auth-code' },
      /^VodaPay did not answer properly\. /,
    ],
    [{ statusCode: 401, code: 'VODAPAY_AUTH_CODE_USED', next: 'new-auth-code' }, /fresh sign-in/],
    [{ statusCode: 500, code: 'VODAPAY_STORE_FAILED', next: 'new-auth-code' }, /^Something went wrong on our side\./],
    [{ statusCode: 503, code: 'VODAPAY_STORE_UNAVAILABLE', next: 'retry' }, /^Something went wrong on our side\./],
    [
      { statusCode: 500, code: 'VODAPAY_ACCOUNT_DIRECTORY_FAILED', next: 'retry' },
      /^Something went wrong on our side\./,
    ],
    [{ statusCode: 500, code: 'INTERNAL_SERVER_ERROR', next: 'retry' }, /^Something went wrong on our side\./],
    [{ statusCode: 401, code: 'VODAPAY_SESSION_INVALID', next: 'sign-in' }, /signed out/],
    [{ statusCode: 400, code: 'BAD_REQUEST', next: 'none', message: 'As the server says.' }, /^As the server says\.$/],
  ])('%o', async (refusal, sentence) => {
    const { sentenceFor } = await load<{ sentenceFor: (refusal: Refusal) => string }>('sentences.js');
    expect(sentenceFor(refusal)).toMatch(sentence);
  });
});

describe('where it is said', () => {
  const elements = { notice: { textContent: '', hidden: true }, failure: { textContent: '', hidden: true } };
  beforeEach(() => vi.stubGlobal('document', { getElementById: (id: keyof typeof elements) => elements[id] }));
  afterEach(() => vi.unstubAllGlobals());

  it('a failure is an alert, good news a status, and only one of them is shown', async () => {
    const { tell, complain, clearNotices } =
      await load<Record<'tell' | 'complain' | 'clearNotices', (sentence?: string) => void>>('notices.js');
    const html = readFileSync(page('index.html'), 'utf8');
    expect(html).toMatch(/id="failure" role="alert"/);
    expect(html).toMatch(/id="notice" role="status"/);

    complain('Bad.');
    expect(elements).toEqual({
      notice: { textContent: '', hidden: true },
      failure: { textContent: 'Bad.', hidden: false },
    });
    tell('Good.');
    expect(elements).toEqual({
      notice: { textContent: 'Good.', hidden: false },
      failure: { textContent: '', hidden: true },
    });
    clearNotices();
    expect(elements.notice.hidden && elements.failure.hidden).toBe(true);
  });
});

it('the button says what it does while it does it, also when that fails', async () => {
  const { atWork } = await load<{
    atWork: (button: object, label: string, work: () => Promise<unknown>) => Promise<unknown>;
  }>('at-work.js');
  const { SIGNING_IN } = await load<{ SIGNING_IN: string }>('sentences.js');
  const attributes = new Map<string, string>();
  const button = {
    textContent: 'Sign in',
    setAttribute: (name: string, value: string) => attributes.set(name, value),
    removeAttribute: (name: string) => attributes.delete(name),
  };
  let seen: unknown;
  const work = async (): Promise<never> => {
    seen = [button.textContent, attributes.get('aria-busy')];
    throw new Error('refused');
  };

  await expect(atWork(button, SIGNING_IN, work)).rejects.toThrow('refused');
  expect(seen).toEqual(['Signing in…', 'true']);
  expect([button.textContent, attributes.size]).toEqual(['Sign in', 0]);
});
