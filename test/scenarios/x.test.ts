import { ignores, openStory, passes, presses, type Story, takes, voicemail } from '../support/story';

let story: Story;
afterEach(() => { try {story.close();} catch(e) {console.log(String(e))} });

test('x', async () => {
  story = openStory();
  story.phone('佐藤').next(voicemail);
  story.phone('鈴木').next(passes);
  story.phone('高橋').next(presses('7','1'));
  story.mackerel.raise();
  const t = performance.now();
  await story.untilQuiet();
  const took = performance.now()-t;
  process.stdout.write(JSON.stringify({took, r: story.rings(), s: story.slackShows(), h: ['佐藤','鈴木','高橋'].map(n=>story.heard(n)), doc: story.sync.document('mackerel-kaden'), told: story.sync.document('mackerel-kaden.told'), hist: story.sync.items('mackerel-kaden.history'), log: story.log, counts: story.sync.counts, inv: story.functions.invocations.map(i=>i.path+' '+i.status+' '+i.ms), net: story.network.log.map(l=>l.neighbour+' '+l.request.method+' '+l.request.url.pathname+' '+l.response?.status)}, null, 1));
});
