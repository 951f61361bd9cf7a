/** The members' phones, in today's dial order. */
import { useState } from 'preact/hooks';
import type { Place, RoomFacts } from '../../journal';
import { isLive, latestCallAt } from '../../lines';
import type { View } from '../../view';
import { useWords } from '../settings';
import { MemberPhone } from './member-phone';

type Props = { readonly view: View; readonly room: RoomFacts };

/** The number of phones shown; of a longer list, those in use are added. */
const MOST = 12;

export function Desk({ view, room }: Props) {
  const words = useWords();
  const [isWhole, showAll] = useState(false);
  const order = view.page?.end === undefined && view.page ? view.page.order : room.order;
  const phones = phonesIn(order, room);
  const inUse = (phone: Place) => {
    const call = latestCallAt(view, phone);
    return call !== undefined && isLive(call);
  };
  const shown = phones.filter(({ phone }, place) => isWhole || place < MOST || inUse(phone));
  return (
    <section id="desk" aria-labelledby="desk-heading" tabIndex={-1}>
      <h2 id="desk-heading">{words.desk.heading}</h2>
      <ol class="phones">
        {shown.map(({ phone, members, position }) => (
          <MemberPhone
            key={phone}
            view={view}
            room={room}
            phone={phone}
            members={members}
            position={position}
          />
        ))}
      </ol>
      {shown.length < phones.length && (
        <button type="button" class="all" onClick={() => showAll(true)}>
          {words.desk.showAll(phones.length)}
        </button>
      )}
    </section>
  );
}

type OnDesk = { readonly phone: Place; readonly members: readonly number[]; readonly position: number };

/** A phone of several members stands at the place of the first of them. */
function phonesIn(order: readonly number[], { members }: RoomFacts): OnDesk[] {
  const phones = new Map<Place, { phone: Place; members: number[]; position: number }>();
  order.forEach((member, position) => {
    const phone = members[member]?.phone ?? `m${member}`;
    const known = phones.get(phone);
    if (!known) phones.set(phone, { phone, members: [member], position });
    else if (!known.members.includes(member)) known.members.push(member);
  });
  return [...phones.values()];
}
