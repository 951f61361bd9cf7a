import { useState } from 'preact/hooks';
import type { SlackMessage } from '../../..';
import type { RoomFacts } from '../../journal';
import type { View } from '../../view';
import { useWords } from '../settings';
import { clockTime } from '../time';
import { Attachments, Blocks } from './slack-extras';
import { SlackText } from './slack-text';

type Props = { readonly view: View; readonly room: RoomFacts };

/** The number of messages with threads shown at first. */
const MOST = 3;

export function Slack({ view, room }: Props) {
  const words = useWords();
  const [isWhole, showAll] = useState(false);
  const messages = [...view.messages.values()];
  const posts = messages.filter(({ threadTs }) => threadTs === undefined);
  const shown = isWhole ? posts : posts.slice(-MOST);
  return (
    <section id="slack" class="panel slack" aria-labelledby="slack-heading">
      <h2 id="slack-heading">{words.slack.heading}</h2>
      {posts.length === 0 && <p class="muted">{words.slack.empty}</p>}
      {shown.length < posts.length && (
        <button type="button" onClick={() => showAll(true)}>
          {words.slack.earlier(posts.length - shown.length)}
        </button>
      )}
      <ol class="messages">
        {shown.map((message) => (
          <Post
            key={message.ts}
            message={message}
            all={messages}
            room={room}
            isLatest={message === posts.at(-1)}
          />
        ))}
      </ol>
    </section>
  );
}

type PostProps = {
  readonly message: SlackMessage;
  readonly all: readonly SlackMessage[];
  readonly room: RoomFacts;
  readonly isLatest: boolean;
};

function Post({ message, all, room, isLatest }: PostProps) {
  const words = useWords();
  const replies = all.filter(({ threadTs }) => threadTs === message.ts);
  return (
    <li class="message">
      <Body message={message} room={room} />
      {replies.length > 0 && (
        <details open={isLatest}>
          <summary>{words.slack.replies(replies.length)}</summary>
          <ol>
            {replies.map((reply) => (
              <li key={reply.ts} class="message">
                <Body message={reply} room={room} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

function Body({ message, room }: { message: SlackMessage; room: RoomFacts }) {
  const words = useWords();
  const { ts, text, edits, broadcast, blocks, attachments } = message;
  return (
    <>
      <p class="byline">
        <b>mackerel-kaden</b> <time>{clockTime(Number(ts) * 1000, room.timeZone)}</time>
        {broadcast && <span class="muted"> · {words.slack.broadcast}</span>}
      </p>
      {blocks?.length ? <Blocks blocks={blocks} room={room} /> : <SlackText text={text} room={room} />}
      {attachments && <Attachments attachments={attachments} />}
      {edits > 0 && <p class="muted edited">{words.slack.edited}</p>}
    </>
  );
}
