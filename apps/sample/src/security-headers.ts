import type { NextFunction, Request, Response } from 'express';

/**
 * Sets what every answer carries. Only `embeddedBy` may show the page in a frame: whoever frames it could hand it an auth
 * code of his own and so sign the visitor in to his account.
 */
export function securityHeaders(embeddedBy: string | undefined) {
  // In VodaPay's web view the page loads the script of VodaPay's app; no other browser finds such a host.
  const page = policyOf({ scripts: "'self' https://appx", frames: embeddedBy ?? "'none'" });
  // The website has forms, and nobody frames it: a click there may link a wallet.
  const website = policyOf({ forms: "'self'" });
  // Swagger's page brings its styles inline.
  const docs = policyOf({ styles: "'self' 'unsafe-inline'" });
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    const [, folder] = request.path.split('/');
    // Under no-referrer a browser sends its forms with `Origin: null`, and the website could not tell its own ones.
    response.setHeader('Referrer-Policy', folder === 'website' ? 'same-origin' : 'no-referrer');
    response.setHeader('Content-Security-Policy', folder === 'docs' ? docs : folder === 'website' ? website : page);
    next();
  };
}

function policyOf({ scripts = "'self'", styles = "'self'", forms = "'none'", frames = "'none'" }): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${forms}`,
    `frame-ancestors ${frames}`,
  ].join('; ');
}
