import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntry } from '../../server/contract/audit.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { sessionView } from '../../server/contract/staff.ts'
import { CHILD_ENV } from '../support/child-env.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'
import { signIn } from '../support/person.ts'

const run = promisify(execFile)

for (const dialect of HOUSE_DIALECTS) {
  describe(`scripts/reset-password on ${dialect}`, () => {
    let hotline: Hotline
    beforeEach(async () => {
      hotline = await startHotline({ amiUrl: 'ami://a:b@127.0.0.1:1/pbx1', dialect })
    })
    afterEach(() => hotline.stop())

    async function reset(...words: string[]) {
      const env = { ...CHILD_ENV, PATH: process.env['PATH'], DATABASE_URL: hotline.databaseUrl }
      const done = run(process.execPath, ['scripts/reset-password.ts', ...words], { env })
      return done.then(
        ({ stdout }) => ({ password: /: ([\w-]{19})\n$/.exec(stdout)?.[1] ?? '', refusal: '' }),
        (error: { stderr: string }) => ({ password: '', refusal: error.stderr }),
      )
    }

    it('lets a person in again beside the running service, and ends what was before', async () => {
      const { password } = await reset('Admin')
      await expect(hotline.admin.get('/session', sessionView)).rejects.toThrow('sign in first')
      await expect(signIn(hotline.url, 'admin', PASSWORD)).rejects.toThrow('wrong')
      const admin = await signIn(hotline.url, 'admin', password)
      const { items } = await admin.get('/audit?action=staff.password_reset', pageOf(auditEntry))
      expect(items).toMatchObject([{ subject: 'admin', actor: null }])
      expect(items[0]?.detail['by']).toContain('scripts/reset-password as ')
    })

    it('makes an administrator only while no service runs', async () => {
      await hotline.hire('lan', 'agent', '101')
      const refused = await reset('lan', '--admin')
      expect(refused.refusal).toContain('another hotline service is running')
      await hotline.service.stop()
      const { password } = await reset('lan', '--admin')
      await hotline.restart()
      expect((await signIn(hotline.url, 'lan', password)).user.role).toBe('admin')
    })

    it('says in one line that nobody has this name', async () => {
      const { refusal } = await reset('nobody')
      expect(refusal).toBe('there is no person with the user name "nobody"\n')
    })
  })
}
