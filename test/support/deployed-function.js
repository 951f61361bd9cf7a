/**
 * One Function as the platform runs it: a file on its own, under another name, with the platform's globals. Run as a
 * child process with what to call; sends what came of it. Nothing in here is built, so that nothing is loaded besides.
 */
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

class Response {
  statusCode = 200;
  body = '';
  headers = {};
  setStatusCode(status) {
    this.statusCode = status;
    return this;
  }
  setBody(body) {
    this.body = body;
    return this;
  }
  appendHeader(name, value) {
    this.headers[name] = value;
    return this;
  }
}

const textOf = (body) =>
  Object.getPrototypeOf(body) === Object.prototype ? JSON.stringify(body) : String(body);

/** What is made of `Intl`: the first of a kind takes milliseconds. */
const formatters = [];
for (const name of ['DateTimeFormat', 'NumberFormat', 'Collator', 'PluralRules']) {
  Intl[name] = new Proxy(Intl[name], {
    construct: (made, given) => {
      formatters.push(name);
      return new made(...given);
    },
  });
}

process.once('message', ({ file, context, event, assets }) => {
  const requireThere = createRequire(file);
  const getAssets = () =>
    Object.fromEntries(
      Object.entries(assets).map(([name, path]) => [name, { path, open: () => readFileSync(path, 'utf8') }]),
    );
  globalThis.Runtime = { getAssets };
  const twilio = requireThere('twilio');
  globalThis.Twilio = { Response, twiml: twilio.twiml };
  requireThere('twilio/lib/base/RequestClient').prototype.request = async () => {
    throw new Error('There is no Twilio in this test');
  };
  const getTwilioClient = (options) => twilio(`AC${'0'.repeat(32)}`, 'token', options);
  // Any TwiML loads a few small files more.
  new twilio.twiml.VoiceResponse();
  const known = new Set(Object.keys(require.cache));
  const { handler, ...others } = requireThere(file);
  const send = (answer) => {
    const loads = Object.keys(require.cache).filter((path) => !known.has(path));
    process.send({
      loads,
      formatters,
      exports: Object.keys({ ...(handler && { handler }), ...others }),
      answer,
    });
  };
  if (!handler) return send(null);
  handler({ ...context, getTwilioClient }, event, (fault, answer) =>
    send({
      fault: fault && String(fault),
      status: answer?.statusCode ?? 200,
      body: textOf(answer?.body ?? answer),
    }),
  );
});
