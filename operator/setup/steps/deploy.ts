/** Puts the Functions where Twilio reaches them, by Twilio's own tool. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deployedDifferences } from '../../doctor/checks/deployed';
import { StepFault } from '../../fault';
import { SERVICE } from '../../project';
import { findDeployment } from '../../service/deployment';
import { askHealth } from '../../service/health';
import { text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const deployStep: Step = { title: text('Deploy', 'デプロイ'), run };

async function run(setup: Setup): Promise<void> {
  const { env, environment, found, isDryRun, root, tell } = setup;
  if (!isDryRun) await built(setup);
  const before = await findDeployment(setup.twilio(), SERVICE, environment);
  const patient = {
    root,
    env: env.all(),
    client: setup.twilio(),
    fetch: (...given: Parameters<typeof fetch>) => fetch(...given),
  };
  const differences = before?.build ? await deployedDifferences(patient, before) : null;
  if (before && differences?.length === 0) {
    found.domain = before.domain;
    tell.right(text(`deployed, the same as here: ${before.domain}`, `手元と一致: ${before.domain}`));
    return;
  }
  await change(
    setup,
    {
      may: before?.build
        ? text(
            `Deploy again (${(differences ?? []).join(', ')})?`,
            `再デプロイしますか（${(differences ?? []).join('、')}）？`,
          )
        : text('Deploy to Twilio now?', 'Twilio にデプロイしますか？'),
      done: text('deployed to Twilio', 'Twilio にデプロイ'),
    },
    () => deploy(setup),
  );
  const after = isDryRun ? before : await findDeployment(setup.twilio(), SERVICE, environment);
  if (!after) {
    if (isDryRun) return;
    throw new StepFault(
      text('Nothing is deployed, so nothing can ring', 'デプロイされていないため、電話は鳴りません'),
      text('Run this again, and let it deploy.', 'もう一度実行して、デプロイしてください。'),
    );
  }
  found.domain = after.domain;
  tell.right(text(`it is at ${after.domain}`, `配置先: ${after.domain}`));
  if (!isDryRun) await listened(setup, after.domain);
}

const run_ = promisify(execFile);

/** Number B's account is only for the step that asks for it. */
function surroundings(): NodeJS.ProcessEnv {
  const { NUMBER_B_ACCOUNT_SID: _sid, NUMBER_B_AUTH_TOKEN: _token, ...others } = process.env;
  return others;
}

async function built({ root, tell }: Setup): Promise<void> {
  const tsx = createRequire(__filename).resolve('tsx/cli');
  await run_(process.execPath, [tsx, join(root, 'scripts/build.ts'), '--brief'], {
    cwd: root,
    env: surroundings(),
  }).catch((fault: { stderr?: string; message: string }) => {
    for (const line of (fault.stderr || fault.message).trimEnd().split('\n')) tell.plain(line);
    throw new StepFault(
      text('The build fails', 'ビルドに失敗しました'),
      text('Fix what it names, and run this again.', '示された箇所を直し、もう一度実行してください。'),
    );
  });
}

/** The tool reads the credentials from `.env`: other users of this machine could read an argument. */
async function deploy({ childEnv, environment, root, tell }: Setup): Promise<void> {
  const tool = createRequire(__filename).resolve('twilio-run/bin/twilio-run');
  const where = environment === '' ? ['--production'] : ['--environment', environment];
  const args = [tool, 'deploy', '--override-existing-project', '--service-name', SERVICE, ...where];
  await run_(process.execPath, args, { cwd: root, env: { ...surroundings(), ...childEnv } }).catch(
    (fault: { stdout?: string; stderr?: string; message: string }) => {
      const said = `${fault.stderr ?? ''}`.trimEnd().split('\n').slice(-15);
      for (const line of said) tell.plain(line);
      throw new StepFault(
        text('Twilio’s tool could not deploy', 'Twilio のツールがデプロイに失敗しました'),
        text('Read what it says above, and run this again.', '上の出力を確認し、もう一度実行してください。'),
      );
    },
  );
}

/** A new build takes some seconds to answer. */
async function listened({ env, tell }: Setup, domain: string): Promise<void> {
  const health = await askHealth({ env: env.all(), fetch: (...given) => fetch(...given) }, domain);
  if (typeof health === 'string')
    tell.hint(
      text(
        `/health does not answer yet (${health}); npm run doctor looks again`,
        `/health はまだ応答しません（${health}）。npm run doctor で確認できます`,
      ),
    );
  else if (health.ok) tell.right(text('it answers and is healthy', '応答があり、正常です'));
  else
    tell.wrong(
      text('it answers that something is missing', '応答はありますが、不足があります'),
      text('npm run doctor says what.', 'npm run doctor で確認してください。'),
    );
}
