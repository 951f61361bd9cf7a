/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  // These are published as ES modules only; jest runs CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(temporal-polyfill|temporal-utils|p-timeout|string-width|strip-ansi|ansi-regex|get-east-asian-width)/)',
    '/\\.twilioserverless/',
  ],
};
