// The pledge campaign: everybody signs by link, tablet or paper; the president before the others.
import { tokyoDay } from './dates.mjs';

async function sign(links, engagement, campaign, person) {
  const own = await links.as(person);
  const { ownPledges = [] } = await own.get(`${engagement.name}/ownPledges`);
  const mine = ownPledges.find((each) => each.pledge.name.startsWith(`${campaign.name}/`) && each.pledge.member === person.name);
  await own.post(`${mine.pledge.name}:sign`, {
    channel: person.channel,
    confirmedName: mine.pledge.displayName,
    textDigest: mine.text.digest,
  });
}

// Opened, with its texts pinned and its list of people frozen. `subject`: the rules, or policy and regulations.
export async function openCampaign(api, engagement, subject = 'SUBJECT_RULES') {
  const campaigns = await api.list(`${engagement.name}/campaigns`, 'campaigns');
  const known = campaigns.find((each) => (each.subject ?? 'SUBJECT_RULES') === subject);
  const more = subject === 'SUBJECT_RULES' ? {} : { subject };
  const campaign = known ?? (await api.post(`${engagement.name}/campaigns`, { dueDate: tokyoDay(14), ...more }));
  return campaign.state === 'STATE_DRAFT' ? api.post(`${campaign.name}:open`) : campaign;
}

// These people sign, if they have not yet.
export async function pledge(api, links, engagement, campaign, people) {
  const pledges = await api.list(`${campaign.name}/pledges`, 'pledges');
  const pending = new Map(pledges.filter((each) => each.state !== 'STATE_PLEDGED').map((each) => [each.member, each]));
  const asked = people.filter((person) => pending.has(person.name));
  await links.invite(asked.filter((person) => person.channel !== 'CHANNEL_PAPER'));
  for (const person of asked) {
    if (person.channel === 'CHANNEL_PAPER') {
      await api.post(`${pending.get(person.name).name}:record`, { effectiveDate: tokyoDay() });
    } else {
      await sign(links, engagement, campaign, person);
    }
  }
}

export async function pledgeFigures(api, campaign, say) {
  const { coverage = {} } = await api.get(campaign.name);
  say(`誓約: ${coverage.pledged ?? 0}人／対象${coverage.counted ?? 0}人（社長${coverage.presidentPledged ? '済' : '未'}）`);
  return { pledged: coverage.pledged ?? 0, counted: coverage.counted ?? 0 };
}
