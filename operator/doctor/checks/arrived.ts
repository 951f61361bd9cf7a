/**
 * What has ever come from Mackerel. No API shows the fields of its Twilio channel, but a call shows what the channel
 * sends.
 */
import { UNKNOWN_ID } from '../../../src/escalation/alert';
import { text } from '../../text';
import { type Check, NO_HISTORY, right, unknown, wrong } from '../check';

const alertId: Check = {
  id: 'arrived.alert-id',
  what: text('Alerts in its calls', '着信のアラート'),
  async look({ asked, list }) {
    if (list.start === 'webhook') return null;
    const pages = await asked.records();
    if (!pages) return NO_HISTORY;
    const alerts = pages.flatMap(({ record }) => record.alerts ?? []);
    if (alerts.length === 0)
      return unknown(
        text('no call yet', 'まだありません'),
        text('Let a monitor cross its threshold.', '監視ルールのしきい値を超えさせて確かめてください。'),
      );
    if (alerts.some((id) => id !== UNKNOWN_ID))
      return right(text('calls say which alert it is', 'アラートを特定できています'));
    return wrong(
      text('calls never say which alert it is', 'どのアラートか分からない着信だけです'),
      text(
        'Mackerel adds alertId only to a TwiML URL without a query: write it as setup prints it.',
        'TwiML URL にクエリがあると alertId が付きません。setup の表示どおりに書いてください。',
      ),
    );
  },
};

const callEnded: Check = {
  id: 'arrived.call-ended',
  what: text('Status Callback URL', 'Status Callback URL'),
  async look({ asked, list }) {
    if (list.start === 'webhook') return null;
    const health = await asked.health();
    if (typeof health !== 'string' && !health.sync.ok) return NO_HISTORY;
    if (typeof health !== 'string' && health.sync.endsToldSince)
      return right(text('reports the ends of calls', '通話の終了が通知されています'));
    return unknown(
      typeof health === 'string'
        ? text('/health does not say', '/health から取得できません')
        : text('has reported no call yet', 'まだ一度も通知がありません'),
      text(
        'Without it a call that breaks off before it reaches us is lost. Write it as setup prints it.',
        'ないと、届く前に切れた通話を補えません。setup の表示どおりに書いてください。',
      ),
    );
  },
};

export const arrived: readonly Check[] = [alertId, callEnded];
