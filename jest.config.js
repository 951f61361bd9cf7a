/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // All cores: jest leaves one idle, which on two is half of them.
  maxWorkers: '100%',
  // A guard against what hangs, and no more: time is virtual, and a busy machine may take as long as it likes.
  testTimeout: 900_000,
  setupFilesAfterEnv: ['<rootDir>/test/support/after-each.ts'],
  roots: ['<rootDir>/test'],
  // Audits in a browser, pseudo-terminals and long nights: `npm run test:deep`.
  testPathIgnorePatterns: process.env.DEPTH === 'deep' ? [] : ['\\.deep\\.test\\.ts$'],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  // These are published as ES modules only; jest runs CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(temporal-polyfill|temporal-utils|string-width|strip-ansi|ansi-regex|get-east-asian-width)/)',
    '/\\.twilioserverless/',
  ],
};
