// A wallet for benchmarks, as a process of its own: it signs its answers before the run, since signing live would cost
// more than what is measured. Prints one line of JSON when it listens: { url, publicKey }.
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

const [clientId, users] = [process.argv[2], Number(process.argv[3])];
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const time = new Date(Date.now() + 7_200_000).toISOString().replace(/\.\d+Z$/, '+02:00');
const result = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };
const PATHS = { token: '/v2/authorizations/applyToken', user: '/v2/customers/user/inquiryUserInfo' };

function presign(path, body) {
  const text = JSON.stringify(body);
  const signature = createSign('RSA-SHA256')
    .update(`POST ${path}\n${clientId}.${time}.${text}`)
    .sign(privateKey, 'base64');
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'client-id': clientId,
    'response-time': time,
    signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
  };
  return { headers, text };
}

const userId = (n) => `2166100${String(n).padStart(14, '0')}`;
const answers = new Map();
for (let n = 0; n < users; n += 1) {
  const tokens = {
    accessToken: `0000000002BENCH${String(n).padStart(25, '0')}`,
    accessTokenExpiryTime: '2035-01-01T00:00:00+02:00',
    refreshToken: `0000000003BENCH${String(n).padStart(25, '0')}`,
    refreshTokenExpiryTime: '2035-01-01T00:00:00+02:00',
    customerId: userId(n),
  };
  const userInfo = { userId: userId(n), status: 'ACTIVE', nickName: `User ${n}`, userName: { fullName: `User ${n}` } };
  answers.set(`code-${n}`, presign(PATHS.token, { result, ...tokens }));
  answers.set(tokens.accessToken, presign(PATHS.user, { result, userInfo }));
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { authCode, accessToken } = JSON.parse(Buffer.concat(chunks).toString());
    const answer = answers.get(accessToken ?? authCode.replace(/^(code-\d+)-.*$/, '$1'));
    response.writeHead(200, answer.headers).end(answer.text);
  });
});
server.listen(0, '127.0.0.1', () => {
  const pem = publicKey.export({ format: 'pem', type: 'spki' });
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}`, publicKey: pem }));
});
process.once('disconnect', () => process.exit());
