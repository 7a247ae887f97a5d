// A company with an engagement, and what each service can be asked about them.
import { Api } from '../../tools/drive/api.mjs';
import { readCompany } from '../../tools/drive/company.mjs';
import { ensureEngagement, ensureRoster, takeOn } from '../../tools/drive/contract.mjs';
import { openCampaign } from '../../tools/drive/pledges.mjs';

// Reads that each service answers from its own tables, but for who may: the engagement service knows that.
function pathsOfServices(client, engagement) {
  return {
    engagement: ['engagements', client, `${engagement}/tasks`],
    training: ['courses', `${engagement}/attempts`],
    diagnosis: [`${engagement}/diagnoses`, `${client}/rules`],
    asset: ['assetTemplates', `${client}/assets`],
    risk: ['riskModels', `${client}/treatments`],
    document: ['templates', `${client}/documents`],
    declaration: [`${engagement}/campaigns`, `${client}/declarations`],
  };
}

// Takes the company on: the name of its engagement, and paths below /v1/ by service.
export async function takeOnCompany(gateway, token) {
  const api = new Api(gateway, async () => token);
  const say = () => {};
  const company = readCompany('tests/data/kitahama');
  const { client, roster } = await takeOn(api, company, say);
  const engagement = await ensureEngagement(api, client, { star: 1, offering: 'offerings/one-star' }, say);
  await ensureRoster(api, client, company, roster, say);
  await openCampaign(api, engagement);
  return { engagement: engagement.name, paths: pathsOfServices(client.name, engagement.name) };
}
