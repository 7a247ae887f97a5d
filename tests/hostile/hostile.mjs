// Attacks a gateway, one attack after the other, and tells what it cost: memory of the gateway, how long others waited before and meanwhile,
// when the offender was gone. Fails on what must not be.
//   node tests/hostile/hostile.mjs URL PID TOKEN
// PID: the gateway's, for its memory. TOKEN: a consultant's; the others ask for the portfolio.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { attacks } from './attacks.mjs';

const [url, pid, token] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const MAX_GROWTH_MIB = 64;
const GONE_SECONDS = 11;  // ten, and what a busy machine adds
const QUIET_MS = 20;      // what a busy machine alone may add to a wait

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const memoryMib = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

class Connection {
  constructor(reads) {
    this.closed = false;
    this.received = Buffer.alloc(0);
    this.socket = net.connect({ host: hostname, port });
    this.socket.on('error', () => {});
    this.gone = new Promise((done) => this.socket.on('close', () => { this.closed = true; done(); }));
    if (reads) this.socket.on('data', (bytes) => { this.received = Buffer.concat([this.received, bytes]).subarray(-200000); });
    else this.socket.pause();
  }
  send(bytes) {
    if (!this.closed) this.socket.write(bytes);
  }
  // Waits while the other side doesn't take it. A paused socket learns of its end by a failing write only.
  async push(bytes) {
    if (this.closed || this.socket.destroyed) return pause(50);
    if (!this.socket.write(bytes)) {
      await Promise.race([new Promise((done) => this.socket.once('drain', done)), this.gone, pause(200)]);
    }
    await pause(0);
  }
  // How many frames of a type have come.
  frames(type) {
    let count = 0;
    for (let at = 0; at + 9 <= this.received.length; at += 9 + this.received.readUIntBE(at, 3)) {
      if (this.received[at + 3] === type) ++count;
    }
    return count;
  }
  async heard() {
    for (let i = 0; i < 100 && this.received.length < 60; ++i) await pause(10);
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
function ask() {
  const begin = performance.now();
  const path = '/v1/engagements?pageSize=5';
  return new Promise((done, failed) => {
    http.get({ hostname, port, path, agent, headers: { authorization: `Bearer ${token}` } }, (reply) => {
      reply.resume();
      reply.on('end', () => (reply.statusCode === 200 ? done(performance.now() - begin) : failed(new Error(`${reply.statusCode}`))));
    }).on('error', failed);
  });
}

const p99 = (waits) => waits.sort((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1];

// How long others wait while `during` runs, and at least for some requests.
async function othersWaits(during) {
  let over = false;
  const work = during().finally(() => { over = true; });
  const waits = [];
  while (!over || waits.length < 300) {
    waits.push(await ask());
    await pause(3);
  }
  await work;
  return waits;
}

async function attack(one) {
  const connections = Array.from({ length: one.connections ?? 1 }, () => new Connection(one.reads ?? true));
  const begin = performance.now();
  let peak = 0;
  const watch = setInterval(() => { peak = Math.max(peak, memoryMib()); }, 20);
  const waits = await othersWaits(async () => {
    await Promise.race([Promise.all(connections.map((c) => one.run(c))), pause(12000)]);
    if (one.closes) {
      // Reading shows an end that a paused socket doesn't see.
      if (one.reads === false) { await pause(Math.max(0, 10500 - (performance.now() - begin))); connections.forEach((c) => c.socket.resume()); }
      await Promise.race([Promise.all(connections.map((c) => c.gone)), pause(13000)]);
    } else {
      await pause(300);
    }
  });
  clearInterval(watch);
  const gone = connections.every((c) => c.closed);
  const seconds = (performance.now() - begin) / 1000;
  const broken = connections[0].frames(3);
  const answered = connections[0].frames(1);
  const text = connections[0].received.toString('latin1');
  connections.forEach((c) => { c.closed = true; c.socket.destroy(); });
  return { p99: p99(waits), peak: Math.max(peak, memoryMib()), gone, seconds, text, broken, answered };
}

for (let i = 0; i < 300; ++i) await ask();
const before = memoryMib();
console.log(`gateway at rest: ${before.toFixed(0)} MiB`);
console.log('| attack | offender | memory, MiB more at most | others\' p99, × |\n| --- | --- | --- | --- |');
const faults = [];
const calmWaits = [];  // between all attacks: one pause alone is too short for a percentile
for (const one of attacks(token)) {
  calmWaits.push(...await othersWaits(async () => {}));
  const calm = p99(calmWaits);
  const seen = await attack(one);
  const growth = seen.peak - before;
  const offender = seen.broken >= (one.breaks ?? Infinity) ? `${seen.broken} streams broken off after ${seen.seconds.toFixed(1)} s` : seen.gone ? `gone after ${seen.seconds.toFixed(1)} s` : one.closes ? 'still there' : 'served';
  console.log(`| ${one.name} | ${offender} | ${growth.toFixed(0)} | ${(seen.p99 / calm).toFixed(1)} (${calm.toFixed(1)} → ${seen.p99.toFixed(1)} ms) |`);
  if (growth > (one.growth ?? MAX_GROWTH_MIB)) faults.push(`${one.name}: ${growth.toFixed(0)} MiB more`);
  if (growth < (one.least ?? 0)) faults.push(`${one.name}: only ${growth.toFixed(0)} MiB more, so nothing was attacked`);
  if (seen.answered < (one.replies ?? 0)) faults.push(`${one.name}: only ${seen.answered} answers`);
  if (one.waits && seen.answered > 0) faults.push(`${one.name}: ${seen.answered} answers`);
  if (one.breaks && seen.broken < one.breaks) faults.push(`${one.name}: only ${seen.broken} streams broken off`);
  if (one.closes && (!seen.gone || seen.seconds > GONE_SECONDS + 1)) faults.push(`${one.name}: the offender is there after ${seen.seconds.toFixed(1)} s`);
  if (seen.p99 > 2 * calm && seen.p99 > QUIET_MS) faults.push(`${one.name}: others wait ${seen.p99.toFixed(0)} ms`);
  if (one.answers && !seen.text.includes(one.answers)) faults.push(`${one.name}: no '${one.answers}' in the answer`);
  if (one.refuses && seen.text.includes('"status":"ok"')) faults.push(`${one.name}: the hidden request was answered`);
}
agent.destroy();
for (const fault of faults) console.error(`FAILED: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
