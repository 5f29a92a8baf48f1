/** English texts of the worklist of missed callers. */
export const missedTexts = {
  missed: {
    title: 'Missed calls',
    empty: 'Nobody waits for a callback',
    emptyHint: 'Callers whom nobody answered come to this list.',
    caller: 'Caller',
    queue: 'Queue',
    direct: 'Direct, past the queues',
    at: 'Called at',
    calls: 'Calls',
    times_one: '{{count}} call',
    times: '{{count}} calls',
    state: 'State',
    take: 'Call now',
    drop: 'Drop, do not call',
    states: {
      hidden: 'No number to call back',
      later: 'To be called at {{time}}',
      due: 'Due',
      dialing: 'Being called',
      failed: 'A person must decide',
    },
    waitingFor: {
      agent: 'Waits for a free phone',
      pbx: 'Waits for the PBX',
      customer: 'The customer is on a call',
      hours: 'Waits for calling hours',
      dialplan: 'The dialplan of the PBX is too old',
    },
  },
} as const
