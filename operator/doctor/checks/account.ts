/** The Twilio account: whether it may call, for how long its money lasts, and what its debugger says. */
import { asIs, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

const DAY_MS = 24 * 60 * 60 * 1000;

export async function account(patient: Patient): Promise<Finding[]> {
  const sid = patient.env.ACCOUNT_SID ?? '';
  const found = await patient.client.api.v2010.accounts(sid).fetch();
  const findings = await Promise.all([
    balance(patient, found.ownerAccountSid !== found.sid),
    concurrency(patient),
    callsPerSecond(patient),
    alerts(patient),
  ]);
  return [status(found.status), kind(found.type, patient), ...findings];
}

function status(found: string): Finding {
  const { right, wrong } = about('account.status', text('Twilio account', 'Twilio アカウント'));
  if (found === 'active') return right(text('active', '有効'));
  return wrong(
    found === 'suspended' ? text('suspended', '停止中') : text('closed', '閉鎖済み'),
    text(
      'Ask Twilio’s support why, in the Console.',
      'Twilio Console からサポートに理由を問い合わせてください。',
    ),
  );
}

function kind(found: string, { list }: Patient): Finding {
  const { right, wrong, unknown } = about('account.type', text('Kind of account', 'アカウントの種類'));
  if (found !== 'Trial') return right(text('paid', '有料'));
  // docs/usage/trials/try-out-voice: a trial speaks a notice in the place of <Dial><Number>.
  if (list.start === 'call')
    return wrong(
      text(
        'trial: it blocks calls that are dialled on, so no member is rung',
        'トライアル: 転送の発信がブロックされるため、誰も呼び出されません',
      ),
      text('Upgrade the account.', 'アカウントをアップグレードしてください。'),
    );
  return unknown(
    text(
      'trial: rings verified numbers only, and not for long',
      'トライアル: 認証済みの番号しか呼び出せず、期限もあります',
    ),
    text('Upgrade the account before you rely on it.', '本番で使う前にアップグレードしてください。'),
  );
}

/** Enough for a month in which ten pages ring everybody once, a minute each. */
const PAGES_A_MONTH = 10;

async function balance(patient: Patient, isSubaccount: boolean): Promise<Finding> {
  const { right, wrong, unknown } = about('account.balance', text('Balance', '残高'));
  if (isSubaccount)
    return unknown(
      text('a subaccount has none of its own', 'サブアカウントには残高がありません'),
      text('Look at the parent account.', '親アカウントの残高を確認してください。'),
    );
  const [money, month] = await Promise.all([patient.client.balance.fetch(), monthOf(patient)]);
  const have = Number(money.balance);
  const amount = `${have.toFixed(2)} ${money.currency}`;
  const need = `${month.toFixed(2)} ${money.currency}`;
  const found = text(
    `${amount}; ${PAGES_A_MONTH} pages a month take about ${need} of calls`,
    `${amount}（月 ${PAGES_A_MONTH} 回の呼び出しで通話料は約 ${need}）`,
  );
  if (have > month) return right(found);
  return wrong(
    found,
    text('Add money, and switch on auto-recharge.', '入金し、自動チャージを有効にしてください。'),
  );
}

/** What calls of a month cost, by the account's own prices. */
async function monthOf({ client, list, env }: Patient): Promise<number> {
  const prices = await Promise.all(
    [...new Set(list.members.map(({ phone }) => phone))].map(async (phone) => {
      const from = env.CALLER_ID ? { originationNumber: env.CALLER_ID } : {};
      const { outboundCallPrices } = await client.pricing.v2.voice.numbers(phone).fetch(from);
      return Math.max(0, ...outboundCallPrices.map(({ currentPrice }) => Number(currentPrice ?? 0)));
    }),
  );
  return PAGES_A_MONTH * prices.reduce((sum, price) => sum + price, 0);
}

async function concurrency({ client }: Patient): Promise<Finding> {
  const { right, unknown } = about('account.concurrency', text('Calls at a time', '同時通話数'));
  const approved = await client.trusthub.v1.customerProfiles.list({ status: 'twilio-approved', limit: 1 });
  if (approved.length > 0)
    return right(text('there is an approved customer profile', '承認済みの顧客プロファイルがあります'));
  return unknown(
    text(
      'no approved customer profile, so few calls may be up at once (error 10004)',
      '承認済みの顧客プロファイルがなく、同時通話数が少ない可能性があります（エラー 10004）',
    ),
    text(
      'Have a primary customer profile approved in Trust Hub.',
      'Trust Hub で顧客プロファイルの承認を受けてください。',
    ),
  );
}

/** No API tells the limit; a call that had to wait shows that it is too low. */
async function callsPerSecond({ client, now }: Patient): Promise<Finding> {
  const { unknown, wrong } = about('account.calls-per-second', text('Calls a second', '毎秒の発信数'));
  const recent = await client.calls.list({ startTimeAfter: new Date(now - DAY_MS), limit: 100 });
  const longest = Math.max(0, ...recent.map(({ queueTime }) => Number(queueTime ?? 0)));
  if (longest > 3_000)
    return wrong(
      text(
        `a call waited ${Math.round(longest / 1000)} s in Twilio’s queue today`,
        `この 24 時間に、発信が ${Math.round(longest / 1000)} 秒待たされました`,
      ),
      text('Ask Twilio for more calls a second (CPS).', 'Twilio に CPS の引き上げを依頼してください。'),
    );
  return unknown(
    text(
      'Twilio does not say; no call has waited in the last 24 h',
      'Twilio は公開していません。この 24 時間に待たされた発信はありません',
    ),
  );
}

/** Of the last day, those about our Functions or our calls. */
async function alerts({ client, deployment, now }: Patient): Promise<Finding> {
  const { right, wrong } = about('account.debugger', text('Twilio’s debugger', 'Twilio のデバッガー'));
  const since = new Date(now - DAY_MS);
  const [all, calls] = await Promise.all([
    client.monitor.v1.alerts.list({ startDate: since, limit: 500 }),
    client.calls.list({ startTimeAfter: since, limit: 500 }),
  ]);
  const ours = new Set(calls.map(({ sid }) => sid));
  const about_ = all.filter(
    ({ requestUrl, resourceSid }) =>
      (deployment && requestUrl?.includes(deployment.domain)) || ours.has(resourceSid),
  );
  if (about_.length === 0) return right(text('nothing about us in 24 h', 'この 24 時間の警告はありません'));
  const counts = new Map<string, number>();
  for (const { errorCode } of about_) counts.set(errorCode, (counts.get(errorCode) ?? 0) + 1);
  const listed = [...counts].map(([code, times]) => `${code} ×${times}`).join(', ');
  return wrong(
    asIs(listed),
    text(
      `Look them up: https://www.twilio.com/docs/api/errors/${[...counts.keys()][0]}`,
      `内容はこちら: https://www.twilio.com/docs/api/errors/${[...counts.keys()][0]}`,
    ),
  );
}
