// Whoever still has something to do is written to, on paper: the list for the morning meeting with a slip for
// each, whose QR code is the person's own way in.

// Tells the links what stands on the slips, so that people come in by the very address that they were handed.
async function handOut(api, engagement, links) {
  const people = await api.list(`${engagement.name}/outstandingMembers`, 'members', { withSecrets: true });
  for (const { member, url } of people) if (url) links.know(member, url.split('#')[1]);
  return people;
}

export async function remind(api, engagement, links, documents, say) {
  if (engagement.state === 'STATE_CLOSED') return;
  const path = `${engagement.name}/messages`;
  const plan = await api.ask(`${path}:plan`, { pageSize: 1 });
  if ((plan.dueByMail ?? 0) + (plan.dueByPrint ?? 0) > 0) {
    const template = (await api.list(path, 'messages')).length === 0 ? 'invitation' : 'reminder';
    await api.post(path, { template, note: '分からないことは総務まで。' }, { turn: `${Date.now()}` });
  }
  const people = await handOut(api, engagement, links);
  if (people.length > 0) await documents.writeOnce('outstanding-list', engagement.name, 'outstanding.pdf');
  for (const message of await api.list(path, 'messages')) {
    if (!message.figures?.waiting) continue;
    const { figures } = await api.post(`${message.name}/deliveries:markPrinted`, {}, { turn: message.etag });
    say(`連絡: 残りのある${people.length}人のうち、${figures.printed ?? 0}人に用紙を配りました`);
  }
}
