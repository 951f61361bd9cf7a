/** Loaded into each Node process with `--require`: writes down what it was started with. RECORDED_IN says where. */
const { appendFileSync } = require('node:fs');

if (process.env.RECORDED_IN) {
  const { execArgv, argv, env } = process;
  appendFileSync(process.env.RECORDED_IN, `${JSON.stringify({ argv: [...execArgv, ...argv], env })}\n`);
}
