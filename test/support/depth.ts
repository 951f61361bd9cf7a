/**
 * How deep a run of the tests goes. `npm test` holds every promise at least once; `npm run test:deep` adds the files named
 * `*.deep.test.ts`, and plays what the others only sample.
 */
export const isDeep = process.env.DEPTH === 'deep';
