import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { ActionOffer } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { OtherDraft } from '../../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { OrderButton } from '../../../components/order-button.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { actionInput, emptyNeeds, needSchema } from '../../../state/action-input.ts'
import { EndNotice } from '../../outages/outage-end.tsx'
import { NeedField } from './need-field.tsx'
import { useAct } from './use-act.ts'
import classes from './process.module.css'

interface ActionFormProps {
  ticket: Ticket
  offer: ActionOffer
  onClose: () => void
}

/** What is known already need not be typed again. */
function knownOf(ticket: Ticket): Record<string, string> {
  const { address, contact, causeCode, resolutionCode, resolution, category } = ticket
  const { outageOffer } = ticket
  return Object.fromEntries(
    Object.entries({
      address,
      contactNumber: contact.number?.raw ?? null,
      causeCode,
      resolutionCode,
      resolution,
      category,
      outageId: outageOffer?.ticketId ?? null,
    }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
}

/** The form of one step, drawn from what the service says it needs. */
export function ActionForm({ ticket, offer, onClose }: ActionFormProps) {
  const { t } = useTranslation()
  const { action, needs } = offer
  const form = useRef<HTMLFormElement>(null)
  const act = useAct(
    ticket,
    () => {
      draft.clear()
      onClose()
    },
    (error) => draft.refuse(error),
  )
  const draft = useDraftForm({
    key: `action.${ticket.id}.${action}`,
    schema: needSchema(needs),
    initial: emptyNeeds(needs, knownOf(ticket)),
    onSubmit: (values) => {
      if (!act.isPending) act.mutate({ action, input: actionInput(needs, values) })
    },
  })
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape') onClose()
    else draft.props.onKeyDown(event)
  }
  return (
    <form
      ref={form}
      className={classes.actionForm}
      {...draft.props}
      onKeyDown={onKeyDown}
      aria-label={t(`action.${action}`)}
    >
      <Stack gap="xs">
        <OtherDraft draftKey={draft.key} />
        <Text fw={600} size="sm">
          {t(`action.${action}`)}
        </Text>
        {ticket.isOutage && (action === 'close' || action === 'cancel') && (
          <EndNotice ticketId={ticket.id} action={action} />
        )}
        {needs.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('process.nothingNeeded')}
          </Text>
        )}
        {needs.length > 0 && (
          <div className={classes.needs}>
            {needs.map((need, index) => (
              <NeedField
                key={need.name}
                need={need}
                form={draft.form}
                hasFocus={index === 0}
                teamKind={ticket.team}
              />
            ))}
          </div>
        )}
        <Group gap="xs">
          <OrderButton size="xs" type="submit" loading={act.isPending}>
            {t('process.confirm')}
          </OrderButton>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
