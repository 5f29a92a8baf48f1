/** Vietnamese texts of what a person is told. */
export const notificationTexts = {
  notifications: {
    title: 'Thông báo',
    open: 'Thông báo, {{count}} chưa đọc',
    empty: 'Không có thông báo chưa đọc',
    readAll: 'Đánh dấu đã đọc tất cả',
    read: 'Đã đọc',
    waiting: 'Còn {{count}} thông báo',
    kind: {
      clock_alarm: 'Cảnh báo thời hạn',
      team_work: 'Việc mới của nhóm',
      ticket_assigned: 'Bạn được giao phiếu',
      outage_offered: 'Nghi có sự cố diện rộng',
      promise_given: 'Bạn nhận lời hẹn gọi lại',
      promise_at_risk: 'Lời hẹn sắp đến mà người giữ hẹn không có mặt',
      member_steered: 'Giám sát vừa đổi trạng thái của bạn',
    },
    outage: '{{name}}: {{callers}} khách gọi trong ít phút',
    promiseDue: 'Hẹn lúc {{time}}',
    openOutage: 'Xem và mở sự cố',
    steered: {
      paused: '{{by}} cho bạn tạm nghỉ',
      ready: '{{by}} cho bạn nhận cuộc gọi trở lại',
      offline: '{{by}} đưa bạn ra khỏi hàng đợi {{queue}}',
    },
    alarm: {
      minutes_10: 'còn 10 phút',
      minutes_5: 'còn 5 phút',
      half: 'đã qua 50 % thời gian',
      most: 'đã qua 80 % thời gian',
      due: 'đã đến hạn',
      management: 'quá hạn 24 giờ, báo lãnh đạo',
    },
  },
}
