import { expect, it } from 'vitest'
import { aPackage, DOCM, DOCX, XLSX } from '../../../test/support/file-bytes.ts'
import { officeType } from './office-file.ts'

const typeOf = (content: Uint8Array, tail = content, size = content.length) =>
  officeType({ head: content.subarray(0, 32), tail, size })
    ?.split('.')
    .at(-1) ?? null

it('tells Word and Excel by their main part', () => {
  expect([typeOf(DOCX), typeOf(XLSX)]).toEqual(['document', 'sheet'])
})

it('reads the directory of a long file from its end alone', () => {
  const tail = DOCX.subarray(8)
  expect(typeOf(DOCX, tail)).toBe('document')
})

it('takes no other package, none with programs, none that is both', () => {
  const both = ['[Content_Types].xml', 'word/document.xml', 'xl/workbook.xml']
  const packages = [aPackage(['a.txt']), aPackage(['word/document.xml']), DOCM, aPackage(both)]
  expect(packages.map((one) => typeOf(one))).toEqual([null, null, null, null])
})

it('takes nothing that is cut off, shifted or empty', () => {
  expect(typeOf(DOCX.subarray(0, -22))).toBeNull()
  expect(typeOf(DOCX, DOCX, DOCX.length + 1000)).toBeNull()
  expect(typeOf(new Uint8Array())).toBeNull()
  const wrong = Buffer.from(DOCX)
  wrong.writeUInt32LE(0xfffffff0, DOCX.length - 6)
  expect(typeOf(wrong)).toBeNull()
})
