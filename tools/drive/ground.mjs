// What must be known before people are written to: the consultancy's address, the company's sites, who is
// responsible for what.

// Where personal links lead: a front end that plays no part here, since people act through the API.
const PARTICIPANT_PAGE = 'https://participants.example.jp/';

export async function ensureOffice(api) {
  const office = await api.get('organization');
  if (!office.participantUrl) await api.patch('organization', { participantUrl: PARTICIPANT_PAGE }, ['participantUrl']);
}

async function ensureSites(api, client, names) {
  const sites = await api.list(`${client.name}/sites`, 'sites');
  const known = new Set(sites.map((site) => site.displayName));
  for (const displayName of names.filter((name) => !known.has(name))) {
    await api.post(`${client.name}/sites`, { displayName });
  }
}

// Roles by the staff number that company.json has for them; whoever is not named is the president.
async function ensureRoles(api, client, json, members, president) {
  const numbers = {
    SECURITY_MANAGER: json.security_manager,
    INCIDENT_RESPONSE: json.security_manager,
    SYSTEM_ADMIN: json.it_person,
  };
  const roles = await api.list(`${client.name}/roleAssignments`, 'roleAssignments');
  const held = new Set(roles.filter((each) => !each.endDate).map((each) => each.role));
  for (const [role, number] of Object.entries(numbers).filter(([each]) => !held.has(each))) {
    const member = members.find((each) => number && each.staffNumber === number) ?? president;
    await api.post(`${client.name}/roleAssignments`, { member: member.name, role });
  }
}

export async function ensureGround(api, client, { company, president }, members, say) {
  await ensureOffice(api);
  await ensureSites(api, client, company.json.sites ?? []);
  await ensureRoles(api, client, company.json, members, president);
  say(`拠点${(company.json.sites ?? []).length}か所、情報セキュリティの役割を登録`);
}
