// What an image is made of, as CycloneDX 1.5 in JSON, on standard output.
//   sbom.mjs --name NAME --version VERSION --digest sha256:… --packages 'libc6 …'
// Debian packages with version and source package, and what the build takes in from npm. No times and no random
// numbers: the same image gives the same bytes.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: Object.fromEntries(['name', 'version', 'digest', 'packages'].map((key) => [key, { type: 'string' }])),
});
for (const key of ['name', 'version', 'digest', 'packages']) {
  if (!given[key]) throw new Error(`sbom.mjs: --${key} is missing`);
}

const fields = ['Package', 'Version', 'Architecture', 'source:Package', 'source:Version'];

function debianComponents(packages) {
  const format = fields.map((field) => `\${${field}}`).join('\t') + '\n';
  const lines = execFileSync('dpkg-query', ['-W', '-f', format, ...packages], { encoding: 'utf8' });
  const ours = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  return lines.trim().split('\n').map((line) => line.split('\t'))
    .filter(([, , architecture]) => architecture === ours || architecture === 'all')
    .map(([name, version, architecture, source, sourceVersion]) => {
      const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}` +
        `?arch=${architecture}&distro=debian-12`;
      return {
        type: 'library', 'bom-ref': purl, name, version, purl,
        properties: [
          { name: 'debian:source', value: source },
          { name: 'debian:source-version', value: sourceVersion },
        ],
      };
    });
}

// Sources that are compiled into programs: schemas into all, the pages of the API's description into the gateway.
function npmComponents(program) {
  const { devDependencies } = JSON.parse(readFileSync('tools/package.json', 'utf8'));
  const names = ['google-proto-files', ...(program === 'gateway' ? ['swagger-ui-dist'] : [])];
  return names.map((name) => {
    const version = devDependencies[name];
    const purl = `pkg:npm/${name}@${version}`;
    return { type: 'library', 'bom-ref': purl, name, version, purl };
  });
}

const packages = given.packages.trim().split(/\s+/);
const components = [...debianComponents(packages), ...npmComponents(given.name)]
  .sort((a, b) => (a.purl < b.purl ? -1 : 1));
const root = `staraction-${given.name}`;
console.log(JSON.stringify({
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    component: {
      type: 'container', 'bom-ref': root, name: root, version: given.version,
      hashes: [{ alg: 'SHA-256', content: given.digest.replace(/^sha256:/, '') }],
    },
  },
  components,
  dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
}, null, 2));
