/** Vietnamese texts of the phone in the browser. */
export const phoneTexts = {
  phone: {
    title: 'Điện thoại của tôi',
    desk: 'Máy để bàn',
    web: 'Trình duyệt này',
    choose: 'Nhận cuộc gọi bằng',
    notOffered: 'Chưa có điện thoại trên trình duyệt. Quản trị viên cấp ở trang Nhân viên.',
    link: {
      off: 'Điện thoại: máy để bàn',
      elsewhere: 'Điện thoại đang mở ở thẻ khác',
      connecting: 'Điện thoại: đang kết nối',
      registered: 'Điện thoại: trình duyệt này, sẵn sàng nhận cuộc gọi',
      away: 'Điện thoại: mất kết nối, đang thử lại',
      refused: 'Điện thoại: tổng đài từ chối đăng nhập',
    },
    trouble: {
      elsewhere:
        'Điện thoại đang mở ở một thẻ khác của trình duyệt này: nghe máy và gác máy ở thẻ đó.',
      away: 'Điện thoại trên trình duyệt mất kết nối với tổng đài nên không đổ chuông. Đang thử lại.',
      refused:
        'Tổng đài không nhận mật khẩu của điện thoại trên trình duyệt. Báo quản trị viên, hoặc dùng máy để bàn.',
    },
    mic: {
      blocked:
        'Trình duyệt đang chặn micro nên khách không nghe được bạn. Bấm biểu tượng bên trái thanh địa chỉ, cho phép micro, rồi thử lại.',
      absent: 'Không tìm thấy micro. Cắm tai nghe vào máy tính rồi thử lại.',
      busy: 'Micro đang do chương trình khác dùng. Đóng chương trình đó rồi thử lại.',
      insecure:
        'Trang này không mở qua https nên trình duyệt không cho dùng micro. Báo quản trị viên.',
    },
    tryAgain: 'Thử lại',
    useDesk: 'Dùng máy để bàn',
    ringing: 'Đang đổ chuông',
    answering: 'Đang nối máy',
    talking: 'Đang đàm thoại',
    /** Of a call to the own number: one that supervisors asked for, to hear an agent. */
    agentsCall: 'cuộc gọi của điện thoại viên',
    answer: 'Nghe máy',
    refuse: 'Từ chối',
    hangUp: 'Gác máy',
    hold: 'Giữ máy',
    resume: 'Nói tiếp',
    mute: 'Tắt tiếng',
    unmute: 'Bật tiếng',
    muted: 'Đang tắt tiếng',
    keypad: 'Bàn phím số',
    key: 'Phím {{key}}',
    quality: {
      good: 'Tiếng tốt',
      middling: 'Tiếng chập chờn',
      bad: 'Tiếng kém',
    },
    qualityHint: 'Chất lượng đường tiếng trong hai giây vừa qua',
    devices: {
      mic: 'Micro',
      speaker: 'Loa khi nói chuyện',
      ring: 'Loa đổ chuông',
      system: 'Theo máy tính',
      absent: 'Thiết bị đã chọn (hiện không thấy)',
    },
    testMic: 'Thử micro',
    testing: 'Hãy nói vài tiếng…',
    heard: 'Micro nghe được bạn.',
    silent: 'Micro không nghe thấy gì. Kiểm tra nút tắt tiếng trên tai nghe.',
    testRing: 'Thử chuông',
    secret: 'Điện thoại trên trình duyệt',
    secretHint:
      'Mật khẩu của máy web-{{extension}} trên tổng đài. Đã lưu thì không xem lại được; nhập để thay.',
    given: 'Đã cấp',
    notGiven: 'Chưa cấp',
    give: 'Lưu mật khẩu',
    takeAway: 'Thu hồi',
    saved: 'Đã lưu điện thoại trên trình duyệt',
    taken: 'Đã thu hồi điện thoại trên trình duyệt',
  },
}
