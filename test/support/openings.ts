import type { Page } from 'playwright-core'
import type { Role } from '../../server/contract/staff.ts'
import type { PagePart } from './axe.ts'

/** Something that opens over a screen or in it: a dialog, a menu, the form of a step. */
export interface Opening {
  name: string
  role: Role
  /** The address of a screen, or the record that this role looks at. */
  at: string
  open: (page: Page) => Promise<unknown>
  /** What has to be read of it; what is open beside it was read with the screen. */
  part: Exclude<PagePart, 'page'>
}

const press = (name: string | RegExp) => (page: Page) =>
  page.locator('#content').getByRole('button', { name }).first().click()
const ofHeader = (name: string | RegExp) => (page: Page) =>
  page.getByRole('banner').getByRole('button', { name }).click()

async function ofRow(page: Page, verb: string): Promise<void> {
  await page
    .getByRole('button', { name: /^Thao tác khác với/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: new RegExp(verb) }).click()
}

async function linkMany(page: Page): Promise<void> {
  await page.getByRole('checkbox').nth(1).check()
  await press('Gắn vào sự cố')(page)
}

async function chooseFile(page: Page): Promise<void> {
  const csv = 'ma_kh;ten;so_dien_thoai\nKH-1;Công ty Mẫu;0900000109\n'
  const files = page.locator('input[type="file"]')
  const file = { name: 'khach-hang.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await files.setInputFiles(file)
  await page.getByRole('button', { name: 'Nhập vào hệ thống' }).waitFor()
}

/** Where people type and choose most; of the roles that have it one that has time: all run side by side. */
export const OPENINGS: readonly Opening[] = [
  { name: 'bell', role: 'field', at: '/work', open: ofHeader(/^Thông báo/), part: 'dialog' },
  { name: 'account', role: 'field', at: '/work', open: ofHeader(/^Tài khoản/), part: 'menu' },
  { name: 'help', role: 'field', at: '/work', open: ofHeader('Phím tắt'), part: 'dialog' },
  {
    name: 'palette',
    role: 'field',
    at: '/work',
    async open(page) {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('textbox').fill('phi')
    },
    part: 'dialog',
  },
  { name: 'new', role: 'agent', at: '/tickets', open: press('Tạo phiếu'), part: 'dialog' },
  {
    name: 'view',
    role: 'supervisor',
    at: '/tickets',
    async open(page) {
      const content = page.locator('#content')
      await content.getByRole('combobox', { name: 'Lọc theo bộ phận' }).selectOption('noc')
      await content.getByRole('button', { name: 'Lưu bộ lọc' }).waitFor()
      await content.focus()
      await page.keyboard.press('b')
    },
    part: 'dialog',
  },
  { name: 'link', role: 'agent', at: '/tickets', open: linkMany, part: 'dialog' },
  { name: 'customer', role: 'supervisor', at: '/customers', open: press(/^Thêm/), part: 'dialog' },
  { name: 'outage', role: 'supervisor', at: '/outages', open: press('Mở sự cố'), part: 'dialog' },
  { name: 'told', role: 'supervisor', at: 'outage', open: press('Sửa thông báo'), part: 'dialog' },
  { name: 'edit', role: 'supervisor', at: 'customer', open: press(/^Sửa/), part: 'dialog' },
  { name: 'steps', role: 'agent', at: 'ticket', open: press('Thao tác khác'), part: 'menu' },
  { name: 'menu', role: 'agent', at: 'ticket', open: press(/^Thao tác với/), part: 'menu' },
  { name: 'step', role: 'agent', at: 'ticket', open: press(/^Ghi kết quả/), part: 'content' },
  { name: 'reply', role: 'agent', at: 'ticket', open: press('Ghi nhận trả lời'), part: 'content' },
  { name: 'channel', role: 'agent', at: 'ticket', open: press(/^Đổi kênh/), part: 'content' },
  { name: 'find', role: 'agent', at: 'ticket', open: press(/^Tìm khách/), part: 'dialog' },
  {
    name: 'call',
    role: 'noc',
    at: 'ticket',
    // no PBX is there: the button says why it waits, and may be pressed all the same
    open: (page) => page.getByRole('button', { name: 'Gọi khách' }).click({ force: true }),
    part: 'alert',
  },
  {
    name: 'back',
    role: 'field',
    at: '/work',
    open: (page) => ofRow(page, 'Trả lại nhóm'),
    part: 'dialog',
  },
  {
    name: 'assign',
    role: 'supervisor',
    at: '/work',
    open: (page) => ofRow(page, 'Giao cho'),
    part: 'dialog',
  },
  { name: 'person', role: 'admin', at: '/staff', open: press(/^Sửa/), part: 'dialog' },
  { name: 'team', role: 'admin', at: '/teams', open: press(/^Sửa/), part: 'dialog' },
  { name: 'checklist', role: 'admin', at: '/checklists', open: press(/^Sửa/), part: 'dialog' },
  { name: 'import', role: 'admin', at: '/customers/import', open: chooseFile, part: 'content' },
]
