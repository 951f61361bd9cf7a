/**
 * Loaded with `--require` in front of the runtime-handler's own runner of Functions, in a process of its own: weighs what it
 * takes to load `twilio`, and then one Function until it has answered, in milliseconds of the processor. Its neighbours
 * answer what they answered when it was recorded. Not built, so that nothing is loaded besides.
 */
const { createRequire } = require('node:module');

// As `fetch` makes it. Read when it is needed: it takes long to load, and the runner puts a class of its own in its place.
const response = Object.getOwnPropertyDescriptor(globalThis, 'Response');
const send = process.send.bind(process);
const unexpected = [];
let twilio = 0;
let begun = 0;

const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

process.once('message', ({ functionPath, at, exchanges, config }) => {
  const requireThere = createRequire(`${config.baseDir}/package.json`);
  // The platform has opened it before.
  console.log(`Weighs ${functionPath}`);
  const before = spent();
  requireThere('twilio');
  twilio = spent() - before;
  answerWith([...exchanges], requireThere('twilio/lib/base/RequestClient'));
  const realNow = Date.now;
  const shift = at - realNow();
  Date.now = () => realNow() + shift;
  // Next comes the listener of the runner itself.
  begun = spent();
});

process.send = ({ reply, err }) => {
  if (!reply && !err) return true;
  const answer = spent() - begun;
  const elements = [...String(reply?.body ?? '').matchAll(/<(\w+)/g)].map(([, name]) => name);
  return send({ twilio, answer, status: reply?.statusCode, elements, unexpected, fault: err?.message });
};

/** Under `twilio`'s own client, and in the place of `fetch`. */
function answerWith(left, RequestClient) {
  const used = [];
  const take = (method, uri) => {
    const { host, pathname } = new URL(uri);
    const isThere = (one) => one.method === method && one.host === host;
    const isSame = (one) => isThere(one) && one.pathname === pathname;
    // A page has another name than when it was recorded, and with it its items. A cold process also remembers less than
    // the one that was recorded, and asks more.
    const found = [left.find(isSame), left.find(isThere), used.find(isSame), used.find(isThere)].find(
      Boolean,
    );
    if (!found) {
      unexpected.push(`${method} ${host}${pathname}`);
      return { status: 500, headers: {}, body: '' };
    }
    if (left.includes(found)) used.push(...left.splice(left.indexOf(found), 1));
    return found.response;
  };
  const { request } = RequestClient.prototype;
  RequestClient.prototype.request = function (options) {
    this.axios.defaults.adapter = async (config) => {
      const { status, headers, body } = take(config.method.toUpperCase(), config.url);
      return { data: body, status, statusText: '', headers, config, request: {} };
    };
    return request.call(this, options);
  };
  globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const { status, headers, body } = take(asked.method, asked.url);
    const Response = response.get ? response.get.call(globalThis) : response.value;
    return new Response(status === 204 ? null : body, { status, headers });
  };
}
