import { expect, test } from 'vitest'
import type { Attachment } from '#contract/casework/attachments.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage } from '../../../test-support/page.tsx'
import { FileViewer } from './file-viewer.tsx'

const picture = { id: 'f', name: 'a.png', at: '2026-11-22T03:00:00.000Z' }

test.each([
  [null, '22/11/2026 10:00'],
  [{ id: 'an', displayName: 'An' }, 'An · 22/11/2026 10:00'],
])('a picture says who brought it, if somebody did, and when', (by, facts) => {
  const shown: Attachment = JSON.parse(JSON.stringify({ ...picture, by }))
  mount(inPage(<FileViewer pictures={[shown]} shownId="f" onShow={() => undefined} />))
  expect(document.querySelector('img + div > span')?.textContent).toBe(facts)
})
