/* oxlint-disable no-underscore-dangle -- the documented place of its OAuth client */
import OAuth2Strategy from 'passport-oauth2';

/** passport-oauth2 for the wallet of the benchmark, subclassed as it documents: the profile comes by its OAuth client. */
export class WalletOAuth2Strategy extends OAuth2Strategy {
  constructor({ clientId, walletUrl }, verify) {
    const settings = {
      authorizationURL: `${walletUrl}/oauth/authorize`,
      tokenURL: `${walletUrl}/oauth/token`,
      clientID: clientId,
      clientSecret: 'not a secret',
      callbackURL: 'http://127.0.0.1/callback',
    };
    super(settings, verify);
    this.userInfoUrl = `${walletUrl}/oauth/userinfo`;
    this._oauth2.useAuthorizationHeaderforGET(true);
  }

  userProfile(accessToken, done) {
    this._oauth2.get(this.userInfoUrl, accessToken, (error, body) =>
      error ? done(error) : done(null, JSON.parse(body)),
    );
  }
}
