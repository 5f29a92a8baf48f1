/** Vietnamese texts of a technician's phone page. */
export const fieldTexts = {
  fieldPage: {
    title: 'Việc của tôi',
    empty: 'Bạn chưa có việc nào',
    emptyText: 'Việc được giao cho bạn sẽ hiện ở đây ngay.',
    free: 'Nhóm chưa có người nhận',
    mapOf: 'Bản đồ: {{address}}',
    noAddress: 'Chưa có địa chỉ, hãy gọi khách để hỏi.',
    contact: 'Gặp {{name}}',
    onTheWay: 'Đang đến',
    there: 'Đã đến',
    done: 'Hoàn thành',
    cannot: 'Không làm được',
    send: 'Gửi kết quả',
    notYet: '{{what}} · chưa gửi',
    unsent: '{{count}} chưa gửi',
    sendNow: 'Gửi ngay',
    sent: 'Đã gửi {{code}}',
    refused: '{{code}}: “{{what}}” không được nhận.',
    giveUp: 'Bỏ',
    giveUpFor: 'Bỏ thao tác của {{code}}',
    noRoom:
      'Điện thoại không còn chỗ lưu: thao tác chưa được ghi. Hãy giải phóng bộ nhớ rồi làm lại.',
  },
} as const
