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

function unreachable() {
  throw new Error('There is no Twilio in this test');
}

/** Milliseconds of the processor that it takes: what else the machine does makes it no dearer. */
function timed(what) {
  const before = process.cpuUsage();
  const value = what();
  return { value, ms: sinceCpu(before) };
}

function sinceCpu(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

process.once('message', ({ file, context, event, assets }) => {
  const requireThere = createRequire(file);
  const getAssets = () =>
    Object.fromEntries(
      Object.entries(assets).map(([name, path]) => [name, { path, open: () => readFileSync(path, 'utf8') }]),
    );
  globalThis.Twilio = { Response };
  globalThis.Runtime = { getAssets };
  const twilio = timed(() => requireThere('twilio'));
  globalThis.Twilio.twiml = twilio.value.twiml;
  const known = new Set(Object.keys(require.cache));
  const bundle = timed(() => requireThere(file));
  const loads = Object.keys(require.cache).filter((path) => !known.has(path));
  let startedAt;
  const send = (answer) =>
    process.send({
      loading: { twilio: twilio.ms, bundle: bundle.ms },
      loads,
      answering: startedAt && sinceCpu(startedAt),
      exports: Object.keys(bundle.value),
      answer,
    });
  if (!bundle.value.handler) return send(null);
  startedAt = process.cpuUsage();
  bundle.value.handler({ ...context, getTwilioClient: unreachable }, event, (fault, answer) =>
    send({
      fault: fault && String(fault),
      status: answer?.statusCode ?? 200,
      body: textOf(answer?.body ?? answer),
    }),
  );
});
