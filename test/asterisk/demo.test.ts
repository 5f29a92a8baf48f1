import { expect, test } from 'vitest'
import { startDemoPbx } from '../../scripts/demo/demo-pbx.ts'

test('the demo runs on a real Asterisk, also for whose files nobody else may read', async () => {
  const before = process.umask(0o077)
  const pbx = await startDemoPbx(() => undefined).finally(() => process.umask(before))
  await pbx.stop()
  expect(pbx.what).toMatch(/^PBX: a real Asterisk 22 /)
})
