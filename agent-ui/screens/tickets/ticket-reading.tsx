import { Box, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '#contract/tickets.ts'
import { Facts } from '../../components/facts.tsx'
import { useSaid } from '../../components/said.ts'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { vi } from '../../i18n/vi.ts'
import { queries } from '../../queries.ts'
import { readingReason } from '../../state/ticket-reading.ts'

/** The matter as text, for who may not change it: nothing looks like a field. */
export function TicketReading({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const reason = readingReason(ticket)
  return (
    <>
      <Text fw={600} className="wrap-anywhere">
        {ticket.subject || t('ticket.noSubject')}
      </Text>
      {ticket.description !== '' && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
          {ticket.description}
        </Text>
      )}
      <Box mt={8}>
        <MatterFacts ticket={ticket} />
      </Box>
      {reason && (
        <Text size="sm" c="dimmed" mt="xs">
          {t(`ticket.reading.${reason}`)}
        </Text>
      )}
    </>
  )
}

/** Place, contact, cause and result: what every team reads first. */
function MatterFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const said = useSaid()
  const checklists = useQuery(queries.checklists())
  const category = checklists.data?.items.find((list) => list.category === ticket.category)
  const { contact, causeCode, resolutionCode } = ticket
  const code = (value: string | null) =>
    value !== null && hasText(vi.choice, value) ? t(`choice.${value}`) : value
  return (
    <Facts
      rows={[
        [t('ticket.kind'), t(`kind.${ticket.kind}`)],
        [t('ticket.priority'), t(`priority.${ticket.priority}`)],
        [t('ticket.category'), category ? said(category.content.name) : ticket.category],
        [t('ticket.service'), ticket.service],
        [t('ticket.address'), ticket.address],
        [t('ticket.area'), ticket.area],
        [t('ticket.contactName'), contact.name],
        [t('ticket.contactNumber'), contact.number?.display ?? null],
        [t('need.causeCode'), code(causeCode)],
        [t('need.resolutionCode'), code(resolutionCode)],
        [t('need.resolution'), ticket.resolution],
      ]}
    />
  )
}
