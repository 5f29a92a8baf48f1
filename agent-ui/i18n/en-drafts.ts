/** English texts of unsaved words. */
export const draftTexts = {
  draft: {
    other: 'There is another draft, written at {{time}}.',
    useOther: 'Use that one',
    unsentTitle: 'Some of your words are not saved',
    unsent:
      'The server did not take the unsaved words of some forms ({{count}}). They are deleted here when you sign out.',
    stay: 'Stay',
    loseThem: 'Sign out and delete them',
  },
  composer: {
    title: 'Write',
    tabs: 'What to write',
    tab: { note: 'Note', promise: 'Callback', reply: 'Reply', hand: 'Hand on' },
    action: {
      note: 'Internal note',
      promise: 'Promise a callback for the open ticket',
      reply: 'Note an answer to the customer',
      hand: 'Hand the ticket to another team',
    },
    how: 'How it is handed on',
    hint: 'Ctrl+Enter sends · type :: for a text',
  },
  textModules: {
    title: 'Texts',
    choose: 'Choose a text',
    manage: 'Edit the texts',
    add: 'Add a text',
    edit: 'Edit the text',
    saved: 'Text saved',
    empty: 'No texts yet',
    emptyHint: 'Texts are put into notes, descriptions and replies by typing ::name.',
    name: 'Name typed after ::',
    nameHint: 'Small letters without accents, digits and dashes, for example hello.',
    heading: 'Title',
    text: 'Text',
    textHint:
      'Filled in: {customer} customer, {ticket} ticket code, {agent} writer, {due} due time.',
    updated: 'Last change',
    active: 'In use',
    retired: 'Retired',
    retire: 'Retire',
    takeBack: 'Use again',
  },
}
