import { ANY_CALL, type Fault, type FaultTable } from './fault.js';

const BARE = { signature: 'none', bare: true } as const;
const HTML = '<!doctype html><title>502</title><h1>Bad gateway</h1>\n';

/** Answers of something in front of the wallet: unsigned, without a result. */
export const GATEWAY_FAULTS: FaultTable = {
  html: { ...gateway('An HTML page with status 200', 200, {}), carriesOut: true, text: () => HTML },
  redirect: gateway('A redirect (307)', 307, { location: '/moved' }),
  'redirect-away': gateway('A redirect (302) to another host', 302, { location: 'http://127.0.0.1:9/moved' }),
  '401': gateway('HTTP 401 without a result', 401, {}),
  '404': gateway('HTTP 404 without a result', 404, {}),
  '429': gateway('HTTP 429 with Retry-After', 429, { 'retry-after': '1' }),
  '500': { ...gateway('HTTP 500 without a result', 500, {}), carriesOut: true },
  '502': { ...gateway('HTTP 502 without a result', 502, {}), carriesOut: true },
  '503': gateway('HTTP 503 with Retry-After', 503, { 'retry-after': '2' }),
  '504': { ...gateway('HTTP 504 without a result', 504, {}), carriesOut: true },
};

function gateway(says: string, status: number, headers: Readonly<Record<string, string>>): Fault {
  return {
    says,
    calls: ANY_CALL,
    carriesOut: false,
    text: () => HTML.replaceAll('502', String(status)).replace('Bad gateway', 'Error'),
    http: { status, headers: { 'content-type': 'text/html', ...headers } },
    seal: BARE,
  };
}
