/** Vietnamese texts of the page of background jobs. */
export const jobs = {
  jobs: {
    title: 'Tác vụ nền',
    loops: 'Vòng quét việc đến hạn',
    noLoops: 'Chưa có vòng quét nào',
    recurring: 'Tác vụ định kỳ',
    noRecurring: 'Chưa có tác vụ định kỳ',
    setAside: 'Việc bị gác lại',
    noSetAside: 'Không có việc nào bị gác lại',
    setAsideHint: 'Máy chủ đã thử nhiều lần mà không làm được; cần người xem.',
    name: 'Tác vụ',
    state: 'Trạng thái',
    cron: 'Lịch chạy',
    lastRun: 'Lần chạy gần nhất',
    nextRun: 'Lần chạy kế tiếp',
    lastError: 'Lỗi gần nhất',
    at: 'Lúc',
    kind: 'Loại',
    subject: 'Đối tượng',
    reason: 'Lý do',
  },
  jobState: {
    running: 'Đang chạy',
    well: 'Bình thường',
    failing: 'Đang lỗi',
    stopped: 'Đã dừng',
    not_yet: 'Chưa chạy lần nào',
  },
  jobName: {
    promises: 'Hẹn gọi lại',
    'owed tickets': 'Phiếu còn nợ',
    'pops of calls that are over': 'Dọn thông báo của cuộc gọi đã kết thúc',
  },
  setAsideKind: {
    owed_ticket: 'Phiếu còn nợ',
    call_event: 'Sự kiện tổng đài',
  },
}
