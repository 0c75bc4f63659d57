import { GRAPHQL } from './graphql.transport.js';
import { describeGuard } from './guard.contract.js';
import { EXPRESS, FASTIFY } from './http.transport.js';
import { RPC } from './rpc.transport.js';
import { SOCKET_IO_HANDSHAKE, SOCKET_IO_MESSAGE, WS_HANDSHAKE, WS_MESSAGE } from './sockets.transport.js';
import { SSE } from './sse.transport.js';

const OVER_HTTP = [EXPRESS, FASTIFY, SSE, GRAPHQL];
const OVER_SOCKETS = [WS_HANDSHAKE, WS_MESSAGE, SOCKET_IO_HANDSHAKE, SOCKET_IO_MESSAGE, RPC];

for (const transport of [...OVER_HTTP, ...OVER_SOCKETS]) describeGuard(transport);
