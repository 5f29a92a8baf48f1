/** Vietnamese texts of the worklist of missed callers. */
export const missedTexts = {
  missed: {
    title: 'Cuộc gọi nhỡ',
    empty: 'Không còn ai chờ gọi lại',
    emptyHint: 'Khách gọi đến mà không ai nghe máy sẽ vào danh sách này.',
    caller: 'Khách gọi',
    queue: 'Hàng đợi',
    direct: 'Gọi thẳng, ngoài hàng đợi',
    at: 'Gọi lúc',
    calls: 'Số lần',
    times: '{{count}} lần gọi',
    state: 'Trạng thái',
    take: 'Gọi ngay',
    drop: 'Bỏ qua, không gọi',
    states: {
      hidden: 'Không có số để gọi lại',
      later: 'Sẽ gọi lại lúc {{time}}',
      due: 'Đến giờ gọi',
      dialing: 'Đang quay số',
      failed: 'Cần người quyết định',
    },
    waitingFor: {
      agent: 'Chờ người rảnh máy',
      pbx: 'Chờ tổng đài',
      customer: 'Khách đang có cuộc gọi',
      hours: 'Chờ đến giờ được gọi khách',
      dialplan: 'Kịch bản gọi của tổng đài quá cũ',
    },
  },
} as const
