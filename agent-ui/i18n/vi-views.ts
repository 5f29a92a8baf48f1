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
  rail: { owed: '{{count}} hẹn gọi lại' },
}
