/** The Twilio account: whether it may call, how many calls at once, and what its debugger says. */
import { asIs, text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import type { Patient } from '../patient';
import { balance } from './balance';

const DAY_MS = 24 * 60 * 60 * 1000;

const status: Check = {
  id: 'account.status',
  what: text('Twilio account', 'Twilio アカウント'),
  async look({ asked }) {
    const found = await asked.account().catch((fault: Error & { status?: number }) => fault);
    if (found instanceof Error) {
      if (found.status !== 401 && found.status !== 404) throw found;
      return wrong(
        text('refuses these credentials', '認証情報が拒否されました'),
        text(
          'Correct ACCOUNT_SID and AUTH_TOKEN in .env.',
          '.env の ACCOUNT_SID と AUTH_TOKEN を直してください。',
        ),
      );
    }
    if (found.status === 'active') return right(text('active', '有効'));
    return wrong(
      found.status === 'suspended' ? text('suspended', '停止中') : text('closed', '閉鎖済み'),
      text(
        'Ask Twilio’s support why, in the Console.',
        'Twilio Console からサポートに理由を問い合わせてください。',
      ),
    );
  },
};

const kind: Check = {
  id: 'account.type',
  what: text('Kind of account', 'アカウントの種類'),
  async look({ asked, list }) {
    if ((await asked.account()).type !== 'Trial') return right(text('paid', '有料'));
    // docs/usage/trials/try-out-voice: a trial plays a notice instead of <Dial><Number>.
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
  },
};

const concurrency: Check = {
  id: 'account.concurrency',
  what: text('Calls at a time', '同時通話数'),
  async look({ client }) {
    const profiles = client.trusthub.v1.customerProfiles;
    const approved = await profiles.list({ status: 'twilio-approved', limit: 1 });
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
  },
};

/** ms of waiting that are too long for a page. */
const LONG_QUEUE_MS = 3_000;

/** No API shows the limit; a call that had to wait shows that it is too low. */
const callsPerSecond: Check = {
  id: 'account.calls-per-second',
  what: text('Calls a second', '毎秒の発信数'),
  async look({ asked }) {
    const longest = Math.max(0, ...(await asked.calls()).map(({ queueTime }) => Number(queueTime ?? 0)));
    if (longest <= LONG_QUEUE_MS)
      return unknown(
        text(
          'Twilio does not say; no call has waited in the last 24 h',
          'Twilio は公開していません。この 24 時間に待たされた発信はありません',
        ),
      );
    const seconds = Math.round(longest / 1000);
    return wrong(
      text(
        `a call waited ${seconds} s in Twilio’s queue today`,
        `この 24 時間に、発信が ${seconds} 秒待たされました`,
      ),
      text('Ask Twilio for more calls a second (CPS).', 'Twilio に CPS の引き上げを依頼してください。'),
    );
  },
};

/** The last day's entries about our Functions or our calls. */
const alerts: Check = {
  id: 'account.debugger',
  what: text('Twilio’s debugger', 'Twilio のデバッガー'),
  async look(patient) {
    const codes = await alertsAboutUs(patient);
    if (codes.length === 0) return right(text('nothing about us in 24 h', 'この 24 時間の警告はありません'));
    const counts = new Map<string, number>();
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    const page = `https://www.twilio.com/docs/api/errors/${codes[0]}`;
    return wrong(
      asIs([...counts].map(([code, times]) => `${code} ×${times}`).join(', ')),
      text(`Look them up: ${page}`, `内容はこちら: ${page}`),
    );
  },
};

async function alertsAboutUs({ asked, client, now }: Patient): Promise<readonly string[]> {
  const [all, calls, deployment] = await Promise.all([
    client.monitor.v1.alerts.list({ startDate: new Date(now - DAY_MS), limit: 500 }),
    asked.calls(),
    asked.deployment(),
  ]);
  const ours = new Set(calls.map(({ sid }) => sid));
  return all
    .filter(
      ({ requestUrl, resourceSid }) =>
        (deployment && requestUrl?.includes(deployment.domain)) || ours.has(resourceSid),
    )
    .map(({ errorCode }) => errorCode);
}

export const account: readonly Check[] = [status, kind, balance, concurrency, callsPerSecond, alerts];
