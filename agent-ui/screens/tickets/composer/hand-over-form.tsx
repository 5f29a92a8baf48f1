import { NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { handOvers } from '../../../state/composer.ts'
import { ActionForm } from '../process/action-form.tsx'

/** To whom the ticket goes and why; who has several ways chooses one. */
export function HandOverForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation()
  const offers = handOvers(ticket)
  const [chosen, setChosen] = useState(offers[0]?.action)
  const offer = offers.find(({ action }) => action === chosen) ?? offers[0]
  if (offer === undefined) return null
  return (
    <Stack gap="xs">
      {offers.length > 1 && (
        <NativeSelect
          size="xs"
          label={t('composer.how')}
          value={offer.action}
          data={offers.map(({ action }) => ({ value: action, label: t(`action.${action}`) }))}
          onChange={({ currentTarget: { value } }) =>
            setChosen(offers.find(({ action }) => action === value)?.action)
          }
        />
      )}
      <ActionForm key={offer.action} ticket={ticket} offer={offer} onClose={onClose} />
    </Stack>
  )
}
