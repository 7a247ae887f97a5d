// Walls: the edges that NetworkPolicies allow between our pods are the calls in the code, as egress of the caller and
// as ingress of the called; only the gateway is open, only services reach PostgreSQL.
import { programs } from './render.mjs';
import { componentOf, deployments, podOf, workloads } from './policies_pods.mjs';

export function matches(selector, labels) {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator === 'In') return values.includes(labels[key]);
      if (operator === 'NotIn') return !values.includes(labels[key]);
      if (operator === 'Exists') return key in labels;
      return operator === 'DoesNotExist' && !(key in labels);
    });
}

const labelsOf = (workload) => workload.spec.template.metadata.labels;
const isOurs = (selector) => selector !== undefined;

// The number of a port of a pod, which policies may name.
function portNumber(workload, port) {
  if (typeof port === 'number') return port;
  return podOf(workload).containers[0].ports?.find(({ name }) => name === port)?.containerPort;
}

// Who may connect to whom, by one direction's rules: "caller>called:port".
function edges(policies, pods, direction) {
  const found = new Set();
  for (const policy of policies) {
    for (const rule of policy.spec[direction] ?? []) {
      for (const peer of (direction === 'egress' ? rule.to : rule.from) ?? []) {
        if (peer.namespaceSelector || peer.ipBlock || !isOurs(peer.podSelector)) continue;
        for (const self of pods.filter((pod) => matches(policy.spec.podSelector, labelsOf(pod)))) {
          for (const other of pods.filter((pod) => matches(peer.podSelector, labelsOf(pod)))) {
            const [caller, called] = direction === 'egress' ? [self, other] : [other, self];
            for (const { port } of rule.ports ?? [{ port: 'any' }]) {
              found.add(`${componentOf(caller)}>${componentOf(called)}:${portNumber(called, port) ?? port}`);
            }
          }
        }
      }
    }
  }
  return found;
}

// Pods that a rule without our own pods as peers opens, by port.
function open(policies, pods, direction, port) {
  return pods.filter((pod) => policies.some((policy) => matches(policy.spec.podSelector, labelsOf(pod)) &&
    (policy.spec[direction] ?? []).some((rule) => !(rule.to ?? rule.from)?.every((peer) => peer.podSelector && !peer.namespaceSelector) &&
      (rule.ports ?? [{ port }]).some((allowed) => allowed.port === undefined || portNumber(pod, allowed.port) === port))));
}

const names = (pods) => [...new Set(pods.map(componentOf))].sort().join(' ');

function compare(what, found, wanted) {
  return [...found].filter((edge) => !wanted.has(edge)).map((edge) => `${what}: ${edge} is allowed, but no call in the code`)
    .concat([...wanted].filter((edge) => !found.has(edge)).map((edge) => `${what}: ${edge} is called, but not allowed`));
}

// `calls`: program → those that it calls.
export function networkProblems(objects, calls) {
  const policies = objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'staraction-postgres');
  if (policies.length === 0) return [];
  const pods = workloads(objects);
  const servers = deployments(objects);
  const wanted = new Set(Object.entries(calls).flatMap(([caller, all]) => all.map((called) => `${caller}>${called}:7100`)));
  const problems = [
    ...compare('egress', edges(policies, servers, 'egress'), wanted),
    ...compare('ingress', edges(policies, servers, 'ingress'), wanted),
  ];
  const deny = policies.find(({ spec }) => !spec.ingress && !spec.egress && spec.policyTypes?.length === 2);
  if (!deny || pods.some((pod) => !matches(deny.spec.podSelector, labelsOf(pod)))) problems.push('no policy that forbids everything to all pods');
  const expect = (what, found, want) => { if (found !== want) problems.push(`${what}: ${found || 'nobody'}; wanted ${want}`); };
  const services = [...programs].filter((name) => name !== 'gateway').sort().join(' ');
  expect('open to everybody', names(open(policies.filter(({ metadata }) => metadata.name !== 'staraction-metrics'), servers, 'ingress', 8080)), 'gateway');
  expect('open to everybody at the services\' port', names(open(policies, servers, 'ingress', 7100)) || 'none', 'none');
  expect('may reach PostgreSQL', names(open(policies, pods, 'egress', 5432)), services);
  expect('may ask for names', names(open(policies, pods, 'egress', 53)), [...programs].sort().join(' '));
  expect('may send mail', names(open(policies, pods, 'egress', 587)), 'engagement');
  expect('may look at pages', names(open(policies, pods, 'egress', 80)), 'declaration');
  for (const { metadata, spec } of policies) {
    if (!pods.some((pod) => matches(spec.podSelector, labelsOf(pod)))) problems.push(`policy ${metadata.name} concerns no pod`);
    if (spec.ingress && !spec.policyTypes.includes('Ingress')) problems.push(`policy ${metadata.name}: ingress without its type`);
    if (spec.egress && !spec.policyTypes.includes('Egress')) problems.push(`policy ${metadata.name}: egress without its type`);
  }
  return problems;
}
