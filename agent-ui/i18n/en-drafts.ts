/** English texts of unsaved words. */
export const draftTexts = {
  draft: {
    other: 'There is another draft, written at {{time}}.',
    useOther: 'Use that one',
  },
}
