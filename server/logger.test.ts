import { expect, it } from 'vitest'
import { createLogger, maskNumber } from './logger.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(createLogger({ level: 'info', destination: { write: (line) => void (text += line) } }))
  return text
}

it('masks phone numbers wherever a number is logged', () => {
  const text = logged((logger) => {
    logger.info(
      { number: '0912345678', call: { number: { raw: '+84912345678' } } },
      'call answered',
    )
  })
  expect(text).toContain('*******678')
  expect(text).not.toContain('12345')
})

it('leaves secrets and cookies out', () => {
  const text = logged((logger) => {
    logger.warn({ pbx: { secret: 'abc123' }, headers: { cookie: 'hotline_session=zzz' } }, 'x')
  })
  expect(text).not.toMatch(/abc123|zzz/)
})

it('masks all but the last three digits, and leaves extensions readable', () => {
  expect(maskNumber('0912345678')).toBe('*******678')
  expect(maskNumber('101')).toBe('101')
})
