// After the declaration its office asks something, and the company answers with the consultant's help.
import { tokyoDay } from './dates.mjs';

const SUBJECT = '宣言した内容の確認';

export async function answerInquiry(api, client, engagement, declaration, president, say) {
  const path = `${client.name}/inquiries`;
  let inquiry = (await api.list(path, 'inquiries')).find((each) => each.subject === SUBJECT);
  inquiry ??= await api.post(path, {
    inquiry: {
      source: 'declaration-office',
      subject: SUBJECT,
      receiveDate: tokyoDay(),
      engagement: engagement.name,
      declaration: declaration.name,
    },
    question: '登録された所在地に、建物名が含まれているか確認してください。',
  });
  if (inquiry.state === 'STATE_OPEN') {
    await api.post(`${inquiry.name}:answer`, {
      text: '建物はないため、登録した所在地のとおりで間違いありません。',
      answeredBy: president.displayName,
    });
    say('問い合わせ: 宣言の事務局からの1件に回答');
  }
}
