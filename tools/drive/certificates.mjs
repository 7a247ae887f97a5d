// Certificates of completed training.

// Everybody who has completed the training gets one.
export async function certify(api, engagement, say) {
  const path = `${engagement.name}/completionCertificates`;
  const certificates = await api.list(path, 'completionCertificates');
  const holders = new Set(certificates.filter((each) => each.state === 'STATE_ISSUED').map((each) => each.member));
  const completions = await api.list(`${engagement.name}/completions`, 'completions');
  const complete = completions.filter((each) => each.complete).map((each) => each.member);
  for (const member of complete.filter((each) => !holders.has(each))) await api.post(path, { member });
  say(`修了証: ${complete.length}人`);
  return complete.length;
}
