import type { Ticket } from '#contract/tickets.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { putIntoOutbox } from '../../outbox.ts'
import { say } from '../../components/say.ts'
import { useUser } from '../../session.ts'
import type { OutboxStep } from '../../state/outbox.ts'

/** Does something by way of the outbox: kept first, sent as soon as it can be. False when it was not kept. */
export function useDo(): (ticket: Pick<Ticket, 'id' | 'code'>, step: OutboxStep) => boolean {
  const { t } = useTranslation()
  const { id } = useUser()
  return (ticket, step) => {
    try {
      putIntoOutbox(id, ticket, step)
      return true
    } catch {
      say({ color: 'red.9', message: t('fieldPage.noRoom') })
      return false
    }
  }
}
