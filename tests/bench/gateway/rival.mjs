// A gateway on Node.js: fastify and grpc-js.
//   node rival.mjs PORT BACKEND_PORT PROTO_FOLDER NODE_MODULES
import { createRequire } from 'node:module';

const [port, backend, protos, modules] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const fastify = require('fastify');
const options = { longs: String, defaults: true, includeDirs: protos.split(':') };
const { ShelfService } = grpc.loadPackageDefinition(loader.loadSync('shelf.proto', options)).staraction.gatewaytest.v1;
const client = new ShelfService(`127.0.0.1:${backend}`, grpc.credentials.createInsecure());
const call = (method, request) => new Promise((done, failed) => client[method](request, (error, reply) => {
  if (error) return failed(error);
  if (reply.createTime) reply.createTime = new Date(Number(reply.createTime.seconds) * 1000).toISOString();
  return done(reply);
}));
const fromJson = (shelf) => ({ ...shelf, createTime: shelf.createTime && { seconds: Math.floor(Date.parse(shelf.createTime) / 1000) } });
const app = fastify();
app.get('/v1/rooms/:room/shelves/:shelf', (request) => call('GetShelf', { name: `rooms/${request.params.room}/shelves/${request.params.shelf}` }));
app.post('/v1/rooms/:room/shelves', (request) => call('CreateShelf', { parent: `rooms/${request.params.room}`, shelf: fromJson(request.body) }));
await app.listen({ host: '127.0.0.1', port: Number(port) });
