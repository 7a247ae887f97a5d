// What the scripts beside the manifests print: Secrets with all that pods and PostgreSQL take out of them, and rules.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { podOf, workloads } from './policies_pods.mjs';
import { require } from './render.mjs';
import { schemaProblems } from './schemas.mjs';

const { loadAll } = require('js-yaml');

export function printedSecrets(deploy, build) {
  const folder = mkdtempSync(join(tmpdir(), 'staraction-secrets-'));
  try {
    const run = () => execFileSync(join(deploy, 'kubernetes/secrets'), [join(folder, 'kept'), 'postgres.example.com'], {
      encoding: 'utf8', env: { ...process.env, STARACTL: resolve(build, 'bin/staractl') },
    });
    const first = run();
    if (run() !== first) throw new Error('secrets: a second run made others');
    return loadAll(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function printedRules(deploy) {
  return loadAll(execFileSync(join(deploy, 'kubernetes/rules'), { encoding: 'utf8' }));
}

// `objects`: an overlay. Certificates make the Secrets that are called staraction-tls-….
export function secretsProblems(objects, secrets) {
  const problems = schemaProblems(secrets);
  const keys = new Map(secrets.map(({ metadata, data }) => [metadata.name, Object.keys(data)]));
  const byOperator = objects.filter(({ kind }) => kind === 'Cluster').map(({ metadata }) => `${metadata.name}-ca`);
  for (const workload of workloads(objects)) {
    for (const { secret } of podOf(workload).volumes ?? []) {
      if (secret?.optional || byOperator.includes(secret?.secretName)) continue;
      for (const { key } of secret?.items ?? []) {
        if (!keys.get(secret.secretName)?.includes(key)) problems.push(`${workload.metadata.name}: no ${key} in ${secret.secretName}`);
      }
    }
  }
  for (const { spec } of objects.filter(({ kind }) => kind === 'Cluster')) {
    for (const { name, passwordSecret } of spec.managed.roles) {
      const secret = secrets.find(({ metadata }) => metadata.name === passwordSecret.name);
      const user = Buffer.from(secret?.data.username ?? '', 'base64').toString();
      if (user !== name) problems.push(`${name}: its password's Secret is for '${user}'`);
    }
  }
  return problems;
}
