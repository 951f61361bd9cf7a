/** Where Functions are reached: docs/serverless/functions-assets/functions/variables, DOMAIN_NAME. */
import { originOf } from '../../../src/platform/origin';

test.each([
  ['deployed', 'mackerel-kaden-1234-dev.twil.io', 'https://mackerel-kaden-1234-dev.twil.io'],
  ['behind a tunnel', 'abc.ngrok.io', 'https://abc.ngrok.io'],
  ['on a developer’s machine', 'localhost:3000', 'http://localhost:3000'],
  ['and by its address', '127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['a domain that only begins like one', 'localhost.example.com', 'https://localhost.example.com'],
])('%s', (_where, domain, origin) => {
  expect(originOf({ DOMAIN_NAME: domain })).toBe(origin);
});
