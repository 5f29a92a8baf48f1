/** English texts of what supervisors do to the calls and callers of others. */
export const steeringTexts = {
  steering: {
    ofCall: 'What to do with the call of {{name}}',
    ofMember: 'What to do with {{name}}',
    ofCaller: 'What to do with the caller at position {{position}}',
    heard: {
      listen: '{{name}} listens',
      whisper: '{{name}} whispers',
      barge: '{{name}} is in the call',
    },
    penalty: 'Penalty {{penalty}}',
    act: {
      listen: 'Listen',
      whisper: 'Whisper to the agent',
      barge: 'Join the call',
      take_over: 'Take the call over',
      end: 'End the call',
      move_up: 'Move to the front',
      send: 'Send to an agent',
      close: 'Call everybody back',
      penalty: 'Change the penalty',
    },
    /** What it will do, said before it is done. */
    does: {
      listen:
        'Listen: neither the customer nor the agent hears you. Your phone rings; pick it up to hear.',
      whisper:
        'Whisper: the agent alone hears you, the customer does not. Your phone rings unless it is in this call already.',
      barge:
        'Join: the customer and the agent both hear you. Your phone rings unless it is in this call already.',
      take_over:
        'The customer is transferred to your phone, with the same ticket; the agent leaves the call and is told your name and the reason. If you do not answer, the customer goes to the front of the queue.',
      end: 'The customer’s call ends at once. The agent is told your name and the reason.',
      move_up: 'This customer is answered before everybody else who waits.',
      send: 'The customer leaves the queue and rings at the phone you choose. Not answered, they get their old place back and their wait counts in full. While another phone rings for them this takes up to 15 seconds.',
      close:
        'Every customer who waits, those who were talked to and handed on too, hears an announcement and is called back in turn.',
      penalty: 'Whoever has less is offered calls first; 0 is the very first. The agent is told.',
    },
    confirm: {
      listen: 'Listen',
      whisper: 'Whisper',
      barge: 'Join',
      take_over: 'Take over',
      end: 'End call',
      move_up: 'Move to the front',
      send: 'Send',
      close: 'Call everybody back',
      penalty: 'Change',
    },
    done: {
      listen: 'You are listening.',
      whisper: 'The agent hears you.',
      barge: 'Both sides hear you.',
      take_over: 'Your phone is ringing.',
      end: 'The call has ended.',
      move_up: 'The customer is at the front.',
      send: 'The customer rings at the phone you chose.',
      penalty: 'The phone system has the new penalty.',
    },
    closed: '{{promised}} customers will be called back.',
    closedStayed:
      'Not called back: {{count}} (answered or gone meanwhile, or a colleague who asks).',
    closedUnheard: 'Not confirmed by the phone system yet: {{count}}.',
    waitsForPhone: 'Your phone is ringing, pick it up…',
    waitsForPbx: 'Waiting for the phone system to confirm…',
    reason: 'Reason',
    reasonHint: 'Kept in the audit log.',
    to: 'Send to',
    toNobody: 'No agent is free',
    newPenalty: 'Penalty (0–99)',
    lacks: {
      dialplan: 'The phone system lacks the new configuration for this.',
      user: 'The phone system gives nobody the right to end and transfer calls.',
      link: 'The link by which calls are ended and transferred is down.',
      old: 'The phone system needs the new configuration to transfer calls.',
    },
    noPhone: 'You have no extension.',
    told: 'Tell agents when they are listened to',
    toldHint:
      'Pauses, removals, whispering, joining and taking over are always told, with name and reason.',
    title: 'Supervising calls',
  },
}
