/** Vietnamese texts of unsaved words. */
export const draftTexts = {
  draft: {
    other: 'Có bản nháp khác, viết lúc {{time}}.',
    useOther: 'Dùng bản đó',
  },
}
