// The president's briefing: what has to be decided is decided, and the president acknowledges it.

// What this president says, by the field that a decision's value stands in.
const ANSWERS = {
  member: (point, { manager }) => manager.name,
  text: (point) => `${point.title}: 責任者と相談して四半期ごとに見直す`,
  yen: () => '300000',
  month: () => 4,
  truth: () => true,
  choice: (point) => point.choices[0].code,
};

export async function briefPresident(api, engagement, spoken, say) {
  if (!engagement.editions.briefing) return;
  const path = `${engagement.name}/briefings`;
  let briefing = (await api.list(path, 'briefings')).at(-1);
  briefing ??= await api.post(path, {
    president: spoken.president.name,
    course: `courses/${engagement.editions.briefing}`,
    place: '社長室',
  });
  if (briefing.state === 'STATE_ACKNOWLEDGED') return;
  const decisions = briefing.points.map((point) => (
    { code: point.code, [point.valueField]: ANSWERS[point.valueField](point, spoken) }));
  briefing = await api.patch(briefing.name, { decisions }, ['decisions']);
  briefing = await api.post(`${briefing.name}:acknowledge`, { channel: 'CHANNEL_CONSULTANT' });
  say(`社長への説明: ${briefing.decisions.length}件を決定、社長が確認`);
}
