/** Whether each endpoint answers as it should. */
import type { Deployment } from '../../service/deployment';
import { text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import type { Patient } from '../patient';

const AGAIN = text('Deploy again: npm run deploy', '再デプロイしてください: npm run deploy');

/** ms in which each has to answer. */
const LIMIT_MS = 5_000;

/** 0 if nobody answers. */
async function statusOf(
  patient: Patient,
  { domain }: Deployment,
  path: string,
  method = 'GET',
): Promise<number> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  return patient.fetch(`https://${domain}${path}`, { method, signal }).then(
    (answer) => answer.status,
    () => 0,
  );
}

const isRefused = (status: number) => status >= 400 && status < 500;

/** A protected or private one has to refuse a request without a signature. */
export const locked: Check = {
  id: 'deployed.locked',
  what: text('Strangers', '外部からのアクセス'),
  async look(patient) {
    const deployment = await patient.asked.deployment();
    if (!deployment?.build) return null;
    const { functions, assets } = deployment.build;
    const paths = [...functions, ...assets]
      .filter(({ visibility }) => visibility !== 'public')
      .map(({ path }) => path);
    const asked = await Promise.all(
      paths.map(async (path) => ({
        path,
        statuses: await Promise.all(
          ['POST', 'GET'].map((method) => statusOf(patient, deployment, path, method)),
        ),
      })),
    );
    const where = (is: (status: number) => boolean) =>
      asked
        .filter(({ statuses }) => statuses.some(is))
        .map(({ path }) => path)
        .join(', ');
    const open = where((status) => status !== 0 && !isRefused(status));
    if (open) return wrong(text(`not refused at ${open}`, `${open} が拒否しません`), AGAIN);
    const silent = where((status) => status === 0);
    if (silent) return unknown(text(`no answer at ${silent}`, `${silent} が応答しません`), AGAIN);
    return right(text(`refused at ${paths.length} places`, `${paths.length} か所すべてで拒否`));
  },
};

/** What each public endpoint answers without credentials. */
const EXPECTED = [
  { path: '/health', method: 'GET', statuses: [200] },
  { path: '/hold-music', method: 'GET', statuses: [200] },
  { path: '/hold-music.wav', method: 'GET', statuses: [200] },
  // Without the password, or if none is set.
  { path: '/mackerel-webhook', method: 'POST', statuses: [401, 503] },
] as const;

export const answering: Check = {
  id: 'deployed.answers',
  what: text('Public endpoints', '公開エンドポイント'),
  async look(patient) {
    const deployment = await patient.asked.deployment();
    if (!deployment?.build) return null;
    const others = await Promise.all(
      EXPECTED.map(async ({ path, method, statuses }) => {
        const status = await statusOf(patient, deployment, path, method);
        return (statuses as readonly number[]).includes(status) ? [] : [`${path} (${status || '–'})`];
      }),
    );
    const names = others.flat().join(', ');
    if (names === '') return right(text('answer as they should', '正しく応答します'));
    return wrong(text(`other answers than expected: ${names}`, `応答が想定と異なります: ${names}`), AGAIN);
  },
};
