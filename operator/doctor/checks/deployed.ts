/** Whether what is deployed is what lies here, and answers as it should. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deployment, deployedSource } from '../../service/deployment';
import { askHealth, type HealthDetails } from '../../service/health';
import { asIs, type Text, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';
import { endpoints } from './endpoints';

const AGAIN = text('Deploy again: npm run deploy', '再デプロイしてください: npm run deploy');
/** docs/serverless/functions-assets/handler: what npm has beyond it cannot be deployed. */
const HANDLER = '2.0.1';

/** What lies here, and with what the other side is asked. */
type Local = Pick<Patient, 'root' | 'env' | 'client' | 'fetch'>;

export async function deployed(patient: Patient): Promise<Finding[]> {
  const { deployment } = patient;
  const { wrong } = about('deployed.build', text('Deployment', 'デプロイ'));
  if (!deployment?.build) return [wrong(text('nothing is deployed', 'まだデプロイされていません'), AGAIN)];
  return [
    inWords(
      about('deployed.functions', text('Functions', 'Functions')),
      await functionsCompared(patient, deployment, deployment.build),
    ),
    await assets(patient),
    variables(patient, deployment),
    runtime(deployment.build),
    ...(await endpoints(patient, deployment)),
  ];
}

async function builtFiles(root: string, folder: 'functions' | 'assets'): Promise<string[]> {
  return (await readdir(join(root, '.twilioserverless', folder))).sort();
}

type Build = NonNullable<Deployment['build']>;
type Compared = {
  readonly count: number;
  readonly missing: readonly string[];
  readonly stray: readonly string[];
  readonly differing: readonly string[];
};

/** Functions can be read back, so they are compared letter by letter. */
async function functionsCompared(
  patient: Local,
  { serviceSid }: Deployment,
  build: Build,
): Promise<Compared> {
  const local = new Map<string, string>(
    (await builtFiles(patient.root, 'functions')).map((name) => [
      `/${name.replace(/(\.protected|\.private)?\.js$/, '')}`,
      name,
    ]),
  );
  const there = new Map(build.functions.map((version) => [version.path, version]));
  const differing = await Promise.all(
    [...there].map(async ([path, version]) => {
      const name = local.get(path);
      if (name === undefined) return [];
      const [here, deployedThere] = await Promise.all([
        readFile(join(patient.root, '.twilioserverless/functions', name), 'utf8'),
        deployedSource(patient.client, serviceSid, version),
      ]);
      return here === deployedThere ? [] : [path];
    }),
  );
  return { ...sidesOf(local, there), differing: differing.flat() };
}

/** Private Assets cannot be read back: /health tells their hashes. */
async function assetsCompared(patient: Local, health: HealthDetails): Promise<Compared> {
  const names = (await builtFiles(patient.root, 'assets')).filter((name) => name.includes('.private.'));
  const local = new Map<string, string>(
    await Promise.all(
      names.map(async (name) => {
        const content = await readFile(join(patient.root, '.twilioserverless/assets', name));
        return [`/${name.replace('.private', '')}`, sha256(content)] as const;
      }),
    ),
  );
  const there = new Map(Object.entries(health.assets));
  const differing = [...there.keys()].filter(
    (path) => local.has(path) && local.get(path) !== there.get(path),
  );
  return { ...sidesOf(local, there), differing };
}

/** The deploy tool keeps these for itself. */
const NOT_UPLOADED = ['ACCOUNT_SID', 'AUTH_TOKEN'];

/** Names only: values are secrets. */
function variablesCompared({ env }: Local, { variables }: Deployment): Compared {
  const uploaded = Object.entries(env).filter(
    ([name, value]) => value !== '' && !NOT_UPLOADED.includes(name),
  );
  const [local, there] = [new Map(uploaded), new Map(Object.entries(variables))];
  const differing = [...local.keys()].filter(
    (name) => there.has(name) && there.get(name) !== local.get(name),
  );
  return { ...sidesOf(local, there), differing };
}

function sidesOf(local: ReadonlyMap<string, unknown>, there: ReadonlyMap<string, unknown>) {
  const missing = [...local.keys()].filter((name) => !there.has(name));
  return { count: there.size, missing, stray: [...there.keys()].filter((name) => !local.has(name)) };
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** What a deploy would change, by name: it leaves variables alone that are not ours. */
export async function deployedDifferences(local: Local, deployment: Deployment): Promise<readonly string[]> {
  const { build } = deployment;
  if (!build) return [];
  const health = await askHealth(local, deployment.domain);
  const parts = await Promise.all([
    functionsCompared(local, deployment, build),
    typeof health === 'string' ? null : assetsCompared(local, health),
  ]);
  const { missing, differing } = variablesCompared(local, deployment);
  return [
    ...parts.flatMap((part) => (part ? [...part.missing, ...part.stray, ...part.differing] : ['/health'])),
    ...missing,
    ...differing,
    ...(isRuntimeRight(build) ? [] : [build.runtime]),
  ];
}

async function assets(patient: Patient): Promise<Finding> {
  const { health } = patient;
  const what = about('deployed.assets', text('Dial list and private code', '連絡先リストと内部コード'));
  if (typeof health !== 'string') return inWords(what, await assetsCompared(patient, health));
  return what.unknown(
    text(`/health does not say: ${health}`, `/health から取得できません: ${health}`),
    text(
      'Set HEALTH_USER and HEALTH_PASSWORD, and deploy.',
      'HEALTH_USER と HEALTH_PASSWORD を設定し、デプロイしてください。',
    ),
  );
}

function inWords(
  { right, wrong }: Pick<ReturnType<typeof about>, 'right' | 'wrong'>,
  { count, missing, stray, differing }: Compared,
): Finding {
  const parts: Text[] = [];
  if (missing.length > 0) parts.push(text(`missing: ${missing.join(', ')}`, `不足: ${missing.join(', ')}`));
  if (stray.length > 0) parts.push(text(`not ours: ${stray.join(', ')}`, `余分: ${stray.join(', ')}`));
  if (differing.length > 0)
    parts.push(text(`different from here: ${differing.join(', ')}`, `手元と異なる: ${differing.join(', ')}`));
  if (parts.length === 0)
    return right(text(`${count} files, the same as here`, `${count} 個のファイルが手元と一致`));
  return wrong({ en: parts.map(({ en }) => en).join('; '), ja: parts.map(({ ja }) => ja).join('、') }, AGAIN);
}

function variables(patient: Patient, deployment: Deployment): Finding {
  const what = about('deployed.variables', text('Variables', '環境変数'));
  const finding = inWords(what, variablesCompared(patient, deployment));
  if (finding.mark === 'right') return what.right(text('as in .env', '.env と一致'));
  return {
    ...finding,
    remedy: text(
      'Deploy again; one that is not ours has to be deleted in the Console.',
      '再デプロイしてください。余分な変数は Console で削除します。',
    ),
  };
}

const isRuntimeRight = ({ runtime, dependencies }: Build) =>
  runtime === 'node22' && dependencies['@twilio/runtime-handler'] === HANDLER;

function runtime(build: Build): Finding {
  const { right, wrong } = about('deployed.runtime', text('Runtime', 'ランタイム'));
  const handler = build.dependencies['@twilio/runtime-handler'] ?? 'none';
  const said = asIs(`${build.runtime}, runtime-handler ${handler}`);
  return isRuntimeRight(build) ? right(said) : wrong(said, AGAIN);
}
