// What every pod of ours keeps to: Kubernetes' profile "restricted", limits, probes, an end without lost calls.
const recommended = ['name', 'component', 'part-of', 'version'].map((label) => `app.kubernetes.io/${label}`);
const drainSeconds = 12;

export const workloads = (objects) => objects.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
export const deployments = (objects) => objects.filter(({ kind }) => kind === 'Deployment');
export const podOf = (workload) => workload.spec.template.spec;
export const componentOf = (object) => object.metadata.labels?.['app.kubernetes.io/component'];

// "64Mi" → bytes; undefined for anything else than whole binary units.
export function bytes(quantity) {
  const match = /^(\d+)(Ki|Mi|Gi)$/.exec(quantity ?? '');
  return match ? Number(match[1]) * 1024 ** (['Ki', 'Mi', 'Gi'].indexOf(match[2]) + 1) : undefined;
}

function podSecurity(pod, say) {
  const context = pod.securityContext ?? {};
  if (context.runAsNonRoot !== true) say('runAsNonRoot is not true');
  if (!(context.runAsUser >= 10000)) say(`runAsUser ${context.runAsUser}; wanted 10000 or more`);
  if (context.seccompProfile?.type !== 'RuntimeDefault') say('seccompProfile is not RuntimeDefault');
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace']) if (pod[field]) say(`${field} is set`);
  if (pod.automountServiceAccountToken !== false) say('automountServiceAccountToken is not false');
  if (pod.enableServiceLinks !== false) say('enableServiceLinks is not false');
  for (const { name, ...source } of pod.volumes ?? []) {
    const [kind] = Object.keys(source);
    if (!['secret', 'configMap', 'emptyDir'].includes(kind)) say(`volume ${name} is a ${kind}`);
    if (kind === 'emptyDir' && !bytes(source.emptyDir?.sizeLimit)) say(`volume ${name} has no sizeLimit`);
    if (kind === 'secret' && (source.secret.defaultMode ?? 0o644) & 0o007) say(`volume ${name} is readable by everybody`);
  }
}

function containerSecurity(container, say) {
  const context = container.securityContext ?? {};
  if (context.allowPrivilegeEscalation !== false) say('allowPrivilegeEscalation is not false');
  if (context.readOnlyRootFilesystem !== true) say('readOnlyRootFilesystem is not true');
  if (context.privileged) say('privileged');
  if (JSON.stringify(context.capabilities) !== '{"drop":["ALL"]}') say('capabilities are not dropped');
  if (!/^[a-z0-9.:/-]+@sha256:[0-9a-f]{64}$/.test(container.image)) say(`image ${container.image} is not pinned by digest`);
  const { requests = {}, limits = {} } = container.resources ?? {};
  if (!requests.cpu || !requests.memory) say('no requests');
  if (!(bytes(limits.memory) >= bytes(requests.memory))) say(`memory limit ${limits.memory}; wanted at least the request`);
  if (limits.cpu) say('a cpu limit');
  for (const { name, value } of container.env ?? []) {
    if (value && /(PASSWORD|SECRET|DATABASE_URL|LINK_KEY)$/.test(name)) say(`${name} stands in the environment`);
  }
}

function probes(container, say) {
  const ports = new Set((container.ports ?? []).map(({ name }) => name));
  const paths = { startupProbe: '/healthz', readinessProbe: '/readyz', livenessProbe: '/healthz' };
  for (const [probe, path] of Object.entries(paths)) {
    const get = container[probe]?.httpGet;
    if (!get) say(`no ${probe}`);
    else if (get.path !== path) say(`${probe} asks ${get.path}; wanted ${path}`);
    else if (!ports.has(get.port)) say(`${probe} asks port ${get.port}, which the container does not have`);
  }
}

function ending(deployment, pod, container, say) {
  const [program, seconds] = container.lifecycle?.preStop?.exec?.command ?? [];
  if (program !== '/usr/bin/sleep' || !(Number(seconds) >= 3)) say('no pause before the end');
  if (!(pod.terminationGracePeriodSeconds >= Number(seconds) + drainSeconds)) say('too little time to end');
  const { type, rollingUpdate } = deployment.spec.strategy ?? {};
  if (type !== 'RollingUpdate' || rollingUpdate?.maxUnavailable !== 0) say('an update may leave nobody to serve');
  if (!pod.topologySpreadConstraints?.some(({ topologyKey }) => topologyKey === 'kubernetes.io/hostname')) say('not spread over nodes');
}

// Fields that Kubernetes 1.27, the oldest that is promised, does not have.
function newerThanPromised(pod, container, say) {
  if (container.lifecycle?.preStop?.sleep) say('preStop.sleep needs Kubernetes 1.30');
  if (container.restartPolicy) say('restartPolicy of containers needs Kubernetes 1.29');
  if (pod.resources) say('resources of pods need Kubernetes 1.34');
}

export function podProblems(objects) {
  const accounts = new Map();
  return workloads(objects).flatMap((workload) => {
    const problems = [];
    const say = (what) => problems.push(`${workload.kind} ${workload.metadata.name}: ${what}`);
    const pod = podOf(workload);
    podSecurity(pod, say);
    if (pod.initContainers || pod.containers.length !== 1) say('wanted one container');
    for (const container of pod.containers) {
      containerSecurity(container, say);
      newerThanPromised(pod, container, say);
      if (workload.kind === 'Deployment') {
        probes(container, say);
        ending(workload, pod, container, say);
      }
    }
    for (const label of recommended) if (!workload.spec.template.metadata?.labels?.[label]) say(`no label ${label}`);
    const owner = accounts.get(pod.serviceAccountName) ?? componentOf(workload);
    accounts.set(pod.serviceAccountName, owner);
    if (owner !== componentOf(workload)) say(`shares the account ${pod.serviceAccountName} with ${owner}`);
    if (!objects.some(({ kind, metadata, automountServiceAccountToken }) => kind === 'ServiceAccount' &&
        metadata.name === pod.serviceAccountName && automountServiceAccountToken === false)) {
      say(`no account ${pod.serviceAccountName} without a token`);
    }
    return problems;
  });
}
