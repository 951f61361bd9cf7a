import { slackSpans } from '../../../terminal/slack-text';
import type { RoomFacts } from '../../journal';

/** Slack's mark-up as a person sees it. */
export function SlackText({ text, room }: { readonly text: string; readonly room: RoomFacts }) {
  return (
    <div class="mrkdwn" lang={room.language}>
      {text.split('\n').map((line, place) => (
        <Line key={`${place} ${line}`} line={line} room={room} />
      ))}
    </div>
  );
}

function Line({ line, room }: { line: string; room: RoomFacts }) {
  const isQuote = line.startsWith('> ');
  const spans = slackSpans(isQuote ? line.slice(2) : line, room);
  return (
    <p class={isQuote ? 'quote' : ''}>
      {spans.map(({ text, tone }, place) => {
        const key = `${place} ${text}`;
        if (tone === 'strong') return <b key={key}>{text}</b>;
        if (tone === 'link')
          return (
            <span key={key} class="linked">
              {text}
            </span>
          );
        if (tone === 'code') return <code key={key}>{text}</code>;
        return tone === 'mention' ? (
          <span key={key} class="mention">
            {text}
          </span>
        ) : (
          text
        );
      })}
    </p>
  );
}
