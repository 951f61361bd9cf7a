/** What has ever come from Mackerel: it shows no API the fields of its Twilio channel, but calls tell by what they bring. */
import { UNKNOWN_ID } from '../../../src/escalation/alert';
import { records } from '../../service/history';
import { text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

export async function arrived(patient: Patient): Promise<Finding[]> {
  if (patient.list.start === 'webhook') return [];
  const pages = await records(patient.client, patient.env.SYNC_SERVICE_SID);
  const alerts = pages.flatMap(({ record }) => record.alerts ?? []);
  return [alertId(alerts), callEnded(patient.health)];
}

function alertId(alerts: readonly string[]): Finding {
  const { right, wrong, unknown } = about(
    'arrived.alert-id',
    text('Calls of the Twilio channel', 'Twilio チャンネルの着信'),
  );
  if (alerts.length === 0)
    return unknown(
      text('none yet', 'まだありません'),
      text('Let a monitor cross its threshold.', '監視ルールのしきい値を超えさせて確かめてください。'),
    );
  if (alerts.some((id) => id !== UNKNOWN_ID))
    return right(text('say which alert it is', 'アラートを特定できています'));
  return wrong(
    text('never say which alert it is', 'どのアラートか分からない着信だけです'),
    text(
      'Mackerel adds alertId only to a TwiML URL without a query: write it as setup prints it.',
      'TwiML URL にクエリがあると alertId が付きません。setup の表示どおりに書いてください。',
    ),
  );
}

function callEnded(health: Patient['health']): Finding {
  const { right, unknown } = about(
    'arrived.call-ended',
    text('Status Callback URL of the Twilio channel', 'Twilio チャンネルの Status Callback URL'),
  );
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
}
