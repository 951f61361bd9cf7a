/** What nobody can do for you, at the end: with where to click. */
import { text } from '../../text';
import type { Setup, Step } from '../setup';

export const checklistStep: Step = { title: text('Left to do by hand', '手作業で残っていること'), run };

async function run(setup: Setup): Promise<void> {
  const { found, list, tell, todo } = setup;
  if (list.start === 'call') twilioChannel(setup);
  const last = [
    ...todo,
    text(
      'Auto-recharge, so that the money does not run out: https://console.twilio.com/us1/billing/manage-billing/billing-overview',
      '残高切れを防ぐため、自動チャージを有効にする: https://console.twilio.com/us1/billing/manage-billing/billing-overview',
    ),
    ...(found.hasMackerel
      ? [
          text(
            'Let every monitor re-send every 10 minutes: https://mackerel.io/my/monitors',
            'すべての監視ルールで 10 分ごとの再通知を設定する: https://mackerel.io/my/monitors',
          ),
        ]
      : []),
    text(
      'Have each member save number A, and let it through “do not disturb”',
      '全員に番号 A を登録し、おやすみモードの例外にしてもらう',
    ),
    text('npm run doctor: check that all of it is right', 'npm run doctor で全体を確認する'),
    text('npm run rehearse: a real call to everybody', 'npm run rehearse で全員に実際に電話をかける'),
  ];
  for (const words of last) tell.todo(words);
}

/** The fields of Mackerel's form, which no API fills in: mackerel.io/docs/entry/howto/alerts/twilio */
function twilioChannel({ env, found: { domain, numberA, numberB, phoneB }, tell }: Setup): void {
  const { language } = tell;
  const place = `https://${domain ?? '<domain>'}`;
  const [unknown, token] =
    language === 'ja' ? ['（未定）', '.env の AUTH_TOKEN'] : ['(still open)', 'AUTH_TOKEN of .env'];
  tell.todo(
    text(
      'Add the Twilio channel in Mackerel: https://mackerel.io/my/channels/-/create#twilio',
      'Mackerel に Twilio チャンネルを追加: https://mackerel.io/my/channels/-/create#twilio',
    ),
  );
  for (const [field, value] of [
    ['AccountSid', env.get('ACCOUNT_SID') ?? unknown],
    ['AuthToken', token],
    ['From', numberA?.phone ?? unknown],
    ['To', numberB?.phone ?? phoneB ?? unknown],
    ['TwiML URL', `${place}/dial-list`],
    ['Status Callback URL', `${place}/call-ended`],
  ])
    tell.plain(`${(field ?? '').padEnd(19)} ${value}`);
  tell.todo(
    text(
      'Then npm run setup again, and the channel moves into the notification group',
      'そのうえで npm run setup をもう一度実行する（チャンネルが専用の通知グループに入ります）',
    ),
  );
}
