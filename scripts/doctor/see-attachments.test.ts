import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seeAttachments } from './see-attachments.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attachments-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder that is there, one that can be made, and a file in its place', async () => {
  expect(await seeAttachments(folder)).toMatchObject({ state: 'writable', webRoot: null })
  const deeper = await seeAttachments(join(folder, 'a', 'b'))
  expect(deeper.state).toBe('makeable')
  expect(deeper.freeBytes).toBeGreaterThan(0)
  writeFileSync(join(folder, 'file'), '')
  expect((await seeAttachments(join(folder, 'file', 'b'))).state).toBe('no_folder')
})

test('among web pages it is seen, whatever the folder is called below them', async () => {
  const root = join(folder, 'public_html')
  mkdirSync(root)
  expect((await seeAttachments(join(root, 'x', 'files'))).webRoot).toBe(root)
  expect((await seeAttachments('/var/www/hotline/files')).webRoot).toBe('/var/www')
  expect((await seeAttachments('/var/wwwdata')).webRoot).toBeNull()
  const pages = join(import.meta.dirname, '../../agent-ui')
  expect((await seeAttachments(join(pages, 'dist/files'))).webRoot).toBe(pages)
})
