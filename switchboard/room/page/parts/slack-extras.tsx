/**
 * Blocks and attachments, as far as a notification has them. Pictures are named, not fetched: nothing leaves this
 * computer.
 */
import type { RoomFacts } from '../../journal';
import { useWords } from '../settings';
import { SlackText } from './slack-text';

type Json = { readonly [name: string]: unknown };
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return isJson(value) && typeof value.text === 'string' ? value.text : '';
};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function Blocks({ blocks, room }: { readonly blocks: readonly unknown[]; readonly room: RoomFacts }) {
  return (
    <>
      {blocks.filter(isJson).map((block, place) => (
        <Block key={String(block.block_id ?? place)} block={block} room={room} />
      ))}
    </>
  );
}

function Block({ block, room }: { block: Json; room: RoomFacts }) {
  switch (block.type) {
    case 'header':
      return <p class="block-header">{textOf(block.text)}</p>;
    case 'divider':
      return <hr />;
    case 'actions':
      return (
        <p class="row">
          {listOf(block.elements)
            .filter(isJson)
            .map((element) => (
              <span key={textOf(element.text)} class="block-button">
                {textOf(element.text)}
              </span>
            ))}
        </p>
      );
    default: {
      const texts = [block.text, ...listOf(block.fields), ...listOf(block.elements)]
        .map(textOf)
        .filter(Boolean);
      return <SlackText text={texts.join('\n')} room={room} />;
    }
  }
}

export function Attachments({ attachments }: { readonly attachments: readonly unknown[] }) {
  const words = useWords();
  return (
    <>
      {attachments.filter(isJson).map((attachment, place) => {
        const name = textOf(attachment.title) || textOf(attachment.fallback) || words.slack.graph;
        return (
          <p key={`${place} ${name}`} class="attachment">
            <svg viewBox="0 0 120 32" width="120" height="32" aria-hidden="true">
              <path d="M2 24 L20 22 L38 25 L56 20 L74 21 L92 9 L118 5" />
            </svg>
            <span>{name}</span>
          </p>
        );
      })}
    </>
  );
}
