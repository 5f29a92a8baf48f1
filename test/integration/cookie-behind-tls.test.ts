import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'

describe('the session behind TLS', () => {
  let hotline: Hotline
  let cookies: string[]
  beforeAll(async () => {
    hotline = await startHotline({
      amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1',
      env: { PUBLIC_URL: 'https://hotline.example.vn' },
    })
    const answer = await fetch(`${hotline.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    cookies = answer.headers.getSetCookie()
  })
  afterAll(() => hotline.stop())

  const statusWith = async (cookie: string): Promise<number> =>
    (await fetch(`${hotline.url}/api/desk`, { headers: { cookie } })).status

  it('has a cookie that a sibling domain cannot set', () => {
    const [own] = cookies
    expect(own).toMatch(/^__Host-hotline_session=[^;]+; /)
    expect(own).toMatch(/; Path=\/; .*Secure/)
    expect(own).not.toMatch(/Domain/i)
  })

  it('is not taken from the name that a sibling domain can set', async () => {
    const token = /^__Host-hotline_session=([^;]+)/.exec(cookies[0] ?? '')?.[1] ?? ''
    expect(await statusWith(`__Host-hotline_session=${token}`)).toBe(200)
    expect(await statusWith(`hotline_session=${token}`)).toBe(401)
  })

  it('puts a cookie of that name away', () => {
    expect(cookies.find((one) => one.startsWith('hotline_session=;'))).toContain('Max-Age=0')
  })
})
