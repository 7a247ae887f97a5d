// Makes a script of a README's steps: blocks after `<!-- step -->` are run in order, those after `<!-- file NAME -->` are written
// before the step that follows them.
//   node tests/e2e/follow_readme.mjs README DIRECTORY > script.sh
import { readFileSync } from 'node:fs';

const [readme, directory] = process.argv.slice(2);
const text = readFileSync(readme, 'utf8');
console.log(`cd '${directory}'`);
for (const [, kind, name, body] of text.matchAll(/<!-- (step|file) ?(\S*) ?-->\n```\w*\n([\s\S]*?)```/g)) {
  console.log(kind === 'step' ? body : `cat >'${name}' <<'END_OF_FILE'\n${body}END_OF_FILE\n`);
}
