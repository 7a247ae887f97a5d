// What refers to something finds it: names, ports, keys, settings.
import { programs } from './render.mjs';
import { componentOf, deployments, podOf, workloads } from './policies_pods.mjs';
import { matches } from './policies_network.mjs';

const services = programs.filter((name) => name !== 'gateway');
// The Secrets that an installation brings (deploy/kubernetes/secrets), with what a pod may take out of them.
const databaseKeys = (name, job) => (job ? ['migrator'] : [name, `${name}-jobs`]);
const signingKeys = (name) => ['internal_jwks.json', ...(name === 'gateway' ? [] : [`${name}.jwk`]),
  ...(name === 'engagement' ? ['link_key'] : [])];

const byKind = (objects, wanted) => objects.filter(({ kind }) => kind === wanted);
const find = (objects, kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);
const labelsOf = (workload) => workload.spec.template.metadata.labels;
const selected = (objects, selector) => workloads(objects).filter((pod) => matches(selector, labelsOf(pod)));

function secrets(objects, workload, say) {
  const name = componentOf(workload);
  const same = (what, found, wanted) => {
    if (found.sort().join(' ') !== wanted.sort().join(' ')) say(`${what}: takes ${found.join(' ') || 'nothing'}; wanted ${wanted.join(' ') || 'nothing'}`);
  };
  const keysOf = (secret) => (secret.items ?? [{ key: 'everything' }]).map(({ key }) => key);
  const taken = { 'staraction-database': [], 'staraction-keys': [] };
  for (const { secret } of podOf(workload).volumes ?? []) {
    if (!secret) continue;
    if (/-(database|postgres)-ca$/.test(secret.secretName)) same(secret.secretName, keysOf(secret), ['ca.crt']);
    else if (secret.secretName in taken) taken[secret.secretName].push(...keysOf(secret));
    else if (secret.secretName !== `staraction-tls-${name}`) say(`Secret ${secret.secretName} is not its own`);
  }
  const job = workload.kind === 'Job';
  same('staraction-database', taken['staraction-database'], name === 'gateway' ? [] : databaseKeys(name, job));
  same('staraction-keys', taken['staraction-keys'], job ? [] : signingKeys(name));
}

