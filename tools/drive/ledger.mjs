// The ledger of information assets: the company's own workbook, read as it is, and frozen for the analysis.
import { InputError, takeFile } from './company.mjs';

const problemText = ({ line, column, came, text }) => `${line}行目 ${column}${came ? `「${came}」` : ''}: ${text}`;

export class Ledger {
  constructor(api, client, file, say) {
    Object.assign(this, { api, client, file, say });
  }

  // Takes the file in, by the token of a dry run; the same file again changes nothing.
  async take() {
    const path = `${this.client.name}/assets:import`;
    const content = this.file.content.toString('base64');
    const report = await takeFile(this.file.path, async () => {
      const turn = `${Date.now()}`;
      const found = (await this.api.post(path, { content, validateOnly: true }, { turn })).report;
      if (found.problemCount) throw new InputError(this.file.path, found.problems.map(problemText));
      if ((found.createdCount ?? 0) + (found.updatedCount ?? 0) > 0) {
        await this.api.post(path, { content, importToken: found.importToken }, { turn });
      }
      return found;
    });
    const { entryCount = 0 } = await this.api.get(`${this.client.name}/ledger`);
    this.say(`台帳: ${entryCount}件（追加${report.createdCount ?? 0}、更新${report.updatedCount ?? 0}）`);
    return entryCount;
  }

  // The ledger as a workbook, to be kept up in a spreadsheet and taken in again.
  async write(documents) {
    const { file } = await this.api.get(`${this.client.name}/assets:export?format=FILE_FORMAT_XLSX`);
    documents.keep('ledger.xlsx', Buffer.from(file.content, 'base64'));
  }

  async hints() {
    const { hintCount = 0 } = await this.api.get(`${this.client.name}/assets:review`);
    this.say(`台帳の見直し: 気をつけたい点${hintCount}件`);
  }

  async freeze(note) {
    const known = await this.api.list(`${this.client.name}/assetSnapshots`, 'assetSnapshots');
    return known.find((each) => each.note === note)
      ?? this.api.post(`${this.client.name}/assetSnapshots`, { note });
  }
}
