import type { Services } from './services';
import type { Continuation } from './twilio/continuation';

/**
 * The call that carried a page is over. If nobody has taken the page by then, people are told.
 *
 * @param wasRinging nobody had picked up, so nobody can have taken the page even if Sync does not say
 */
export async function settleLostCall(
  { pages, news, now }: Pick<Services, 'pages' | 'news' | 'now'>,
  carried: Continuation,
  wasRinging: boolean,
): Promise<void> {
  const isSure = wasRinging || (await pages.read()) !== null;
  await news.tellOutcome(
    await pages.apply({ kind: 'call-ended', page: carried.page, isSure, at: now() }, carried),
  );
}
