/** Whether the deployment is what lies here, and answers as it should. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deployment, deployedSource } from '../../service/deployment';
import { askHealth, type HealthDetails } from '../../service/health';
import { asIs, type Text, text } from '../../text';
import { type Check, right, unknown, type Verdict, wrong } from '../check';
import type { Patient } from '../patient';
import { answering, locked } from './endpoints';

const AGAIN = text('Deploy again: npm run deploy', '再デプロイしてください: npm run deploy');
/** docs/serverless/functions-assets/handler: npm has versions that cannot be deployed. */
const HANDLER = '2.0.1';

/** What lies here, and how the deployment is asked. */
type Local = Pick<Patient, 'root' | 'env' | 'client' | 'fetch'>;

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

/** Private Assets cannot be read back: /health shows their hashes. */
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

/** Only names: values are secrets. */
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

/** What a deploy would change, by name. It leaves variables alone that are not ours. */
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

/** Null if nothing is deployed: one line says so instead of seven. */
const ofBuild =
  (look: (patient: Patient, deployment: Deployment, build: Build) => Promise<Verdict> | Verdict) =>
  async (patient: Patient): Promise<Verdict | null> => {
    const deployment = await patient.asked.deployment();
    return deployment?.build ? look(patient, deployment, deployment.build) : null;
  };

const build: Check = {
  id: 'deployed.build',
  what: text('Deployment', 'デプロイ'),
  async look({ asked }) {
    const deployment = await asked.deployment();
    return deployment?.build
      ? right(asIs(deployment.domain))
      : wrong(text('nothing is deployed', 'まだデプロイされていません'), AGAIN);
  },
};

const functions: Check = {
  id: 'deployed.functions',
  what: text('Functions', 'Functions'),
  look: ofBuild(async (patient, deployment, found) =>
    inWords(await functionsCompared(patient, deployment, found)),
  ),
};

const assets: Check = {
  id: 'deployed.assets',
  what: text('List and private code', 'リストと内部コード'),
  look: ofBuild(async (patient) => {
    const health = await patient.asked.health();
    if (typeof health !== 'string') return inWords(await assetsCompared(patient, health));
    return unknown(
      text(`/health does not say: ${health}`, `/health から取得できません: ${health}`),
      text(
        'Set HEALTH_USER and HEALTH_PASSWORD, and deploy.',
        'HEALTH_USER と HEALTH_PASSWORD を設定し、デプロイしてください。',
      ),
    );
  }),
};

function inWords({ count, missing, stray, differing }: Compared): Verdict {
  const parts: Text[] = [];
  if (missing.length > 0) parts.push(text(`missing: ${missing.join(', ')}`, `不足: ${missing.join(', ')}`));
  if (stray.length > 0) parts.push(text(`not ours: ${stray.join(', ')}`, `余分: ${stray.join(', ')}`));
  if (differing.length > 0)
    parts.push(text(`different from here: ${differing.join(', ')}`, `手元と異なる: ${differing.join(', ')}`));
  if (parts.length === 0)
    return right(text(`${count} files, the same as here`, `${count} 個のファイルが手元と一致`));
  return wrong({ en: parts.map(({ en }) => en).join('; '), ja: parts.map(({ ja }) => ja).join('、') }, AGAIN);
}

const variables: Check = {
  id: 'deployed.variables',
  what: text('Variables', '環境変数'),
  look: ofBuild((patient, deployment) => {
    const verdict = inWords(variablesCompared(patient, deployment));
    if (verdict.mark === 'right') return right(text('as in .env', '.env と一致'));
    return wrong(
      verdict.found,
      text(
        'Deploy again; one that is not ours has to be deleted in the Console.',
        '再デプロイしてください。余分な変数は Console で削除します。',
      ),
    );
  }),
};

const isRuntimeRight = ({ runtime, dependencies }: Build) =>
  runtime === 'node22' && dependencies['@twilio/runtime-handler'] === HANDLER;

const runtime: Check = {
  id: 'deployed.runtime',
  what: text('Runtime', 'ランタイム'),
  look: ofBuild((_patient, _deployment, found) => {
    const handler = found.dependencies['@twilio/runtime-handler'] ?? 'none';
    const said = asIs(`${found.runtime}, runtime-handler ${handler}`);
    return isRuntimeRight(found) ? right(said) : wrong(said, AGAIN);
  }),
};

export const deployed: readonly Check[] = [build, functions, assets, variables, runtime, locked, answering];