function mounts(workload, say) {
  const pod = podOf(workload);
  const volumes = new Map((pod.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const { name, mountPath, readOnly } of pod.containers[0].volumeMounts ?? []) {
    const volume = volumes.get(name);
    if (!volume) say(`mounts ${name}, which is no volume`);
    else if (!volume.emptyDir && readOnly !== true) say(`${mountPath} can be written`);
  }
  for (const { name, value } of pod.containers[0].env ?? []) {
    if (typeof value !== 'string' || !value.startsWith('/')) continue;
    const mount = pod.containers[0].volumeMounts?.find(({ mountPath }) => value === mountPath || value.startsWith(`${mountPath}/`));
    const items = volumes.get(mount?.name)?.secret?.items;
    if (!mount || (items && !items.some(({ path }) => value === `${mount.mountPath}/${path}`))) say(`${name}: there is no ${value}`);
  }
}

// Variables as the program sees them: the maps, then its own.
function environmentOf(objects, container, say) {
  const environment = {};
  for (const { configMapRef } of container.envFrom ?? []) {
    const map = find(objects, 'ConfigMap', configMapRef?.name);
    if (!map) say(`no ConfigMap ${configMapRef?.name}`);
    Object.assign(environment, map?.data);
  }
  for (const { name, value } of container.env ?? []) environment[name] = value;
  return environment;
}

// Settings that the program knows, and those without which it doesn't start; `settings`: of its --help.
function settingsProblems(environment, settings, job, say) {
  const keys = Object.keys(environment).map((name) => name.replace(/^STARACTION_/, '').toLowerCase());
  // Given to all, though not all have a use for them.
  const shared = (key) => /^peer_/.test(key) || key === 'cors_origins';
  for (const key of keys) if (!settings.known.has(key) && !shared(key)) say(`sets ${key}, which it does not know`);
  if (job) return;
  for (const key of settings.required) {
    if (!keys.includes(key) && !keys.includes(`${key}_file`)) say(`lacks the setting ${key}`);
  }
}

// Every address of a peer or backend is a Service and its port.
function addresses(objects, environment, calls, say) {
  const backends = Object.fromEntries((environment.STARACTION_BACKENDS ?? '').split(',').filter(Boolean).map((pair) => pair.split('=')));
  for (const peer of calls) {
    const address = backends[peer] ?? environment[`STARACTION_PEER_${peer.toUpperCase()}`];
    const service = find(objects, 'Service', `staraction-${peer}`);
    const port = service?.spec.ports.find((candidate) => `${service.metadata.name}:${candidate.port}` === address);
    if (!port) say(`calls ${peer} at ${address}, which is no Service`);
  }
}

function servicesProblems(objects) {
  return byKind(objects, 'Service').filter(({ spec }) => spec.type !== 'ExternalName').flatMap((service) => {
    const problems = [];
    const say = (what) => problems.push(`Service ${service.metadata.name}: ${what}`);
    const pods = service.spec.selector ? selected(objects, { matchLabels: service.spec.selector }) : [];
    if (pods.length !== 1 || pods[0].kind !== 'Deployment') say(`selects ${pods.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ') || 'nobody'}`);
    else if (pods[0].metadata.name !== service.metadata.name) say(`leads to ${pods[0].metadata.name}`);
    for (const { targetPort } of service.spec.ports) {
      if (!pods[0]?.spec.template.spec.containers[0].ports?.some(({ name }) => name === targetPort)) say(`no port ${targetPort}`);
    }
    if ((service.spec.type ?? 'ClusterIP') !== 'ClusterIP') say(`is a ${service.spec.type}`);
    if (service.metadata.name !== 'staraction-gateway' && service.spec.clusterIP !== 'None') say('callers would stay with one pod');
    return problems;
  });
}

function selectors(objects) {
  return deployments(objects).flatMap((deployment) => {
    const pods = selected(objects, deployment.spec.selector ?? {}).map(({ metadata }) => metadata.name);
    return pods.join() === deployment.metadata.name ? [] : [`Deployment ${deployment.metadata.name}: selects ${pods.join(', ') || 'nobody'}`];
  });
}

function availability(objects) {
  const problems = [];
  const scaled = byKind(objects, 'HorizontalPodAutoscaler');
  const budgets = byKind(objects, 'PodDisruptionBudget');
  for (const deployment of deployments(objects)) {
    const { name } = deployment.metadata;
    const scaler = scaled.find(({ spec }) => spec.scaleTargetRef.name === name);
    const least = scaler ? scaler.spec.minReplicas : deployment.spec.replicas;
    const own = budgets.filter(({ spec }) => selected(objects, spec.selector).some((pod) => pod === deployment));
    if (scaled.length > 0 && !scaler) problems.push(`${name}: no autoscaler`);
    if (scaler && deployment.spec.replicas !== undefined) problems.push(`${name}: replicas and an autoscaler`);
    if (scaler && !(scaler.spec.maxReplicas > scaler.spec.minReplicas)) problems.push(`${name}: nothing to scale`);
    if (budgets.length > 0 && own.length !== 1) problems.push(`${name}: ${own.length} budgets`);
    for (const { spec } of own) {
      if (!(spec.minAvailable >= 1)) problems.push(`${name}: its budget keeps nobody`);
      if (!(least > spec.minAvailable)) problems.push(`${name}: ${least} pods under a budget that keeps ${spec.minAvailable}`);
    }
  }
  for (const { metadata, spec } of budgets) {
    if (selected(objects, spec.selector).some(({ kind }) => kind === 'Job')) problems.push(`budget ${metadata.name} counts migrations`);
  }
  for (const { metadata, spec } of scaled) {
    if (!find(objects, spec.scaleTargetRef.kind, spec.scaleTargetRef.name)) problems.push(`autoscaler ${metadata.name} has no target`);
  }
  return problems;
}

function certificates(objects) {
  const all = byKind(objects, 'Certificate');
  if (all.length === 0) return [];
  const problems = all.filter(({ spec }) => !find(objects, 'Issuer', spec.issuerRef.name))
    .map(({ metadata, spec }) => `Certificate ${metadata.name}: no Issuer ${spec.issuerRef.name}`);
  for (const name of programs) {
    const own = all.find(({ spec }) => spec.secretName === `staraction-tls-${name}`);
    if (!own) problems.push(`${name}: no certificate`);
    else if (own.spec.uris?.join() !== `spiffe://staraction/${name}`) problems.push(`${name}: certified as ${own.spec.uris}`);
    else if (!['server auth', 'client auth'].every((usage) => own.spec.usages.includes(usage))) problems.push(`${name}: its certificate is for ${own.spec.usages}`);
  }
  return problems;
}

function others(objects, roles) {
  const problems = [];
  const seen = new Set();
  for (const { apiVersion, kind, metadata } of objects) {
    const id = `${kind} ${metadata.name}`;
    if (seen.has(id)) problems.push(`${id} stands twice`);
    seen.add(id);
    if (kind === 'Secret') problems.push(`${id}: secrets have no place in manifests`);
    if (kind !== 'Namespace' && metadata.namespace !== 'staraction') problems.push(`${id}: in namespace ${metadata.namespace}`);
    if (/beta|alpha/.test(apiVersion)) problems.push(`${id}: ${apiVersion} is not stable`);
  }
  const space = find(objects, 'Namespace', 'staraction');
  if (space?.metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted') problems.push('the namespace takes any pod');
  for (const { metadata, spec } of byKind(objects, 'Ingress')) {
    const hosts = spec.rules.map(({ host }) => host);
    if (!hosts.every((host) => host && spec.tls?.some((tls) => tls.hosts.includes(host)))) problems.push('Ingress: a host without TLS');
    // By HTTP/1.1 native gRPC doesn't pass; and two protocols to one port share the controller's idle connections.
    if (metadata.annotations?.['nginx.ingress.kubernetes.io/backend-protocol'] !== 'GRPC') problems.push(`Ingress ${metadata.name}: not by HTTP/2`);
    const backend = spec.rules[0].http.paths[0].backend.service;
    const service = find(objects, 'Service', backend.name);
    if (!service?.spec.ports.some(({ name }) => name === backend.port.name)) problems.push(`Ingress ${metadata.name}: no ${backend.name}:${backend.port.name}`);
  }
  for (const name of services) {
    const job = find(objects, 'Job', `staraction-migrate-${name}`);
    if (!job) problems.push(`${name}: no migration`);
    else if (podOf(job).containers[0].args?.join() !== 'migrate') problems.push(`${name}: its migration runs ${podOf(job).containers[0].args}`);
    else if (podOf(job).restartPolicy !== 'OnFailure' || !job.spec.ttlSecondsAfterFinished) problems.push(`${name}: its migration stays`);
  }
  for (const { spec } of byKind(objects, 'PodMonitor')) {
    for (const deployment of deployments(objects)) {
      const ports = podOf(deployment).containers[0].ports.map(({ name }) => name);
      if (!matches(spec.selector, labelsOf(deployment)) || !spec.podMetricsEndpoints.every(({ port }) => ports.includes(port))) problems.push(`${deployment.metadata.name}: not watched`);
    }
  }
  for (const { spec } of byKind(objects, 'Cluster')) {
    const found = spec.managed.roles.map(({ name }) => name).sort().join(' ');
    if (found !== roles) problems.push(`PostgreSQL has the roles ${found}; wanted ${roles}`);
  }
  return problems;
}

// `programsSay`: program → {known, required} settings; `calls`: program → those it calls; `roles`: of bootstrap.sql.
export function wiringProblems(objects, { programsSay, calls, roles }) {
  const problems = [...servicesProblems(objects), ...selectors(objects), ...availability(objects), ...certificates(objects), ...others(objects, roles)];
  for (const workload of workloads(objects)) {
    const say = (what) => problems.push(`${workload.kind} ${workload.metadata.name}: ${what}`);
    const name = componentOf(workload);
    secrets(objects, workload, say);
    mounts(workload, say);
    const container = podOf(workload).containers[0];
    const environment = environmentOf(objects, container, say);
    settingsProblems(environment, programsSay[name], workload.kind === 'Job', say);
    if (workload.kind === 'Deployment') addresses(objects, environment, calls[name], say);
    if (!container.image.includes(`/${name}@`)) say(`runs ${container.image}`);
  }
  return problems;
}
