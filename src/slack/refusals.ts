/**
 * What Slack's error words mean for us: all that its documentation names for the methods in use (chat.postMessage,
 * chat.update, incoming webhooks), and a few that others have seen:
 * docs.slack.dev/reference/methods/chat.postMessage, …/chat.update,
 * docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
 */

/**
 * - `message`: this message, in this form. `cure` is what another form leaves out.
 * - `everybody`: every message; `advice` is what somebody has to do about it.
 * - `passing`: at the moment; a later request may succeed.
 */
export type Refusal =
  | { readonly kind: 'message'; readonly cure: Cure; readonly advice?: string }
  | { readonly kind: 'everybody'; readonly advice: string }
  | { readonly kind: 'passing' };
/** `gone`: the message does not exist any more. `fixed`: it may not be edited any more. */
export type Cure = 'mention' | 'thread' | 'content' | 'gone' | 'fixed';

const message = (cure: Cure, words: string) => table(words, { kind: 'message', cure });
const everybody = (advice: string, words: string) => table(words, { kind: 'everybody', advice });

function table(words: string, refusal: Refusal): Record<string, Refusal> {
  return Object.fromEntries(
    words
      .trim()
      .split(/\s+/)
      .map((word) => [word, refusal]),
  );
}

const LET_POST = "let the app post in this channel: its settings, or the workspace's permissions";
const ASK_ADMIN = 'ask an admin of the workspace to let the app post';
const NEW_WEBHOOK = 'make a new incoming webhook, and write its URL in SLACK_WEBHOOK_URL';

export const REFUSALS: Readonly<Record<string, Refusal>> = {
  // The mention may be what is not permitted.
  restricted_action: { kind: 'message', cure: 'mention', advice: LET_POST },
  action_prohibited: { kind: 'message', cure: 'mention', advice: LET_POST },
  ...message(
    'thread',
    `
    cannot_reply_to_message restricted_action_thread_locked restricted_action_non_threadable_channel
    thread_not_found cant_broadcast_message no_dual_broadcast_content_update`,
  ),
  ...message('gone', 'message_not_found'),
  ...message('fixed', 'cant_update_message edit_window_closed'),
  ...message(
    'content',
    `
    no_text msg_too_long msg_blocks_too_long invalid_blocks invalid_blocks_format block_mismatch
    invalid_attachments too_many_attachments attachment_payload_limit_exceeded
    too_many_contact_cards markdown_text_conflict metadata_too_large metadata_must_be_sent_from_app
    invalid_metadata_format invalid_metadata_schema missing_file_data duplicate_channel_not_found
    duplicate_message_not_found draft_already_deleted draft_already_sent draft_has_conflict
    draft_not_found slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
    slack_connect_lists_sharing_blocked send_on_behalf_not_allowed agent_prompt_display_not_allowed
    as_user_not_supported invalid_arguments invalid_arg_name invalid_array_arg invalid_charset
    invalid_form_data invalid_post_type missing_post_type invalid_json invalid_payload
    user_not_found`,
  ),
  ...everybody(
    'SLACK_CHANNEL names no channel that the app can see: write its ID, and invite the bot to it',
    'channel_not_found',
  ),
  ...everybody('invite the bot to the channel', 'not_in_channel'),
  ...everybody(
    'the channel is archived: open it again, or name another',
    'is_archived is_inactive channel_is_archived',
  ),
  ...everybody(
    LET_POST,
    `
    restricted_action_read_only_channel restricted_action_thread_only_channel
    posting_to_channel_denied posting_to_general_channel_denied messages_tab_disabled`,
  ),
  ...everybody(
    "write the app's bot token in SLACK_BOT_TOKEN, and install the app again if it is there",
    `
    not_authed invalid_auth account_inactive token_expired token_revoked not_allowed_token_type
    is_bot`,
  ),
  ...everybody('give the app the scope chat:write, and install it again', 'missing_scope'),
  ...everybody(
    ASK_ADMIN,
    `
    no_permission access_denied accesslimited app_access_restricted enterprise_is_restricted
    ekm_access_denied two_factor_setup_required team_access_not_granted team_not_found`,
  ),
  ...everybody(
    'Slack has changed its API: look for a newer version of this program',
    'unknown_method method_deprecated deprecated_endpoint',
  ),
  ...everybody(
    NEW_WEBHOOK,
    `
    no_service no_service_id no_active_hooks no_team team_disabled invalid_token`,
  ),
  ...table(
    `
    ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout
    team_added_to_org org_login_required external_channel_migrating update_failed
    streaming_state_conflict rollup_error fatal_error internal_error`,
    { kind: 'passing' },
  ),
};
