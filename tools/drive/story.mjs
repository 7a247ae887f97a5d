// A company's way to its stars, in the parts that one_star.mjs plays from end to end and sandbox.mjs in stages. Each
// looks what exists and does what is missing.
import { execSync } from 'node:child_process';
import { briefPresident } from './briefing.mjs';
import { certify } from './certificates.mjs';
import { ensureEngagement, ensureRoster, takeOn } from './contract.mjs';
import { announce, prepareDeclaration, recordDeclaration } from './declaration.mjs';
import { checkRules } from './diagnosis.mjs';
import { ensureGround } from './ground.mjs';
import { answerInquiry } from './inquiry.mjs';
import { Links } from './links.mjs';
import { participants } from './people.mjs';
import { openCampaign, pledge, pledgeFigures } from './pledges.mjs';
import { remind } from './reminder.mjs';
import { Training } from './training.mjs';
import { twoStars } from './two_star.mjs';
import { Visits } from './visits.mjs';

const TOKEN_USE_MS = 20 * 60_000;

// A token of the command, made anew before it gets old.
export function tokenSource(command) {
  let token, until = 0;
  return async () => {
    if (Date.now() >= until) {
      token = execSync(command, { encoding: 'utf8' }).trim();
      until = Date.now() + TOKEN_USE_MS;
    }
    return token;
  };
}

export const say = (text) => console.log(`  ${text}`);

// Who speaks for the company: president, and the contact that company.json names.
function spokespeople(company, members) {
  const president = members.find((member) => member.president) ?? members[0];
  const manager = members.find((member) => member.staffNumber === company.json.security_manager) ?? president;
  const contact = { ...manager, email: manager.email || president.email || members.find((each) => each.email)?.email };
  return { company, president, contact, manager };
}

export const refresh = (api, engagement) => api.ask(`${engagement.name}/readiness:refresh`);

// Where the engagement stands is written down once the company has declared, and at the end.
export async function move(api, engagement, verb, from, said) {
  const current = await api.get(engagement.name);
  if (!from.includes(current.state)) return;
  await api.post(`${current.name}:${verb}`, {}, { turn: current.etag });
  say(said);
}

// Client, engagement and people.
export async function begin(api, company) {
  const { client, roster } = await takeOn(api, company, say);
  const engagement = await ensureEngagement(api, client, { star: 1, offering: 'offerings/one-star' }, say);
  const members = await ensureRoster(api, client, company, roster, say);
  const spoken = spokespeople(company, members);
  await ensureGround(api, client, spoken, members, say);
  return { client, engagement, spoken, people: participants(members, company.json.legal_name) };
}

// Training, rule check and pledges; whoever is behind is reminded on the way.
export async function teachAndPledge(api, { client, engagement, spoken, people }, documents) {
  const links = new Links(api, engagement.name);
  const visits = new Visits(api, engagement, spoken, say);
  await briefPresident(api, engagement, spoken, say);
  await visits.open();
  const training = new Training(api, links, engagement, people, say);
  await training.start();
  const { company, manager, president } = spoken;
  const check = await checkRules(api, client, engagement, company.json.legal_name, manager.name, president.name, say);
  await visits.talkAboutRules();
  const campaign = await openCampaign(api, engagement);
  await documents.writePledgeSheets(campaign, president);
  await pledge(api, links, engagement, campaign, people.slice(0, 1));
  await remind(api, engagement, links, documents, say);
  const trained = await training.finish();
  await certify(api, engagement, say);
  await pledge(api, links, engagement, campaign, people);
  return { check, campaign, trained, pledges: await pledgeFigures(api, campaign, say) };
}

export async function declare(api, { client, engagement, spoken }, documents) {
  let declaration = await prepareDeclaration(api, client, engagement, spoken, say);
  await documents.write('declaration-sheet', declaration.name, 'declaration.pdf');
  declaration = await recordDeclaration(api, declaration, spoken, say);
  await move(api, engagement, 'declare', ['STATE_ACTIVE'], '宣言したことを記録しました');
  await answerInquiry(api, client, engagement, declaration, spoken.president, say);
  await announce(api, client, declaration, say);
  return declaration;
}

// Companies that brought a ledger and a diagnosis go on to two stars.
export async function onToTwo(api, company, story, documents) {
  if (!company.ledger || Object.keys(company.views).length === 0) return [];
  return twoStars(api, { ...story, company }, documents, { refresh, move, say });
}
