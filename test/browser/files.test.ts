import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { graveFindings } from '../support/axe.ts'
import { keepPicture, openAs, openPage } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'

/** No PBX is there: what is tried is the page. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
let hotline: Hotline
let browser: Browser
const faults: string[][] = []

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  browser = await openHeadlessShell()
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

async function pageOf(person: Person, path: string): Promise<Page> {
  const { page, faults: ofPage } = await openPage(browser)
  faults.push(ofPage)
  await openAs(page, `${hotline.url}${path}`, person)
  return page
}

/** A picture as a browser makes it, given to what has the focus: as Ctrl+V does, or dropped. */
function give(page: Page, how: 'paste' | 'drop', name: string): Promise<void> {
  return page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(640, 360)
    const brush = canvas.getContext('2d')
    brush.fillRect(0, 0, 320, 360)
    // as large as pictures are: of grains
    const grains = brush.createImageData(100, 100)
    crypto.getRandomValues(grains.data)
    brush.putImageData(grains, 400, 100)
    const picture = await canvas.convertToBlob({ type: 'image/png' })
    const data = new DataTransfer()
    data.items.add(new File([picture], ${JSON.stringify(name)}, { type: 'image/png' }))
    const common = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data }
    const Made = ${how === 'paste' ? 'ClipboardEvent' : 'DragEvent'}
    document.activeElement.dispatchEvent(new Made('${how}', common))
  })()`)
}

/** What of each picture is shown in the list, and how large it really is. */
const IN_LIST = `[...document.querySelectorAll('li img')].map((one) =>
  one.src.split('/').at(-1) + ' ' + one.naturalWidth + ' x ' + one.naturalHeight)`
const SMALL = 'thumbnail 160 x 90'

/** How wide the picture over the page really is: 0 while it is not there. */
const SHOWN_WIDTH = `document.querySelector('[role="dialog"] img')?.naturalWidth ?? 0`

test('a screenshot is pasted and a file dropped; who else is there sees both, and who types', async () => {
  const lan = await hotline.hire('p-lan', 'agent')
  const noc = await hotline.hire('p-noc', 'noc')
  const order = { channel: 'counter', number: '0900000101', subject: 'Mất mạng' }
  const { id } = await lan.send('POST', '/tickets', order, ticket)
  const mine = await pageOf(lan, `/tickets/${id}`)
  const theirs = await pageOf(noc, `/tickets/${id}`)
  await mine.getByText('p-noc đang xem').waitFor()
  await theirs.getByText('p-lan đang xem').waitFor()

  const note = mine.getByRole('textbox', { name: 'Ghi chú nội bộ' })
  await note.pressSequentially('Ảnh đèn modem')
  await theirs.getByText('p-lan đang gõ…').waitFor()
  await give(mine, 'paste', 'image.png')
  await give(mine, 'drop', 'đèn LOS.png')
  const files = theirs.getByRole('region', { name: 'Tệp đính kèm (2)' })
  await files.getByRole('button', { name: /^Ảnh chụp \d\d-\d\d-\d{4}/ }).waitFor()
  expect(await note.inputValue()).toBe('Ảnh đèn modem')
  // both are seen as small pictures, which the browser that sent them made
  await eventually(async () => expect(await theirs.evaluate(IN_LIST)).toEqual([SMALL, SMALL]))
  await keepPicture(mine, 'ticket-files')

  await files.getByRole('button', { name: /^đèn LOS\.png/ }).click()
  await theirs.getByRole('dialog', { name: 'đèn LOS.png' }).waitFor()
  await eventually(async () => expect(await theirs.evaluate(SHOWN_WIDTH)).toBe(640))
  expect(await graveFindings(theirs, { rules: 'all', part: 'dialog' })).toEqual([])
  await theirs.keyboard.press('ArrowRight')
  await theirs.getByRole('dialog', { name: /^Ảnh chụp/ }).waitFor()
  await keepPicture(theirs, 'picture-over-ticket')

  await theirs.keyboard.press('Escape')
  await mine.goto(`${hotline.url}/tickets`)
  await theirs.getByText(/p-lan đang/).waitFor({ state: 'detached' })
  expect(await graveFindings(theirs, { rules: 'all', part: 'content' })).toEqual([])
  expect(faults.flat()).toEqual([])
})
