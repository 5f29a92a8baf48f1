/** English texts of what whoever called says of it. */
export const wordTexts = {
  words: {
    region: 'Callback results to confirm',
    title: 'How did the callback go?',
    word: {
      solved: 'Reached, solved',
      unsolved: 'Reached, not solved → NOC',
      reached: 'Reached',
      not_reached: 'Not reached',
    },
    notReachedHint: 'Voicemail, a machine or nobody: it is called again by the retry plan.',
    reachedHint: 'The ticket stays where it is.',
    talked: 'Talked for {{time}}',
    answered: 'The customer answered',
    guess: 'Answered for only {{seconds}} s: a machine?',
    key: 'Callback result: {{word}}',
    said: 'Noted: {{word}}',
    more: '{{count}} more to confirm',
    ask: {
      note: 'How did the customer confirm it?',
      overrideReason: 'Why was it not answered on the channel that the customer used?',
      resolution: 'How was it solved?',
    },
    lastTry: 'Last try',
    saidBy: 'said by {{name}}',
  },
}
