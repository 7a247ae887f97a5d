// Mistakes that people make in manifests: what is changed in the overlay `ha`, and what must be told of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const get = (objects, kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);
const deployment = (objects, name = 'asset') => get(objects, 'Deployment', `staraction-${name}`);
const pod = (objects, name) => deployment(objects, name).spec.template.spec;
const container = (objects, name) => pod(objects, name).containers[0];
const policy = (objects, name) => get(objects, 'NetworkPolicy', `staraction-${name}`);
const remove = (objects, kind, name) => objects.splice(objects.indexOf(get(objects, kind, name)), 1);
const volume = (objects, name, program) => pod(objects, program).volumes.find((candidate) => candidate.name === name);
const setting = (objects, map) => objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(`staraction-${map}-`)).data;

const fault = (name, told, plant) => ({ name, told, plant });

const shape = [
  fault('a misspelt field', /replica: no such field/, (o) => { deployment(o).spec.replica = 2; }),
  fault('a misspelt field deep inside', /imagePullPolice: no such field/, (o) => { container(o).imagePullPolice = 'Always'; }),
  fault('a text for a number', /must be integer|is no number/, (o) => { container(o).ports[0].containerPort = '7100'; }),
  fault('a number for a text', /must be string|is no string/, (o) => { container(o).env[0].value = 7100; }),
  fault('a value that is not in the list', /must be equal to one of|allowed values|restartPolicy/, (o) => { get(o, 'Job', 'staraction-migrate-asset').spec.template.spec.restartPolicy = 'Sometimes'; }),
  fault('a missing selector', /must have required property selector/, (o) => { delete deployment(o).spec.selector; }),
  fault('a kind of another group', /has no PodDisruptionBudget/, (o) => { get(o, 'PodDisruptionBudget', 'staraction-asset').apiVersion = 'apps/v1'; }),
  fault('a budget\'s misspelt field', /minAvailible: no such field/, (o) => { get(o, 'PodDisruptionBudget', 'staraction-asset').spec.minAvailible = 1; }),
  fault('a certificate without a Secret', /secretName/, (o) => { delete get(o, 'Certificate', 'staraction-tls-asset').spec.secretName; }),
  fault('a database without instances', /instances/, (o) => { delete get(o, 'Cluster', 'staraction-postgres').spec.instances; }),
  fault('a field of a newer Kubernetes', /needs Kubernetes 1.30/, (o) => { container(o).lifecycle.preStop.sleep = { seconds: 5 }; }),
];

