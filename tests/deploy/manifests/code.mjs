// What the code says: settings of each program and whom it calls, from the programs' own --help; the database's roles.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { programs, readText } from './render.mjs';

function helpOf(build, name) {
  return execFileSync(join(build, 'bin', `staraction-${name}`), ['--help'], { encoding: 'utf8' });
}

export function fromCode(build, deploy) {
  const programsSay = {};
  const calls = {};
  for (const name of programs) {
    const help = helpOf(build, name);
    const paragraphs = help.split(/\n\n/).map((text) => /^([a-z][a-z0-9_]*)\n((?:    .*\n?)+)$/.exec(text.trim() + '\n')).filter(Boolean);
    programsSay[name] = {
      known: new Set([...paragraphs.map(([, key]) => key), 'migrator_database_url_file']),
      required: paragraphs.filter(([, , text]) => /; required/.test(text)).map(([, key]) => key),
    };
    // A service has an address for each peer that it calls; the gateway has them in one list.
    const backends = /default: (engagement=\S+)/.exec(help.replaceAll(/,\s+/g, ','));
    calls[name] = name === 'gateway' ? backends[1].split(',').map((pair) => pair.split('=')[0])
      : [...programsSay[name].known].filter((key) => key.startsWith('peer_')).map((key) => key.slice('peer_'.length));
    if (calls[name].length === 0) throw new Error(`${name} calls nobody: is --help read rightly?`);
  }
  const services = /foreach service in array array\[([^\]]*)\]/.exec(readText(join(deploy, 'postgresql/bootstrap.sql')))[1]
    .match(/[a-z]+/g);
  const roles = ['staraction_migrator', ...services.flatMap((name) => [`staraction_${name}`, `staraction_${name}_jobs`])];
  return { programsSay, calls, roles: roles.sort().join(' ') };
}
