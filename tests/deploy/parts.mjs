// Lists of parts (CycloneDX 1.5): valid, and with the package of every file of the image, in the version that is here.
//   parts.mjs OUT IMAGES      OUT: of deploy/images/build; IMAGES: of `unpack`
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../../tools/package.json', import.meta.url));
const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
const [out, images] = process.argv.slice(2);

// Made by the build, or from several files of a package.
const ours = /^\/(app\/|etc\/(passwd|group|nsswitch\.conf|ssl\/certs\/ca-certificates\.crt)$)/;

function files(folder, under = '') {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = `${under}/${entry.name}`;
    return entry.isDirectory() ? files(folder, path) : entry.isFile() ? [path] : [];
  });
}

// Folders of licences may be links between packages; they bear the package's name.
function packageOf(path) {
  const licence = /^\/usr\/share\/doc\/([^/]+)\/copyright$/.exec(path);
  if (licence !== null) return licence[1];
  for (const spelling of [path, path.replace(/^\/usr/, '')]) {
    try {
      return execFileSync('dpkg-query', ['-S', spelling], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .split(':')[0];
    } catch { /* the other spelling */ }
  }
  return undefined;
}

const packages = new Map();
const versions = new Map();

function problemsOf(bom, paths) {
  const listed = new Map(bom.components.map(({ name, version }) => [name, version]));
  return paths.filter((path) => !ours.test(path)).flatMap((path) => {
    if (!packages.has(path)) packages.set(path, packageOf(path));
    const name = packages.get(path);
    if (name === undefined) return [`no package has ${path}`];
    if (!versions.has(name)) {
      versions.set(name, execFileSync('dpkg-query', ['-W', '-f', '${Version}\n', name], { encoding: 'utf8' }).split('\n')[0]);
    }
    return listed.get(name) === versions.get(name) ? [] : [`${path}: ${name} ${versions.get(name)} is not listed`];
  });
}

async function check(name) {
  const text = readFileSync(join(out, `${name}.cdx.json`), 'utf8');
  const invalid = await validator.validate(text);
  if (invalid !== null) return [JSON.stringify(invalid)];
  return problemsOf(JSON.parse(text), files(join(images, name, 'rootfs')));
}

// Faults that must be found: a misspelt member, a library whose package is not listed, a file from nowhere.
async function planted() {
  const text = readFileSync(join(out, 'engagement.cdx.json'), 'utf8');
  const bom = JSON.parse(text);
  const paths = files(join(images, 'engagement', 'rootfs'));
  const without = { ...bom, components: bom.components.filter((component) => component.name !== 'libc6') };
  const faults = {
    misspelt: await validator.validate(text.replace('"components"', '"component"')) !== null,
    unlisted: problemsOf(without, paths).some((problem) => problem.includes('libc6')),
    strange: problemsOf(bom, [...paths, '/usr/lib/from_nowhere.so']).length === 1,
  };
  return Object.keys(faults).filter((fault) => !faults[fault]).map((fault) => `a planted fault was not found: ${fault}`);
}

const problems = await planted();
for (const name of readdirSync(images)) problems.push(...(await check(name)).map((problem) => `${name}: ${problem}`));
for (const problem of problems) console.error(`parts: ${problem}`);
if (problems.length === 0) console.log('parts: every file has its package listed');
process.exit(problems.length === 0 ? 0 : 1);
