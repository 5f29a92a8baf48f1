type Detail = Readonly<Record<string, string>>

/** One sentence per kind of line, with `{name}` filled from its detail. */
const SENTENCES: Readonly<Record<string, string>> = {
  channel_created: 'the channel came up',
  presentation_changed: 'the number’s presentation changed (withheld: {withheld})',
  queue_joined: 'joined queue {queue} at position {position}',
  queue_left: 'left queue {queue}',
  queue_abandoned: 'queue {queue} let the caller go after {holdSeconds} s',
  agent_called: 'rang {agent} for queue {queue}',
  agent_ring_no_answer: 'an agent did not answer after {ringMs} ms',
  agent_connected: '{agent} answered for queue {queue} after {holdSeconds} s',
  agent_completed: 'conversation with {member} was over after {talkSeconds} s (ended by {reason})',
  agent_dumped: 'an agent hung up before the caller was connected',
  dial_begun: 'dialled {agent}',
  dial_ended: 'dialling {agent} ended: {dialStatus}',
  bridge_entered: '{agent} and the caller were connected',
  blind_transferred: 'transferred to {exten} (succeeded: {succeeded})',
  attended_transferred: 'handed over to {agent} (succeeded: {succeeded})',
  picked_up: '{agent} picked the call up',
  held: 'put on hold',
  resumed: 'taken off hold',
  customer_held: 'the customer put the agent on hold',
  customer_resumed: 'the customer came back from hold',
  hung_up: '{agent} hung up (cause {cause})',
  originate_responded: 'the PBX placed the agent’s call (succeeded: {succeeded})',
  callback_confirmation: 'whether the customer may be dialled: {confirmation}',
  callback_consent: 'whether the customer, who was rung first, pressed 1: {consent}',
  callback_asked: 'left queue {queue} by key: is called back and keeps the place',
  journal_asked: 'the PBX’s journal says that the caller left queue {queue} to be called back',
  journal_answered: 'the PBX’s journal says that {extension} answered',
  journal_ended: 'the PBX’s journal says that the call ended: {outcome}',
  journal_callback_ended: 'the PBX’s journal says that the callback ended: {dialStatus}',
  snapshot_taken: 'compared with what the PBX shows',
  ticket_opened: 'ticket moment: {extension} answered ({rule})',
  ended: 'the call is over: {outcome}',
}

const NO_TICKET: Readonly<Record<string, string>> = {
  not_a_hotline_queue: 'no ticket by this answer: {queue} is not a hotline queue',
  internal_caller: 'no ticket by this visit: {extension} is one of our own phones',
  callback_of_a_ticket: 'no new ticket: this call keeps a promise of its ticket',
  abandoned: 'no ticket: the caller hung up before anyone answered',
}

/** A line of a call's timeline in plain English; pages translate by `kind` and `detail`. */
export function timelineText(kind: string, detail: Detail): string {
  const sentence =
    kind === 'no_ticket' ? NO_TICKET[detail['reason'] ?? ''] : (SENTENCES[kind] ?? undefined)
  return (sentence ?? kind).replace(/\{(\w+)\}/g, (_, name: string) => detail[name] ?? '?')
}
