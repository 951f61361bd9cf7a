/** How the page stands, at one look: who is being rung, for what, and how it ended. */
import type { PageSeen, RoomFacts } from '../../journal';
import type { View } from '../../view';
import { useWords } from '../settings';
import { clockTime } from '../time';

type Props = { readonly view: View; readonly room: RoomFacts };

export function PageNow({ view, room }: Props) {
  const words = useWords();
  const { page } = view;
  return (
    <section id="now" class={`now ${page ? toneOf(page) : 'calm'}`} aria-labelledby="now-heading">
      <h2 id="now-heading" class="unseen">
        {words.now.heading}
      </h2>
      {page ? <Standing page={page} view={view} room={room} /> : <Quiet />}
    </section>
  );
}

function Quiet() {
  const words = useWords();
  return (
    <>
      <p class="headline">{words.now.quiet}</p>
      <p class="muted">{words.now.quietHint}</p>
    </>
  );
}

const toneOf = ({ end, leg }: PageSeen) => {
  if (end) return end.kind === 'unanswered' ? 'bad' : 'good';
  return leg === 'answered' ? 'talking' : 'ringing';
};

function Standing({ page, view, room }: { page: PageSeen; view: View; room: RoomFacts }) {
  const words = useWords();
  const { order, attempt, isTest, way, end } = page;
  const members = order.length;
  const ring = attempt + 1;
  const phone = room.members[order[attempt % members] ?? 0]?.phone;
  return (
    <>
      <p class="headline">{end ? standingOf() : <a href={`#phone-${phone}`}>{standingOf()}</a>}</p>
      <p class="muted">
        {words.now.where(
          ring,
          (attempt % members) + 1,
          members,
          Math.floor(attempt / members) + 1,
          room.rounds,
        )}
        {' · '}
        {way === 'direct' ? words.now.direct : words.now.bridge}
      </p>
      <p class="subjects">
        <span class="muted">{words.now.alerts}</span> {subjects()}
      </p>
    </>
  );

  function standingOf(): string {
    const name = room.members[order[attempt % members] ?? 0]?.name ?? '';
    const time = end ? clockTime(end.at, room.timeZone) : '';
    if (end?.kind === 'taken') return words.now.taken(room.members[end.by ?? 0]?.name ?? '', time);
    if (end) return end.kind === 'closed' ? words.now.closed(time) : words.now.unanswered(time);
    if (page.leg === 'answered') return words.now.talking(name);
    if (page.leg === 'passed') return words.now.passed(name);
    return page.leg === 'pausing' ? words.now.pausing : words.now.ringing(name);
  }

  function subjects(): string {
    if (isTest) return words.now.test;
    const counts = new Map<string, number>();
    for (const id of page.alerts) {
      const name = view.alerts.get(id)?.monitorName ?? view.groups.get(id) ?? id;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (counts.size === 0) return words.now.alertsGone;
    const named = [...counts].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name));
    const shown = named.slice(0, MOST_NAMED).join(', ');
    const rest = named.length - MOST_NAMED;
    return rest > 0 ? `${shown} ${words.mackerel.andMore(rest)}` : shown;
  }
}

const MOST_NAMED = 6;
