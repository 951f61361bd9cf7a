import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

/** Asks Sync every four seconds without end. Answers after `seconds`; never, without. */
export function handler(
  context: Context,
  { seconds }: Record<string, string>,
  callback: ServerlessCallback,
): void {
  const { documents } = context.getTwilioClient().sync.v1.services('default');
  const ask = async () => {
    for (;;) {
      await documents('page').fetch();
      await new Promise((over) => setTimeout(over, 4000));
    }
  };
  if (seconds === '0') callback(null, 'done');
  void ask();
  if (Number(seconds) > 0) setTimeout(() => callback(null, 'done'), Number(seconds) * 1000);
}
