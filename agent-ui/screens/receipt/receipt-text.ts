/** The slip is a Vietnamese paper for the customer, whatever language its reader at the desk chose. */
export const RECEIPT_TEXT = {
  title: 'Phiếu tiếp nhận khiếu nại',
  number: 'Số',
  address: 'Địa chỉ',
  hotline: 'Tổng đài',
  email: 'Email',
  taxCode: 'Mã số thuế',
  customer: 'Khách hàng',
  customerCode: 'Mã khách hàng',
  contract: 'Hợp đồng',
  circuit: 'Mã kênh',
  installation: 'Địa chỉ lắp đặt',
  complainant: 'Người khiếu nại',
  paper: 'Giấy tờ đã xem',
  contact: 'Liên hệ',
  channel: 'Hình thức tiếp nhận',
  receivedAt: 'Thời điểm tiếp nhận',
  kind: 'Loại',
  category: 'Nhóm',
  subject: 'Về việc',
  content: 'Nội dung',
  noContent: 'Chưa ghi nội dung chi tiết.',
  request: 'Yêu cầu của khách hàng',
  noRequest: 'Kiểm tra, xử lý và trả lời kết quả cho khách hàng.',
  dueAt: 'Hạn giải quyết',
  dueRule: '20 ngày làm việc kể từ ngày tiếp nhận, không kể thứ Bảy, Chủ nhật và ngày lễ',
  provisional: 'tạm tính: chưa có lịch nghỉ lễ của năm sau',
  noDue: 'không áp dụng',
  answer:
    'DCNET trả lời Quý khách theo hình thức tiếp nhận ban đầu. Mọi thắc mắc xin nêu số phiếu.',
  signedByCustomer: 'Người khiếu nại',
  signedByStaff: 'Người tiếp nhận',
  sign: '(Ký, ghi rõ họ tên)',
} as const

export const RECEIPT_KIND = {
  incident: 'Báo hỏng',
  complaint: 'Khiếu nại',
  request: 'Yêu cầu dịch vụ',
  info: 'Hỏi thông tin',
} as const

export const RECEIPT_CHANNEL = {
  hotline: 'Tổng đài',
  email: 'Email',
  letter: 'Văn bản',
  counter: 'Trực tiếp',
  other: 'Khác',
} as const

export const RECEIPT_RELATION = {
  holder: 'chủ hợp đồng',
  representative: 'người đại diện hợp pháp',
  other: 'người khác',
  unknown: '',
} as const
