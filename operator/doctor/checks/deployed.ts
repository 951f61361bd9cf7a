/** Whether what is deployed is what lies here, and answers as it should. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deployment, deployedSource } from '../../service/deployment';
import { askHealth, type HealthDetails } from '../../service/health';
import { asIs, type Text, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

const AGAIN = text('Deploy again: npm run deploy', '再デプロイしてください: npm run deploy');
/** docs/serverless/functions-assets/handler: what npm has beyond it cannot be deployed. */
const HANDLER = '2.0.1';

export async function deployed(patient: Patient): Promise<Finding[]> {
  const { deployment } = patient;
  const { wrong } = about('deployed.build', text('Deployment', 'デプロイ'));
  if (!deployment?.build) return [wrong(text('nothing is deployed', 'まだデプロイされていません'), AGAIN)];
  const health = await askHealth(patient, deployment.domain);
  return [
    await functions(patient, deployment, deployment.build),
    await assets(patient, health),
    variables(patient, deployment),
    runtime(deployment.build),
    ...(await endpoints(patient, deployment)),
  ];
}

async function builtFiles(root: string, folder: 'functions' | 'assets'): Promise<string[]> {
  return (await readdir(join(root, '.twilioserverless', folder))).sort();
}

type Build = NonNullable<Deployment['build']>;

/** Functions can be read back, so they are compared letter by letter. */
async function functions(patient: Patient, { serviceSid }: Deployment, build: Build): Promise<Finding> {
  const { right, wrong } = about('deployed.functions', text('Functions', 'Functions'));
  const local = new Map<string, string>(
    (await builtFiles(patient.root, 'functions')).map((name) => [
      `/${name.replace(/(\.protected|\.private)?\.js$/, '')}`,
      name,
    ]),
  );
  const there = new Map(build.functions.map((version) => [version.path, version]));
  const missing = [...local.keys()].filter((path) => !there.has(path));
  const stray = [...there.keys()].filter((path) => !local.has(path));
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
  return compared({ right, wrong }, there.size, { missing, stray, differing: differing.flat() });
}

/** Private Assets cannot be read back: /health tells their hashes. */
async function assets(patient: Patient, health: HealthDetails | string): Promise<Finding> {
  const { right, wrong, unknown } = about(
    'deployed.assets',
    text('Dial list and private code', '連絡先リストと内部コード'),
  );
  if (typeof health === 'string')
    return unknown(
      text(`/health does not tell: ${health}`, `/health から取得できません: ${health}`),
      text(
        'Set HEALTH_USER and HEALTH_PASSWORD, and deploy.',
        'HEALTH_USER と HEALTH_PASSWORD を設定し、デプロイしてください。',
      ),
    );
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
  return compared({ right, wrong }, there.size, {
    missing: [...local.keys()].filter((path) => !there.has(path)),
    stray: [...there.keys()].filter((path) => !local.has(path)),
    differing: [...there.keys()].filter((path) => local.has(path) && local.get(path) !== there.get(path)),
  });
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

function compared(
  { right, wrong }: Pick<ReturnType<typeof about>, 'right' | 'wrong'>,
  count: number,
  { missing, stray, differing }: Record<'missing' | 'stray' | 'differing', readonly string[]>,
): Finding {
  const parts: Text[] = [];
  if (missing.length > 0) parts.push(text(`missing: ${missing.join(', ')}`, `不足: ${missing.join(', ')}`));
  if (stray.length > 0) parts.push(text(`not ours: ${stray.join(', ')}`, `余分: ${stray.join(', ')}`));
  if (differing.length > 0)
    parts.push(text(`other than here: ${differing.join(', ')}`, `手元と異なる: ${differing.join(', ')}`));
  if (parts.length === 0)
    return right(text(`${count} files, as they lie here`, `${count} 個のファイルが手元と一致`));
  return wrong({ en: parts.map(({ en }) => en).join('; '), ja: parts.map(({ ja }) => ja).join('、') }, AGAIN);
}

/** The deploy tool keeps these for itself. */
const NOT_UPLOADED = ['ACCOUNT_SID', 'AUTH_TOKEN'];

function variables({ env }: Patient, { variables: there }: Deployment): Finding {
  const what = about('deployed.variables', text('Variables', '環境変数'));
  const local = Object.entries(env).filter(([name, value]) => value !== '' && !NOT_UPLOADED.includes(name));
  const finding = compared(what, Object.keys(there).length, {
    missing: local.filter(([name]) => !(name in there)).map(([name]) => name),
    stray: Object.keys(there).filter((name) => !local.some(([known]) => known === name)),
    // Names only: values are secrets.
    differing: local.filter(([name, value]) => name in there && there[name] !== value).map(([name]) => name),
  });
  if (finding.mark === 'right') return what.right(text('as in .env', '.env と一致'));
  return {
    ...finding,
    remedy: text(
      'Deploy again; one that is not ours has to be deleted in the Console.',
      '再デプロイしてください。余分な変数は Console で削除します。',
    ),
  };
}

function runtime({ runtime: found, dependencies }: Build): Finding {
  const { right, wrong } = about('deployed.runtime', text('Runtime', 'ランタイム'));
  const handler = dependencies['@twilio/runtime-handler'] ?? 'none';
  const said = asIs(`${found}, runtime-handler ${handler}`);
  return found === 'node22' && handler === HANDLER ? right(said) : wrong(said, AGAIN);
}

/** Asked without a signature or a password: what is protected has to refuse, what is public has to answer. */
async function endpoints(patient: Patient, { domain, build }: Deployment): Promise<Finding[]> {
  const status = async (path: string, method = 'GET') => {
    const signal = AbortSignal.timeout(5_000);
    return patient.fetch(`https://${domain}${path}`, { method, signal }).then(
      (answer) => answer.status,
      () => 0,
    );
  };
  const isRefused = (found: number) => found >= 400 && found < 500;
  const locked = [
    ...(build?.functions ?? []).filter(({ visibility }) => visibility !== 'public'),
    ...(build?.assets ?? []).filter(({ visibility }) => visibility !== 'public'),
  ].map(({ path }) => path);
  const open = await Promise.all(
    locked.map(async (path) =>
      isRefused(await status(path, 'POST')) && isRefused(await status(path)) ? [] : [path],
    ),
  );
  const [music, sound, webhook] = await Promise.all([
    status('/hold-music'),
    status('/hold-music.wav'),
    status('/mackerel-webhook', 'POST'),
  ]);
  const silent = [
    ...(music === 200 ? [] : ['/hold-music']),
    ...(sound === 200 ? [] : ['/hold-music.wav']),
    ...(webhook === 401 || webhook === 503 ? [] : ['/mackerel-webhook']),
  ];
  const refusing = about('deployed.locked', text('Strangers', '外部からのアクセス'));
  const answering = about('deployed.answers', text('Public endpoints', '公開エンドポイント'));
  return [
    open.flat().length === 0
      ? refusing.right(text(`refused at ${locked.length} places`, `${locked.length} か所すべてで拒否`))
      : refusing.wrong(
          text(`let in at ${open.flat().join(', ')}`, `${open.flat().join(', ')} が拒否しません`),
          AGAIN,
        ),
    silent.length === 0
      ? answering.right(text('answer as they should', '正しく応答します'))
      : answering.wrong(
          text(
            `other answers than expected: ${silent.join(', ')}`,
            `応答が想定と異なります: ${silent.join(', ')}`,
          ),
          AGAIN,
        ),
  ];
}
