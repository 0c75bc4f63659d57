import { createPublicKey, sign, verify } from 'node:crypto';
import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { accessTokenOf } from '../users.mjs';

const PATH = '/v2/customers/user/inquiryUserInfo';
const signAsync = promisify(sign);

/**
 * An inquiry by hand, the least that can be done: sign, send over node:http, verify, parse. Nothing is checked that could go
 * wrong, nothing is bounded, repeated or told.
 */
export function signedCall({ clientId, walletUrl, walletKey, privateKey }) {
  const publicKey = createPublicKey(walletKey);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const signed = (time, text) => Buffer.from(`POST ${PATH}\n${clientId}.${time}.${text}`);

  return async (n) => {
    const body = JSON.stringify({ accessToken: accessTokenOf(n), authClientId: clientId });
    const time = new Date().toISOString();
    const signature = await signAsync('sha256', signed(time, body), privateKey);
    const { headers, text } = await post(agent, walletUrl + PATH, body, {
      'content-type': 'application/json',
      'content-length': body.length,
      'client-id': clientId,
      'request-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${signature.toString('base64')}`,
    });
    const value = Buffer.from(headers.signature.split('signature=')[1], 'base64');
    if (!verify('sha256', signed(headers['response-time'], text), publicKey, value)) {
      throw new Error('The answer of the wallet of the benchmark is badly signed.');
    }
    return JSON.parse(text).userInfo;
  };
}

function post(agent, url, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
