/** Whether number B's music has stopped: its call ends with the page, or it would cost money all night. */
import type { Twilio } from 'twilio';
import { type Text, text } from '../text';
import type { Begun } from './begin';

const OVER = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** Null in the direct way, which plays nothing. */
export async function musicAtTheEnd(
  client: Twilio,
  begun: Begun,
): Promise<{ isOver: boolean; words: Text } | null> {
  if (begun.kind === 'direct') return null;
  const { status, duration } = await client.calls(begun.call).fetch();
  if (OVER.includes(status))
    return {
      isOver: true,
      words: text(
        `The music stopped: the call to number B lasted ${duration ?? 0} s`,
        `保留音は止まりました（番号 B との通話は ${duration ?? 0} 秒）`,
      ),
    };
  return {
    isOver: false,
    words: text(
      `The music still plays: the call to number B is ${status}. End it: https://console.twilio.com/us1/monitor/logs/calls`,
      `保留音が止まっていません（番号 B との通話: ${status}）。終了してください: https://console.twilio.com/us1/monitor/logs/calls`,
    ),
  };
}
