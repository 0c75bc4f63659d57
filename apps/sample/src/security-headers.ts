import type { NextFunction, Request, Response } from 'express';

/**
 * Sets what every answer carries. Only `embeddedBy` may show the page in a frame: whoever frames it could hand it an auth
 * code of his own and so sign the visitor in to his account.
 */
export function securityHeaders(embeddedBy: string | undefined) {
  const policyOf = (styles: string): string =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${styles}`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${embeddedBy ?? "'none'"}`,
    ].join('; ');
  const page = policyOf("'self'");
  // Swagger's page brings its styles inline.
  const docs = policyOf("'self' 'unsafe-inline'");
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', request.path.startsWith('/docs') ? docs : page);
    next();
  };
}
