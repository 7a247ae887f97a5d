// Basic policy and regulations: generated from what is known, filled in where the company has to decide, laid before
// the president, approved and published.
import { tokyoDay } from './dates.mjs';

const MOST_ROUNDS = 3;

export class Policies {
  // `documents` generates; `decide(code, title)` gives what the company says where it is asked.
  constructor(api, documents, president, say) {
    Object.assign(this, { api, documents, president, say });
  }

  // The approved revision of the document that this template makes.
  async establish(template, subject, answers) {
    let document = await this.documents.ensure(template, subject);
    if (document.approvedRevision) return this.api.get(document.approvedRevision);
    let revision = await this.api.get(document.latestRevision);
    for (let round = 0; (revision.missingFields ?? []).length > 0 && round < MOST_ROUNDS; round += 1) {
      const variables = Object.fromEntries(revision.missingFields.map((code) => [code.replace(/^set\./, ''), answers(code)]));
      revision = await this.api.post(`${document.name}:edit`, { edits: { variables } }, { turn: revision.etag });
    }
    if (revision.state === 'STATE_DRAFT') revision = await this.api.post(`${revision.name}:submit`);
    if (revision.state === 'STATE_SUBMITTED') {
      revision = await this.api.post(`${revision.name}:approve`,
        { approver: this.president.name, approveDate: tokyoDay(), channel: 'CHANNEL_CONSULTANT', digest: revision.digest });
    }
    document = await this.api.get(document.name);
    this.say(`${document.title ?? document.displayName ?? template}: 第${revision.number ?? document.approvedNumber}版を社長が承認`);
    return revision;
  }

  async publish(revision, note) {
    return revision.state === 'STATE_APPROVED'
      ? this.api.post(`${revision.name}:publish`, { publishDate: tokyoDay(), note })
      : revision;
  }
}