const pods = [
  fault('root', /runAsUser 0/, (o) => { pod(o).securityContext.runAsUser = 0; }),
  fault('perhaps root', /runAsNonRoot/, (o) => { delete pod(o).securityContext.runAsNonRoot; }),
  fault('any system call', /seccompProfile/, (o) => { pod(o).securityContext.seccompProfile.type = 'Unconfined'; }),
  fault('privileges to gain', /allowPrivilegeEscalation/, (o) => { container(o).securityContext.allowPrivilegeEscalation = true; }),
  fault('a writable root', /readOnlyRootFilesystem/, (o) => { delete container(o).securityContext.readOnlyRootFilesystem; }),
  fault('a capability', /capabilities/, (o) => { container(o).securityContext.capabilities.add = ['NET_ADMIN']; }),
  fault('capabilities kept by a migration', /migrate-asset: capabilities/, (o) => { delete get(o, 'Job', 'staraction-migrate-asset').spec.template.spec.containers[0].securityContext.capabilities; }),
  fault('the node\'s network', /hostNetwork/, (o) => { pod(o).hostNetwork = true; }),
  fault('the node\'s files', /is a hostPath/, (o) => { pod(o).volumes.push({ name: 'host', hostPath: { path: '/' } }); }),
  fault('a token of the API server', /automountServiceAccountToken/, (o) => { pod(o).automountServiceAccountToken = true; }),
  fault('variables of services', /enableServiceLinks/, (o) => { delete pod(o).enableServiceLinks; }),
  fault('an account that is shared', /shares the account/, (o) => { pod(o).serviceAccountName = 'staraction-risk'; }),
  fault('an account that is not there', /no account/, (o) => { remove(o, 'ServiceAccount', 'staraction-asset'); }),
  fault('no memory limit', /memory limit/, (o) => { delete container(o).resources.limits; }),
  fault('less memory than requested', /memory limit 32Mi/, (o) => { container(o).resources.limits.memory = '32Mi'; }),
  fault('no requests', /no requests/, (o) => { delete container(o).resources.requests; }),
  fault('a temporary folder without end', /sizeLimit/, (o) => { delete volume(o, 'tmp').emptyDir.sizeLimit; }),
  fault('keys for everybody\'s eyes', /readable by everybody/, (o) => { volume(o, 'keys').secret.defaultMode = 0o444; }),
  fault('a tag instead of a digest', /not pinned/, (o) => { container(o).image = 'registry.example.com/staraction/asset:0.1.0'; }),
  fault('another program\'s image', /runs registry/, (o) => { container(o).image = container(o, 'risk').image; }),
  fault('no readiness', /no readinessProbe/, (o) => { delete container(o).readinessProbe; }),
  fault('liveness that follows the database', /livenessProbe asks \/readyz/, (o) => { container(o).livenessProbe.httpGet.path = '/readyz'; }),
  fault('a probe of a port that is not there', /startupProbe asks port/, (o) => { container(o).startupProbe.httpGet.port = 'http'; }),
  fault('no pause before the end', /no pause/, (o) => { delete container(o).lifecycle; }),
  fault('killed while calls finish', /too little time/, (o) => { pod(o).terminationGracePeriodSeconds = 10; }),
  fault('an update that stops the last one', /nobody to serve/, (o) => { deployment(o).spec.strategy.rollingUpdate.maxUnavailable = 1; }),
  fault('all on one node', /not spread/, (o) => { delete pod(o).topologySpreadConstraints; }),
  fault('a missing label', /no label app.kubernetes.io\/version/, (o) => { delete deployment(o).spec.template.metadata.labels['app.kubernetes.io/version']; }),
  fault('a password in the environment', /stands in the environment/, (o) => { container(o).env.push({ name: 'STARACTION_DATABASE_URL', value: 'postgresql://a:b@c/d' }); }),
];

const walls = [
  fault('an edge that no call needs', /asset>risk:7100 is allowed, but no call/, (o) => { policy(o, 'asset').spec.egress[0].to[0].podSelector.matchExpressions[0].values.push('risk'); }),
  fault('a call that is not let out', /risk>engagement:7100 is called, but not allowed/, (o) => { policy(o, 'risk').spec.egress[0].to[0].podSelector.matchExpressions[0].values.shift(); }),
  fault('a call that is not let in', /ingress: document>training:7100 is called/, (o) => { policy(o, 'training').spec.ingress[0].from[0].podSelector.matchExpressions[0].values = ['gateway', 'engagement']; }),
  fault('an edge to another port', /7101 is allowed/, (o) => { policy(o, 'asset').spec.egress[0].ports[0].port = 7101; }),
  fault('no wall at all', /forbids everything/, (o) => { remove(o, 'NetworkPolicy', 'staraction-nothing'); }),
  fault('a wall with one side', /forbids everything/, (o) => { policy(o, 'nothing').spec.policyTypes = ['Ingress']; }),
  fault('the gateway at the database', /may reach PostgreSQL: asset declaration diagnosis document engagement gateway/, (o) => { delete policy(o, 'database').spec.podSelector.matchExpressions; }),
  fault('a service that is open', /open to everybody at the services/, (o) => { policy(o, 'asset').spec.ingress[0].from = undefined; }),
  fault('nobody may ask for names', /may ask for names/, (o) => { remove(o, 'NetworkPolicy', 'staraction-names'); }),
  fault('mail from everywhere', /may send mail/, (o) => { delete policy(o, 'mail').spec.podSelector.matchLabels['app.kubernetes.io/component']; }),
  fault('a policy for nobody', /concerns no pod/, (o) => { policy(o, 'pages').spec.podSelector.matchLabels['app.kubernetes.io/component'] = 'declarations'; }),
  fault('a closed door', /open to everybody: nobody/, (o) => { remove(o, 'NetworkPolicy', 'staraction-clients'); }),
];

