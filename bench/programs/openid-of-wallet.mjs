import * as openid from 'openid-client';

/** The user of a request, by openid-client's userinfo for its access token. */
export function openidOfWallet({ clientId, walletUrl }) {
  const server = { issuer: walletUrl, userinfo_endpoint: `${walletUrl}/oauth/userinfo` };
  const configuration = new openid.Configuration(server, clientId);
  openid.allowInsecureRequests(configuration);
  return (request) => {
    const accessToken = request.headers.authorization.slice('Bearer '.length);
    return openid.fetchUserInfo(configuration, accessToken, openid.skipSubjectCheck);
  };
}
