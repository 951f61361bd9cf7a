import { jsonEndpoint, statusEndpoint, voiceEndpoint } from '../../../src/platform/endpoint';
import type { Params } from '../../../src/platform/params';
import { unauthorized } from '../../../src/platform/problem';
import type { Services } from '../../../src/platform/services';
import { EVENING, onDuty } from '../../support/on-duty';
import { type Platform, platform } from '../../support/platform';
import { type StandIns, standIns } from '../../support/stand-ins';

let world: StandIns;
let twilios: Platform;
beforeEach(() => {
  world = standIns();
  twilios = platform(world);
});
afterEach(() => {
  twilios.close();
  world.close();
});

const event = {
  page: 'p1',
  attempt: '2',
  From: '+815000000100',
  To: '+815000000001',
  request: { headers: {}, cookies: {} },
};
const lines = () => twilios.log.map((line) => JSON.parse(line));
const failing = async (): Promise<never> => {
  throw new Error('Invalid "To" +815000000001 (see To=%2B815000000001)');
};

describe('a voice endpoint', () => {
  const broken = (params: Params) => `<Response><Redirect>/again?page=${params.page}</Redirect></Response>`;

  test('hands over parameters and services, and answers 200 with TwiML', async () => {
    const seen: [Params, Services][] = [];
    const handler = voiceEndpoint(async (params, services) => {
      seen.push([params, services]);
      return { twiml: '<Response/>', note: { step: 'ring' } };
    }, broken);
    expect(await twilios.call(handler, '/answered', event)).toEqual({
      status: 200,
      type: 'text/xml',
      body: '<Response/>',
    });
    const [params, services] = seen[0] ?? [];
    expect(params).toEqual({ page: 'p1', attempt: '2', From: '+815000000100', To: '+815000000001' });
    expect(services?.list).toEqual(onDuty());
    expect(services?.now()).toBe(EVENING);
    const trips = { sync: 0, twilio: 0, mackerel: 0, slack: 0 };
    expect(lines()).toEqual([{ path: '/answered', page: 'p1', attempt: '2', step: 'ring', ...trips, ms: 0 }]);
  });

  test('answers 200 with other TwiML where the handler fails: a caller never hears a fault', async () => {
    expect(await twilios.call(voiceEndpoint(failing, broken), '/answered', event)).toEqual({
      status: 200,
      type: 'text/xml',
      body: '<Response><Redirect>/again?page=p1</Redirect></Response>',
    });
  });

  test.each([
    ['a text', 'words'],
    ['nothing', undefined],
    ['a number', 7],
  ])('answers 200 even where %s is thrown', async (_, fault) => {
    const handler = voiceEndpoint(() => Promise.reject(fault), broken);
    expect(await twilios.call(handler, '/answered', event)).toMatchObject({ status: 200, type: 'text/xml' });
  });

  test('answers 200 where the handler fails before it has waited for anything', async () => {
    const handler = voiceEndpoint(() => {
      throw new Error('at once');
    }, broken);
    expect(await twilios.call(handler, '/answered', event)).toMatchObject({ status: 200 });
  });

  test('answers 200 where the dial list is not deployed, and says what to do', async () => {
    twilios.close();
    twilios = platform(world, null);
    const handler = voiceEndpoint(async () => ({ twiml: '<Response/>' }), broken);
    expect(await twilios.call(handler, '/answered', event)).toMatchObject({ status: 200, type: 'text/xml' });
    expect(lines()).toMatchObject([{ level: 'error', fault: expect.stringContaining('npm run build') }]);
  });
});

describe('whose turn it is', () => {
  beforeEach(() => {
    twilios.close();
    twilios = platform(world, onDuty({ rotation: { every: 'day', since: '2026-11-01' } }));
  });

  async function turnToday(): Promise<number | undefined> {
    let turn: number | undefined;
    const handler = voiceEndpoint(
      async (_params, { turnAt }) => {
        turn = turnAt(EVENING);
        return { twiml: '<Response/>' };
      },
      () => '',
    );
    await twilios.call(handler, '/dial-list', event);
    return turn;
  }

  test('is known by the date', async () => {
    expect(await turnToday()).toBeGreaterThan(0);
  });
});

describe('a status endpoint', () => {
  test('answers 204, which Twilio wants nothing more of', async () => {
    const handler = statusEndpoint(async () => ({ status: 'completed' }));
    expect(await twilios.call(handler, '/dial-status', event)).toMatchObject({ status: 204, body: '' });
    expect(lines()).toMatchObject([{ path: '/dial-status', status: 'completed' }]);
  });

  test('answers 500 where it fails, so that Twilio’s debugger shows it', async () => {
    expect(await twilios.call(statusEndpoint(failing), '/dial-status', event)).toMatchObject({ status: 500 });
  });
});

