/** Vietnamese texts of what whoever called says of it. */
export const wordTexts = {
  words: {
    region: 'Kết quả gọi lại chờ xác nhận',
    title: 'Kết quả gọi lại?',
    word: {
      solved: 'Đã gặp, xong',
      unsolved: 'Đã gặp, chưa xong → NOC',
      reached: 'Đã gặp',
      not_reached: 'Không gặp',
    },
    notReachedHint: 'Hộp thư thoại, máy trả lời hoặc không ai nghe: hệ thống gọi lại theo lịch.',
    reachedHint: 'Phiếu giữ nguyên bước hiện tại.',
    talked: 'Nói chuyện {{time}}',
    answered: 'Khách đã nghe máy',
    guess: 'Chỉ nghe máy {{seconds}} giây: có phải hộp thư thoại?',
    key: 'Kết quả gọi lại: {{word}}',
    said: 'Đã ghi: {{word}}',
    more: 'Còn {{count}} kết quả khác chờ xác nhận',
    ask: {
      note: 'Khách xác nhận thế nào?',
      overrideReason: 'Vì sao chưa trả lời trên kênh khách đã dùng?',
      resolution: 'Đã xử lý thế nào?',
    },
    lastTry: 'Lần gọi cuối',
    saidBy: '{{name}} xác nhận',
  },
}
