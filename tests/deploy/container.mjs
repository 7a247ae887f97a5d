// The configuration with which runc starts a program of ours as a pod would: no root, a root folder that can't be
// written, no capabilities, no way to gain any, the system calls of the usual profile, limited memory.
//   container.mjs BUNDLE ENVIRONMENT… -- ARGUMENTS…
// BUNDLE holds rootfs/ and image.json, the image's own configuration, and gets config.json. A variable whose value is
// a file or folder below $STARACTION_STATE_DIR gets it at the same path, readable by the program's account alone.
import {
  chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const memoryBytes = 256 * 1024 * 1024;
const [bundle, ...words] = process.argv.slice(2);
const split = words.indexOf('--');
const environment = words.slice(0, split);
const image = JSON.parse(readFileSync(join(bundle, 'image.json'), 'utf8')).config;
const [uid, gid] = image.User.split(':').map(Number);
const state = resolve(process.env.STARACTION_STATE_DIR);

// Podman's profile, in which conditions on capabilities and processors are still open, for a program without any.
function seccomp() {
  const profile = JSON.parse(readFileSync('/usr/share/containers/seccomp.json', 'utf8'));
  const holds = ({ includes = {}, excludes = {} }) =>
    !includes.caps && (!includes.arches || includes.arches.includes('amd64')) && !excludes.arches?.includes('amd64');
  return {
    defaultAction: profile.defaultAction,
    defaultErrnoRet: profile.defaultErrnoRet,
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: profile.syscalls.filter(holds)
      .map(({ names, action, args, errnoRet }) => ({ names, action, errnoRet, args: args ?? [] })),
  };
}

function chownAll(path) {
  chownSync(path, uid, gid);
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) chownAll(join(path, name));
}

function secrets() {
  const paths = environment.map((pair) => pair.slice(pair.indexOf('=') + 1))
    .filter((value) => value.startsWith(`${state}/`) && existsSync(value));
  return [...new Set(paths)].map((path) => {
    const copy = join(bundle, 'secrets', path);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(path, copy, { recursive: true, verbatimSymlinks: true });
    chownAll(copy);
    return { destination: path, source: copy, type: 'bind', options: ['rbind', 'ro', 'nosuid', 'nodev', 'noexec'] };
  });
}

// As an emptyDir: a folder of the machine's, for everybody.
function writable(path) {
  const source = join(bundle, 'writable', path);
  mkdirSync(source, { recursive: true });
  chmodSync(source, 0o777);
  return { destination: path, source, type: 'bind', options: ['bind', 'nosuid', 'nodev', 'noexec'] };
}

const system = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=64k'] },
  { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'size=64m'] },
  { destination: '/sys', type: 'bind', source: '/sys', options: ['rbind', 'nosuid', 'noexec', 'nodev', 'ro'] },
];
const none = [];
writeFileSync(join(bundle, 'config.json'), JSON.stringify({
  ociVersion: '1.0.2',
  root: { path: realpathSync(join(bundle, 'rootfs')), readonly: true },
  process: {
    terminal: false,
    user: { uid, gid },
    args: [...image.Entrypoint, ...words.slice(split + 1)],
    env: [...image.Env, ...environment],
    cwd: image.WorkingDir,
    capabilities: { bounding: none, effective: none, permitted: none, inheritable: none, ambient: none },
    noNewPrivileges: true,
    rlimits: [{ type: 'RLIMIT_NOFILE', hard: 4096, soft: 4096 }],
  },
  hostname: 'pod',
  mounts: [...system, writable('/tmp'), writable('/var/cache/fontconfig'), ...secrets()],
  linux: {
    // The network is this machine's, so that programs meet on 127.0.0.1.
    namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
    resources: { memory: { limit: memoryBytes, swap: memoryBytes }, devices: [{ allow: false, access: 'rwm' }] },
    cgroupsPath: `/staraction-test/${bundle.replaceAll('/', '-')}`,
    seccomp: seccomp(),
    maskedPaths: ['/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'],
    readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  },
}));
