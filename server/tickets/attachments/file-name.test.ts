import { expect, it } from 'vitest'
import { disposition, fileName, namesText } from './file-name.ts'

it.each([
  ['Ảnh đèn LOS.png', 'Ảnh đèn LOS.png'],
  ['A\u0309nh đe\u0300n.PNG', 'Ảnh đèn.png'],
  ['../../etc/passwd', 'passwd.png'],
  ['C:\\Users\\lan\\ảnh.png', 'ảnh.png'],
  ['hoa-don.png.exe', 'hoa-don.png.exe.png'],
  ['ảnh.jpg', 'ảnh.png'],
  ['anh.svg', 'anh.svg.png'],
  ['a\u202Egpj.png', 'agpj.png'],
  ['a\r\nSet-Cookie: x.png', 'a__Set-Cookie_ x.png'],
  ['...', 'tep.png'],
  ['.png', 'png.png'],
  ['', 'tep.png'],
  ['a?b*c|d"e<f>.png', 'a_b_c_d_e_f_.png'],
  ['ả'.repeat(300), `${'ả'.repeat(120)}.png`],
])('keeps %j of a picture as %j', (given, kept) => {
  expect(fileName(given, 'image/png')).toBe(kept)
})

it('keeps an ending that the type may have', () => {
  expect(fileName('ảnh.JPEG', 'image/jpeg')).toBe('ảnh.jpeg')
  expect(fileName('suy-hao.log', 'text/plain')).toBe('suy-hao.log')
})

it('takes words for words only by .txt and .log', () => {
  const names = ['a.txt', 'a.LOG', 'a.html', 'a.txt.html', 'txt', 'a.csv']
  expect(names.filter(namesText)).toEqual(['a.txt', 'a.LOG'])
})

it('offers a name in Vietnamese, and a plain one beside it', () => {
  expect(disposition('attachment', `Ảnh đèn "LOS" (1).png`)).toBe(
    `attachment; filename="Anh den _LOS_ (1).png"; filename*=UTF-8''%E1%BA%A2nh%20%C4%91%C3%A8n%20%22LOS%22%20%281%29.png`,
  )
})
