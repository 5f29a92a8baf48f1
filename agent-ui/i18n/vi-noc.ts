/** Vietnamese texts of the board of NOC. */
export const nocTexts = {
  noc: {
    title: 'Bảng việc NOC',
    lane: {
      queued: 'Chờ nhận',
      diagnosing: 'Đang chẩn đoán',
      core: 'Đang xử lý CORE',
      field: 'Chờ KT',
      verifying: 'Kiểm tra lại',
    },
    step: {
      core_fixable: 'Xử lý CORE',
      need_field: 'Chuyển KT',
      core_done: 'Đã xong',
      verify: 'Xác nhận',
    },
    laneEmpty: 'Không có phiếu',
    beyond: 'và {{count}} phiếu nữa',
    empty: 'NOC không còn phiếu nào',
    emptyText: 'Phiếu CSKH chuyển sang sẽ hiện ở đây ngay.',
    isOutage: 'Sự cố diện rộng',
    noArea: 'Chưa rõ khu vực',
    notNow: 'Bước này không còn làm được: phiếu đã đổi trạng thái hoặc đã có người khác nhận.',
    areas: 'Khu vực có nhiều phiếu',
    allAreas: 'Mọi khu vực',
    area: '{{area}} · {{count}} phiếu',
    many: 'Nghi sự cố diện rộng',
    declare: 'Khai báo sự cố',
    declareFor: 'Khai báo sự cố ở {{area}}',
    known: 'Sự cố {{code}}',
  },
} as const
