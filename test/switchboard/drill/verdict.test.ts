import { type Facts, problemsOf } from '../../../switchboard/drill/verdict';
import { member } from '../../support/on-duty';

const [one, two, three] = ['+815000000001', '+815000000002', '+815000000003'] as const;
const members = [
  member('佐藤', { phone: one }),
  member('鈴木', { phone: two }),
  member('A&B', { phone: three }),
];

const ignored = (phone: string) => ({ phone, outcome: 'no-answer', pressed: '' }) as const;
const passed = (phone: string) => ({ phone, outcome: 'answered', pressed: '2' }) as const;
const took = (phone: string) => ({ phone, outcome: 'answered', pressed: '1' }) as const;

const good: Facts = {
  isOver: true,
  planned: 3,
  rings: [ignored(one), passed(two), took(three)],
  music: 'stopped',
  slack: [
    ':rotating_light: *Mackerelのアラート*\n:white_check_mark: *A&amp;B* が対応中\n順番: 佐藤 → 鈴木 → A&amp;B',
  ],
  faults: [],
};

test.each<[string, Partial<Facts>, object[]]>([
  ['all is well', {}, []],
  [
    'the second was first that day',
    { rings: [ignored(two), passed(three), took(one)], slack: [':white_check_mark: 佐藤'] },
    [],
  ],
  [
    'whoever took the page before was first, then the order of the day',
    { rings: [ignored(two), passed(one), took(three)], awake: two },
    [],
  ],
  [
    'somebody was first without having been awake',
    { rings: [ignored(two), passed(one), took(three)], awake: three },
    [{ kind: 'wrong-order' }],
  ],
  ['it goes round', { planned: 4, rings: [ignored(three), passed(one), ignored(two), took(three)] }, []],
  ['the calls do not end', { isOver: false }, [{ kind: 'endless' }]],
  [
    'the last passed it on too',
    { rings: [ignored(one), passed(two), passed(three)] },
    [{ kind: 'not-taken' }],
  ],
  [
    'the last hung up',
    { rings: [ignored(one), passed(two), { ...took(three), pressed: '' }] },
    [{ kind: 'not-taken' }],
  ],
  ['no phone rang', { rings: [] }, [{ kind: 'not-taken' }, { kind: 'rings', planned: 3, counted: 0 }]],
  ['Slack names another', { slack: [':white_check_mark: 佐藤 が対応中'] }, [{ kind: 'not-in-slack' }]],
  [
    'Slack names the taker on another line',
    { slack: [':white_check_mark: 佐藤\n順番: A&amp;B'] },
    [{ kind: 'not-in-slack' }],
  ],
  ['Slack is silent', { slack: [] }, [{ kind: 'not-in-slack' }]],
  ['nobody called number B', { music: 'not-due' }, []],
  ['there was no music', { music: 'never' }, [{ kind: 'no-music' }]],
  ['the music plays on', { music: 'playing' }, [{ kind: 'music-plays' }]],
  [
    'somebody was rung after the alert was taken',
    { rings: [...good.rings, ignored(one)] },
    [{ kind: 'not-taken' }, { kind: 'rings', planned: 3, counted: 4 }],
  ],
  ['a member was left out', { planned: 2, rings: [ignored(one), took(three)] }, [{ kind: 'wrong-order' }]],
  ['the exchange found a fault', { faults: ['11200 HTTP'] }, [{ kind: 'fault', message: '11200 HTTP' }]],
])('%s', (_why, changes, problems) => {
  expect(problemsOf({ ...good, ...changes }, { members, answer: 'keypress' })).toEqual(problems);
});

test('where picking up takes it, no key is needed', () => {
  const rings = [ignored(one), ignored(two), { ...took(three), pressed: '' }];
  expect(problemsOf({ ...good, rings }, { members, answer: 'pickup' })).toEqual([]);
});
