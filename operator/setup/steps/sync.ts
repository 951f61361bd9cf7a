/** Sync, which remembers pages. */
import { text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const syncStep: Step = { title: text('Memory (Sync)', '状態の保存（Sync）'), run };

async function run(setup: Setup): Promise<void> {
  const { env, tell } = setup;
  const { services } = setup.twilio().sync.v1;
  const given = env.get('SYNC_SERVICE_SID');
  // Fetching the default service creates it: TwilioDevEd/sdk-starter-python, app.py
  const found = await services(given ?? 'default')
    .fetch()
    .catch((fault: { status?: number }) => {
      if (fault.status === 404) return null;
      throw fault;
    });
  if (found) {
    tell.right(
      text(
        `the service ${found.uniqueName || found.sid} is there`,
        `サービス ${found.uniqueName || found.sid} があります`,
      ),
    );
    return;
  }
  await change(
    setup,
    {
      may: text(
        'This account has no default Sync service. Create one?',
        'デフォルトの Sync サービスがありません。作成しますか？',
      ),
      done: text('a Sync service of its own', '専用の Sync サービスを作成'),
    },
    async () => {
      const { sid } = await services.create({ friendlyName: 'mackerel-kaden' });
      env.set('SYNC_SERVICE_SID', sid);
    },
  );
}
