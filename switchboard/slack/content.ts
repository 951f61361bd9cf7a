/** What a message says, and the word with which Slack refuses a message that it would not show. */
import { type Arguments, isObject, listOf, textOf } from './arguments';

export type Content = {
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
};
export type ContentProblem =
  | 'no_text'
  | 'msg_too_long'
  | 'invalid_blocks'
  | 'invalid_blocks_format'
  | 'invalid_attachments'
  | 'too_many_attachments';

/**
 * Bytes. docs.slack.dev/changelog/2018-04-truncating-really-long-messages has 40,000 characters; people report 4,000
 * bytes when a message is updated: github.com/seratch/ChatGPT-in-Slack/issues/102
 */
const maxText = 4_000;
/** docs.slack.dev/reference/block-kit/blocks: 50 in a message. */
const maxBlocks = 50;
/** docs.slack.dev/messaging/formatting-message-text: 100 in a message. */
const maxAttachments = 100;

export function readContent(given: Arguments): Content | ContentProblem {
  const text = textOf(given.text) ?? '';
  const blocks = listOf(given.blocks);
  const attachments = listOf(given.attachments);
  if (blocks === 'malformed') return 'invalid_blocks_format';
  if (attachments === 'malformed') return 'invalid_attachments';
  if (text === '' && !blocks?.length && !attachments?.length) return 'no_text';
  if (Buffer.byteLength(text) > maxText) return 'msg_too_long';
  if (blocks && (blocks.length > maxBlocks || !blocks.every(isShowable))) return 'invalid_blocks';
  if (attachments && attachments.length > maxAttachments) return 'too_many_attachments';
  const inAttachments = attachments?.flatMap((one) => (isObject(one) ? (listOf(one.blocks) ?? []) : []));
  if (inAttachments && !inAttachments.every(isShowable)) return 'invalid_blocks';
  return { text, ...(blocks && { blocks }), ...(attachments && { attachments }) };
}

/** The limits of a notification's blocks: docs.slack.dev/reference/block-kit/blocks/{block}. */
function isShowable(block: unknown): boolean {
  if (!isObject(block) || typeof block.type !== 'string') return false;
  const { text, fields, elements } = block;
  switch (block.type) {
    case 'header':
      return isObject(text) && text.type === 'plain_text' && fits(text, 150);
    case 'section':
      return (text === undefined ? isList(fields, 10) : fits(text, 3000)) && allFit(fields, 10, 2000);
    case 'context':
      return isList(elements, 10);
    case 'actions':
      return isList(elements, 25);
    default:
      return true;
  }
}

function fits(text: unknown, length: number): boolean {
  return isObject(text) && typeof text.text === 'string' && text.text !== '' && text.text.length <= length;
}

function allFit(list: unknown, most: number, length: number): boolean {
  return (
    list === undefined || (isList(list, most) && (list as unknown[]).every((text) => fits(text, length)))
  );
}

function isList(list: unknown, most: number): boolean {
  return Array.isArray(list) && list.length > 0 && list.length <= most;
}
