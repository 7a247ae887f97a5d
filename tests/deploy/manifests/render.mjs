// Manifests as they are applied: kubectl's own kustomize, then YAML → objects.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const require = createRequire(new URL('../../../tools/package.json', import.meta.url));
const { loadAll } = require('js-yaml');

export const programs = ['gateway', 'engagement', 'training', 'diagnosis', 'asset', 'risk', 'document', 'declaration'];

// A copy of deploy/ whose images are pinned to digests, as deploy/images/push does it.
export function installation(deploy) {
  const copy = join(mkdtempSync(join(tmpdir(), 'staraction-manifests-')), 'deploy');
  cpSync(deploy, copy, { recursive: true });
  const digests = programs.map((name, i) => `${name} sha256:${String(i).repeat(64)} 1`).join('\n');
  writeFileSync(join(copy, 'digests'), `${digests}\n`);
  execFileSync(join(copy, 'images/pin'), [join(copy, 'digests'), 'registry.example.com/staraction']);
  return copy;
}

export function render(folder) {
  // Its words about a mistake are the message.
  const text = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return loadAll(text);
}

// The base with some components, as a site could choose them.
export function renderCombination(deploy, components) {
  const folder = join(deploy, 'kubernetes/overlays', `test-${components.join('-') || 'none'}`);
  mkdirSync(folder, { recursive: true });
  const paths = [...components.map((name) => `../../components/${name}`), '../../site'];
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace: 'staraction',
    resources: ['../../base'], components: paths,
  }));
  return render(folder);
}

export function readText(path) {
  return readFileSync(path, 'utf8');
}
