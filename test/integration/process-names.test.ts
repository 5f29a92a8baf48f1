import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

describe.each(HOUSE_DIALECTS)('the name of a ticket on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
  })
  afterEach(() => house.close())

  test('follows from the category with which its guidance begins', async () => {
    const id = await house.openByCall()
    const begun = await house.step('mai', id, 'start_guidance', {
      category: 'NO_INTERNET',
      identityUnknown: true,
    })
    expect(begun).toMatchObject({ category: 'NO_INTERNET', subjectIsMade: true })
    expect(begun.subject).not.toBe('')
  })
})
