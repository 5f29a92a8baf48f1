/** Vietnamese texts of unsaved words. */
export const draftTexts = {
  draft: {
    other: 'Có bản nháp khác, viết lúc {{time}}.',
    useOther: 'Dùng bản đó',
    unsentTitle: 'Còn nội dung chưa lưu',
    unsent:
      'Máy chủ chưa nhận bản nháp của {{count}} biểu mẫu. Đăng xuất thì các bản nháp này bị xóa khỏi máy.',
    stay: 'Ở lại',
    loseThem: 'Đăng xuất và xóa bản nháp',
  },
  composer: {
    title: 'Soạn',
    tabs: 'Soạn gì',
    tab: { note: 'Ghi chú', promise: 'Hẹn gọi lại', reply: 'Trả lời', hand: 'Chuyển' },
    action: {
      note: 'Ghi chú nội bộ',
      promise: 'Hẹn gọi lại cho phiếu đang mở',
      reply: 'Ghi nhận trả lời khách',
      hand: 'Chuyển phiếu cho bộ phận khác',
    },
    how: 'Chuyển thế nào',
    hint: 'Ctrl+Enter gửi · gõ :: để chèn mẫu câu',
  },
  textModules: {
    title: 'Mẫu câu',
    choose: 'Chọn mẫu câu',
    manage: 'Sửa các mẫu câu',
    add: 'Thêm mẫu câu',
    edit: 'Sửa mẫu câu',
    saved: 'Đã lưu mẫu câu',
    empty: 'Chưa có mẫu câu nào',
    emptyHint: 'Mẫu câu được chèn vào ghi chú, nội dung và câu trả lời bằng cách gõ ::tên.',
    name: 'Tên gõ sau ::',
    nameHint: 'Chữ thường không dấu, số và gạch nối, ví dụ xinchao.',
    heading: 'Tiêu đề',
    text: 'Nội dung',
    textHint:
      'Tự điền: {customer} khách hàng, {ticket} mã phiếu, {agent} người viết, {due} hạn giải quyết.',
    updated: 'Sửa lần cuối',
    active: 'Đang dùng',
    retired: 'Đã ngừng dùng',
    retire: 'Ngừng dùng',
    takeBack: 'Dùng lại',
  },
}
