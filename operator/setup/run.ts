/** Step by step. A failed step says what to do, and everything before it stays. */

import { Cancelled, StepFault } from '../fault';
import { text } from '../text';
import type { Setup } from './setup';
import { checklistStep } from './steps/checklist';
import { deployStep } from './steps/deploy';
import { mackerelStep } from './steps/mackerel';
import { mackerelKeyStep } from './steps/mackerel-key';
import { numbersStep } from './steps/numbers';
import { permissionsStep } from './steps/permissions';
import { secretsStep } from './steps/secrets';
import { slackStep } from './steps/slack';
import { syncStep } from './steps/sync';
import { twilioStep } from './steps/twilio';
import { voiceUrlsStep } from './steps/voice-urls';
import { wayStep } from './steps/way';

/**
 * Everything that goes into `.env` comes before the deploy; everything that needs the deployed address comes after
 * it.
 */
export const steps = [
  twilioStep,
  wayStep,
  numbersStep,
  permissionsStep,
  syncStep,
  slackStep,
  mackerelKeyStep,
  secretsStep,
  deployStep,
  voiceUrlsStep,
  mackerelStep,
  checklistStep,
];

/** Returns the exit code. */
export async function runSetup(setup: Setup): Promise<number> {
  const { tell } = setup;
  for (const { title, run } of steps) {
    tell.title(title);
    try {
      await run(setup);
    } catch (fault) {
      const goOn = text(
        'Then run npm run setup again: it goes on from here.',
        'その後もう一度 npm run setup を実行すると、ここから再開します。',
      );
      if (fault instanceof StepFault) tell.wrong(fault.what, fault.remedy);
      else if (fault instanceof Cancelled)
        tell.hint(text('Stopped. What is done stays.', '中断しました。ここまでの設定は残っています。'));
      else {
        const { message } = fault as Error;
        tell.wrong(text(message, message));
      }
      tell.hint(goOn);
      return fault instanceof Cancelled ? 130 : 1;
    }
  }
  return 0;
}
