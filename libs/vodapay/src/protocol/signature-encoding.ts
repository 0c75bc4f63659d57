/** How the signature value is written into the header: standard base64, the same URL-encoded, or base64url. */
export type SignatureEncoding = 'base64' | 'url-encoded-base64' | 'base64url';
