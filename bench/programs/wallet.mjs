// The wallet that everybody is measured against, as a process of its own. It signs its answers before the run: signing
// live would cost more than what is measured. It also speaks as the peers expect: Alipay's OpenAPI and plain OAuth 2.
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

const { clientId, users } = JSON.parse(process.argv[2]);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const time = new Date(Date.now() + 7_200_000).toISOString().replace(/\.\d+Z$/, '+02:00');
const result = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };
const APPLY_TOKEN = '/v2/authorizations/applyToken';
const INQUIRY = '/v2/customers/user/inquiryUserInfo';

const signed = (text) => sign('sha256', Buffer.from(text), privateKey).toString('base64');

function json(text, headers = {}) {
  return {
    text,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
  };
}

function vodaPay(path, body) {
  const text = JSON.stringify(body);
  const signature = signed(`POST ${path}\n${clientId}.${time}.${text}`);
  return json(text, {
    'client-id': clientId,
    'response-time': time,
    signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
  });
}

function alipay(body) {
  const text = JSON.stringify(body);
  return json(`{"alipay_user_info_share_response":${text},"sign":${JSON.stringify(signed(text))}}`);
}

const [byCode, byToken] = [new Map(), new Map()];
for (let n = 0; n < users; n += 1) {
  const userId = `2166100${String(n).padStart(14, '0')}`;
  const accessToken = `0000000002BENCH${String(n).padStart(25, '0')}`;
  const tokens = {
    accessToken,
    accessTokenExpiryTime: '2035-01-01T00:00:00+02:00',
    refreshToken: `0000000003BENCH${String(n).padStart(25, '0')}`,
    refreshTokenExpiryTime: '2035-01-01T00:00:00+02:00',
    customerId: userId,
  };
  const name = `User ${n}`;
  const userInfo = { userId, status: 'ACTIVE', nickName: name, userName: { fullName: name } };
  byCode.set(`code-${n}`, {
    vodaPay: vodaPay(APPLY_TOKEN, { result, ...tokens }),
    oauth: json(JSON.stringify({ access_token: accessToken, token_type: 'bearer', expires_in: 3600 })),
  });
  byToken.set(accessToken, {
    vodaPay: vodaPay(INQUIRY, { result, userInfo }),
    alipay: alipay({ code: '10000', msg: 'Success', user_id: userId, nick_name: name }),
    oauth: json(JSON.stringify({ sub: userId, name, email: `user${n}@example.com`, email_verified: true })),
  });
}

const CODE = /(code-\d+)-/;
const TOKEN = /0000000002BENCH\d{25}/;
const ofCode = (text) => byCode.get(CODE.exec(text)?.[1]);
const ofToken = (text) => byToken.get(TOKEN.exec(text)?.[0]);

/** Path → the answer made before, by what the request names. */
const ANSWERS = new Map([
  [APPLY_TOKEN, ({ body }) => ofCode(body)?.vodaPay],
  [INQUIRY, ({ body }) => ofToken(body)?.vodaPay],
  ['/gateway.do', ({ url, body }) => (ofToken(url) ?? ofToken(body))?.alipay],
  ['/oauth/token', ({ body }) => ofCode(body)?.oauth],
  ['/oauth/userinfo', ({ authorization, url }) => (ofToken(authorization) ?? ofToken(url))?.oauth],
]);
const NOT_FOUND = json('{"error":"The wallet of the benchmark knows no such code, token or path."}');

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { url, headers } = request;
    const [path] = url.split('?');
    const asked = { url, body: Buffer.concat(chunks).toString(), authorization: headers.authorization ?? '' };
    const answer = ANSWERS.get(path)?.(asked);
    response.writeHead(answer === undefined ? 404 : 200, (answer ?? NOT_FOUND).headers);
    response.end((answer ?? NOT_FOUND).text);
  });
});
server.listen(0, '127.0.0.1', () => {
  const walletKey = publicKey.export({ format: 'pem', type: 'spki' });
  process.send({ walletUrl: `http://127.0.0.1:${server.address().port}`, walletKey });
});
process.once('disconnect', () => process.exit());
