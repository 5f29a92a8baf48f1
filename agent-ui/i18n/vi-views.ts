/** Vietnamese texts of filters that are kept under a name, and of queues as agents see them. */
export const viewTexts = {
  savedViews: {
    title: 'Bộ lọc đã lưu',
    save: 'Lưu bộ lọc',
    next: 'Bộ lọc đã lưu kế tiếp',
    edit: 'Sửa bộ lọc {{name}}',
    name: 'Tên bộ lọc',
    seenBy: 'Ai thấy bộ lọc này',
    mineAlone: 'Chỉ mình tôi',
    everybodyOf: 'Mọi người ở {{team}}',
    sharedBy: 'Dùng chung, {{name}} chia sẻ',
    replaces: 'Bộ lọc {{name}} sẽ nhận các điều kiện đang chọn.',
    remove: 'Xóa bộ lọc',
    saved: 'Đã lưu bộ lọc {{name}}',
    removed: 'Đã xóa bộ lọc {{name}}',
  },
  queueBrief: {
    title: 'Hàng đợi',
    waiting: 'khách chờ',
    longest: 'lâu nhất',
    free: '{{free}}/{{members}} sẵn sàng',
  },
  myDay: {
    title: 'Hôm nay của tôi',
    taken: 'Cuộc đã nghe',
    takenHint: 'Cuộc gọi của khách tôi đã nghe và đã kết thúc hôm nay; không tính cuộc gọi lại.',
    handling: 'Xử lý trung bình',
    handlingHint:
      '(Đàm thoại + giữ máy + xử lý sau cuộc gọi) ÷ số cuộc đã kết thúc, kể cả cuộc gọi lại.',
    talk: 'Đàm thoại',
    talkHint: 'Kết thúc − bắt đầu − giữ máy của các cuộc đã kết thúc, kể cả cuộc gọi lại.',
    occupancy: 'Tỷ lệ bận',
    occupancyHint:
      '(Đàm thoại + giữ máy + xử lý sau cuộc gọi, kể cả gọi lại) ÷ (thời gian nhận cuộc gọi − thời gian tạm nghỉ). Chưa có khi thời gian gọi còn dài hơn.',
    promises: 'Gọi lại đúng hẹn',
    promisesHint:
      'Lần gọi đầu muộn nhất 60 giây sau giờ hẹn ÷ tất cả lời hẹn hôm nay đã đến hạn của tôi.',
    of: '{{kept}}/{{all}}',
  },
  rail: { owed: '{{count}} hẹn gọi lại' },
}
