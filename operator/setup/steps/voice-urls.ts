/** What answers numbers A and B: docs/phone-numbers/api/incomingphonenumber-resource */
import { shortly } from '../../service/phone';
import { type Text, text } from '../../text';
import { change, type OwnNumber, type Setup, type Step } from '../setup';
import { DEMO } from './number-b';

export const voiceUrlsStep: Step = { title: text('What answers the numbers', '番号の応答先'), run };

async function run(setup: Setup): Promise<void> {
  const { domain, numberA, numberB } = setup.found;
  if (!domain) return;
  if (numberB) await answeredBy(setup, text('Number B', '番号 B'), numberB, `https://${domain}/hold-music`);
  if (numberA) await answeredBy(setup, text('Number A', '番号 A'), numberA, `https://${domain}/call-in`);
}

async function answeredBy(setup: Setup, name: Text, number: OwnNumber, url: string): Promise<void> {
  const { tell, todo } = setup;
  const shown = text(`${name.en} (${shortly(number.phone)})`, `${name.ja}（${shortly(number.phone)}）`);
  const { pathname } = new URL(url);
  if (number.voiceUrl === url) {
    tell.right(text(`${shown.en} is answered by ${pathname}`, `${shown.ja}は ${pathname} が応答します`));
    return;
  }
  // Replacing the demo takes nothing from anybody.
  const isFree = number.voiceUrl === '' || number.voiceUrl === DEMO;
  const before = isFree
    ? text('', '')
    : text(`, in the place of ${number.voiceUrl}`, `（現在: ${number.voiceUrl}）`);
  const isDone = await change(
    setup,
    {
      kind: isFree ? 'adds' : 'replaces',
      may: text(
        `Let ${shown.en} be answered by ${pathname}${before.en}?`,
        `${shown.ja}の応答先を ${pathname} にしますか${before.ja}？`,
      ),
      done: text(
        `${shown.en} is answered by ${pathname}${before.en}`,
        `${shown.ja}の応答先を ${pathname} に${before.ja}`,
      ),
    },
    () => number.client.incomingPhoneNumbers(number.sid).update({ voiceUrl: url, voiceMethod: 'POST' }),
  );
  if (isDone) return;
  tell.hint(
    text(
      `${shown.en} stays as it is${before.en}; --replace lets it be replaced`,
      `${shown.ja}は変更していません${before.ja}。置き換えるには --replace`,
    ),
  );
  todo.push(text(`Set the voice URL of ${shown.en} to ${url}`, `${shown.ja}の Voice URL を ${url} にする`));
}
