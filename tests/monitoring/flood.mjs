// Sends a request again and again, 20 at once, until it is ended: a caller who minds no limit.
//   node tests/monitoring/flood.mjs METHOD URL [TOKEN]
const [method, url, token] = process.argv.slice(2);
const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
const body = method === 'GET' ? undefined : '{}';

async function flood() {
  for (;;) {
    const reply = await fetch(url, { method, headers, body });
    await reply.arrayBuffer();
  }
}
await Promise.all(Array.from({ length: 20 }, flood));
