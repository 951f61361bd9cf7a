/** Mackerel's webhook channel: alerts open, change and close. Public, with Basic auth, since Mackerel signs nothing. */

import { readPosted } from '../mackerel/webhook';
import { isAuthorized } from '../platform/basic-auth';
import { jsonEndpoint } from '../platform/endpoint';
import { accepted, problem, unauthorized } from '../platform/problem';
import { closed, notUnderstood, opened, sampleSent } from '../webhooks/mackerel-webhook';

export const handler = jsonEndpoint(async (request, services) => {
  const { webhookCredentials } = services.config;
  if (!webhookCredentials) {
    return problem(
      503,
      'The webhook is not set up. Set MACKEREL_WEBHOOK_USER and MACKEREL_WEBHOOK_PASSWORD and deploy',
    );
  }
  if (!isAuthorized(request.authorization, webhookCredentials)) {
    return unauthorized(
      'Wrong user or password. Write them into the URL: https://USER:PASSWORD@…/mackerel-webhook',
    );
  }
  const posted = readPosted(request.body, services.now());
  switch (posted.kind) {
    case 'refused':
      if (posted.field !== 'event') await notUnderstood(services, 'alert');
      return problem(400, `This is not a notification from Mackerel: ${posted.field} ${posted.problem}`);
    case 'sample':
      return accepted(await sampleSent(services));
    case 'other':
      return accepted({ event: posted.event, ignored: true });
    case 'not-understood':
      return accepted({ event: posted.event, ...(await notUnderstood(services, posted.event)) });
    case 'opened':
      return opened(services, posted.alert);
    case 'closed':
      return accepted({ event: 'closed', ...(await closed(services, posted.id)) });
  }
});
