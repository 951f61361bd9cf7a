/**
 * Loaded into another process with `--require`, so that a tool which deploys to Twilio reaches the switchboard instead, and
 * nothing of it has to be changed. SWITCHBOARD_GATEWAY says where; any other host is refused.
 */
const http = require('node:http');
const https = require('node:https');

const gateway = new URL(process.env.SWITCHBOARD_GATEWAY);
const realRequest = http.request;

https.request = function request(...given) {
  const callback = given.find((one) => typeof one === 'function');
  const target = given.find((one) => one instanceof URL || typeof one === 'string');
  const options = given.find((one) => typeof one === 'object' && !(one instanceof URL)) ?? {};
  const url = target
    ? new URL(target)
    : new URL(options.path ?? '/', `https://${options.hostname ?? options.host}`);
  const headers = { ...options.headers, 'x-switchboard-host': url.host };
  const { method, timeout, signal } = options;
  const auth =
    options.auth ??
    (url.username && `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`);
  return realRequest(
    {
      host: gateway.hostname,
      port: gateway.port,
      path: url.pathname + url.search,
      headers,
      ...(auth && { auth }),
      method,
      timeout,
      signal,
    },
    callback,
  );
};
https.get = (...given) => {
  const request = https.request(...given);
  request.end();
  return request;
};
