// Documents as PDF files: the sheets to be signed, the sheet of the declaration.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class Documents {
  constructor(api, client, folder, say) {
    Object.assign(this, { api, client, folder, say, files: [] });
    mkdirSync(folder, { recursive: true });
  }

  // Writes the document of this kind about `subject` to the file; for a member, with their name.
  async write(kind, subject, file, member) {
    const document = await this.#ensure(kind, subject);
    const pdf = await this.api.file(`${document.latestRevision}:render`, member ? { member } : {});
    const path = join(this.folder, file);
    writeFileSync(path, pdf);
    this.files.push(path);
    this.say(`文書: ${path}`);
  }

  async #ensure(kind, subject) {
    const templates = await this.api.list('templates', 'templates');
    const template = templates.find((each) => each.kind === kind).name;
    const documents = await this.api.list(`${this.client.name}/documents`, 'documents');
    return documents.find((each) => each.template === template && each.subject === subject)
      ?? this.api.post(`${this.client.name}/documents`, { template, subject });
  }
}
