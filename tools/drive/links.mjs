// Participants' own access: personal links, exchanged for short tokens.

const MOST_AT_ONCE = 1000; // links that one call makes

export class Links {
  constructor(api, engagement) {
    this.api = api;
    this.engagement = engagement;
    this.secrets = new Map(); // member's name → secret
    this.tokens = new Map();
  }

  // Takes over a link that the person has.
  know(member, secret) {
    this.secrets.set(member, secret);
    this.tokens.delete(member);
  }

  // Makes links for these people. A new link makes the one before void, so only people who still have
  // something to do get one, and one a run.
  async invite(people) {
    const members = people.filter((person) => !this.secrets.has(person.name)).map((person) => person.name);
    if (members.length === 0) return;
    for (let start = 0; start < members.length; start += MOST_AT_ONCE) {
      const some = { members: members.slice(start, start + MOST_AT_ONCE) };
      const reply = await this.api.post(`${this.engagement}/participantLinks:batchCreate`, some, { turn: `${Date.now()}` });
      for (const link of reply.participantLinks) this.secrets.set(link.member, link.secret);
    }
  }

  // The API as this person sees it; invites them if need be.
  async as(person) {
    if (!this.tokens.has(person.name)) {
      await this.invite([person]);
      const secret = this.secrets.get(person.name);
      const { accessToken } = await this.api.as(null).ask('participantLinks:exchange', { secret });
      this.tokens.set(person.name, accessToken);
    }
    return this.api.as(this.tokens.get(person.name));
  }
}
