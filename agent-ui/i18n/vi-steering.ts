/** Vietnamese texts of what supervisors do to the calls and callers of others. */
export const steeringTexts = {
  steering: {
    ofCall: 'Thao tác với cuộc gọi của {{name}}',
    ofMember: 'Thao tác với {{name}}',
    ofCaller: 'Thao tác với khách chờ ở vị trí {{position}}',
    heard: {
      listen: '{{name}} đang nghe thầm',
      whisper: '{{name}} đang nhắc riêng',
      barge: '{{name}} đang tham gia cuộc gọi',
    },
    penalty: 'Bậc ưu tiên {{penalty}}',
    act: {
      listen: 'Nghe thầm',
      whisper: 'Nhắc riêng điện thoại viên',
      barge: 'Tham gia cuộc gọi',
      take_over: 'Nhận thay cuộc gọi',
      end: 'Kết thúc cuộc gọi',
      move_up: 'Đưa lên đầu hàng',
      send: 'Chuyển cho điện thoại viên',
      close: 'Hẹn gọi lại tất cả',
      penalty: 'Đổi bậc ưu tiên',
    },
    /** What it will do, said before it is done. */
    does: {
      listen:
        'Nghe thầm: khách và điện thoại viên không nghe thấy bạn. Điện thoại của bạn đổ chuông, nhấc máy là nghe.',
      whisper:
        'Nhắc riêng: chỉ điện thoại viên nghe thấy bạn, khách thì không. Điện thoại của bạn đổ chuông nếu chưa ở trong cuộc gọi này.',
      barge:
        'Tham gia: cả khách và điện thoại viên đều nghe thấy bạn. Điện thoại của bạn đổ chuông nếu chưa ở trong cuộc gọi này.',
      take_over:
        'Khách được chuyển sang điện thoại của bạn, cùng phiếu; điện thoại viên rời cuộc gọi và được báo tên bạn cùng lý do. Bạn không nhấc máy thì khách về đầu hàng đợi.',
      end: 'Cuộc gọi của khách kết thúc ngay. Điện thoại viên được báo tên bạn cùng lý do.',
      move_up: 'Khách này được nghe máy trước mọi người đang chờ.',
      send: 'Khách rời hàng và đổ chuông ở máy người bạn chọn. Không ai nhấc thì khách về lại chỗ cũ, thời gian chờ vẫn tính đủ. Nếu đang đổ chuông ở máy khác, việc này chờ tối đa 15 giây.',
      close:
        'Mọi khách đang chờ, kể cả khách đã nói chuyện và được chuyển vào đây, nghe thông báo và được hẹn gọi lại theo thứ tự.',
      penalty:
        'Người có bậc nhỏ hơn được đổ chuông trước; 0 là trước nhất. Điện thoại viên được báo.',
    },
    confirm: {
      listen: 'Nghe',
      whisper: 'Nhắc',
      barge: 'Tham gia',
      take_over: 'Nhận cuộc gọi',
      end: 'Kết thúc',
      move_up: 'Đưa lên đầu',
      send: 'Chuyển',
      close: 'Hẹn gọi lại tất cả',
      penalty: 'Đổi',
    },
    done: {
      listen: 'Bạn đang nghe.',
      whisper: 'Điện thoại viên nghe thấy bạn.',
      barge: 'Cả hai bên nghe thấy bạn.',
      take_over: 'Điện thoại của bạn đang đổ chuông.',
      end: 'Cuộc gọi đã kết thúc.',
      move_up: 'Khách đã ở đầu hàng.',
      send: 'Khách đang đổ chuông ở máy đã chọn.',
      penalty: 'Tổng đài đã đổi bậc ưu tiên.',
    },
    closed: 'Đã hẹn gọi lại {{promised}} khách.',
    closedStayed:
      'Không hẹn: {{count}} (đã có người nghe máy, đã gác máy, hoặc là đồng nghiệp đang hỏi).',
    closedUnheard: 'Chưa thấy tổng đài xác nhận: {{count}}.',
    waitsForPhone: 'Điện thoại của bạn đang đổ chuông, hãy nhấc máy…',
    waitsForPbx: 'Đang chờ tổng đài xác nhận…',
    reason: 'Lý do',
    reasonHint: 'Được ghi vào nhật ký.',
    to: 'Chuyển cho',
    toNobody: 'Không có điện thoại viên nào rảnh',
    newPenalty: 'Bậc ưu tiên (0–99)',
    lacks: {
      dialplan: 'Tổng đài chưa có bản cấu hình mới nên chưa dùng được.',
      user: 'Tổng đài chưa cấp quyền kết thúc và chuyển cuộc gọi.',
      link: 'Kết nối dùng để kết thúc và chuyển cuộc gọi đang mất.',
      old: 'Tổng đài cần bản cấu hình mới để chuyển cuộc gọi.',
    },
    noPhone: 'Bạn chưa có máy nhánh.',
    told: 'Báo cho điện thoại viên khi bị nghe thầm',
    toldHint:
      'Tạm nghỉ, đưa khỏi hàng, nhắc riêng, tham gia và nhận thay luôn được báo cùng tên và lý do.',
    title: 'Giám sát cuộc gọi',
  },
}
