// Each attack is what one stranger does to the gateway: `run(connection)` sends, until its connection is closed or the time is over.
// What has to come of it is told with it.

import { END_HEADERS, END_STREAM, PREFACE, TYPE, field, frame, request, settings, uint32 } from './frames.mjs';

const hello = (pairs) => Buffer.concat([PREFACE, settings(pairs)]);
const headers = (stream, block, flags = END_HEADERS | END_STREAM) => frame(TYPE.headers, flags, stream, block);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const repeat = (count, make) => Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

// `token` is one that the gateway lets in. Of an attack:
//   reads: false      never takes what comes back
//   connections       so many at once
//   closes            the offender must be gone within ten seconds
//   breaks            so many streams must be broken off instead
//   growth, least     MiB that it may cost, where that is a customer's due; and must, else there was no attack
//   answers, replies  a text that has to come back; how many answers at least
//   waits             nothing is answered
export const attacks = (token) => [
  {
    name: 'rapid reset',
    async run(c) {
      c.send(hello());
      for (let id = 1; !c.closed && id < 100000; id += 1000) {
        await c.push(repeat(500, (i) => Buffer.concat([
          headers(id + 2 * i, request('/healthz')), frame(TYPE.reset, 0, id + 2 * i, uint32(8))])));
      }
    },
    closes: true,
  },
  {
    name: 'resets provoked by faulty window updates',
    async run(c) {
      c.send(hello());
      for (let id = 1; !c.closed && id < 100000; id += 1000) {
        await c.push(repeat(500, (i) => Buffer.concat([
          headers(id + 2 * i, request('/healthz'), END_HEADERS), frame(TYPE.window, 0, id + 2 * i, uint32(0))])));
      }
    },
    closes: true,
  },
  {
    name: 'CONTINUATION flood',
    async run(c) {
      c.send(hello());
      c.send(headers(1, request('/healthz'), 0));
      while (!c.closed) await c.push(frame(TYPE.continuation, 0, 1, repeat(100, () => field('x', 'y'.repeat(100)))));
    },
    closes: true,
  },
  {
    name: 'header string of 512 MB announced',
    async run(c) {
      c.send(hello());
      c.send(headers(1, Buffer.concat([Buffer.from([0, 1, 120, 0x7f, 0x81, 0xff, 0xff, 0xff, 0x01])]), 0));
      while (!c.closed) await c.push(frame(TYPE.continuation, 0, 1, Buffer.alloc(16000, 121)));
    },
    closes: true,
  },
  {
    name: 'HPACK integer padded with zeros',
    async run(c) {
      c.send(hello());
      c.send(headers(1, Buffer.from([0, 1, 120, 0x7f]), 0));
      while (!c.closed) await c.push(frame(TYPE.continuation, 0, 1, Buffer.alloc(16000, 0x80)));
    },
    closes: true,
  },
  {
    name: 'malformed -bin header',
    async run(c) {
      c.send(hello());
      c.send(headers(1, request('/healthz', [['x-bin', '!not base64!']])));
      await c.heard();
      c.send(headers(3, request('/healthz')));
    },
    answers: 'ok',
    replies: 2,  // the connection lives on
  },
  {
    name: 'headers of 20 KB',
    async run(c) {
      c.send(hello());
      c.send(headers(1, request('/healthz', [['x', 'y'.repeat(10000)]]), END_STREAM));
      c.send(frame(TYPE.continuation, END_HEADERS, 1, field('x', 'y'.repeat(10000))));
    },
    answers: 'TOO_LARGE',
  },
  {
    name: 'ping flood, unread',
    reads: false,
    async run(c) {
      c.send(hello());
      while (!c.closed) await c.push(repeat(1000, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))));
    },
    closes: true,
  },
  {
    name: 'settings flood, unread',
    reads: false,
    async run(c) {
      c.send(hello());
      while (!c.closed) await c.push(repeat(1000, () => settings([[4, 65535]])));
    },
    closes: true,
  },
  {
    name: 'settings frame with many entries',
    async run(c) {
      c.send(hello(Array.from({ length: 2000 }, () => [4, 65535])));
    },
    closes: true,
  },
  {
    name: 'empty DATA flood',
    async run(c) {
      c.send(hello());
      c.send(headers(1, request('/v1/engagements', [['content-type', 'application/json']], 'POST'), END_HEADERS));
      while (!c.closed) await c.push(repeat(1000, () => frame(TYPE.data, 0, 1)));
    },
    closes: true,
  },
  {
    name: 'priority flood',
    async run(c) {
      c.send(hello());
      const until = Date.now() + 4000;
      while (!c.closed && Date.now() < until) {
        await c.push(repeat(1000, (i) => frame(TYPE.priority, 0, 2 * i + 1, Buffer.from([0, 0, 0, 0, 16]))));
      }
    },
  },
  {
    name: 'zero windows: 100 large replies never taken',
    async run(c) {
      c.send(hello([[4, 0]]));
      c.send(repeat(100, (i) => headers(2 * i + 1, request('/openapi.json'))));
      for (let i = 0; i < 1150 && c.frames(TYPE.reset) < 100; ++i) await pause(10);
    },
    breaks: 100,  // streams: the connection may serve others of a proxy
  },
  {
    name: 'window overflow',
    async run(c) {
      c.send(hello());
      c.send(Buffer.concat([frame(TYPE.window, 0, 0, uint32(0x7fffffff)), frame(TYPE.window, 0, 0, uint32(0x7fffffff))]));
    },
    closes: true,
  },
  {
    name: 'headers that do not end',
    async run(c) {
      c.send(hello());
      c.send(headers(1, request('/healthz'), 0));
    },
    closes: true,
  },
  {
    name: '450 silent connections',
    connections: 450,
    async run() {},
    closes: true,
  },
  {
    name: 'slow-loris: a byte of the head each half second',
    connections: 50,
    async run(c) {
      for (const byte of 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: ' + 'y'.repeat(100)) {
        if (c.closed) return;
        c.send(Buffer.from(byte));
        await pause(500);
      }
    },
    closes: true,
  },
  {
    name: 'replies of 1 MB requested and not read (HTTP/1.1)',
    reads: false,
    connections: 20,
    async run(c) {
      c.send(Buffer.from('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50)));
    },
    closes: true,
  },
  ...[
    ['Content-Length and Transfer-Encoding', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two Content-Lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
    ['folded Transfer-Encoding', 'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'],
    ['space before the colon', 'Content-Length : 4\r\n\r\nabcd'],
    ['bare line feeds', 'Content-Length: 4\n\nabcd'],
    ['chunk size out of range', 'Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n'],
    ['two hosts', 'Host: y\r\n\r\n'],
  ].map(([name, text]) => ({
    name: `smuggling: ${name}`,
    async run(c) {
      c.send(Buffer.from(`POST /v1/links:exchange HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${text}` +
        'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'));
    },
    closes: true,
    refuses: true,  // the hidden second request must not be answered
  })),
  {
    name: 'h2c upgrade',
    async run(c) {
      c.send(Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n' +
        'HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n'));
    },
    answers: 'HTTP/1.1 200',
  },
  {
    name: 'odd te and :scheme',
    async run(c) {
      c.send(hello());
      c.send(headers(1, Buffer.concat([field(':method', 'GET'), field(':scheme', '\u0001'), field(':path', '/healthz'),
        field(':authority', 'x'), field('te', 'x')])));
    },
  },
  {
    name: 'customers: 20 uploads of 16 MB that stall',
    connections: 20,
    async run(c) {
      c.send(Buffer.from(`POST /v1/clients HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${16 << 20}\r\n\r\n`));
      for (let i = 0; i < 15 && !c.closed; ++i) await c.push(Buffer.alloc(1 << 20, 0x20));
      await pause(3000);
    },
    least: 30,   // else there was no attack
    growth: 90,  // 64 MiB are theirs; the pod's limit has room for it beside what is needed at rest
  },
  {
    name: 'customers: 400 gRPC messages that do not end',
    connections: 4,
    async run(c) {
      c.send(hello());
      const call = [['content-type', 'application/grpc'], ['te', 'trailers'], ['authorization', `Bearer ${token}`]];
      // A megabyte that holds one text of almost as much.
      const begin = Buffer.concat([Buffer.from([0, 0, 16, 0, 0, 0x7a, 0xf0, 0xff, 0x3f]), Buffer.alloc(8000, 0x78)]);
      for (let id = 1; id < 200 && !c.closed; id += 2) {
        await c.push(Buffer.concat([
          headers(id, request('/staraction.engagement.v1.EngagementService/ListEngagements', call, 'POST'), END_HEADERS),
          frame(TYPE.data, 0, id, begin)]));
      }
      await pause(5000);
    },
    waits: true,
  },
];
