import type { VodaPayErrorCode } from '../errors/vodapay-errors.js';

/** What a node error code says of an exchange. */
export interface TransportFailure {
  readonly code: VodaPayErrorCode;
  readonly message: string;
  /** Whether the code alone, given the system call that failed, proves that no byte of the request left. */
  readonly neverSent: (syscall: string | undefined) => boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;
const unlessTransferring = (syscall: string | undefined): boolean => syscall !== 'read' && syscall !== 'write';
const onlyConnecting = (syscall: string | undefined): boolean => syscall === 'connect';

const unreachable = (message: string, neverSent: TransportFailure['neverSent']): TransportFailure => ({
  code: 'VODAPAY_UNREACHABLE',
  message: `The wallet cannot be reached: ${message}`,
  neverSent,
});

const certificate = (message: string): TransportFailure =>
  unreachable(`its TLS certificate is refused, ${message}`, always);

const headersTooLarge: TransportFailure = {
  code: 'VODAPAY_RESPONSE_TOO_LARGE',
  message: "The answer's headers are larger than allowed.",
  neverSent: never,
};

const notHttp: TransportFailure = {
  code: 'VODAPAY_RESPONSE_MALFORMED',
  message: 'The answer is not HTTP.',
  neverSent: never,
};

const cut: TransportFailure = {
  code: 'VODAPAY_RESPONSE_INCOMPLETE',
  message: 'The answer ended before it was complete.',
  neverSent: never,
};

const TRUST = 'For a private certificate authority, give httpsAgent its certificate as "ca".';

/** Node error code → what it means here. */
const FAILURES: ReadonlyMap<string, TransportFailure> = new Map([
  ['ECONNREFUSED', unreachable('the connection is refused. Check base URL and firewall.', always)],
  ['ENOTFOUND', unreachable('its host name is unknown. Check the base URL and DNS.', always)],
  ['EAI_AGAIN', unreachable('the name server does not answer.', always)],
  ['EAI_FAIL', unreachable('the name server fails.', always)],
  ['EHOSTUNREACH', unreachable('there is no route to its host.', unlessTransferring)],
  ['ENETUNREACH', unreachable('there is no route to its network.', unlessTransferring)],
  ['EHOSTDOWN', unreachable('its host is down.', unlessTransferring)],
  ['ENETDOWN', unreachable('the network is down.', unlessTransferring)],
  ['EADDRNOTAVAIL', unreachable('this server has no free local address or port.', unlessTransferring)],
  ['EMFILE', unreachable('this server has no free file descriptor for a connection.', unlessTransferring)],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', unreachable('the connection was not made in time.', always)],
  ['ETIMEDOUT', unreachable('the connection timed out.', onlyConnecting)],
  ['ECONNABORTED', unreachable('the request timed out below this library.', never)],
  ['ECONNRESET', unreachable('the connection was closed before an answer came.', never)],
  ['EPIPE', unreachable('the connection was closed while the request was sent.', never)],

  // undici's own codes.
  ['UND_ERR_CONNECT_TIMEOUT', unreachable('the connection was not made in time.', always)],
  ['UND_ERR_SOCKET', unreachable('the connection was closed before an answer came.', never)],
  ['UND_ERR_PRX_TLS', unreachable("the egress proxy's TLS certificate is for another host name.", always)],

  [
    'PROXY_REFUSED',
    unreachable('the egress proxy refuses the way to it. Check its rules, and the name and password for it.', always),
  ],

  ['DEPTH_ZERO_SELF_SIGNED_CERT', certificate(`self-signed. ${TRUST}`)],
  ['SELF_SIGNED_CERT_IN_CHAIN', certificate(`its chain ends in an unknown authority. ${TRUST}`)],
  ['UNABLE_TO_GET_ISSUER_CERT', certificate(`its issuer is unknown. ${TRUST}`)],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', certificate(`its issuer is unknown. ${TRUST}`)],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', certificate(`its chain is incomplete or its issuer unknown. ${TRUST}`)],
  ['CERT_SIGNATURE_FAILURE', certificate("its issuer's signature does not verify.")],
  ['CERT_HAS_EXPIRED', certificate("it has expired. Check this server's clock too.")],
  ['CERT_NOT_YET_VALID', certificate("it is not yet valid. Check this server's clock.")],
  ['CERT_REVOKED', certificate('it is revoked.')],
  ['CERT_UNTRUSTED', certificate(`it is untrusted. ${TRUST}`)],
  ['CERT_REJECTED', certificate('it is rejected.')],
  ['CERT_CHAIN_TOO_LONG', certificate('its chain is too long.')],
  ['PATH_LENGTH_EXCEEDED', certificate('its chain is longer than its authority allows.')],
  ['INVALID_CA', certificate('an authority of its chain is invalid.')],
  ['INVALID_PURPOSE', certificate('it is not meant for servers.')],
  ['HOSTNAME_MISMATCH', certificate('it is for another host name. Check the base URL.')],
  ['ERR_TLS_CERT_ALTNAME_INVALID', certificate('it is for another host name. Check the base URL.')],
  [
    'TLS_VERIFICATION_OFF',
    unreachable(`the given httpsAgent has rejectUnauthorized: false, which is never accepted. ${TRUST}`, always),
  ],
  ['EPROTO', unreachable('the TLS handshake failed. Check that the base URL names a TLS port.', always)],

  ['ERR_STREAM_PREMATURE_CLOSE', cut],
  ['HPE_HEADER_OVERFLOW', headersTooLarge],
  ['UND_ERR_HEADERS_OVERFLOW', headersTooLarge],
  // Told of a header, that is: once the head is there, an answer of another length is cut.
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', notHttp],
]);

/** Families of codes, where the code itself is not in the table. */
const FAMILIES: readonly (readonly [prefix: string, failure: TransportFailure])[] = [
  // A TLS alert may also come after the handshake, as the refusal of a client certificate does in TLS 1.3.
  ['ERR_SSL_', unreachable('TLS failed.', never)],
  ['ERR_TLS_', unreachable('TLS failed.', never)],
  ['HPE_', notHttp],
];

/** axios' own adapter tells these by message only; it is in use where an application brings its own HttpService. */
const AXIOS_MESSAGES: readonly (readonly [beginning: string, failure: TransportFailure])[] = [
  [
    'maxContentLength size of ',
    {
      code: 'VODAPAY_RESPONSE_TOO_LARGE',
      message: 'The answer is larger than allowed (maxResponseBytes).',
      neverSent: never,
    },
  ],
  ['stream has been aborted', cut],
  ['aborted', cut],
];

/** `undefined`: no failure of the network that is known here. */
export function transportFailureOf(code: string | undefined, message: string): TransportFailure | undefined {
  return (
    AXIOS_MESSAGES.find(([beginning]) => message.startsWith(beginning))?.[1] ??
    (code === undefined ? undefined : (FAILURES.get(code) ?? FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1]))
  );
}
