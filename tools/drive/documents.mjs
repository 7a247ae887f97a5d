// Documents as PDF files: everything that is made for a company.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SINGLE_SESSION } from './training.mjs';

export class Documents {
  constructor(api, client, folder, say) {
    Object.assign(this, { api, client, folder, say, files: [] });
    mkdirSync(folder, { recursive: true });
  }

  // Writes the document of this template about `subject` to the file; for a member, with their name.
  async write(template, subject, file, member) {
    const document = await this.ensure(template, subject);
    this.keep(file, await this.api.file(`${document.latestRevision}:render`, member ? { member } : {}));
  }

  // The sheets of everybody who has one, in one file.
  async writeBatch(template, subject, file) {
    const document = await this.ensure(template, subject);
    this.keep(file, await this.api.file(`${document.latestRevision}:renderBatch`, {}));
  }

  // A document that the service does not keep, since it holds people's links.
  async writeOnce(template, subject, file) {
    const body = { template: `templates/${template}`, subject };
    this.keep(file, await this.api.file(`${this.client.name}/documents:renderTemplate`, body));
  }

  // What is signed: the president's sheet, and everybody else's in one file.
  async writePledgeSheets(campaign, president) {
    await this.write('president-pledge-sheet', campaign.name, 'president_pledge.pdf', president.name);
    await this.write('pledge-sheet', campaign.name, 'pledge.pdf');
    const pledges = await this.api.list(`${campaign.name}/pledges`, 'pledges');
    if (pledges.some((each) => !each.president && !each.exemption)) {
      await this.writeBatch('pledge-sheet', campaign.name, 'pledges.pdf');
    }
  }

  // What the end of an engagement allows for.
  async writeAll(engagement, campaign, declaration) {
    const { api, client } = this;
    if (engagement.quote) await this.write('quote', engagement.quote, fileName('quote'));
    await this.#each(`${engagement.name}/visits`, 'visits', 'visit-report');
    const sessions = await api.list('sessions', 'sessions', { engagement: engagement.name });
    await this.#writeEach(sessions.filter((each) => each.displayName !== SINGLE_SESSION), 'attendance-list');
    await this.#each(`${engagement.name}/paperTests`, 'paperTests', 'test-sheet');
    for (const template of ['rulebook', 'rule-poster', 'rule-poster-a4']) {
      await this.write(template, `${client.name}/rulebook`, fileName(template));
    }
    await this.writeBatch('pledge-certificate', campaign.name, 'pledge_certificates.pdf');
    await this.writeBatch('training-certificate', engagement.name, 'training_certificates.pdf');
    await this.write('announcement', declaration.name, 'announcement.pdf');
    await this.write('effect-report', engagement.name, 'effect_report.pdf');
  }

  // What two stars bring besides.
  async writeTwoStars(engagement, { diagnosis, analysis, snapshot, regulations }) {
    const { client } = this;
    await this.write(engagement.editions.policyTemplate, client.name, 'basic_policy.pdf');
    await this.write(regulations, client.name, 'regulations.pdf');
    await this.write('diagnosis-report', diagnosis.name, 'diagnosis_report.pdf');
    await this.write('risk-report', analysis.name, 'risk_report.pdf');
    await this.write('asset-ledger', snapshot.name, 'asset_ledger.pdf');
    for (const template of ['incident-card', 'year-calendar', 'form-carry-out', 'form-account', 'form-disposal',
      'form-private-device', 'form-contractor', 'form-incident-report']) {
      await this.write(template, client.name, fileName(template));
    }
  }

  async #each(path, field, template) {
    const found = await this.api.list(path, field);
    await this.#writeEach(found.filter((each) => each.state !== 'STATE_CANCELLED'), template);
  }

  async #writeEach(subjects, template) {
    for (const [i, subject] of subjects.entries()) {
      await this.write(template, subject.name, fileName(template, subjects.length > 1 ? `_${i + 1}` : ''));
    }
  }

  keep(file, bytes) {
    const path = join(this.folder, file);
    writeFileSync(path, bytes);
    this.files.push(path);
    this.say(`文書: ${path}`);
  }

  // The document of this template about `subject`, made if there is none.
  async ensure(id, subject) {
    const template = `templates/${id}`;
    const documents = await this.api.list(`${this.client.name}/documents`, 'documents');
    return documents.find((each) => each.template === template && each.subject === subject)
      ?? this.api.post(`${this.client.name}/documents`, { template, subject });
  }
}

function fileName(template, suffix = '') {
  return `${template.replaceAll('-', '_')}${suffix}.pdf`;
}
