/** Whether each endpoint answers as it should. */
import type { Deployment } from '../../service/deployment';
import { text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

const AGAIN = text('Deploy again: npm run deploy', '再デプロイしてください: npm run deploy');

/** Asked without a signature or a password: what is protected has to refuse, what is public has to answer. */
export async function endpoints(patient: Patient, { domain, build }: Deployment): Promise<Finding[]> {
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
  const [health, music, sound, webhook] = await Promise.all([
    status('/health'),
    status('/hold-music'),
    status('/hold-music.wav'),
    status('/mackerel-webhook', 'POST'),
  ]);
  const silent = [
    ...(health === 200 ? [] : ['/health']),
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
