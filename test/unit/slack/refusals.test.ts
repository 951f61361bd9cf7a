/**
 * Every word with which Slack refuses a message, by its own pages: docs.slack.dev/reference/methods/chat.postMessage,
 * …/chat.update, docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks.
 */
import { SlackFault } from '../../../src/slack/fault';
import { type Form, plainer } from '../../../src/slack/forms';
import { REFUSALS } from '../../../src/slack/refusals';

const POST_MESSAGE = `access_denied accesslimited account_inactive agent_prompt_display_not_allowed app_access_restricted
  as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message channel_not_found deprecated_endpoint
  draft_already_deleted draft_already_sent draft_has_conflict draft_not_found duplicate_channel_not_found
  duplicate_message_not_found ekm_access_denied enterprise_is_restricted fatal_error internal_error invalid_arg_name
  invalid_arguments invalid_array_arg invalid_auth invalid_blocks invalid_blocks_format invalid_charset
  invalid_form_data invalid_metadata_format invalid_metadata_schema invalid_post_type is_archived is_bot
  markdown_text_conflict message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large
  method_deprecated missing_file_data missing_post_type missing_scope msg_blocks_too_long msg_too_long no_permission
  no_text not_allowed_token_type not_authed not_in_channel org_login_required rate_limited ratelimited request_timeout
  restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
  restricted_action_thread_locked restricted_action_thread_only_channel send_on_behalf_not_allowed service_unavailable
  slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked
  team_access_not_granted team_added_to_org team_not_found token_expired token_revoked too_many_attachments
  too_many_contact_cards two_factor_setup_required unknown_method`;
const UPDATE = `block_mismatch cant_broadcast_message cant_update_message edit_window_closed external_channel_migrating
  invalid_attachments is_inactive message_not_found no_dual_broadcast_content_update posting_to_channel_denied
  streaming_state_conflict update_failed`;
const WEBHOOK = `action_prohibited channel_is_archived invalid_payload invalid_token no_active_hooks no_service
  no_service_id no_team posting_to_general_channel_denied rollup_error team_disabled user_not_found`;

const words = [POST_MESSAGE, UPDATE, WEBHOOK].flatMap((text) => text.split(/\s+/));

test('each has its class', () => {
  expect(words.filter((word) => !REFUSALS[word])).toEqual([]);
  expect(new Set(words).size).toBeGreaterThanOrEqual(90);
});

test.each([
  ['restricted_action', 'message'],
  ['action_prohibited', 'message'],
  ['cannot_reply_to_message', 'message'],
  ['msg_too_long', 'message'],
  ['edit_window_closed', 'message'],
  ['invalid_auth', 'everybody'],
  ['channel_not_found', 'everybody'],
  ['not_in_channel', 'everybody'],
  ['is_archived', 'everybody'],
  ['account_inactive', 'everybody'],
  ['missing_scope', 'everybody'],
  ['no_service', 'everybody'],
  ['ratelimited', 'passing'],
  ['fatal_error', 'passing'],
  ['rollup_error', 'passing'],
])('%s is refused to a %s', (word, kind) => {
  expect(REFUSALS[word]?.kind).toBe(kind);
});

test('what is refused to everybody says what to do about it', () => {
  for (const [word, refusal] of Object.entries(REFUSALS)) {
    if (refusal.kind === 'everybody') expect(new SlackFault(word).message).toMatch(`${word}: `);
  }
});

describe('the next form', () => {
  const WHOLE: Form = { mention: true, inThread: true, words: 'all' };
  const nextAfter = (form: Form, word: string) => plainer(form, new SlackFault(word, { isAnswer: true }));

  test.each<[string, Partial<Form>, Partial<Form> | null]>([
    ['restricted_action', {}, { mention: false }],
    ['restricted_action', { mention: false }, null],
    ['restricted_action_thread_locked', {}, { inThread: false }],
    ['thread_not_found', { inThread: false }, { inThread: false, words: 'few' }],
    ['msg_too_long', {}, { words: 'few' }],
    ['invalid_blocks', { words: 'few' }, { words: 'plain' }],
    ['invalid_blocks', { words: 'plain' }, { words: 'plain', inThread: false }],
    ['invalid_blocks', { words: 'plain', inThread: false }, null],
    ['not_in_channel', {}, null],
    ['fatal_error', {}, null],
    ['a_word_of_tomorrow', {}, { mention: false, inThread: false, words: 'plain' }],
    ['a_word_of_tomorrow', { words: 'plain' }, null],
  ])('after %s of %j', (word, from, to) => {
    expect(nextAfter({ ...WHOLE, ...from }, word)).toEqual(to && { ...WHOLE, ...from, ...to });
  });

  test.each(words)(
    'whatever is refused with %s over and over, there are no more than six of them',
    (word) => {
      let forms = 0;
      for (let form: Form | null = WHOLE; form; form = nextAfter(form, word)) forms++;
      expect(forms).toBeLessThanOrEqual(6);
    },
  );
});
