// deploy/kubernetes: every overlay and every sensible combination of components through kustomize, schemas, strict
// fields and our own policies; then faults planted in them, each of which must be told.
//   manifests.mjs BUILD_DIR      exit code 1 if something is wrong, 77 without kubectl
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromCode } from './code.mjs';
import { faults, fileFaults } from './faults.mjs';
import { networkProblems } from './policies_network.mjs';
import { podProblems } from './policies_pods.mjs';
import { wiringProblems } from './policies_wiring.mjs';
import { installation, render, renderCombination } from './render.mjs';
import { schemaProblems } from './schemas.mjs';
import { printedRules, printedSecrets, secretsProblems } from './scripts.mjs';

const [build] = process.argv.slice(2);
const source = new URL('../../../deploy', import.meta.url).pathname;
try {
  execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
} catch {
  console.log('SKIPPED: no kubectl (1.27 or newer) on this machine');
  process.exit(77);
}

const code = fromCode(build, source);
const problemsOf = (objects) => [
  ...schemaProblems(objects), ...podProblems(objects), ...networkProblems(objects, code.calls), ...wiringProblems(objects, code),
];

// Either database, and each set of the others that is named; single ones, all, none.
function combinations() {
  const others = ['ha', 'autoscaling', 'cert-manager', 'network-policies', 'monitoring', 'ingress'];
  const sets = [[], ...others.map((name) => [name]), others, ['ha', 'network-policies'], ['cert-manager', 'ingress']];
  return ['cnpg', 'external-postgres'].flatMap((database) => sets.map((set) => [database, ...set]));
}

function checkClean(deploy) {
  const problems = [];
  const report = (what, objects) => problemsOf(objects).forEach((problem) => problems.push(`${what}: ${problem}`));
  for (const overlay of ['small', 'ha']) report(overlay, render(join(deploy, 'kubernetes/overlays', overlay)));
  for (const components of combinations()) report(components.join('+'), renderCombination(deploy, components));
  return problems;
}

function checkScripts(deploy) {
  const objects = render(join(deploy, 'kubernetes/overlays/ha'));
  const secrets = printedSecrets(deploy, build);
  const problems = [...schemaProblems(printedRules(deploy)), ...secretsProblems(objects, secrets)];
  for (const [name, key] of [['staraction-keys', 'link_key'], ['staraction-role-asset', 'username']]) {
    const faulty = structuredClone(secrets);
    delete faulty.find(({ metadata }) => metadata.name === name).data[key];
    if (secretsProblems(objects, faulty).length === 0) problems.push(`a planted fault was not told: ${name} without ${key}`);
  }
  return problems;
}

function checkFaults(deploy) {
  const clean = JSON.stringify(render(join(deploy, 'kubernetes/overlays/ha')));
  const missed = faults.filter(({ plant, told }) => {
    const objects = JSON.parse(clean);
    plant(objects);
    if (JSON.stringify(objects) === clean) throw new Error(`this fault changes nothing: ${plant}`);
    const problems = problemsOf(objects);
    return !problems.some((problem) => told.test(problem));
  });
  return missed.map(({ name }) => `a planted fault was not told: ${name}`);
}

function checkFileFaults() {
  return fileFaults.filter(({ plant, told }) => {
    const deploy = installation(source);
    plant(join(deploy, 'kubernetes'));
    try {
      return !problemsOf(render(join(deploy, 'kubernetes/overlays/ha'))).some((problem) => told.test(problem));
    } catch (error) {
      return !told.test(String(error.stderr ?? error));
    } finally {
      rmSync(dirname(deploy), { recursive: true });
    }
  }).map(({ name }) => `a planted fault was not told: ${name}`);
}

const deploy = installation(source);
const problems = [...checkClean(deploy), ...checkScripts(deploy), ...checkFaults(deploy), ...checkFileFaults()];
rmSync(dirname(deploy), { recursive: true });
for (const problem of problems) console.error(`manifests: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`manifests: 2 overlays and ${combinations().length} combinations are clean; ` +
  `${faults.length + fileFaults.length + 2} planted faults were told`);
