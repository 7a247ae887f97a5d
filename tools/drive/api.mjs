// Client of the REST gateway. Every change carries an idempotency key that follows from what is asked,
// so that a repeated or interrupted run doubles nothing.
import { createHash } from 'node:crypto';

// The error of a refused call, told as a consultant would want it.
export class ApiError extends Error {
  constructor(method, path, status, body) {
    const error = body?.error ?? {};
    const details = error.details ?? [];
    const detail = (type) => details.find((each) => each['@type']?.endsWith(type));
    const text = detail('google.rpc.LocalizedMessage')?.message ?? error.message ?? `HTTP ${status}`;
    super(text);
    this.call = `${method} ${path}`;
    this.httpStatus = status;
    this.status = error.status ?? '';
    this.reason = detail('google.rpc.ErrorInfo')?.reason ?? '';
    this.resource = detail('google.rpc.ResourceInfo')?.resourceName ?? '';
    this.violations = [
      ...(detail('google.rpc.BadRequest')?.fieldViolations ?? []).map((each) => `${each.field}: ${each.description}`),
      ...(detail('google.rpc.PreconditionFailure')?.violations ?? []).map((each) => `${each.type}: ${each.description}`),
    ];
  }

  toString() {
    const lines = [`${this.call}: ${this.message} (${this.status} ${this.reason})`];
    return [...lines, ...this.violations.map((each) => `  ${each}`)].join('\n');
  }
}

// A UUID that follows from the text.
export function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const keyOf = (method, path, body, turn) => uuidOf(`${method} ${path} ${JSON.stringify(body) ?? ''} ${turn}`);

const RETRIED = new Set(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'ABORTED']);
const ATTEMPTS = 6;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Api {
  // `token`: an async function that gives a bearer token, or null for calls without one.
  constructor(gateway, token) {
    this.gateway = gateway.replace(/\/$/, '');
    this.token = token;
    this.calls = 0;
  }

  as(token) {
    return new Api(this.gateway, token && (async () => token));
  }

  get(path, query = {}) {
    return this.#call('GET', path, query);
  }

  // All pages of a collection; `field` is its name in the reply.
  async list(path, field, query = {}) {
    const all = [];
    let pageToken = '';
    do {
      const page = await this.get(path, { ...query, pageSize: 1000, ...(pageToken && { pageToken }) });
      all.push(...(page[field] ?? []));
      pageToken = page.nextPageToken ?? '';
    } while (pageToken);
    return all;
  }

  // `turn` tells acts apart that ask for the very same thing on purpose, e.g. a second retest.
  post(path, body = {}, { turn = '' } = {}) {
    return this.#call('POST', path, {}, body, keyOf('POST', path, body, turn));
  }

  // A POST that changes nothing that could be doubled, and knows no key.
  ask(path, body = {}) {
    return this.#call('POST', path, {}, body);
  }

  patch(path, body, updateMask) {
    return this.#call('PATCH', path, { updateMask: updateMask.join(',') }, body, keyOf('PATCH', path, body, ''));
  }

  delete(path) {
    return this.#call('DELETE', path, {}, undefined, keyOf('DELETE', path, undefined, ''));
  }

  // The bytes of the file that a POST answers with.
  async file(path, body) {
    const response = await this.#send('POST', path, {}, body, keyOf('POST', path, body, ''));
    return Buffer.from(await response.arrayBuffer());
  }

  #url(path, query) {
    const url = new URL(`${this.gateway}/v1/${path}`);
    for (const [key, value] of Object.entries(query)) {
      for (const each of [value].flat()) if (each !== '') url.searchParams.append(key, each);
    }
    return url;
  }

  async #fetch(method, url, headers, body) {
    this.calls += 1;
    const token = this.token && (await this.token());
    return fetch(url, {
      method,
      headers: { 'accept-language': 'ja', ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body,
      signal: AbortSignal.timeout(60_000),
    });
  }

  async #call(...request) {
    return parsed(await this.#send(...request));
  }

  // The response, if it is a good one; what may pass by itself is tried again.
  async #send(method, path, query, body, key) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { ...(text && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }) };
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#fetch(method, this.#url(path, query), headers, text);
      if (response.ok) return response;
      const error = new ApiError(method, path, response.status, await parsed(response));
      if (!RETRIED.has(error.status) || attempt === ATTEMPTS) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}

async function parsed(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { error: { message: text.slice(0, 200) } };
  }
}
