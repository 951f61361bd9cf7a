import inject from 'light-my-request';
import { controlOf } from '../../../switchboard/terminal/control';

const done: string[] = [];
const app = controlOf({
  about: 'POST /alerts raises an alert',
  raise: () => {
    done.push('raise');
    return '2bj1';
  },
  close: (alert) => {
    done.push(`close ${alert}`);
    return alert === '2bj1';
  },
});

beforeEach(() => done.splice(0));

test.each([
  ['GET', '/', 200, 'POST /alerts raises an alert', []],
  ['POST', '/alerts', 201, '{"id":"2bj1"}\n', ['raise']],
  ['POST', '/alerts?x=1', 201, '{"id":"2bj1"}\n', ['raise']],
  ['POST', '/alerts/2bj1/close', 200, '{"id":"2bj1","status":"OK"}\n', ['close 2bj1']],
  ['POST', '/alerts/2bj9/close', 404, '{"error":"There is no alert 2bj9"}\n', ['close 2bj9']],
  ['GET', '/alerts', 405, '{"error":"Use POST /alerts"}\n', []],
  ['POST', '/', 405, '{"error":"Use GET /"}\n', []],
  ['POST', '/alert', 404, '{"error":"There is nothing at /alert"}\n', []],
  ['POST', '/alerts/2bj1/open', 404, '{"error":"There is nothing at /alerts/2bj1/open"}\n', []],
] as const)('%s %s: %i', async (method, url, status, body, asked) => {
  const response = await inject(app, { method, url });
  expect([response.statusCode, response.payload]).toEqual([status, body]);
  expect(done).toEqual(asked);
});
