import type { RunningSample } from './start-sample.js';

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser at the sample's website: keeps the session cookie, posts forms as a page of that site does. */
export class Browser {
  private cookie: string | undefined;

  constructor(private readonly sample: RunningSample) {}

  get(path: string): Promise<Page> {
    return this.fetch('GET', path);
  }

  post(path: string, fields: Readonly<Record<string, string>> = {}, origin = this.sample.url): Promise<Page> {
    return this.fetch('POST', path, { body: new URLSearchParams(fields), headers: { origin } });
  }

  /** As it stands in the answer that set it. */
  setCookie: string | undefined;

  private async fetch(method: string, path: string, init: RequestInit = {}): Promise<Page> {
    const headers = { ...(init.headers as Record<string, string>), ...(this.cookie && { cookie: this.cookie }) };
    const answer = await fetch(`${this.sample.url}${path}`, { ...init, method, headers });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) {
      this.setCookie = set;
      this.cookie = set.split(';')[0];
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
}