const wiring = [
  fault('a Service of nobody', /Service staraction-asset: selects nobody/, (o) => { get(o, 'Service', 'staraction-asset').spec.selector.role = 'serve'; }),
  fault('a Service that leads to migrations', /selects Deployment staraction-asset, Job/, (o) => { delete get(o, 'Service', 'staraction-asset').spec.selector.role; }),
  fault('a Service to another', /leads to staraction-risk/, (o) => { get(o, 'Service', 'staraction-asset').spec.selector['app.kubernetes.io/component'] = 'risk'; }),
  fault('a port that is not there', /no port rest/, (o) => { get(o, 'Service', 'staraction-asset').spec.ports[0].targetPort = 'rest'; }),
  fault('a Service on every node', /is a NodePort/, (o) => { get(o, 'Service', 'staraction-gateway').spec.type = 'NodePort'; }),
  fault('a Service that pins callers to one pod', /stay with one pod/, (o) => { delete get(o, 'Service', 'staraction-asset').spec.clusterIP; }),
  fault('a selector of nobody', /Deployment staraction-asset: selects nobody/, (o) => { deployment(o).spec.selector.matchLabels.role = 'asset'; }),
  fault('a peer at a wrong address', /calls asset at staraction-assets:7100/, (o) => { setting(o, 'peers').STARACTION_PEER_ASSET = 'staraction-assets:7100'; }),
  fault('a backend at a wrong port', /calls risk at staraction-risk:7105/, (o) => { const s = setting(o, 'gateway'); s.STARACTION_BACKENDS = s.STARACTION_BACKENDS.replace('risk:7100', 'risk:7105'); }),
  fault('a setting that no program knows', /sets isuer, which it does not know/, (o) => { setting(o, 'settings').STARACTION_ISUER = 'https://login.example.com'; }),
  fault('a setting without which nothing starts', /lacks the setting issuer/, (o) => { delete setting(o, 'settings').STARACTION_ISSUER; }),
  fault('settings that are not there', /no ConfigMap/, (o) => { container(o).envFrom[0].configMapRef.name = 'staraction-settings'; }),
  fault('another service\'s database', /staraction-database: takes/, (o) => { volume(o, 'database').secret.items[0].key = 'risk'; }),
  fault('all keys for one', /staraction-keys: takes everything/, (o) => { delete volume(o, 'keys').secret.items; }),
  fault('the migrator\'s rights for a service', /staraction-database: takes/, (o) => { volume(o, 'database').secret.items[1].key = 'migrator'; }),
  fault('the database\'s authority for a service', /-ca: takes everything/, (o) => { delete volume(o, 'database-ca').secret.items; }),
  fault('another\'s certificate', /is not its own/, (o) => { volume(o, 'tls').secret.secretName = 'staraction-tls-risk'; }),
  fault('a file that is nowhere', /there is no \/etc\/staraction\/key\/signing.jwk/, (o) => { container(o).env.find(({ name }) => name === 'STARACTION_INTERNAL_KEY').value = '/etc/staraction/key/signing.jwk'; }),
  fault('a mount of no volume', /which is no volume/, (o) => { container(o).volumeMounts[0].name = 'databases'; }),
  fault('secrets that can be written', /can be written/, (o) => { delete container(o).volumeMounts.find(({ name }) => name === 'keys').readOnly; }),
  fault('no budget', /asset: 0 budgets/, (o) => { remove(o, 'PodDisruptionBudget', 'staraction-asset'); }),
  fault('a budget that blocks every node', /under a budget/, (o) => { get(o, 'PodDisruptionBudget', 'staraction-asset').spec.minAvailable = 2; }),
  fault('a budget that counts migrations', /counts migrations/, (o) => { delete get(o, 'PodDisruptionBudget', 'staraction-asset').spec.selector.matchLabels.role; }),
  fault('replicas against the autoscaler', /replicas and an autoscaler/, (o) => { deployment(o).spec.replicas = 3; }),
  fault('an autoscaler without a target', /has no target/, (o) => { get(o, 'HorizontalPodAutoscaler', 'staraction-asset').spec.scaleTargetRef.name = 'asset'; }),
  fault('one that calls itself another', /asset: certified as/, (o) => { get(o, 'Certificate', 'staraction-tls-asset').spec.uris = ['spiffe://staraction/risk']; }),
  fault('a certificate for servers only', /its certificate is for/, (o) => { get(o, 'Certificate', 'staraction-tls-asset').spec.usages = ['server auth']; }),
  fault('an authority that is not there', /no Issuer/, (o) => { get(o, 'Certificate', 'staraction-tls-asset').spec.issuerRef.name = 'ca'; }),
  fault('a public name without TLS', /a host without TLS/, (o) => { get(o, 'Ingress', 'staraction').spec.tls = []; }),
  fault('an ingress to nowhere', /Ingress staraction: no/, (o) => { get(o, 'Ingress', 'staraction').spec.rules[0].http.paths[0].backend.service.port.name = 'https'; }),
  fault('native gRPC shut out', /Ingress staraction: not by HTTP\/2/, (o) => { delete get(o, 'Ingress', 'staraction').metadata.annotations['nginx.ingress.kubernetes.io/backend-protocol']; }),
  fault('two protocols to one port', /Ingress staraction-rest: not by HTTP\/2/, (o) => {
    const rest = structuredClone(get(o, 'Ingress', 'staraction'));
    rest.metadata = { name: 'staraction-rest', namespace: 'staraction' };
    o.push(rest);
  }),
  fault('a schema that nobody migrates', /asset: no migration/, (o) => { remove(o, 'Job', 'staraction-migrate-asset'); }),
  fault('a migration that serves', /its migration runs/, (o) => { delete get(o, 'Job', 'staraction-migrate-asset').spec.template.spec.containers[0].args; }),
  fault('a pod that is not watched', /not watched/, (o) => { get(o, 'PodMonitor', 'staraction').spec.podMetricsEndpoints[0].port = 'metric'; }),
  fault('a role without a password', /PostgreSQL has the roles/, (o) => { get(o, 'Cluster', 'staraction-postgres').spec.managed.roles.pop(); }),
  fault('a secret in a manifest', /no place in manifests/, (o) => { o.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'staraction' }, data: {} }); }),
  fault('another namespace', /in namespace default/, (o) => { deployment(o).metadata.namespace = 'default'; }),
  fault('a namespace for any pod', /takes any pod/, (o) => { delete get(o, 'Namespace', 'staraction').metadata.labels['pod-security.kubernetes.io/enforce']; }),
];

export const faults = [...shape, ...pods, ...walls, ...wiring];

const edit = (path, from, to) => (folder) => {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no '${from}'`);
  writeFileSync(file, text.replace(from, to));
};

// In the files themselves, before kustomize.
export const fileFaults = [
  fault('a resource that is not there', /no such file|must resolve to a file/, edit('base/kustomization.yaml', '  - asset\n', '  - assets\n')),
  fault('a misspelt field of kustomize', /unknown field ..?resource/, edit('base/kustomization.yaml', 'resources:', 'resource:')),
  fault('a service that takes another\'s name', /already registered|may not add resource|stands twice/, edit('base/asset/kustomization.yaml', 'nameSuffix: -asset', 'nameSuffix: -risk')),
  fault('a folder with another\'s name inside', /Deployment staraction-asset/, edit('base/asset/name.yaml', 'name: asset', 'name: risk')),
  fault('a patch of nothing', /no matches for Id|failed to find unique target/, edit('base/document/fonts.yaml', '  name: staraction\n', '  name: document\n')),
  fault('images that are not pinned', /not pinned/, edit('site/images/kustomization.yaml', 'staraction/asset, newName', 'staraction/assets, newName')),
];