describe('a JSON endpoint', () => {
  const posted = {
    event: 'alert',
    alert: { id: 'a' },
    request: { headers: { authorization: 'Basic eA==' }, cookies: {} },
  };

  test('hands over what was posted, without the request around it, and answers JSON', async () => {
    const handler = jsonEndpoint(async ({ authorization, body }) => {
      expect(authorization).toBe('Basic eA==');
      expect(body).toEqual({ event: 'alert', alert: { id: 'a' } });
      return { status: 401, body: { error: 'Wrong' }, note: { status: 401 } };
    });
    expect(await twilios.call(handler, '/mackerel-webhook', posted)).toEqual({
      status: 401,
      type: 'application/json',
      body: { error: 'Wrong' },
    });
    expect(lines()).toMatchObject([{ path: '/mackerel-webhook', status: 401 }]);
  });

  test('answers 500 with an error where it fails, and keeps the fault to the log', async () => {
    const answer = await twilios.call(jsonEndpoint(failing), '/mackerel-webhook', posted);
    expect(answer).toMatchObject({ status: 500, type: 'application/json' });
    expect(Object.keys(answer.body)).toEqual(['error']);
    expect(JSON.stringify(answer.body)).not.toContain('Invalid');
  });

  test('nothing of a body is in the log, whatever it is called', async () => {
    const refusing = jsonEndpoint(async () => ({ status: 401, body: {}, note: { status: 401 } }));
    const body = { page: 'disk-of-db1', attempt: '815000000001', CallStatus: 'db1', event: 'db1' };
    await twilios.call(refusing, '/mackerel-webhook', body);
    await twilios.call(jsonEndpoint(failing), '/mackerel-webhook', { page: 'x'.repeat(200_000) });
    expect(twilios.log.join()).not.toMatch(/db1|8150|xxx/);
  });

  test('tells how to come in, where it says so', async () => {
    const handler = jsonEndpoint(async () => unauthorized('Wrong'));
    expect(await twilios.call(handler, '/mackerel-webhook', posted)).toEqual({
      status: 401,
      type: 'application/json',
      body: { error: 'Wrong' },
      // rfc-editor.org/rfc/rfc7617#section-2.1
      challenge: 'Basic realm="mackerel-kaden", charset="UTF-8"',
    });
  });

  test('a request without headers has no authorization', async () => {
    const handler = jsonEndpoint(async ({ authorization }) => ({
      status: 200,
      body: { authorization },
      note: {},
    }));
    expect(await twilios.call(handler, '/mackerel-webhook', {})).toMatchObject({ body: {} });
  });
});

describe('the log', () => {
  test('a line holds no number, whatever went wrong', async () => {
    await twilios.call(
      voiceEndpoint(failing, () => '<Response/>'),
      '/answered',
      event,
    );
    await twilios.call(statusEndpoint(failing), '/dial-status', event);
    expect(lines()).toMatchObject([
      { level: 'error', path: '/answered', fault: 'Error: Invalid "To" (number) (see To=(number))' },
      { level: 'error', path: '/dial-status' },
    ]);
    expect(twilios.log.join()).not.toMatch(/8150|555/);
  });

  test.each([
    ['a number', '+815000000001'],
    ['words', 'disk is full'],
    ['200 KB', 'x'.repeat(200_000)],
  ])('names no page that is %s', async (_, odd) => {
    const handler = statusEndpoint(async () => ({ event: 'ignored' }));
    await twilios.call(handler, '/dial-status', { page: odd, attempt: odd });
    expect(lines()).toEqual([expect.not.objectContaining({ page: expect.anything() })]);
    expect(twilios.log.join().length).toBeLessThan(200);
  });

  test('names the page of the URL where nothing else is known of one', async () => {
    const handler = statusEndpoint(async () => ({ page: undefined, event: 'ignored' }));
    await twilios.call(handler, '/dial-status', event);
    expect(lines()).toMatchObject([{ page: 'p1', attempt: '2', event: 'ignored' }]);
  });

  test('of what failed tells the requests that it took, and about what it was', async () => {
    const handler = statusEndpoint(async (_, { pages }) => {
      await pages.read();
      throw new Error('x'.repeat(999));
    });
    await twilios.call(handler, '/dial-status', { ...event, CallStatus: 'completed' });
    const trips = { sync: 1, twilio: 0, mackerel: 0, slack: 0 };
    expect(lines()).toMatchObject([{ level: 'error', page: 'p1', event: 'failed', ...trips }]);
    expect(lines()[0].fault).toHaveLength(300);
  });

  test('tells how long it took', async () => {
    const handler = statusEndpoint(async () => {
      await world.clock.sleep(1.5);
      return {};
    });
    await twilios.call(handler, '/dial-status', event);
    expect(lines()).toMatchObject([{ ms: 1_500 }]);
  });
});
