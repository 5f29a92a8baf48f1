import type { TextModuleCreate } from '#contract/casework/text-modules.ts'

/** Texts for long fields as a service like this one writes them; the demo has them from its first start. */
export const DEMO_TEXTS: readonly TextModuleCreate[] = [
  {
    name: 'xinchao',
    title: 'Chào khách',
    text: 'Chào {customer}, tôi là {agent} của hotline DCNET, gọi về phiếu {ticket}.',
  },
  {
    name: 'xacnhan',
    title: 'Xác nhận thông tin',
    text: 'Đã xác nhận với khách: họ tên, mã hợp đồng, địa chỉ lắp đặt và số liên hệ.',
  },
  {
    name: 'los',
    title: 'Đèn LOS đỏ',
    text: 'Đèn LOS trên thiết bị quang sáng đỏ. Đã hướng dẫn khách kiểm tra dây quang, cắm lại và khởi động lại thiết bị; đèn vẫn đỏ.',
  },
  {
    name: 'khoidong',
    title: 'Đã khởi động lại thiết bị',
    text: 'Đã hướng dẫn khách tắt nguồn thiết bị 30 giây rồi bật lại. Kết quả: ',
  },
  {
    name: 'cham',
    title: 'Mạng chậm, đo tốc độ',
    text: 'Khách báo mạng chậm. Đo bằng dây mạng, một máy: tải xuống … Mbps, tải lên … Mbps, trễ … ms. Thời điểm chậm: ',
  },
  {
    name: 'wifi',
    title: 'Wi-Fi yếu',
    text: 'Cắm dây trực tiếp vào thiết bị thì mạng bình thường, chỉ Wi-Fi yếu. Đã hướng dẫn đổi kênh và đặt thiết bị ở nơi thoáng.',
  },
  {
    name: 'khuvuc',
    title: 'Sự cố khu vực',
    text: 'Khu vực của {customer} đang có sự cố, bộ phận kỹ thuật đang xử lý. DCNET sẽ gọi lại khi có kết quả.',
  },
  {
    name: 'chuyennoc',
    title: 'Chuyển NOC',
    text: 'Đã kiểm tra các bước tại nhà khách, chưa khắc phục được. Đề nghị NOC kiểm tra tín hiệu và cấu hình cổng.',
  },
  {
    name: 'henkt',
    title: 'Hẹn kỹ thuật đến nhà',
    text: 'Khách đồng ý để kỹ thuật đến kiểm tra. Thời gian khách có nhà: … Người liên hệ: ',
  },
  {
    name: 'hen',
    title: 'Hẹn gọi lại',
    text: 'Đã hẹn gọi lại cho {customer} khi có kết quả. Hạn giải quyết của phiếu: {due}.',
  },
  {
    name: 'khonggap',
    title: 'Không gặp khách',
    text: 'Đã gọi cho khách nhưng không có người nghe máy. Sẽ gọi lại theo lịch.',
  },
  {
    name: 'camon',
    title: 'Khách xác nhận, cảm ơn',
    text: 'Khách xác nhận dịch vụ đã hoạt động bình thường và đồng ý đóng phiếu {ticket}. Đã cảm ơn khách.',
  },
]
