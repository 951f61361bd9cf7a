import { type MackerelChannel, MackerelRefusal } from '../../service/mackerel';
import type { MackerelSide, Patient } from '../patient';

/** Null if there is no key, or Mackerel refuses it: the line about the key says so. */
export const ofMackerel = ({ asked }: Patient): Promise<MackerelSide | null> =>
  asked.mackerel().catch((fault: Error) => {
    if (fault instanceof MackerelRefusal && fault.status < 500) return null;
    throw fault;
  });

/**
 * With only the channels that reach us. The Twilio channel shows neither its number nor its URL; a webhook shows its
 * URL.
 */
export async function phoneSide(patient: Patient): Promise<MackerelSide | null> {
  const [side, deployment] = await Promise.all([ofMackerel(patient), patient.asked.deployment()]);
  if (!side) return null;
  const isOurs = ({ type, url = '' }: MackerelChannel) =>
    type === 'twilio'
      ? patient.list.start === 'call'
      : type === 'webhook' && deployment !== null && url.includes(deployment.domain);
  return { ...side, channels: side.channels.filter(isOurs) };
}
