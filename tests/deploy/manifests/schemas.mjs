// Are objects what the API server takes? Twice: by JSON schemas (types, enums, what is required), and by the generated
// classes' lists of fields (anything unknown, since schemas let that pass).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { require } from './render.mjs';

const packages = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
};

function modelOf({ apiVersion, kind }) {
  const name = packages[apiVersion.split('/')[0]] ?? 'kubernetes-models';
  return require(`${name}/${apiVersion}`)[kind];
}

// The generated models' index pulls in what wants a newer Node, so the files one by one.
const folder = join(new URL('../../../tools/node_modules/@kubernetes/client-node/dist/gen/models', import.meta.url).pathname);
const classes = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.js') && /^(V1|V2|Core|Discovery)/.test(name))) {
  Object.assign(classes, await import(join(folder, file)));
}
// Kinds of today's stable API; schemas alone judge those of operators.
const classOf = ({ apiVersion, kind }) =>
  packages[apiVersion.split('/')[0]] ? undefined : classes[`${apiVersion.split('/').pop().toUpperCase()}${kind}`];

const plain = { string: 'string', number: 'number', boolean: 'boolean' };

function walk(type, value, path, problems) {
  const list = /^Array<(.*)>$/.exec(type);
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (list) {
    if (!Array.isArray(value)) problems.push(`${path}: wanted a list`);
    else value.forEach((item, i) => walk(list[1], item, `${path}[${i}]`, problems));
  } else if (map) {
    if (typeof value !== 'object' || value === null) problems.push(`${path}: wanted a map`);
    else for (const [key, item] of Object.entries(value)) walk(map[1], item, `${path}.${key}`, problems);
  } else if (plain[type]) {
    if (typeof value !== plain[type]) problems.push(`${path}: '${value}' is no ${type}`);
  } else if (classes[type]?.getAttributeTypeMap) {
    walkObject(classes[type], value, path, problems);
  }
}

function walkObject(model, value, path, problems) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${path}: wanted an object`);
    return;
  }
  const fields = new Map(model.getAttributeTypeMap().map((field) => [field.baseName, field]));
  for (const [key, item] of Object.entries(value)) {
    if (!fields.has(key)) problems.push(`${path}.${key}: no such field`);
    else walk(fields.get(key).type, item, `${path}.${key}`, problems);
  }
}

export function schemaProblems(objects) {
  return objects.flatMap((object) => {
    const name = `${object.kind} ${object.metadata?.name}`;
    const problems = [];
    try {
      const Model = modelOf(object);
      if (Model === undefined) return [`${name}: ${object.apiVersion} has no ${object.kind}`];
      new Model(object).validate();
    } catch (error) {
      problems.push(`${name}: ${error.message}`);
    }
    const model = classOf(object);
    if (model) walkObject(model, object, name, problems);
    else if (!packages[object.apiVersion.split('/')[0]]) problems.push(`${name}: no class for ${object.apiVersion}`);
    return problems;
  });
}
