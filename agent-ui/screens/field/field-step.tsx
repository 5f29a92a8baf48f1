import { Button, Modal, Stack } from '@mantine/core'
import type { ActionOffer } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { actionInput, emptyNeeds, needSchema } from '../../state/action-input.ts'
import { NeedField } from '../tickets/process/need-field.tsx'
import { useDo } from './use-do.ts'
import classes from './field.module.css'

interface StepProps {
  ticket: Ticket
  offer: ActionOffer
  onClose: () => void
}

/** The conclusion, or why there is none: over the whole phone, and into the outbox. */
export function FieldStep(props: StepProps) {
  const { t } = useTranslation()
  const { ticket, offer, onClose } = props
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={`${ticket.code} · ${t(`action.${offer.action}`)}`}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <StepForm {...props} />
    </Modal>
  )
}

function StepForm({ ticket, offer: { action, needs }, onClose }: StepProps) {
  const { t } = useTranslation()
  const deed = useDo()
  const draft = useDraftForm({
    key: `action.${ticket.id}.${action}`,
    schema: needSchema(needs),
    initial: emptyNeeds(needs),
    onSubmit: (values) => {
      const { version } = ticket
      if (!deed(ticket, { kind: 'act', action, version, input: actionInput(needs, values) })) return
      draft.clear()
      onClose()
    },
  })
  return (
    <form {...draft.props} className={classes.form} aria-label={t(`action.${action}`)}>
      <Stack gap="md">
        {needs.map((need, index) => (
          <NeedField
            key={need.name}
            need={need}
            form={draft.form}
            hasFocus={index === 0}
            teamKind={ticket.team}
          />
        ))}
        <Button type="submit" size="md" className={classes.big ?? ''}>
          {t('fieldPage.send')}
        </Button>
        <Button variant="default" size="md" className={classes.big ?? ''} onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Stack>
    </form>
  )
}
